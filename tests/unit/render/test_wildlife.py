"""Animals are told apart, and what they are on lifts them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from film.prompting.seats import perch_told
from film.prompting.species import NAMES
from film.prompting.verbs import MOUNTS, PERCHES
from film.render.storyboard.perches import perch_rise
from schemas.enums import Expression, Pose, Side
from schemas.prompt import Figure
from schemas.script import Look
from tests.unit.render.pictures import pixels, spec


def beast(name: str, pose: Pose = Pose.STAND, on: str = "") -> np.ndarray:
    kind = NAMES[name]
    figure = Figure(
        character=name,
        look=Look(kind=kind.kind, species=kind.name, top="#9c6b3f", build=max(0.6, kind.build)),
        pose=pose,
        expression=Expression.NEUTRAL,
        side=Side.CENTRE,
        facing=Side.RIGHT,
        on=on,
    )
    return pixels(spec(figure)).astype(float)


def test_animals_of_one_kind_are_told_apart_by_more_than_colour() -> None:
    names = ("dog", "fox", "cat", "lion", "horse", "donkey", "deer", "cow", "goat", "sheep", "sparrow", "owl", "hen",
             "goose", "eagle", "rabbit", "squirrel")  # fmt: skip
    drawn = {name: beast(name) for name in names}
    same = [pair for pair in combinations(names, 2) if np.abs(drawn[pair[0]] - drawn[pair[1]]).mean() < 0.15]
    assert not same


@pytest.mark.parametrize("name", ["dog", "cat", "horse", "cow", "pig", "bear", "fox", "goat"])
def test_an_animal_asleep_does_not_stand(name: str) -> None:
    assert np.abs(beast(name) - beast(name, Pose.SLEEP)).mean() > 0.2


@pytest.mark.parametrize("on", [*PERCHES, "chair", "table", "wall", "fence", "bed"])
def test_a_perch_is_drawn_and_lifts(on: str) -> None:
    assert perch_rise(on) > 0
    assert np.abs(beast("cat") - beast("cat", on=on)).mean() > 0.3


def test_what_an_action_puts_animals_on_has_a_name() -> None:
    told = (
        "on the roof of the jail",
        "in a tree",
        "from the old wall",
        "onto the piano",
        "on a crate",
        "in the rafters",
    )
    assert [perch_told(f"the cat sits {where}") for where in told] == [
        "roof", "branch", "wall", "piano", "box", "rafter",
    ]  # fmt: skip
    assert {perch_told(f"the cat sits {where}") for where in told} <= {*MOUNTS, *PERCHES}
    assert perch_told("the cat sits in the box office") in {"", "box"}
