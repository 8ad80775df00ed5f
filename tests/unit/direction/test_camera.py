"""What the script itself asks of the camera, in its action and in its notes."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.direction.drawn import DRAWN
from film.direction.vocabulary import PROPS
from film.prompting import write_prompts
from film.prompting.thing_names import thing_named
from film.script import read
from schemas.enums import Angle, Movement, Pose, ShotSize, Side, TransitionKind
from schemas.prompt import Picture
from schemas.script import Breakdown, Shot

_PEOPLE = "ANNA, a tall woman, and BO, an old man, wait by the door.\n\n"


def film(body: str) -> Breakdown:
    return direct(read(f"INT. HOUSE - DAY\n\n{_PEOPLE}{body}\n", "a.fountain"))


def last(body: str) -> Shot:
    return film(body).shots[-1]


@pytest.mark.parametrize(
    ("action", "size", "subjects"),
    [
        ("CLOSE ON the letter.", ShotSize.CU, ()),
        ("CLOSE ON the lantern in Anna's hands.", ShotSize.CU, ()),
        ("Close on Anna.", ShotSize.CU, ("anna",)),
        ("CLOSE ON Anna's face.", ShotSize.CU, ("anna",)),
        ("EXTREME CLOSE-UP of Bo's eyes.", ShotSize.ECU, ("bo",)),
        ("ANGLE ON Bo, who frowns.", ShotSize.MS, ("bo",)),
        ("WIDE. Anna and Bo in the doorway.", ShotSize.WS, ("anna", "bo")),
        ("INSERT - the letter, torn.", ShotSize.CU, ()),
        ("ANNA'S POV: Bo at the gate.", ShotSize.MS, ("bo",)),
        ("AERIAL - the whole town.", ShotSize.EWS, ()),
    ],
)
def test_the_script_s_own_camera_comes_first(action: str, size: ShotSize, subjects: tuple[str, ...]) -> None:
    shot = last(action)
    assert (shot.rule, shot.size, shot.subjects) == ("script_camera", size, subjects)


@pytest.mark.parametrize(
    ("action", "angle", "movement"),
    [
        ("LOW ANGLE: Anna climbs the stairs.", Angle.LOW, None),
        ("HIGH ANGLE of the yard.", Angle.HIGH, None),
        ("OVERHEAD: the two of them.", Angle.OVERHEAD, None),
        ("PUSH IN on the door.", None, Movement.PUSH_IN),
        ("PAN LEFT to the window.", None, Movement.PAN_LEFT),
        ("TILT DOWN to the floor.", None, Movement.TILT_DOWN),
        ("PULL BACK from the house.", None, Movement.PULL_OUT),
    ],
)
def test_written_angles_and_moves(action: str, angle: Angle | None, movement: Movement | None) -> None:
    shot = last(action)
    assert shot.rule == "script_camera"
    assert angle is None or shot.angle is angle
    assert movement is None or shot.movement is movement


@pytest.mark.parametrize(
    "action", ["They stand close, in a wide field.", "Anna will PANIC.", "A sign: CLOSED.", "She is CLOSE to tears."]
)
def test_words_that_only_look_like_camera_words(action: str) -> None:
    assert last(action).rule != "script_camera"


def test_a_camera_line_is_about_what_follows_it() -> None:
    made = film("ANGLE ON BO\n\nHe laughs.\n\nCLOSE ON ANNA\n\nANNA\nStop it.")
    laughing, speaking = made.shots[-2:]
    assert (laughing.rule, laughing.size, laughing.subjects) == ("script_camera", ShotSize.MS, ("bo",))
    assert (speaking.rule, speaking.size, speaking.subjects) == ("script_camera", ShotSize.CU, ("anna",))
    assert speaking.dialogue[0].text == "Stop it."


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("close on her hand", {"size": ShotSize.CU, "subjects": ("anna",)}),
        ("close on her face", {"size": ShotSize.CU, "subjects": ("anna",)}),
        ("pan left, 4s", {"movement": Movement.PAN_LEFT, "frames": 96}),
        ("hold 3 seconds", {"frames": 72}),
        ("hold for five seconds", {"frames": 120}),
        ("angle low", {"angle": Angle.LOW}),
        ("low angle, wide", {"angle": Angle.LOW, "size": ShotSize.WS}),
        ("slow push in on Anna", {"movement": Movement.PUSH_IN}),
        ("static", {"movement": Movement.STATIC}),
        ("on Bo", {"subjects": ("bo",)}),
        ("low angle on Bo", {"angle": Angle.LOW, "subjects": ("bo",)}),
        ("two-shot of Anna and Bo", {"size": ShotSize.MS, "subjects": ("anna", "bo")}),
        ("extreme close-up of Anna's eyes; tilt up", {"size": ShotSize.ECU, "movement": Movement.TILT_UP}),
        ("insert: the ring", {"size": ShotSize.CU, "subjects": ()}),
    ],
)
@pytest.mark.parametrize("body", ["[[{}]]\n\nAnna reads.", "Anna reads. [[{}]]", "Anna reads.\n[[{}]]"])
def test_notes_are_the_director_s_words(note: str, expected: dict[str, object], body: str) -> None:
    shot = last(body.format(note))
    assert shot.action == "Anna reads."
    assert {name: getattr(shot, name) for name in expected} == expected


def picture(body: str) -> Picture:
    """The plan of the last shot's picture."""
    prompts = write_prompts(film(body), style="cinematic", width=640, height=360, project_seed=1).prompts
    assert prompts[-1].picture is not None
    return prompts[-1].picture


