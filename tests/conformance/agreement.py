"""Where another reader of Fountain reads something else, and why."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from tests.conformance.rows import Counts, Row, counts, ours
from tests.conformance.scripts import READERS, comparable, script_files, text_of

_LONGEST = 48


class Disagreement(NamedTuple):
    """A stretch of a script that two readers read differently."""

    file: str
    reader: str
    ours: str
    """The first element here, empty where there is none."""
    theirs: str
    """The first element there, empty where there is none."""


class Comparison(NamedTuple):
    """What two readers say of one script."""

    file: str
    reader: str
    ours: Counts
    theirs: Counts
    alike: int
    """Elements on which both agree."""
    elements: int
    """Elements that either has."""
    disagreements: list[Disagreement]


def compare(path: Path, reader: str) -> Comparison:
    """Read a file twice and compare element by element."""
    text = text_of(path)
    mine = comparable(ours(text, path.name))
    other = comparable(READERS[reader](text))
    matcher = SequenceMatcher(None, mine, other, autojunk=False)
    blocks = matcher.get_opcodes()
    alike = sum(end - start for tag, start, end, _, _ in blocks if tag == "equal")
    found = [
        Disagreement(path.stem, reader, _brief(mine[a:b]), _brief(other[c:d]))
        for tag, a, b, c, d in blocks
        if tag != "equal"
    ]
    return Comparison(path.stem, reader, counts(mine), counts(other), alike, len(mine) + len(other) - alike, found)


def _brief(rows: Sequence[Row]) -> str:
    return str(rows[0])[:_LONGEST].strip() if rows else ""


def comparisons() -> Iterator[Comparison]:
    """Every file with every other reader."""
    for path in script_files():
        for reader in READERS:
            yield compare(path, reader)


def explanations() -> dict[Disagreement, str]:
    """Why each disagreement is right here, from the table beside this file."""
    table = tomllib.loads(Path(__file__).with_name("disagreements.toml").read_text("utf-8"))
    found: dict[Disagreement, str] = {}
    for row in table["disagreement"]:
        found[Disagreement(row["file"], row["reader"], row["ours"], row["theirs"])] = row["because"]
    return found
