"""What the narration of a story shows: who acts without being named again, and with which things."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.prompting import write_prompts
from film.script import read
from schemas.enums import FigureKind, Pose
from schemas.prompt import Figure, Picture

_AROUND = '\n\n"Well," said Nora.\n\n"Well," said Hugo.\n\n"Yes," said Nora.\n'


def told(text: str) -> dict[str, Picture]:
    """The pictures of a story, by what is told over them."""
    film = direct(read(f"THE STORY\n\nNora and Hugo waited in the yard.\n\n{text}{_AROUND}", "a.txt"))
    shown = write_prompts(film, style="cinematic", width=64, height=64, project_seed=0).prompts
    return {shot.action: one.picture for shot, one in zip(film.shots, shown, strict=True) if shot.action}


def picture(text: str, begins: str = "") -> Picture:
    return next(one for action, one in told(text).items() if action.startswith(begins or text[:12]))


def bodies(one: Picture) -> dict[str, Pose]:
    return {figure.character.lstrip("~").split("-")[0]: figure.pose for figure in one.figures}


def first(one: Picture, who: str) -> Figure:
    return next(figure for figure in one.figures if figure.character.lstrip("~").startswith(who))


def test_it_is_the_animal_that_was_told_of() -> None:
    shown = picture("A spaniel came round the barn.\n\nIt jumped over the bucket at once.", "It jumped")
    assert bodies(shown) == {"spaniel": Pose.JUMP}
    assert first(shown, "spaniel").look.kind is FigureKind.DOG


def test_it_is_no_animal_where_it_only_is() -> None:
    assert not picture("A spaniel came round the barn.\n\nIt was a quarter to nine.", "It was").figures


def test_whoever_has_no_name_acts_on_in_the_next_part_of_a_sentence() -> None:
    text = (
        "An owl that had been sitting on the gate of the yard since the evening before turned its head, looked at all "
        "of them in turn, and flew away over the roof of the barn into the dark wood on the other side."
    )
    assert bodies(picture(text, "and flew")) == {"owl": Pose.FLY}


def test_who_tells_of_whoever_was_named_last() -> None:
    shown = picture("Hugo found an old woman in the yard, who was dealing cards to nobody.", "Hugo found")
    assert first(shown, "woman").held == "cards"
    assert first(shown, "hugo").held == ""


def test_a_subject_behind_its_verb_acts() -> None:
    assert bodies(picture("On the step sat a tabby cat.")) == {"cat": Pose.SIT}


def test_what_somebody_is_said_to_be_is_nobody_else() -> None:
    shown = picture("Hugo yawned.\n\nHe was a small man with a red scarf.", "He was")
    assert set(bodies(shown)) == {"hugo"}


def test_what_somebody_is_besides_is_nobody_else() -> None:
    assert set(bodies(picture("A dog, an old mastiff with one ear, ran across the yard."))) == {"dog"}


def test_who_is_not_there_is_not_drawn() -> None:
    assert not picture("There was no parrot in the cage.").figures
    assert set(bodies(picture("Nora looked at a painting of an old king."))) == {"nora"}


@pytest.mark.parametrize(
    ("text", "held", "pose"),
    [
        ("Nora shuffled the cards.", "cards", Pose.SIT),
        ("Nora turned over the last card.", "cards", Pose.SIT),
        ("Nora scrolled and scrolled.", "tablet", Pose.READ),
        ("Nora sat with a lunch box on her knees.", "lunchbox", Pose.SIT),
        ("Nora swept the beam along the hedge.", "flashlight", Pose.POINT),
        ("Nora swung her torch along the wall.", "flashlight", Pose.POINT),
        ("Nora bit into a scone.", "bread", Pose.EAT),
        ("Nora stood there with the flag in one hand.", "flag", Pose.STAND),
    ],
)
def test_what_is_in_the_hands(text: str, held: str, pose: Pose) -> None:
    figure = first(picture(text), "nora")
    assert (figure.held, figure.pose) == (held, pose)


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("The moon stood between the pale trunks of the beeches.", {"tree"}),
        ("There were three trays of buns on the wall.", {"plate", "bread"}),
        ("A hay cart stood in the yard.", {"cart"}),
        ("A raft lay in the reeds.", {"raft"}),
        ("The launch slid up to the jetty.", {"motorboat"}),
        ("There was a trout on the stone.", {"fish", "stone"}),
        ("She had a grey bun and no gloves.", set()),
    ],
)
def test_things_are_what_is_meant(text: str, things: set[str]) -> None:
    assert set(picture(text).props) == things


@pytest.mark.parametrize("breed", ["mastiff", "greyhound", "labrador", "mongrel"])
def test_breeds_are_dogs(breed: str) -> None:
    assert first(picture(f"A {breed} ran across the yard."), breed).look.kind is FigureKind.DOG


@pytest.mark.parametrize("text", ["Hugo cantered along the lane.", "Hugo galloped up.", "Hugo came on a black colt."])
def test_nobody_gallops_on_two_legs(text: str) -> None:
    figure = first(picture(text), "hugo")
    assert (figure.pose, figure.on) == (Pose.RIDE, "horse")


def test_whoever_steers_a_boat_stands_at_its_wheel() -> None:
    assert first(picture("A motor launch came in.\n\nNora steered.", "Nora steered"), "nora").on == "helm"


def test_a_machine_that_is_called_an_animal_is_a_machine() -> None:
    text = (
        "The pony came down the ramp.\n\nIt was a walker, a machine with four steel legs and a scratched battery.\n\n"
        "The pony stopped in the yard.\n\nThe pony waited."
    )
    assert first(picture(text, "The pony stopped"), "pony").look.species == "walker"
    alive = text.replace("a walker, a machine with four steel legs and a scratched battery", "late")
    assert first(picture(alive, "The pony stopped"), "pony").look.species == ""
