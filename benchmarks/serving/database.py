"""PostgreSQL as the lab runs it, and nothing beside it: other servers would only take of the machine's cores."""

from __future__ import annotations

import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.lab import config, postgres, probe
from infrastructure.db.migrate import upgrade


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """Run it in a new folder, and end it.

    Yields:
        The environment of processes that use it, as the lab's have it; its other servers are away.
    """
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may have to become another user
        lab = config.prepare(Path(folder) / "lab")
        place = postgres.home(lab)
        postgres.create(lab, place)
        user, group = place.owner or (None, None)
        server = subprocess.Popen(
            postgres.arguments(lab, place),
            cwd="/",
            env={"LC_ALL": "C"},
            user=user,
            group=group,
            extra_groups=None if place.owner is None else [],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _until_it_answers(lab, server)
            upgrade(lab.database_url)
            yield lab.environment()
        finally:
            server.send_signal(signal.SIGINT)  # a fast shutdown: it does not wait for clients to leave
            server.wait(30)


def _until_it_answers(lab: config.LabConfig, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while not probe.postgres_answers(lab.ports["postgres"], "studio", "studio"):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("PostgreSQL does not start")
        time.sleep(0.05)