@pytest.mark.parametrize("note", ["close on the {}", "insert: a {}", "ECU of the old {}", "medium shot of the {}"])
@pytest.mark.parametrize("thing", ["lantern", "door", "ring", "suitcase"])
@pytest.mark.parametrize("body", ["Anna nods at him. [[{}]]", "[[{}]]\n\nRain falls on the roof.", "BO\nNo. [[{}]]"])
def test_a_note_shows_the_thing_that_it_names_and_nothing_else(note: str, thing: str, body: str) -> None:
    body = body.format(note.format(thing))
    shot = last(body)
    assert (shot.rule, shot.subjects, shot.props, shot.limits) == ("note", (), (thing,), ())
    plan = picture(body)
    assert (plan.figures, plan.props, plan.size) == ((), (thing,), shot.size)


def test_a_thing_above_the_first_line_opens_the_scene() -> None:
    opening = "EXT. HOUSE - NIGHT\n\n[[close on the door]]\n\nRain falls. Anna enters."
    shot = direct(read(opening, "a.fountain")).shots[0]
    assert (shot.rule, shot.size, shot.props) == ("note", ShotSize.CU, ("door",))


@pytest.mark.parametrize(
    ("body", "who", "limited"),
    [
        ("CLOSE ON Anna's hand.", "anna", True),
        ("INSERT - Bo's fingers.", "bo", True),
        ("Bo waits. [[close on her hand]]", "anna", True),
        ("Bo looks at Anna. [[close on his hands]]", "bo", True),
        ("Bo looks at Anna. [[close on her eyes]]", "anna", False),
        ("Rain falls. [[close on Bo's face]]", "bo", False),
    ],
)
def test_a_hand_is_seen_with_whose_it_is(body: str, who: str, *, limited: bool) -> None:
    shot = last(body)
    assert (shot.size, shot.subjects, bool(shot.limits)) == (ShotSize.CU, (who,), limited)
    assert [figure.character for figure in picture(body).figures] == [who]


@pytest.mark.parametrize(
    "action", ["ANGLE ON the street.", "CLOSE ON the crowd.", "CLOSE ON the dragon.", "WIDE ON it."]
)
def test_a_place_and_whoever_has_no_name_are_shown(action: str) -> None:
    assert (last(action).subjects, last(action).limits) == ((), ())


