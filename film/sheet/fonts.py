"""The letters of a sheet: fonts that come with Python packages, and what none of them can write."""

from __future__ import annotations

import unicodedata
from importlib.resources import files
from pathlib import Path

import font_roboto
import noto_cjk_sans_otc
import pymupdf_fonts
from fpdf import FPDF
from fpdf.fonts import TTFFont

SCRIPT = "CourierPrime"
"""The screenplay's own face; screenplain brings it."""
LIST = "Roboto"
"""What the shot list is set in."""
REST = "FiraGO"
"""Hebrew, Arabic, Devanagari, Thai, Georgian, and what else the other two lack."""
SIGNS = "NotoSansCJK"
"""Chinese, Japanese and Korean."""

_EASTERN = 0x2E80
"""From here on Unicode has the signs of China, Japan and Korea, and what else none of the first three fonts has."""

LEFT_OUT = "[…]"
"""Stands where letters stood that no font has."""


class Letters:
    """Knows which letters can be written."""

    def __init__(self, pdf: FPDF, folder: Path) -> None:
        """Give a document its fonts.

        Args:
            pdf: A document without fonts.
            folder: Where a font may be unpacked; it must stay until the document is written.
        """
        courier = files("screenplain.export").joinpath("courier_prime")
        for style, name in (("", ""), ("B", " Bold"), ("I", " Italic")):
            pdf.add_font(SCRIPT, style, Path(str(courier.joinpath(f"Courier Prime{name}.ttf"))))
        roboto = (("", font_roboto.Roboto), ("B", font_roboto.RobotoMedium), ("I", font_roboto.RobotoItalic))
        for style, path in roboto:
            pdf.add_font(LIST, style, Path(path))
        rest = folder / "rest.ttf"
        rest.write_bytes(pymupdf_fonts.myfont("figo"))
        pdf.add_font(REST, "", rest)
        pdf.set_fallback_fonts([LIST, REST], exact_match=False)
        self._pdf = pdf
        self._fonts = [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]
        self._known = {code for font in self._fonts for code in font.cmap}
        self.missing: dict[str, None] = {}
        """Letters that were asked for and that no font has, each once, in the order in which they came."""

    def _bring_signs(self) -> None:
        """Add the font of Chinese, Japanese and Korean: it is large, and few scripts need it."""
        self._pdf.add_font(SIGNS, "", Path(str(noto_cjk_sans_otc.FONT_PATH)))
        self._pdf.set_fallback_fonts([LIST, REST, SIGNS], exact_match=False)
        fonts = [font for font in self._pdf.fonts.values() if isinstance(font, TTFFont)]
        self._known |= {code for font in fonts if font not in self._fonts for code in font.cmap}
        self._fonts = fonts

    def shape(self, text: str) -> None:
        """Have what is measured and written next shaped, where its letters join, combine or run leftwards.

        Other letters are written one after the other, so that a PDF's readers find its words as words.
        """
        self._pdf.set_text_shaping(any(not _plain(ord(letter)) for letter in text))

    def close(self) -> None:
        """Close the fonts' files, when the document is written."""
        for font in self._fonts:
            font.ttfont.close()

    def writable(self, text: str) -> str:
        """A text in which `LEFT_OUT` stands for each run of letters that no font has; those are remembered."""
        found: list[str] = []
        text = unicodedata.normalize("NFC", text.expandtabs(4))
        if SIGNS.lower() not in self._pdf.fonts and any(ord(letter) >= _EASTERN for letter in text):
            self._bring_signs()
        for letter in text:
            if letter in "\n " or ord(letter) in self._known:
                found.append(letter)
            elif unicodedata.category(letter) in {"Cf", "Cc"}:
                continue  # A joiner or a direction mark: nothing is seen where it is missing.
            else:
                self.missing[letter] = None
                if not found or found[-1] != LEFT_OUT:
                    found.append(LEFT_OUT)
        return "".join(found)


def _plain(code: int) -> bool:
    """Whether a letter needs no shaping: Latin, Greek, Cyrillic, punctuation and signs."""
    return code < 0x300 or 0x370 <= code < 0x530 or 0x2010 <= code < 0x2028 or 0x2030 <= code < 0x2C00
