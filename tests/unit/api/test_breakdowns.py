"""A film's breakdown, as it is read over HTTP: parsed and written apart, while the API goes on, and in pages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Never, cast
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from fastapi import Request, Response

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
from schemas.errors import InvalidRequest, Outdated
from schemas.script import Breakdown
from tests.studio import SCRIPT

pytestmark = pytest.mark.asyncio(loop_scope="function")  # the processes of a loop go with its first test
JOB = UUID(int=7)
PATH = f"/api/v1/jobs/{JOB}/breakdown"


def ref(key: str) -> ArtifactRef:
    return ArtifactRef(bucket="b", key=key, sha256=key * 64, bytes=1, media_type="application/json")


class Desk:
    """A film's breakdown, on a desk where it is read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, film: Breakdown, edits: Edits) -> None:
        self._stored = {"a": canonical_json(film).encode(), "e": canonical_json(edits).encode()}
        self.standing = Standing(
            cast(Any, SimpleNamespace(title="Pier")), ref("5"), ref("a"), ref("e"), changeable=True
        )
        monkeypatch.setattr(breakdowns, "owned_job", self._answered)
        monkeypatch.setattr(breakdowns, "standing_of", self._answered)
        store = SimpleNamespace(get_bytes=self._get_bytes)
        self._uses = cast(Services, SimpleNamespace(db=None, temporal=None, store=store))

    async def answer(self, query: str = "", **more: Any) -> Response:
        request = Request(
            {
                "type": "http",
                "method": "GET",
                "path": PATH,
                "query_string": query.encode(),
                "headers": [],
                "scheme": "http",
                "server": ("studio.test", 80),
            }
        )
        return await breakdowns.read(JOB, cast(Any, None), self._uses, request, **more)

    async def pages(self, limit: int) -> list[BreakdownShown]:
        """All of it, as the links lead from one page to the next."""
        found: list[BreakdownShown] = []
        more: dict[str, Any] = {}
        while True:
            answer = await self.answer(f"limit={limit}", limit=limit, **more)
            assert answer.headers["etag"] == f'"{self.standing.version}"'
            found.append(BreakdownShown.model_validate_json(bytes(answer.body)))
            if found[-1].next is None:
                assert "link" not in answer.headers
                return found
            target, _, relation = answer.headers["link"].partition(">; ")
            query = parse_qs(urlsplit(target.lstrip("<")).query)
            assert (target.lstrip("<").partition("?")[0], relation) == (PATH, 'rel="next"')
            assert query == {"limit": [str(limit)], "cursor": [found[-1].next]}
            more = {"cursor": found[-1].next}

    async def _answered(self, *_arguments: Any, **_more: Any) -> Standing:
        return self.standing

    async def _get_bytes(self, wanted: ArtifactRef) -> bytes:
        return self._stored[wanted.key]


def pier() -> Breakdown:
    return direct(read(SCRIPT, "pier.fountain"), fps=24)


async def test_a_breakdown_is_read_and_written_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    script = pier()
    first, second, *_ = [shot for shot in script.shots if shot.scene == 0]
    edits = Edits(
        shots={first.key: ShotEdit(prompt="Rain.")}, order=(Placement(shot=second.key, anchor=first.key, before=True),)
    )
    film = apply_edits(script, edits).breakdown
    desk = Desk(monkeypatch, film, edits)

    def here(*_arguments: Any, **_more: Any) -> Never:
        raise AssertionError("it was made where all else waits for it")

    monkeypatch.setattr(Breakdown, "model_validate_json", here)
    monkeypatch.setattr(models, "BreakdownShown", here)
    answer = await desk.answer()

    assert answer.headers["etag"] == f'"{desk.standing.version}"'
    assert answer.headers["content-type"] == "application/json"
    told = BreakdownShown.model_validate_json(bytes(answer.body))
    assert "link" not in answer.headers
    assert told.next is None
    assert (told.job_id, told.frames, told.order) == (JOB, film.frames, [shot.id for shot in film.shots])
    edited = {shot.number: shot.edited for scene in told.scenes for shot in scene.shots if shot.edited}
    keys = {shot.id: shot.key for shot in film.shots}
    assert {keys[number]: words for number, words in edited.items()} == {first.key: ["prompt"], second.key: ["order"]}