@pytest.mark.parametrize(
    ("body", "subjects"), [("Anna waits. [[close on the dragon]]", ("anna",)), ("Rain. [[close on the dragon]]", ())]
)
def test_what_cannot_be_shown_is_said_on_the_shot(body: str, subjects: tuple[str, ...]) -> None:
    shot = last(body)
    assert (shot.size, shot.subjects, picture(body).size) == (ShotSize.CU, subjects, ShotSize.CU)
    assert shot.limits == ("“the dragon” cannot be shown by itself: its line is seen in that size.",)


def test_things_that_a_camera_may_be_sent_to_are_drawn() -> None:
    assert [word for word in DRAWN - PROPS if thing_named(word) is None] == []


@pytest.mark.parametrize("body", ["[[dissolve]]\n\nAnna reads.", "He sleeps. [[dissolve]]\n\nAnna reads."])
def test_a_transition_in_a_note_stands_between_two_shots(body: str) -> None:
    assert last(body).transition_in is TransitionKind.DISSOLVE


@pytest.mark.parametrize(("written", "kind"), [("[[wipe]]", "wipe"), ("> WIPE TO:", "wipe"), ("WIPE TO:", "wipe")])
def test_a_wipe_is_directed(written: str, kind: str) -> None:
    shot = last(f"Bo sleeps.\n\n{written}\n\nINT. HALL - DAY\n\nAnna reads.")
    assert (shot.transition_in, shot.transition_in_via) == (kind, "black")
    assert shot.transition_in_frames > 0


@pytest.mark.parametrize(
    "written",
    [
        "[[fade to white]]",
        "FADE TO WHITE.",
        "> FADE TO WHITE",
        "> FLASH TO WHITE.",
        "WHITE OUT",
        "WHITE OUT.",
        "WHITEOUT",
    ],
)
def test_a_scene_may_leave_in_white(written: str) -> None:
    before, after = film(f"Bo sleeps.\n\n{written}\n\nAnna reads.").shots[-2:]
    assert (before.transition_out, before.transition_out_via) == (TransitionKind.FADE, "white")
    assert (after.transition_in, after.transition_in_via) == (TransitionKind.FADE, "white")
    assert (after.action, before.action) == ("Anna reads.", "Bo sleeps.")


def test_a_film_may_begin_and_end_in_white() -> None:
    made = film("FADE FROM WHITE:\n\nAnna leaves.\n\n> FADE TO WHITE.").shots
    assert made[-1].transition_out_via == "white"
    assert film("Anna leaves.\n\n> CUT TO WHITE.").shots[-1].transition_out is TransitionKind.CUT


@pytest.mark.parametrize(
    "note",
    [
        "check the date",
        "Wide open question?",
        "insert a joke here",
        "closer to the book, I think",
        "Close the plot hole",
    ],
)
def test_other_notes_are_no_direction(note: str) -> None:
    noted, plain = (film(text).shots[-1] for text in (f"[[{note}]]\n\nAnna reads.", "Anna reads."))
    assert noted.model_copy(update={"span": plain.span}) == plain


def test_a_note_speaks_for_the_line_it_stands_at() -> None:
    made = film("ANNA\nWhere is he? [[close on Bo]]\n\nBO\n[[angle low]]\nHere.")
    asked = [shot for shot in made.shots if shot.rule == "note"]
    assert [(shot.dialogue[0].text, shot.subjects) for shot in asked] == [("Where is he?", ("bo",)), ("Here.", ("bo",))]
    assert (asked[0].size, asked[1].angle) == (ShotSize.CU, Angle.LOW)


def test_a_note_after_the_last_shot_ends_the_film_with_a_cut() -> None:
    assert film("Anna leaves.").shots[-1].transition_out is TransitionKind.FADE
    assert film("Anna leaves.\n\n> CUT TO BLACK.").shots[-1].transition_out is TransitionKind.CUT


def test_a_held_shot_is_never_shorter_than_its_words() -> None:
    shot = last("[[1s]]\n\nANNA\nThis is far more than anybody could say, or read, within a second.")
    assert shot.frames > 24 * 2


