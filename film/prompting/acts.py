"""Who does what in a shot, read from its action: also those without a name, and what goes on by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from film.prompting.clauses import PREPOSITIONS, Clause, clauses_of, inside
from film.prompting.doers import Mention, Names
from film.prompting.happenings import HAPPENINGS
from film.prompting.openings import Table, spelled
from film.prompting.phrases import PERCHING, PHRASES, SEATING, perch_told, seat_told
from film.prompting.senses import plain
from film.prompting.sexes import with_sexes
from film.prompting.species import ANIMALS
from film.prompting.things import AT_HAND, named_in, nouns_in, thing_named
from film.prompting.verbs import BASES, VERBS, Act
from schemas.enums import Expression, Pose
from schemas.script import Breakdown, Character, Shot

_ARTICLES = frozenset("the a an his her their its my your our this that of some no".split())
_MOVES = frozenset(
    {
        Pose.WALK,
        Pose.RUN,
        Pose.CLIMB,
        Pose.JUMP,
        Pose.DANCE,
        Pose.FIGHT,
        Pose.FALL,
        Pose.SWIM,
        Pose.CRAWL,
        Pose.CROUCH,
        Pose.DIG,
        Pose.FLY,
        Pose.OPEN,
        Pose.PUSH,
        Pose.SWEEP,
        Pose.EMBRACE,
        Pose.KISS,
    }
)
"""What ends sitting, lying and kneeling."""
_LASTING = frozenset({Pose.DRIVE, Pose.RIDE, Pose.ROW, Pose.SLEEP, Pose.LIE, Pose.FLY, Pose.SWIM})
"""What goes on until something else is told."""
_TOUCHES = frozenset(
    {
        Pose.EMBRACE,
        Pose.KISS,
        Pose.FIGHT,
        Pose.GIVE,
        Pose.PULL,
        Pose.PUSH,
        Pose.CARRY,
        Pose.DANCE,
        Pose.TALK,
        Pose.THROW,
        Pose.AIM,
        Pose.POINT,
    }
)
_ANSWERS: Mapping[Pose, Pose] = {
    Pose.EMBRACE: Pose.EMBRACE,
    Pose.KISS: Pose.KISS,
    Pose.DANCE: Pose.DANCE,
    Pose.FIGHT: Pose.FIGHT,
    Pose.GIVE: Pose.GIVE,
}
"""What whoever it is done to does."""
_AHEAD = re.compile(r"\b(?:chas|pursu|follow|hunt|lead|led\b)\w*")
"""Verbs of two who go one behind the other."""
_TAKES = frozenset({Pose.HOLD, Pose.CARRY, Pose.PICK_UP, Pose.AIM})
_GOES_ON = frozenset({Pose.WALK, Pose.RUN, Pose.JUMP})
"""What somebody takes into their hands they keep where they go."""
_FREE_HANDS = frozenset(
    {Pose.HOLD, Pose.GIVE, Pose.THROW, Pose.CARRY, Pose.PICK_UP, Pose.PULL, Pose.WORK, Pose.PEER, Pose.PLAY, Pose.PUSH}
)


_OWN_LEGS = _MOVES | {
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


class Doing(NamedTuple):
    """What one body does."""

    pose: Pose | None = None
    stance: Pose = Pose.STAND
    held: str = ""
    on: str = ""
    face: Expression | None = None
    rank: int = 0
    perch: str = ""
    """What an animal is on that is higher than the ground, by a name of `film.prompting.verbs.MOUNTS`."""
    toward: str = ""
    """Whom it is done to."""


_IDLE = Doing()


@dataclass(frozen=True, slots=True)
class Extra:
    """Somebody who acts without being a character of the film."""

    id: str
    words: str
    """How the script calls them, such as `a wounded soldier`."""
    noun: str
    count: int
    doing: Doing = _IDLE


class ShotActs(NamedTuple):
    """All that a shot's action makes visible besides its place."""

    doings: tuple[tuple[str, Doing], ...] = ()
    """Who does what, characters and others, by their ids."""
    extras: tuple[Extra, ...] = ()
    events: tuple[str, ...] = ()
    crowd: bool = False
    crowd_pose: Pose = Pose.STAND
    counts: tuple[tuple[str, int], ...] = ()
    """How many bodies a character is who is a group, such as `two pirates`; by their ids."""
    drawn_in: tuple[str, ...] = ()
    """Characters to whom something is done, whether the camera was sent to them or not."""


_NOTHING = ShotActs()


