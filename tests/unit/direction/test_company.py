"""People whom a screenplay does not name: groups, men and women, and who is somebody by what they do alone."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.script import read
from schemas.script import Breakdown


def film(*scenes: str) -> Breakdown:
    text = "\n\n".join(f"INT. ROOM {number} - DAY\n\n{scene}" for number, scene in enumerate(scenes))
    return direct(read(text, "a.fountain"))


def last(*scenes: str) -> set[str]:
    return set(film(*scenes).shots[-1].subjects)


def ids(*scenes: str) -> list[str]:
    return [person.id for person in film(*scenes).characters]


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("ANNA, a nurse, waits.\n\nMARY follows.", {"mary"}),
        ("ANNA, a nurse, waits.\n\nMary smiles.", {"mary"}),
        ("ANNA, a nurse, waits.\n\nKORVATH nods.", {"korvath"}),
        ("ANNA, a nurse, waits.\n\nEnter JOHN and his dog REX.", {"john", "rex"}),
        ("ANNA, a nurse, waits.\n\nENTER PAUL and GRETA.", {"paul", "greta"}),
        ("ANNA, a nurse, waits.\n\nAnna turns as TOM enters.", {"anna", "tom"}),
        ("ANNA, a nurse, waits.\n\nA footman bows.", {"footman"}),
        ("ANNA, a nurse, waits.\n\nTwo uniformed officers nod.", {"officer"}),
    ],
)
def test_who_enters_or_does_what_people_do_is_seen(action: str, who: set[str]) -> None:
    assert last(action) == who


@pytest.mark.parametrize(
    "action",
    [
        "SILENCE follows.",
        "THUNDER rolls. SIRENS wail.",
        "The KNIFE falls.",
        "Paris sleeps.",
        "Grace fills the room.",
        "A text from MOM: Call me.",
        "Mary's coat hangs there.",
        "BOOM! A letter from JOHN burns.",
    ],
)
def test_what_does_no_deed_of_people_is_nobody(action: str) -> None:
    assert ids(f"ANNA, a nurse, waits.\n\n{action}") == ["anna"]


def test_a_part_of_a_name_is_nobody_new() -> None:
    assert ids("ANNA KARENINA (30) waits.\n\nANNA smiles. Anna nods. KARENINA sits.") == ["anna-karenina"]


_HERE = (
    "ANNA (30), CARL (40), a soldier, and DAN (41), a soldier, sit at a table.\n\n"
    "Her daughter EVA (9) sleeps. Her son FINN (11) reads.\n\n"
)


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("The men look at each other.", {"carl", "dan"}),
        ("The soldiers rise.", {"carl", "dan"}),
        ("The children run.", {"eva", "finn"}),
        ("Carl follows the kids.", {"carl", "eva", "finn"}),
        ("The boy laughs.", {"finn"}),
        ("Anna strokes the girl's hair.", {"anna", "eva"}),
        ("The crowd roars.", set()),
        ("The family car waits.", set()),
        ("The man at the bar turns.", {"man"}),
    ],
)
def test_nouns_of_several_mean_those_who_are_there(action: str, who: set[str]) -> None:
    assert last(_HERE + action) == who


def test_men_of_whom_nothing_tells_are_no_strangers() -> None:
    people = "VOSS (40) and QUILL (41) share a cigarette.\n\nVOSS\nCold.\n\nQUILL\nYes.\n\n"
    assert ids(f"{people}The men press into the mud.") == ["voss", "quill"]
    assert last(f"{people}The men press into the mud.") == {"voss", "quill"}
    assert ids("The men row.") == ["man"]
    assert ids(f"{people}Two men row.") == ["voss", "quill", "man"]


def test_soldiers_who_are_named_behind_a_colon_are_they() -> None:
    named = "Two soldiers share a cigarette: CORPORAL WYNN, 40, and PRIVATE SOTO, 19.\n\nThe soldiers rise."
    assert ids(named) == ["corporal-wynn", "private-soto"]


def test_a_family_is_those_of_one_name_or_kin() -> None:
    people = "NORA LINDT (34) and CARL LINDT (36) wait with DR. MOSS (50).\n\n"
    assert last(f"{people}The whole family sits.") == {"nora-lindt", "carl-lindt"}


def test_all_three_count_sentences_not_only_the_first() -> None:
    people = "ANNA (30), BEA (31) and CLEO (32) wait.\n\n"
    assert last(f"{people}The door opens. Anna points. All three leave.") == {"anna", "bea", "cleo"}


def test_they_before_anybody_is_named_are_those_who_speak_in_the_scene() -> None:
    made = film("Rain.", "A doll. A cradle.\n\nSomething moves behind them.\n\nKYLE\nJess?\n\nJESS\nWhat?")
    assert set(made.shots[2].subjects) == {"kyle", "jess"}


def test_a_friend_is_no_woman_because_she_is_hers() -> None:
    made = film("PRIYA, a bride, waits. Her best friend, DEV, laughs.\n\nDEV\nHey.\n\nShe types.")
    assert made.shots[-1].subjects == ("priya",)


def test_numbered_cues_are_those_of_whom_the_action_tells_together() -> None:
    made = film("LEE (40) waits.\n\nTwo cops enter.\n\nCOP 1\nEvening.\n\nLEE\nYes?\n\nCOP #2\nEvening.")
    assert set(made.shots[1].subjects) == {"cop-1", "cop-2"}


def test_a_noun_with_an_indefinite_article_is_nobody_who_bears_it_in_a_name() -> None:
    made = film("MAMA MOUSE (40) bakes.", "PIP (a small mouse, 8) runs.\n\nPIP\nHey!")
    assert made.shots_of(1)[0].subjects == ("pip",)


@pytest.mark.parametrize("action", ["Both gulp.", "The two skid to a halt.", "Both men gulp."])
def test_what_both_do_needs_no_known_verb(action: str) -> None:
    assert last(f"CARL (40) and DAN (41) wait.\n\nANNA (30) enters and leaves.\n\n{action}") == {"carl", "dan"}


@pytest.mark.parametrize("action", ["Both doors slam.", "Both front doors slam.", "Both feet slip."])
def test_both_doors_are_nobody(action: str) -> None:
    assert last(f"CARL (40) and DAN (41) wait.\n\n{action}") == set()


def test_an_article_makes_nobody_new() -> None:
    assert ids("A GUARD rounds the corner.\n\nTHE GUARD yawns.") == ["guard"]


def test_a_rank_and_a_name_are_somebody_by_what_they_do() -> None:
    assert ids("ANNA, a nurse, waits.\n\nWIDOW HARKNESS pushes through. The ROBOT ARM moves.") == [
        "anna",
        "widow-harkness",
    ]