def test_the_line_is_crossed_where_the_script_says_so() -> None:
    talk = "ANNA\nWhat do you want from me?\n\nBO\nNothing that you could give me now.\n\n"
    made = film(talk + "[[cross the line]]\n\n" + talk)
    sides = [
        {one.character: one.side for one in shot.staging} for shot in made.shots if shot.rule == "over_the_shoulder"
    ]
    seen = [one.side for shot in made.shots for one in shot.staging if one.character == "anna"]
    assert seen[0] is Side.LEFT
    assert seen[-1] is Side.RIGHT
    assert sides[0]["anna"] is not sides[0]["bo"]


@pytest.mark.parametrize(
    "super_",
    ['SUPER: "London, 1940"', "SUPER: London, 1940", "SUPER:\nLondon, 1940", 'TITLE CARD: "London, 1940"',
     "CHYRON - London, 1940"],
)  # fmt: skip
@pytest.mark.parametrize("body", ["Rain falls.\n\n{}\n\nAnna reads.", "{}\n\nRain falls.\n\nAnna reads."])
def test_words_over_the_picture_make_no_shot(super_: str, body: str) -> None:
    def made(text: str) -> Breakdown:
        return direct(read(f"EXT. TOWN - DAY\n\n{text}\n", "a.fountain"))

    plain = made("Rain falls.\n\nAnna reads.")
    titled = made(body.format(super_))
    assert [shot.action for shot in titled.shots] == [shot.action for shot in plain.shots]
    assert [shot.title for shot in titled.shots] == ["London, 1940", ""]


def test_words_over_a_place_are_over_its_establishing_shot() -> None:
    for text in ("SUPER: Rome\n\nANNA\nHere we are.", "SUPER: Rome"):
        shot = direct(read(f"EXT. TOWN - DAY\n\n{text}\n", "a.fountain")).shots[0]
        assert (shot.rule, shot.title, shot.dialogue) == ("establishing", "Rome", ())


@pytest.mark.parametrize("text", ["FLASHBACK:", "BACK TO PRESENT", "LATER", "BEGIN DREAM SEQUENCE"])
def test_markers_are_no_shots_but_join_what_they_divide(text: str) -> None:
    made = film(f"Anna reads.\n\n{text}\n\nBo sleeps.")
    assert text not in " ".join(shot.action for shot in made.shots)
    assert made.shots[-1].transition_in is TransitionKind.DISSOLVE


def test_a_memory_dissolves_in_and_out() -> None:
    made = direct(
        read(
            "INT. A - DAY\n\nAnna reads.\n\nINT. B - DAY - FLASHBACK\n\nBo sings.\n\nINT. A - DAY\n\nAnna waits.\n\n"
            "CUT TO:\n\nINT. B - DAY (FLASHBACK)\n\nBo sings again.",
            "a.fountain",
        )
    )
    kinds = [made.shots_of(scene)[0].transition_in for scene in range(4)]
    assert kinds[1:] == [TransitionKind.DISSOLVE, TransitionKind.DISSOLVE, TransitionKind.CUT]


@pytest.mark.parametrize("note", ["medium shot", "wide"])
def test_a_frame_wider_than_a_thing_holds_whoever_holds_it(note: str) -> None:
    assert last("The letter in Anna's hand burns.").subjects == ()
    shot = last(f"The letter in Anna's hand burns. [[{note}]]")
    assert (shot.rule, shot.subjects, shot.props) == ("note", ("anna",), ("letter",))


@pytest.mark.parametrize("behind", ["opens the letter", "takes the lamp", "walks away", "smiles", "is there"])
@pytest.mark.parametrize(
    ("words", "size"),
    [("CLOSE-UP.", "CU"), ("WIDE.", "WS"), ("FULL SHOT.", "FS"), ("LOW ANGLE, MEDIUM SHOT.", "MS"), ("ECU.", "ECU")],
)
def test_a_size_before_a_sentence_is_its_size(words: str, size: str, behind: str) -> None:
    shot = last(f"Bo waits by himself for a good while and looks at his feet.\n\n{words} Anna {behind}.")
    assert (shot.rule, shot.size, shot.subjects) == ("script_camera", size, ("anna",))
    assert shot.action == f"{words} Anna {behind}."


