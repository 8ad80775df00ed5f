"""What the fuzzer is given: somebody with many things, who asks; an administrator; and people who may be lost."""

from __future__ import annotations

import hashlib
import io
import re
import uuid
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from PIL import Image

from infrastructure.db.belongings import ReferenceRow
from infrastructure.db.people import OAuthAccountRow
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.references import References
from infrastructure.queueing import Queues
from infrastructure.references import upload_ref
from schemas.enums import JobStatus
from schemas.events import EventKind, NewEvent
from schemas.messages import DeadLetter
from schemas.people import OAuthProvider
from schemas.references import ReferenceKind
from tests.api.matrix import ROWS, Row
from tests.api.people import PASSWORD
from tests.api.things import THINGS, Somebody, Stage, somebody

MANY = {
    "finished_job": 3,
    "session_id": 60,
    "project_id": 60,
    "key_id": 20,
    "reference_id": 20,
    "delivery_id": 20,
    "user_id": 0,
    "webhook_id": 5,
}
"""Of all else there is one: nobody may have more than 10 films in work, 50 keys or 10 webhooks. Users to be banned are
others than the one who asks."""
LOST = 30
"""People who may be banned, sign out or leave."""


async def seeds(stage: Stage, queues: Queues, *, stranger: bool) -> dict[str, Any]:
    """Make everything; return what `tests.api.fuzzing.hooks` reads.

    Args:
        stage: What things are made with.
        queues: Where failures are told of.
        stranger: Whether somebody else asks than the one whose everything is.
    """
    owner = await somebody(stage)
    asks = await somebody(stage) if stranger else owner
    admin = await somebody(stage, role="admin")
    pools: dict[str, list[str]] = {
        "shot": ["s001-001"],
        "number": ["0"],
        "first_number": ["1"],
        "provider": ["google"],
        "password": [PASSWORD],
        "parting_password": [PASSWORD],
        "email": [owner.email],
    }
    for name in THINGS:
        made = name in MANY
        pools[name] = [await THINGS[name](owner) for _ in range(MANY[name])] if made else [await owner.thing(name)]
    pools["of_references"] = [await owner.thing("project_id")]
    pools["uploaded_reference"] = [await _uploaded(owner) for _ in range(5)]
    pools["message_id"] = await _letters(await somebody(stage), queues, 12)
    lost = [await somebody(stage) for _ in range(LOST)]
    pools["user_id"] = [str(one.user_id) for one in lost[:10]]
    for name in ("verify_link", "reset_link", "refresh_token"):
        pools[name] = [await (await somebody(stage)).thing(name) for _ in range(10)]
    pools["share_link"] = [await owner.thing("share_link")]
    await _linked(asks)
    return {
        "pools": pools,
        "apart": {row.operation: await _apart(owner, row) for row in ROWS if _needs_its_own(row)},
        "stranger": stranger,
        "tokens": [await asks.token() for _ in range(5)],
        "admins": [await admin.token() for _ in range(5)],
        "reads": await lost[10].token(),
        "leaves": [await one.token() for one in lost[11:]],
    }


def _needs_its_own(row: Row) -> bool:
    """Whether what another operation does would keep this one from succeeding: what is approved is not refused."""
    return "{member_id}" in row.path or "{share_id}" in row.path or row.path.endswith("/refuse")


async def _apart(owner: Somebody, row: Row) -> dict[str, str]:
    """What an operation is asked about that no other is, such as a project of its own, with somebody in its cast."""
    own = Somebody(owner.stage, owner.user_id, owner.email)
    names = re.findall(r"{(\w+)}", f"{row.path} {row.body}")
    return {name: await own.thing(row.uses.get(name, name)) for name in names}


async def _uploaded(owner: Somebody) -> str:
    """A picture that was announced and uploaded, and not looked at yet."""
    drawn = io.BytesIO()
    Image.effect_noise((64, 64), 90).convert("RGB").save(drawn, "PNG")
    picture = drawn.getvalue()
    row = ReferenceRow(
        project_id=UUID(await owner.thing("project_id")),
        kind=ReferenceKind.CHARACTER,
        name="Anna",
        media_type="image/png",
        bytes=len(picture),
        sha256=hashlib.sha256(picture).hexdigest(),
    )
    async with owner.stage.db.begin() as session:
        row = await References(session).announce(row)
    await owner.stage.store.put_bytes(upload_ref(row).key, picture, "image/png")
    return str(row.reference_id)


async def _letters(of: Somebody, queues: Queues, count: int) -> list[str]:
    """Dead letters of a shot that waits for a decision: each can be redriven, or set aside."""
    job_id = UUID(await THINGS["waiting_job"](of))
    event = NewEvent(job_id=job_id, key="parked", kind=EventKind.SHOT_PARKED, status=JobStatus.NEEDS_ATTENTION)
    async with of.stage.db.begin() as session:
        await Events(session).record(event)
    for _ in range(count):
        letter = DeadLetter(
            kind="shot",
            job_id=job_id,
            rev=0,
            scene=0,
            shot="s001-001",
            stage="keyframes",
            workflow_id="w",
            run_id="r",
            failure_type="ShotFailed",
            message="The pencil broke.",
            attempts=3,
            occurred_at=datetime.now(UTC),
        )
        await queues.send_dead_letter(letter)
    found = await queues.look_at_dead_letters(100)
    return [one.message_id for one in found if one.letter is not None and one.letter.job_id == job_id]


async def _linked(asks: Somebody) -> None:
    async with asks.stage.db.begin() as session:
        session.add(
            OAuthAccountRow(
                provider=OAuthProvider.GOOGLE, subject=uuid.uuid4().hex, user_id=asks.user_id, email=asks.email
            )
        )
