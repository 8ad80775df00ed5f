"""What processes tell Prometheus, and what they write into their logs: relay, CPU worker, GPU worker and API for real.

Dashboards and alerts are held against it: no figure is on them that nobody tells.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from api.usecases.submit_film import Submitted
from api.usecases.terms import Terms
from infrastructure.db.engine import Database
from infrastructure.db.migrate import upgrade
from infrastructure.db.repositories.mails import Mails
from infrastructure.gpus import look_at_gpus
from infrastructure.ids import new_id
from infrastructure.processes import die_with_parent
from infrastructure.queueing import Queues
from infrastructure.settings import Settings
from schemas.enums import RendererName, Tier
from schemas.jobs import FilmOptions
from schemas.messages import DeadLetter, GpuTicket
from schemas.painting import Painting
from schemas.stages import Queue
from tests import servers
from tests.accounts.users import new_user
from tests.api.conftest import serving
from tests.deploy.boards import ELSEWHERE, OF_CARDS, all_figures
from tests.deploy.test_alerts import figures_of_alerts
from tests.fleet import environment_of
from tests.studio import SMALL, Studio, studio_at
from tests.workflows.test_painted import ONE_SHOT

pytestmark = [pytest.mark.lab, pytest.mark.slow, pytest.mark.timeout(900)]

TOKEN = "what Prometheus sends"
PASSWORD, LETTERS, AUTH = "hush-database", "hush-letters", "a secret of the tests, and of nothing else"
SECRETS = (PASSWORD, LETTERS, AUTH, TOKEN, servers.SECRET_KEY)
PAINTS = importlib.util.find_spec("torch") is not None
needs_the_extra = pytest.mark.skipif(not PAINTS, reason="the extra gpu is not installed")
PRICE = 3

KNOWN_LABELS = {
    "activity", "outcome", "status", "stage", "kind", "queue", "act", "outbox", "service", "operation", "state",
    "method", "route", "le",
    "task_queue", "activity_type", "workflow_type", "status_code", "failure_reason", "poller_type", "worker_type",
    "eager",
    "gpu", "model",
}  # fmt: skip


@dataclass
class Told:
    """What the processes said, once all films were over."""

    figures: dict[str, list[Sample]]
    """By process: api, relay, cpu, and gpu where there is torch."""
    logs: dict[str, str]
    drawn: Submitted
    painted: Submitted | None

    def value(self, process: str, name: str, **labels: str) -> float:
        """One figure; 0 where there is none, as of what never happened."""
        return sum(one.value for one in self.figures[process] if one.name == name and one.labels == labels)


@contextmanager
def running(module: str, environment: dict[str, str], log: Path) -> Iterator[str]:
    """Run a process of ours; yield where it says how it is."""
    [port] = servers.free_ports(1)
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            env=environment | {"STUDIO_HEALTH": f"127.0.0.1:{port}"},
            stdout=out,
            stderr=out,
            preexec_fn=die_with_parent,  # also when the tests are killed, nothing is left running
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


async def asked(url: str) -> tuple[int, str]:
    """Ask a process something; nobody answers while it starts."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    try:
        async with aiohttp.ClientSession() as client, client.get(url, headers=headers) as answer:
            return answer.status, await answer.text()
    except aiohttp.ClientConnectionError:
        return 0, ""


async def ready(url: str) -> None:
    while (await asked(f"{url}/readyz"))[0] != 200:
        await asyncio.sleep(0.1)


async def figures(url: str, *awaited: str) -> list[Sample]:
    """Ask for figures, until those are there that come a moment after what they tell of."""
    while True:
        status, text = await asked(f"{url}/metrics")
        assert status == 200, text
        found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
        if set(awaited) <= {sample.name for sample in found}:
            return found
        await asyncio.sleep(0.1)


@pytest.fixture(scope="module")
async def home(
    postgres: str, weed: servers.S3, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Settings, Studio]]:
    """An installation of the test's own, in which nothing runs yet."""
    with servers.sqs() as sqs, servers.database(postgres) as dsn:
        upgrade(dsn)
        secret = dsn.replace("studio@", f"studio:{PASSWORD}@")  # whom the server trusts it does not ask for it
        settings = servers.settings_for(secret, weed, sqs, tmp_path_factory.mktemp("work"))
        async with servers.temporal() as environment, studio_at(settings, environment.client) as studio:
            yield settings, studio


