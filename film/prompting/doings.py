"""What one body does, and what of it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from film.prompting.vehicles import VEHICLES
from film.prompting.verbs import Act
from schemas.enums import Expression, Pose

MOVES = frozenset(
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
        Pose.WADE,
        Pose.KICK,
        Pose.LEAN,
        Pose.REACH,
    }
)
"""What ends sitting, lying and kneeling."""
_LASTING = frozenset({Pose.DRIVE, Pose.RIDE, Pose.ROW, Pose.SLEEP, Pose.LIE, Pose.FLY, Pose.SWIM, Pose.LEAN})
"""What goes on until something else is told."""
_TAKES = frozenset({Pose.HOLD, Pose.CARRY, Pose.PICK_UP, Pose.AIM})
GOES_ON = frozenset({Pose.WALK, Pose.RUN, Pose.JUMP})
"""What somebody takes into their hands they keep where they go."""


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


IDLE = Doing()


def going_on(people: Iterable[str], memory: Mapping[str, Doing]) -> dict[str, Doing]:
    """What those go on doing of whom a shot tells nothing; whoever does nothing goes on with nothing."""
    return {who: memory[who] for who in people if memory.get(who, IDLE) != IDLE} if memory else {}


def doing_of(act: Act, stance: Pose | None, told: str, before: Doing, target: str) -> Doing:
    """What an act makes of somebody, with what of it they did before."""
    pose = act.pose
    if stance is None:
        stance = Pose.STAND if pose in MOVES else before.stance
    on = act.on
    if on == "car" and before.on in VEHICLES:
        on = before.on  # `She drives on`: the lorry that she drove before
    if not on and stance in {Pose.SIT, Pose.LIE} and before.stance is stance:
        on = before.on
    if pose is None and before.pose in _LASTING:
        pose = before.pose
        on = on or before.on
    perch = before.perch if pose not in MOVES else ""
    return Doing(pose, stance, told or act.held, on, act.face, act.rank, perch, target)


def joined(old: Doing | None, new: Doing) -> Doing:
    """What somebody does in a shot that tells of two doings of theirs: the second, and what it leaves of the first."""
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
    return new not in MOVES or new is old or (old in _TAKES and new in GOES_ON)


def remember(memory: dict[str, Doing], who: str, new: Doing) -> None:
    """Keep of what somebody does what goes on in the shots that follow."""
    lasting = new.pose if new.pose in _LASTING else None
    stays = new.stance in {Pose.SIT, Pose.LIE, Pose.KNEEL}
    stance = new.stance if stays else Pose.STAND
    memory.pop(who, None)
    memory[who] = Doing(lasting, stance, "", new.on if lasting or stays else "", perch=new.perch)
