from __future__ import annotations

import pytest

from film.script import read
from schemas.enums import ElementKind, ScriptFormat, SkippedKind
from schemas.script import Element
from tests.screenplays import SPEAKERS


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
        "INT./EXT. CAR - MOVING - NIGHT",
        "EXT./INT. CAR",
        "INT. X--NIGHT",
        "EST. CITY - DAWN (FLASHBACK)",
        "INT. ROOM 12",
        "INT.\tHOUSE",
        "INT. دار - DAY",
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


@pytest.mark.parametrize(
    ("line", "text", "number"),
    [
        ("12   INT. HOUSE - DAY   12", "INT. HOUSE - DAY", "12"),
        ("12. INT. HOUSE - DAY", "INT. HOUSE - DAY", "12"),
        ("A12B INT. ROOM 12 A12B *", "INT. ROOM 12", "A12B"),
        ("INT. HOUSE - DAY                    7", "INT. HOUSE - DAY", "7"),
        ("INT. HOUSE - DAY\t7.", "INT. HOUSE - DAY", "7"),
        ("INT. ROOM 12", "INT. ROOM 12", None),
        ("INT. HOUSE - DAY #1.2-a#", "INT. HOUSE - DAY", "1.2-a"),
        (".SCOPE #9#", "SCOPE", "9"),
        ("**INT. HOUSE - DAY**", "INT. HOUSE - DAY", None),
        ("_EXT. SEA_ #4#", "EXT. SEA", "4"),
    ],
)
def test_numbers_and_emphasis_of_headings(line: str, text: str, number: str | None) -> None:
    heading = elements(f"Before.\n\n{line}\n\nRain.")[1]
    assert (heading.kind, heading.text, heading.number) == (ElementKind.HEADING, text, number)


def test_a_heading_in_upper_case_needs_no_blank_lines_around_it() -> None:
    assert plain("CUT TO:\nINT. A - DAY\nRain.\nINT. B - DAY\n\nANNA\nHi.\nEXT. C - DAY\n\nSun.") == [
        ("transition", "CUT TO:"),
        ("heading", "INT. A - DAY"),
        ("action", "Rain."),
        ("heading", "INT. B - DAY"),
        ("character", "ANNA"),
        ("dialogue", "Hi."),
        ("heading", "EXT. C - DAY"),
        ("action", "Sun."),
    ]


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
    [
        *("MOM (O. S.)", "HANS (on the radio)", "CROWD (VARIOUS)", "ANNA (V.O.) (CONT'D)", "ANNA (CONT’D)", "BO(V.O.)"),
        *("ANNA (into phone):", "ANNA:", "GROßVATER", "AGENTE Nº 5", "ЖЕНЯ", '"MAD DOG" MURPHY', 'BOB "BOBBY" BOBSON'),
        *SPEAKERS,
    ],
)
def test_cues(cue: str) -> None:
    assert plain(f"{cue}\nHello.")[:2] == [("character", cue), ("dialogue", "Hello.")]


@pytest.mark.parametrize("cue", ["@黒澤", "@McCLANE", "@ليلى", "@bob (o.s.)"])
def test_forced_cues(cue: str) -> None:
    assert plain(f"{cue}\nHello.")[0] == ("character", cue[1:])


@pytest.mark.parametrize("line", ["ANNA  ", "ANNA   *", "\t\tANNA", "ANNA ^", "ANNA^"])
def test_what_stands_around_a_cue_is_not_its_name(line: str) -> None:
    assert plain(f"{line}\nHello.")[0] == ("character", "ANNA")


@pytest.mark.parametrize(
    "line",
    [
        *("23", "CYBER BOSS, 40 (or any age), an ageless,", "BANG!", "Bob", "黒澤", "McCLANE", "A SHOT RINGS OUT."),
        *("CLOSE ON BOB", "CLOSE UP", "ANGLE ON THE DOOR", "ON ANNA", "INSERT - LETTER", "BOB'S POV", "BACK TO SCENE"),
        *(
            "SUPER: PARIS, 1962",
            "SUPER:",
            "SUPER",
            'SUPER "PARIS"',
            "TITLE:",
            "TITLE CARD: PARIS",
            "CHYRON:",
            "MONTAGE:",
        ),
        *(
            "INTERCUT",
            "FLASHBACK",
            "BEGIN FLASHBACK",
            "END MONTAGE",
            "LATER",
            "MOMENTS LATER",
            "THE END",
            "CUT TO BLACK",
        ),
        *(
            "FADE OUT.",
            "CONTINUED:",
            "A CROWD GATHERS AND",
            "THE SIGN READS:",
            '"NO ENTRY"',
            "- ANNA RUNS",
            "-- ANNA RUNS",
        ),
        *("1) ANNA RUNS", "B) ANNA RUNS", "THE DOOR --", "THE DOOR...", "A VERY " * 12 + "LONG LINE", "ROLL CREDITS"),
    ],
)
def test_no_cues(line: str) -> None:
    found = elements(f"INT. HOUSE\n\n{line}\nsomething else follows.")
    assert [element.kind for element in found] == [ElementKind.HEADING, ElementKind.ACTION]


def test_a_title_over_a_byline_is_nobody() -> None:
    kinds = [kind for kind, _ in plain("THE LAST SHOW\nwritten by\nAnna Bell\n\nINT. A\n\nBO\nby\n")]
    assert kinds == ["action", "heading", "character", "dialogue"]


@pytest.mark.parametrize(
    "line", ["(CONTINUED)", "CONTINUED:", "CONTINUED: (2)", "(MORE)", "12.", "PAGE 12", "(CONTINUED ON NEXT PAGE)"]
)
def test_what_the_printed_page_has_of_its_own_is_skipped(line: str) -> None:
    text = f"INT. A\n\nOne.\n\n\x0c   {line}\n\nTwo."
    play = read(text, "a.fountain")
    assert [element.text for element in play.elements] == ["INT. A", "One.", "Two."]
    furniture = [one.span for one in play.skipped if one.kind is SkippedKind.FURNITURE]
    assert [text[span.start : span.end] for span in furniture] == [line]


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One [[a\n\nb]] two.", [("action", "One [[a"), ("action", "b]] two.")]),
        ("One [[a\n  \nb]] two.", [("action", "One  two.")]),
        ("[[a /* x\n\ny */ b]]", [("note", "a  b")]),
        ("/* [[ */ One ]]", [("action", "One ]]")]),
        ("[[one]] [[two]]", [("note", "one"), ("note", "two")]),
    ],
)
def test_notes_and_comments_in_each_other(text: str, shown: list[tuple[str, str]]) -> None:
    assert plain(f"INT. A\n\n{text}")[1:] == shown


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
        ("***a* b** and **c *d***", "a b and c d"),
        ("**** and ____ and f***", "**** and ____ and f***"),
        ("__strong__ _a_b_ *a _b* c_", "strong a_b a b c"),
        (r"\_a\_ \\ b", r"_a_ \ b"),
        ("*a\n*b", "*a\n*b"),
    ],
)
def test_emphasis(source: str, shown: str) -> None:
    assert plain(f"INT. A\n\n{source}")[1] == ("action", shown)


def test_title_page() -> None:
    play = read("Title:\n\t_**BRICK & STEEL**_\n\tFULL RETIRED\nAuthor: Stu\n\nINT. A\n\nRain.", "x.fountain")
    assert play.title == "BRICK & STEEL FULL RETIRED"
    assert [element.kind.value for element in play.elements] == ["heading", "action"]


def test_an_indented_title_page_is_one() -> None:
    play = read("  Title: X\n  Author: Y\n\nINT. A\n\nRain.", "x.fountain")
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
