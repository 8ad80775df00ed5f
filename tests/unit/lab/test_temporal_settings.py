"""What is said of Temporal in several formats is the same everywhere."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import yaml

from cli.lab import postgres, services
from cli.lab.config import prepare

ROOT = Path(__file__).parents[3]
DEVELOPMENT = ROOT / "temporal-dev"


def _toml() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "cli/lab/temporal.toml").read_text(encoding="utf-8"))


def test_dynamic_configuration_agrees() -> None:
    ours = yaml.safe_load((DEVELOPMENT / "dynamic-config.yaml").read_text(encoding="utf-8"))
    assert {key: values[0]["value"] for key, values in ours.items()} == _toml()["dynamic-config"]
    assert all(len(values) == 1 and set(values[0]) == {"value"} for values in ours.values())


def test_search_attributes_agree() -> None:
    ours = yaml.safe_load((DEVELOPMENT / "search-attributes.yaml").read_text(encoding="utf-8"))
    assert ours == _toml()["search-attributes"]


def test_the_container_gets_the_same_flags() -> None:
    compose = yaml.safe_load((DEVELOPMENT / "compose.yaml").read_text(encoding="utf-8"))
    flags = set(compose["services"]["temporal"]["command"])
    options = services.temporal_options()
    assert {f"{flag}={value}" for flag, value in zip(options[::2], options[1::2], strict=True)} <= flags


def test_images_are_pinned_and_ports_are_local() -> None:
    compose = yaml.safe_load((DEVELOPMENT / "compose.yaml").read_text(encoding="utf-8"))
    for service in compose["services"].values():
        assert service["image"].rpartition(":")[2][0].isdigit()
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_the_variables_of_the_containers_are_those_of_the_lab(tmp_path: Path) -> None:
    lines = (DEVELOPMENT / "compose.env").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    own = {"STUDIO_WORK_DIR", "STUDIO_MODELS"}
    api = {
        "STUDIO_AUTH_SECRET",
        "STUDIO_PAGES",
        "STUDIO_PUBLIC_URL",
        "STUDIO_SMTP_URL",
    }  # runs beside, with a secret of its own
    assert set(pairs) == set(prepare(tmp_path, {}).environment()) - own - api
    compose = yaml.safe_load((DEVELOPMENT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert compose["s3"]["environment"]["AWS_SECRET_ACCESS_KEY"] == pairs["STUDIO_AWS_SECRET_ACCESS_KEY"]
    assert f":{compose['postgres']['environment']['POSTGRES_PASSWORD']}@" in pairs["STUDIO_DATABASE_URL"]


def test_values_are_json_for_the_server() -> None:
    options = services.temporal_options()
    values = [value for flag, value in zip(options, options[1:], strict=False) if flag == "--dynamic-config-value"]
    read = {key: json.loads(text) for key, text in (value.split("=", 1) for value in values)}
    assert read == _toml()["dynamic-config"]


@pytest.mark.parametrize(("cores", "given", "threads"), [(1, None, "1"), (2, None, "1"), (8, None, "4"), (2, "2", "2")])
def test_the_server_leaves_half_the_cores_to_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int, given: str | None, threads: str
) -> None:
    monkeypatch.delenv("GOMAXPROCS", raising=False)
    if given is not None:
        monkeypatch.setenv("GOMAXPROCS", given)
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    [server] = [one for one in services.table(prepare(tmp_path, {})) if one.name == "temporal"]
    assert server.env["GOMAXPROCS"] == threads


def test_no_password_is_on_a_command_line(tmp_path: Path) -> None:
    config = prepare(tmp_path, {})
    secrets = {config.postgres_password, config.s3_secret_key}
    for service in services.table(config):
        assert not any(secret in word for secret in secrets for word in service.argv)


def test_postgres_is_found_without_loading_its_package() -> None:
    assert (postgres.find_programs() / "initdb").is_file()