def test_a_size_of_something_keeps_its_own_shot() -> None:
    first, second = film("CLOSE ON THE LETTER. Anna opens the door.").shots[-2:]
    assert (first.subjects, first.props) == ((), ("letter",))
    assert (second.action, second.subjects) == ("Anna opens the door.", ("anna",))


def test_a_move_before_a_sentence_is_its_move() -> None:
    shot = last("PUSH IN. Anna opens the door and waits.")
    assert (shot.action, shot.movement) == ("PUSH IN. Anna opens the door and waits.", Movement.PUSH_IN)


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("Bo leaves the house.\n\nBO (O.S.)\nI will be back at the harbour tonight.", ("anna",)),
        ("Bo exits.\n\nBO (O.S.)\nI will be back at the harbour tonight.", ("anna",)),
        ("Anna walks out. Bo sits.\n\nANNA (O.S.)\nI will be back at the harbour tonight.", ("bo",)),
        ("Anna and Bo leave.\n\nBO (O.S.)\nI will be back at the harbour tonight.", ()),
        ("Bo runs off.\n\nANNA (O.S.)\nI will be back at the harbour tonight.", ()),
        ("ANNA (O.S.)\nCome to me, my old friend.\n\nBO (O.S.)\nI will be back at the harbour tonight.", ()),
        ("BO (V.O.)\nThat was the last summer at the harbour.", ("anna",)),
        ("Anna leaves.\n\nBO (V.O.)\nThat was the last summer at the harbour.", ("bo",)),
        ("Bo leaves the letter there.\n\nANNA (O.S.)\nI will be back at the harbour tonight.", ("bo",)),
    ],
)
def test_who_is_elsewhere_is_not_seen(body: str, seen: tuple[str, ...]) -> None:
    shot = last(body)
    assert (shot.rule, shot.subjects) == ("off_screen", seen)


def test_who_has_left_is_spoken_to_no_more_until_they_are_back() -> None:
    left = "ANNA\nStay here with me.\n\nBo leaves.\n\nANNA\nWhat am I to do without him now?"
    assert last(left).subjects == ("anna",)
    back = "\n\nBo comes in.\n\nBO\nI have changed my mind about all of it.\n\nANNA\nThen we have to talk about it now."
    assert "bo" in {who for shot in film(left + back).shots[-3:] for who in shot.subjects}


@pytest.mark.parametrize(
    ("action", "size", "angle", "move"),
    [
        ("Medium shot of Bo.", "MS", None, None),
        ("Medium close-up of Bo.", "MCU", None, None),
        ("Full shot: Bo waits.", "FS", None, None),
        ("Wide. Bo waits.", "WS", None, None),
        ("Wide shot of Bo at the gate.", "WS", None, None),
        ("Extreme wide shot: the town.", "EWS", None, None),
        ("Long shot - Bo at the gate.", "WS", None, None),
        ("Low angle on Bo.", None, "low", None),
        ("Low angle: Bo climbs.", None, "low", None),
        ("High angle of the yard.", None, "high", None),
        ("Overhead. Bo waits.", None, "overhead", None),
        ("Overhead shot of Bo.", None, "overhead", None),
        ("Dutch angle. Bo waits.", None, "dutch", None),
        ("Push in on Bo.", None, None, "push_in"),
        ("Pull back from Bo.", None, None, "pull_out"),
        ("Pan left to Bo.", None, None, "pan_left"),
        ("Pan right. Bo waits.", None, None, "pan_right"),
        ("Tilt up to the tower.", None, None, "tilt_up"),
        ("Tilt down.", None, None, "tilt_down"),
        ("PAN UP to the tower.", None, None, "tilt_up"),
        ("Tracking shot of Bo.", None, None, "push_in"),
        ("TRACKING Bo as he runs.", None, None, "push_in"),
        ("Static shot. Bo waits.", None, None, "static"),
        ("Static: Bo waits.", None, None, "static"),
    ],
)
@pytest.mark.parametrize("before", ["", "Anna looks at her feet for a very long time, and at his. "])
def test_camera_words_at_the_beginning_of_a_sentence(
    action: str, size: str | None, angle: str | None, move: str | None, before: str
) -> None:
    shot = last(before + action)
    assert (shot.rule, shot.action) == ("script_camera", action)
    assert size in {None, shot.size}
    assert angle in {None, shot.angle}
    assert move in {None, shot.movement}
    assert "Bo" not in action or shot.subjects == ("bo",)