def acts_of(breakdown: Breakdown, people: Sequence[Character] | None = None) -> dict[str, ShotActs]:
    """Read what is done in every shot of a film.

    Whoever sat, lay or rode goes on doing so through a scene until a verb of movement ends it.

    Args:
        breakdown: Stage 1's result.
        people: What `with_sexes` says of its cast; asked here where it is not given.

    Returns:
        The acts of each shot, by its id.
    """
    names = Names.of(with_sexes(breakdown) if people is None else people)
    found: dict[str, ShotActs] = {}
    memory: dict[str, Doing] = {}
    scene = -1
    nameless: dict[str, Mention] = {}
    company: dict[str, None] = {}
    told: list[str] = []
    actions = [plain(shot.action) if shot.action else "" for shot in breakdown.shots]
    for shot, seen in zip(breakdown.shots, actions, strict=True):
        if shot.scene != scene:
            memory, company, told, scene = {}, {}, [], shot.scene
        if shot.action:
            found[shot.id] = _read(shot, seen, names, memory, nameless, tuple(reversed(company)), told)
        else:
            going_on = _going_on(shot.subjects, memory)
            found[shot.id] = ShotActs(tuple(going_on.items())) if going_on else _NOTHING
        for who in shot.subjects:
            company.pop(who, None)
            company[who] = None
    return found


def _read(
    shot: Shot,
    seen: str,
    names: Names,
    memory: dict[str, Doing],
    nameless: dict[str, Mention],
    near: Sequence[str],
    before_it: list[str],
) -> ShotActs:
    """Read a shot's action, as `plain` says it."""
    doings: dict[str, Doing] = {}
    extras: dict[str, Extra] = {}
    touched: dict[str, None] = {}
    events: dict[str, None] = {}
    crowd, crowd_pose = False, Pose.STAND
    counts: dict[str, int] = {}
    told_of = seen.lower()
    before = () if shot.subjects else tuple(reversed(nameless.values()))
    for clause in clauses_of(seen, names, shot.subjects, before, near):
        act, stance, at = _acts_in(clause)
        told = _told(clause, act, at) or _it(clause, act, at, seen, before_it)
        perch = "" if PERCHING.isdisjoint(clause.said) else perch_told(clause.text.lower())
        if act.event:
            events[act.event] = None
        subjects = [one for one in clause.subjects if one.end <= at or not one.here]
        objects = [one for one in clause.mentions if one not in subjects]
        for who in (*subjects, *objects):
            if who.bodies > 1 and not who.extra:
                counts[who.id] = who.bodies
            if who.crowd:
                crowd = True
                crowd_pose = act.pose or crowd_pose if who in subjects else crowd_pose
            elif who.extra and (who in subjects or not (who.noun in _CATCH or _between(clause, who))):
                extras.setdefault(who.id, Extra(who.id, who.words, who.noun, who.bodies))
                _keep(nameless, who)
        target = next((one.id for one in objects if not one.crowd), "")
        for who in subjects:
            if who.crowd:
                continue
            new = _doing(act, stance, told, memory.get(who.id, _IDLE), target)
            if perch:
                new = new._replace(perch=perch)
            old = doings.get(who.id)
            if old is None or new.rank >= old.rank:
                doings[who.id] = _joined(old, new)
            elif new.face and old.face is None:
                doings[who.id] = old._replace(face=new.face)
            _remember(memory, who.id, new)
            if not who.extra and who.id not in shot.subjects:
                touched.setdefault(who.id)  # who acts is seen, whomever the camera was sent to
        if act.pose is Pose.GIVE and not target and not told:
            target = next((who for who in (*shot.subjects, *near) if all(who != one.id for one in subjects)), "")
        ahead = target and act.pose in _GOES_ON and _AHEAD.search(clause.text.lower())
        if ahead or (target and act.pose in _TOUCHES):
            touched.setdefault(target)
            answer = act.pose if ahead else _ANSWERS.get(act.pose) if act.pose else None
            if act.pose is Pose.CARRY and subjects and not told:  # on a stretcher too: they do not stand
                doings[target] = Doing(Pose.LIE, Pose.LIE, on="arms", rank=act.rank, toward=subjects[0].id)
            if answer is not None and subjects and doings.get(target, Doing()).rank < act.rank:
                old = memory.get(target, Doing()) if answer is Pose.GIVE else Doing()
                doings[target] = Doing(answer, old.stance, on=old.on, rank=act.rank, toward=subjects[0].id)
    if seen:
        before_it.append(seen)
    doings.update(_going_on((who for who in shot.subjects if who not in doings), memory))
    if not shot.subjects and not extras and (who_ := _owner(told_of, names, before)):
        extras[who_.id] = Extra(who_.id, who_.words, who_.noun, 1, memory.get(who_.id, _IDLE))
    events.update(dict.fromkeys([HAPPENINGS[row][0] for row, _ in _HAPPENINGS.found(told_of)]))
    ridden = {name for doing in doings.values() for name in (_RIDDEN.get(doing.on, doing.on), doing.held)}
    ridden.discard("")
    bodies = tuple(
        replace(one, doing=_own_deed(one, doings.get(one.id)))
        for one in extras.values()
        if not ridden.intersection({one.noun, thing_named(one.noun) or one.noun, _KINDRED.get(one.noun, "")})
    )
    done, several = tuple(doings.items()), tuple(counts.items())
    return ShotActs(done, bodies, tuple(events), crowd, crowd_pose, several, tuple(touched))


