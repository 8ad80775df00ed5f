"""Changes of a film that waits: what it would refuse where it runs is neither quoted nor sent to it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from api.usecases import revise_waiting
from api.usecases.revise_waiting import plan_waiting
from infrastructure.db.repositories.jobs import Jobs
from schemas.artifact import ArtifactRef
from schemas.edits import Changes, CharacterChange, ShotChange, ShotPlace
from schemas.enums import JobStatus, Tier
from schemas.errors import InvalidRequest
from schemas.jobs import FilmState, ParkedShot
from tests.unit.api.files import database, shelf

JOB = UUID(int=7)
PARKED = ParkedShot(shot="s001-002", error_type="RenderRefused", message="It fell over.", attempts=3)


THEIRS, ANOTHER = (ShotChange(shot=shot, prompt="Rain.") for shot in (PARKED.shot, "s001-001"))


@pytest.mark.parametrize(
    "asked",
    [
        Changes(cast=(CharacterChange(character="mara", name="Lena"),)),
        Changes(removed=("s001-001",)),
        Changes(order=(ShotPlace(shot="s001-001", anchor="s001-002"),)),
        Changes(tier=Tier.STUDIO),
        Changes(shots=(ANOTHER,)),
        Changes(shots=(THEIRS, ANOTHER)),
        Changes(shots=(THEIRS,), tier=Tier.STUDIO),
    ],
)
async def test_of_a_film_that_waits_for_decisions_only_shots_that_wait_are_changed(
    monkeypatch: pytest.MonkeyPatch, asked: Changes
) -> None:
    with pytest.raises(InvalidRequest, match=r"wait until it is finished.* Only shots that wait .*\(s001-002\)"):
        await planned(monkeypatch, asked, JobStatus.NEEDS_ATTENTION, PARKED)


@pytest.mark.parametrize("row", [JobStatus.NEEDS_ATTENTION, JobStatus.AWAITING_REVIEW])
async def test_a_film_that_goes_on_by_now_whatever_its_row_says_is_not_changed(
    monkeypatch: pytest.MonkeyPatch, row: JobStatus
) -> None:
    with pytest.raises(InvalidRequest, match=r"wait until it is finished, or cancel it, and revise it then\.$"):
        await planned(monkeypatch, Changes(shots=(THEIRS,)), JobStatus.RUNNING, row=row)


async def planned(
    monkeypatch: pytest.MonkeyPatch,
    asked: Changes,
    status: JobStatus,
    *parked: ParkedShot,
    row: JobStatus = JobStatus.NEEDS_ATTENTION,
) -> None:
    """Plan a change of a film that says so of itself; its breakdown, which lies in no store, is not reached."""
    ref = ArtifactRef(bucket="b", key="k", sha256="0" * 64, bytes=1, media_type="application/json")
    state = FilmState(status=status, stage="keyframes", progress=42, parked=parked, script_breakdown=ref, breakdown=ref)

    async def job(*_arguments: Any) -> Any:
        return SimpleNamespace(status=row, film_input=SimpleNamespace(edits=None))

    async def told(*_arguments: Any, **_more: Any) -> FilmState:
        return state

    monkeypatch.setattr(Jobs, "get", job)
    monkeypatch.setattr(revise_waiting, "state_of", told)
    await plan_waiting(JOB, asked, db=database(), store=shelf()[1], client=cast(Any, None))
