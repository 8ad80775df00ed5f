"""What a changed script changes: which scenes and shots stay, move, change, come and go.

Scenes are matched first, by what they say and, where that changed, by their headings and their place between scenes
that are known; then the shots of matched scenes; then what moved from one scene to another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from film.direction.identity import content_key, identify, picture_keys, place_name
from film.direction.scene_matching import Outline, Pairs, in_order, match_scenes
from schemas.diff import Change, SceneDiff, ScriptDiff, ShotDiff
from schemas.rate import seconds_of
from schemas.script import Breakdown, Shot

Looks = Mapping[str, Hashable]
"""By the characters' ids on what of them pictures depend."""

_SHOTS_ALIKE = 0.5
"""Least similarity of two shots' words that makes them versions of one, where their order leaves it open."""
_BLOCK = 40
"""Longest run of changed shots in which each is compared with each."""


@dataclass(slots=True)
class _Side:
    """One version of a film, ready to be compared."""

    film: Breakdown
    groups: list[tuple[Shot, ...]]
    """The shots of each scene."""
    outline: Outline
    own: Mapping[str, str]
    """See `picture_keys`."""
    looks: Looks
    """Of each character, what the pictures of them depend on."""

    def picture(self, shot: Shot) -> Hashable:
        """What the picture of a shot depends on: what it says, and the looks of those in it."""
        return self.own[shot.id], self.cast(shot)

    def cast(self, shot: Shot) -> tuple[Hashable, ...]:
        """How those in a shot are introduced."""
        return tuple(self.looks.get(who) for who in shot.subjects)


def diff_films(old: Breakdown, new: Breakdown, *, looks: tuple[Looks, Looks] | None = None) -> ScriptDiff:
    """Compare two versions of a film.

    Args:
        old: The version that was made.
        new: The version that is to be made.
        looks: On what of each character pictures depend, in the old version and in the new one; by default it is how
            they are called and introduced there.

    Returns:
        Every scene and shot of both, and what drawing the new version costs. A picture counts as to be drawn where the
        shot, its setting, or the introduction of somebody in it differs. (A newcomer may besides take the colour that
        another character wore by chance, and a story's season, settlement or the colour it gives a ship reach other
        scenes: those are then drawn again too.)
    """
    before, after = looks or (_introductions(old), _introductions(new))
    one, two = _side(old, before), _side(new, after)
    pairs = match_scenes(one.outline, two.outline)
    steady = in_order(pairs)
    drawn = {one.picture(shot) for group in one.groups for shot in group}
    inside = {was: _shots(one, two, was, now, drawn) for was, now in pairs.items()}
    gone = {at: [_gone(shot) for shot in one.groups[at]] for at in range(len(one.groups)) if at not in pairs}
    met = set(pairs.values())
    fresh = {at: [_new(two, shot, drawn) for shot in two.groups[at]] for at in range(len(two.groups)) if at not in met}
    _reunite([*inside.values(), *gone.values(), *fresh.values()], one, two)
    scenes = [
        *(_scene(one, two, was, now, inside[was], now not in steady) for was, now in pairs.items()),
        *(_scene(one, two, None, at, shots) for at, shots in fresh.items()),
        *(_scene(one, two, at, None, shots) for at, shots in gone.items() if shots or not one.groups[at]),
    ]
    return _summed(_ordered(scenes, pairs), two)


def _introductions(film: Breakdown) -> Looks:
    return {who.id: (who.name, who.aliases, who.description) for who in film.characters}


def _side(film: Breakdown, looks: Looks) -> _Side:
    shots = film.shots if all(shot.key for shot in film.shots) else identify(film.shots, film.scenes, film.locations)
    groups: list[list[Shot]] = [[] for _ in film.scenes]
    for shot in shots:
        groups[shot.scene].append(shot)
    return _Side(film, [tuple(group) for group in groups], _outline(film, groups), picture_keys(shots), looks)


