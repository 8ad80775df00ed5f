"""How scenes are divided among children, and segments among reels: each shot and each segment has one home."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.jobs import MAX_SCENE_SHOTS, SHARED_SHOTS, SceneInput, scene_workflow_id
from schemas.payloads import BATCH_SHOTS, LAST_SEGMENTS, REEL_SEGMENTS, AnalyzeResult, CutResult, PromptsResult
from tests.contract.test_sizes import largest_film, reference
from tests.effort import tries
from workflows.parts import home_of, many, scene_parts, to_make
from workflows.reel import reels
from workflows.scene import SCENES_AT_ONCE, turn_of_batch
from workflows.wording import ROWS

FILM = largest_film()
SCENES = st.lists(st.integers(0, 2 * MAX_SCENE_SHOTS + 1), min_size=1, max_size=200).filter(any)


def script(*shots: int) -> AnalyzeResult:
    titles = tuple(f"INT. ROOM {number + 1} - DAY" for number in range(min(len(shots), 60)))
    return AnalyzeResult(breakdown=reference(), title="", frames=1, scene_shots=shots, scene_titles=titles)


def parts(*shots: int, shared: bool = True) -> list[SceneInput]:
    return scene_parts(FILM, script(*shots), PromptsResult(prompts=reference()), shared=shared)


def pairs(made: list[SceneInput]) -> list[tuple[int, int]]:
    return [(run.scene, run.first_shot + index) for part in made for run in part.runs for index in range(run.shots)]


@settings(max_examples=tries(200, 30), deadline=None)
@given(SCENES, st.booleans())
def test_every_shot_has_one_home_in_the_films_order(scenes: list[int], shared: bool) -> None:
    made = parts(*scenes, shared=shared)
    assert pairs(made) == [(scene, shot) for scene, shots in enumerate(scenes) for shot in range(shots)]
    assert all(home_of(made, *shot).holds(*shot) for shot in pairs(made))
    assert Counter(part.holds(*shot) for shot in pairs(made)[:1] for part in made)[True] == 1
    ids = [scene_workflow_id("film", part.scene, part.part) for part in made]
    assert len(ids) == len(set(ids))


@settings(max_examples=tries(200, 30), deadline=None)
@given(SCENES)
def test_those_who_share_are_whole_scenes_and_few_shots(scenes: list[int]) -> None:
    for part in parts(*scenes):
        assert part.all_shots <= (SHARED_SHOTS if part.following else MAX_SCENE_SHOTS)
        assert part.part is None or not part.following
        assert all(run.shots == scenes[run.scene] for run in part.runs if part.following)


def test_a_revision_of_one_scene_waits_by_that_scene_as_a_film_of_its_own_would() -> None:
    whole = parts(*[BATCH_SHOTS] * 60, shared=False)
    [revised] = to_make(whole, [index for index in range(60) if index != 8])
    [alone] = to_make(parts(BATCH_SHOTS, shared=False), ())
    assert (revised.place, revised.drawn, revised.film_shots) == (0, BATCH_SHOTS, 60 * BATCH_SHOTS)
    assert turn_of_batch(revised, 1).weight == turn_of_batch(alone, 1).weight
    assert turn_of_batch(revised, 1).key != turn_of_batch(alone, 1).key
    # A scene of a film that began before this was said goes on as it did.
    assert turn_of_batch(whole[8], 1).weight < turn_of_batch(revised, 1).weight


def test_a_child_follows_if_it_began_because_another_ended() -> None:
    made = to_make(parts(*[BATCH_SHOTS] * 20, shared=False), {0, 1, 2})
    weights = [turn_of_batch(part, 1).weight for part in made]
    assert weights[:SCENES_AT_ONCE] == sorted(weights[:SCENES_AT_ONCE], reverse=True)
    assert len(made) == 17
    assert max(weights[:SCENES_AT_ONCE]) < min(weights[SCENES_AT_ONCE:])
    assert made[SCENES_AT_ONCE - 1].scene >= SCENES_AT_ONCE


def test_a_child_is_never_smaller_than_it_need_be() -> None:
    made = parts(*[1] * 1500)
    assert [part.all_shots for part in made] == [SHARED_SHOTS] * (1500 // SHARED_SHOTS)
    assert scene_workflow_id("film", made[1].scene, made[1].part) == f"film/scene-{SHARED_SHOTS + 1:03d}"


def test_only_films_with_more_scenes_than_their_details_can_name_share() -> None:
    assert not many(script(*[1] * ROWS))
    assert many(script(*[1] * (ROWS + 1)))


def cut(*lengths: int) -> CutResult:
    plan = {"timeline": reference(), "segments": reference()}
    return CutResult(**plan, count=len(lengths), frames=sum(lengths), lengths=lengths)


@settings(max_examples=tries(200, 30), deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=4 * REEL_SEGMENTS))
def test_every_segment_is_on_one_reel_in_the_order_of_the_film(lengths: list[int]) -> None:
    film = cut(*lengths)
    made = reels(FILM, film, film.in_order())
    order = [index for reel in made for index in reel.indices]
    assert sorted(order) == list(range(len(lengths)))
    assert len(made) == -(-len(lengths) // REEL_SEGMENTS)
    last = max(LAST_SEGMENTS, len(lengths) // 3)
    assert order[:-last] == list(range(len(lengths) - last))
    at_the_end = [lengths[index] for index in order[-last:]]
    assert at_the_end == sorted(at_the_end, reverse=True)


def test_what_stands_is_not_encoded_and_the_rest_is_in_order() -> None:
    film = cut(*[10] * 12, 30).model_copy(update={"standing": (0, 3)})
    assert film.in_order() == [1, 2, 4, 5, 6, 7, 8, 12, 9, 10, 11]
    assert film.longest_first()[0] == 12
