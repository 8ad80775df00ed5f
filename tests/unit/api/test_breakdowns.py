"""A film's breakdown, as it is read over HTTP: parsed and written apart, so that the API goes on meanwhile."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Never, cast
from uuid import UUID

import pytest

from api.models import breakdowns as models
from api.models.breakdowns import BreakdownShown
from api.routers import breakdowns
from api.services import Services
from api.usecases.standing import Standing
from film.direction import direct
from film.direction.edits import apply_edits
from film.script import read
from schemas.artifact import ArtifactRef
from schemas.base import canonical_json
from schemas.edits import Edits, Placement, ShotEdit
from schemas.script import Breakdown
from tests.studio import SCRIPT

pytestmark = pytest.mark.asyncio(loop_scope="function")  # the processes of a loop go with its first test
JOB = UUID(int=7)


def ref(key: str) -> ArtifactRef:
    return ArtifactRef(bucket="b", key=key, sha256=key * 64, bytes=1, media_type="application/json")


async def test_a_breakdown_is_read_and_written_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    script = direct(read(SCRIPT, "pier.fountain"), fps=24)
    first, second, *_ = [shot for shot in script.shots if shot.scene == 0]
    edits = Edits(
        shots={first.key: ShotEdit(prompt="Rain.")}, order=(Placement(shot=second.key, anchor=first.key, before=True),)
    )
    film = apply_edits(script, edits).breakdown
    stored = {"a": canonical_json(film).encode(), "e": canonical_json(edits).encode()}
    standing = Standing(cast(Any, SimpleNamespace(title="Pier")), ref("5"), ref("a"), ref("e"), changeable=True)

    async def answered(*_arguments: Any, **_more: Any) -> Standing:
        return standing

    async def get_bytes(wanted: ArtifactRef) -> bytes:
        return stored[wanted.key]

    def here(*_arguments: Any, **_more: Any) -> Never:
        raise AssertionError("it was made where all else waits for it")

    monkeypatch.setattr(breakdowns, "owned_job", answered)
    monkeypatch.setattr(breakdowns, "standing_of", answered)
    monkeypatch.setattr(Breakdown, "model_validate_json", here)
    monkeypatch.setattr(models, "BreakdownShown", here)
    store = SimpleNamespace(get_bytes=get_bytes)
    uses = cast(Services, SimpleNamespace(db=None, temporal=None, store=store))
    answer = await breakdowns.read(JOB, cast(Any, None), uses)

    assert answer.headers["etag"] == f'"{standing.version}"'
    assert answer.headers["content-type"] == "application/json"
    told = BreakdownShown.model_validate_json(bytes(answer.body))
    assert (told.job_id, told.frames, told.order) == (JOB, film.frames, [shot.id for shot in film.shots])
    edited = {shot.number: shot.edited for scene in told.scenes for shot in scene.shots if shot.edited}
    keys = {shot.id: shot.key for shot in film.shots}
    assert {keys[number]: words for number, words in edited.items()} == {first.key: ["prompt"], second.key: ["order"]}
