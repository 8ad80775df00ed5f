"""Stories: their people, places, times and weather."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.direction.scenes import weather_of
from film.direction.sluglines import read_slugline
from film.direction.storyplaces import last_setting, opening_setting, settings_in, subject_setting
from film.direction.times import time_told
from film.script import read
from schemas.enums import IntExt, Place, Pose, TimeOfDay, Weather
from schemas.errors import InvalidScript
from schemas.script import Breakdown

_ZUBOV = (
    "Doctor Andrei Ilyich Zubov sat in the railway buffet and stirred his tea. Outside it was snowing.\n\n"
    "“Is it you, Doctor Zubov?” said the stationmaster. “There is a telegram.”\n\nZubov took it. “From whom?”\n\n"
    "“From your wife, sir.”\n\nThe doctor read it twice. “She is ill,” he said to nobody.\n\n"
    "Andrei Ilyich put on his coat.\n\n"
    "At the parsonage the windows were dark. Father Grigory met him with a lamp, and they went up to the bedroom.\n\n"
    "“She asked for you,” Father Grigory said.\n\n"
    "In the drawing-room a clock struck four, and Mrs. Zubov opened her eyes.\n\n"
    "“Is it morning?” asked Mrs. Zubov."
)


def story(text: str) -> Breakdown:
    return direct(read(text, "story.txt"))


def people(text: str) -> dict[str, int]:
    return {one.name: one.speeches for one in story(text).characters}


def test_one_man_is_not_as_many_people_as_he_has_names() -> None:
    made = story(_ZUBOV)
    assert {one.name: one.speeches for one in made.characters} == {
        "Doctor Andrei Ilyich Zubov": 2,
        "stationmaster": 3,
        "Father Grigory": 1,
        "Mrs. Zubov": 1,
    }
    zubov = next(one for one in made.characters if one.name.startswith("Doctor"))
    assert {"Zubov", "Andrei Ilyich", "doctor"} <= set(zubov.aliases)
    grigory = next(one for one in made.characters if one.name == "Father Grigory")
    assert zubov.importance > grigory.importance > 0


def test_a_story_goes_from_room_to_room() -> None:
    scenes = story(_ZUBOV).scenes
    assert [(scene.place, scene.int_ext) for scene in scenes] == [
        (Place.RESTAURANT, IntExt.INT),
        (Place.HOUSE, IntExt.EXT),
        (Place.BEDROOM, IntExt.INT),
        (Place.LIVING_ROOM, IntExt.INT),
    ]
    assert scenes[0].weather is Weather.SNOW


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr. Hale frowned. Mrs. Hale laughed. Miss Hale sang.", {"Mr. Hale", "Mrs. Hale", "Miss Hale"}),
        ("Sherlock Vane smoked. Vane looked up. “Yes,” said Vane.", {"Sherlock Vane"}),
        ("A girl named Mara ran. The girl stopped. Mara smiled.", {"Mara"}),
        ("Tomas, the ferryman, waited. The ferryman whistled.", {"Tomas"}),
        ("The March Hare bowed to the Hatter. “No room!” said the Hatter.", {"Hatter", "March Hare"}),
        ("Anna lived in London. She walked to Baker Street in the English rain. Anna slept.", {"Anna"}),
        ("The field-mouse bowed. “Dine with me,” said the mouse.", {"mouse"}),
        ("The engineer coughed. He was a thin man of fifty. The engineer sat.", {"engineer"}),
        ("Old Karl Ostrander the watchmaker smiled. “Yes,” said Mr. Ostrander.", {"Karl Ostrander"}),
        ("Dinah Cole ran. “Tea?” said Mrs. Cole.", {"Dinah Cole", "Mrs. Cole"}),
        ("“Quick,” croaked the fir tree. “Quick!”", {"tree"}),
    ],
)
def test_people_of_stories(text: str, names: set[str]) -> None:
    assert set(people(text)) == names


def test_who_is_only_compared_or_spoken_of_is_nobody() -> None:
    filler = "The clock ticked on, and the rain ran down the glass of the long window all that afternoon. " * 6
    assert set(people(f"Anna waited. She felt like a queen.\n\n{filler}\n\nAnna slept.")) == {"Anna"}


@pytest.mark.parametrize(
    ("sentence", "place", "int_ext"),
    [
        ("He sat in the railway buffet.", Place.RESTAURANT, IntExt.INT),
        ("At the parsonage the windows were dark.", Place.HOUSE, IntExt.EXT),
        ("They went into the cottage.", Place.LIVING_ROOM, IntExt.INT),
        ("She waited outside the shop.", Place.STREET, IntExt.EXT),
        ("In the swimming-pool a leaf turned.", Place.GARDEN, IntExt.EXT),
        ("He slept in the lighthouse.", Place.ROOM, IntExt.INT),
        ("They walked through the orchard.", Place.GARDEN, IntExt.EXT),
        ("They stood in the graveyard.", Place.FIELD, IntExt.EXT),
        ("She sat in the aeroplane.", Place.TRAIN, IntExt.INT),
        ("They had reached the middle of the forest.", Place.FOREST, IntExt.EXT),
        ("She sat on the bank.", Place.RIVER, IntExt.EXT),
        ("He went home.", Place.LIVING_ROOM, IntExt.INT),
        ("In the waxroom it was cold.", Place.ROOM, IntExt.INT),
        ("On the island, in the kitchen, Elsa sat.", Place.KITCHEN, IntExt.INT),
        ("They sat in the kitchen at the farm.", Place.KITCHEN, IntExt.INT),
        ("The kitchen was dark.", Place.KITCHEN, IntExt.INT),
        ("We had the carriage to ourselves.", Place.TRAIN, IntExt.INT),
        ("It was now deep dusk in the forest.", Place.FOREST, IntExt.EXT),
        ("She ran down the stairs to the street.", Place.STREET, IntExt.EXT),
        ("They were seated at breakfast.", Place.LIVING_ROOM, IntExt.INT),
        ("He sat on the bus.", Place.TRAIN, IntExt.INT),
        ("She waited at the bus stop.", Place.STATION, IntExt.EXT),
        ("They camped by the lake.", Place.RIVER, IntExt.EXT),
        ("She sat on the veranda.", Place.GARDEN, IntExt.EXT),
    ],
)
def test_places_by_their_prepositions(sentence: str, place: Place, int_ext: IntExt) -> None:
    found = opening_setting(sentence)
    assert found is not None
    assert (found.place, found.int_ext) == (place, int_ext)


@pytest.mark.parametrize(
    "sentence",
    [
        "He thought of the sea.",
        "She had two sons who were at school.",
        "He lived under our roof.",
        "He sat down and puffed at his pipe.",
        "She answered in a flat voice.",
        "They stood ready to go to the office.",
    ],
)
def test_places_that_are_only_spoken_of(sentence: str) -> None:
    assert opening_setting(sentence) is None


def test_what_is_looked_out_at_is_not_where_they_are() -> None:
    told = "She stood by the window and {} a brown dog walking a wet wall in a muddy yard."
    assert last_setting(told.format("looked out dully at")) is None
    assert last_setting(told.format("fed")) is not None


@pytest.mark.parametrize(
    ("action", "place"),
    [
        ("They share a plain look.", Place.LANDSCAPE),
        ("Nora reads the field report twice.", Place.LANDSCAPE),
        ("Piet signs a bridge loan, and nods.", Place.LANDSCAPE),
        ("She wears a forest green coat.", Place.LANDSCAPE),
        ("Cows graze in the fields.", Place.FIELD),
        ("The field is wet.", Place.FIELD),
        ("In the field stand two men.", Place.FIELD),
        ("At the river Nora waits.", Place.RIVER),
        ("The forest sleeps.", Place.FOREST),
        ("The garden gate is open.", Place.GARDEN),
        ("They cross the bridge again.", Place.BRIDGE),
    ],
)
def test_a_word_for_a_place_that_only_says_of_what_sort_something_is_tells_no_place(action: str, place: Place) -> None:
    made = direct(read(f"EXT. XANADU - DAY\n\n{action}\n\nNORA\nHello.\n", "a.fountain"))
    assert made.scenes[0].place is place
    assert opening_setting("He sat with her, and they shared a plain look.") is None


def test_the_room_is_the_one_they_are_in_and_so_is_its_bed() -> None:
    text = (
        "Anna sat in the parlour and sewed.\n\n“Is he awake?” asked Boris.\n\nBoris came into the room.\n\n"
        "“Look,” said Anna.\n\nBoris went to the desk.\n\n“Nothing,” said Boris."
    )
    assert [scene.place for scene in story(text).scenes] == [Place.LIVING_ROOM]


def test_a_place_told_in_a_tag_divides_no_conversation() -> None:
    text = (
        "Anna and Boris sat in the kitchen.\n\n“He will laugh,” she said, as they sat in the garden.\n\n“Let him.”\n\n"
        "“I do,” said Anna."
    )
    assert len(story(text).scenes) == 1


def test_a_story_reaches_its_place_late() -> None:
    text = (
        "Anna was angry with Boris. He knew it.\n\n“Come,” said Anna.\n\n“Where?” asked Boris.\n\n"
        "They came to the foot of the slope, and stood on the wet ground of the catacombs.\n\n“Here,” said Anna."
    )
    places = [scene.place for scene in story(text).scenes]
    assert places == [Place.LANDSCAPE, Place.BASEMENT]


def test_other_people_are_another_scene() -> None:
    one = "Anna mended the net. Anna hummed.\n\nAnna tied a knot.\n\n"
    other = "Boris counted coins. Boris swore.\n\nBoris locked the chest.\n\nBoris blew out the lamp."
    assert len(story(one + other).scenes) == 2
    assert len(story(one + "Boris came in.\n\nAnna looked at Boris.\n\nBoris sat.").scenes) == 1


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("In the small hours the train came in.", TimeOfDay.NIGHT),
        ("She read by candlelight.", TimeOfDay.NIGHT),
        ("It was noon.", TimeOfDay.DAY),
        ("At twilight they met.", TimeOfDay.DUSK),
        ("That evening he came.", TimeOfDay.DUSK),
        ("When day dawned, she woke.", TimeOfDay.DAWN),
        ("The next day he flew down.", TimeOfDay.DAY),
        ("He had not slept last night.", None),
        ("Every morning he fished.", None),
        ("Once upon a time there was a king.", None),
        ("All day he worked.", None),
    ],
)
def test_times(text: str, time: TimeOfDay | None) -> None:
    assert time_told(text) is time


@pytest.mark.parametrize(
    ("text", "weather"),
    [
        ("A storm of applause.", Weather.CLEAR),
        ("There was not a cloud in the sky, and no wind.", Weather.CLEAR),
        ("He winds the clock.", Weather.CLEAR),
        ("A snow-white bird sang.", Weather.CLEAR),
        ("A shower of rain fell.", Weather.RAIN),
        ("The wind rose.", Weather.WIND),
        ("Snowdrifts lay at the door.", Weather.SNOW),
        ("It had not rained since Easter, and there was no sign of rain.", Weather.CLEAR),
        ("The fog was lifting.", Weather.CLOUDY),
    ],
)
def test_weather_is_seen_not_spoken_of(text: str, weather: Weather) -> None:
    assert weather_of([text]) is weather


def test_what_is_sung_or_said_is_not_the_weather() -> None:
    made = direct(read("INT. BAR - DAY\n\nAnna sings.\n\n~The storm is raging\n\nANNA\nSuch rain!", "a.fountain"))
    assert made.scenes[0].weather is Weather.CLEAR
    assert story("Anna sat in the kitchen.\n\n“The storm took him,” said Anna.").scenes[0].weather is Weather.CLEAR


@pytest.mark.parametrize(
    ("text", "int_ext", "location", "time", "elapsed"),
    [
        ("INT./EXT. CAR - MOVING - DAY", IntExt.INT_EXT, "CAR", TimeOfDay.DAY, False),
        ("INT. HOUSE / KITCHEN - LATER", IntExt.INT, "HOUSE - KITCHEN", None, True),
        ("I/E. TRAIN -- 1945 -- NIGHT (FLASHBACK)", IntExt.INT_EXT, "TRAIN", TimeOfDay.NIGHT, True),
        ("EXT. FIELD - JUNE 6, 1944 - DAWN", IntExt.EXT, "FIELD", TimeOfDay.DAWN, False),
        ("INT. HOSPITAL - DAY ROOM - 3 AM", IntExt.INT, "HOSPITAL - DAY ROOM", TimeOfDay.NIGHT, False),
        ("INT. CLUB - 9:30 PM", IntExt.INT, "CLUB", TimeOfDay.NIGHT, False),
        ("EXT. PIER - SAME TIME", IntExt.EXT, "PIER", None, False),
        ("EXT. PIER - MOMENTS LATER", IntExt.EXT, "PIER", None, True),
        ("EXT. PIER - LATER THAT NIGHT", IntExt.EXT, "PIER", TimeOfDay.NIGHT, True),
        ("EXT. PIER - THE NEXT MORNING", IntExt.EXT, "PIER", TimeOfDay.MORNING, True),
        ("EXT. PIER - MAGIC HOUR", IntExt.EXT, "PIER", TimeOfDay.DUSK, False),
        ("INT. NIGHT CLUB - NIGHT", IntExt.INT, "NIGHT CLUB", TimeOfDay.NIGHT, False),
        ("INT. BOB'S / ANNA'S ROOM (DREAM)", IntExt.INT, "BOB'S - ANNA'S ROOM", None, False),
    ],
)
def test_sluglines(text: str, int_ext: IntExt, location: str, time: TimeOfDay | None, elapsed: bool) -> None:
    found = read_slugline(text)
    assert (found.int_ext, found.location, found.time, found.elapsed) == (int_ext, location, time, elapsed)


def test_winter_in_a_heading_is_snow_outside_only() -> None:
    made = direct(read("EXT. FIELD - WINTER - DAY\n\nA.\n\nINT. HUT - WINTER - DAY\n\nB.", "a.fountain"))
    assert [scene.weather for scene in made.scenes] == [Weather.SNOW, Weather.CLEAR]


def test_rows_of_something_do_not_sit() -> None:
    made = direct(read("EXT. FIELD - DAY\n\nANNA, 30, waits. Rows of pines under snow. Anna walks.\n", "a.fountain"))
    assert all(one.pose is not Pose.SIT for shot in made.shots for one in shot.staging)


def test_more_scenes_than_a_film_may_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("film.direction.scenes.MAX_SCENES", 2)
    with pytest.raises(InvalidScript, match="3 scenes; a film has at most 2"):
        direct(read("INT. A - DAY\n\nA.\n\n" * 3, "a.fountain"))


_ROOM_AND_STREET = (
    "Nora counted the coins twice. That was all there was. She stood by the window and looked out at a dog asleep in "
    "the yard.\n\nShe put on her hat, and she fluttered out of the door and down the stairs to the street.\n\n"
    "A tram went by. Nora waved at it.\n\nIt did not stop. Nora ran after it.\n\nNora fell.\n\nNora got up again.\n\n"
    "Nora laughed.\n\nNora walked on.\n\n"
    "At 7 o'clock the soup was on the stove, and the frying-pan was hot beside the kettle.\n\n"
    'The door opened and Abel stepped in.\n\n"You are late," said Nora.\n\n"Am I?" asked Abel, tiredly.\n'
)


def test_a_story_that_names_no_room_is_in_one_until_somebody_goes_out() -> None:
    made = story(_ROOM_AND_STREET)
    assert [(scene.place, scene.int_ext) for scene in made.scenes] == [
        (Place.ROOM, IntExt.INT),
        (Place.STREET, IntExt.EXT),
        (Place.KITCHEN, IntExt.INT),
    ]
    enters = next(shot for shot in made.shots if shot.action.startswith("The door opened"))
    assert enters.subjects == ("abel",)
    assert "tiredly." not in {shot.action for shot in made.shots}


def test_a_father_and_a_son_of_one_surname_are_two() -> None:
    told = (
        "Mr. Pell and his son Conrad mended a net on the quay. Mrs. Pell counted the corks.\n\n"
        '"It is late," said Mr. Pell.\n\n"I am coming," said Conrad Pell.\n\n"Good," said Mr. Pell.'
    )
    assert people(told) == {"Mr. Pell": 2, "Conrad Pell": 1, "Mrs. Pell": 0}


def test_who_has_left_a_room_of_a_story_is_not_seen_in_it() -> None:
    made = story(
        'Vera and Ned sat in the kitchen.\n\nVera left the room.\n\n"Where is she?" asked Ned.\n\nNed ate alone.'
    )
    [asks] = [shot for shot in made.shots if any(line.text == "Where is she?" for line in shot.dialogue)]
    assert asks.subjects == ("ned",)


_TEA = (
    "Anna stood in the kitchen.\n\n“You are late,” said Anna, pouring the tea, “and it is cold.” Boris sat down.\n\n"
    "“The train stopped,” Boris said. He took the cup.\n\n“Where?” asked Anna.\n\nBoris drank his tea.\n"
)


def test_words_and_what_is_done_while_they_are_spoken_are_one_shot() -> None:
    shots = story(_TEA).shots
    (pouring,) = [shot for shot in shots if "pouring the tea" in shot.action]
    assert [line.text.strip() for line in pouring.dialogue] == [
        "You are late,",
        "said Anna, pouring the tea,",
        "and it is cold.",
    ]
    assert [line.character for line in pouring.dialogue] == ["anna", "narrator", "anna"]
    assert pouring.subjects[0] == "anna"


def test_what_is_done_after_a_speech_is_a_shot_of_its_own() -> None:
    shots = story(_TEA).shots
    (stopped,) = [shot for shot in shots if any("stopped" in line.text for line in shot.dialogue)]
    assert stopped.action == ""
    assert any(shot.action == "He took the cup." for shot in shots)


def test_a_long_speech_and_a_long_tag_are_two_shots() -> None:
    speech = "I have told you again and again that nobody may open that window before the wind has gone down,"
    tag = "said Anna, pouring the tea into the cup with the blue rim that nobody in the house had ever been allowed to"
    shots = story(f"Anna stood in the kitchen.\n\n“{speech}” {tag} touch.\n").shots
    spoken = [shot for shot in shots if any(line.character == "anna" for line in shot.dialogue)]
    assert not any("pouring" in shot.action for shot in spoken)
    assert any("pouring" in shot.action for shot in shots)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("A police car rolled past the end of the street.", None),
        ("They gathered in the square and looked up at the sky.", Place.VILLAGE),
        ("So we took the train to Hexley.", Place.TRAIN),
        ("She had been married to Tobias Marsh for a week.", None),
        ("That evening at supper the lodgers stared at him.", Place.LIVING_ROOM),
    ],
)
def test_where_a_sentence_says_that_they_are(sentence: str, place: Place | None) -> None:
    told = [setting.place for setting, sure in settings_in(sentence) if sure]
    assert told == ([] if place is None else [place])


def test_a_place_that_a_sentence_tells_of_is_where_they_are_but_for_what_is_seen_from_afar() -> None:
    forest = subject_setting("The forest was dark and very still.")
    assert forest is not None
    assert forest.place is Place.FOREST
    assert subject_setting("The house was dark.") is None


def test_a_morning_that_a_paragraph_begins_with_is_a_scene() -> None:
    made = story("Nell slept in the kitchen.\n\nIt was dawn when Nell came to the forest.\n")
    assert [(one.place, one.time_of_day) for one in made.scenes] == [
        (Place.KITCHEN, TimeOfDay.DAY),
        (Place.FOREST, TimeOfDay.DAWN),
    ]


def test_whoever_does_not_venture_home_is_not_there() -> None:
    found = last_setting("She sat in the street. But she grew cold, and to go home she did not venture.")
    assert found is not None
    assert found.place is Place.STREET
