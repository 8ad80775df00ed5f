"""The PgBouncer that the chart brings: who may reach it, what goes by way of it, and that its settings work."""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import asyncpg
import pytest
from sqlalchemy import text

from infrastructure.db.engine import Database
from tests import servers
from tests.deploy.cases import NOT_POOLED, POOLED_ELSEWHERE
from tests.deploy.helm import Doc, labels_of, of_kind, pod_of, template

INI = "pgbouncer.ini"
URL = "STUDIO_DATABASE_POOLER_URL"


def named(docs: list[Doc], kind: str, name: str) -> Doc:
    [found] = [doc for doc in of_kind(docs, kind) if doc["metadata"]["name"] == name]
    return found


def reaching(docs: list[Doc], component: str) -> list[str]:
    """Which components' pods a policy lets out to a component's."""
    wanted = {"app.kubernetes.io/component": component}
    return [
        doc["spec"]["podSelector"]["matchLabels"]["app.kubernetes.io/component"]
        for doc in of_kind(docs, "NetworkPolicy")
        for rule in doc["spec"].get("egress", [])
        for peer in rule["to"]
        if peer.get("podSelector", {}).get("matchLabels") == wanted
    ]


@pytest.mark.slow
def test_requests_go_by_way_of_it_and_nothing_else_does() -> None:
    docs = template("prod", {})
    using = {
        labels_of(doc)["app.kubernetes.io/component"]
        for doc in of_kind(docs, "Deployment", "Job")
        if URL in {one["name"] for one in pod_of(doc)["containers"][0].get("env", [])}
    }
    assert using == {"api"}
    assert reaching(docs, "pooler") == ["api"]
    policy = named(docs, "NetworkPolicy", "studio-pooler")["spec"]
    [enters] = policy["ingress"]
    assert enters["from"] == [{"podSelector": {"matchLabels": {"app.kubernetes.io/component": "api"}}}]
    assert enters["ports"] == [{"protocol": "TCP", "port": 6432}]
    [leaves] = policy["egress"]
    assert {peer["ipBlock"]["cidr"] for peer in leaves["to"]} == {"10.0.20.0/24", "10.0.21.0/24"}
    # The API listens at the database itself.
    api = named(docs, "NetworkPolicy", "studio-api")["spec"]
    assert leaves in api["egress"]


@pytest.mark.slow
def test_its_service_leads_to_its_pods_and_a_change_of_its_settings_starts_new_ones() -> None:
    docs = template("prod", {})
    service, deployment = named(docs, "Service", "studio-pooler"), named(docs, "Deployment", "studio-pooler")
    assert service["spec"]["selector"] == labels_of(deployment)
    [container] = pod_of(deployment)["containers"]
    assert service["spec"]["ports"][0]["targetPort"] == container["ports"][0]["name"]
    assert container["ports"][0]["containerPort"] == service["spec"]["ports"][0]["port"] == 6432
    changed = template("prod", {"pooler": {"connections": 7}})
    before, after = (
        named(each, "Deployment", "studio-pooler")["spec"]["template"]["metadata"]["annotations"]
        for each in (docs, changed)
    )
    assert before != after
    assert "default_pool_size = 7" in named(changed, "ConfigMap", "studio-pooler")["data"][INI]


@pytest.mark.slow
@pytest.mark.parametrize("changes", [NOT_POOLED, POOLED_ELSEWHERE], ids=["off", "elsewhere"])
def test_without_it_nothing_of_it_is_there(changes: dict[str, Any]) -> None:
    docs = template("prod", changes)
    assert not [doc for doc in docs if doc["metadata"]["name"].endswith("-pooler")]
    assert reaching(docs, "pooler") == []


@pytest.mark.slow
def test_it_is_told_to_end_by_the_signal_that_waits_for_transactions_alone() -> None:
    pod = pod_of(named(template("prod", {}), "Deployment", "studio-pooler"))
    [container] = pod["containers"]
    # It is the container's first process, and no shell of its image is.
    assert container["command"][0] == "pgbouncer"
    script = told(container)
    assert script.index("sleep 5") < script.index("kill -INT 1") < script.index("while kill -0 1")
    assert pod["terminationGracePeriodSeconds"] > 5 + 30  # and a statement's thirty seconds


def told(container: Doc) -> str:
    """By which script of sh a container is told to end."""
    shell, option, script = container["lifecycle"]["preStop"]["exec"]["command"]
    assert (shell, option) == ("sh", "-c")
    return str(script)