@pytest.mark.parametrize(
    "action",
    [
        "Wide eyes stare.",
        "Wide, dark eyes stare.",
        "Wide awake, Anna stares.",
        "Pull back the curtain.",
        "Push in the chair.",
        "Tracking dogs bark.",
        "Tracking the deer, Anna kneels.",
        "Static fills the radio.",
        "Static. The radio is dead.",
        "Full shot glasses line the bar.",
        "Overhead, birds circle.",
        "Overhead lights flicker.",
        "Pan left on the stove, smoking.",
        "Low angle light falls in.",
        "Two shots ring out.",
        "Tilt up your chin.",
        "Panning for gold, Bo kneels.",
    ],
)
def test_words_at_the_beginning_that_may_be_something_else(action: str) -> None:
    assert last(action).rule != "script_camera"


@pytest.mark.parametrize(
    ("before", "behind", "who"),
    [
        ("Bo smiles.", "REVERSE ANGLE\n\nThe lamp burns.", "anna"),
        ("Anna smiles.", "REVERSE ANGLE\n\nThe lamp burns.", "bo"),
        ("Anna smiles.", "Reverse angle. Bo nods.", "bo"),
        ("Anna smiles.", "REVERSE ANGLE\n\nANNA\nWhat is it that you want from me?", "bo"),
        ("Bo smiles.", "REVERSE ANGLE ON BO.", "bo"),
    ],
)
def test_a_reverse_angle_shows_whom_the_shot_before_did_not(before: str, behind: str, who: str) -> None:
    shot = last(f"{before}\n\n{behind}")
    assert (shot.rule, shot.size, shot.subjects) == ("script_camera", ShotSize.MS, (who,))


@pytest.mark.parametrize(
    ("action", "move", "who"),
    [
        ("CAMERA PUSHES IN on Anna.", "push_in", "anna"),
        ("The camera pans left to Bo.", "pan_left", "bo"),
        ("The camera follows Anna.", "push_in", "anna"),
        ("The camera slowly pulls back from Bo.", "pull_out", "bo"),
        ("The camera holds on Bo.", "static", "bo"),
        ("PAN LEFT to Bo.", "pan_left", "bo"),
    ],
)
def test_the_camera_that_shoots_moves_and_is_no_prop(action: str, move: str, who: str) -> None:
    shot = last(action)
    assert (shot.rule, shot.movement, shot.subjects, shot.props) == ("script_camera", move, (who,), ())
    plan = picture(action)
    assert "camera" not in plan.props
    assert [figure.pose for figure in plan.figures] == [Pose.STAND]


@pytest.mark.parametrize(
    "action", ["Anna lifts the camera.", "The camera falls.", "The camera follows Anna, who holds a camera."]
)
def test_a_camera_that_somebody_holds_is_a_prop(action: str) -> None:
    assert last(action).props == ("camera",)


