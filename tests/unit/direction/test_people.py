"""Who is who in a screenplay: cues, aliases, groups, ages, looks, and who matters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.direction.ages import age_in
from film.direction.cast import Cast, cue_name, screenplay_cast
from film.script import read
from schemas.script import Breakdown
from tests.effort import tries


def film(text: str) -> Breakdown:
    return direct(read(text, "a.fountain"))


def cast(text: str) -> Cast:
    return screenplay_cast(read(text, "a.fountain").elements)


def speaking(*cues: str, action: str = "Rain.", apart: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    """Names and aliases of those who speak under some cues; `apart` gives each a scene of its own."""
    between = "\n\nINT. B - DAY\n\n" if apart else "\n\nX\nHm?\n\n"
    text = f"INT. A - DAY\n\n{action}\n\n" + between.join(f"{cue}\nHello." for cue in cues)
    return [(one.name, one.aliases) for one in cast(text).characters if one.speeches and one.name != "X"]


@pytest.mark.parametrize(
    ("cue", "name"),
    [
        ("ANNA (PRE-LAP)", "ANNA"),
        ("ANNA (FILTERED) (CONT'D)", "ANNA"),
        ("ANNA [SUBTITLED]", "ANNA"),
        ("ANNA (in French)", "ANNA"),
        ("ANNA (V.O", "ANNA"),
        ("ANNA - V.O.", "ANNA"),
        ("ANNA, O.S.", "ANNA"),
        ("ANNA INTO PHONE", "ANNA"),
        ("ANNA CONT’D", "ANNA"),
        ("VOICE OF ANNA", "ANNA"),
        ("ANNA’S VOICE (O.S.)", "ANNA"),
        ("ANNA'S INNER VOICE", "ANNA"),
        ("ANNA ON THE PHONE", "ANNA"),
        ("VOICE ON RADIO", "VOICE ON RADIO"),
        ("MAN ON TV", "MAN ON TV"),
        ("DR. ZUBOV", "DR. ZUBOV"),
        ("COP #1", "COP #1"),
        ("(V.O.)", "(V.O.)"),
        ("PHONE", "PHONE"),
    ],
)
def test_what_is_said_how_is_no_part_of_a_name(cue: str, name: str) -> None:
    assert cue_name(cue) == name


def test_a_doctor_is_one_under_all_his_names() -> None:
    found = speaking("DR. ANDREI ILYICH ZUBOV", "ZUBOV", "ANDREI", "DR ZUBOV", apart=True)
    assert found == [("DR. ANDREI ILYICH ZUBOV", ("ZUBOV", "ANDREI", "DR ZUBOV"))]


def test_punctuation_makes_nobody_else() -> None:
    assert len(speaking("MR. X", "MR X", "COP #1", "COP 1")) == 2


@pytest.mark.parametrize(
    "cues",
    [
        ("MR. BENNET", "MRS. BENNET", "BENNET"),
        ("ANNA", "YOUNG ANNA"),
        ("ANNA", "ANNA'S MOTHER"),
        ("JOHN SMITH", "JOHN SMITH JR."),
        ("COP #1", "COP #2", "COP"),
        ("MAN", "OLD MAN", "MAN ON BUS"),
        ("DR. SMITH", "MR. SMITH"),
        ("BOB", "EVIL BOB", "BOB'S TWIN"),
        ("MARY", "MARY ANN"),
        ("???", "!!", "..."),
    ],
)
def test_those_who_are_not_clearly_one_stay_apart(cues: tuple[str, ...]) -> None:
    play = read("INT. A - DAY\n\nRain.\n\n" + "\n\n".join(f"@{cue}\nHello." for cue in cues), "a.fountain")
    assert len(screenplay_cast(play.elements).characters) == len(cues)


def test_groups_speak_together_and_are_seen_by_their_members() -> None:
    made = film(
        "INT. A - DAY\n\nJOHN\nOne, two, and now together with me.\n\nMARY\nYes.\n\nJOHN AND MARY\nGo!\n\nALL\nHurrah!"
    )
    group = next(one for one in made.characters if one.name == "JOHN AND MARY")
    assert group.members == ("john", "mary")
    for shot in made.shots:
        assert "john-and-mary" not in shot.subjects
        assert "all" not in shot.subjects
    assert [line.character for shot in made.shots for line in shot.dialogue][-2:] == ["john-and-mary", "all"]


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("ANNA, 40, a nurse", 40),
        ("ANNA (late 30s)", 38),
        ("ANNA (50s)", 55),
        ("ANNA (mid-20s)", 25),
        ("ANNA, early forties,", 42),
        ("ANNA (30-36), a nurse", 33),
        ("ANNA, twenty-five, in a coat", 25),
        ("a girl of nine", 9),
        ("a 7-year-old boy", 7),
        ("ANNA, seven years old", 7),
        ("ANNA, a woman aged 61", 61),
        ("ANNA (teens)", 16),
        ("ANNA, 40ish", 40),
        ("ANNA, one of the guards", None),
        ("ANNA, 1945", None),
        ("ANNA, a nurse", None),
    ],
)
def test_ages(words: str, age: int | None) -> None:
    assert age_in(words) == age


def test_an_introduction_tells_what_is_worn() -> None:
    action = "ANNA (50s), a tall nurse, enters, wearing a red coat. Her hair is white. She sits."
    (anna,) = cast(f"INT. A - DAY\n\n{action}\n\nANNA\nHi.").characters
    assert anna.description == "ANNA (50s), a tall nurse, wearing a red coat. Her hair is white"
    assert anna.age == 55


def test_who_has_cues_may_be_introduced_without_capitals() -> None:
    (anna,) = cast("INT. A - DAY\n\nAnna, 31, a nurse in a blue dress, drives.\n\nANNA\nHi.").characters
    assert (anna.description, anna.age) == ("Anna, 31, a nurse in a blue dress", 31)


def test_things_in_capitals_are_nobody() -> None:
    action = "A GUN, a heavy one, lies there. CRASH. A BLACK SUV, a big thing, stops. SMASH CUT."
    assert [one.name for one in cast(f"INT. A - DAY\n\n{action}\n\nANNA\nHi.").characters] == ["ANNA"]


def test_who_leads_matters_most() -> None:
    lines = "ANNA\nOne.\n\nBO\nTwo.\n\nANNA\nThree.\n\n"
    made = film(
        f"INT. A - DAY\n\n{lines}INT. B - DAY\n\nAnna waits. CARL, a guard, passes.\n\nANNA\nFour.\n\n"
        "Anna sits.\n\nAnna sleeps."
    )
    importance = {one.name: one.importance for one in made.characters}
    assert importance["ANNA"] == 1.0
    assert 1.0 > importance["BO"] > importance["CARL"] > 0.0


@settings(max_examples=tries(60, 6))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ANNA", "BO", "CARL", "DORA"]),
            st.sampled_from(["", " (V.O.)", " (O.S.) (CONT'D)", " (PRE-LAP)", " (INTO PHONE)", "'S VOICE", " V.O."]),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_there_are_as_many_speakers_as_names(cues: list[tuple[str, str]]) -> None:
    text = "INT. A - DAY\n\nRain.\n\n" + "\n\n".join(f"{name}{how}\nHello." for name, how in cues)
    found = {one.name: one.speeches for one in cast(text).characters}
    assert found == {name: sum(one == name for one, _ in cues) for name, _ in cues}


def test_names_with_accents_are_introduced_like_others() -> None:
    script = (
        "INT. CAFE - DAY\n\nRENÉE (30), in a red dress, waits. ØYVIND (12) enters.\n\n"
        "RENÉE\nYou are late.\n\nØYVIND\nI know that.\n"
    )
    people = {person.name: person for person in direct(read(script, "a.fountain")).characters}
    assert {name: person.age for name, person in people.items()} == {"RENÉE": 30, "ØYVIND": 12}
    assert "red dress" in people["RENÉE"].description


@pytest.mark.parametrize(
    ("action", "cues", "people"),
    [
        ("NORA LINDT (34) enters.", ("NORA", "LINDT", "MS. LINDT"), 1),
        ("NORA LINDT (34) enters.", ("LINDT", "NORA LINDT", "X", "MS. LINDT"), 2),
        ("NORA LINDT enters.", ("LINDT", "NORA"), 1),
        ("NORA LINDT (34) and CARL LINDT (30) enter.", ("NORA", "CARL", "LINDT"), 3),
        ("CARL LINDT (30) enters.", ("CARL", "MR. LINDT"), 2),
        ("NORA LINDT (9) enters.", ("NORA", "X", "MS. LINDT"), 3),
        ("NORA LINDT (34) enters. LINDT, a man of 60, follows.", ("NORA", "LINDT"), 2),
        ("NORA LINDT (34) enters.", ("NORA", "MRS. LINDT"), 2),
        ("ROBOT BOB (34) enters.", ("ROBOT BOB", "BOB"), 2),
    ],
)
def test_a_surname_is_that_of_the_only_one_who_is_introduced_with_it(
    action: str, cues: tuple[str, ...], people: int
) -> None:
    text = f"INT. A - DAY\n\n{action}\n\n" + "\n\n".join(f"{cue}\nHello." for cue in cues)
    assert len([one for one in cast(text).characters if one.speeches]) == people
