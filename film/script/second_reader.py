"""A second opinion on what is spoken in a script, by readers that share no code with the first.

The film is held against both (`film.edit.dialogue`): a fault of our reader, which our own check could not see, shows
as a difference between the two.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from schemas.enums import ScriptFormat

TAG_WORDS = 8
"""Longest `said the old ferryman quietly` that prose may lose after a speech: the picture shows who speaks."""


class Spoken(NamedTuple):
    """What must be heard, or narrated, in the film."""

    text: str
    tagged: bool = False
    """Whether up to `TAG_WORDS` words at its beginning may be missing, or all of it if it has no more."""
    optional: bool = False
    """Whether it may be missing altogether: a title, a heading of a chapter."""


class SecondReading(NamedTuple):
    """What a second reader found."""

    reader: str
    """Which one: a value of `READERS`."""
    lines: tuple[Spoken, ...]
    trouble: str = ""
    """Why it could not read the script; empty where it could."""


READERS = {
    ScriptFormat.FOUNTAIN: "screenplain",
    ScriptFormat.FDX: "final draft paragraphs",
    ScriptFormat.PROSE: "quotation marks",
}
"""Who reads which format a second time."""


def read_again(text: str, kind: ScriptFormat) -> SecondReading:
    """Find what is spoken in a script, independently of `film.script.read`.

    Args:
        text: The decoded script.
        kind: The format that it was found to be in.

    Returns:
        Speeches of a screenplay; speech and narration of prose; in order.
    """
    reader = READERS[kind]
    try:
        lines = {ScriptFormat.FDX: _final_draft, ScriptFormat.PROSE: _prose}.get(kind, _screenplain)(text)
        return SecondReading(reader, tuple(line for line in lines if line.text.strip()))
    except _Trouble as trouble:
        return SecondReading(reader, (), f"{reader} cannot read the script ({trouble})")


class _Trouble(Exception):
    """A second reader gave up."""


def _screenplain(text: str) -> Iterator[Spoken]:
    # Imported here: only the process that checks a film needs it.
    from screenplain.parsers import fountain
    from screenplain.types import Dialog, DualDialog

    try:
        paragraphs = list(fountain.parse(io.StringIO(_REVISED.sub("", text))))
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # It was not written for every text: private characters, which it uses itself, end in a KeyError.
        raise _Trouble(type(error).__name__) from error
    for paragraph in paragraphs:
        both = (paragraph.left, paragraph.right) if isinstance(paragraph, DualDialog) else (paragraph,)
        for speech in both:
            if isinstance(speech, Dialog):
                yield Spoken(" ".join(str(line) for aside, line in speech.blocks if not aside))


_REVISED = re.compile(r"(?m)(?<=\S)[ \t]{1,200}\*$")
"""The star of a revision in the margin: nobody says it."""


def _final_draft(text: str) -> Iterator[Spoken]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _Trouble(type(error).__name__) from error
    content = root.find("Content")
    for paragraph in content.iter("Paragraph") if content is not None else ():
        if paragraph.get("Type") in {"Dialogue", "Lyrics", "Singing"}:
            yield Spoken("".join("".join(run.itertext()) for run in paragraph.findall("Text")))


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_TITLE_LIKE = re.compile(r"#{1,6}\s|(?:chapter|part|book|act|prologue|epilogue|title)\b", re.IGNORECASE)
_TITLE_LENGTH = 60
_TABLE = re.compile(r"(?m)^[^\S\n]*\|.*\|[^\S\n]*\n[^\S\n]*\|[\s:|-]*-[\s:|-]*\|[^\S\n]*$(?:\n[^\S\n]*\|.*$)*")
"""A table of Markdown, with its rule beneath the head: nobody reads it out."""
_QUOTED = re.compile(
    r"\"[^\"]*\"|“[^“”]*”|«[^«»]*»|»[^«»]*«|„[^„“”]*[“”]|「[^「」]*」|『[^『』]*』|＂[^＂]*＂|‹[^‹›]*›"
)
_SINGLE_QUOTED = re.compile(r"(?<!\w)‘(?:[^‘’]|’(?=\w))*’")


def _prose(text: str) -> Iterator[Spoken]:
    """Divide prose at its quotation marks: whether the words inside are speech or a term, all of them are heard."""
    text = _TABLE.sub("", text)
    quoted = _QUOTED if _QUOTED.search(text) else _SINGLE_QUOTED
    paragraphs = _BLANK_LINE.split(text.strip())
    for number, paragraph in enumerate(paragraphs):
        may_be_title = number == 0 < len(paragraphs) - 1 and len(paragraph) <= _TITLE_LENGTH
        if may_be_title or _TITLE_LIKE.match(paragraph.strip()):
            yield Spoken(paragraph, optional=True)
            continue
        at = 0
        for match in quoted.finditer(paragraph):
            yield Spoken(paragraph[at : match.start()], tagged=at > 0)
            yield Spoken(match.group())
            at = match.end()
        yield Spoken(paragraph[at:], tagged=at > 0)
