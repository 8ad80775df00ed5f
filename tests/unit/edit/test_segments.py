from __future__ import annotations

import random

from film.edit.cut import fit_transitions
from film.edit.segments import plan_segments
from schemas.base import spec_hash
from schemas.enums import TransitionKind
from schemas.timeline import CutItem, EncoderSettings, Segment
from tests.unit.edit.films import cut, dissolve, item

ENCODER = EncoderSettings()


def film(seconds: int, seed: int = 1) -> list[CutItem]:
    chance = random.Random(seed)
    items: list[CutItem] = []
    while sum(one.frames for one in items) < seconds * 24:
        extra = dissolve(12) if chance.random() < 0.15 else {}
        items.append(item("abcd"[len(items) % 4], chance.randint(48, 130), **extra))
    return list(fit_transitions(items))


def plan(items: list[CutItem]) -> list[Segment]:
    return plan_segments(cut(*items), ENCODER)


def hashes(items: list[CutItem]) -> list[str]:
    return [spec_hash("segment", 1, segment.spec()) for segment in plan(items)]


def test_segments_hold_the_cut_in_order() -> None:
    items = film(300)
    held = [one for segment in plan(items) for one in segment.items]
    assert [(one.media_key, one.frames, one.move) for one in held] == [
        (one.media_key, one.frames, one.move) for one in items
    ]


def test_each_is_long_enough_and_a_minute_gives_about_five() -> None:
    for seed in range(20):
        segments = plan(film(60, seed))
        assert 3 <= len(segments) <= 6
        assert all(segment.frames >= 240 for segment in segments)
        assert max(segment.frames for segment in segments) < 2 * 240 + 3 * 130


def test_no_dissolve_crosses_segments() -> None:
    for segment in plan(film(600)):
        assert segment.items[0].transition_in is not TransitionKind.DISSOLVE


def test_a_short_film_is_one_segment() -> None:
    assert len(plan(film(8))) == 1
    assert len(plan([item("a", 1)])) == 1
    assert len(plan([item("a", 10_000)])) == 1


def test_a_picture_drawn_again_changes_one_segment() -> None:
    items = film(300)
    before = hashes(items)
    items[20] = items[20].model_copy(update={"media_sha256": "0" * 64, "media_key": "other.png"})
    after = hashes(items)
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_after_an_inserted_shot_the_plan_falls_into_step() -> None:
    changed = []
    for seed in range(10):
        items = film(600, seed)
        renumbered = [one.model_copy(update={"shot": f"{one.shot}x", "name": "other"}) for one in items[10:]]
        longer = [*items[:10], item("d", 77), *renumbered]
        changed.append(len(set(hashes(longer)) - set(hashes(items))))
    assert max(changed) <= 4  # Of about 40.
    assert sum(changed) / len(changed) < 2.5


def keyed(count: int, seed: int, seconds: int = 6) -> list[CutItem]:
    """Shots of one length, told apart by their keys alone: no boundary is where it is because of a length."""
    return [item("abcd"[at % 4], seconds * 24, key=f"{seed}-{at}-1") for at in range(count)]


def test_a_shot_told_otherwise_removed_or_moved_is_felt_beside_it_alone() -> None:
    told, removed, moved = [], [], []
    for seed in range(20):
        items = keyed(100, seed)
        plan_before = hashes(items)
        other = items[30].model_copy(update={"key": "another"})
        told.append(len(set(hashes([*items[:30], other, *items[31:]])) - set(plan_before)))
        removed.append(len(set(hashes([*items[:40], *items[41:]])) - set(plan_before)))
        elsewhere = [*items[:50], items[51], items[50], *items[52:]]
        moved.append(len(set(hashes(elsewhere)) - set(plan_before)))
    # Of about forty, all of which would differ if they were counted from the beginning.
    assert max(told) <= 4
    assert max(removed) <= 5
    assert sum(told) / len(told) < 2
    assert sum(removed) / len(removed) < 2.5
    assert sum(moved) / len(moved) < 3


def test_a_length_is_felt_beside_it_alone() -> None:
    changed = []
    for seed in range(20):
        items = keyed(100, seed)
        longer = [*items[:40], items[40].model_copy(update={"frames": 10 * 24}), *items[41:]]
        changed.append(len(set(hashes(longer)) - set(hashes(items))))
    assert min(changed) == 1
    assert sum(changed) / len(changed) < 2


def test_keys_are_no_part_of_a_spec() -> None:
    items = film(60)
    segment = plan(items)[0]
    named = segment.model_copy(update={"items": tuple(one.model_copy(update={"key": "k-1"}) for one in segment.items)})
    assert named.spec() == segment.spec()


def test_names_and_numbers_are_no_part_of_a_spec() -> None:
    items = film(60)
    renamed = [one.model_copy(update={"shot": "s009-001", "name": "n", "media_key": "k"}) for one in items]
    assert hashes(items) == hashes(renamed)
