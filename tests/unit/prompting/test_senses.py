"""Words are drawn in the sense that an action uses them in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.direction.idioms import plainly
from film.prompting import hands, seats, senses, write_prompts
from film.prompting.looks import look_of
from film.prompting.senses import GATES, plain
from film.prompting.somebody import noun_of
from film.script import read
from schemas.enums import FigureKind, Place, Pose, TimeOfDay
from schemas.prompt import Picture
from schemas.script import Character
from tests.effort import tries

_CAST = "INT. ROOM - DAY\n\nPEARL, 71, a woman, and HUGH, 40, a man, stand by the wall.\n\n"


def _drawn(action: str) -> Picture:
    film = direct(read(_CAST + action, "x.fountain"))
    prompts = write_prompts(film, style="cinematic", width=320, height=180, project_seed=0).prompts
    picture = prompts[-1].picture
    assert picture is not None
    return picture


def _look(name: str, description: str, age: int | None = None):  # type: ignore[no-untyped-def]
    return look_of(Character(id=name.lower().replace(" ", "-"), name=name, description=description, age=age))


@pytest.mark.parametrize(
    ("action", "thing"),
    [
        ("Rain runs down the glass.", "glass"),
        ("Pearl sweeps broken glass off the carpet.", "glass"),
        ("Hugh holds his bow tie.", "bow"),
        ("Hugh carries a cello case.", "guitar"),
        ("Pearl looks at the ring of grease.", "ring"),
        ("The jug breaks on the flags.", "flag"),
    ],
)
def test_a_word_of_another_sense_is_not_drawn(action: str, thing: str) -> None:
    assert thing not in _drawn(action).props


def test_a_glass_to_drink_from_and_a_case_to_carry_are_drawn() -> None:
    assert "glass" in _drawn("Hugh drinks a glass of water.").props
    assert "case" in _drawn("Hugh carries a cello case.").props


def test_a_sink_is_no_wave_and_a_ship_that_sinks_is() -> None:
    assert "splash" not in _drawn("The window over the sink is black.").events
    assert "splash" in _drawn("The ship sinks.").events


def test_an_army_jacket_is_no_crowd() -> None:
    assert not _drawn("Pearl puts on a long army jacket.").crowd


def test_what_is_denied_or_compared_is_not_done() -> None:
    assert _drawn("Pearl walks the length of the room without hurrying.").figures[0].pose is Pose.WALK
    assert "explosion" not in _drawn("Hugh carries a pot as if it might explode.").events


def test_a_thing_that_bounces_makes_nobody_jump() -> None:
    assert all(figure.pose is not Pose.JUMP for figure in _drawn("Pearl drinks. An apple bounces past them.").figures)


def test_what_is_on_a_table_is_taken_from_its_height() -> None:
    figure = _drawn("Hugh picks up the pistol from the table.").figures[0]
    assert (figure.pose, figure.on, figure.held) == (Pose.WORK, "table", "gun")


def test_a_small_thing_is_seen_as_large_in_the_scene_that_opens_a_place_as_in_the_next() -> None:
    scene = "INT. ATTIC - DAY\n\nA loaf lies on the floor.\n\n"
    film = direct(read(scene + scene, "x.fountain"))
    prompts = write_prompts(film, style="cinematic", width=320, height=180, project_seed=0).prompts
    assert len({prompt.picture.size for prompt in prompts}) == 1


def test_whoever_is_called_as_a_person_is_one() -> None:
    assert _look("REVEREND OKORO", "45, short locs, dog collar").kind is FigureKind.ADULT
    assert _look("PC BASIL NIGHTINGALE", "29, pink cheeks").kind is FigureKind.ADULT
    assert _look("MARTIN VALE", "tall, shaved head, camel overcoat", 45).kind is FigureKind.ADULT
    assert _look("BILL", "a wiry man, alligator boots", 50).kind is FigureKind.ADULT
    assert _look("NIGHTINGALE", "a small bird").kind is FigureKind.BIRD
    assert _look("MR FOX", "a fox in a waistcoat").kind is FigureKind.DOG


def test_looks_that_are_told_by_cut_and_cloth() -> None:
    assert _look("ROHE", "52, iron-grey bun, cardigan", 52).hair_colour == "#a3a5a8"
    coat = _look("ILSE", "34, cropped black hair, a man's grey overcoat", 34)
    assert (coat.top, coat.dress, coat.female) == ("#83888e", True, True)
    assert _look("PEARL", "71, beehive, leopard-print blouse", 71).hair == "bun"


def test_age_shows_in_hair_that_is_not_told() -> None:
    assert _look("ROHE", "a woman in a coat", 52).hair_colour != _look("ROHE", "a woman in a coat", 30).hair_colour
    assert _look("ROHE", "a woman in a coat", 71).old


def test_a_lamb_is_a_small_woolly_beast() -> None:
    lamb, cow = _look("LAMB", "a lamb"), _look("COW", "a cow")
    assert (lamb.species, lamb.build < cow.build, cow.species) == ("sheep", True, "")


def test_a_room_is_told_by_what_stands_in_it() -> None:
    text = (
        "It was not yet five. The window over the sink was black. Ann filled the kettle and put it on the stove.\n\n"
        "She cut the loaf at the table, and listened to a dog in the yard. The oven was warm.\n"
    )
    scene = direct(read(text, "x.txt")).scenes[0]
    assert (scene.place, scene.time_of_day) == (Place.KITCHEN, TimeOfDay.NIGHT)


@given(st.text(alphabet="abc the sink glass. like a,as if without n't ing", max_size=120))
def test_reading_by_sense_never_fails_and_adds_little(action: str) -> None:
    assert len(plain(action)) <= 2 * len(action) + 20


@settings(max_examples=tries(1500, 150))
@given(st.data())
def test_no_pattern_is_found_without_a_word_that_it_needs(data: st.DataObject) -> None:
    pattern, needed = data.draw(st.sampled_from(senses.NEEDED + hands.NEEDED + seats.NEEDED))
    found = pattern.search(data.draw(st.from_regex(pattern)))
    assert found is not None
    assert needed.intersection(re.findall("[a-z]+", found[0].casefold())), found[0]


@settings(max_examples=tries(1500, 150))
@given(st.data())
def test_no_gate_is_closed_to_what_its_pattern_finds(data: st.DataObject) -> None:
    pattern, may_be_in = data.draw(st.sampled_from(GATES))
    text = f"Anna waits. {data.draw(st.from_regex(pattern, fullmatch=True))} stands there."
    assert not pattern.search(text) or may_be_in(re.findall("[a-z]+", text.casefold()))


def test_hair_that_falls_makes_nobody_fall() -> None:
    for told in ("Pearl's hair falls over her shoulders.", "Pearl turns. Her curls, which fell to her waist, are wet."):
        assert Pose.FALL not in {figure.pose for figure in _drawn(told).figures}
    assert Pose.FALL in {figure.pose for figure in _drawn("Pearl falls down the stairs.").figures}


def test_trunks_of_a_wood_are_no_chests() -> None:
    assert not {"chest", "suitcase", "trunk"}.intersection(_drawn("The trunks were white.").props)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("He ran a hand through his hair.", "He strokes through his hair."),
        ("The thought struck her.", "The thought is clear."),
        ("Anna gave him her best smile.", "Anna smiles him."),
        ("They drove her out with sticks.", "They chases her out with sticks."),
        ("He drove a nail into the wall.", "He hammers nail into the wall."),
        ("She brought the stranger into the room.", "She leads the stranger into the room."),
        ("She brought the tray into the room.", "She brought the tray into the room."),
        ("The tank of the car was empty.", "The cistern of the car was empty."),
        ("The tank rolled towards the soldiers.", "The tank rolled towards the soldiers."),
        ("Her heart was in her boots.", "Her heart is moved."),
        ("He was dead tired.", "He was very tired."),
        ("She wore a mouse-grey coat.", "She wore a grey coat."),
        ("He could not bear it.", "He could not suffers it."),
        ("Rain fell on Fish Street.", "Rain fell on Street."),
    ],
)
def test_figures_of_speech_are_read_as_what_is_to_be_seen(said: str, meant: str) -> None:
    assert plainly(said) == meant
    assert plainly(meant) == meant


def test_a_figure_of_speech_moves_nobody_and_nothing() -> None:
    film = direct(read("Anna stood in the kitchen.\n\nAnna ran a hand through her hair.\n", "figure.txt"))
    prompts = write_prompts(film, style="cinematic", width=320, height=180, project_seed=0).prompts
    picture = prompts[-1].picture
    assert picture is not None
    assert [one.pose for one in picture.figures] == [Pose.STAND]


def test_stages_are_no_stags_and_boats_no_boys() -> None:
    assert noun_of("stages") == ("", False)
    assert noun_of("foxes") == ("fox", True)
    film = direct(read("Nell sat on the beach. The old boats rocked at their moorings.\n", "boats.txt"))
    assert [one.name for one in film.characters] == ["Nell"]


def test_a_flame_of_a_match_is_no_bonfire() -> None:
    assert "flames" not in _drawn("Pearl strikes a match, and the flame lights the wall.").props
    assert "flames" in _drawn("The flames reach the wall.").props


def _told(story: str) -> Picture:
    film = direct(read(story, "told.txt"))
    prompts = write_prompts(film, style="cinematic", width=320, height=180, project_seed=0).prompts
    picture = prompts[-1].picture
    assert picture is not None
    return picture


def test_what_somebody_is_said_to_be_twice_is_one_person() -> None:
    picture = _drawn("Hugh was a surveyor, a small neat man of forty.")
    assert [one.character for one in picture.figures] == ["hugh"]


def test_a_boat_that_dips_makes_nobody_swim() -> None:
    picture = _told("Otto stood at the pier.\n\nOtto went aboard, and the yacht dipped a foot in the water.\n")
    assert Pose.SWIM not in {one.pose for one in picture.figures}


def test_who_drives_on_in_a_cart_sits_in_no_car() -> None:
    picture = _told("Anna stood on the road. Anna climbed up into the cart.\n\nAnna drove for two hours.\n")
    assert "car" not in {one.on for one in picture.figures}


def test_who_leans_on_a_staff_has_no_crutch() -> None:
    assert "stick" in _drawn("Hugh leans on his staff.").props
