"""What prompts say, and what their seeds depend on."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.prompting import words, write_prompts
from film.prompting.looks import look_of, looks_of
from film.prompting.thing_names import THINGS, thing_named
from film.script import read
from schemas.enums import FigureKind, ShotSize
from schemas.prompt import FilmPrompts
from schemas.script import Breakdown, Character
from tests.unit.prompting.breakdowns import breakdown, scene, shot


def prompts(film: Breakdown, style: str = "cinematic", project_seed: int = 1) -> FilmPrompts:
    return write_prompts(film, style=style, project_seed=project_seed, width=640, height=360)


def test_every_shot_gets_a_prompt_in_order_at_the_films_size() -> None:
    film = breakdown(
        [scene(0), scene(1, place="room", int_ext="int", location="hut")],
        [shot(0, 1, "One."), shot(0, 2, "Two."), shot(1, 1, "Three.")],
    )
    written = prompts(film)
    assert [each.shot for each in written.prompts] == [each.id for each in film.shots]
    assert all((each.width, each.height) == (640, 360) for each in written.prompts)
    assert [each.scene for each in written.prompts] == [0, 0, 1]


def test_a_prompt_names_size_place_time_weather_and_style() -> None:
    (written,) = prompts(breakdown([scene(0)], [shot(0, 1, "She waits.", size=ShotSize.MCU)]), "noir").prompts
    for phrase in ("film noir", "medium close-up", "She waits", "red"):
        assert phrase in written.positive
    for phrase in ("film noir", "medium close-up", "an old woman", "harbour", "dusk", "fog", "low-key light"):
        assert phrase in written.positive_2
    assert "deformed hands" in written.negative
    assert {"colour", "text"} <= set(written.negative_2.split(", "))
    assert written.left_out == ()


def test_a_painter_is_asked_for_the_size_that_is_drawn() -> None:
    text = "INT. HALL - DAY\n\nANNA, 30, waits.\n\nAnna sweeps the floor.\n\nAnna sweeps the floor. [[close-up]]\n"
    film = direct(read(text, "a.fountain"))
    _, swept, written = prompts(film).prompts
    assert film.shots[1].size is ShotSize.MS
    assert swept.picture.size is ShotSize.FS
    assert words.SIZE[ShotSize.FS] in swept.positive
    assert words.SIZE[ShotSize.MS] not in swept.positive + swept.positive_2
    assert written.picture.size is ShotSize.CU
    assert words.SIZE[ShotSize.CU] in written.positive


def test_a_character_is_described_by_the_same_words_and_looks_the_same_in_every_shot() -> None:
    film = breakdown(
        [scene(0), scene(1, weather="clear", time_of_day="day")],
        [shot(0, 1, "She waits."), shot(1, 1, "She leaves.", size=ShotSize.CU)],
    )
    first, second = prompts(film).prompts
    words = "an old woman with grey hair in a bun"
    assert words in first.positive
    assert words in second.positive
    assert first.picture.figures[0].look == second.picture.figures[0].look


def test_a_seed_survives_an_edit_elsewhere() -> None:
    before = prompts(breakdown([scene(0)], [shot(0, 1, "One."), shot(0, 2, "Two.")])).prompts
    film = breakdown([scene(0), scene(1)], [shot(0, 1, "New."), shot(1, 1, "One."), shot(1, 2, "Two.")])
    after = prompts(film).prompts
    assert [each.seed for each in after[1:]] == [each.seed for each in before]


def test_a_seed_changes_with_the_shot_and_with_the_project() -> None:
    (one,) = prompts(breakdown([scene(0)], [shot(0, 1, "One.")])).prompts
    (other,) = prompts(breakdown([scene(0)], [shot(0, 1, "Other.")])).prompts
    (project,) = prompts(breakdown([scene(0)], [shot(0, 1, "One.")]), project_seed=2).prompts
    assert len({one.seed, other.seed, project.seed}) == 3


def test_shots_that_say_the_same_get_different_seeds() -> None:
    first, second = prompts(breakdown([scene(0)], [shot(0, 1, "She waits."), shot(0, 2, "She waits.")])).prompts
    assert first.seed != second.seed


def test_a_place_keeps_its_layout_and_another_has_its_own() -> None:
    film = breakdown(
        [scene(0), scene(1, time_of_day="night"), scene(2, location="hut", place="room", int_ext="int")],
        [shot(0, 1, "A."), shot(1, 1, "B."), shot(2, 1, "C.")],
    )
    dusk, night, hut = (each.picture.layout_seed for each in prompts(film).prompts)
    assert dusk == night != hut


def test_a_plan_holds_no_words_of_the_script_but_the_names_of_things() -> None:
    film = breakdown([scene(0)], [shot(0, 1, "A crowd parts.", props=("the brass lantern", "her sorrow"))])
    (written,) = prompts(film).prompts
    assert written.picture.props == ("lantern",)
    assert written.picture.crowd


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        ("ANNA", "an old woman in a red coat, her grey hair in a bun", {"hair": "bun", "dress": True}),
        (
            "OTTO",
            "a ferryman with a white beard and a blue cap",
            {"hair": "cap", "beard": True, "hair_colour": "#e3e2de"},
        ),
        ("REX", "a black dog", {"kind": FigureKind.DOG, "top": "#25262b"}),
        ("MIA", "8, curious, with glasses", {"kind": FigureKind.CHILD, "glasses": True}),
        ("SKIPPER", "a bald man of fifty", {"hair": "bald", "kind": FigureKind.ADULT}),
        ("UNIT 7", "a rusty robot", {"kind": FigureKind.ROBOT}),
        ("BOY", "a boy with a dog", {"kind": FigureKind.CHILD}),
    ],
)
def test_looks_are_read_from_the_words_that_introduce_somebody(
    name: str, description: str, expected: dict[str, object]
) -> None:
    look = look_of(Character(id=name.lower(), name=name, description=description))
    assert {field: getattr(look, field) for field in expected} == expected


def test_what_is_not_told_comes_from_the_id_and_no_two_wear_one_colour() -> None:
    people = [Character(id=f"person-{index}", name=f"Person {index}") for index in range(10)]
    looks = looks_of(people)
    assert looks == looks_of(people)
    assert len({look.top for look in looks.values()}) == 10


def test_words_name_things() -> None:
    assert thing_named("an old revolver") == "gun"
    assert thing_named("Keys") == "key"
    assert thing_named("sorrow") is None
    assert len(THINGS) >= 25
