"""Who speaks in stories in the manners of many writers, held against what a reader says of each speech.

Each file of `stories/` begins with its people, a line each with every noun and name that may be theirs, up to `===`.
In the story, `{Anna}` before a quotation says whose it is, and `{-}` that nobody speaks it; one without a mark is
whose the last of its paragraph, or of the one before, was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from film.direction.storycast import prose_cast
from film.script import read
from film.script.references import noun_of
from schemas.enums import ElementKind
from schemas.script import Element
from tests.unit.script.tiling import assert_tiles

_STORIES = sorted((Path(__file__).parent / "stories").glob("*.txt"))
_MARK = re.compile(r"\{([^{}]+)\}")
_MISTAKEN = {
    "assembly": 1,
    "elevator": 3,
    "kitchen": 3,
    "ledger": 5,
    "pier": 14,
    "saucer": 2,
    "umbrella": 2,
    "visitor": 3,
}
"""How many speeches of a story may still have a wrong speaker; of any other none."""
_UNKNOWN = 4
"""And how many of one none."""


@dataclass
class Story:
    """A story and who speaks in it."""

    text: str
    speaks: list[tuple[int, str]]
    names: dict[str, set[str]] = field(default_factory=dict)


def bare(name: str) -> str:
    """A name in small letters, without its article."""
    return re.sub(r"^(?:the|an?|his|her|my|their) ", "", name.lower().strip())


def story(path: Path) -> Story:
    head, _, body = path.read_text(encoding="utf-8").partition("===\n")
    found = Story("", [])
    for line in head.splitlines():
        who, _, names = line.partition(" = ")
        found.names[who] = {bare(name) for name in names.split("|")}
    at = 0
    for mark in _MARK.finditer(body):
        found.text += body[at : mark.start()]
        found.speaks.append((len(found.text), mark[1]))
        at = mark.end()
    found.text += body[at:]
    return found


def wanted(found: Story, speech: Element) -> str:
    """Whose a speech is."""
    at = speech.span.start
    own = [who for place, who in found.speaks if place == at]
    return own[0] if own else [who for place, who in found.speaks if place < at and who != "-"][-1]


@pytest.mark.parametrize("path", _STORIES, ids=lambda path: path.stem)
def test_whose_each_speech_is(path: Path) -> None:
    found = story(path)
    play = read(found.text, "story.txt")
    cast = prose_cast(play.elements)
    wrong: list[str] = []
    unknown: list[str] = []
    for speech in (one for one in play.elements if one.kind is ElementKind.DIALOGUE):
        who = wanted(found, speech)
        if speech.speaker is None:
            unknown.append(speech.text)
            continue
        known = cast.by_id.get(cast.of(speech.speaker) or "")
        name = bare(known.name if known else speech.speaker)
        if name not in found.names.get(who, set()):
            wrong.append(f"{speech.text!r} is {who}'s, not {speech.speaker}'s")
    assert len(wrong) <= _MISTAKEN.get(path.stem, 0), "\n".join(wrong)
    assert len(unknown) <= _UNKNOWN, unknown


@pytest.mark.parametrize("path", _STORIES, ids=lambda path: path.stem)
def test_all_that_is_spoken_is_speech_and_what_is_written_is_not(path: Path) -> None:
    found = story(path)
    play = read(found.text, "story.txt")
    assert_tiles(found.text, play)
    spoken = {one.span.start for one in play.elements if one.kind is ElementKind.DIALOGUE}
    assert [found.text[at : at + 40] for at, who in found.speaks if who != "-" and at not in spoken] == []
    assert [found.text[at : at + 40] for at, who in found.speaks if who == "-" and at in spoken] == []


def test_phrases_are_known_by_their_noun() -> None:
    assert noun_of("a very self-possessed young lady of fifteen") == "young lady"
    assert noun_of("the bearer of the white mackintosh") == "bearer"
