"""The plan of a picture: what a draughtsman needs to know of a shot."""

from __future__ import annotations

import re
from collections.abc import Mapping

from film.prompting.things import things
from schemas.prompt import Figure, Palette, Picture
from schemas.script import Look, Scene, Shot, Staging

MAX_FIGURES = 5
"""More bodies than this are a crowd."""

_CROWD = re.compile(
    r"\b(crowds?|people|passengers|audience|guests|customers|soldiers|students|pupils|villagers|spectators|mob|"
    r"commuters|protesters|onlookers|workers|dancers|patrons|everyone|tourists|shoppers|crew|"
    r"congregation|pedestrians)\b",
    re.IGNORECASE,
)


def plan_picture(shot: Shot, scene: Scene, looks: Mapping[str, Look], palette: Palette, layout_seed: int) -> Picture:
    """Plan a shot's picture.

    Args:
        shot: The shot.
        scene: Its scene.
        looks: The look of each character, by id.
        palette: The style's colours.
        layout_seed: Seeds the set; equal for all shots at one place.

    Returns:
        The plan. It holds none of the script's words: props are named by `film.prompting.things.THINGS`.
    """
    staged = {staging.character: staging for staging in shot.staging}
    present = [subject for subject in shot.subjects if subject in looks]
    figures = tuple(
        _figure(staged.get(subject, Staging(character=subject)), looks[subject]) for subject in present[:MAX_FIGURES]
    )
    return Picture(
        int_ext=scene.int_ext,
        place=scene.place,
        time_of_day=scene.time_of_day,
        weather=scene.weather,
        size=shot.size,
        angle=shot.angle,
        figures=figures,
        props=things(shot.props),
        crowd=len(present) > MAX_FIGURES or _CROWD.search(shot.action) is not None,
        palette=palette,
        layout_seed=layout_seed,
    )


def _figure(staging: Staging, look: Look) -> Figure:
    return Figure(
        character=staging.character,
        look=look,
        pose=staging.pose,
        expression=staging.expression,
        side=staging.side,
        facing=staging.facing,
    )
