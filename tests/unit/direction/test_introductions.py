"""How people are introduced: whole phrases about one person, ages, and what in capitals is nobody."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.direction.ages import age_in
from film.script import read
from schemas.script import Breakdown, Character


def film(action: str, *cues: str) -> Breakdown:
    speech = "\n\n".join(f"{cue}\nHello." for cue in cues)
    return direct(read(f"INT. A - DAY\n\n{action}\n\n{speech}", "a.fountain"))


def person(action: str, cue: str = "ANNA") -> Character:
    return next(one for one in film(action, cue).characters if one.name == cue)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("ANNA, mid-forties, in a white coat, studies a chart.", "ANNA, mid-forties, in a white coat"),
        ("ANNA (55, power suit) slams a door.", "ANNA (55, power suit)"),
        ("ANNA (22), freckled, sweats.", "ANNA (22), freckled"),
        ("ANNA, a tall woman in green scrubs, leans over.", "ANNA, a tall woman in green scrubs"),
        (
            "ANNA, 41, a leather jacket over a Ramones T-shirt, sits.",
            "ANNA, 41, a leather jacket over a Ramones T-shirt",
        ),
        ("ANNA (50), rumpled, and his partner DIANE (29) sit.", "ANNA (50), rumpled"),
        ("ANNA (forty-two, glasses) and young LEE enter.", "ANNA (forty-two, glasses)"),
        ("ANNA -- eighties, frail, pearls -- follows him.", "ANNA -- eighties, frail, pearls"),
        ("ANNA, an FBI agent with a limp, hands him a letter.", "ANNA, an FBI agent with a limp"),
        ("ANNA, a tall WOMAN in a red DRESS, holds a KNIFE.", "ANNA, a tall WOMAN in a red DRESS"),
        ("ANNA, 35, 6'2\", waits.", "ANNA, 35, 6'2\""),
        ("ANNA, a nurse from St. Mary's, looks up.", "ANNA, a nurse from St. Mary's"),
        ("ANNA (17, braces, a bag bigger than she is) waits.", "ANNA (17, braces, a bag bigger than she is)"),
        ("ANNA, 80, medals on her chest, looks at the sea.", "ANNA, 80, medals on her chest"),
        ("We'll call her ANNA from now on.", ""),
        ("ANNA.", ""),
        ("Here comes ANNA.", ""),
        ("ANNA, the old\nferryman, rows.", "ANNA, the old ferryman"),
    ],
)
def test_a_description_is_whole_phrases_about_one_person(action: str, words: str) -> None:
    assert person(action).description == words


def test_several_in_one_sentence_have_each_their_own_words() -> None:
    action = (
        "Enter ANNA (mid-forties), rumpled suit, and her partner BEN (29), in a leather jacket. Behind them CARL, a "
        "boy of nine with freckles, and DORA, seven, hold hands."
    )
    made = {one.name: (one.description, one.age) for one in film(action, "ANNA", "BEN", "CARL", "DORA").characters}
    assert made == {
        "ANNA": ("ANNA (mid-forties), rumpled suit", 45),
        "BEN": ("her partner BEN (29), in a leather jacket", 29),
        "CARL": ("CARL, a boy of nine with freckles", 9),
        "DORA": ("DORA, seven", 7),
    }


def test_what_is_said_of_all_is_everybodys() -> None:
    made = film("MAN #1 and MAN #2, thugs in cheap suits, block the door.", "MAN #1", "MAN #2")
    assert [one.description for one in made.characters] == [
        "MAN #1, thugs in cheap suits",
        "MAN #2, thugs in cheap suits",
    ]
    made = film("JANE (22), MARY and LYDIA (15), all in muslin, sit.", "JANE")
    assert {one.name: one.age for one in made.characters} == {"JANE": 22, "MARY": None, "LYDIA": 15}
    assert made.characters[1].description == "MARY, all in muslin"


@pytest.mark.parametrize(
    ("action", "age"),
    [
        ("ANNA, sixteen going on thirty, chews gum.", 16),
        ("ANNA -- a fortysomething accountant -- waits.", 45),
        ("ANNA, pushing fifty, limps in.", 50),
        ("ANNA is 33, with a son of four on her hip.", 33),
        ("ANNA, an 80s rocker in 90s clothes, waits.", None),
        ("ANNA, formerly a nun, now fifty, waits.", 50),
        ("ANNA, a man in his sixties with an eye patch, waits.", 65),
        ("ANNA, barely twenty-five, waits.", 25),
    ],
)
def test_ages_are_read_from_introductions(action: str, age: int | None) -> None:
    assert person(action).age == age


@pytest.mark.parametrize(
    "action",
    [
        "ST. MARY'S HOSPITAL, a grey building, looms. An ambulance from ST. JOHN'S, a rival clinic, waits.",
        'SUPER: "MARCH, 1945"',
        "APRIL. AUGUST, a hot one.",
        "She reads MOBY DICK, an old edition with a torn cover.",
        "She reads THE OLD MAN AND THE SEA, a paperback.",
        "The WASHINGTON MONUMENT (1884) stands. KENNEDY AIRPORT, a sprawl of concrete.",
        "The SS MARGARET, a rusty freighter, leaves. A FORD MUSTANG (1967) roars.",
        "O'MALLEY'S, a dive bar for old sailors. TIFFANY'S, across the street, glitters.",
        "BANG! CRASH! A COCA-COLA machine, the red one, hums. CLOSE ON the JOHN DEERE tractor.",
        "THE NEW YORK TIMES, a week old, lies there. THE WHITE HOUSE, a symbol of power.",
        "Her husband's photo hangs there. His father's truck rusts. A brother would have fixed it.",
        "St. Mary's Hospital burns. She wears her brother's coat.",
    ],
)
def test_places_papers_ships_days_and_kin_elsewhere_are_nobody(action: str) -> None:
    assert [one.name for one in film(action, "ANNA").characters] == ["ANNA"]


@pytest.mark.parametrize(
    ("action", "there"),
    [
        ("A bus leaves St. Mary's Hospital.", False),
        ("People walk in Mary Street.", False),
        ("Snow falls on Mary's house.", False),
        ("Rain runs down Mary's face.", True),
        ("Mary's asleep on the floor.", True),
        ("Mary sleeps.", True),
    ],
)
def test_who_only_gives_a_name_to_something_is_not_in_the_picture(action: str, there: bool) -> None:
    text = f"INT. A - DAY\n\nMARY\nHello.\n\nEXT. B - DAY\n\n{action}"
    made = direct(read(text, "a.fountain"))
    seen = {who for shot in made.shots if shot.scene == 1 for who in shot.subjects}
    assert ("mary" in seen) is there


def test_whoever_is_named_right_after_is_no_other() -> None:
    made = film("A man picks it up: JAMES OKORO, thirty-two. A girl skips along. This is ROTKA, eleven.", "ROTKA")
    assert [one.name for one in made.characters] == ["JAMES OKORO", "ROTKA"]


def test_a_story_tells_saints_and_spellings_from_people() -> None:
    story = (
        "Anna Brandt, a tall woman of forty in a grey coat, came out of St. Mary's Hospital. She wore her brother's "
        "scarf. They went to Saint Anne and to the Church of St. Peter, and it rained all day in the old town.\n\n"
        '"One coffee," Anna said. "And one for Renée."\n\nRenee laughed. "I\'m here," said Renée.\n'
    )
    made = direct(read(story, "a.txt"))
    assert [one.name for one in made.characters] == ["Anna Brandt", "Renée"]
    assert made.characters[0].description.startswith("Anna Brandt, a tall woman of forty in a grey coat. She wore")


@pytest.mark.parametrize(
    ("action", "cue", "found"),
    [
        (
            "NORA LINDT, former harbour pilot, sits down.",
            "NORA",
            ("NORA LINDT", "NORA LINDT, former harbour pilot", None),
        ),
        ("A thin, pale boy, OTTO, waits.", "OTTO", ("OTTO", "A thin, pale boy, OTTO", None)),
        ("A thin, pale boy, OTTO, waits.", "", ("OTTO", "A thin, pale boy, OTTO", None)),
        (
            "This is PER HALVORSEN. He is 58 years old, with a grey beard. He nods.",
            "PER",
            ("PER HALVORSEN", "PER HALVORSEN. He is 58 years old, with a grey beard", 58),
        ),
        ("This is PER HALVORSEN. He's 58, a miner.", "", ("PER HALVORSEN", "PER HALVORSEN. He's 58, a miner", 58)),
        ("RITA: 33, freckled, in a green gown.", "", ("RITA", "RITA: 33, freckled, in a green gown", 33)),
        ("GRETA, bearded, burly, eats.", "", ("GRETA", "GRETA, bearded, burly", None)),
    ],
)
def test_people_are_introduced_without_an_article(action: str, cue: str, found: tuple[str, str, int | None]) -> None:
    (one,) = film(action, *filter(None, [cue])).characters
    assert (one.name, one.description, one.age) == found


@pytest.mark.parametrize("action", ["IDA and UTE, 9, play.", "TWINS IDA and UTE, 9, play.", "We see IDA and UTE, 9."])
def test_one_age_behind_two_names_is_that_of_both(action: str) -> None:
    assert [(one.name, one.age) for one in film(action, "IDA", "UTE").characters] == [("IDA", 9), ("UTE", 9)]


@pytest.mark.parametrize(
    "action",
    [
        "LUNCH, with his brother, is over. GATE: 12, left. TIME: 33. NOON, quietly, comes.",
        "A dog, a cat, the MARKET, slow and grey, sleeps. SLAM. He is 40 now.",
        "ANNA SCREAMS, ANNA FALLS, and the BELL, cold, rings.",
    ],
)
def test_other_words_in_capitals_are_still_nobody(action: str) -> None:
    assert [one.name for one in film(action, "ANNA").characters] == ["ANNA"]


@pytest.mark.parametrize("line", ["INTERCUT - {}", "BEGIN INTERCUT - {}", "ANGLE ON {}", "ON {}."])
@pytest.mark.parametrize("both", ["ANNA AND BOB", "BOB & ANNA", "ANNA AND BOB AND CARL"])
def test_two_in_one_breath_are_nobody_new(line: str, both: str) -> None:
    made = film(f"Rain.\n\n{line.format(both)}", "ANNA", "BOB", "CARL")
    assert {one.name for one in made.characters} == {"ANNA", "BOB", "CARL"}


def test_ages_may_be_counted_from_the_ones() -> None:
    assert age_in("HARRIET, five and twenty, in grey") == 25
    assert age_in("a woman of three and thirty") == 33
