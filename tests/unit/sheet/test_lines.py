"""Which of a script's lines stand beside which shot."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.script import open_script, read
from film.sheet.facts import facts_of
from film.sheet.lines import Line, lines_by_shot
from schemas.enums import ElementKind
from schemas.errors import InvalidScript
from tests.effort import tries
from tests.wild import NAMES, mutated

EXAMPLES = Path(__file__).parents[3] / "examples"
_HEADS = {ElementKind.HEADING, ElementKind.PAGE_BREAK}


def beside(text: str, name: str = "a.fountain") -> tuple[tuple[Line, ...], ...]:
    return lines_by_shot(direct(read(text, name)), text)


def letters(text: str) -> str:
    return "".join(text.split())


def test_a_shot_stands_beside_its_words_and_a_cue_above_its_speech() -> None:
    rows = beside("INT. BAR - DAY\n\nAnna waits.\n\nANNA\n(low)\nWhere is he?\n")
    assert [(line.kind, line.text) for line in rows[-1]] == [
        (ElementKind.CHARACTER, "ANNA"),
        (ElementKind.PARENTHETICAL, "(low)"),
        (ElementKind.DIALOGUE, "Where is he?"),
    ]


def test_what_no_shot_covers_stands_where_it_stands_in_the_script() -> None:
    script = (
        "INT. BAR - DAY\n\nAnna waits.\n\n[[check the date]]\n\nANNA\nHello.\n\nCUT TO:\n\nEXT. SEA - DAY\n\nWaves.\n"
    )
    rows = beside(script)
    every = [line.text for row in rows for line in row]
    assert every == ["Anna waits.", "check the date", "ANNA", "Hello.", "CUT TO:", "Waves."]


def test_a_speech_that_goes_on_names_its_speaker_again_and_says_that_the_script_does_not() -> None:
    speech = "I told him that the boat leaves at nine, with us or without us. " * 6
    rows = [row for row in beside(f"INT. BAR - DAY\n\nANNA\n{speech.strip()}\n") if row]
    cues = [line for row in rows for line in row if line.kind is ElementKind.CHARACTER]
    assert len(cues) > 1
    assert [line.ours for line in cues] == [False] + [True] * (len(cues) - 1)


def test_prose_keeps_its_quotation_marks() -> None:
    rows = beside("Anna sat in the bar.\n\n“Where is he?” she asked.\n", "a.txt")
    assert "“Where is he?”" in [line.text for row in rows for line in row]


def test_marks_of_emphasis_are_not_seen() -> None:
    rows = beside("INT. BAR - DAY\n\nAnna waits for **nobody**.\n")
    assert rows[0][0].text == "Anna waits for nobody."


def test_an_idea_repeats_its_sentence_and_says_so() -> None:
    script = open_script((EXAMPLES / "idea.txt").read_bytes(), "idea.txt")
    rows = lines_by_shot(direct(script.screenplay), script.text)
    assert [line.again for row in rows for line in row] == [False] + [True] * (len(rows) - 1)


@pytest.mark.parametrize("name", ["the_last_ferry.fountain", "the_clockmakers_bird.md"])
def test_the_whole_script_is_on_the_sheet_once_and_in_order(name: str) -> None:
    script = open_script((EXAMPLES / name).read_bytes(), name)
    film = direct(script.screenplay)
    told = "".join(line.text for row in lines_by_shot(film, script.text) for line in row if not line.ours)
    written = "".join(element.text for element in film.elements if element.kind not in _HEADS)
    assert letters(told.replace('"', "")) == letters(written.replace('"', ""))


@settings(max_examples=tries(400, 40))
@given(script=st.integers(0, 40), seed=st.integers(0, 10**9), name=st.sampled_from(NAMES))
def test_every_word_that_is_heard_or_shown_stands_beside_a_shot(script: int, seed: int, name: str) -> None:
    text = mutated(script, seed)
    try:
        film = direct(read(text, name))
    except InvalidScript:
        return
    told = letters("".join(line.text for row in lines_by_shot(film, text) for line in row if not line.ours))
    for element in film.elements:
        if element.kind not in _HEADS:
            for word in element.text.split():
                assert letters(word) in told


@pytest.mark.parametrize(
    ("words", "shot"),
    [
        ("Anna reads. {}\n\nBo sleeps.", 0),
        ("Anna reads.\n{}\n\nBo sleeps.", 0),
        ("Anna reads.\n\n{}\n\nBo sleeps.", 1),
        ("Anna reads.\n\nANNA\nWho is there at this time of the night? {}\n\nBo sleeps.", 1),
    ],
)
def test_a_note_stands_beside_the_shot_that_it_directs(words: str, shot: int) -> None:
    rows = beside(
        "INT. ROOM - DAY\n\nANNA, a tall woman, and BO, an old man, wait.\n\n" + words.format("[[close-up, 3s]]")
    )
    assert [any(line.kind is ElementKind.NOTE for line in row) for row in rows].index(True) == shot + 1


def test_a_note_of_a_transition_stands_beside_what_it_leads_to() -> None:
    rows = beside("INT. ROOM - DAY\n\nANNA, a tall woman, waits.\n\nAnna reads. [[dissolve]]\n\nBo sleeps.")
    assert [any(line.kind is ElementKind.NOTE for line in row) for row in rows] == [False, False, True]


def test_a_shot_says_what_it_does_not_do() -> None:
    film = direct(read("INT. ROOM - DAY\n\nANNA, a tall woman, waits.\n\nAnna reads. [[3600s]]\n", "a.fountain"))
    rows = dict(facts_of(film)[-1].rows)
    assert rows["Limits"] == "It lasts 60 s instead of 3600 s: no shot is longer."
