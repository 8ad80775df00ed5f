"""Where the lines of a story map run: in which order, and how high.

Two steps, as in layered graph drawing. Order: each scene's lines are sorted by where they are in the scenes before and
after, those who are in the scene together, back and forth, and the order with the fewest crossings is kept (the
barycentre method: K. Sugiyama et al., 1981; for story lines: Y. Tanahashi, K.-L. Ma, 2012). Height: each line is moved
towards where it is next door, as far as the order and the distances allow, by isotonic regression.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from film.direction.storymap.story import Story

TOGETHER = 24.0
"""Distance between lines of one scene."""
APART = 27.0
"""Distance between other lines."""
BESIDE = 36.0
"""Distance of a scene's lines from those that pass by it."""

_SWEEPS = 16
_SETTLING = 40
_PULL = 0.9
"""A line that is alone in its scene is drawn towards the middle of the map."""

Heights = list[dict[int, float]]
"""For each scene, the height of each person's line that passes it, downwards."""


def lanes(story: Story) -> Heights:
    """Lay the lines of a story out.

    Args:
        story: The story.

    Returns:
        Heights; lines in a scene lie next to each other. The same story always gives the same.
    """
    active = _active(story)
    members = [column.members for column in story.columns]
    return _heights(_orders(active, members), members)


def _active(story: Story) -> list[list[int]]:
    """Who has a line at each scene."""
    found: list[list[int]] = [[] for _ in story.columns]
    for who, person in enumerate(story.people):
        for first, last in person.stretches:
            for at in range(first, last + 1):
                found[at].append(who)
    return found


def _orders(active: Sequence[Sequence[int]], members: Sequence[Mapping[int, int]]) -> list[list[int]]:
    """Find orders with few crossings."""
    orders = [list(people) for people in active]
    best, fewest = orders, None
    for sweep in range(_SWEEPS):
        ahead = sweep % 2 == 0
        orders = [list(order) for order in orders]
        scenes = range(len(orders)) if ahead else reversed(range(len(orders)))
        for at in scenes:
            before = _ranks(orders, at - 1 if ahead else at + 1)
            after = _ranks(orders, at + 1 if ahead else at - 1) if sweep > 1 else {}
            orders[at] = _sorted(orders[at], members[at], before, after)
        crossings = sum(_crossings(one, two) for one, two in pairwise(orders))
        if fewest is None or crossings < fewest:
            best, fewest = orders, crossings
    return best


def _ranks(orders: Sequence[Sequence[int]], at: int) -> dict[int, float]:
    """Place of each line in an order, counted from its middle."""
    if not 0 <= at < len(orders):
        return {}
    middle = (len(orders[at]) - 1) / 2
    return {who: rank - middle for rank, who in enumerate(orders[at])}


def _sorted(
    order: Sequence[int], members: Mapping[int, int], before: Mapping[int, float], after: Mapping[int, float]
) -> list[int]:
    """Sort the lines of one scene by their places next door; those in the scene stay together."""
    middle = (len(order) - 1) / 2
    here = {who: rank - middle for rank, who in enumerate(order)}
    keys: dict[int, float] = {}
    for who in order:
        known = [before[who]] * 2 if who in before else []
        known += [after[who]] if who in after else []
        keys[who] = _mean(known) if known else here[who] / 2
    inside = sorted((who for who in order if who in members), key=lambda who: (keys[who], who))
    settled = [keys[who] for who in inside if who in before or who in after]
    centre = _mean(settled or [keys[who] for who in inside]) if inside else 0.0
    blocks = [(keys[who], who, [who]) for who in order if who not in members]
    if inside:
        blocks.append((centre, -1, inside))
    return [who for _, _, block in sorted(blocks) for who in block]


def _crossings(one: Sequence[int], two: Sequence[int]) -> int:
    place = {who: rank for rank, who in enumerate(two)}
    common = [place[who] for who in one if who in place]
    return sum(a > b for a, b in combinations(common, 2))


def _heights(orders: Sequence[Sequence[int]], members: Sequence[Mapping[int, int]]) -> Heights:
    """Find heights at which lines run as straight as their order allows; who is in a scene lies close together."""
    blocks = [_blocks(order, there) for order, there in zip(orders, members, strict=True)]
    bases = [_bases(here, there) for here, there in zip(blocks, members, strict=True)]
    heights: Heights = [
        _placed(here, [base - _middle(offsets) for base in offsets])
        for here, offsets in zip(blocks, bases, strict=True)
    ]
    for turn in range(_SETTLING):
        for at in range(len(orders)) if turn % 2 == 0 else reversed(range(len(orders))):
            wanted = [
                _mean([_wanted(heights, who, at) - TOGETHER * rank for rank, who in enumerate(block)])
                for block in blocks[at]
            ]
            free = [want - base for want, base in zip(wanted, bases[at], strict=True)]
            flat = _rising(free, [len(block) for block in blocks[at]])
            heights[at] = _placed(blocks[at], [base + low for base, low in zip(bases[at], flat, strict=True)])
    return heights


def _blocks(order: Sequence[int], members: Mapping[int, int]) -> list[list[int]]:
    """The lines of one scene: those in it as one block, each other as its own."""
    found: list[list[int]] = []
    for who in order:
        if who in members and found and found[-1][0] in members:
            found[-1].append(who)
        else:
            found.append([who])
    return found


def _bases(blocks: Sequence[Sequence[int]], members: Mapping[int, int]) -> list[float]:
    """Heights of the blocks' first lines if they lay as close as they may."""
    found: list[float] = []
    for number, block in enumerate(blocks):
        if not number:
            found.append(0.0)
            continue
        before = blocks[number - 1]
        gap = BESIDE if block[0] in members or before[0] in members else APART
        found.append(found[-1] + TOGETHER * (len(before) - 1) + gap)
    return found


def _middle(offsets: Sequence[float]) -> float:
    return offsets[-1] / 2 if offsets else 0.0


def _placed(blocks: Sequence[Sequence[int]], tops: Sequence[float]) -> dict[int, float]:
    """Heights of all lines, from those of their blocks."""
    return {
        who: top + TOGETHER * rank for block, top in zip(blocks, tops, strict=True) for rank, who in enumerate(block)
    }


def _wanted(heights: Heights, who: int, at: int) -> float:
    """Where a line would like to be: where it is in the scenes next door."""
    near = [heights[place][who] for place in (at - 1, at + 1) if 0 <= place < len(heights) and who in heights[place]]
    return _mean(near) if near else heights[at][who] * _PULL


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _rising(values: Sequence[float], weights: Sequence[int]) -> list[float]:
    """The rising sequence nearest to values, by pooling neighbours that fall (isotonic regression)."""
    pools: list[tuple[float, int, int]] = []
    for value, weight in zip(values, weights, strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, heavy, many), (two, light, more) = pools[-2], pools[-1]
            pools[-2:] = [((one * heavy + two * light) / (heavy + light), heavy + light, many + more)]
    return [value for value, _, count in pools for _ in range(count)]
