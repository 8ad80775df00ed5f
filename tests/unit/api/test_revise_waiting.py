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
from schemas.edits import Changes, CharacterChange, ShotPlace
from schemas.enums import JobStatus, Tier
from schemas.errors import InvalidRequest
from schemas.jobs import FilmState, ParkedShot
from tests.unit.api.files import database, shelf

JOB = UUID(int=7)
PARKED = ParkedShot(shot="s001-002", error_type="RenderRefused", message="It fell over.", attempts=3)


@pytest.mark.parametrize(
    "asked",
    [
        Changes(cast=(CharacterChange(character="mara", name="Lena"),)),
        Changes(removed=("s001-001",)),
        Changes(order=(ShotPlace(shot="s001-001", anchor="s001-002"),)),
        Changes(tier=Tier.STUDIO),
    ],
)
async def test_of_a_film_that_waits_for_decisions_only_shots_are_changed(
    monkeypatch: pytest.MonkeyPatch, asked: Changes
) -> None:
    ref = ArtifactRef(bucket="b", key="k", sha256="0" * 64, bytes=1, media_type="application/json")
    state = FilmState(
        status="needs_attention", stage="keyframes", progress=42, parked=(PARKED,), script_breakdown=ref, breakdown=ref
    )

    async def job(*_arguments: Any) -> Any:
        return SimpleNamespace(status=JobStatus.NEEDS_ATTENTION, film_input=SimpleNamespace(edits=None))

    async def told(*_arguments: Any, **_more: Any) -> FilmState:
        return state

    monkeypatch.setattr(Jobs, "get", job)
    monkeypatch.setattr(revise_waiting, "state_of", told)
    with pytest.raises(InvalidRequest, match=r"wait until it is finished.* Only shots that wait .*\(s001-002\)"):
        await plan_waiting(JOB, asked, db=database(), store=shelf()[1], client=cast(Any, None))
