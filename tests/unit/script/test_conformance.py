"""Scripts nobody here wrote: Jouvence's cases and screenplain's files, and screenplain itself as a second opinion."""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from screenplain.parsers import fountain as screenplain_fountain
from screenplain.types import Dialog, DualDialog, Slug, Transition

from film.script import decode, read
from film.script.emphasis import strip_emphasis
from schemas.enums import ElementKind

_ROOT = Path(__file__).parents[3].parent / "shared" / "scripts"
_MARKS = {
    ElementKind.HEADING: ".",
    ElementKind.CHARACTER: "@",
    ElementKind.DIALOGUE: "=",
    ElementKind.ACTION: "!",
    ElementKind.PARENTHETICAL: "_",
    ElementKind.TRANSITION: ">",
    ElementKind.LYRIC: "~",
    ElementKind.SECTION: "#",
    ElementKind.SYNOPSIS: "+",
    ElementKind.CENTERED: "!><",
    ElementKind.PAGE_BREAK: "<pagebreak>",
}
needs_scripts = pytest.mark.skipif(not _ROOT.is_dir(), reason="the public scripts of ../shared/scripts are not here")


def _cases() -> list[Any]:
    found = []
    for path in sorted((_ROOT / "jouvence").glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load_all(path.read_text("utf-8"))):
            if case["in"].strip():
                found.append(pytest.param(case, id=f"{path.stem}-{number}"))
    return found or [pytest.param({}, id="none")]


def _normal(rows: list[str]) -> list[str]:
    """Without blank rows, white space at ends and emphasis; neighbouring paragraphs of action are one."""
    merged: list[str] = []
    for row in rows:
        words = "\n".join(strip_emphasis(line).strip() for line in row.split("\n"))
        words = re.sub(r"\n+", "\n", words).strip()
        mark = words[:3] if words.startswith("!><") else words[:1]
        if words == "!":
            continue
        body = words[len(mark) :].strip()
        if mark == "!" and merged and merged[-1].startswith("!") and not merged[-1].startswith("!><"):
            merged[-1] += "\n" + body
        else:
            merged.append(mark + body)
    return merged


@needs_scripts
@pytest.mark.parametrize("case", _cases())
def test_jouvence(case: dict[str, Any]) -> None:
    play = read(case["in"], "case.fountain")
    if isinstance(case.get("title"), dict) and "title" in case["title"]:
        assert play.title == " ".join(strip_emphasis(line) for line in case["title"]["title"].split("\n"))
    got = [_MARKS[element.kind] + (element.text if element.kind in _MARKS else "") for element in play.elements]
    assert _normal(got) == _normal(case["out"])


def _files() -> list[Path]:
    return sorted(_ROOT.rglob("*.fountain")) or [Path("none")]


_SPEECHES = st.tuples(
    st.sampled_from(["ANNA", "BO (V.O.)", "OLD BO (on the radio)", "DR. CRANE (CONT'D)", "@McCoy", "R2D2"]),
    st.sampled_from(["Hello.", "(softly)\nWho is it?", "One.\n(a beat)\nTwo, *three*.", "It's 12 o'clock!\nRun!"]),
).map("\n".join)
_SCENES = st.tuples(
    st.sampled_from(
        ["INT. HOUSE - DAY", "EXT. SEA--NIGHT", "I/E. CAR - DUSK #4A#", ".SNIPER SCOPE", "int. attic - later"]
    ),
    st.lists(
        st.one_of(
            _SPEECHES,
            st.sampled_from(["The door opens.", "BANG!", "He runs.\nShe waits.", "!INT. NOT THIS", "> Centred <"]),
            st.sampled_from(["CUT TO:", "> Burn to white.", "SMASH CUT TO:", "A line [[with a note]].", "/* gone */"]),
        ),
        max_size=8,
    ),
).map(lambda parts: "\n\n".join([parts[0], *parts[1]]))


@settings(max_examples=80, deadline=None)
@given(st.lists(_SCENES, min_size=1, max_size=6).map("\n\n".join))
def test_counts_what_screenplain_counts(text: str) -> None:
    ours = read(text, "a.fountain").elements
    theirs = list(screenplain_fountain.parse(io.StringIO(text)))
    counts = Counter(element.kind for element in ours)
    assert counts[ElementKind.HEADING] == sum(isinstance(one, Slug) for one in theirs)
    assert counts[ElementKind.TRANSITION] == sum(isinstance(one, Transition) for one in theirs)
    assert counts[ElementKind.CHARACTER] == sum(map(len, map(_speeches, theirs)))


def _speeches(paragraph: Any) -> list[Any]:
    if isinstance(paragraph, DualDialog):
        return [paragraph.left, paragraph.right]
    return [paragraph] if isinstance(paragraph, Dialog) else []


@needs_scripts
@pytest.mark.parametrize("path", _files(), ids=lambda path: path.stem)
def test_agrees_with_screenplain(path: Path) -> None:
    text = decode(path.read_bytes(), path.name)
    ours = read(text, path.name).elements
    theirs = list(screenplain_fountain.parse(io.StringIO(text)))
    headings = [str(one.line).strip() for one in theirs if isinstance(one, Slug)]
    cues = [str(one.character).strip() for one in itertools.chain.from_iterable(map(_speeches, theirs))]
    # screenplain takes this line of action, in upper case up to its parenthesis, for a cue.
    cues = [cue for cue in cues if not cue.startswith("CYBER BOSS, 40")]
    transitions = sum(isinstance(one, Transition) for one in theirs)
    assert [one.text.upper() for one in ours if one.kind is ElementKind.HEADING] == headings
    assert [one.text for one in ours if one.kind is ElementKind.CHARACTER] == cues
    assert sum(one.kind is ElementKind.TRANSITION for one in ours) == transitions
