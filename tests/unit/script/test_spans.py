"""Every character of a script belongs to one element or one skipped stretch, and an edit stays where it was made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.script import part_span, read
from film.script.coverage import Known, tile
from schemas.enums import ElementKind, SkippedKind
from schemas.script import Element, Screenplay
from tests.effort import tries
from tests.fuzz import check_script, check_valid
from tests.screenplays import write
from tests.unit.script.spans import check_coverage
from tests.wild import ANY_TEXT, MUTATED, MUTATED_XML, NAMES, final_drafts, real_scripts

_OTHERS = {
    ElementKind.HEADING: "EXT. ELSEWHERE - DUSK #99#",
    ElementKind.ACTION: "Something else *happens*.",
    ElementKind.CHARACTER: "SOMEBODY ELSE",
    ElementKind.DIALOGUE: "Quite _other_ words.",
    ElementKind.PARENTHETICAL: "(otherwise)",
    ElementKind.TRANSITION: "> Otherwise.",
    ElementKind.LYRIC: "~another song",
    ElementKind.CENTERED: "> elsewhere <",
    ElementKind.SECTION: "## Another",
    ElementKind.SYNOPSIS: "= Other things.",
    ElementKind.NOTE: "[[another note]]",
    ElementKind.PAGE_BREAK: "=====",
}
"""A valid source of each kind, unlike any that is in the scripts."""


@settings(max_examples=tries(300, 30))
@given(ANY_TEXT, st.sampled_from(NAMES))
def test_any_text_is_covered_and_directed_or_refused(text: str, name: str) -> None:
    check_script(text, name)


@settings(max_examples=tries(200, 20))
@given(MUTATED, st.sampled_from(NAMES))
def test_a_broken_script_is_covered_and_directed_or_refused(text: str, name: str) -> None:
    check_script(text, name)


@settings(max_examples=tries(200, 20))
@given(MUTATED_XML)
def test_a_broken_final_draft_is_covered_and_directed_or_refused(text: str) -> None:
    check_script(text, "a.fdx")


@settings(max_examples=tries(300, 30))
@given(st.integers(0, 999), st.integers(0, 2**40), st.booleans())
def test_what_is_changed_and_stays_valid_is_read_completely(script: int, seed: int, xml: bool) -> None:
    check_valid(script, seed, xml=xml)


@pytest.mark.parametrize("name", NAMES)
def test_real_scripts_are_covered(name: str) -> None:
    for text in real_scripts():
        check_coverage(text, read(text, name))


def test_real_final_drafts_are_covered() -> None:
    for text in final_drafts():
        check_coverage(text, read(text, "a.fdx"))


@settings(max_examples=tries(60, 6))
@given(st.integers(0, 2**32), st.booleans(), st.integers(0, 10_000))
def test_an_edit_at_a_span_changes_that_element_alone(seed: int, printed: bool, which: int) -> None:
    text = write(seed, 2, printed=printed).text
    before = read(text, "a.fountain").elements
    edited = before[which % len(before)]
    new = _OTHERS[edited.kind]
    if edited.kind is ElementKind.CHARACTER and edited.dual:
        new += " ^"
    after = read(text[: edited.span.start] + new + text[edited.span.end :], "a.fountain").elements
    grown = len(new) - (edited.span.end - edited.span.start)
    assert len(after) == len(before)
    for old, now in zip(before, after, strict=True):
        if old is edited:
            assert (now.kind, now.span.start, now.scene, now.dual) == (old.kind, old.span.start, old.scene, old.dual)
            assert now.span.end == old.span.end + grown
        else:
            assert _moved(now, grown if now.span.start > edited.span.start else 0) == old


def _moved(element: Element, by: int) -> Element:
    span = {"start": element.span.start - by, "end": element.span.end - by}
    runs = [(at, start - by, end - by) for at, start, end in element.runs]
    return Element.model_validate({**element.model_dump(), "span": span, "runs": runs})


_STORY = 'The Sea\n\n"Come *in*," -- "or\n  stay out," said __Anna__. "  "\n\n* * *\n\nIt rose.'


@pytest.mark.parametrize(
    ("text", "skipped"),
    [
        (
            "Title: X\nAuthor: Y\n\n\tINT. A\n\n/* gone */ One. /* two */\n\n  12.\n\n[[note]]\n",
            ["title_page", "blank", "blank", "boneyard", "blank", "blank", "boneyard", "blank", "furniture", "blank"]
            + ["blank"],
        ),
        (_STORY, ["title_page", "blank", "blank", "punctuation", "blank", "blank", "blank", "blank"]),
    ],
)
def test_what_is_skipped_has_a_name(text: str, skipped: list[str]) -> None:
    play = read(text, "a.txt")
    check_coverage(text, play)
    assert [one.kind.value for one in play.skipped] == skipped


@pytest.mark.parametrize(
    ("text", "part", "source"),
    [
        ("INT. A\n\nShe *slowly* opens the _door_.", "slowly opens the door", "slowly* opens the _door"),
        ("INT. A\n\nShe [[the note]] opens the note.", "the note", "the note"),
        ("INT. A\n\nShe /* a door */ opens a door.", "a door", "a door"),
        ("INT. A\n\n\tShe opens\n\t\ta door.", "opens\na", "opens\n\t\ta"),
        (r"INT. A" "\n\n" r"She \*opens\* a door.", "*opens*", r"*opens\*"),
        ("INT. A\n\nANNA\n  Come *in*,\n  sit _down_.", "in,\nsit", "in*,\n  sit"),
        ("“Come *in*,\n  Otto,” said Anna. “The *door* is open.”", "in, Otto", "in*,\n  Otto"),
    ],
)
def test_a_part_of_an_element_is_found_in_its_source(text: str, part: str, source: str) -> None:
    element = next(one for one in read(text, "a.txt").elements if part in one.text)
    at = element.text.index(part)
    span = part_span(element, at, at + len(part))
    assert text[span.start : span.end] == source
    assert span.start == text.rindex(source)


def test_a_part_outside_the_text_is_a_mistake() -> None:
    element = read("INT. A\n\nOne.", "a.txt").elements[1]
    with pytest.raises(ValueError, match="no part"):
        part_span(element, 0, 5)
    assert part_span(element, 4, 4).start == element.span.end


def test_shots_of_an_emphasised_action_divide_its_source() -> None:
    text = "INT. A - DAY\n\n" + "Anna *runs* down the long road to the sea as fast as she can tonight. " * 4
    film = direct(read(text, "a.fountain"))
    sources = [text[shot.span.start : shot.span.end] for shot in film.shots if shot.action]
    assert len(sources) > 1
    assert all(source.startswith("Anna *runs*") and source.endswith(".") for source in sources)


def test_coverage_names_overlaps_and_what_nobody_knows() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        tile("abc", [(0, 2), (1, 3)])
    with pytest.raises(ValueError, match="nobody knows 'b'"):
        tile("a b c", [(0, 1), (4, 5)])
    found = tile("a<b>c<d>", [(0, 1), (4, 5)], [Known(SkippedKind.BONEYARD, 3, 7)], SkippedKind.MARKUP)
    assert [(one.kind.value, one.span.start, one.span.end) for one in found] == [
        ("markup", 1, 3),
        ("boneyard", 3, 4),
        ("boneyard", 5, 7),
        ("markup", 7, 8),
    ]


def test_a_screenplay_survives_being_stored() -> None:
    play = read("INT. A\n\nShe *runs*.", "a.fountain")
    assert Screenplay.model_validate_json(play.model_dump_json()) == play
