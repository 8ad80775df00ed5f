"""Each rule has a name, decides what it says, and is in the page for filmmakers."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.direction.grammar import PRINCIPLES, RULES
from film.script import read
from schemas.enums import Place, ShotSize, Side
from schemas.script import Breakdown
from tests.effort import tries

_PAGE = Path(__file__).parents[3] / "docs" / "directing.md"
_INTRO = "INT. HOUSE - DAY\n\nANNA, a tall woman, sits by the fire. BO, an old man, stands behind her.\n\n"
_LONG = "I came here every day of that summer. I sat in this chair and looked at the river. Nobody came. " * 2


def film(text: str) -> Breakdown:
    return direct(read(text, "a.fountain"))


def test_every_rule_and_principle_is_in_the_page() -> None:
    page = _PAGE.read_text(encoding="utf-8")
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert [name for name in (*names, *PRINCIPLES) if f"`{name}`" not in page] == []
    assert [rule.says for rule in RULES if rule.says not in page] == []


@pytest.mark.parametrize(
    ("rule", "text", "size", "subjects"),
    [
        ("note", _INTRO + "[[close on Bo]]\n\nHe nods.", ShotSize.CU, ("bo",)),
        ("script_camera", _INTRO + "WIDE ON the garden.", ShotSize.WS, ()),
        ("establishing", "EXT. BEACH - DAY\n\nWaves.", ShotSize.EWS, ()),
        ("establishing", "INT. BAR - DAY\n\nAnna waits.\n\nINT. BAR - NIGHT\n\nSmoke.", ShotSize.WS, ()),
        ("master", _INTRO + "EXT. ROAD - DAY\n\nRain.\n\nINT. HOUSE - DAY\n\nAnna and Bo wait.", ShotSize.WS,
         ("anna", "bo")),
        ("insert", _INTRO + "The phone rings.", ShotSize.ECU, ()),
        ("insert", _INTRO + 'Bo bends over it.\n\n"CALL HOME"', ShotSize.ECU, ()),
        ("silence", _INTRO + "ANNA\nDid you love her?\n\nBO\nYou know that I did.\n\nA long silence.", ShotSize.MCU,
         ("anna",)),
        ("two_shot", _INTRO + "ANNA\nReady?\n\nBO\nReady.", ShotSize.MS, ("anna", "bo")),
        ("off_screen", _INTRO + "BO\nWho is calling us so late?\n\nEVA (V.O.)\nIt is only me, from the station.",
         ShotSize.MCU, ("bo",)),
        ("reaction", _INTRO + f"BO\nTell me.\n\nANNA\n{_LONG}", ShotSize.MCU, ("bo",)),
        ("over_the_shoulder", _INTRO + "ANNA\nWhere have you been all these years?", ShotSize.MS, ("anna", "bo")),
        ("shot_and_reverse", _INTRO + "ANNA\nWhere have you been all these years?\n\nBO\nAt sea, mostly, and ashore.",
         ShotSize.MS, ("bo",)),
        ("single", "INT. CELL - DAY\n\nANNA sits.\n\nANNA\nI should never have come to this place.", ShotSize.MS,
         ("anna",)),
        ("group", _INTRO + "EVA, a young girl, joins them.\n\nAnna, Bo and Eva eat.", ShotSize.WS,
         ("anna", "bo", "eva")),
        ("feeling", _INTRO + "Bo smiles.", ShotSize.MCU, ("bo",)),
        ("action", _INTRO + "Bo runs to the gate.", ShotSize.FS, ("bo",)),
        ("cutaway", _INTRO + "Far away a church stands in the mist.", ShotSize.WS, ()),
    ],
)  # fmt: skip
def test_a_rule_decides_what_it_says(rule: str, text: str, size: ShotSize, subjects: tuple[str, ...]) -> None:
    tail = "" if rule in {"establishing", "cutaway"} else "\n\nFar away a church stands in the mist." * 2
    found = [shot for shot in film(text + tail).shots if shot.rule == rule]
    assert found
    assert (found[-1].size, found[-1].subjects) == (size, subjects)


@pytest.mark.parametrize(
    ("idea", "people"),
    [
        ("A boy befriends a lost dog.", ["boy", "dog"]),
        ("A keeper meets a very lonely whale in the fog.", ["keeper", "whale"]),
        ("A detective hunts a masked cobbler through the fog.", ["detective", "cobbler"]),
        ("A detective hunts a masked swindler through the fog.", ["detective", "swindler"]),
        ("A robot learns to love an abandoned garden.", ["robot"]),
    ],
)
def test_an_idea_has_people_and_no_adjectives(idea: str, people: list[str]) -> None:
    assert [one.name for one in direct(read(idea, "idea.txt")).characters] == people


def test_an_idea_aboard_something_is_seen_from_inside() -> None:
    places = {scene.place for scene in direct(read("A tired nurse rides the last bus home.", "idea.txt")).scenes}
    assert Place.TRAIN in places


def test_an_idea_is_planned() -> None:
    made = direct(read("An old fisherman befriends a dog on a stormy beach.", "idea.txt"))
    assert {shot.rule for shot in made.shots} == {"planned"}


_LINES = st.sampled_from(
    [
        "Where have you been all these years?",
        "No.",
        "I told you that I would come back, and here I am.",
        "Why?! Go away!",
    ]
)
_BODY = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["ANNA", "BO", "EVA", "ANNA (O.S.)"]), _LINES).map("\n".join),
        st.tuples(st.sampled_from(["ANNA", "BO"]), st.just("(beat)"), _LINES).map("\n".join),
        st.sampled_from(
            ["Bo runs to the window.", "The phone rings.", "Anna and Bo laugh.", "Beat.", "Rain.", "CLOSE ON Anna.",
             "ANGLE ON Bo.", "He takes her hand. She smiles at him.", "EVA, a child, enters.", "They wait."]
        ),
    ),
    min_size=1,
    max_size=24,
)  # fmt: skip


@settings(max_examples=tries(80, 8))
@given(_BODY, st.integers(-1, 23))
def test_the_line_is_kept_and_crossed_only_where_the_script_crosses_it(body: list[str], at: int) -> None:
    crossed = 0 <= at < len(body)
    blocks = [*body[:at], "[[cross the line]]\n\n" + body[at], *body[at + 1 :]] if crossed else body
    made = film(_INTRO + "\n\n".join(blocks))
    turns = 0
    sides: dict[str, Side] = {}
    for shot in made.shots:
        for one in shot.staging:
            kept = sides.setdefault(one.character, one.side)
            if kept is not one.side:
                assert {kept, one.side} == {Side.LEFT, Side.RIGHT}
                turns += not turns
                assert crossed
                sides[one.character] = one.side
        places = [one.side for one in shot.staging]
        assert len(set(places)) == len(places)
    for shot in made.shots:
        pair = {one.character: one for one in shot.staging}
        if len(pair) == 2 and shot.rule in {"over_the_shoulder", "two_shot"}:
            left, right = sorted(pair.values(), key=lambda one: list(Side).index(one.side))
            assert left.side is not right.side


@settings(max_examples=tries(80, 8))
@given(_BODY)
def test_no_cut_jumps(body: list[str]) -> None:
    """Two shots of the same people in the same size are cut together only where the script asks for it."""
    made = film(_INTRO + "\n\n".join(body))
    for before, shot in pairwise(made.shots):
        if shot.rule not in {"note", "script_camera"} and before.subjects:
            assert (before.size, before.subjects) != (shot.size, shot.subjects)


def test_reverse_shots_match_in_size() -> None:
    talk = "ANNA\nWhat is it that you want from me now?\n\nBO\nNothing that you could ever give to me.\n\n"
    made = film(_INTRO + talk * 6)
    sizes = [shot.size for shot in made.shots if shot.rule == "shot_and_reverse"]
    assert len(sizes) >= 8
    assert sum(one is not other for one, other in pairwise(sizes)) <= 2


def conversation(third: str, action: str) -> Breakdown:
    first = "ANNA\nWhat is it that you want from me?\n\nBO\nNothing that you could ever give.\n\n"
    return film(_INTRO + first + f"ANNA\n{third}\n\nBO\nThat may be so.\n\n{action}")


def test_the_camera_comes_closer_and_shots_get_shorter_as_tension_rises() -> None:
    calm = conversation("You know it as well as I do.", "He looks at the wheel and at the rope.")
    tense = conversation("The fire, the fire, we die!", "He looks at the danger and at the blood.")
    order = list(ShotSize)
    one, other = (made.shots[3] for made in (calm, tense))
    assert one.subjects == other.subjects == ("anna",)
    assert order.index(other.size) > order.index(one.size)
    assert other.tension > one.tension
    assert tense.shots[-1].frames < calm.shots[-1].frames
    assert all(0 <= at < 1 and 0 <= tension <= 1 for at, tension in tense.pacing_of(0))
    assert tense.pacing_of(0)[0][0] == 0


def test_a_tense_line_changes_no_other_line() -> None:
    calm = conversation("You know it as well as I do.", "He looks at the wheel.")
    tense = conversation("The fire, the fire, we die!", "He looks at the wheel.")
    assert [one.key == other.key for one, other in zip(calm.shots, tense.shots, strict=True)] == [
        number != 3 for number in range(len(calm.shots))
    ]


@pytest.mark.parametrize("tense", range(8))
def test_tense_sentences_of_a_speech_come_closer_and_still_cut(tense: int) -> None:
    said = " ".join(
        f"They {'run from the fire, from the blood' if tense >> at & 1 else 'went away from the house on the hill'}, "
        f"and nobody has seen any of the {what} since that night."
        for at, what in enumerate(("horses", "wagons", "people"))
    )
    made = film(f"{_INTRO}BO\nTell me.\n\nANNA\n{said}\n\nBO\nIs that so?")
    for before, shot in pairwise(made.shots):
        assert (before.size, before.subjects) != (shot.size, shot.subjects)


def test_lines_in_the_middle_of_the_page_are_read_over_the_picture_but_divisions() -> None:
    made = film(
        "> ACT ONE <\n\n" + _INTRO + "> Ten years later <\n\n> END OF ACT ONE <\n\nEXT. FIELD - NIGHT\n\n"
        "> ANNA <\n> AND BO <\n\nEXT. RIVER - DAY\n\nBo swims.\n\nBO\nCold!\n\n> THE END <\n"
    )
    assert [shot.title for shot in made.shots if shot.title] == ["Ten years later", "ANNA / AND BO", "THE END"]
    assert made.shots[-1].title == "THE END"
