from __future__ import annotations

import pytest

from film.direction import direct
from film.direction.cast import Cast, cue_name, screenplay_cast
from film.direction.conversation import over_the_shoulder, reaction, shot_and_reverse
from film.direction.grammar import insert
from film.direction.moments import Line, Moment
from film.direction.places import place_of_scene
from film.direction.scenes import weather_of
from film.direction.situation import Situation
from film.direction.sluglines import read_slugline
from film.direction.timing import speech_seconds, split_speech
from film.direction.transitions import read_transitions
from film.script import read
from schemas.enums import (
    FadeColour,
    IntExt,
    Place,
    ScriptFormat,
    ShotSize,
    Side,
    TimeOfDay,
    TransitionKind,
    Weather,
)
from schemas.errors import InvalidScript
from schemas.script import Breakdown, Scene, Span


def film(text: str) -> Breakdown:
    return direct(read(text, "a.fountain"))


def cast(text: str) -> Cast:
    return screenplay_cast(read(text, "a.fountain").elements)


@pytest.mark.parametrize(
    ("text", "int_ext", "location", "time"),
    [
        ("INT. HOUSE - DAY", IntExt.INT, "HOUSE", TimeOfDay.DAY),
        ("EXT. PARK--NIGHT", IntExt.EXT, "PARK", TimeOfDay.NIGHT),
        ("INT./EXT. BOB'S CAR – LATE AFTERNOON", IntExt.INT_EXT, "BOB'S CAR", TimeOfDay.AFTERNOON),
        ("I/E TRAIN DUSK", IntExt.INT_EXT, "TRAIN", TimeOfDay.DUSK),
        ("INT. HOUSE - KITCHEN - DAWN", IntExt.INT, "HOUSE - KITCHEN", TimeOfDay.DAWN),
        ("INT. HOUSE - CONTINUOUS", IntExt.INT, "HOUSE", None),
        ("EXT. DAY-CARE CENTRE (NIGHT)", IntExt.EXT, "DAY-CARE CENTRE", TimeOfDay.NIGHT),
        ("SNIPER SCOPE POV", None, "SNIPER SCOPE POV", None),
        ("EXT. OLYMPIA CIRCUS", IntExt.EXT, "OLYMPIA CIRCUS", None),
    ],
)
def test_sluglines(text: str, int_ext: IntExt | None, location: str, time: TimeOfDay | None) -> None:
    found = read_slugline(text)
    assert (found.int_ext, found.location, found.time) == (int_ext, location, time)


def test_continuous_and_later_keep_the_time_of_day() -> None:
    made = film("INT. A - NIGHT\n\nOne.\n\nEXT. B - CONTINUOUS\n\nTwo.\n\nINT. A - LATER\n\nThree.")
    assert [scene.time_of_day for scene in made.scenes] == [TimeOfDay.NIGHT] * 3
    assert made.shots_of(2)[0].transition_in is TransitionKind.DISSOLVE


@pytest.mark.parametrize(
    ("name", "int_ext", "place"),
    [
        ("HOSPITAL CORRIDOR", IntExt.INT, Place.CORRIDOR),
        ("ANNA'S HOUSE - KITCHEN", IntExt.INT, Place.KITCHEN),
        ("HOUSE", IntExt.EXT, Place.HOUSE),
        ("HOUSE", IntExt.INT, Place.LIVING_ROOM),
        ("LIVING ROOM", IntExt.INT, Place.LIVING_ROOM),
        ("BOB'S CAR", IntExt.INT, Place.CAR),
        ("PARKING LOT", IntExt.EXT, Place.STREET),
        ("SUBURBAN TRAFFIC INTERSECTION", IntExt.EXT, Place.STREET),
        ("COFFEE SHOP", IntExt.EXT, Place.STREET),
        ("NOWHERE", IntExt.INT, Place.ROOM),
        ("NOWHERE", IntExt.EXT, Place.LANDSCAPE),
    ],
)
def test_places(name: str, int_ext: IntExt, place: Place) -> None:
    assert place_of_scene(name, (), int_ext) is place


def test_the_action_names_the_place_where_the_heading_does_not() -> None:
    assert place_of_scene("MORNING", ["Waves break. The sea is grey."], IntExt.EXT) is Place.SEA


@pytest.mark.parametrize(
    ("text", "weather"),
    [
        ("Rain falls. Thunder.", Weather.STORM),
        ("He storms out.", Weather.CLEAR),
        ("The rain has stopped.", Weather.CLOUDY),
        ("Snow lies on the roofs in the wind.", Weather.SNOW),
        ("A brainstorm.", Weather.CLEAR),
    ],
)
def test_weather(text: str, weather: Weather) -> None:
    assert weather_of([text]) is weather


@pytest.mark.parametrize(
    ("cue", "name"),
    [
        ("BOB (V.O.)", "BOB"),
        ("BOB (O.S.) (CONT'D)", "BOB"),
        ("BOB V.O.", "BOB"),
        ("HANS (on the radio)", "HANS"),
        ("BOB'S VOICE", "BOB"),
    ],
)
def test_extensions_are_no_part_of_a_name(cue: str, name: str) -> None:
    assert cue_name(cue) == name


