"""What a changed script changes: nothing where nothing changed, and never more than it must."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.direction.diff import diff_films
from film.edit.cost import encoding_cost
from film.prompting import write_prompts
from film.script import read
from schemas.base import canonical_json
from schemas.diff import Change, ScriptDiff
from schemas.enums import RendererName
from schemas.prompt import KeyframeSpec
from schemas.script import Breakdown
from tests.effort import tries

_WORDS = (
    "the storm phone runs table letter sits quickly never returns because night falls slowly lamp sea boat bread clock "
    "garden river old red door window music"
).split()
_NAMES = ("ANNA", "BO", "CARLA", "DIRK")


def scenes(count: int, seed: int = 1) -> list[str]:
    """Scenes of a made-up screenplay, many of them at the same places."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        place = f"{chance.choice(['HOUSE', 'BEACH', 'STREET', 'OFFICE', 'FOREST'])} {chance.randrange(count // 3 + 1)}"
        blocks = [f"{chance.choice(['INT.', 'EXT.'])} {place} - {chance.choice(['DAY', 'NIGHT'])}"]
        for _ in range(chance.randint(3, 7)):
            words = " ".join(chance.choice(_WORDS) for _ in range(chance.randint(5, 16))).capitalize() + "."
            blocks.append(words if chance.random() < 0.4 else f"{chance.choice(_NAMES)}\n{words}")
        made.append("\n\n".join(blocks))
    return made


def film(parts: list[str]) -> Breakdown:
    return direct(read("\n\n".join(parts) + "\n", "a.fountain"))


def shots(found: ScriptDiff, change: Change) -> list[str]:
    return [shot.text for scene in found.scenes for shot in scene.shots if shot.change is change]


def specs(breakdown: Breakdown) -> set[str]:
    """What each picture is made from, but for what the whole story lends it: seasons, and colours named elsewhere."""
    prompts = write_prompts(breakdown, style="cinematic", width=320, height=180, project_seed=7).prompts
    drawn = [KeyframeSpec.of(prompt, RendererName.STORYBOARD) for prompt in prompts]
    lent = {"traits": (), "paints": ()}
    pictures = [spec.picture.model_copy(update=lent) if spec.picture else None for spec in drawn]
    return {
        canonical_json(spec.model_copy(update={"picture": picture}))
        for spec, picture in zip(drawn, pictures, strict=True)
    }


HUNDRED = scenes(100)
ROLL_CALL = "INT. STAGE - DAY\n\n" + "\n\n".join(f"{name}\nHere I am." for name in _NAMES)
"""Nobody is a newcomer after it, who might take the colour that another wore by chance."""


def test_the_same_script_changes_nothing() -> None:
    found = diff_films(film(HUNDRED), film(HUNDRED))
    assert found.shot_counts == {**dict.fromkeys(Change, 0), Change.SAME: found.shots}
    assert found.scene_counts == {**dict.fromkeys(Change, 0), Change.SAME: 100}
    assert found.draw == found.seconds_touched == 0
    assert encoding_cost(film(HUNDRED), film(HUNDRED))[:2:2] == (0,)


@pytest.mark.parametrize("at", [0, 13, 50, 99][: tries(4, 1)])
@pytest.mark.parametrize("neighbours", [0])
def test_one_changed_word_touches_the_shots_of_its_line(at: int, neighbours: int) -> None:
    last = HUNDRED[at].rsplit(" ", 1)
    edited = [*HUNDRED[:at], f"{last[0]} zebra.", *HUNDRED[at + 1 :]]
    old, new = film(HUNDRED), film(edited)
    found = diff_films(old, new)
    touched = [shot for scene in found.scenes for shot in scene.shots if shot.change is not Change.SAME]
    about = [shot for shot in touched if "zebra" in shot.text]
    assert about
    assert len(touched) <= len(about) + 1 + neighbours
    assert {scene.new for scene in found.scenes if scene.change is not Change.SAME} == {at}
    assert found.draw == len(specs(new) - specs(old)) <= len(touched)
    cost = encoding_cost(old, new)
    assert 0 < cost.segments <= 3
    assert cost.seconds < cost.seconds_of / 10


def test_a_scene_that_moves_is_not_drawn() -> None:
    parts = [*HUNDRED[:5], *HUNDRED[6:40], HUNDRED[5], *HUNDRED[40:]]
    found = diff_films(film(HUNDRED), film(parts))
    moved = [scene for scene in found.scenes if scene.moved]
    assert [(scene.old, scene.new) for scene in moved] == [(5, 39)]
    assert found.scene_counts[Change.NEW] == found.scene_counts[Change.GONE] == 0


def test_new_and_gone_scenes_are_told_apart_from_changed_ones() -> None:
    parts = list(HUNDRED)
    fresh = "INT. SUBMARINE - NIGHT\n\nA submarine nobody has ever heard of surfaces here."
    parts[10] = parts[10].replace("INT.", "EXT.") if "INT." in parts[10] else parts[10].replace("EXT.", "INT.")
    parts.insert(30, fresh)
    del parts[60]
    found = diff_films(film(HUNDRED), film(parts))
    assert [scene.new for scene in found.scenes if scene.change is Change.NEW] == [30]
    assert [scene.old for scene in found.scenes if scene.change is Change.GONE] == [59]
    (renamed,) = [scene for scene in found.scenes if scene.new == 10]
    assert (renamed.old, renamed.change) == (10, Change.CHANGED)
    assert not renamed.moved
    assert "A submarine nobody has ever heard of surfaces here." in shots(found, Change.NEW)
    order = [scene.new for scene in found.scenes if scene.new is not None]
    assert order == sorted(order)


def test_a_scene_all_of_whose_words_changed_is_still_that_scene() -> None:
    heading = HUNDRED[20].split("\n", 1)[0]
    parts = [*HUNDRED[:20], f"{heading}\n\nEverything is otherwise.", *HUNDRED[21:]]
    (scene,) = [scene for scene in diff_films(film(HUNDRED), film(parts)).scenes if scene.new == 20]
    assert scene.old == 20
    assert scene.change is Change.CHANGED


def test_another_introduction_draws_whoever_it_introduces() -> None:
    text = "INT. A - DAY\n\nANNA, a {} woman, waits.\n\nINT. B - DAY\n\nThe rain falls.\n\nINT. C - DAY\n\nAnna sleeps."
    old, new = film([text.format("tall")]), film([text.format("burly old")])
    found = diff_films(old, new)
    drawn = [shot.text for scene in found.scenes for shot in scene.shots if shot.draw]
    assert "Anna sleeps." in drawn
    assert "The rain falls." not in drawn
    assert found.draw == len(specs(new) - specs(old))


def test_longer_shots_keep_their_pictures() -> None:
    old = film(HUNDRED[:4])
    longer = [shot.model_copy(update={"frames": shot.frames + 5}) for shot in old.shots[:2]]
    new = old.model_copy(update={"shots": (*longer, *old.shots[2:])})
    found = diff_films(old, new)
    assert found.shot_counts[Change.RETIMED] == 2
    assert found.draw == 0
    assert encoding_cost(old, new).segments == 1


def _swap(parts: list[str], a: int, b: int) -> list[str]:
    changed = list(parts)
    changed[a % len(parts)], changed[b % len(parts)] = parts[b % len(parts)], parts[a % len(parts)]
    return changed


_EDITS: st.SearchStrategy[Callable[[list[str]], list[str]]] = st.one_of(
    st.integers(0, 19).map(lambda at: lambda parts: [*parts[:at], *parts[at + 1 :]] if len(parts) > 1 else parts),
    st.integers(0, 19).map(lambda at: lambda parts: [*parts[:at], scenes(3, at)[0], *parts[at:]]),
    st.integers(0, 19).map(lambda at: lambda parts: [*parts, parts[at % len(parts)]]),
    st.tuples(st.integers(0, 19), st.integers(0, 19)).map(lambda two: lambda parts: _swap(parts, *two)),
    st.sampled_from(_WORDS).map(lambda word: lambda parts: [re.sub(rf"\b{word}\b", "horse", p) for p in parts]),
)


@settings(max_examples=tries(60, 6))
@given(st.integers(1, 12), st.lists(_EDITS, max_size=4))
def test_every_shot_is_told_of_once_and_the_price_is_right(count: int, edits: list[Callable[..., list[str]]]) -> None:
    parts = changed = scenes(count)
    for edit in edits:
        changed = edit(changed)
    old, new = film([ROLL_CALL, *parts]), film([ROLL_CALL, *changed])
    found = diff_films(old, new)
    told = [shot for scene in found.scenes for shot in scene.shots]
    assert sorted(shot.old for shot in told if shot.old) == sorted(shot.id for shot in old.shots)
    assert sorted(shot.new for shot in told if shot.new) == sorted(shot.id for shot in new.shots)
    assert [shot.new for shot in told if shot.new] == [shot.id for shot in new.shots]
    assert sorted(scene.old for scene in found.scenes if scene.old is not None) == [s.index for s in old.scenes]
    assert [scene.new for scene in found.scenes if scene.new is not None] == [s.index for s in new.scenes]
    assert found.draw == len(specs(new) - specs(old))
    assert all(shot.draw is False for shot in told if shot.change in {Change.GONE})


def test_keys_are_unique_and_survive_edits_elsewhere() -> None:
    old = film(HUNDRED)
    keys = [shot.key for shot in old.shots]
    assert len(set(keys)) == len(keys)
    longer = film([scenes(1, 77)[0], *HUNDRED])
    assert len(set(keys) & {shot.key for shot in longer.shots}) > 0.8 * len(keys)
