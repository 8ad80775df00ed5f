"""Pictures that would lie: which animal, of what colour and stuff, on what, whose act, where."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.prompting import write_prompts
from film.prompting.acts import acts_of
from film.prompting.colours import COLOURS, MATERIALS
from film.prompting.senses import plain
from film.prompting.sheets import sheets_of
from film.prompting.species import NAMES, SPECIES, WALKER
from film.script import read
from schemas.enums import Expression, FigureKind, IntExt, Place, Pose
from schemas.prompt import Picture
from tests.unit.prompting.breakdowns import breakdown, scene, shot

CAST = "INT. KITCHEN - DAY\n\nMARA, 30, in a red coat and a black hat, waits.\n\nOTTO, 40, a bald man, waits.\n\n"


def pictures(action: str, heading: str = CAST) -> list[Picture]:
    film = direct(read(f"{heading}{action}\n", "a.fountain"))
    return [one.picture for one in write_prompts(film, style="noir", width=64, height=64, project_seed=0).prompts]


def last(action: str, heading: str = CAST) -> Picture:
    return pictures(action, heading)[-1]


def painted(picture: Picture) -> dict[str, str]:
    return dict(zip(picture.props, picture.paints, strict=False))


@pytest.mark.parametrize("name", ["owl", "fox", "goat", "donkey", "goose", "hen", "lion", "vulture"])
def test_an_animal_is_drawn_as_itself(name: str) -> None:
    (figure,) = (one for one in last(f"A {name} stands there.").figures if one.look.kind is NAMES[name].kind)
    assert figure.look.species == NAMES[name].name != ""


def test_every_species_is_one_that_can_be_drawn() -> None:
    assert {one.name for one in (*NAMES.values(), WALKER)} - {""} == set(SPECIES)


def test_an_animal_asleep_lies_with_its_eyes_shut_on_what_it_lies_on() -> None:
    cat = last("A black cat lies asleep on the chair.").figures[0]
    assert (cat.look.kind, cat.pose, cat.expression, cat.on) == (
        FigureKind.CAT,
        Pose.SLEEP,
        Expression.ASLEEP,
        "chair",
    )


def test_a_horse_keeps_the_colour_that_it_was_told_whoever_rides_it() -> None:
    first, *_, then = pictures(
        "Mara rides a white horse down the road.\n\nOtto waits.\n\nThe horse stops.",
        "EXT. ROAD - DAY\n\nMARA, 30, waits.\n\nOTTO, 40, waits.\n\n",
    )[2:]
    assert painted(first)["horse"] == COLOURS["white"]
    assert {one.look.top for one in then.figures if one.look.kind is FigureKind.HORSE} <= {COLOURS["white"]}


def test_things_have_the_colour_of_what_they_are_made_of() -> None:
    assert painted(last("Mara holds an iron key."))["key"] == MATERIALS["iron"]
    assert painted(last("Mara holds a wooden spoon."))["spoon"] == MATERIALS["wooden"]
    assert painted(last("Mara holds a red book."))["book"] == COLOURS["red"]


@pytest.mark.parametrize(
    ("action", "shown", "not_shown"),
    [
        ("Mara presses a piano key.", "piano", "key"),
        ("Mara dances past the piano and strikes its keys.", "piano", "key"),
        ("Mara puts a hand on the door handle.", "door", "handle"),
        ("Mara lights the lamp shade.", "lamp", "shade"),
        ("Mara sits on a tree stump.", "stump", "tree"),
        ("Mara sees a book club poster and a cup.", "cup", "book"),
        ("Mara lays both hands on Otto's chest.", "", "chest"),
        ("Mara opens a violin case.", "case", "violin"),
    ],
)
def test_nouns_that_stand_together_are_read_as_one(action: str, shown: str, not_shown: str) -> None:
    picture = last(action)
    seen = {*picture.props, *(one.on for one in picture.figures), *(one.held for one in picture.figures)}
    assert not shown or shown in seen
    assert not_shown not in seen


@pytest.mark.parametrize("verb", ["rings", "stands there", "runs across the road", "shows its teeth"])
def test_a_verb_behind_a_noun_makes_no_compound(verb: str) -> None:
    assert plain(f"The phone {verb}.") == f"The phone {verb}."
    assert plain(f"The horse {verb}.") == f"The horse {verb}."


@pytest.mark.parametrize("action", ["Mara folds her arms.", "Mara stands with her arms crossed."])
def test_arms_are_folded(action: str) -> None:
    assert last(action).figures[0].pose is Pose.FOLD


def test_whoever_takes_a_hat_off_does_not_wear_it() -> None:
    wears, bare = (one.figures[0] for one in (last("Mara waits."), last("Mara takes off her hat.")))
    assert (wears.look.hair, bare.held) == ("hat", "hat")
    assert bare.look.hair != "hat"


@pytest.mark.parametrize(
    ("seat", "on"), [("stump", "stump"), ("iron bench", "bench"), ("old wooden crate", "box"), ("barrel", "barrel")]
)
def test_people_sit_on_what_they_are_told_to_sit_on(seat: str, on: str) -> None:
    figure = last(f"Mara sits down on {'an' if seat[0] in 'io' else 'a'} {seat}.").figures[0]
    assert (figure.stance, figure.on) == (Pose.SIT, on)


def test_a_way_over_a_bridge_is_seen_on_a_bridge() -> None:
    picture = last("Mara walks home over the bridge.")
    assert (picture.place, picture.int_ext) == (Place.BRIDGE, IntExt.EXT)
    assert last("Mara talks of the bridge.").place is Place.KITCHEN


def test_what_somebody_is_found_doing_is_theirs() -> None:
    picture = last("Mara finds Otto lying on the floor.")
    assert {one.character: one.stance for one in picture.figures if one.character == "mara"} == {"mara": Pose.STAND}
    picture = last("She found the cat asleep on the bed.", "INT. KITCHEN - DAY\n\nMARA, 30, waits.\n\n")
    assert {one.look.kind: one.pose is Pose.SLEEP for one in picture.figures}.get(FigureKind.CAT) is not False


def test_a_pronoun_that_nobody_else_can_be_means_whom_the_story_told_of_last() -> None:
    told = ("A poor little girl goes along the street.", "The snow covers her long hair.", "She creeps along.")
    film = breakdown(
        (scene(0),), [shot(0, number, action, subjects=(), staging=(), props=()) for number, action in enumerate(told)]
    )
    girls = [acts_of(film)[one.id].extras for one in film.shots]
    assert [[one.words for one in girl] for girl in girls] == [["poor little girl"]] * 3
    assert girls[-1][0].doing.pose is Pose.CROUCH


def test_lights_that_are_strung_hang_in_the_air() -> None:
    picture = last("Lanterns are strung between the trees.")
    assert "garland" in picture.events
    assert "lantern" not in picture.props


def test_a_title_ends_no_sentence() -> None:
    film = direct(read(f"{CAST}DR. AMARA OKEKE, 40, runs in.\n", "a.fountain"))
    assert film.shots[-1].action == "DR. AMARA OKEKE, 40, runs in."


def test_who_is_she_is_a_woman_although_her_introduction_does_not_say() -> None:
    """`grey braid` tells of no woman, and `AMARAL` of none either; `She peels the paper off` does."""
    text = (
        "INT. SHOP - DAY\n\nKIM AMARAK, 61, short and broad, grey braid, steps in. {} peels paper off the door.\n\n"
        "CARL TODD, 40, in a cap, reads.\n"
    )
    for pronoun, female in (("She", True), ("He", False)):
        breakdown = direct(read(text.format(pronoun), "shop.fountain"))
        look = sheets_of(breakdown)["kim-amarak"].look
        assert look.female is female
        assert not (female and look.beard)