def _going_on(people: Iterable[str], memory: Mapping[str, Doing]) -> dict[str, Doing]:
    """What those go on doing of whom a shot tells nothing; whoever does nothing goes on with nothing."""
    return {who: memory[who] for who in people if memory.get(who, _IDLE) != _IDLE} if memory else {}


_HERS = re.compile(r"\b(?:(she|hers?|herself)|(?:he|his|him|himself))\b")


def _keep(nameless: dict[str, Mention], who: Mention) -> None:
    """Remember one person without a name as the last who was told of, in the words that told most of them."""
    if who.bodies > 1 or who.noun in ANIMALS:
        return
    known = nameless.pop(who.id, who)
    nameless[who.id] = known if len(known.words) >= len(who.words) else who


def _owner(told_of: str, names: Names, before: Sequence[Mention]) -> Mention | None:
    """Whoever a pronoun means in a shot that names nobody: `The flakes covered her hair`."""
    said = _HERS.search(told_of)
    return next((one for one in before if said and names.sex_of(one) is (said[1] is not None)), None)


_DEEDS: Mapping[str, Doing] = {
    "rider": Doing(Pose.RIDE, on="horse", rank=3),
    "cyclist": Doing(Pose.RIDE, on="bicycle", rank=3),
    "swimmer": Doing(Pose.SWIM, rank=3),
    "dancer": Doing(Pose.DANCE, rank=3),
    "runner": Doing(Pose.RUN, rank=3),
}
"""What those do who are called by it, where nothing else is told of them."""
_ON_THE_WAY = frozenset({None, Pose.STAND, Pose.WALK, Pose.RUN})


def _own_deed(one: Extra, told: Doing | None) -> Doing:
    """What somebody without a name does: what is told, what they go on doing, or what they are called by."""
    doing = told or one.doing
    if one.noun in _DEEDS and doing.pose in _ON_THE_WAY and not doing.on:
        return _DEEDS[one.noun]._replace(face=doing.face, held=doing.held)
    if doing == Doing() and _STILL.search(one.words):
        return Doing(Pose.LIE, Pose.LIE)
    return doing


