"""Blocking: how bodies stand to each other, by what they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from film.prompting.doings import Doing
from schemas.base import unchecked
from schemas.enums import Expression, FigureKind, Pose, Side
from schemas.prompt import Figure
from schemas.script import Look, Staging

MAX_FIGURES = 5
"""More bodies than this are a crowd."""

_figure = unchecked(Figure)
HUMAN = frozenset({FigureKind.ADULT, FigureKind.CHILD})
"""Bodies of people."""
ONE_AT_A_TIME = frozenset(
    {
        "door",
        "hatch",
        "window",
        "board",
        "helm",
        "piano",
        "stove",
        "counter",
        "easel",
        "hiding",
        "wall",
        "lectern",
        "stretcher",
        "coffin",
        "post",
    }
)
"""Mounts that only the first of several uses."""
_PERCHING = frozenset(
    map(FigureKind, ("cat", "dog", "bird", "cow", "rabbit", "mouse", "snake")),
)
"""Animals that sit and lie on things: a goat, which is built as a cow, on a roof."""
_LOW = frozenset({Pose.SIT, Pose.LIE, Pose.KNEEL})
_AT_REST = _LOW | {Pose.STAND}
_TALKING = frozenset({Pose.STAND, Pose.SIT, Pose.KNEEL})
"""Poses in which whoever speaks is seen to."""
_ON_A_HEAD = frozenset({"hat", "helmet"})
_TOGETHER = frozenset({Pose.EMBRACE, Pose.KISS})
_WITH_EACH_OTHER = _TOGETHER | {Pose.FIGHT, Pose.TALK, Pose.DANCE}
_OPPOSITE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def figure_of(who: str, look: Look, staging: Staging | None, doing: Doing, speaks: bool, owned: bool) -> Figure:
    """Put together what is told of a body: by its verbs, and else by its staging.

    Args:
        who: Whose body it is.
        look: What they look like.
        staging: Where the director put them; None for whoever the director does not know.
        doing: What they do.
        speaks: Whether they speak in the shot.
        owned: Whether the shot tells of anybody's feeling: it is not everybody's then.
    """
    staged = staging or Staging(character=who, facing=Side.RIGHT)
    pose = doing.pose or staged.pose
    face = doing.face or staged.expression
    if doing.face is None and owned:
        face = Expression.NEUTRAL if doing.pose or doing.rank else face
    if doing.pose is None and doing.stance is not Pose.STAND and pose in _AT_REST:
        pose = doing.stance
    if speaks and pose in _TALKING:
        pose = Pose.TALK
    if pose is Pose.CROUCH and doing.stance is Pose.SIT:
        pose = Pose.SIT
    if pose is Pose.SLEEP and face in {Expression.NEUTRAL, Expression.HAPPY}:
        face = Expression.ASLEEP
    if pose in _AWAY and is_fowl(look):
        pose = Pose.STAND
    stance = doing.stance
    if doing.pose is None and staged.pose in _LOW:
        stance = staged.pose
    on = doing.on if look.kind in HUMAN else doing.perch if look.kind in _PERCHING else ""
    if doing.held in _ON_A_HEAD and look.kind in HUMAN and pose is Pose.HOLD:
        # Whoever holds a hat does not wear it.
        bare = look.hair if look.hair not in {"hat", "cap", "hood"} else "bun" if look.female else "short"
        look = look.model_copy(update={"hair": bare, "headwear": ""})
    return _figure(
        character=who,
        look=look,
        pose=pose,
        expression=face,
        side=staged.side,
        facing=staged.facing,
        stance=stance,
        held=doing.held if look.kind in HUMAN or look.kind is FigureKind.ROBOT else "",
        on=on,
        speaks=speaks,
    )


def spread(figures: tuple[Figure, ...], staged: Mapping[str, Staging]) -> tuple[Figure, ...]:
    """Give a side to those whom the director did not place: opposite to whoever is there, and looking at them.

    Those who were placed keep their side of the line.
    """
    if staged.keys() >= {figure.character for figure in figures}:
        return _beside(figures)
    taken = [figure.side for figure in figures if figure.character in staged]
    placed = list(figures)
    for index, figure in enumerate(figures):
        if figure.character in staged:
            continue
        free = [side for side in (Side.LEFT, Side.RIGHT, Side.CENTRE) if side not in taken]
        if len(figures) == 1:
            side, facing = Side.CENTRE, Side.RIGHT
        else:
            lone = taken[0] if len(set(taken)) == 1 else None
            side = (
                Side.RIGHT
                if lone is Side.CENTRE
                else _OPPOSITE.get(lone, free[0] if free else Side.CENTRE)
                if lone
                else (free[0] if free else Side.CENTRE)
            )
            facing = _OPPOSITE.get(side, Side.RIGHT)
        if figure.character.startswith("~") and not _fights(figures) and _twin(figure, figures):
            # A group does one thing in one direction.
            facing = next((one.facing for one in placed if one.character in staged), Side.RIGHT)
        placed[index] = figure.model_copy(update={"side": side, "facing": facing})
        taken.append(side)
    return _beside(tuple(placed))


def _beside(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Where two share the picture, whoever stood in its middle makes room."""
    if len(figures) != 2 or figures[0].side is not Side.CENTRE or figures[1].side is Side.CENTRE:
        return figures
    side = figures[1].side
    return figures[0].model_copy(update={"side": _OPPOSITE[side], "facing": side}), figures[1]


