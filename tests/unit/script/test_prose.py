from __future__ import annotations

import pytest

from film.script import read
from schemas.enums import ElementKind, ScriptFormat
from schemas.errors import InvalidScript
from tests.unit.script.tiling import assert_tiles


def speeches(text: str) -> list[tuple[str | None, str]]:
    play = read(text, "story.txt")
    assert play.format is ScriptFormat.PROSE
    return [(one.speaker, one.text) for one in play.elements if one.kind is ElementKind.DIALOGUE]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"Come in," said Anna.', "Anna"),
        ('"Come in," the old keeper said.', "the old keeper"),
        ('Anna turned and said, "Come in."', "Anna"),
        ("“Come in,” asked Mr. Bell quietly.", "Mr. Bell"),
        ("«Come in», whispered the lamplighter.", "the lamplighter"),
        ("‘Come in,’ said Anna. ‘Don’t wait.’", "Anna"),
        ('Anna looked up. "Come in."', "Anna"),
    ],
)
def test_speakers(text: str, speaker: str) -> None:
    assert speeches(text)[0][0] == speaker


def test_pronouns_and_turns_find_their_speaker() -> None:
    text = (
        "A small girl stood at the door. Tomas saw her.\n\n"
        '"My boat is gone," she whispered.\n\n"Then stay," said Tomas.\n\n"May I?"\n\n"You may."'
    )
    assert [speaker for speaker, _ in speeches(text)] == ["A small girl", "Tomas", "A small girl", "Tomas"]


def test_a_word_in_quotes_is_narration() -> None:
    play = read('They called it "the machine" and feared it.', "a.txt")
    assert [element.kind for element in play.elements] == [ElementKind.ACTION]


def test_titles_and_breaks() -> None:
    play = read("# The Sea\n\nIt rose.\n\n* * *\n\nIt fell.\n\n## Two\n\nIt slept.", "a.md")
    assert play.title == "The Sea"
    assert [one.kind.value for one in play.elements] == ["action", "page_break", "action", "section", "action"]


def test_a_chapter_is_no_title() -> None:
    play = read("CHAPTER I\n\nIt rose.\n\nCHAPTER II\n\nIt fell.", "the_sea.txt")
    assert [one.kind.value for one in play.elements] == ["section", "action", "section", "action"]


def test_spans_hold_the_quotation_marks() -> None:
    text = 'He said: "Hard\nwrapped, yes."'
    spoken = next(one for one in read(text, "a.txt").elements if one.kind is ElementKind.DIALOGUE)
    assert text[spoken.span.start : spoken.span.end] == '"Hard\nwrapped, yes."'
    assert spoken.text == "Hard wrapped, yes."


@pytest.mark.parametrize("text", ["-- ** --", "Title: Nothing\nAuthor: Nobody\n"])
def test_nothing_to_show_or_only_a_title(text: str) -> None:
    from film.direction import direct

    with pytest.raises(InvalidScript):
        direct(read(text, "a.txt"))


@pytest.mark.parametrize(
    "chapter",
    ["CHAPTER I", "Chapter 12. The Sea", "CHAPTER XII\nThe Beginning", "IV.", "II", "III. The Door", "PART ONE"],
)
def test_headings_of_chapters_are_sections_and_no_cues(chapter: str) -> None:
    text = f"{chapter}\n\nIt rained for a long time.\n\n{chapter}\n\n“Go,” said Anna.\n\nShe went."
    play = read(text, "a.txt")
    assert play.format is ScriptFormat.PROSE
    assert [one.kind.value for one in play.elements] == ["section", "action", "section", "dialogue", "action", "action"]
    assert_tiles(text, play)


@pytest.mark.parametrize("heading", ["II", "CHAPTER II", "THE DOOR"])
def test_a_heading_right_above_its_text_is_no_cue(heading: str) -> None:
    text = "\n\n".join(["The Sea", *(f"{heading}\nIt rained." for _ in range(3)), *("She waited." for _ in range(40))])
    assert read(text, "a.txt").format is ScriptFormat.PROSE


@pytest.mark.parametrize("text", ["Part of the house burned.", "I went home.", "Act now, or never.", "mix"])
def test_a_sentence_is_no_chapter(text: str) -> None:
    play = read(f"The Sea\n\n{text}\n\nIt rained.", "a.txt")
    assert [one.kind.value for one in play.elements] == ["action", "action"]


def test_a_story_that_mixes_its_marks_speaks_in_both() -> None:
    text = (
        "\"Is it lit?\" asked Nora.\n\n'You lit it,' said Piet. 'It was the boys' doing.'\n\n\"We did,\" said Nora.\n\n"
        "\"He called it 'a wonder,' and left,\" said Piet.\n\nThe boys' lamp burnt, and 'twas the sailors' joy.\n\n"
        "Nora looked up and said, 'It's out.'\n\n\"Out,\" said Piet. 'Gone,' said Nora."
    )
    assert [
        (one.speaker, one.text) for one in read(text, "story.txt").elements if one.kind is ElementKind.DIALOGUE
    ] == [
        ("Nora", "Is it lit?"),
        ("Piet", "You lit it,"),
        ("Piet", "It was the boys' doing."),
        ("Nora", "We did,"),
        ("Piet", "He called it 'a wonder,' and left,"),
        ("Nora", "It's out."),
        ("Piet", "Out,"),
        ("Nora", "Gone,"),
    ]


def test_a_british_story_speaks_between_double_marks_too() -> None:
    text = (
        "‘Is it lit?’ asked Nora.\n\n‘It is,’ said Piet.\n\n“Who lit it?” asked Nora.\n\n"
        "‘He said “no more” to me,’ said Piet.\n\nThe “light” was a candle."
    )
    assert [one.text for one in read(text, "story.txt").elements if one.kind is ElementKind.DIALOGUE] == [
        "Is it lit?",
        "It is,",
        "Who lit it?",
        "He said “no more” to me,",
    ]
