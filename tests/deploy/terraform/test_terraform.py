"""Terraform's own commands on deploy/terraform: form, validity, plans, and its own tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.deploy.terraform import running
from tests.deploy.terraform.planned import Plan
from tests.deploy.terraform.schemas import used
from tests.deploy.terraform.stub import read_schemas

pytestmark = pytest.mark.slow


def test_everything_is_in_form() -> None:
    assert running.terraform(running.SOURCE, "fmt", "-check", "-recursive", "-diff") == ""


@pytest.mark.parametrize("place", [".", "account"])
def test_everything_is_valid(place: str) -> None:
    told = json.loads(running.terraform(running.prepared() / place, "validate", "-json"))
    assert told["valid"] is True
    assert told["diagnostics"] == []  # no warnings, either


MISTAKES = """
resource "aws_sqs_queue" "argument" {
  colour = "blue"
}
resource "aws_sqs_queue" "type" {
  delay_seconds = ["1"]
}
resource "aws_db_instance" "missing" {}
resource "aws_lb" "block" {
  access_logs {}
}
resource "aws_queue" "kind" {}
"""
NO_SUCH = """
resource "aws_sqs_queue" "one" {}
output "reference" {
  value = aws_sqs_queue.one.arnn
}
"""


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            MISTAKES,
            [
                "An argument named colour is not expected",
                "number required",
                "The argument instance_class is required",
                "The argument bucket is required",
                "does not support resource type aws_queue",
            ],
        ),
        (NO_SUCH, ["has no argument, nested block, or exported attribute named arnn"]),
    ],
)
def test_what_is_wrong_is_found(tmp_path: Path, text: str, sentences: list[str]) -> None:
    """That the checks above can fail."""
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    with pytest.raises(running.Failed) as failed:
        running.terraform(tmp_path, "validate", "-json")
    said = json.dumps(json.loads(str(failed.value))["diagnostics"]).replace('\\"', "")
    for sentence in sentences:
        assert sentence in said


@pytest.mark.parametrize("env", ["dev", "prod"])
def test_its_own_tests_pass(env: str) -> None:
    [summary] = [one["test_summary"] for one in running.tested(env) if one["type"] == "test_summary"]
    assert summary == {"status": "pass", "passed": 1, "failed": 0, "errored": 0, "skipped": 0}


def test_it_is_planned_whole_with_what_is_known_later_left_open() -> None:
    folder = running.prepared()
    running.terraform(folder, "plan", "-input=false", "-var-file=values/prod.tfvars", "-out=plan")
    told = json.loads(running.terraform(folder, "show", "-json", "plan"))
    assert {tuple(one["change"]["actions"]) for one in told["resource_changes"]} == {("create",)}
    assert told["complete"] is True
    plan = Plan(told)
    assert len(plan.resources) == len(running.planned("prod").resources) > 150
    # Rights are written out of names, so that whoever reads the plan reads them.
    own = [one for one in plan.of("iam_role_policy") if "component" in one.address]
    assert len(own) == 4
    assert all(one.values.get("policy") for one in own)
    assert "arn" not in plan.one("db_instance")


def test_values_that_make_no_sense_are_refused() -> None:
    """Each variable with a rule is among those whose refusal is expected."""
    said = running.terraform(
        running.prepared(), "test", "-no-color", "-filter=tests/refused.tftest.hcl", "-var-file=values/prod.tfvars"
    )
    assert "Success! 3 passed, 0 failed." in said
    rules = (running.SOURCE / "variables.tf").read_text(encoding="utf-8").split('\nvariable "')[1:]
    expected = (running.SOURCE / "tests" / "refused.tftest.hcl").read_text(encoding="utf-8")
    for rule in rules:
        name = rule.partition('"')[0]
        assert ("validation {" in rule) == (f"var.{name}" in expected), name


def test_the_schemas_are_of_the_version_that_is_pinned_and_of_what_is_used() -> None:
    schemas = read_schemas()
    for place in (running.SOURCE, running.SOURCE / "account"):
        text = "".join(path.read_text(encoding="utf-8") for path in place.glob("*.tf"))
        assert f'"{schemas["version"]}"' in text
    assert set(schemas["resources"]) == used()


def test_an_account_has_immutable_images_and_a_state_that_is_versioned_encrypted_and_private() -> None:
    folder = running.prepared() / "account"
    running.terraform(folder, "plan", "-input=false", "-var=account=123456789012", "-out=plan")
    plan = Plan(json.loads(running.terraform(folder, "show", "-json", "plan")))
    images = plan.by("ecr_repository", "name")
    assert set(images) == {f"ai-film-studio/{name}" for name in ("api", "cpu", "gpu")}
    assert all(one["image_tag_mutability"] == "IMMUTABLE" for one in images.values())
    name = plan.one("s3_bucket")["bucket"]
    assert plan.one("s3_bucket_versioning")["versioning_configuration"][0]["status"] == "Enabled"
    assert all(
        value is True
        for key, value in plan.one("s3_bucket_public_access_block").items()
        if "public" in key or "acls" in key
    )
    [rule] = plan.one("s3_bucket_server_side_encryption_configuration")["rule"]
    assert rule["apply_server_side_encryption_by_default"][0]["sse_algorithm"] == "AES256"
    for env in ("dev", "prod"):
        backend = (running.SOURCE / "values" / f"{env}.s3.tfbackend").read_text(encoding="utf-8")
        assert f'"{name}"' in backend
        assert "encrypt      = true" in backend
        assert "use_lockfile = true" in backend
