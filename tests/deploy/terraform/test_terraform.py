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


def broken(tmp_path: Path, text: str) -> str:
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    running.initialise(tmp_path)
    with pytest.raises(running.Failed) as failed:
        running.terraform(tmp_path, "validate", "-no-color")
    return str(failed.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('resource "aws_sqs_queue" "a" {\n  colour = "blue"\n}\n', 'An argument named "colour" is not expected'),
        ('resource "aws_sqs_queue" "a" {\n  delay_seconds = ["1"]\n}\n', "number required"),
        ('resource "aws_db_instance" "a" {}\n', 'The argument "instance_class" is required'),
        ('resource "aws_lb" "a" {\n  access_logs {}\n}\n', 'The argument "bucket" is required'),
        ('resource "aws_queue" "a" {}\n', "does not support resource type"),
        ('output "a" {\n  value = aws_sqs_queue.b.arn\n}\n', "Reference to undeclared resource"),
    ],
)
def test_what_is_wrong_is_found(tmp_path: Path, text: str, said: str) -> None:
    """That the checks above can fail."""
    assert said in " ".join(broken(tmp_path, text).replace("│", " ").split())


@pytest.mark.parametrize("env", ["dev", "prod"])
class TestEach:
    def test_its_own_tests_pass(self, env: str) -> None:
        [summary] = [one["test_summary"] for one in running.tested(env) if one["type"] == "test_summary"]
        assert summary["status"] == "pass"
        assert summary["passed"] >= 16
        assert summary["failed"] == summary["errored"] == summary["skipped"] == 0

    def test_it_is_planned_whole_with_what_is_known_later_left_open(self, env: str) -> None:
        folder = running.prepared()
        running.terraform(folder, "plan", "-input=false", f"-var-file=values/{env}.tfvars", f"-out={env}.plan")
        told = json.loads(running.terraform(folder, "show", "-json", f"{env}.plan"))
        assert {tuple(one["change"]["actions"]) for one in told["resource_changes"]} == {("create",)}
        assert told["complete"] is True
        plan = Plan(told)
        assert len(plan.resources) == len(running.planned(env).resources) > 150
        # Rights are written out of names, so that whoever reads the plan reads them.
        own = [one for one in plan.of("iam_role_policy") if "component" in one.address]
        assert len(own) == 4
        assert all(one.values.get("policy") for one in own)
        assert "arn" not in plan.one("db_instance")


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
