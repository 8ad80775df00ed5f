"""What an XML parser meets on its way through a Final Draft file, gathered into paragraphs with their offsets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

MAX_DEPTH = 100
"""How deep tags may be nested; Final Draft nests some ten."""

_CONTENT = ["FinalDraft", "Content"]
_TITLE_PAGE = ["FinalDraft", "TitlePage"]
_TITLE_LINES = ["FinalDraft", "TitlePage", "Content"]
_SPEECH_BESIDE = ["Paragraph", "DualDialogue"]


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

    def __init__(self, data: bytes, check: Callable[[int], None]) -> None:
        """Begin a file.

        Args:
            data: It, in UTF-8.
            check: Told how many pieces there are after each paragraph; raises where they are too many.
        """
        self.pieces: list[Piece] = []
        self.title = ""
        self.title_page: tuple[int, int] | None = None
        self.content = False
        """Whether there is a place for a script in the file."""
        self.offset: Callable[[], int] = lambda: 0
        """Where the parser is, in bytes; set by whoever makes the parser."""
        self._data = data
        self._check = check
        self._path: list[str] = []
        self._open: list[_Open] = []
        self._dual = 0
        self._cues = 0
        self._fresh = False
        self._page_start = 0
        self._title_runs: list[str] = []

    def start(self, tag: str, attributes: Sequence[str]) -> None:
        """A tag opens.

        Args:
            tag: Its name, behind its namespace and `}` where it has one.
            attributes: Names and values by turns.
        """
        if len(self._path) >= MAX_DEPTH:
            raise TooDeep
        tag = tag.rpartition("}")[2]
        inside = self._path
        self._fresh = True
        if tag == "Paragraph":
            if inside == _CONTENT or (inside[-2:] == _SPEECH_BESIDE and inside[:2] == _CONTENT):
                self._begin(dict(zip(attributes[::2], attributes[1::2], strict=True)))
        elif tag == "Content" and inside == _CONTENT[:1]:
            self.content = True
        elif tag == "TitlePage" and inside == _TITLE_PAGE[:1]:
            self._page_start = self.offset()
        elif self._open and len(inside) == self._open[-1].depth:
            self._within(tag, attributes)
        inside.append(tag)

    def _within(self, tag: str, attributes: Sequence[str]) -> None:
        """A tag opens directly in a paragraph."""
        current = self._open[-1]
        if tag == "DualDialogue":
            current.nested = True
            self._dual, self._cues = self._dual + 1, 0
        elif tag == "SceneProperties" and current.summary is None:
            title = dict(zip(attributes[::2], attributes[1::2], strict=True)).get("Title", "")
            current.summary = Piece("Summary", self.offset(), text=title.strip())

    def _begin(self, attributes: dict[str, str]) -> None:
        piece = Piece(attributes.get("Type", "Action"), self.offset(), number=attributes.get("Number") or None)
        piece.centred = attributes.get("Alignment") == "Center"
        if self._dual:
            self._cues += piece.type == "Character"
            piece.dual = self._cues > 1
        self._open.append(_Open(piece, len(self._path) + 1))

    def data(self, words: str) -> None:
        """Characters between tags."""
        self._fresh = False
        if not self._path or self._path[-1] != "Text":
            return
        if self._open:
            current = self._open[-1]
            if len(self._path) == current.depth + 1:
                current.runs.append(words)
            elif current.summary is not None and "Summary" in self._path[current.depth :]:
                current.summary_runs.append(words)
        elif self._path[:3] == _TITLE_LINES and not self.title:
            self._title_runs.append(words)

    def end(self, _: str) -> None:
        """A tag closes; a tag without content opens and closes."""
        tag = self._path[-1]
        depth = self._open[-1].depth if self._open else 0
        if tag == "Text":
            pass
        elif tag == "DualDialogue" and depth and len(self._path) == depth + 1:
            self._dual -= 1
        elif tag == "SceneProperties" and depth and len(self._path) == depth + 1:
            self._end_properties(self._after())
        elif tag == "Paragraph" and depth and len(self._path) == depth:
            self._end_paragraph(self._after())
        elif tag == "Paragraph" and self._path[:3] == _TITLE_LINES:
            self.title = self.title or " ".join("".join(self._title_runs).split())
            self._title_runs.clear()
        elif tag == "TitlePage" and self._path == _TITLE_PAGE:
            self.title_page = self.title_page or (self._page_start, self._after())
        elif tag == "Paragraph" and depth and self._open[-1].summary_runs:
            self._open[-1].summary_runs.append("\n")
        self._fresh = False
        self._path.pop()

    def _after(self) -> int:
        """Where a closing tag ends: the parser is at its `<`, or, of a tag without content, behind it."""
        at = self.offset()
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
        self._check(len(self.pieces))

    def close(self) -> None:
        """The document ends."""