_CATCH = frozenset({"fish", "crab", "lobster", "worm", "trout", "salmon"})
"""Animals that are things where something is done to them."""
_STILL = re.compile(r"\b(?:dead|unconscious|sleeping|fallen|lifeless|body|corpse)\b")
_IS_A = re.compile(r"\b(?:is|was|are|were|becomes?|became)\s+(?:an?|the|two)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_FAR = 300
"""So far before a noun at most stands what compares it, in characters."""
_RIDDEN = {"horse": "horse"}
_KINDRED = {"pony": "horse", "donkey": "horse", "mule": "horse", "camel": "horse", "stallion": "horse", "mare": "horse",
            "hen": "chicken", "rooster": "chicken", "kitten": "cat", "rabbit": "cat", "goose": "chicken"}  # fmt: skip
"""Animals that are drawn as what carries somebody, or as what somebody carries."""


def _between(clause: Clause, who: Mention) -> bool:
    """Whether somebody is only compared or spoken of: `like a dog`, `was a farmer`, `of the king`."""
    at = who.start - clause.start
    text = clause.text[max(0, at - _FAR) : at]
    before = text.lower().split()
    if _IS_A.search(text):
        return True
    while before and before[-1] in _ARTICLES:
        before.pop()
    return bool(before) and before[-1] in {"like", "as", "of", "about", "for"}


_NO_ACT = Act(rank=0)
_PHRASES = Table(pattern for pattern, _ in PHRASES)
_HAPPENINGS = Table(pattern for _, pattern in HAPPENINGS)


def _acts_in(clause: Clause) -> tuple[Act, Pose | None, int]:
    """The act of a clause that is seen, the last thing its legs are told to do, and where its first verb stands."""
    hits: list[tuple[int, Act]] = []
    text = clause.text.lower()
    for row, match in _PHRASES.found(text, clause.said):
        start = match.start() + clause.start
        behind = next((one.end for one in clause.mentions if one.start <= start < one.end), start)
        hits.append((behind, PHRASES[row][1]))
    if not SEATING.isdisjoint(clause.said) and (seat := seat_told(text)):
        hits.append((seat[0] + clause.start, seat[1]))
    words = clause.words
    for index, (word, start) in enumerate(words):
        act_ = VERBS.get(word)
        if act_ is None or (index and words[index - 1][0] in _ARTICLES) or _described(words, index):
            continue
        if inside(start, clause.mentions):
            continue
        hits.append((start, act_))
    if not hits:
        return _NO_ACT, None, clause.end
    if len(hits) == 1 and hits[0][1].pose is not None:  # as most clauses have: there is nothing to choose
        at, only = hits[0]
        return only, only.stance, at
    first = min(start for start, _ in hits)
    best = max((act for _, act in hits if act.pose), key=lambda act: act.rank, default=_NO_ACT)
    stance = next((act.stance for _, act in sorted(hits, key=lambda hit: -hit[0]) if act.stance), None)
    face = next((act.face for _, act in hits if act.face), None)
    held = best.held or next((act.held for _, act in hits if act.held and act.rank >= 7), "")
    on = best.on or next((act.on for _, act in hits if act.on and (stance or not best.stance)), "")
    if best.pose and best.pose not in _OWN_LEGS and stance is None:
        stance = next((act.pose for _, act in hits if act.pose in {Pose.RUN, Pose.WALK} and act is not best), None)
    rank = best.rank if best.pose else max(act.rank for _, act in hits)
    return best._replace(face=best.face or face, held=held, on=on, rank=rank), stance, first


def _described(words: Sequence[tuple[str, int]], index: int) -> bool:
    """Whether a verb's plain form is a noun here, with an adjective and an article: `from a wooden cross`."""
    if index < 2 or words[index][0] not in BASES:
        return False
    article = words[index - 2][0]
    behind = index > 2 and words[index - 3][0] in PREPOSITIONS
    return article in {"a", "an"} or (article in _ARTICLES and behind)


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
    r"|under (?:his|her|one|an|their) (?:\w+ )?arm|over (?:his|her|one|a|their) (?:\w+ )?shoulder"
    r"|(?:held |raised )?(?:high|aloft)|at (?:his|her|the) (?:side|ready|hip))\b",
    re.IGNORECASE,
)
"""What is in a hand, as in `lantern in hand`, `a lamb under his arm`."""
_HOLDING = spelled(_HOLDS) | {"put", "puts", "pick", "picks"}
_HANDS = frozenset(
    "hand hands fist fists arm arms grip teeth shoulder high aloft side ready hip".split(),
)
NEEDED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = ((_WITH, _HOLDING), (_IN_HAND, _HANDS))
"""For each pattern words of which it needs one."""


def _told(clause: Clause, act: Act, at: int) -> str:
    """The thing in the hands of a clause's subject, as the script names it."""
    if (act.pose is Pose.WORK and act.on and act.on != "table") or (act.pose in {Pose.PEER, Pose.PLAY} and act.held):
        return ""
    if act.pose is Pose.CARRY and act.on:
        return ""
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


def _it(clause: Clause, act: Act, at: int, seen: str, before: Sequence[str]) -> str:
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
    "stagecoach|stretcher|coffin|fountain|hay|cradle|pram|wheelbarrow|television|hearth|"
    "stump|bench|tank|helicopter|spaceship|motorcycle|gravestone|statue|throne|stove".split("|")
)


def _doing(act: Act, stance: Pose | None, told: str, before: Doing, target: str) -> Doing:
    pose = act.pose
    if stance is None:
        stance = Pose.STAND if pose in _MOVES else before.stance
    on = act.on
    if not on and stance in {Pose.SIT, Pose.LIE} and before.stance is stance:
        on = before.on
    if pose is None and before.pose in _LASTING:
        pose = before.pose
        on = on or before.on
    perch = before.perch if pose not in _MOVES else ""
    return Doing(pose, stance, told or act.held, on, act.face, act.rank, perch, target)


def _joined(old: Doing | None, new: Doing) -> Doing:
    if old is None:
        return new
    return new._replace(
        pose=new.pose or old.pose,
        held=new.held or (old.held if _keeps(old.pose, new.pose) else ""),
        on=new.on or old.on,
        perch=new.perch or old.perch,
        face=new.face or old.face,
        toward=new.toward or old.toward,
    )


def _keeps(old: Pose | None, new: Pose | None) -> bool:
    """Whether what was in the hands stays there."""
    return new not in _MOVES or new is old or (old in _TAKES and new in _GOES_ON)


def _remember(memory: dict[str, Doing], who: str, new: Doing) -> None:
    lasting = new.pose if new.pose in _LASTING else None
    stays = new.stance in {Pose.SIT, Pose.LIE, Pose.KNEEL}
    stance = new.stance if stays else Pose.STAND
    memory.pop(who, None)
    memory[who] = Doing(lasting, stance, "", new.on if lasting or stays else "", perch=new.perch)
