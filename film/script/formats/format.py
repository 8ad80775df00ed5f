"""What a format of scripts is: one row of the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from film.script.coverage import Known
from schemas.enums import ScriptFormat, SkippedKind
from schemas.script import Element


class Reading(NamedTuple):
    """What a reader made of a text."""

    title: str
    """The script's own title; empty where it has none."""
    elements: Sequence[Element]
    """In the order of the text; their spans do not overlap."""
    known: Sequence[Known] = ()
    """What the reader knows to belong to no element."""
    rest: SkippedKind | None = None
    """What else lies between the elements and is not white space; None where nothing does."""


Importer = Callable[[bytes, str], str]
"""Turns a file that is not text into the text that spans count. Takes the bytes and the name for messages; raises
InvalidScript."""

Reader = Callable[[str, str], Reading | None]
"""Reads a text. Takes the text and the file's name, a hint; returns None where the text is no such script; raises
InvalidScript where it is one, and broken."""


@dataclass(frozen=True)
class Format:
    """A way to write a script down."""

    name: str
    suffixes: frozenset[str] = frozenset()
    """Endings of file names, lower case, with their dot. They only tip the scale: content decides."""
    holds: Callable[[bytes], bool] | None = None
    """Whether bytes are such a file; None where the file is text."""
    importer: Importer | None = None
    """None where the file is text."""
    reader: Reader | None = None
    """None where the importer's text is read as any other."""
    kind: ScriptFormat | None = None
    """What the reader's elements are called; None without a reader."""
    lined: bool = True
    """Whether a paragraph of it takes a line at least; XML may stand in a single one."""
