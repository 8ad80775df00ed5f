"""What failed for good, as administrators see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from infrastructure.ids import new_id
from schemas.messages import DeadLetter
from tests.api.governing import administrator
from tests.api.people import Studio
from tests.studio import Studio as Works

pytestmark = pytest.mark.lab


async def test_dead_letters_are_listed_and_stay(studio: Studio, works: Works) -> None:
    root, queues = await administrator(studio), works.deps.queues
    for hours in range(3):
        letter = DeadLetter(
            kind="film",
            job_id=new_id(),
            rev=0,
            stage="script",
            workflow_id="w",
            run_id="r",
            failure_type="ShotFailed",
            message=f"{hours} hours ago",
            attempts=1,
            occurred_at=datetime.now(UTC) - timedelta(hours=hours),
        )
        await queues.send_dead_letter(letter)
    await queues._on_dead_letters("send_message", MessageBody="a ticket that crashed its workers")
    for receives in (1, 2):  # whoever looks takes nothing away
        answer = await root.get("/admin/dead-letters")
        assert answer.status_code == 200, answer.text
        shown = answer.json()
        said = [one["letter"]["message"] if one["letter"] else one["body"] for one in shown]
        assert said == ["0 hours ago", "1 hours ago", "2 hours ago", "a ticket that crashed its workers"]
        assert {one["receives"] for one in shown} == {receives}
    assert [depth.waiting for depth in await queues.depths()] == [0, 4]
    assert len((await root.get("/admin/dead-letters", params={"limit": 2})).json()) == 2
    for one in await queues.receive_dead_letters():
        await queues.delete(one.receipt)
