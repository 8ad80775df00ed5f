"""Which scene of a changed script is which of the old one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

_RARE = 12
"""What more scenes than this share does not tell which of them is which."""
_ALIKE = 0.25
"""Least share of what two scenes say that makes them versions of one."""

Pairs = dict[int, int]
"""Index in the old version → index in the new."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The scenes of one version of a script, as far as matching looks at them; a value a scene in each list."""

    signatures: list[tuple[str, ...]]
    """The content of its shots."""
    features: list[Counter[Hashable]]
    """What is said and done in it, and where."""
    titles: list[str]
    """What people call it."""


def match_scenes(one: Outline, two: Outline) -> Pairs:
    """Find which scene of the new version is which of the old.

    By what they say, in order; by what they say, elsewhere; by how much of it they share; and by their titles between
    scenes that are known. The time is nearly linear: only scenes that share something rare are ever compared.

    Args:
        one: The old version.
        two: The new version.

    Returns:
        Pairs of indices; who is not in them is gone or new.
    """
    pairs = _equal_runs(one.signatures, two.signatures)
    _add_equal_elsewhere(pairs, one.signatures, two.signatures)
    _add_similar(pairs, one, two)
    _add_between(pairs, one, two)
    return pairs


def _equal_runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Pair what is equal and in the same order."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    pairs = {at: at for at in range(first)}
    middle = SequenceMatcher(None, old[first : len(old) - last], new[first : len(new) - last], autojunk=False)
    for block in middle.get_matching_blocks():
        pairs |= {first + block.a + step: first + block.b + step for step in range(block.size)}
    return pairs | {len(old) - 1 - step: len(new) - 1 - step for step in range(last)}


def _free(pairs: Pairs, one: Sequence[object], two: Sequence[object]) -> tuple[list[int], list[int]]:
    """What has no partner yet, on either side."""
    taken = set(pairs.values())
    return [at for at in range(len(one)) if at not in pairs], [at for at in range(len(two)) if at not in taken]


def _add_equal_elsewhere(pairs: Pairs, old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
    left, right = _free(pairs, old, new)
    places = defaultdict(list)
    for at in reversed(left):
        places[old[at]].append(at)
    for at in right:
        if new[at] and places[new[at]]:
            pairs[places[new[at]].pop()] = at


def _add_similar(pairs: Pairs, one: Outline, two: Outline) -> None:
    """Pair scenes that share enough of what they say, the most alike first."""
    left, right = _free(pairs, one.titles, two.titles)
    places: dict[Hashable, list[int]] = defaultdict(list)
    for at in left:
        for feature in one.features[at]:
            places[feature].append(at)
    found = []
    for at in right:
        rare = {before for feature in two.features[at] if len(places[feature]) <= _RARE for before in places[feature]}
        for before in rare:
            alike = _alike(one.features[before], two.features[at])
            if alike >= _ALIKE:
                found.append((-alike, abs(before - at), before, at))
    taken = set(pairs.values())
    for _, _, before, at in sorted(found):
        if before not in pairs and at not in taken:
            pairs[before] = at
            taken.add(at)


def _alike(one: Counter[Hashable], two: Counter[Hashable]) -> float:
    """Share of what two scenes say that they have in common, 0 to 1."""
    return 2 * sum((one & two).values()) / (one.total() + two.total())


def _add_between(pairs: Pairs, one: Outline, two: Outline) -> None:
    """Pair scenes of one heading that stand between the same known scenes: all that was said in them changed."""
    known = sorted((after, before) for before, after in pairs.items())
    edges = [(-1, -1), *known, (len(two.titles), len(one.titles))]
    taken = set(pairs.values())
    for (after, before), (after_next, before_next) in pairwise(edges):
        left = [at for at in range(before + 1, before_next) if at not in pairs]
        right = [at for at in range(after + 1, after_next) if at not in taken]
        if left and right:
            same = _equal_runs([one.titles[at] for at in left], [two.titles[at] for at in right])
            pairs |= {left[a]: right[b] for a, b in same.items()}


def in_order(pairs: Pairs) -> set[int]:
    """Find what did not move: the longest run of pairs whose order both versions share.

    Args:
        pairs: As `match_scenes` returns them.

    Returns:
        Their indices in the new version; pairs that are not among them moved.
    """
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for old in sorted(pairs):
        new = pairs[old]
        at = bisect_left(tails, new)
        before[new] = ends[at - 1] if at else None
        tails[at:] = [new, *tails[at + 1 :]] if at < len(tails) else [new]
        ends[at:] = [new, *ends[at + 1 :]] if at < len(ends) else [new]
    steady: set[int] = set()
    at_end = ends[-1] if ends else None
    while at_end is not None:
        steady.add(at_end)
        at_end = before[at_end]
    return steady
