"""Who does what in a shot, read from its action: also those without a name, and what goes on by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from film.prompting.clauses import Clause, clauses_of
from film.prompting.deeds import acts_in
from film.prompting.doers import Names
from film.prompting.doings import GOES_ON, IDLE, Doing, doing_of, going_on, joined, remember
from film.prompting.hands import it_in_hand, told_in_hand
from film.prompting.happenings import HAPPENINGS
from film.prompting.openings import Table
from film.prompting.seats import PERCHING, perch_told
from film.prompting.senses import plain
from film.prompting.sexes import with_sexes
from film.prompting.somebody import LOTS, Mention
from film.prompting.species import ANIMALS
from film.prompting.thing_names import thing_named
from film.prompting.vehicles import vehicle_told
from film.prompting.verbs import Act
from schemas.enums import Pose
from schemas.script import Breakdown, Character, Shot

_ARTICLES = frozenset("the a an his her their its my your our this that some no".split())
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
        Pose.KICK,
        Pose.HALT,
        Pose.WHISPER,
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
_GALLOPS = re.compile(r"(?<![\w-])(?:gallop|canter)\w*", re.IGNORECASE)
"""Nobody does so on two legs."""
_LIFTS = re.compile(r"(?<![\w-])(?:lift|hoist|scoop|swing|swung)\w*", re.IGNORECASE)
_BACK = 6
"""So many actions back the vehicle may be named at most that somebody drives."""
_AHEAD = re.compile(r"\b(?:chas|pursu|follow|hunt|lead|led\b)\w*")
"""Verbs of two who go one behind the other."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Somebody who acts without being a character of the film."""

    id: str
    words: str
    """How the script calls them, such as `a wounded soldier`."""
    noun: str
    count: int
    doing: Doing = IDLE


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


@dataclass(slots=True)
class _Last:
    """Who was told of last in a scene, as far as the next shot may go on with them without a name."""

    actor: Mention | None = None
    creature: Mention | None = None
    """The last animal or machine: an `it` that does something."""

    def note(self, names: Names, people: Sequence[Mention]) -> None:
        """Remember whom a clause tells of."""
        for one in people:
            self.actor = one if one.extra and not one.crowd else None
            if names.is_beast(one):
                self.creature = one


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
    last = _Last()
    actions = [plain(shot.action) if shot.action else "" for shot in breakdown.shots]
    for shot, seen in zip(breakdown.shots, actions, strict=True):
        if shot.scene != scene:
            memory, company, told, scene, last = {}, {}, [], shot.scene, _Last()
        found[shot.id] = _read(shot, seen, names, memory, nameless, tuple(reversed(company)), told, last)
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
    last: _Last,
) -> ShotActs:
    """Read a shot's action, as `plain` says it."""
    if not shot.action:
        goes_on = going_on(shot.subjects, memory)
        return ShotActs(tuple(goes_on.items())) if goes_on else _NOTHING
    doings: dict[str, Doing] = {}
    extras: dict[str, Extra] = {}
    touched: dict[str, None] = {}
    events: dict[str, None] = {}
    crowd, crowd_pose = False, Pose.STAND
    counts: dict[str, int] = {}
    told_of = seen.lower()
    before = () if shot.subjects else tuple(reversed(nameless.values()))
    for clause in clauses_of(seen, names, shot.subjects, before, near, last.creature, last.actor):
        act, stance, at = acts_in(clause)
        if act.on == "car" and not vehicle_told(clause.text):
            act = _steered(act, before_it[-_BACK:])
        told = told_in_hand(clause, act, at) or it_in_hand(clause, act, at, seen, before_it)
        perch = "" if PERCHING.isdisjoint(clause.said) else perch_told(clause.text.lower())
        if act.event:
            events[act.event] = None
        subjects = [one for one in clause.subjects if one.end <= at or not one.here or clause.turned]
        objects = [one for one in clause.mentions if one not in subjects]
        last.note(names, subjects or clause.mentions)
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
        if act.pose is Pose.HOLD and target and not told and _LIFTS.search(clause.text):
            act = act._replace(pose=Pose.CARRY)
        for who in subjects:
            if who.crowd:
                continue
            if act.pose is Pose.RUN and not names.is_beast(who) and _GALLOPS.search(clause.text):
                act = act._replace(pose=Pose.RIDE, on="horse", rank=7)
            new = doing_of(act, stance, told, memory.get(who.id, IDLE), target)
            if perch:
                new = new._replace(perch=perch)
            old = doings.get(who.id)
            if old is None or new.rank >= old.rank:
                doings[who.id] = joined(old, new)
            elif new.face and old.face is None:
                doings[who.id] = old._replace(face=new.face)
            remember(memory, who.id, new)
            if not who.extra and who.id not in shot.subjects:
                touched.setdefault(who.id)  # who acts is seen, whomever the camera was sent to
        if act.pose is Pose.GIVE and not target and not told:
            target = next((who for who in (*shot.subjects, *near) if all(who != one.id for one in subjects)), "")
        ahead = target and act.pose in GOES_ON and _AHEAD.search(clause.text.lower())
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
    doings.update(going_on((who for who in shot.subjects if who not in doings), memory))
    if not shot.subjects and not extras and (who_ := _owner(told_of, names, before)):
        extras[who_.id] = Extra(who_.id, who_.words, who_.noun, 1, memory.get(who_.id, IDLE))
    events.update(dict.fromkeys([HAPPENINGS[row][0] for row, _ in _HAPPENINGS.found(told_of)]))
    ridden = {name for doing in doings.values() for name in (_RIDDEN.get(doing.on, doing.on), doing.held)}
    ridden.discard("")
    bodies = tuple(
        replace(one, doing=_own_deed(one, doings.get(one.id)))
        for one in extras.values()
        if (one.noun not in _CATCH or _swims(doings.get(one.id)))
        and not ridden.intersection({one.noun, thing_named(one.noun) or one.noun, _KINDRED.get(one.noun, "")})
    )
    done, several = tuple(doings.items()), tuple(counts.items())
    return ShotActs(done, bodies, tuple(events), crowd, crowd_pose, several, tuple(touched))


