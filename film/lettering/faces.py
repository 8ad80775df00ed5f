"""The faces that letters are taken from: those that come with Python packages, and one of the user's own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

import font_roboto
import noto_cjk_sans_otc
import pymupdf_fonts
import uharfbuzz as hb

from schemas.errors import InvalidRequest

MAX_BYTES = 64 << 20
"""The largest font that is read: those of Chinese, Japanese and Korean together have 20 MB."""

_KINDS = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
"""How TrueType and OpenType files begin (OpenType 1.9, "Organization of an OpenType font")."""


class Weight(StrEnum):
    """How heavy letters are, where the face has it."""

    LIGHT = "light"
    REGULAR = "regular"
    MEDIUM = "medium"


class Tongue(StrEnum):
    """Whose forms the signs have that Chinese, Japanese and Korean share; ISO 639-1."""

    CHINESE = "zh"
    JAPANESE = "ja"
    KOREAN = "ko"


_ROBOTO = {
    Weight.LIGHT: font_roboto.RobotoLight,
    Weight.REGULAR: font_roboto.Roboto,
    Weight.MEDIUM: font_roboto.RobotoMedium,
}
_OF_COLLECTION = {Tongue.JAPANESE: 0, Tongue.KOREAN: 1, Tongue.CHINESE: 2}
"""Where each lies in Noto's collection."""

_THICKER = 0.022
"""What the strokes of FiraGO and Noto, which are here in one weight alone, lack to Roboto Medium's, in ems."""

_IGNORED = {"Cf", "Cc"}
"""Categories of what is never seen: joiners, marks of direction, controls."""


class Face:
    """One face: which letters it has, and their outlines."""

    def __init__(self, name: str, data: bytes | hb.Blob, index: int = 0, *, thicker: float = 0.0) -> None:
        """Open a face.

        Args:
            name: What messages call it.
            data: The font's file.
            index: Which face of a collection.
            thicker: How much its strokes gain where it is drawn, in ems, to go with heavier faces.

        Raises:
            InvalidRequest: It is no font, or one without letters.
        """
        self.name, self.thicker = name, thicker
        try:
            face = hb.Face(data, index)
            self.units: int = face.upem
            self._codes = frozenset(face.unicodes)
        except (hb.HarfBuzzError, ValueError, TypeError, MemoryError) as error:
            raise InvalidRequest(f"{name} is no font that can be read.") from error
        if not self._codes:
            raise InvalidRequest(f"{name} holds no letters; give a TrueType or OpenType font (.ttf, .otf).")
        self.font = hb.Font(face)
        self._outlines: dict[int, tuple[tuple[str, tuple[float, ...]], ...]] = {}

    def has(self, letter: str) -> bool:
        """Whether it can write a letter."""
        return ord(letter) in self._codes

    def outline(self, glyph: int) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """The outline of a glyph: commands of an SVG path, and their points, in units of the em, upwards."""
        if glyph not in self._outlines:
            pen = _Pen()
            self.font.draw_glyph_with_pen(glyph, pen)
            self._outlines[glyph] = tuple(pen.drawn)
        return self._outlines[glyph]


class _Pen:
    """Takes down what HarfBuzz draws."""

    def __init__(self) -> None:
        self.drawn: list[tuple[str, tuple[float, ...]]] = []

    def moveTo(self, point: tuple[float, float]) -> None:
        self.drawn.append(("M", point))

    def lineTo(self, point: tuple[float, float]) -> None:
        self.drawn.append(("L", point))

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        self.drawn.append(("Q", tuple(number for point in points for number in point)))

    def curveTo(self, *points: tuple[float, float]) -> None:
        self.drawn.append(("C", tuple(number for point in points for number in point)))

    def closePath(self) -> None:
        self.drawn.append(("Z", ()))

    def endPath(self) -> None:
        """Nothing to do: fonts have closed outlines alone."""


@lru_cache(maxsize=8)
def _built_in(weight: Weight, tongue: Tongue) -> tuple[Face, ...]:
    """The faces that are always there: Roboto, FiraGO (Hebrew, Arabic, Devanagari, Thai, Georgian), Noto Sans CJK."""
    thicker = _THICKER if weight is Weight.MEDIUM else 0.0
    return _roboto(weight), _fira_go(thicker), _noto(tongue, thicker)


@lru_cache(maxsize=4)
def _roboto(weight: Weight) -> Face:
    return Face("Roboto", hb.Blob.from_file_path(str(_ROBOTO[weight])))


@lru_cache(maxsize=2)
def _fira_go(thicker: float) -> Face:
    return Face("FiraGO", pymupdf_fonts.myfont("figo"), thicker=thicker)


@lru_cache(maxsize=6)
def _noto(tongue: Tongue, thicker: float) -> Face:
    blob = hb.Blob.from_file_path(str(noto_cjk_sans_otc.FONT_PATH))  # mapped, not read
    return Face("Noto Sans CJK", blob, _OF_COLLECTION[tongue], thicker=thicker)