def _outline(film: Breakdown, groups: Sequence[Sequence[Shot]]) -> Outline:
    names = {location.id: location.name for location in film.locations}
    features = []
    for scene, group in zip(film.scenes, groups, strict=True):
        said: Counter[Hashable] = Counter(words for shot in group for words in _sayings(shot))
        said[("heading", scene.heading)] += 1
        said[("place", scene.location, scene.time_of_day)] += 1
        features.append(said)
    return Outline(
        signatures=[tuple(content_key(shot) for shot in group) for group in groups],
        features=features,
        titles=[scene.heading or place_name(scene, names) for scene in film.scenes],
    )


def _sayings(shot: Shot) -> Iterator[str]:
    if shot.action:
        yield shot.action
    yield from (line.text for line in shot.dialogue)


def _text(shot: Shot) -> str:
    return " / ".join(words.strip() for words in _sayings(shot))


# Shots ----------------------------------------------------------------------------------------------------------


def _shots(one: _Side, two: _Side, before: int, after: int, drawn: set[Hashable]) -> list[ShotDiff]:
    """Compare the shots of two versions of a scene."""
    old, new = one.groups[before], two.groups[after]
    matcher = SequenceMatcher(None, one.outline.signatures[before], two.outline.signatures[after], autojunk=False)
    found: list[ShotDiff] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found += [_kept(one, two, was, now, drawn) for was, now in zip(old[a:b], new[c:d], strict=True)]
        else:
            found += _replaced(old[a:b], new[c:d], two, drawn)
    return found


def _kept(one: _Side, two: _Side, was: Shot, now: Shot, drawn: set[Hashable]) -> ShotDiff:
    change = Change.SAME if _timing(was) == _timing(now) else Change.RETIMED
    if one.cast(was) != two.cast(now):
        change = Change.CHANGED
    draw = two.picture(now) not in drawn
    return ShotDiff(change=change, old=was.id, new=now.id, draw=draw, text=_text(now))


def _timing(shot: Shot) -> tuple[object, ...]:
    return (
        shot.frames,
        shot.movement,
        shot.transition_in,
        shot.transition_in_frames,
        shot.transition_out,
        shot.transition_out_frames,
    )


def _replaced(old: Sequence[Shot], new: Sequence[Shot], two: _Side, drawn: set[Hashable]) -> list[ShotDiff]:
    """Pair shots that stand in each other's place; where there are more of one kind, by their words."""
    pairs = list(zip(old, new, strict=True)) if len(old) == len(new) else list(_by_words(old, new))
    partner = {now.id: was for was, now in pairs}
    kept = {was.id for was, _ in pairs}
    found: list[ShotDiff] = []
    rest = iter(old)
    for now in new:
        was = partner.get(now.id)
        if was is None:
            found.append(_new(two, now, drawn))
            continue
        for passed in rest:  # What is gone stands before the next one that stayed.
            if passed.id == was.id:
                break
            found += [_gone(passed)] if passed.id not in kept else []
        draw = two.picture(now) not in drawn
        found.append(
            ShotDiff(change=Change.CHANGED, old=was.id, new=now.id, draw=draw, text=_text(now), before=_text(was))
        )
    return [*found, *(_gone(shot) for shot in rest if shot.id not in kept)]


def _by_words(old: Sequence[Shot], new: Sequence[Shot]) -> Iterator[tuple[Shot, Shot]]:
    """Pair shots in order whose words are alike."""
    if not old or not new or max(len(old), len(new)) > _BLOCK:
        yield from zip(old, new, strict=False) if old and new else ()
        return
    at = 0
    for now in new:
        words = SequenceMatcher(None, b=_text(now).split(), autojunk=False)
        best, place = 0.0, -1
        for number in range(at, len(old)):
            words.set_seq1(_text(old[number]).split())
            alike = words.ratio()
            if alike > best:
                best, place = alike, number
        if best >= _SHOTS_ALIKE:
            yield old[place], now
            at = place + 1


