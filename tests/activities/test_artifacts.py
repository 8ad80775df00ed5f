from __future__ import annotations

import asyncio
import hashlib
from typing import Any, cast

import pytest

from activities import artifacts
from activities.artifacts import ArtifactCache
from film.direction import direct
from film.script import read
from schemas.artifact import ArtifactRef
from schemas.base import canonical_json
from schemas.errors import ArtifactMissing
from schemas.script import Breakdown, SceneGraph
from schemas.timeline import CameraMove, Framing, ScenePlan, ShotMove

WHOLE = Framing(x=0.5, y=0.5, scale=1.0)


class Store:
    """Objects in memory, and who asked for them."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.asked: list[str] = []

    def put(self, key: str, data: bytes) -> ArtifactRef:
        self.objects[key] = data
        return ArtifactRef(key=key, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), media_type="x/y")

    async def get_bytes(self, key: str) -> bytes:
        self.asked.append(key)
        await asyncio.sleep(0)
        return self.objects[key]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def cache(store: Store) -> ArtifactCache:
    return ArtifactCache(cast(Any, None), cast(Any, store))


def plan(name: str, shots: int = 1) -> ScenePlan:
    move = CameraMove(start=WHOLE, end=WHOLE, frames=24)
    return ScenePlan(moves=tuple(ShotMove(shot=f"{name}-{n}", move=move) for n in range(shots)))


def put(store: Store, name: str, shots: int = 1) -> ArtifactRef:
    return store.put(name, canonical_json(plan(name, shots)).encode())


async def test_many_who_want_a_document_at_once_read_it_once(store: Store, cache: ArtifactCache) -> None:
    ref = put(store, "a", 2000)
    found = await asyncio.gather(*(cache.load(ScenePlan, ref) for _ in range(8)))
    assert store.asked == ["a"]
    assert all(one is found[0] for one in found)
    assert found[0] == plan("a", 2000)


async def test_one_who_gives_up_leaves_the_others_their_document(store: Store, cache: ArtifactCache) -> None:
    ref = put(store, "a")
    first = asyncio.ensure_future(cache.load(ScenePlan, ref))
    second = asyncio.ensure_future(cache.load(ScenePlan, ref))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == plan("a")


async def test_what_is_read_for_the_last_time_is_not_kept(store: Store, cache: ArtifactCache) -> None:
    ref = put(store, "a")
    await cache.load(ScenePlan, ref)
    await cache.load(ScenePlan, ref, again=False)
    assert store.asked == ["a"]
    await cache.load(ScenePlan, ref)
    assert store.asked == ["a", "a"]


async def test_memory_is_bounded_by_what_documents_take(
    store: Store, cache: ArtifactCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, small = put(store, "large", 300), [put(store, f"small-{n}") for n in range(20)]
    monkeypatch.setattr(artifacts, "KEPT_BYTES", large.bytes + 4 * artifacts._LEAST_BYTES)
    for ref in (large, *small[:4]):
        await cache.load(ScenePlan, ref)
    await cache.load(ScenePlan, large)
    await cache.load(ScenePlan, small[4])
    store.asked.clear()
    await cache.load(ScenePlan, large)
    await cache.load(ScenePlan, small[1])
    assert store.asked == []  # What was wanted last stays.
    await cache.load(ScenePlan, small[0])
    assert store.asked == ["small-0"]


async def test_a_document_larger_than_all_that_is_kept_is_kept_alone(
    store: Store, cache: ArtifactCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artifacts, "KEPT_BYTES", 10)
    ref = put(store, "a")
    await cache.load(ScenePlan, ref)
    await cache.load(ScenePlan, ref)
    assert store.asked == ["a"]


async def test_shots_come_without_the_script(store: Store, cache: ArtifactCache) -> None:
    script = "".join(f"INT. ROOM {n} - DAY\n\nA man sits.\n\n" for n in range(300))
    film = direct(read(script, "a.fountain"), fps=24)
    ref = store.put("b", canonical_json(film).encode())
    shots = await cache.load_shots(ref)
    assert shots == film.model_copy(update={"elements": (), "graph": SceneGraph()})
    with_script = await cache.load_shots(ref, script=True)
    assert with_script == film.model_copy(update={"graph": SceneGraph()})
    assert await cache.load(Breakdown, ref) == film
    assert await cache.load_shots(ref) is shots


async def test_what_is_not_what_was_stored_is_missing(store: Store, cache: ArtifactCache) -> None:
    ref = put(store, "a")
    store.objects["a"] += b" "
    with pytest.raises(ArtifactMissing, match="not what was stored"):
        await cache.load(ScenePlan, ref)
    store.objects["a"] = store.objects["a"][:-1]
    assert await cache.load(ScenePlan, ref) == plan("a")