_HERS = re.compile(r"\b(?:(she|hers?|herself)|(?:he|his|him|himself))\b")


_DRAWN = re.compile(r"(?<![\w-])(?:cart|wagon|waggon|carriage|trap|buggy|sledge|sleigh|gig|dray)s?\b", re.IGNORECASE)
"""What horses draw: whoever drives on in it sits."""
_BOATS = re.compile(
    r"(?<![\w-])(?:motorboat|boat|launch|ship|ferry|yacht|trawler|tug|dinghy|barge|schooner|steamer)s?\b", re.IGNORECASE
)


def _steered(act: Act, before: Sequence[str]) -> Act:
    """What is driven or steered where the clause names nothing: the vehicle or the boat that was told of last."""
    for text in reversed(before):
        if vehicle := vehicle_told(text):
            return act._replace(on=vehicle)
        if _DRAWN.search(text):
            return act._replace(pose=Pose.SIT, stance=Pose.SIT, on="")
        if _BOATS.search(text):
            return act._replace(pose=Pose.WORK, on="helm")
    return act._replace(on="car")


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
_ON_THE_WAY = frozenset({None, Pose.STAND, Pose.WALK, Pose.RUN, Pose.WAVE, Pose.PULL, Pose.HOLD, Pose.LOOK_OUT})


def _own_deed(one: Extra, told: Doing | None) -> Doing:
    """What somebody without a name does: what is told, what they go on doing, or what they are called by."""
    doing = told or one.doing
    if one.noun in _DEEDS and doing.pose in _ON_THE_WAY and not doing.on:
        return _DEEDS[one.noun]._replace(face=doing.face, held=doing.held)
    if doing == Doing() and _STILL.search(one.words):
        return Doing(Pose.LIE, Pose.LIE)
    return doing


def _swims(doing: Doing | None) -> bool:
    """Whether a fish does what only a living one does; any other is a thing on a line, in a pan or on a plate."""
    return doing is not None and doing.pose in {Pose.SWIM, Pose.JUMP, Pose.FLY}


_CATCH = frozenset({"fish", "crab", "lobster", "worm", "trout", "salmon"})
"""Animals that are things where something is done to them."""
_STILL = re.compile(r"\b(?:dead|unconscious|sleeping|fallen|lifeless|body|corpse)\b")
_IS_A = re.compile(r"\b(?:is|was|are|were|becomes?|became)\s+(?:an?|the|two)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_AS_WELL = re.compile(
    r"\b(?:is|was)\s+(?:(?:an?|the|his|her|my|their)\s+|[\w-]+['’]s\s+)[^.,;:!?]{2,50},\s+an?\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""`He was a surveyor, a small neat man`: the same once more."""
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
    if _IS_A.search(text) or _AS_WELL.search(text):
        return True
    while before and before[-1] in _ARTICLES:
        before.pop()
    if len(before) > 1 and before[-1] == "of" and (before[-2] in LOTS or before[-2] in _OF_THEM):
        return False
    return bool(before) and before[-1] in {"like", "as", "of", "about", "for"}


_OF_THEM = frozenset("front ahead one both all each some several half most rest middle two three four".split())
"""Who is one of them, or in front of somebody, makes these be there."""
_HAPPENINGS = Table(pattern for _, pattern in HAPPENINGS)