class Running(NamedTuple):
    dsn: str
    """Of the database by way of it."""
    process: subprocess.Popen[bytes]
    log: Path
    script: str
    """By which it is told to end, where it is process 1."""


@contextmanager
def started(dsn: str, **changes: Any) -> Iterator[Running]:
    """Run the system's PgBouncer with what the chart renders; but for where files lie, nothing of it is changed."""
    [port] = servers.free_ports(1)
    there = urlsplit(dsn)
    database = {"host": there.hostname, "name": there.path.lstrip("/")}
    docs = template(
        "prod",
        {
            "pooler": {"port": port, "serverTls": "disable", "database": database, **changes},
            "network": {"databasePort": there.port},
        },
    )
    ini = named(docs, "ConfigMap", "studio-pooler")["data"][INI]
    [container] = pod_of(named(docs, "Deployment", "studio-pooler"))["containers"]
    assert container["command"] == ["pgbouncer", f"/etc/pgbouncer/settings/{INI}"]
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="pooler-") as name:
        folder = Path(name)
        (folder / "userlist.txt").write_text('"pooled" "a password"\n')
        assert ini.count("/etc/pgbouncer/users") == 1
        (folder / INI).write_text(
            ini.replace("/etc/pgbouncer/users", name).replace("listen_addr = *", "listen_addr = 127.0.0.1")
        )
        with servers.pgbouncer_by(folder / INI, port) as process:
            through = f"postgresql://pooled:a%20password@127.0.0.1:{port}{there.path}"
            yield Running(through, process, folder / "log", told(container))


@pytest.fixture
async def pooled(dsn: str) -> AsyncIterator[str]:
    """A database that has the user of PgBouncer's list."""
    owner = await asyncpg.connect(dsn)
    try:
        await owner.execute("CREATE ROLE pooled LOGIN PASSWORD 'a password'")
        yield dsn
    finally:
        await owner.execute("DROP ROLE pooled")
        await owner.close()


async def pid(client: Database) -> int:
    async with client.begin() as session:
        return int(await session.scalar(text("SELECT pg_backend_pid()")) or 0)


@pytest.mark.lab
@servers.needs_pgbouncer
class TestRunning:
    """With the settings as they are rendered."""

    async def test_many_statements_share_the_connections_that_it_may_open(self, pooled: str) -> None:
        with started(pooled, connections=2) as running:
            clients = [Database(running.dsn, pool_size=5, pgbouncer=True) for _ in range(2)]
            try:
                pids = await asyncio.gather(*(pid(client) for client in clients for _ in range(20)))
            finally:
                await asyncio.gather(*(client.close() for client in clients))
        assert 1 <= len(set(pids)) <= 2

    async def test_nobody_comes_in_without_the_password(self, pooled: str) -> None:
        with started(pooled) as running:
            through = running.dsn
            for wrong in (through.replace("a%20password", "another"), through.replace("pooled:", "studio:")):
                with pytest.raises(asyncpg.PostgresError):
                    await asyncpg.connect(wrong)
            whoever = await asyncpg.connect(through)
            assert await whoever.fetchval("SELECT current_user") == "pooled"
            await whoever.close()

    async def test_told_to_end_it_lets_a_transaction_end_first(self, pooled: str) -> None:
        with started(pooled) as running:
            open_one, idle = [await asyncpg.connect(running.dsn) for _ in range(2)]
            await open_one.execute("BEGIN")
            await open_one.execute("CREATE TEMP TABLE kept (n int) ON COMMIT DROP")
            # It is process 1 in its container alone; and nobody is led elsewhere here.
            script, times = re.subn(r"(kill -\w+) 1;", rf"\1 {running.process.pid};", running.script)
            assert times == 2
            script = script.replace("sleep 5;", "")
            telling = await asyncio.create_subprocess_exec("sh", "-c", script)
            while b"SIGINT" not in running.log.read_bytes():
                await asyncio.sleep(0.05)
            await open_one.execute("INSERT INTO kept VALUES (7)")
            assert await open_one.fetchval("SELECT n FROM kept") == 7
            assert running.process.poll() is None
            await open_one.execute("COMMIT")
            # The other connection has nothing open, and is not waited for.
            assert await asyncio.to_thread(running.process.wait, 20) == 0
            await asyncio.wait_for(telling.wait(), 20)
            for connection in (open_one, idle):
                connection.terminate()