@pytest.mark.parametrize(
    ("note", "seconds"),
    [
        ("1 minute", 60),
        ("a minute", 60),
        ("0.5 minutes", 30),
        ("1 min", 60),
        ("45 seconds", 45),
        ("hold for 12 seconds", 12),
        ("0.8s", 0.8),
        ("10 second", 10),
    ],
)
def test_lengths_in_notes(note: str, seconds: float) -> None:
    shot = last(f"Anna reads. [[{note}]]")
    assert shot.duration_s == pytest.approx(seconds, abs=0.05)
    assert shot.limits == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Anna reads. [[90 seconds]]", "It lasts 60 s instead of 90 s: no shot is longer."),
        ("Anna reads. [[3600s]]", "It lasts 60 s instead of 3600 s: no shot is longer."),
        ("Anna reads. [[hold for 2 minutes]]", "It lasts 60 s instead of 120 s: no shot is longer."),
        ("Anna reads. [[0.2s]]", "It lasts 0.8 s instead of 0.2 s: no shot is shorter."),
        ("Anna reads. [[1s]]\n\nSUPER: The house by the sea, in the second winter of the war",
         "It lasts 2.8 s instead of 1 s: its words take that long to read."),
    ],
)  # fmt: skip
def test_a_length_that_cannot_be_kept_is_said_on_the_shot(body: str, said: str) -> None:
    assert last(body).limits == (said,)


def test_so_is_one_too_short_for_what_is_said() -> None:
    (limit,) = last("ANNA\nThis is far more than anybody could say, or read, in so short a time. [[1s]]").limits
    assert limit.endswith("s instead of 1 s: what is said in it takes that long.")


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("The SCREEN DOOR slides open and DICK STEEL emerges, holding a bottle.\n\nSTEEL\nHello.", "steel"),
        ("The door opens and Bo steps in.", "bo"),
        ("The lantern falls. Anna screams.", "anna"),
    ],
)
def test_who_appears_beside_a_thing_is_in_the_picture(action: str, who: str) -> None:
    shot = next(shot for shot in film(action).shots if shot.action.startswith("The"))
    assert (shot.rule, shot.subjects) == ("action", (who,))


@pytest.mark.parametrize("action", ["The letter in Anna's hand burns.", "The lantern falls, and Anna's coat burns."])
def test_a_thing_that_acts_alone_is_shown_alone(action: str) -> None:
    assert (last(action).rule, last(action).subjects) == ("insert", ())


def test_what_is_read_is_seen_with_its_reader() -> None:
    assert last("Anna reads the letter.").subjects == ("anna",)
    assert last("Anna reads the letter. [[close on the letter]]").subjects == ()


_THREE = (
    "INT. HALL - DAY\n\nANNA, a tall woman, BO, an old man, and CARL, a young man, wait.\n\n"
    "ANNA\nGood morning to both of you.\n\nBO\nGood morning.\n\n"
)


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("The men look at each other.", {"bo", "carl"}),
        ("The two men shake hands.", {"bo", "carl"}),
        ("Both laugh.", {"anna", "bo"}),
        ("All three rise.", {"anna", "bo", "carl"}),
        ("Everyone laughs.", {"anna", "bo", "carl"}),
        ("Everybody looks at Anna.", {"anna", "bo", "carl"}),
        ("All of them rise.", {"anna", "bo", "carl"}),
        ("Everyone but Anna laughs.", {"bo", "carl"}),
        ("The others laugh.", {"anna", "carl"}),
        ("Both doors open.", set()),
        ("Two men are heard.", set()),
        ("Anna leaves.\n\nEveryone laughs.", {"bo", "carl"}),
    ],
)
def test_those_without_names_are_those_who_are_there(action: str, who: set[str]) -> None:
    assert set(direct(read(_THREE + action + "\n", "a.fountain")).shots[-1].subjects) == who


@pytest.mark.parametrize(
    ("action", "people"),
    [
        ("CARL, DORA and EMIL enter.", ("carl", "dora", "emil")),
        ("CARL and DORA laugh.", ("carl", "dora")),
        ("BEANS, RICE and BREAD lie on the shelf.", ()),
        ("SIRENS and HORNS.", ()),
    ],
)
def test_those_who_do_something_together_are_people(action: str, people: tuple[str, ...]) -> None:
    made = direct(read(f"INT. HALL - DAY\n\nThe hall is dark.\n\n{action}\n", "a.fountain"))
    assert tuple(person.id for person in made.characters) == people
    assert made.shots[-1].subjects == people
