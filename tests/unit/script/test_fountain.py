from __future__ import annotations

import pytest

from film.script import read
from schemas.enums import ElementKind, ScriptFormat
from schemas.script import Element


def elements(text: str, name: str = "a.fountain") -> tuple[Element, ...]:
    return read(text, name).elements


def plain(text: str) -> list[tuple[str, str]]:
    return [(element.kind.value, element.text) for element in elements(text)]


@pytest.mark.parametrize(
    "line",
    [
        "INT. HOUSE - DAY",
        "EXT HOUSE",
        "int. house",
        "EST. CITY",
        "INT./EXT. CAR",
        "INT/EXT CAR",
        "I/E. CAR",
        "Ext. park--day",
    ],
)
def test_headings(line: str) -> None:
    assert plain(f"{line}\n\nIt rains.") == [("heading", line), ("action", "It rains.")]


@pytest.mark.parametrize("line", ["INTERIOR LIFE", "Estuary in fog.", "...and then", "EXTRA COFFEE"])
def test_no_headings(line: str) -> None:
    assert plain(f"FADE IN:\n\n!x\n\n{line}\n\nIt rains.")[2][0] == "action"


def test_forced_elements() -> None:
    text = ".SNIPER SCOPE\n\n!INT. NOT A HEADING\n\n@McCLANE\nYippie.\n\n> Burn to white.\n\n> THE END <\n\n~La la\n"
    assert plain(text) == [
        ("heading", "SNIPER SCOPE"),
        ("action", "INT. NOT A HEADING"),
        ("character", "McCLANE"),
        ("dialogue", "Yippie."),
        ("transition", "Burn to white."),
        ("centered", "THE END"),
        ("lyric", "La la"),
    ]


def test_scene_numbers_are_apart_from_the_heading() -> None:
    heading = elements("INT. HOUSE - DAY #12-A#\n\nRain.")[0]
    assert (heading.text, heading.number) == ("INT. HOUSE - DAY", "12-A")


def test_dual_dialogue_marks_the_second_speech() -> None:
    found = elements("ANNA\nHey!\n\nBO ^\n(softly)\nHello!")
    assert [element.dual for element in found] == [False, False, True, True, True]
    assert found[2].text == "BO"


def test_parentheticals_divide_a_speech() -> None:
    assert plain("STEEL\n(starting\nthe engine)\nOne.\n(pause)\nTwo\nThree.") == [
        ("character", "STEEL"),
        ("parenthetical", "(starting\nthe engine)"),
        ("dialogue", "One."),
        ("parenthetical", "(pause)"),
        ("dialogue", "Two\nThree."),
    ]


@pytest.mark.parametrize(
    "cue",
    ["MOM (O. S.)", "HANS (on the radio)", "DR. BENNET", "R2D2", "CROWD (VARIOUS)", "ANNA (V.O.) (CONT'D)", "ÉLODIE"],
)
def test_cues(cue: str) -> None:
    assert plain(f"{cue}\nHello.")[0] == ("character", cue)


@pytest.mark.parametrize("line", ["23", "CYBER BOSS, 40 (or any age), an ageless,", "BANG!", "CLOSE ON BOB", "Bob"])
def test_no_cues(line: str) -> None:
    found = elements(f"INT. HOUSE\n\n{line}\nsomething else follows.")
    assert [element.kind for element in found] == [ElementKind.HEADING, ElementKind.ACTION]


def test_two_spaces_keep_a_speech_open() -> None:
    assert plain("DEALER\nA seven.\n  \nHit or stand?")[1] == ("dialogue", "A seven.\nHit or stand?")


def test_a_padded_blank_line_before_a_cue_or_heading_is_blank() -> None:
    text = "ANNA\nHello.\n  \nBO\nHi.\n  \nINT. HOUSE - DAY\n\nRain."
    assert [kind for kind, _ in plain(text)] == ["character", "dialogue", "character", "dialogue", "heading", "action"]


@pytest.mark.parametrize("line", ["CUT TO:", "SMASH CUT TO:"])
def test_transitions(line: str) -> None:
    assert ("transition", line) in plain(f"It rains.\n\n{line}\n\nINT. HOUSE")


def test_a_space_after_the_colon_makes_a_transition_action() -> None:
    assert plain("INT. A\n\nCUT TO: \n\nINT. B")[1] == ("action", "CUT TO:")


def test_boneyard_and_notes_are_not_shown_and_notes_are_kept() -> None:
    text = "INT. A\n\nOne /* two\n\nthree */ four.\n\n[[Check this.\nTwice.]]\n\nFive [[inline]] six."
    assert plain(text)[1:] == [("action", "One  four."), ("note", "Check this.\nTwice."), ("action", "Five  six.")]


def test_a_note_between_cue_and_line_does_not_end_the_speech() -> None:
    assert plain("ANNA\n[[softly?]]\nHello.") == [
        ("character", "ANNA"),
        ("note", "softly?"),
        ("dialogue", "Hello."),
    ]


def test_an_unclosed_comment_is_text() -> None:
    assert plain("INT. A\n\nOne /* two.") == [("heading", "INT. A"), ("action", "One /* two.")]


def test_structure() -> None:
    text = "# Act\n\n= What happens.\n\nINT. A\n\nOne.\n\n===\n\nTwo."
    assert [kind for kind, _ in plain(text)] == ["section", "synopsis", "heading", "action", "page_break", "action"]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("*one* **two** ***three*** _four_", "one two three four"),
        (r"\*one\* 2 * 3 * 4 snake_case_name", "*one* 2 * 3 * 4 snake_case_name"),
        ("_**both**_ and *open", "both and *open"),
    ],
)
def test_emphasis(source: str, shown: str) -> None:
    assert plain(f"INT. A\n\n{source}")[1] == ("action", shown)


def test_title_page() -> None:
    play = read("Title:\n\t_**BRICK & STEEL**_\n\tFULL RETIRED\nAuthor: Stu\n\nINT. A\n\nRain.", "x.fountain")
    assert play.title == "BRICK & STEEL FULL RETIRED"
    assert [element.kind.value for element in play.elements] == ["heading", "action"]


def test_fade_in_is_no_title_page() -> None:
    assert [kind for kind, _ in plain("FADE IN:\n\nINT. A\n\nRain.")] == ["action", "heading", "action"]


def test_without_a_title_the_file_name_is_one() -> None:
    assert read("INT. A\n\nRain.", "some/the_last-ferry.fountain").title == "The Last Ferry"


def test_scenes_are_counted_from_the_first_heading() -> None:
    found = elements("Before.\n\nINT. A\n\nOne.\n\nINT. B\n\nTwo.")
    assert [element.scene for element in found] == [None, 0, 0, 1, 1]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.fountain", "a"])
def test_content_decides_the_format(name: str) -> None:
    assert read("INT. HOUSE - DAY\n\nRain.", name).format is ScriptFormat.FOUNTAIN
    assert read("It rained. Nobody came to the harbour that day. " * 5, name).format is ScriptFormat.PROSE
