"""What an XML parser meets on its way through a Final Draft file, gathered into paragraphs with their offsets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

MAX_DEPTH = 100
"""How deep tags may be nested; Final Draft nests some ten."""

_CONTENT = ("FinalDraft", "Content")
_TITLE_PAGE = ("FinalDraft", "TitlePage")
_TITLE_LINES = ("FinalDraft", "TitlePage", "Content")


class TooDeep(Exception):
    """Tags are nested deeper than any program that writes scripts would."""


@dataclass
class Piece:
    """A paragraph of the script, or the summary of a scene."""

    type: str
    start: int
    """Offsets in bytes of UTF-8, half-open; from the tag's `<` to after the closing tag's `>`."""
    end: int = 0
    text: str = ""
    number: str | None = None
    dual: bool = False
    centred: bool = False
    opens_scene: bool = False
    """Whether it is a summary that stands before its scene's heading."""


@dataclass
class _Open:
    """A paragraph whose closing tag has not come yet."""

    piece: Piece
    depth: int
    runs: list[str] = field(default_factory=list)
    summary: Piece | None = None
    summary_runs: list[str] = field(default_factory=list)
    nested: bool = False
    """Whether it holds other paragraphs of the script, and is none itself: dual dialogue."""


class Paragraphs:
    """Target of an XML parser: it is told of every tag and every run of characters, in order.

    A paragraph's text is that of its own `<Text>` children, all runs joined; what else stands in it (notes, revision
    marks, an omitted scene) is not in the script's text.
    """

    def __init__(self, data: bytes) -> None:
        self.pieces: list[Piece] = []
        self.title = ""
        self.title_page: tuple[int, int] | None = None
        self.content = False
        """Whether there is a place for a script in the file."""
        self.offset: Callable[[], int] = lambda: 0
        """Where the parser is, in bytes; set by whoever makes the parser."""
        self._data = data
        self._path: list[str] = []
        self._open: list[_Open] = []
        self._dual = 0
        self._cues = 0
        self._fresh = False
        self._page_start = 0
        self._title_runs: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        at = self.offset()
        if len(self._path) >= MAX_DEPTH:
            raise TooDeep
        inside = tuple(self._path)
        self._path.append(tag)
        self._fresh = True
        if inside == _CONTENT[:1] and tag == "Content":
            self.content = True
        elif tuple(self._path) == _TITLE_PAGE:
            self._page_start = at
        elif tag == "Paragraph" and (inside == _CONTENT or inside[-2:] == ("Paragraph", "DualDialogue")):
            if inside[:2] == _CONTENT:
                self._begin(attributes, at)
        elif self._open and tag == "DualDialogue" and len(inside) == self._open[-1].depth:
            self._open[-1].nested = True
            self._dual, self._cues = self._dual + 1, 0
        elif self._open and tag == "SceneProperties" and len(inside) == self._open[-1].depth:
            self._open[-1].summary = self._open[-1].summary or Piece(
                "Summary", at, text=attributes.get("Title", "").strip()
            )

    def _begin(self, attributes: dict[str, str], at: int) -> None:
        piece = Piece(attributes.get("Type", "Action"), at, number=attributes.get("Number") or None)
        piece.centred = attributes.get("Alignment") == "Center"
        if self._dual:
            self._cues += piece.type == "Character"
            piece.dual = self._cues > 1
        self._open.append(_Open(piece, len(self._path)))

    def data(self, words: str) -> None:
        """Characters between tags."""
        self._fresh = False
        if self._path[-1:] != ["Text"]:
            return
        if self._open:
            current = self._open[-1]
            if len(self._path) == current.depth + 1:
                current.runs.append(words)
            elif current.summary is not None and "Summary" in self._path[current.depth :]:
                current.summary_runs.append(words)
        elif tuple(self._path[:3]) == _TITLE_LINES and not self.title:
            self._title_runs.append(words)

    def end(self, tag: str) -> None:
        """A tag closes; a tag without content opens and closes."""
        at = self._after(self.offset())
        self._fresh = False
        if tag == "DualDialogue" and self._open and len(self._path) == self._open[-1].depth + 1:
            self._dual -= 1
        elif tag == "SceneProperties" and self._open and len(self._path) == self._open[-1].depth + 1:
            self._end_properties(at)
        elif tag == "Paragraph" and self._open and len(self._path) == self._open[-1].depth:
            self._end_paragraph(at)
        elif tag == "Paragraph" and tuple(self._path[:3]) == _TITLE_LINES:
            self.title = self.title or " ".join("".join(self._title_runs).split())
            self._title_runs.clear()
        elif tuple(self._path) == _TITLE_PAGE:
            self.title_page = self.title_page or (self._page_start, at)
        elif tag == "Paragraph" and self._open and self._open[-1].summary_runs:
            self._open[-1].summary_runs.append("\n")
        self._path.pop()

    def _after(self, at: int) -> int:
        """Where a closing tag ends: the parser is at its `<`, or, of a tag without content, behind it."""
        if self._fresh and self._data[at - 2 : at] == b"/>":
            return at
        return self._data.index(b">", at) + 1

    def _end_properties(self, at: int) -> None:
        current = self._open[-1]
        if current.summary is not None and not current.summary.end:
            current.summary.end = at
            current.summary.text = "\n".join(
                filter(None, (current.summary.text, "".join(current.summary_runs).strip()))
            )
            current.summary.opens_scene = not "".join(current.runs).strip()

    def _end_paragraph(self, at: int) -> None:
        ended = self._open.pop()
        piece, summary = ended.piece, ended.summary
        piece.text, piece.end = "".join(ended.runs), at
        if ended.nested or not piece.text.strip():
            return
        if summary is None or not summary.text or piece.type != "Scene Heading":
            self.pieces.append(piece)
        elif summary.opens_scene:  # the heading's own text follows its properties
            piece.start = summary.end
            self.pieces += [summary, piece]
        else:
            piece.end = summary.start
            self.pieces += [piece, summary]

    def close(self) -> None:
        """The document ends."""