class Faces:
    """The faces of a film, in the order in which a letter is looked for in them."""

    def __init__(
        self, weight: Weight = Weight.MEDIUM, *, own: Face | None = None, tongue: Tongue = Tongue.CHINESE
    ) -> None:
        """Choose faces.

        Args:
            weight: How heavy the letters are.
            own: A face of the user's own, which comes first.
            tongue: Whose forms Chinese, Japanese and Korean signs have.
        """
        self.tongue = tongue
        self.all = (*([own] if own is not None else []), *_built_in(weight, tongue))

    def face_of(self, letter: str, before: Face | None = None) -> Face | None:
        """Find who writes a letter.

        Args:
            letter: The letter.
            before: Who writes the one before. What belongs to no writing of its own (spaces, digits, points, marks
                over a letter) stays with it where it can.

        Returns:
            The face; None where no face has the letter.
        """
        if before is not None and not unicodedata.category(letter).startswith("L") and before.has(letter):
            return before
        return next((face for face in self.all if face.has(letter)), None)

    def missing(self, text: str) -> tuple[str, ...]:
        """List the letters of a text that no face has, each once, in the order in which they come."""
        return tuple(dict.fromkeys(letter for letter in normal(text) if not self._writes(letter)))

    def writable(self, text: str) -> str:
        """A text without the letters that no face has, and without what they leave of spaces."""
        kept = "".join(letter for letter in normal(text) if self._writes(letter))
        return "\n".join(" ".join(line.split()) if kept != normal(text) else line for line in kept.split("\n"))

    def _writes(self, letter: str) -> bool:
        return letter.isspace() or _unseen(letter) or self.face_of(letter) is not None


def normal(text: str) -> str:
    """A text as fonts know it: composed, with plain spaces."""
    return unicodedata.normalize("NFC", text.replace("\t", " ").replace("\r", ""))


def _unseen(letter: str) -> bool:
    """Whether nothing is seen of a letter: joiners, marks of direction, variants of the sign before."""
    return unicodedata.category(letter) in _IGNORED or 0xFE00 <= ord(letter) <= 0xFE0F


def has_signs(text: str) -> bool:
    """Whether a text has signs that Chinese, Japanese and Korean share, and write differently."""
    return any(0x2E80 <= ord(letter) < 0xA000 or 0xF900 <= ord(letter) < 0xFB00 for letter in text)


def tongue_of(texts: Iterable[str]) -> str:
    """Guess whose forms the shared signs of some texts have, by the letters that only one of them uses.

    Returns:
        A `Tongue`; Chinese where nothing tells. Empty where the texts have no such signs.
    """
    kana = hangul = 0
    signs = False
    for text in texts:
        if text.isascii():
            continue
        signs = signs or has_signs(text)
        kana += sum(0x3040 <= ord(letter) < 0x3100 for letter in text)
        hangul += sum(0xAC00 <= ord(letter) < 0xD7B0 for letter in text)
    if not signs:
        return ""
    if not kana and not hangul:
        return Tongue.CHINESE.value
    return (Tongue.JAPANESE if kana >= hangul else Tongue.KOREAN).value


def read_font(data: bytes, name: str) -> Face:
    """Open a font of the user's own.

    Args:
        data: The file.
        name: What messages call it.

    Returns:
        Its first face.

    Raises:
        InvalidRequest: It is no TrueType or OpenType font, is too large or cut short, or has no outlines.
    """
    if len(data) > MAX_BYTES:
        raise InvalidRequest(f"{name} has {len(data) >> 20} MB; the largest font that is read has {MAX_BYTES >> 20}.")
    if not data.startswith(_KINDS):
        raise InvalidRequest(f"{name} is no font; give a TrueType or OpenType file (.ttf, .otf, .ttc).")
    if not _whole(data):
        raise InvalidRequest(f"{name} is cut short: it promises more than it holds; fetch it again.")
    face = Face(name, data)
    if not any(face.outline(face.font.get_nominal_glyph(code) or 0) for code in sorted(face._codes)[:2000]):
        raise InvalidRequest(f"{name} holds pictures of letters, or none, instead of outlines; give another font.")
    return face


def _whole(data: bytes) -> bool:
    """Whether all tables lie within the file; of a collection, those of its first face.

    HarfBuzz reads what is left of a file that was cut, and draws nothing of the rest ("Table Directory", OpenType 1.9).
    """
    begin = int.from_bytes(data[12:16], "big") if data.startswith(b"ttcf") else 0
    records = [begin + 12 + 16 * number for number in range(int.from_bytes(data[begin + 4 : begin + 6], "big"))]
    ends = [
        int.from_bytes(data[at + 8 : at + 12], "big") + int.from_bytes(data[at + 12 : at + 16], "big") for at in records
    ]
    return all(at + 16 <= len(data) for at in records) and max(ends, default=0) <= len(data)
