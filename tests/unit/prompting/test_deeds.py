"""To whom something is done, with what, and where: what a line says happens is what its picture shows."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.prompting import write_prompts
from film.prompting.seats import perch_told
from film.prompting.verbs import PERCHES
from film.script import read
from schemas.enums import IntExt, Place, Pose, Side
from schemas.prompt import Figure, Picture

CAST = "INT. KITCHEN - DAY\n\nMARA, 30, a woman in a red coat, waits.\n\nOTTO, 40, a bald man, waits.\n\n"


def pictures(action: str, heading: str = CAST) -> list[Picture]:
    film = direct(read(f"{heading}{action}\n", "a.fountain"))
    return [one.picture for one in write_prompts(film, style="cinematic", width=64, height=64, project_seed=0).prompts]


def last(action: str, heading: str = CAST) -> Picture:
    return pictures(action, heading)[-1]


def body(picture: Picture, who: str) -> Figure:
    return next(figure for figure in picture.figures if figure.character == who)


@pytest.mark.parametrize(
    ("action", "doer", "other", "pose"),
    [
        ("Mara waits by the door. Otto hits her.", "otto", "mara", Pose.FIGHT),
        ("Mara hits him.", "mara", "otto", Pose.FIGHT),
        ("Otto hands her the letter.", "otto", "mara", Pose.GIVE),
        ("Mara kisses him.", "mara", "otto", Pose.KISS),
    ],
)
def test_a_pronoun_names_to_whom_it_is_done(action: str, doer: str, other: str, pose: Pose) -> None:
    picture = last(action)
    assert (body(picture, doer).pose, body(picture, other).pose) == (pose, pose)


def test_her_hat_is_nobody() -> None:
    assert [figure.character for figure in last("Otto carries her hat.").figures] == ["otto"]


def test_it_is_what_was_named_last() -> None:
    picture = last("Mara holds a letter.\n\nMara hands it to Otto.")
    assert body(picture, "mara").held == "letter"
    assert body(picture, "otto").pose is Pose.GIVE


def test_those_who_have_hold_of_one_thing_face_each_other() -> None:
    picture = last("Mara hands Otto a letter.")
    assert {figure.facing for figure in picture.figures} == {Side.LEFT, Side.RIGHT}
    left = next(figure for figure in picture.figures if figure.side is Side.LEFT)
    assert left.facing is Side.RIGHT


def test_those_who_go_the_same_way_look_the_same_way() -> None:
    picture = last("Mara and Otto run down the street.")
    assert len({figure.facing for figure in picture.figures}) == 1
    chase = last("Mara chases Otto.")
    assert {figure.pose for figure in chase.figures} == {Pose.RUN}
    assert len({figure.facing for figure in chase.figures}) == 1


@pytest.mark.parametrize(
    "action", ["Mara runs, lantern in hand.", "Mara grabs the lantern and runs.", "Mara runs with a lantern."]
)
def test_who_runs_with_a_lantern_has_it_in_the_hand(action: str) -> None:
    figure = body(last(action), "mara")
    assert Pose.RUN in {figure.pose, figure.stance}
    assert figure.held == "lantern"


@pytest.mark.parametrize(
    ("action", "pose"),
    [
        ("Mara draws one out.", Pose.WRITE),
        ("Beat.", Pose.FIGHT),
        ("Mara takes a breath.", Pose.HOLD),
        ("Mara slaps three coins on the table.", Pose.FIGHT),
        ("Mara bites her lip.", Pose.EAT),
        ("Mara digs in her pocket.", Pose.DIG),
        ("Mara gets out of the car.", Pose.DRIVE),
        ("Mara walks between rows of desks.", Pose.ROW),
        ("Mara lies to him.", Pose.LIE),
        ("Mara walks in with boxes.", Pose.FIGHT),
        ("Mara wades through the snow.", Pose.WADE),
        ("Mara raises her left hand.", Pose.WALK),
    ],
)
def test_a_deed_that_is_none_is_not_done(action: str, pose: Pose) -> None:
    assert all(figure.pose is not pose for figure in last(action).figures)


@pytest.mark.parametrize(
    ("action", "pose", "held", "on"),
    [
        ("Mara lights a cigarette.", Pose.SMOKE, "cigarette", ""),
        ("Mara strikes a match.", Pose.HOLD, "match", ""),
        ("Mara wipes her hands.", Pose.WORK, "cloth", ""),
        ("Mara knits.", Pose.WORK, "yarn", ""),
        ("Mara cuts the rope.", Pose.WORK, "rope", ""),
        ("Mara puts the cup on the table.", Pose.WORK, "cup", "table"),
        ("Mara falls to her knees.", Pose.KNEEL, "", ""),
        ("Mara opens the letter.", Pose.READ, "letter", ""),
        ("Mara lies on a stretcher.", Pose.LIE, "", "stretcher"),
        ("Mara takes the stand.", Pose.TALK, "", "lectern"),
        ("Mara pedals home.", Pose.RIDE, "", "bicycle"),
        ("Mara bangs the gavel.", Pose.WAVE, "hammer", ""),
        ("Mara wades into the river.", Pose.WADE, "", ""),
        ("Mara stands knee-deep in the water.", Pose.WADE, "", ""),
        ("Mara leans against the wall.", Pose.LEAN, "", "post"),
        ("Mara kicks the ball.", Pose.KICK, "", ""),
        ("Mara kicks the door open.", Pose.KICK, "", "door"),
        ("Mara pours the tea.", Pose.POUR, "bottle", ""),
        ("Mara reaches for the shelf.", Pose.REACH, "", ""),
        ("Mara listens at the door.", Pose.LISTEN, "", "door"),
        ("Mara shrugs.", Pose.SHRUG, "", ""),
        ("Mara holds up a hand to stop him.", Pose.HALT, "", ""),
        ("Mara whispers in his ear.", Pose.WHISPER, "", ""),
    ],
)
def test_more_verbs_are_seen(action: str, pose: Pose, held: str, on: str) -> None:
    figure = body(last(action), "mara")
    assert (figure.pose, figure.held, figure.on) == (pose, held, on)


def test_whoever_is_called_a_rider_rides() -> None:
    assert [figure.on for figure in last("Two riders wait under the trees.").figures].count("horse") == 2


def test_rafters_are_no_tree() -> None:
    assert perch_told("an owl sits in the rafters") == perch_told("an owl sits on a beam") == "rafter"
    assert "rafter" in PERCHES


@pytest.mark.parametrize(
    ("heading", "place", "trait"),
    [
        ("INT. COURTROOM - DAY", Place.OFFICE, "court"),
        ("EXT. GRAVEYARD - DAY", Place.FIELD, "graves"),
        ("EXT. CHURCHYARD - NIGHT", Place.FIELD, "graves"),
        ("EXT. DESERT TRAIL - DAY", Place.DESERT, "track"),
        ("EXT. DESERT HIGHWAY - DAY", Place.ROAD, "desert"),
        ("EXT. FOREST ROAD - DAY", Place.ROAD, "woods"),
        ("EXT. MEADOW - DAY", Place.FIELD, "meadow"),
        ("EXT. FOOTBALL FIELD - DAY", Place.FIELD, "pitch"),
        ("EXT. FARMYARD - DAY", Place.FIELD, "farm"),
        ("EXT. BATTLEFIELD - DAY", Place.FIELD, "battlefield"),
        ("EXT. QUARRY - DAY", Place.MOUNTAIN, "quarry"),
        ("EXT. STREET MARKET - DAY", Place.STREET, "market"),
        ("EXT. FAIRGROUND - NIGHT", Place.PARK, "fair"),
        ("INT. ELEVATOR - DAY", Place.STAIRS, "lift"),
        ("INT. ATTIC - DAY", Place.BEDROOM, "attic"),
        ("INT. MUSEUM - DAY", Place.LIBRARY, "gallery"),
        ("INT. GYM - DAY", Place.WAREHOUSE, "gym"),
        ("INT. TENT - NIGHT", Place.WORKSHOP, "tent"),
    ],
)
def test_a_place_is_built_as_it_is_called(heading: str, place: Place, trait: str) -> None:
    picture = pictures("Silence.", f"{heading}\n\n")[0]
    assert picture.place is place
    assert trait in picture.traits


def test_a_path_leads_through_the_land_that_it_is_called_by() -> None:
    assert pictures("Silence.", "EXT. FOREST PATH - DAY\n\n")[0].place is Place.FOREST
    assert pictures("Silence.", "EXT. PATH - DAY\n\n")[0].place is Place.ROAD
    assert pictures("Silence.", "EXT. FOREST ROAD - DAY\n\n")[0].int_ext is IntExt.EXT


@pytest.mark.parametrize(
    ("action", "event"),
    [
        ("Her voice breaks.", "shatter"),
        ("Along the river, the ice began to break.", "shatter"),
        ("Mara breaks into a run.", "shatter"),
        ("Mara sinks into a chair.", "splash"),
        ("A fire burns in the hearth.", "flames"),
        ("Mara collapses into a chair.", "dust"),
    ],
)
def test_what_only_sounds_like_an_event_is_none(action: str, event: str) -> None:
    assert event not in last(action).events


def test_a_fire_in_a_room_burns_in_its_hearth() -> None:
    assert "hearth" in last("Mara sits by the fire.").props
    assert "fire" in last("Mara sits by the fire.", "EXT. FOREST - NIGHT\n\nMARA, 30, waits.\n\n").props
    assert "flames" in last("Mara sees the fire rage.").props


@pytest.mark.parametrize(
    ("action", "noun", "least"),
    [
        ("Mara drives a flock of sheep up the hill.", "sheep", 3),
        ("Mara counts the children.", "child", 3),
        ("Mara waves to a line of soldiers.", "adult", 4),
        ("Mara looks at twenty soldiers.", "adult", 4),
        ("One of the soldiers kneels.", "adult", 1),
    ],
)
def test_those_to_whom_something_is_done_are_seen_as_many_as_they_are(action: str, noun: str, least: int) -> None:
    others = [figure for figure in last(action).figures if figure.character != "mara"]
    several = [figure for figure in others if noun in {figure.look.kind.value, figure.look.species}]
    assert len(several) >= least
    assert least > 1 or len(several) == 1


def test_a_crowd_that_is_waved_to_is_seen() -> None:
    assert last("Mara waves to the crowd.").crowd


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Mara waited in the kitchen. The rain had stopped. Then she went down to the river and sat on a stone. "
            "She was alone.",
            [Place.KITCHEN, Place.RIVER],
        ),
        ("Mara sat in a row with the others on a bench on the platform.", [Place.STATION]),
        ("That evening Mara sat at the kitchen table.", [Place.KITCHEN]),
    ],
)
def test_a_story_goes_where_its_sentences_say(text: str, places: list[Place]) -> None:
    film = direct(read(f'{text}\n\n"Good," said Mara. "Good," said Otto.\n', "a.txt"))
    shown = write_prompts(film, style="cinematic", width=64, height=64, project_seed=0).prompts
    told = [one.picture.place for shot, one in zip(film.shots, shown, strict=True) if shot.action]
    assert told[: len(places)] == places