def _fights(figures: tuple[Figure, ...]) -> bool:
    return any(figure.pose in _WITH_EACH_OTHER for figure in figures)


def _twin(figure: Figure, figures: tuple[Figure, ...]) -> bool:
    """Whether others of the same group do the same."""
    stem = figure.character.lstrip("~").rsplit("-", 1)[0]
    return all(stem == other.character.lstrip("~").rsplit("-", 1)[0] or stem == other.character for other in figures)


def embraced(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Put those who embrace or kiss in each other's arms: two people, face to face."""
    close = [figure.pose for figure in figures if figure.pose in _TOGETHER]
    if not close:
        return figures
    closeness = close[0]
    people = [figure for figure in figures if figure.look.kind in HUMAN]
    pair = sorted(people, key=lambda figure: figure.pose is not closeness)[:2]
    if len(pair) < 2:
        return tuple(
            figure.model_copy(update={"pose": Pose.HOLD}) if figure.pose is closeness else figure for figure in figures
        )
    first, second = pair
    left = second if first.side is Side.RIGHT or second.side is Side.LEFT else first
    changed = {
        figure.character: figure.model_copy(
            update={
                "pose": closeness,
                "stance": figure.stance if figure.stance is Pose.KNEEL else Pose.STAND,
                "side": Side.LEFT if figure is left else Side.RIGHT,
                "facing": Side.RIGHT if figure is left else Side.LEFT,
                "held": "",
                "on": "",
            }
        )
        for figure in pair
    }
    return tuple(changed.get(figure.character, figure) for figure in figures)


def is_fowl(look: Look) -> bool:
    """Whether a bird is one that no hand carries, and that seldom flies."""
    return look.species in {"goose", "hen"}


_PAIRED = frozenset({Pose.GIVE, Pose.FIGHT, Pose.DANCE})
"""What two do to each other, face to face and within reach."""
_UPON = frozenset({Pose.PUSH, Pose.PULL, Pose.KICK})
"""What one does to another who is within reach."""
_BORNE = frozenset({"stretcher", "coffin"})
"""What two carry between them."""
_AWAY = frozenset({Pose.WALK, Pose.RUN, Pose.RIDE, Pose.CRAWL, Pose.SWIM, Pose.WADE})


def within_reach(figures: Sequence[Figure]) -> bool:
    """Whether the first two of a picture are people who have hold of each other, or of one thing."""
    if len(figures) < 2 or any(figure.look.kind not in HUMAN for figure in figures[:2]):
        return False
    first, second = figures[:2]
    if first.pose is Pose.CARRY and first.on in _BORNE:
        return second.pose is Pose.CARRY
    if {first.on, second.on} - {""}:
        return False
    if first.pose is second.pose:
        return first.pose in _PAIRED
    return first.pose in _UPON and not first.held and second.pose not in _UPON


def faced(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Turn those to each other who have hold of each other, and those one way who go the same way.

    Args:
        figures: The bodies of a picture, each on its side of it.
    """
    if within_reach(figures):
        first, second = figures[:2]
        sides = (
            (Side.RIGHT, Side.LEFT) if Side.RIGHT is first.side or Side.LEFT is second.side else (Side.LEFT, Side.RIGHT)
        )
        pair = (
            figure.model_copy(update={"side": side, "facing": _OPPOSITE[side]})
            for figure, side in zip((first, second), sides, strict=True)
        )
        return (*pair, *figures[2:])
    if len(figures) > 1 and figures[0].pose in _AWAY and all(figure.pose is figures[0].pose for figure in figures):
        way = figures[0].facing if figures[0].facing in _OPPOSITE else Side.RIGHT
        return tuple(figure.model_copy(update={"facing": way}) for figure in figures)
    return figures
