"""What importers find in a document, and how it is written down as text: screenplays as Fountain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from film.script.cues import is_cue, is_transition
from film.script.emphasis import strip_emphasis
from film.script.headings import is_heading
from schemas.enums import ElementKind

_SPOKEN = {ElementKind.PARENTHETICAL, ElementKind.DIALOGUE, ElementKind.LYRIC}
_MEANS_SOMETHING = "!@~>#=."


@dataclass
class Block:
    """A paragraph of a document, and what it is."""

    kind: ElementKind
    text: str
    number: str | None = None
    """A heading's scene number."""
    dual: bool = False
    """Of a character: whether the speech is spoken at the same time as the one before."""


def write_fountain(titles: dict[str, list[str]], blocks: Iterable[Block]) -> str:
    """Write blocks so that a reader of Fountain finds the same again.

    Args:
        titles: The title page: for each key its lines.
        blocks: In order; a character's is followed by what they say.

    Returns:
        Fountain; what would be taken for something else is forced, and marks that would be taken for emphasis are
        escaped.
    """
    parts: list[str] = []
    if titles:
        parts.append("\n".join(line for key, lines in titles.items() for line in _title(key, lines)))
    before: Block | None = None
    for block in blocks:
        words = "\n".join(_plain(line) for line in block.text.split("\n") if line.strip())
        if not words:
            continue
        spoken = block.kind in _SPOKEN and before is not None and before.kind in {*_SPOKEN, ElementKind.CHARACTER}
        if spoken:
            parts[-1] += "\n" + (_sung(words) if block.kind is ElementKind.LYRIC else words)
        else:
            parts.append(_written(block, words))
        before = block
    return "\n\n".join(parts) + "\n"


def _title(key: str, lines: list[str]) -> list[str]:
    if len(lines) == 1:
        return [f"{key}: {_plain(lines[0])}"]
    return [f"{key}:", *(f"    {_plain(line)}" for line in lines)]


def _plain(line: str) -> str:
    """Escape the marks of a line that would be taken for emphasis, and those of notes and boneyard."""
    line = line.strip()
    if strip_emphasis(line) != line:
        line = line.replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_")
    return line


def _sung(words: str) -> str:
    return "\n".join(f"~{line}" for line in words.split("\n"))


def _written(block: Block, words: str) -> str:
    match block.kind:
        case ElementKind.HEADING:
            words = _heading(" ".join(words.split()))
            return f"{words} #{block.number}#" if block.number else words
        case ElementKind.CHARACTER:
            words = " ".join(words.split())
            return (words if is_cue(words) else f"@{words}") + (" ^" if block.dual else "")
        case ElementKind.TRANSITION:
            words = " ".join(words.split())
            return words if is_transition(words) else f"> {words}"
        case ElementKind.CENTERED:
            return "\n".join(f"> {line} <" for line in words.split("\n"))
        case ElementKind.SECTION:
            return f"# {' '.join(words.split())}"
        case ElementKind.SYNOPSIS:
            return f"= {' '.join(words.split())}"
        case ElementKind.LYRIC:
            return _sung(words)
        case ElementKind.PAGE_BREAK:
            return "==="
        case _:
            return _action(words)


def _heading(words: str) -> str:
    """Force a heading that does not look like one; only a letter or digit may follow Fountain's mark for it."""
    if is_heading(words):
        return words
    first = next((at for at, letter in enumerate(words) if letter.isalnum()), None)
    return _action(words) if first is None else f".{words[first:]}"


def _action(words: str) -> str:
    """Force action that looks like something else."""
    lines = words.split("\n")
    forced = (
        lines[0][0] in _MEANS_SOMETHING
        or any(is_heading(line) or is_transition(line) for line in lines)
        or any(is_cue(line) for line in lines[:-1])
    )
    return "\n".join(f"!{line}" for line in lines) if forced else words
