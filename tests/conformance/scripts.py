"""Where the scripts are, and what each of them must become."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from film.script import decode, read
from film.script.emphasis import strip_emphasis
from schemas.enums import ElementKind
from tests.conformance.rows import Row, final_drafts, fountain_pys, jouvences, normal, ours, screenplains

_ROOT = Path(__file__).parents[2]
PUBLIC = _ROOT.parent / "shared" / "scripts"
"""Scripts nobody here wrote. They are no part of the project: what needs them is skipped where they are absent."""
EXAMPLES = _ROOT / "examples"
READERS: dict[str, Callable[[str], list[Row]]] = {"screenplain": screenplains, "fountain-py": fountain_pys}
"""Other readers of Fountain, independent of this one and of each other."""
_KINDS: dict[str, str] = {
    "boneyard": "action, transition, heading, action",
    "dialogue-character-extension": "character, dialogue",
    "forced-transition": "transition",
    "notes": "action, action, action, action, note, action, action, action, note, action, action, note, action",
    "page-break": "action, page_break, heading",
    "scene-numbers": "heading #1, action, heading #2, action, heading, action, heading, action, heading #2-B, action",
    "sections": "section, synopsis, section, synopsis, heading, synopsis, action, section, heading, action",
    "title-page": "action, action",
}
"""Kinds of elements, and numbers of scenes, in those of screenplain's files that have no FDX beside them."""


class Case(NamedTuple):
    """A text and what it must become."""

    suite: str
    name: str
    text: str
    expected: list[str]
    """Elements as words, or their kinds alone."""
    title: str | None = None
    kinds_only: bool = False
    paragraphs: bool = True
    """Whether each paragraph of action is an element of its own there."""


def jouvence_cases() -> list[Case]:
    """Jouvence's cases: input, title and elements."""
    found: list[Case] = []
    for path in sorted((PUBLIC / "jouvence").glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load_all(path.read_text("utf-8")), 1):
            found.append(_jouvence_case(f"{path.stem.removeprefix('test_')} {number}", case))
    return found


def _jouvence_case(name: str, case: dict[str, Any]) -> Case:
    titles = case.get("title")
    title = titles.get("title") if isinstance(titles, dict) else None
    title = " ".join(strip_emphasis(line) for line in title.split("\n")) if title else None
    return Case(
        "Jouvence",
        name,
        case["in"],
        [str(row) for row in normal(jouvences(case["out"]), paragraphs=False)],
        title,
        paragraphs=False,
    )


def screenplain_cases() -> list[Case]:
    """Screenplain's files: the FDX beside them says what they must become, else their kinds are stated above."""
    found: list[Case] = []
    for path in script_files("screenplain"):
        beside = path.with_suffix(".fdx")
        if beside.exists():
            expected = [str(row) for row in normal(final_drafts(beside.read_text("utf-8")))]
            found.append(Case("screenplain, with FDX", path.stem, text_of(path), expected))
        else:
            kinds = _KINDS[path.stem].split(", ")
            found.append(Case("screenplain, kinds alone", path.stem, text_of(path), kinds, kinds_only=True))
    return found


def result(case: Case) -> tuple[list[str], str | None]:
    """What a case becomes here, in the words of its expectation; blank text is refused, and so has no elements.

    Args:
        case: What is read.

    Returns:
        The elements, and the title where the case names one.
    """
    if not case.text.strip():
        return [], None
    rows = normal(ours(case.text), paragraphs=case.paragraphs)
    if case.kinds_only:
        rows = [row._replace(text="") for row in rows]
    return [str(row) for row in rows], read(case.text, "a.fountain").title if case.title else None


def script_files(folder: str = "") -> list[Path]:
    """The Fountain files among the public scripts and, without a folder, of the examples."""
    found = sorted((PUBLIC / folder).rglob("*.fountain"))
    return found if folder else [*found, *sorted(EXAMPLES.glob("*.fountain"))]


def text_of(path: Path) -> str:
    """A file's text as the readers are given it."""
    return decode(path.read_bytes(), path.name)


def comparable(rows: list[Row]) -> list[Row]:
    """Rows that another reader could state as well: screenplain drops notes."""
    return normal(row for row in rows if row.kind is not ElementKind.NOTE)
