"""Whatever guard is taken away, the matrix or the doors of the repositories miss it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import httpx
import pytest

from infrastructure.db.repositories.api_keys import ApiKeys
from infrastructure.db.repositories.casts import Casts
from infrastructure.db.repositories.deliveries import Deliveries
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.projects import Projects
from infrastructure.db.repositories.references import References
from infrastructure.db.repositories.scripts import Scripts
from infrastructure.db.repositories.sessions import Sessions
from infrastructure.db.repositories.webhooks import Webhooks
from infrastructure.db.tables import ScriptRow
from tests.api.gate import Gate
from tests.api.matrix import ROWS
from tests.api.mutations import MUTATIONS
from tests.api.things import Stage, somebody
from tests.api.unguarded import Mutation, application, without
from tests.effort import some

pytestmark = pytest.mark.lab


async def gave_way(stage: Stage) -> list[str]:
    """Ask the repositories themselves for another's things, and say which gave something away."""
    owner, thief = await somebody(stage), await somebody(stage)
    names = ("project_id", "job_id", "session_id", "key_id", "told_webhook", "delivery_id", "reference_id")
    project, job, held, key, hook, delivery, picture = [uuid.UUID(await owner.thing(name)) for name in names]
    script = ScriptRow(
        project_id=project, number=0, file_name="x", key="x", original_key="x", sha256="x", format="prose", characters=1
    )
    async with stage.db.begin() as session:
        who = thief.user_id
        gave = {
            "Jobs.owned": await Jobs(session).owned(who, job),
            "Jobs.page": await Jobs(session).page(who, 10, None),
            "Projects.owned": await Projects(session).owned(who, project),
            "Projects.page": await Projects(session).page(who, 10, None),
            "Projects.rename": await Projects(session).rename(who, project, "mine", None),
            "Projects.delete": await Projects(session).delete(who, project),
            "Scripts.newest": await Scripts(session).newest(who, project),
            "Scripts.numbered": await Scripts(session).numbered(who, project, 1),
            "Scripts.all_of": await Scripts(session).all_of(who, project),
            "Scripts.add": await Scripts(session).add(who, script, "s3://x", None),
            "References.taken": await References(session).taken(who, project, timedelta(minutes=15)),
            "References.owned": await References(session).owned(who, project, picture),
            "References.page": await References(session).page(who, project, 10, None),
            "References.remove": await References(session).remove(who, project, picture),
            "Casts.of": await Casts(session).of(who, project),
            "Casts.of, held": await Casts(session).of(who, project, hold=True),
            "Sessions.open_ones": await Sessions(session).open_ones(who),
            "Sessions.end": await Sessions(session).end(who, "test", held),
            "ApiKeys.valid_ones": await ApiKeys(session).valid_ones(who),
            "Webhooks.all_of": await Webhooks(session).all_of(who),
            "Webhooks.owned": await Webhooks(session).owned(who, hook),
            "Webhooks.switch": await Webhooks(session).switch(who, hook, on=False),
            "Webhooks.rotate": await Webhooks(session).rotate(who, hook, b"mine"),
            "Webhooks.delete": await Webhooks(session).delete(who, hook),
            "Deliveries.again": await Deliveries(session).again(who, hook, delivery),
            "ApiKeys.revoke": await ApiKeys(session).revoke(who, key),
        }
    return [name for name, given in gave.items() if given]


async def first_miss(stage: Stage, rows: str) -> str | None:
    """Ask everybody's questions until one is answered wrongly."""
    app = application(stage.settings)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://studio.test") as client,
    ):
        gate = Gate(stage, client)
        for row in ROWS:
            if rows in row.operation:
                async for mismatch in gate.mismatches(row):
                    return mismatch
    return None


async def test_repositories_give_nobody_what_is_anothers(stage: Stage) -> None:
    assert await gave_way(stage) == []


async def test_with_all_guards_in_place_nothing_is_missed(stage: Stage) -> None:
    assert await first_miss(stage, "/auth/me") is None


@pytest.mark.parametrize("mutation", some(MUTATIONS), ids=str)
async def test_a_guard_that_is_taken_away_is_missed(stage: Stage, mutation: Mutation) -> None:
    with without(mutation):
        missed = await first_miss(stage, mutation.rows) or await gave_way(stage)
    assert missed