def _gone(shot: Shot) -> ShotDiff:
    return ShotDiff(change=Change.GONE, old=shot.id, new=None, text=_text(shot))


def _new(two: _Side, shot: Shot, drawn: set[Hashable]) -> ShotDiff:
    return ShotDiff(change=Change.NEW, old=None, new=shot.id, draw=two.picture(shot) not in drawn, text=_text(shot))


def _reunite(lists: Sequence[list[ShotDiff]], one: _Side, two: _Side) -> None:
    """Where a shot is gone from one place and the same is new at another, it moved."""
    was = {shot.id: content_key(shot) for group in one.groups for shot in group}
    now = {shot.id: content_key(shot) for group in two.groups for shot in group}
    gone: dict[str, list[str]] = defaultdict(list)
    for shots in lists:
        for shot in shots:
            if shot.change is Change.GONE and shot.old:
                gone[was[shot.old]].append(shot.old)
    found: set[str] = set()
    for shots in lists:
        for at, shot in enumerate(shots):
            if shot.change is Change.NEW and shot.new and gone[now[shot.new]]:
                old = gone[now[shot.new]].pop(0)
                found.add(old)
                shots[at] = shot.model_copy(update={"change": Change.MOVED, "old": old})
    for shots in lists:
        shots[:] = [shot for shot in shots if not (shot.change is Change.GONE and shot.old in found)]


# The result -----------------------------------------------------------------------------------------------------


def _scene(
    one: _Side, two: _Side, before: int | None, after: int | None, shots: Sequence[ShotDiff], moved: bool = False
) -> SceneDiff:
    side, at = (one, before) if after is None else (two, after)
    if before is None or after is None:
        change = Change.NEW if before is None else Change.GONE
    else:
        kinds = {shot.change for shot in shots}
        changed = kinds - {Change.SAME, Change.RETIMED} or _heading(one, before) != _heading(two, after)
        stays = Change.RETIMED if Change.RETIMED in kinds else Change.SAME
        change = Change.CHANGED if changed else Change.MOVED if moved else stays
    return SceneDiff(
        change=change,
        moved=moved,
        old=before,
        new=after,
        title=side.outline.titles[at or 0],
        shots=tuple(shots),
    )


def _heading(side: _Side, at: int) -> str | None:
    return side.film.scenes[at].heading


def _ordered(scenes: Sequence[SceneDiff], pairs: Pairs) -> list[SceneDiff]:
    """In the order of the new version; a scene that is gone follows the one it followed."""
    anchors: dict[int, int] = {}
    last = -1
    for at in range(max((scene.old for scene in scenes if scene.old is not None), default=-1) + 1):
        last = pairs.get(at, last)
        anchors[at] = last
    return sorted(
        scenes,
        key=lambda scene: (scene.new, 0, 0) if scene.new is not None else (anchors[scene.old or 0], 1, scene.old or 0),
    )


def _summed(scenes: Sequence[SceneDiff], two: _Side) -> ScriptDiff:
    shots = [shot for scene in scenes for shot in scene.shots]
    frames = {shot.id: shot.frames for group in two.groups for shot in group}
    pictures = {shot.id: two.picture(shot) for group in two.groups for shot in group}  # two shots may share one
    touched = {Change.CHANGED, Change.NEW, Change.RETIMED}
    of_scenes, of_shots = Counter(scene.change for scene in scenes), Counter(shot.change for shot in shots)
    return ScriptDiff(
        scenes=tuple(scenes),
        scene_counts={change: of_scenes[change] for change in Change},
        shot_counts={change: of_shots[change] for change in Change},
        shots=len(frames),
        draw=len({pictures[shot.new] for shot in shots if shot.new and shot.draw}),
        seconds=two.film.runtime_s,
        seconds_touched=seconds_of(
            sum(frames[shot.new] for shot in shots if shot.new and shot.change in touched), two.film.fps
        ),
    )