@pytest.fixture(scope="module")
async def told(
    home: tuple[Settings, Studio], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Told:
    settings, studio = home
    model = request.getfixturevalue("tiny")[0] if PAINTS else Path("none")
    environment = environment_of(settings, studio.client.service_client.config.target_host, model) | {
        "STUDIO_AUTH_SECRET": AUTH,
        "STUDIO_SMTP_URL": f"smtp://studio:{LETTERS}@127.0.0.1:1",  # nobody takes letters there
        "STUDIO_METRICS_TOKEN": TOKEN,
    }
    if not PAINTS:
        environment.pop("STUDIO_SDXL_MODEL")
    folder = tmp_path_factory.mktemp("logs")
    logs = {name: folder / f"{name}.log" for name in ("api", "relay", "cpu", *(["gpu"] if PAINTS else []))}
    await letters(settings)
    drawn = await studio.submit(options=SMALL, project="drawn")
    script = await studio.deps.store.get_bytes(drawn.film.script.key)
    await studio.deps.store.delete(drawn.film.script.key)  # the worker looks in vain, and tries again
    async with AsyncExitStack() as stack:
        urls = {"api": await asyncio.to_thread(stack.enter_context, serving(environment, logs["api"]))}
        for name, module in (("relay", "workers.relay"), ("cpu", "workers.cpu"), ("gpu", "workers.gpu")):
            if name in logs:
                urls[name] = stack.enter_context(running(module, environment, logs[name]))
        await asyncio.gather(*(ready(url) for url in urls.values()))
        while "Completing activity as failed" not in logs["cpu"].read_text():
            await asyncio.sleep(0.1)
        await studio.deps.store.put_bytes(drawn.film.script.key, script, drawn.film.script.media_type)
        await over(studio, drawn)
        await over(studio, await studio.submit(options=SMALL, project="drawn"))  # all of it stands
        painted = await paint(studio, request) if PAINTS else None
        awaited = {"cpu": ("temporal_workflow_endtoend_latency_seconds_count",)}
        found = {name: await figures(url, *awaited.get(name, ())) for name, url in urls.items()}
    return Told(found, {name: path.read_text(encoding="utf-8") for name, path in logs.items()}, drawn, painted)


async def over(studio: Studio, submitted: Submitted) -> None:
    await studio.until_sent(submitted)
    await studio.workflow(submitted).result()


async def paint(studio: Studio, request: pytest.FixtureRequest) -> Submitted:
    """Have a film painted that costs something."""
    here = replace(studio, settings=studio.settings.model_copy(update={"sdxl_model": "tiny"}))
    painting = Painting(model=request.getfixturevalue("tiny")[1].digest, steps=2, guidance=5.0)
    options = FilmOptions(renderer=RendererName.SDXL, width=128, height=128, fps=12, painting=painting)
    user = await new_user(studio.deps.db, credits=10, tier=Tier.STUDIO)
    submitted = await here.submit(ONE_SHOT, options=options, user_id=user, admit=Terms(Tier.STUDIO, PRICE))
    await over(here, submitted)
    return submitted


async def letters(settings: Settings) -> None:
    """Let a letter wait, and dead letters lie there: of a film, and a ticket that workers died of."""
    db = Database(settings.database_url, pool_size=1)
    async with db.begin() as session:
        await Mails(session).add("anna@example.org", "Hello", "…")
    await db.close()
    job: UUID = new_id()
    letter = DeadLetter.model_validate(
        {"kind": "film", "job_id": job, "rev": 0, "stage": "script", "workflow_id": f"film-{job}-r0", "run_id": "r",
         "failure_type": "InvalidScript", "message": "…", "attempts": 1, "occurred_at": "2026-11-30T00:00:00Z"}
    )  # fmt: skip
    ticket = GpuTicket(job_id=job, project_id=job, user_id=job, script="s3://b/k", style="s", unit="keyframes")
    async with Queues(settings) as queues:
        await queues.ensure()
        await queues.send_dead_letter(letter)
        await queues.on(settings.dead_letter_queue, "send_message", MessageBody=ticket.model_dump_json(by_alias=True))


def test_every_figure_of_boards_and_alerts_is_told_by_a_process(told: Told) -> None:
    known = {sample.name for samples in told.figures.values() for sample in samples}
    asked = all_figures() | figures_of_alerts()
    assert len(asked) > 30
    assert asked - known - ELSEWHERE - OF_CARDS == set()


def test_films_and_what_is_made_of_them_are_counted(told: Told) -> None:
    films = 3 if PAINTS else 2
    assert told.value("cpu", "studio_films_ended_total", status="completed") == films
    assert told.value("cpu", "studio_stage_seconds_count", stage="composition") == films
    assert told.value("cpu", "temporal_workflow_endtoend_latency_seconds_count", **of_films()) == films
    made = told.value("cpu", "studio_renders_total", stage="keyframes", outcome="made")
    assert made > 1
    # The second film is the first one once more.
    assert told.value("cpu", "studio_renders_total", stage="keyframes", outcome="reused") == made
    assert told.value("cpu", "studio_renders_total", stage="composition", outcome="reused") >= 1
    assert told.value("cpu", "studio_activities_total", activity="analyze_script", outcome="retried") >= 1
    assert told.value("cpu", "studio_activities_total", activity="analyze_script", outcome="done") == films
    assert told.value("cpu", "studio_stored_bytes_total") > 10_000
    assert told.value("relay", "studio_deliveries_total", outbox="commands", outcome="delivered") == films
    assert told.value("relay", "studio_deliveries_total", outbox="letters", outcome="failed") >= 1
    assert told.value("api", "studio_films", status="completed") == films


def of_films() -> dict[str, str]:
    return {"task_queue": Queue.FILM_CPU.value, "workflow_type": "FilmWorkflow"}


@needs_the_extra
def test_tickets_and_credits_are_counted(told: Told) -> None:
    queue = Queue.GPU_KEYFRAME.value
    opened = told.value("cpu", "studio_tickets_total", queue=queue, act="opened")
    assert opened == told.value("gpu", "studio_activity_seconds_count", activity="draw_keyframes") + told.value(
        "gpu", "studio_activity_seconds_count", activity="score_consistency"
    )
    assert 1 <= told.value("gpu", "studio_tickets_total", queue=queue, act="closed") <= opened
    assert told.value("gpu", "studio_renders_total", stage="keyframes", outcome="made") == 1
    slots = {"task_queue": queue, "worker_type": "ActivityWorker"}
    assert told.value("gpu", "temporal_worker_task_slots_available", **slots) == 1
    taken = [told.value("cpu", "studio_credits_total", kind=kind) for kind in ("capture", "release")]
    assert taken[0] >= 1
    assert sum(taken) == PRICE


@needs_the_extra
def test_a_gpu_worker_tells_of_its_machines_cards(told: Told) -> None:
    cards = look_at_gpus()
    assert told.value("gpu", "studio_gpus") == len(cards)
    told_of = {one.labels["gpu"] for one in told.figures["gpu"] if one.name == "studio_gpu_memory_bytes"}
    assert told_of == {str(card.index) for card in cards}


def test_dead_letters_of_films_and_of_tickets_are_told_apart(told: Told) -> None:
    found = {kind: told.value("api", "studio_dead_letters", kind=kind) for kind in ("film", "shot", "ticket", "other")}
    assert found == {"film": 1, "shot": 0, "ticket": 1, "other": 0}
    assert told.value("api", "studio_queue_messages", queue="dead_letters", state="waiting") == 2  # nobody took one
    assert told.value("api", "studio_queue_messages", queue="clips", state="waiting") == 0


def test_no_series_is_of_a_single_film_user_or_file(told: Told) -> None:
    for samples in told.figures.values():
        assert len(samples) < 3000
        for sample in samples:
            assert not sample.name.endswith("_created"), sample  # since when, which nobody asks
            assert sample.labels.keys() <= KNOWN_LABELS, sample
            for value in sample.labels.values():
                assert not re.search(r"[0-9a-f]{8}-|[0-9a-f]{16}|scene-\d|s\d{3}-\d{3}|/tmp", value), sample
    queues = {one.labels["task_queue"] for one in told.figures["cpu"] if "task_queue" in one.labels}
    assert queues <= {queue.value for queue in Queue} | {"(other)"}


@pytest.mark.parametrize("process", ["relay", "cpu", pytest.param("gpu", marks=needs_the_extra)])
def test_logs_are_lines_of_json_that_hold_no_secret(told: Told, process: str) -> None:
    entries = [json.loads(line) for line in told.logs[process].splitlines()]
    assert entries[-1]["event"] == "ended"
    assert {entry["process"] for entry in entries} <= {"relay", "worker-cpu", "worker-sdxl"}
    assert all(entry["level"] and entry["timestamp"] and entry["logger"] for entry in entries)
    for secret in SECRETS:
        assert secret not in told.logs[process]


def test_lines_of_the_log_name_film_and_shots(told: Told) -> None:
    job = str(told.drawn.film.job_id)
    relayed = [json.loads(line) for line in told.logs["relay"].splitlines()]
    assert [one["job"] for one in relayed if one["event"] == "delivered"][:1] == [job]
    worked = [one for one in map(json.loads, told.logs["cpu"].splitlines()) if one.get("job") == job]
    ended = [one for one in worked if one["event"] == "activity ended"]
    assert {(one["activity"], one["outcome"]) for one in ended} >= {
        ("analyze_script", "retried"), ("analyze_script", "done"), ("write_prompts", "done"), ("finish_film", "done"),
    }  # fmt: skip
    drawn = [one for one in ended if one["activity"] == "draw_keyframes"]
    assert all(one["part"].startswith("scene-") and one["rev"] == 0 for one in drawn)
    shots = [shot for one in drawn for shot in one["shots"]]
    assert len(shots) == len(set(shots)) > 1
    assert {one["segment"] for one in ended if one["activity"] == "render_segment"} >= {1}
    # The error itself is told by Temporal's SDK, and is found by the same name.
    assert any("exception" in one and one["activity"] == "analyze_script" for one in worked)
