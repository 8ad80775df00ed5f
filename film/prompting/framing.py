"""Framing: the size in which what a picture shows can be seen."""

from __future__ import annotations

from collections.abc import Sequence

from film.prompting.blocking import HUMAN, is_fowl, within_reach
from film.prompting.seen import Seen
from film.prompting.vehicles import VEHICLES
from schemas.enums import FigureKind, Pose, ShotSize
from schemas.prompt import Figure

_SIZES = tuple(ShotSize)
_CLOSE = frozenset({ShotSize.MS, ShotSize.MCU, ShotSize.CU, ShotSize.ECU})
_WHOLE = frozenset(
    {
        Pose.WALK,
        Pose.RUN,
        Pose.CLIMB,
        Pose.DANCE,
        Pose.RIDE,
        Pose.DRIVE,
        Pose.ROW,
        Pose.SWIM,
        Pose.FLY,
        Pose.JUMP,
        Pose.FALL,
        Pose.CRAWL,
        Pose.CROUCH,
        Pose.DIG,
        Pose.SWEEP,
        Pose.LIE,
        Pose.SLEEP,
        Pose.PICK_UP,
        Pose.THROW,
        Pose.PUSH,
        Pose.PULL,
        Pose.BOW,
        Pose.KNEEL,
        Pose.FIGHT,
        Pose.CHEER,
        Pose.WADE,
        Pose.LEAN,
        Pose.KICK,
        Pose.REACH,
    }
)
"""What the whole body does, from head to foot."""
_WAIST = frozenset(
    {
        Pose.READ,
        Pose.WRITE,
        Pose.EAT,
        Pose.DRINK,
        Pose.SMOKE,
        Pose.PHONE,
        Pose.PEER,
        Pose.CARRY,
        Pose.GIVE,
        Pose.HOLD,
        Pose.WORK,
        Pose.PLAY,
        Pose.SING,
        Pose.WAVE,
        Pose.SALUTE,
        Pose.PRAY,
        Pose.AIM,
        Pose.POINT,
        Pose.EMBRACE,
        Pose.KISS,
        Pose.WEEP,
        Pose.SCREAM,
        Pose.SIT,
        Pose.OPEN,
        Pose.LOOK_OUT,
        Pose.FOLD,
        Pose.POUR,
        Pose.LISTEN,
        Pose.SHRUG,
        Pose.HALT,
        Pose.VOW,
    }
)
"""What is seen from the waist up."""
_ASKED = frozenset({"planned", "note", "script_camera"})
_AROUND = frozenset(
    {
        "door",
        "window",
        "board",
        "piano",
        "hiding",
        "helm",
        "bed",
        "floor",
        "sofa",
        "top",
        "hatch",
        "rowboat",
        "arms",
        "bench",
        "throne",
        "stretcher",
        "coffin",
        "lectern",
        "post",
    }
)
"""Mounts that need room in the picture."""
LONG = frozenset(
    {
        "flag",
        "broom",
        "shovel",
        "crutch",
        "stick",
        "rifle",
        "sword",
        "umbrella",
        "bow",
        "kite",
        "suitcase",
        "case",
        "bucket",
        "spear",
        "pitchfork",
        "oar",
        "rod",
        "placard",
        "scythe",
        "pickaxe",
        "cross",
    }
)
"""What is held and does not fit into a medium shot."""
_TINY = frozenset({FigureKind.MOUSE, FigureKind.RABBIT, FigureKind.SNAKE, FigureKind.FISH, FigureKind.DRAGON})
_UPRIGHT = frozenset({Pose.STAND, Pose.WALK})
_OF_MANY = frozenset({"group", "cutaway"})


BIG = frozenset(
    "chest|barrel|bench|cannon|tank|car|truck|van|ambulance|taxi|police car|fire engine|pickup|tractor|bus|train|"
    "plane|boat|ferry|rowboat|raft|motorboat|cart|helicopter|spaceship|stagecoach|"
    "motorcycle|bicycle|gravestone|statue|tree|tent|snowman|bed|sofa|coffin|wheelbarrow|fountain|hay|pram|cradle|"
    "television|hearth|box|fire|flames|ladder|rocket|wheelchair|sled".split("|")
)
"""Things that a medium shot of somebody has no room for."""


OF_A_ROOM = frozenset(
    "chair|table|piano|stove|window|door|open door|lamp|helm|telescope|umbrella|net|drum|flag|kite|bell".split("|")
)
"""Things of middling size that are seen in a wide shot too."""


def size_for(seen: Seen, figures: tuple[Figure, ...], loose: Sequence[str]) -> ShotSize:
    """The size in which what happens can be seen: the director's, unless it would hide the act.

    A close shot of what cannot be drawn would be a close shot of nothing: it shows the place instead, unless a note
    asks for that size.

    Args:
        seen: What the director wants to be seen.
        figures: The bodies in the picture.
        loose: Names of the things that lie about.
    """
    size = seen.size
    big = not _LARGE.isdisjoint(loose)
    if not figures:
        # By nothing but what the shot's key holds: whether it establishes a place depends on the scenes before it.
        if size is ShotSize.FS and loose and not big and loose[0] not in OF_A_ROOM and seen.rule not in _ASKED:
            return ShotSize.CU  # a full shot of a coin would be one of the room
        lost = size in _CLOSE and not loose and seen.rule != "note"
        return ShotSize.WS if lost or (size is ShotSize.EWS and loose) else size
    mounts = {figure.on for figure in figures}
    driven = mounts & VEHICLES.keys()
    if seen.rule in _ASKED and not driven:
        return size
    if size is ShotSize.EWS and (len(figures) > 1 or figures[0].pose not in _UPRIGHT):
        return ShotSize.WS
    if size is ShotSize.WS and seen.rule in _OF_MANY and len(figures) < 5:
        size = ShotSize.FS
    closest = min(_SIZES.index(size), *[_closest(figure) for figure in figures])
    if big or len(figures) > 2:
        closest = min(closest, _FS)
    elif len(figures) == 2:
        closest = min(closest, _FS if within_reach(figures) else _MS)
    if driven:
        # Of a lorry or a bus only a wide shot shows enough to tell what it is.
        return _SIZES[min(closest, _FS if driven == {"car"} else _WS)]
    if closest > 1 and not _HIGH.isdisjoint(mounts):
        return ShotSize.WS
    return _SIZES[closest]


_LARGE = BIG | LONG
_DOWN = frozenset({Pose.KNEEL, Pose.LIE})
_HIGH = frozenset({"tree", "ladder", "wall"})
_WS, _FS, _MS = map(_SIZES.index, (ShotSize.WS, ShotSize.FS, ShotSize.MS))


def _closest(figure: Figure) -> int:
    """The closest size that shows what a body does, by its place in `_SIZES`."""
    kind = figure.look.kind
    if figure.pose in _WHOLE or figure.stance in _DOWN or kind in _TINY or is_fowl(figure.look):
        return _FS
    if figure.on in _AROUND or (figure.on and kind not in HUMAN) or figure.held in LONG:
        return _FS
    if figure.pose is Pose.WAVE and figure.held:
        return _FS
    return _MS if figure.on or figure.pose in _WAIST else len(_SIZES)
