"""Films that cost something: what is set aside when they are ordered ends with them, to the credit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from temporalio.client import WorkflowFailureError

from activities.projection import ProjectionActivities
from api.usecases.cancel_film import cancel_film
from api.usecases.decide import skip_shot
from api.usecases.plan_revision import plan_revision
from api.usecases.price_revision import price_revision
from api.usecases.revise_film import order_revision
from api.usecases.submit_film import Submitted
from api.usecases.terms import Terms
from infrastructure.db.repositories import Jobs, Projects
from infrastructure.ids import new_id
from schemas.credits import EntryType
from schemas.edits import Changes, ShotChange
from schemas.enums import JobStatus, RendererName, Tier
from schemas.errors import InsufficientCredits
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmOptions, ShotCommand
from schemas.painting import Painting, PaintingDevice
from tests.accounts.users import balance, history, new_user
from tests.conftest import film_input
from tests.studio import Studio
from tests.workflows.test_painted import ONE_SHOT, SCRIPT, Model, painting

pytestmark = pytest.mark.lab

PRICE = 3
"""More than any film of these tests is worth, so that something is given back."""


@pytest.fixture
def painted(studio: Studio) -> Studio:
    """The installation, with a model to paint with."""
    return replace(studio, settings=studio.settings.model_copy(update={"sdxl_model": "tiny"}))


@pytest.fixture
def options(tiny: Model) -> FilmOptions:
    return FilmOptions(
        renderer=RendererName.SDXL, width=128, height=128, fps=12, painting=Painting(model=tiny[1].digest, steps=2)
    )


@pytest.fixture
def painter(tiny: Model) -> Any:
    from film.render.sdxl.painter import load_painter

    return load_painter(*tiny, PaintingDevice(device="cpu", batch=3))


@pytest.fixture
async def user(painted: Studio) -> UUID:
    return await new_user(painted.deps.db, credits=10, tier=Tier.STUDIO)


class Broken:
    """A painter whose brush is broken: no picture of theirs is one."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.broken = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def paint(self, specs: Sequence[Any], **more: Any) -> list[Any]:
        return [ValueError("the brush broke") for _ in specs] if self.broken else self.inner.paint(specs, **more)


async def order(studio: Studio, user: UUID, text: str, options: FilmOptions, price: int = PRICE) -> Submitted:
    submitted = await studio.submit(text, options=options, user_id=user, admit=Terms(Tier.STUDIO, price))
    await studio.relay()
    await studio.until_sent(submitted)
    return submitted


async def entries(studio: Studio, user: UUID) -> list[tuple[EntryType, int]]:
    """What moved the user's credits since they came, in order."""
    opening, *others = reversed(await history(studio.deps.db, user))
    assert opening.type is EntryType.OPENING
    return [(one.type, one.amount) for one in others]


async def test_a_film_costs_what_was_delivered_and_a_revision_what_it_makes_anew(
    painted: Studio, painter: Any, options: FilmOptions, user: UUID
) -> None:
    db, store = painted.deps.db, painted.deps.store
    async with painting(painted, painter):
        submitted = await order(painted, user, SCRIPT, options)
        assert (await balance(db, user)).reserved == PRICE
        await painted.workflow(submitted).result()
        assert await entries(painted, user) == [(EntryType.RESERVE, -PRICE), (EntryType.CAPTURE, PRICE - 1)]
        changes = Changes(shots=(ShotChange(shot="s001-002", seed=4711),))
        plan = await plan_revision(submitted.film.job_id, changes, db=db, store=store)
        priced = await price_revision(plan)
        assert (priced.shots, priced.credits, priced.plan.film.charged) == (("s001-002",), 1, ("s001-002",))
        film = await order_revision(
            priced.plan, db=db, store=store, settings=painted.settings, admit=Terms(Tier.STUDIO, PRICE)
        )
        await painted.relay()
        await painted.until_sent(Submitted(film, new=True))
        await painted.workflow(Submitted(film, new=True)).result()
    assert (await entries(painted, user))[2:] == [(EntryType.RESERVE, -PRICE), (EntryType.CAPTURE, PRICE - 1)]
    left = await balance(db, user)
    assert (left.credits, left.reserved) == (8, 0)


async def test_a_film_that_is_called_off_gives_all_of_it_back(
    painted: Studio, options: FilmOptions, user: UUID
) -> None:
    async with painted.working():  # nobody paints
        submitted = await order(painted, user, ONE_SHOT, options)
        await painted.until(submitted, EventKind.STAGE_STARTED)
        assert await cancel_film(submitted.film.job_id, db=painted.deps.db)
        await painted.relay()
        with pytest.raises(WorkflowFailureError):
            await painted.workflow(submitted).result()
    assert await entries(painted, user) == [(EntryType.RESERVE, -PRICE), (EntryType.RELEASE, PRICE)]


async def test_where_drafts_stand_in_nothing_is_paid(
    painted: Studio, painter: Any, options: FilmOptions, user: UUID
) -> None:
    async with painting(painted, Broken(painter)):
        submitted = await order(painted, user, ONE_SHOT, options)
        parked = await painted.until(submitted, EventKind.SHOT_PARKED)
        command = ShotCommand(shot=parked.data["shot"])
        await skip_shot(submitted.film.job_id, command, key=str(new_id()), db=painted.deps.db, client=painted.client)
        result = await painted.workflow(submitted).result()
    assert result.stand_ins == (command.shot,)
    assert await entries(painted, user) == [(EntryType.RESERVE, -PRICE), (EntryType.RELEASE, PRICE)]


async def test_an_end_that_is_told_twice_settles_once(painted: Studio, user: UUID) -> None:
    async with painted.deps.db.begin() as session:  # no command starts it: workers of other tests would make it
        project = await Projects(session).ensure(user, "told twice", "The Pier")
        film = film_input(user, project.project_id)
        assert await Jobs(session).create(film)
        await Terms(Tier.STUDIO, PRICE)(session, film)
    end = NewEvent.model_validate({"job_id": film.job_id, "key": "r0/failed", "kind": "failed", "status": "failed"})
    late = end.model_copy(update={"key": "r0/cancelled", "kind": EventKind.CANCELLED, "status": JobStatus.CANCELLED})
    for event in (end, end, late):
        await ProjectionActivities(painted.deps).record_event(event)
    assert await entries(painted, user) == [(EntryType.RESERVE, -PRICE), (EntryType.RELEASE, PRICE)]


async def test_who_cannot_pay_leaves_nothing_behind(painted: Studio, options: FilmOptions, user: UUID) -> None:
    job_id = new_id()
    with pytest.raises(InsufficientCredits, match=r"costs 11 credits and the account has 10"):
        await painted.submit(ONE_SHOT, options=options, user_id=user, job_id=job_id, admit=Terms(Tier.STUDIO, 11))
    assert await entries(painted, user) == []
    async with painted.deps.db.begin() as session:
        assert await Jobs(session).get(job_id) is None
