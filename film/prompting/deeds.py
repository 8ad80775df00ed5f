"""What a clause makes visible, by its verbs and phrases."""

from __future__ import annotations

from collections.abc import Sequence

from film.prompting.clauses import PREPOSITIONS, Clause, inside
from film.prompting.doings import MOVES
from film.prompting.openings import Table
from film.prompting.phrases import PHRASES
from film.prompting.seats import SEATING, seat_told
from film.prompting.vehicles import vehicle_told
from film.prompting.verbs import BASES, VERBS, Act
from schemas.enums import Pose

_ARTICLES = frozenset("the a an his her their its my your our this that of some no".split())
_WHICH_HAND = frozenset("one each other either right left free good bare first".split())
_OWN_LEGS = MOVES | {
    Pose.RIDE,
    Pose.DRIVE,
    Pose.ROW,
    Pose.SIT,
    Pose.LIE,
    Pose.SLEEP,
    Pose.KNEEL,
    Pose.STAND,
    Pose.PHONE,
}

_NO_ACT = Act(rank=0)
_PHRASES = Table(pattern for pattern, _ in PHRASES)


def acts_in(clause: Clause) -> tuple[Act, Pose | None, int]:
    """The act of a clause that is seen, the last thing its legs are told to do, and where its first verb stands."""
    hits: list[tuple[int, Act]] = []
    text = clause.text.lower()
    for row, match in _PHRASES.found(text, clause.said):
        start = match.start() + clause.start
        if any(one.start <= start and match.end() + clause.start <= one.end for one in clause.mentions):
            continue  # `the cook` is somebody
        behind = next((one.end for one in clause.mentions if one.start <= start < one.end), start)
        hits.append((behind, PHRASES[row][1]))
    if not SEATING.isdisjoint(clause.said) and (seat := seat_told(text)):
        hits.append((seat[0] + clause.start, seat[1]))
    words = clause.words
    for index, (word, start) in enumerate(words):
        act_ = VERBS.get(word)
        if (
            act_ is None
            or (word == "hand" and index and words[index - 1][0] in _WHICH_HAND)
            or (index and words[index - 1][0] in _ARTICLES)
            or _described(words, index)
        ):
            continue
        if inside(start, clause.mentions):
            continue
        hits.append((start, act_))
    if not hits:
        return _NO_ACT, None, clause.end
    first = min(start for start, _ in hits)
    best = max((act for _, act in hits if act.pose), key=lambda act: act.rank, default=_NO_ACT)
    stance = next((act.stance for _, act in sorted(hits, key=lambda hit: -hit[0]) if act.stance), None)
    face = next((act.face for _, act in hits if act.face), None)
    held = best.held or next((act.held for _, act in hits if act.held and act.rank >= 7), "")
    on = best.on or next((act.on for _, act in hits if act.on and (stance or not best.stance)), "")
    if best.pose and best.pose not in _OWN_LEGS and stance is None:
        stance = next((act.pose for _, act in hits if act.pose in {Pose.RUN, Pose.WALK} and act is not best), None)
    if on == "car":
        on = vehicle_told(text) or on
    rank = best.rank if best.pose else max(act.rank for _, act in hits)
    return best._replace(face=best.face or face, held=held, on=on, rank=rank), stance, first


def _described(words: Sequence[tuple[str, int]], index: int) -> bool:
    """Whether a verb's plain form is a noun here, with an adjective and an article: `from a wooden cross`."""
    if index < 2 or words[index][0] not in BASES:
        return False
    article = words[index - 2][0]
    behind = index > 2 and words[index - 3][0] in PREPOSITIONS
    return article in {"a", "an"} or (article in _ARTICLES and behind)
