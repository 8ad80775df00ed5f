"""Screenplays of 100 pages and more, of which it is known what is in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.direction.cast import cue_name
from film.script import decode, read
from film.script.second_reader import read_again
from schemas.enums import ElementKind
from tests.effort import tries
from tests.screenplays import SPEAKERS, Written, write
from tests.unit.script.spans import check_coverage


def check(made: Written, text: str | None = None) -> None:
    decoded = decode((text or made.text).encode(), "a.fountain")
    play = read(decoded, "a.fountain")
    found = {kind: [one for one in play.elements if one.kind is kind] for kind in ElementKind}
    assert [one.number or "" for one in found[ElementKind.HEADING]] == made.headings
    assert [cue_name(one.text) for one in found[ElementKind.CHARACTER]] == made.cues
    assert len(found[ElementKind.TRANSITION]) == made.transitions
    assert play.title == "Known"
    check_coverage(decoded, play)


@pytest.mark.parametrize("printed", [False, True])
def test_a_screenplay_of_120_pages_is_counted_exactly(printed: bool) -> None:
    made = write(7, 120, printed=printed)
    assert len(made.headings) > 100
    assert len(made.cues) > 500
    assert set(made.cues) > set(SPEAKERS)
    check(made)


@settings(max_examples=tries(60, 6))
@given(st.integers(0, 2**32), st.booleans(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_screenplay_is_counted_exactly(seed: int, printed: bool, line_end: str) -> None:
    made = write(seed, 3, printed=printed)
    check(made, made.text.replace("\n", line_end))


def test_the_star_of_a_revision_is_no_part_of_a_line() -> None:
    text = "INT. A - DAY *\n\nShe nods. *\n\nBOB\nWhere? *\n(beat) *\n*Here* *\n"
    script = read(text, "a.fountain")
    assert [one.text for one in script.elements] == ["INT. A - DAY", "She nods.", "BOB", "Where?", "(beat)", "Here"]
    assert [line.text for line in read_again(text, script.format).lines] == ["Where? Here"]


def test_a_line_is_what_it_is_beside_the_star_of_a_revision() -> None:
    text = "12 INT. A - DAY 12 *\n\nShe nods.\n\nCUT TO: *\n\n(CONTINUED) *\n\nEXT. B - DAY *\n\n2 * 3 is 6.\n"
    script = read(text, "a.fountain")
    found = [(one.kind, one.text, one.number) for one in script.elements]
    assert found == [
        (ElementKind.HEADING, "INT. A - DAY", "12"),
        (ElementKind.ACTION, "She nods.", None),
        (ElementKind.TRANSITION, "CUT TO:", None),
        (ElementKind.HEADING, "EXT. B - DAY", None),
        (ElementKind.ACTION, "2 * 3 is 6.", None),
    ]
