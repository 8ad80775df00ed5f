"""Ports and passwords that a lab keeps for life."""

from __future__ import annotations

import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from cli.lab import config, probe
from infrastructure.settings import Settings
from schemas.errors import InvalidRequest, LabError


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_ports_and_passwords_are_kept(tmp_path: Path) -> None:
    first = config.prepare(tmp_path, {})
    assert config.prepare(tmp_path, {}) == first == config.load(tmp_path)
    assert len(set(first.ports.values())) == len(first.ports) == len(config.PORT_VARIABLES) + len(config.INNER_PORTS)


def test_two_labs_share_no_password(tmp_path: Path) -> None:
    first, second = (config.prepare(tmp_path / name, {}) for name in "ab")
    assert first.postgres_password != second.postgres_password
    assert first.s3_secret_key != second.s3_secret_key


def test_passwords_are_for_the_owner_alone(tmp_path: Path) -> None:
    config.prepare(tmp_path, {})
    assert stat.S_IMODE((tmp_path / "config.json").stat().st_mode) == 0o600


def test_a_kept_port_that_is_taken_is_chosen_anew(tmp_path: Path) -> None:
    kept = config.prepare(tmp_path, {})
    with socket.create_server(("127.0.0.1", kept.ports["s3"])):
        again = config.prepare(tmp_path, {})
    assert again.ports["s3"] != kept.ports["s3"]
    assert {**again.ports, "s3": 0} == {**kept.ports, "s3": 0}


def test_a_port_asked_for_wins(tmp_path: Path) -> None:
    config.prepare(tmp_path, {})
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    assert config.prepare(tmp_path, {"STUDIO_PORT_UI": str(free)}).ports["temporal_ui"] == free


@pytest.mark.parametrize(("name", "pair"), config.PORT_VARIABLES.items())
def test_a_port_in_use_is_named_with_its_variable(
    tmp_path: Path, busy_port: int, name: str, pair: tuple[str, str]
) -> None:
    variable, title = pair
    with pytest.raises(LabError, match=rf"port {busy_port} \({title}\) is in use.*{variable}"):
        config.prepare(tmp_path, {variable: str(busy_port)})


@pytest.mark.parametrize("text", ["seven", "0", "65536", "-1", "7233.0", "٧٢٣٣"])
def test_what_is_no_port_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidRequest, match="STUDIO_PORT_TEMPORAL"):
        config.prepare(tmp_path, {"STUDIO_PORT_TEMPORAL": text})


def test_one_port_cannot_be_asked_for_twice(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="already"):
        config.prepare(tmp_path, {"STUDIO_PORT_TEMPORAL": "7233", "STUDIO_PORT_UI": "7233"})


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"ports": ')
    with pytest.raises(LabError, match=r"config.json is damaged; remove it"):
        config.load(tmp_path)


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LabError, match="STUDIO_HOME"):
        config.prepare(tmp_path / "file" / "lab", {})


def test_home_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_HOME", str(tmp_path))
    assert config.default_root() == tmp_path
    monkeypatch.delenv("STUDIO_HOME")
    monkeypatch.chdir(tmp_path)
    assert config.default_root() == tmp_path / ".studio"


def test_our_settings_understand_the_lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lab = config.prepare(tmp_path, {})
    for key, value in lab.environment().items():
        monkeypatch.setenv(key, value)
    settings = Settings()
    assert settings.database_url == SecretStr(lab.database_url)
    assert settings.s3_endpoint_url == f"http://127.0.0.1:{lab.ports['s3']}"
    assert settings.sqs_endpoint_url == f"http://127.0.0.1:{lab.ports['sqs']}"
    assert settings.aws_secret_access_key == SecretStr(lab.s3_secret_key)
    assert settings.temporal_address == f"127.0.0.1:{lab.ports['temporal']}"
    assert settings.temporal_ui_url == f"http://127.0.0.1:{lab.ports['temporal_ui']}"
    assert settings.work_dir == tmp_path / "work"


def test_each_variable_is_a_setting(tmp_path: Path) -> None:
    names = {f"STUDIO_{field.upper()}" for field in Settings.model_fields}
    assert set(config.prepare(tmp_path, {}).environment()) <= names


def test_a_probe_tells_a_free_port(busy_port: int) -> None:
    assert not probe.port_is_free(busy_port)
