"""What is in the hands of whoever does something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from film.prompting.clauses import Clause
from film.prompting.nouns import nouns_in
from film.prompting.openings import spelled
from film.prompting.thing_names import AT_HAND
from film.prompting.things import named_in
from film.prompting.verbs import Act
from schemas.enums import Pose

_FREE_HANDS = frozenset(
    {Pose.HOLD, Pose.GIVE, Pose.THROW, Pose.CARRY, Pose.PICK_UP, Pose.PULL, Pose.WORK, Pose.PEER, Pose.PLAY, Pose.PUSH}
)
_HOLDS = (
    r"with|holding|carrying|clutching|waving|waves|waved|wielding|swinging|gripping|hugging|cradling|"
    r"brandishing|bearing|raises?|raised|lifts?|holds?|takes?|took|smells?"
)
_WITH = re.compile(
    rf"\b(?:{_HOLDS}|puts? on|picks? up)\s+"
    r"(?:(?:a|an|the|his|her|their|two|some|up|out)\s+)*((?:[\w-]+\s+)?(?:[\w-]+\s+)?[\w-]+)",
    re.IGNORECASE,
)


_IN_HAND = re.compile(
    r"(?<![\w-])([\w-]+) (?:(?:clutched|held|gripped|raised|swinging|dangling|balanced|tucked|slung) )?"
    r"(?:in (?:(?:his|her|their|one|each|both|its) )?(?:\w+ )?(?:hands?|fists?|arms|grip|teeth)"
    r"|(?:on|in) (?:his|her|their) (?:lap|knees)"
    r"|under (?:his|her|one|an|their) (?:\w+ )?arm|over (?:his|her|one|a|their) (?:\w+ )?shoulder"
    r"|(?:held |raised )?(?:high|aloft)|at (?:his|her|the) (?:side|ready|hip))\b",
    re.IGNORECASE,
)
"""What is in a hand, as in `lantern in hand`, `a lamb under his arm`."""
_HOLDING = spelled(_HOLDS) | {"put", "puts", "pick", "picks"}
_HANDS = frozenset("lap knees hand hands fist fists arm arms grip teeth shoulder high aloft side ready hip".split())
NEEDED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = ((_WITH, _HOLDING), (_IN_HAND, _HANDS))
"""For each pattern words of which it needs one."""


def told_in_hand(clause: Clause, act: Act, at: int) -> str:
    """The thing in the hands of a clause's subject, as the script names it."""
    if (act.pose is Pose.WORK and act.on and act.on != "table") or (act.pose in {Pose.PEER, Pose.PLAY} and act.held):
        return ""
    if act.pose is Pose.CARRY and act.on:
        return ""
    if act.held == "tablet":
        return ""  # what is scrolled through is on it
    after = clause.text[max(0, at - clause.start) :]
    if act.pose in AT_HAND:
        names = [named_in(word, clause.text) for word, start in clause.words if start > at]
        return next((name for name in names if name in AT_HAND[act.pose]), "")
    if act.pose is Pose.HOLD and act.held == "hat":
        return ""
    opened = act.pose is Pose.WORK and act.rank == _OPENING
    where = after if act.pose in _FREE_HANDS else clause.text
    for match in () if _HOLDING.isdisjoint(clause.said) else _WITH.finditer(where):
        names = [named_in(word, clause.text) for word in match[1].split()]
        if act.pose not in _LIFTING and _HEAVY.intersection(name for name in names if name):
            continue  # `he stood there with a trunk`
        if (name := _first_held(names)) and not (opened and name in _LIDDED):
            return name
    for match in () if _HANDS.isdisjoint(clause.said) else _IN_HAND.finditer(clause.text):
        if (name := _first_held([named_in(match[1].lower(), clause.text)])) and not (opened and name in _LIDDED):
            return name
    if act.pose in _FREE_HANDS:
        found = [named_in(word, clause.text) for word, start in clause.words if start > at]
        name = _first_held([None if one == act.on else one for one in found])
        return "" if opened and name in _LIDDED else name
    return ""


_IT = re.compile(r"\bit\b", re.IGNORECASE)
_BACK = 3
"""So many actions back `it` may be named at most."""


def it_in_hand(clause: Clause, act: Act, at: int, seen: str, before: Sequence[str]) -> str:
    """The thing that somebody handles as `it`: what was named last, in this action or in one before it."""
    if act.pose not in _FREE_HANDS and act.pose not in AT_HAND:
        return ""
    match = _IT.search(clause.text, max(0, at - clause.start))
    if match is None or (act.pose is Pose.WORK and act.on and act.on != "table"):
        return ""
    for text in (seen[: clause.start + match.start()], *reversed(before[-_BACK:])):
        for word in reversed(nouns_in(text)):
            name = named_in(word, text) or ""
            if name and name not in _NEVER_HELD:
                return name if act.pose not in AT_HAND or name in AT_HAND[act.pose] else ""
    return ""


_LIFTING = frozenset({Pose.CARRY, Pose.PULL, Pose.PUSH, Pose.PICK_UP})
_HEAVY = frozenset({"chest", "barrel"})
"""What nobody holds who does not lift it."""
_OPENING = 9
"""The rank of opening what has a lid: see `film.prompting.verbs`."""
_LIDDED = frozenset({"box", "chest", "suitcase", "case"})


def _first_held(names: Sequence[str | None]) -> str:
    """The first thing of several words that a hand can hold; of two neighbours, as in `paper plane`, the second."""
    for name, after in zip(names, [*names[1:], None], strict=False):
        if name and (after or name) not in _NEVER_HELD:
            return after or name
    return ""


_NEVER_HELD = frozenset(
    "window|door|open door|table|chair|tree|car|truck|bus|train|plane|boat|ferry|rowboat|fire|piano|bed|sofa|"
    "raft|motorboat|cart|"
    "stagecoach|stretcher|coffin|fountain|hay|cradle|pram|wheelbarrow|television|hearth|"
    "van|ambulance|taxi|police car|fire engine|pickup|tractor|stump|bench|tank|helicopter|spaceship|motorcycle|"
    "gravestone|statue|throne|stove".split("|")
)