async def test_pages_are_stretches_of_the_film_and_come_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where its last shot stands first, of another scene, and somebody and a scene are in none of its shots."""
    script = pier()
    edits = Edits(order=(Placement(shot=script.shots[-1].key, anchor=script.shots[0].key, before=True),))
    edited = apply_edits(script, edits).breakdown
    nobody = edited.characters[0].model_copy(update={"id": "nobody", "name": "Nobody", "importance": 0.0})
    film = edited.model_copy(
        update={
            "characters": (*edited.characters, nobody),
            "scenes": (*edited.scenes, edited.scenes[-1].model_copy(update={"index": 2, "heading": "INT. NOWHERE"})),
        }
    )
    desk = Desk(monkeypatch, film, edits)
    whole = BreakdownShown.model_validate_json(bytes((await desk.answer()).body))
    assert whole.order == [shot.id for shot in film.shots]
    assert [len(scene.shots) for scene in whole.scenes] == [len(film.shots_of(scene.index)) for scene in film.scenes]
    shots = {shot.number: shot for scene in whole.scenes for shot in scene.shots}
    lasts = {scene.slugline: scene.seconds for scene in whole.scenes}
    for limit in (1, 2, len(film.shots) - 1, len(film.shots)):
        pages = await desk.pages(limit)
        assert [number for page in pages for number in page.order] == whole.order
        for page in pages:
            held = [shot for scene in page.scenes for shot in scene.shots]
            assert sorted(shot.number for shot in held) == sorted(page.order)
            assert len(held) <= limit
            assert all(shots[shot.number] == shot for shot in held)
            assert all(lasts[scene.slugline] == scene.seconds for scene in page.scenes)
            about = {"title", "frames", "seconds", "fps", "changeable", "job_id"}
            assert page.model_dump(include=about) == whole.model_dump(include=about)
        for one in whole.characters:
            told = [person for page in pages for person in page.characters if person.id == one.id]
            assert [number for person in told for number in person.shots] == one.shots
            assert told[0].model_copy(update={"shots": one.shots}) == one
        assert "nobody" in [one.id for one in pages[0].characters]
        assert "INT. NOWHERE" in [scene.slugline for scene in pages[0].scenes]
        assert not [scene for page in pages[1:] for scene in page.scenes if not scene.shots]


async def test_a_film_of_thousands_of_shots_comes_in_pages_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    film = pier()
    many = tuple(
        film.shots[0].model_copy(update={"id": f"s001-{number:03d}", "key": f"{number:024x}"})
        for number in range(1, breakdowns.WHOLE + 2)
    )
    desk = Desk(monkeypatch, film.model_copy(update={"shots": many}), Edits())
    first = await desk.answer()
    told = BreakdownShown.model_validate_json(bytes(first.body))
    assert len(told.order) == breakdowns.WHOLE
    assert told.next is not None
    assert told.next in first.headers["link"]
    last = BreakdownShown.model_validate_json(bytes((await desk.answer(cursor=told.next)).body))
    assert (last.order, last.next) == ([many[-1].id], None)


async def test_a_cursor_is_one_of_ours_and_of_the_film_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, pier(), Edits())
    version = desk.standing.version
    for wrong in ("", "2", "s001-002", version, f"{version}-0", f"{version}-01", f"{version}-999", f"{version}-²"):
        with pytest.raises(InvalidRequest, match="not the `next` of a page"):
            await desk.answer(cursor=wrong)
    with pytest.raises(Outdated, match="read its breakdown again"):
        await desk.answer(cursor=f"{'0' * 32}-2")
