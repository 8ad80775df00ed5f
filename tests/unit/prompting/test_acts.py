"""What the verbs of an action make visible: who, how many, in which pose, with what, on what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.prompting import write_prompts
from film.prompting.acts import acts_of
from film.prompting.clauses import clauses_of
from film.prompting.doers import Names
from film.prompting.happenings import HAPPENINGS
from film.prompting.looks import look_of
from film.prompting.phrases import PHRASES
from film.prompting.thing_names import AT_HAND, THINGS
from film.prompting.verbs import EVENTS, MOUNTS, VERBS
from film.script import read
from schemas.enums import Expression, FigureKind, Pose, Side
from schemas.prompt import Figure, Picture
from schemas.script import Character
from tests.effort import tries
from tests.unit.prompting.breakdowns import breakdown, scene, shot

CAST = "INT. KITCHEN - DAY\n\nMARA, 30, in a red coat, waits.\n\nOTTO, 40, a bald man, waits.\n\n"


def last(action: str) -> Picture:
    film = direct(read(f"{CAST}{action}\n", "a.fountain"))
    return write_prompts(film, style="cinematic", width=640, height=360, project_seed=0).prompts[-1].picture


def first(action: str) -> Figure:
    return last(action).figures[0]


@pytest.mark.parametrize(
    ("action", "pose", "held", "on"),
    [
        ("Mara reads a letter.", Pose.READ, "letter", ""),
        ("Mara sits at the table and eats soup with a spoon.", Pose.EAT, "bowl", "table"),
        ("Mara drinks coffee.", Pose.DRINK, "cup", ""),
        ("Mara answers the phone.", Pose.PHONE, "phone", ""),
        ("Mara writes a letter.", Pose.WRITE, "pen", ""),
        ("Mara opens the door.", Pose.OPEN, "", "door"),
        ("Mara looks out of the window.", Pose.LOOK_OUT, "", "window"),
        ("Mara lies in bed and sleeps.", Pose.SLEEP, "", "bed"),
        ("Mara rides a horse.", Pose.RIDE, "", "horse"),
        ("Mara rides a bicycle.", Pose.RIDE, "", "bicycle"),
        ("Mara drives a car.", Pose.DRIVE, "", "car"),
        ("Mara climbs a tree.", Pose.CLIMB, "", "tree"),
        ("Mara swims.", Pose.SWIM, "", ""),
        ("Mara dances.", Pose.DANCE, "", ""),
        ("Mara aims a rifle.", Pose.AIM, "rifle", ""),
        ("Mara plays the guitar.", Pose.PLAY, "guitar", ""),
        ("Mara sweeps the floor.", Pose.SWEEP, "broom", ""),
        ("Mara digs a hole.", Pose.DIG, "shovel", ""),
        ("Mara carries a baby.", Pose.CARRY, "baby", ""),
        ("Mara throws a paper plane.", Pose.THROW, "paper plane", ""),
        ("Mara hides behind the sofa.", Pose.CROUCH, "", "hiding"),
        ("Mara raises her hands.", Pose.CHEER, "", ""),
        ("Mara waves.", Pose.WAVE, "", ""),
        ("Mara weeps.", Pose.WEEP, "", ""),
        ("Mara smokes.", Pose.SMOKE, "cigarette", ""),
        ("Mara prays.", Pose.PRAY, "", ""),
    ],
)
def test_verbs_are_seen(action: str, pose: Pose, held: str, on: str) -> None:
    figure = first(action)
    assert (figure.pose, figure.held, figure.on) == (pose, held, on)


def test_hands_and_legs_do_different_things() -> None:
    assert (first("Mara sits at the table and reads a book.").stance) is Pose.SIT
    running = first("Mara runs with a rifle.")
    assert Pose.RUN in {running.pose, running.stance}
    assert running.held == "rifle"


@pytest.mark.parametrize(
    ("action", "count", "pose"),
    [
        ("Two guards drag Otto away.", 2, Pose.PULL),
        ("A boy runs past.", 1, Pose.RUN),
        ("Soldiers march.", 4, Pose.WALK),
        ("A cleaner sweeps the floor.", 1, Pose.SWEEP),
        ("Three riders gallop past.", 3, Pose.RIDE),
        ("A dog runs in.", 1, Pose.RUN),
    ],
)
def test_whoever_has_no_name_is_seen(action: str, count: int, pose: Pose) -> None:
    assert [figure.pose for figure in last(action).figures].count(pose) == count


def test_a_crowd_does_what_is_told() -> None:
    shown = last("The crowd cheers.")
    assert (shown.crowd, shown.crowd_pose) == (True, Pose.CHEER)


def test_what_is_compared_or_named_in_passing_is_not_there() -> None:
    for action in ("Mara climbs a giant wave.", "OTTO, a fat man with a dog's face, smiles."):
        assert len(last(action).figures) == 1


@pytest.mark.parametrize(
    ("action", "event"),
    [
        ("The stove explodes.", "explosion"),
        ("The house burns.", "flames"),
        ("Smoke fills the room.", "smoke"),
        ("The window shatters.", "shatter"),
        ("The lights go out.", "dark"),
        ("The phone rings.", "ring"),
        ("Mara shoots at Otto.", "muzzle"),
        ("Mara sings.", "music"),
        ("An alarm wails.", "alarm"),
    ],
)
def test_what_goes_on_by_itself_is_seen(action: str, event: str) -> None:
    assert event in last(action).events


def test_whoever_sits_goes_on_sitting_until_they_move() -> None:
    assert first("Mara sits at the table.\n\nMara reads a book.").stance is Pose.SIT
    assert first("Mara sits at the table.\n\nMara walks away.\n\nMara reads a book.").stance is Pose.STAND


def test_two_who_touch_share_the_picture_face_to_face() -> None:
    for action, pose in (("Mara kisses Otto.", Pose.KISS), ("Mara hugs Otto.", Pose.EMBRACE)):
        pair = last(action).figures
        assert [figure.pose for figure in pair] == [pose, pose]
        assert {figure.facing for figure in pair} == {Side.LEFT, Side.RIGHT}


def test_a_verb_that_sounds_like_a_thing_shows_none() -> None:
    assert "ring" not in last("The bell rings.").props
    assert last("The bell rings.").props == ("bell",)


def test_a_feeling_is_its_owners() -> None:
    faces = {figure.character: figure.expression for figure in last("Mara laughs at Otto.").figures}
    assert faces["mara"] is Expression.LAUGHING
    assert faces.get("otto", Expression.NEUTRAL) is not Expression.LAUGHING


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a black woman", "a pale woman"),
        ("a dark-skinned man", "a red-haired man with freckles"),
    ],
)
def test_skin_is_taken_from_the_text(one: str, other: str) -> None:
    looks = [look_of(Character(id="x", name="X", description=words)) for words in (one, other)]
    assert sum(int(looks[0].skin[1:3], 16) for _ in "x") < sum(int(looks[1].skin[1:3], 16) for _ in "x")


def test_age_sex_and_hats_are_taken_from_the_text() -> None:
    old = look_of(Character(id="a", name="ANNA", description="an old woman in a green hat"))
    assert (old.old, old.female, old.hair) == (True, True, "hat")
    assert old.hat_colour != ""
    assert look_of(Character(id="b", name="BO", description="a boy of 9")).old is False


@pytest.mark.parametrize(
    ("noun", "kind"),
    [("dragon", FigureKind.DRAGON), ("shark", FigureKind.FISH), ("alien", FigureKind.ALIEN), ("rat", FigureKind.MOUSE),
     ("bear", FigureKind.BEAR), ("cow", FigureKind.COW), ("pig", FigureKind.PIG), ("snake", FigureKind.SNAKE),
     ("hare", FigureKind.RABBIT), ("wolf", FigureKind.DOG)],
)  # fmt: skip
def test_beasts_are_what_they_are_called(noun: str, kind: FigureKind) -> None:
    assert look_of(Character(id=noun, name=noun)).kind is kind


def test_whoever_is_in_a_car_is_seen_in_one() -> None:
    film = direct(read("INT. CAR - DAY\n\nMARA, 30, laughs. OTTO, 40, sings.\n\nMARA\nFaster!\n", "a.fountain"))
    for prompt in write_prompts(film, style="cinematic", width=640, height=360, project_seed=0).prompts:
        assert prompt.picture.figures
        assert {figure.on for figure in prompt.picture.figures} == {"car"}


def test_all_that_verbs_ask_for_has_a_name() -> None:
    acts = [*VERBS.values(), *(act for _, act in PHRASES)]
    assert {act.on for act in acts} <= {"", *MOUNTS}
    assert {act.event for act in acts} | {name for name, _ in HAPPENINGS} <= {"", *EVENTS}
    assert {act.held for act in acts} - {"", "chess"} <= set(THINGS)
    assert frozenset().union(*AT_HAND.values()) <= set(THINGS)


@settings(max_examples=tries(400, 40))
@given(st.text(max_size=120) | st.lists(st.sampled_from(sorted(VERBS)), max_size=12).map(" ".join))
def test_any_text_can_be_read(action: str) -> None:
    film = breakdown([scene(0)], [shot(0, 1, action)])
    (acts,) = acts_of(film).values()
    assert set(acts.events) <= set(EVENTS)
    names = Names.of([Character(id="mara", name="MARA")])
    for clause in clauses_of(action, names, ("mara",)):
        assert action[clause.start : clause.end] == clause.text
        assert all(0 <= one.start <= one.end <= len(action) for one in clause.mentions)


def test_what_a_thing_does_is_nobodys_deed() -> None:
    figure = first("Far out, a tiny light rises and falls. She smiles.")
    assert (figure.pose, figure.expression) == (Pose.STAND, Expression.HAPPY)
    assert first("Her hand trembles and falls.").pose is not Pose.STAND


def test_a_candle_that_burns_sets_nothing_on_fire() -> None:
    assert last("A candle burns on the table.").events == ()
    assert "flames" in last("The table burns.").events