def test_two_cues_are_one_person() -> None:
    found = cast("INT. A\n\nCYBER BOB, 40, a mild man, strolls by.\n\nBOB\nHi.\n\nANNA\nHm.\n\nCYBER BOB\nYes.")
    assert [(one.name, one.aliases, one.speeches) for one in found.characters] == [
        ("CYBER BOB", ("BOB",), 2),
        ("ANNA", (), 1),
    ]
    assert found.characters[0].description == "CYBER BOB, 40, a mild man"


@pytest.mark.parametrize(
    ("one", "other"), [("MAN", "OLD MAN"), ("BOB", "YOUNG BOB"), ("GUARD", "GUARD 2"), ("ANNA", "ANNA'S MOTHER")]
)
def test_two_people_stay_two(one: str, other: str) -> None:
    found = cast(f"INT. A\n\n{one}\nHi.\n\nEVA\nYes?\n\n{other}\nHello.")
    assert {person.name for person in found.characters} == {one, other, "EVA"}


def test_who_answers_each_other_is_not_one_person() -> None:
    assert len(cast("INT. A\n\nSMITH\nHi.\n\nJOHN SMITH\nHello.").characters) == 2


_SCENE = Scene(
    index=0, int_ext=IntExt.INT, location="a", place=Place.ROOM, time_of_day=TimeOfDay.DAY, span=Span(start=0, end=1)
)


def moment(action: str = "", speaker: str = "", people: tuple[str, ...] = (), props: tuple[str, ...] = ()) -> Moment:
    span = Span(start=0, end=1)
    lines = (Line(speaker, "Hello there.", span),) if speaker else ()
    return Moment(span=span, action=action, lines=lines, cast=people or ((speaker,) if speaker else ()), props=props)


def situation(**changes: object) -> Situation:
    values: dict[str, object] = {"scene": _SCENE, "number": 3, "new_place": False, **changes}
    return Situation(**values)  # type: ignore[arg-type]


def test_a_thing_that_acts_is_shown_by_itself_and_never_twice_in_a_row() -> None:
    ringing = moment("The phone rings.", props=("phone",))
    setup = insert(ringing, situation())
    assert setup is not None
    assert setup.subjects == ()
    assert insert(ringing, situation(previous=setup)) is None


def test_a_conversation_begins_with_both_and_goes_on_with_one() -> None:
    line = moment(speaker="anna")
    both = over_the_shoulder(line, situation(turn=0, partner="bo"))
    assert both is not None
    assert both.subjects == ("anna", "bo")
    assert over_the_shoulder(line, situation(turn=1, partner="bo")) is None
    alone = shot_and_reverse(line, situation(turn=1, partner="bo"))
    assert alone is not None
    assert alone.subjects == ("anna",)


def test_a_long_speech_is_heard_over_its_listener() -> None:
    setup = reaction(moment(speaker="anna"), situation(speech_part=2, partner="bo"))
    assert setup is not None
    assert setup.subjects == ("bo",)


def test_who_speaks_from_elsewhere_is_not_seen() -> None:
    made = film("INT. A\n\nANNA listens at the window.\n\nBO (V.O.)\nAre you there, or have you gone?\n\nTHE END")
    spoken = next(shot for shot in made.shots if shot.dialogue)
    assert spoken.dialogue[0].character == "bo"
    assert spoken.subjects == ("anna",) or spoken.subjects == ()
    assert all("bo" not in shot.subjects for shot in made.shots)
    assert all("END" not in shot.action for shot in made.shots)


def test_tension_brings_the_camera_closer() -> None:
    calm = shot_and_reverse(moment(speaker="anna"), situation(turn=2, partner="bo"))
    near = shot_and_reverse(moment(speaker="anna"), situation(turn=2, partner="bo", tension=0.9))
    assert calm is not None
    assert near is not None
    assert (calm.size, near.size) == (ShotSize.MCU, ShotSize.CU)


def test_the_line_is_not_crossed() -> None:
    made = film(
        "INT. A\n\n" + "ANNA\nWhat is it that you want from me?\n\nBO\nNothing that you could give me now.\n\n" * 6
    )
    sides = {(one.character, one.side, one.facing) for shot in made.shots for one in shot.staging}
    assert sides == {("anna", Side.LEFT, Side.RIGHT), ("bo", Side.RIGHT, Side.LEFT)}


def test_long_speeches_are_divided_at_sentences_and_lose_nothing() -> None:
    text = "I came here. " * 9 + "And then, because nobody would listen to a single word of it, I went away again."
    parts = [text[start:end] for start, end in split_speech(text)]
    assert "".join(parts) == text
    assert len(parts) > 2
    assert all(len(part.strip()) <= 84 for part in parts)
    assert all(part.rstrip().endswith(".") for part in parts[:-2])


def test_speech_can_be_read() -> None:
    assert speech_seconds("Extraordinarily incomprehensible characterisations.") >= 50 / 20


