"""The supervisor with programs of a few lines in place of servers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.lab import Lab, process, state
from cli.lab.supervisor import cut_log
from schemas.errors import LabError

PROGRAM = """
import dataclasses, subprocess, sys
from cli.lab import supervisor
from cli.lab.services import Service
from pathlib import Path

def table(config):
    root = config.root
    def up(name, code, **more):
        return Service(name, (sys.executable, "-c", code), cwd=root, **more)
    return [{table}]

def migrate():
    return {migrate}

supervisor.migration.start = lambda config: migrate()
sys.exit(supervisor.main(sys.argv[1:], table))
"""
SLEEPER = 'up("sleeper", "import time; time.sleep(600)", grace=5.0)'
FORKER = (
    'up("forker", "import subprocess, sys, time; '
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']); "
    "open('grandchild', 'w').write(str(child.pid)); time.sleep(600)\", "
    'answers=lambda pid: (root / "grandchild").exists() and (root / "grandchild").read_text() != "")'
)
STUBBORN = (
    'up("stubborn", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); '
    "open('deaf', 'w').close(); time.sleep(600)\", grace=0.2, "
    'answers=lambda pid: (root / "deaf").exists())'
)
FAILING = 'up("failing", "raise SystemExit(\'no such disk\')", answers=lambda pid: False)'
LATE = 'up("late", "import time; time.sleep(600)", late=True, server=False)'

MakeLab = Callable[..., Lab]


@pytest.fixture
def make_lab(tmp_path: Path) -> Iterator[MakeLab]:
    labs = []

    def make(*services: str, migrate: str = "None", name: str = "lab") -> Lab:
        program = tmp_path / f"{name}.py"
        program.write_text(PROGRAM.replace("{table}", ", ".join(services)).replace("{migrate}", migrate))
        lab = Lab(tmp_path / name, supervisor=(sys.executable, str(program)))
        labs.append(lab)
        return lab

    yield make
    for lab in labs:
        lab.down()


def until(what: Callable[[], bool], seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def pid_of(lab: Lab, name: str) -> int | None:
    snapshot = state.read(lab.root)
    record = snapshot.services.get(name) if snapshot else None
    return record.pid if record and record.state == "running" else None


def test_up_is_idempotent_and_down_leaves_nothing(make_lab: MakeLab) -> None:
    lab = make_lab(SLEEPER, LATE)
    told: list[str] = []
    first = lab.up(progress=told.append)
    assert first.ready
    assert lab.up() == first
    assert "sleeper is running" in told
    until(lambda: pid_of(lab, "late") is not None)
    pids = [pid for name in ("sleeper", "late") if (pid := pid_of(lab, name))]
    assert lab.down() == ["supervisor", "sleeper", "late"]
    assert [process.started_at(pid) for pid in [first.supervisor_pid, *pids]] == [None] * 3
    assert lab.down() == []
    assert not (lab.root / "lab.json").exists()


def test_a_lab_says_what_its_gpu_workers_were_started_with(
    make_lab: MakeLab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STUDIO_SDXL_MODEL", "tiny")
    monkeypatch.setenv("STUDIO_MODELS", "models")
    monkeypatch.delenv("STUDIO_GPU_DEVICE", raising=False)
    lab = make_lab(SLEEPER)
    before = time.time()
    lab.up()
    monkeypatch.setenv("STUDIO_SDXL_MODEL", "another")
    started = lab.gpu_start("sleeper")
    assert started is not None
    assert started.variables["STUDIO_SDXL_MODEL"] == "tiny"
    assert started.variables["STUDIO_MODELS"] == str(tmp_path / "models")
    assert started.since >= before - 1
    assert lab.gpu_start("nobody") is None


def test_many_at_once_start_one(make_lab: MakeLab) -> None:
    lab = make_lab(SLEEPER)
    pids: list[int] = []
    threads = [threading.Thread(target=lambda: pids.append(lab.up().supervisor_pid)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 8
    assert len(set(pids)) == 1


def test_ports_are_final_before_the_lab_is_ready(make_lab: MakeLab) -> None:
    lab = make_lab(SLEEPER)
    early = lab.up(ready=False)
    assert lab.wait_ready(120.0).environment() == early.environment()


def test_what_dies_is_started_again(make_lab: MakeLab) -> None:
    lab = make_lab(SLEEPER)
    lab.up()
    first = pid_of(lab, "sleeper")
    assert first
    os.kill(first, signal.SIGKILL)
    until(lambda: pid_of(lab, "sleeper") not in (None, first))
    snapshot = state.read(lab.root)
    assert snapshot
    assert snapshot.services["sleeper"].restarts == 1


def test_what_a_dead_service_left_is_ended(make_lab: MakeLab) -> None:
    lab = make_lab(FORKER)
    lab.up()
    grandchild = int((lab.root / "grandchild").read_text())
    first = pid_of(lab, "forker")
    assert first
    os.kill(first, signal.SIGKILL)
    until(lambda: process.started_at(grandchild) is None)


def test_down_ends_grandchildren_and_the_deaf(make_lab: MakeLab) -> None:
    lab = make_lab(FORKER, STUBBORN)
    lab.up()
    grandchild, deaf = int((lab.root / "grandchild").read_text()), pid_of(lab, "stubborn")
    assert deaf
    lab.down()
    until(lambda: process.started_at(grandchild) is None)
    assert process.started_at(deaf) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_children_die_with_a_killed_supervisor_and_up_begins_anew(make_lab: MakeLab) -> None:
    lab = make_lab(SLEEPER)
    first = lab.up()
    child = pid_of(lab, "sleeper")
    assert child
    os.kill(first.supervisor_pid, signal.SIGKILL)
    until(lambda: process.started_at(child) is None and not lab.status().running)
    assert [service.state for service in lab.status().services] == ["dead"]
    second = lab.up()
    assert second.supervisor_pid != first.supervisor_pid
    assert second.config == first.config


def test_a_server_that_does_not_start_ends_all(make_lab: MakeLab) -> None:
    lab = make_lab(FORKER, FAILING)
    with pytest.raises(LabError, match="failing does not start: no such disk"):
        lab.up()
    assert process.started_at(int((lab.root / "grandchild").read_text())) is None
    assert not lab.status().running


def test_a_failed_migration_ends_all(make_lab: MakeLab) -> None:
    failing = 'subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], start_new_session=True)'
    lab = make_lab(SLEEPER, migrate=failing)
    with pytest.raises(LabError, match="the database cannot be brought up to date"):
        lab.up()


def test_a_supervisor_that_cannot_begin_says_why(make_lab: MakeLab) -> None:
    lab = make_lab("[][0]")
    with pytest.raises(LabError, match=r"supervisor\.log"):
        lab.up()


def test_a_second_supervisor_refuses(make_lab: MakeLab, tmp_path: Path) -> None:
    lab = make_lab(SLEEPER)
    first = lab.up()
    command = [sys.executable, str(tmp_path / "lab.py"), str(lab.root)]
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "another supervisor" in second.stderr
    assert lab.up() == first


def test_another_process_with_a_recorded_number_is_left_alone(make_lab: MakeLab) -> None:
    lab = make_lab(SLEEPER)
    lab.root.mkdir()
    own = os.getpid()
    record = state.ServiceRecord(pid=own, started="long ago", state="running")
    state.write(lab.root, state.Snapshot(own, "long ago", ready=True, services={"sleeper": record}))
    assert lab.down() == []


def test_labs_do_not_disturb_each_other(make_lab: MakeLab) -> None:
    one, other = make_lab(SLEEPER, name="one"), make_lab(SLEEPER, name="other")
    one.up()
    state_of_other = other.up()
    one.down()
    assert other.up() == state_of_other


def test_waiting_for_what_was_never_started(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="does not run"):
        Lab(tmp_path).wait_ready()
    assert not Lab(tmp_path).status().running


def test_a_state_that_cannot_be_written_ends_nothing(make_lab: MakeLab) -> None:
    lab = make_lab(SLEEPER)
    first = lab.up()
    child = pid_of(lab, "sleeper")
    assert child
    in_the_way = lab.root / f".lab.json.{first.supervisor_pid}"
    in_the_way.mkdir()
    os.kill(child, signal.SIGKILL)
    until(lambda: "lab.json cannot be written" in (lab.root / "logs" / "supervisor.log").read_text())
    assert process.started_at(first.supervisor_pid)
    in_the_way.rmdir()
    until(lambda: pid_of(lab, "sleeper") not in (None, child))


def test_a_program_that_is_gone_for_a_while_is_tried_again(make_lab: MakeLab, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.symlink_to("/bin/sleep")
    lab = make_lab(f'Service("away", ({str(program)!r}, "600"), cwd=root)')
    lab.up()
    child = pid_of(lab, "away")
    assert child
    program.unlink()
    os.kill(child, signal.SIGKILL)
    until(lambda: "away cannot be started" in (lab.root / "logs" / "supervisor.log").read_text())
    program.symlink_to("/bin/sleep")
    until(lambda: pid_of(lab, "away") not in (None, child))


def test_a_long_log_is_cut_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    with open(log, "ab", buffering=0) as writer:
        writer.write(b"a" * 60 + b"b" * 60)
        cut_log(log, 100)
        writer.write(b"c")
    assert log.read_bytes() == b"c"
    assert (tmp_path / "a.log.1").read_bytes() == b"a" * 40 + b"b" * 60
    cut_log(log, 100)
    assert log.read_bytes() == b"c"