@pytest.mark.parametrize(
    ("written", "elapsed", "kind", "black"),
    [
        (("CUT TO:",), True, TransitionKind.CUT, False),
        (("DISSOLVE TO:",), False, TransitionKind.DISSOLVE, False),
        ((), True, TransitionKind.DISSOLVE, False),
        ((), False, TransitionKind.CUT, False),
        (("FADE OUT.", "FADE IN:"), False, TransitionKind.FADE, True),
        (("fade to black",), False, TransitionKind.FADE, True),
        (("WIPE TO:",), False, TransitionKind.WIPE, False),
        (("SMASH CUT TO:",), True, TransitionKind.CUT, False),
    ],
)
def test_transitions(written: tuple[str, ...], elapsed: bool, kind: TransitionKind, black: bool) -> None:
    join = read_transitions(written, elapsed)
    assert (join.kind, join.leaves) == (kind, FadeColour.BLACK if black else None)


@pytest.mark.parametrize(
    ("written", "leaves", "via"),
    [
        (("FADE TO WHITE.",), "white", "white"),
        (("Fade out to white.",), "white", "white"),
        (("FLASH TO WHITE:",), "white", "white"),
        (("WHITE OUT.", "FADE IN:"), "white", "white"),
        (("FADE TO WHITE.", "FADE UP FROM BLACK:"), "white", "black"),
        (("FADE OUT.", "FADE IN FROM WHITE:"), "black", "white"),
        (("FADE FROM WHITE:",), None, "white"),
        (("CUT TO WHITE.",), None, "white"),
        (("CUT TO BLACK.",), None, "black"),
    ],
)
def test_fades_go_through_the_colour_that_is_written(written: tuple[str, ...], leaves: str | None, via: str) -> None:
    join = read_transitions(written, elapsed=False)
    assert (join.kind, join.leaves, join.via) == (TransitionKind.FADE, leaves, via)


def test_the_graph_tells_who_speaks_to_whom() -> None:
    made = film("INT. A - DAY\n\nANNA\nHello.\n\nBO\nHi.\n\nEXT. B - DAY\n\nBo lifts a lamp.")
    edges = {(edge.source, edge.relation, edge.target) for edge in made.graph.edges}
    assert ("character:anna", "speaks_to", "character:bo") in edges
    assert ("character:bo", "appears_in", "scene:1") in edges
    assert ("scene:1", "follows", "scene:0") in edges
    assert ("scene:0", "set_at", "location:a") in edges
    assert ("prop:lamp", "appears_in", "scene:1") in edges


def test_speech_before_the_first_heading_is_not_lost() -> None:
    made = film("ANNA (V.O.)\nIt began at night.\n\nINT. A - DAY\n\nRain.")
    assert [line.text for shot in made.shots for line in shot.dialogue] == ["It began at night."]
    assert len(made.scenes) == 1


def test_prose_moves_from_place_to_place() -> None:
    made = direct(
        read(
            "Anna sat in the kitchen and read. The house was very quiet and the fire was low, and nobody came.\n\n"
            "The next morning she walked down to the beach.\n\n"
            '"Hello?" she called.\n\nNobody answered. She went home again, and said no more about it to anyone.',
            "a.txt",
        )
    )
    assert made.format is ScriptFormat.PROSE
    assert [(scene.place, scene.time_of_day) for scene in made.scenes[:2]] == [
        (Place.KITCHEN, TimeOfDay.DAY),
        (Place.BEACH, TimeOfDay.MORNING),
    ]
    heard = [(line.character, line.text) for shot in made.shots for line in shot.dialogue]
    assert ("anna", "Hello?") in heard


@pytest.mark.parametrize(
    "text", ["Title: Only This\nAuthor: Me\n", "[[only a note]]", "# Act\n\n= Synopsis.", "> CUT TO BLACK."]
)
def test_nothing_to_show_is_refused(text: str) -> None:
    with pytest.raises(InvalidScript):
        film(text)


def test_a_creature_is_meant_by_an_it_that_begins_a_sentence() -> None:
    film = direct(
        read("INT. BARN - DAY\n\nAn owl sits on the beam. TIM looks up.\n\nIt spreads its wings.", "a.fountain")
    )
    assert next(shot for shot in film.shots if shot.action.startswith("It")).subjects == ("owl",)


def test_no_creature_is_meant_by_other_its() -> None:
    film = direct(read("INT. BARN - DAY\n\nAn owl sits on the beam.\n\nRain. Nobody sees it.", "a.fountain"))
    assert next(shot for shot in film.shots if "Nobody" in shot.action).subjects == ()


def test_narration_is_not_divided_behind_a_title() -> None:
    story = (
        "The clock over the market had stopped at noon, and nobody had wound it since then, when Mrs. Harrow came to "
        "buy an apple for the child."
    )
    lines = [line.text for shot in direct(read(story + "\n\nShe left.", "a.txt")).shots for line in shot.dialogue]
    assert "".join(lines).startswith(story[:60])
    assert not any(line.rstrip().endswith("Mrs.") for line in lines)
