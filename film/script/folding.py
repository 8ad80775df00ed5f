"""Sees through disguises: folds a text into plain words, each with the number of its line.

Characters are folded one by one: compatibility forms (full-width, mathematical, circled), accents, case, letters of
other scripts that look Latin, and everything that has no width. Words are then read three times: as they stand, and
twice with figures read as letters (`1` is an i, or an l), with signs and single spaces between their letters taken
out, and with stretched letters (`heeelp`) brought back to one or to two.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

LEET = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "€": "e", "£": "l"}
"""Figures and signs that stand for letters; besides them `1`, `!` and `|`, which stand for an i or an l."""

_EITHER = "1!|"
_READINGS = tuple(
    str.maketrans({**LEET, **dict.fromkeys(_EITHER, letter), **dict.fromkeys("'", "")}) for letter in "il"
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PIECES = re.compile(r"--+|\.\.+|[/\\–—…:;,()\[\]{}<>\"“”«»?&=]+")
_TRIM = ".,;:!?'\"*_~-#"
_SIGNS = re.compile(r"[\W_]+")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u180b\u180c\u180d")
"""Letters and marks that show nothing."""
_LATIN = re.compile(
    r"(?:LATIN (?:CAPITAL |SMALL )?LETTER (?:SMALL CAPITAL )?|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER |"
    r"REGIONAL INDICATOR SYMBOL LETTER |SQUARED LATIN CAPITAL LETTER )([A-Z])(?: WITH .*)?"
)
_STOP = re.compile(r"[.!?…][\"'”’)\]*_]*$")
_ABBREVIATED = tuple([word] for word in "mr mrs ms dr st jr sr prof capt col sgt lt vs etc".split())
_SPELLED = 3
"""So many single letters in a row spell a word."""


@dataclass(frozen=True)
class Words:
    """One reading of a text. `lines[i]` is the line of `words[i]`, from 1, and `sentences[i]` its sentence."""

    words: Sequence[str]
    lines: Sequence[int]
    sentences: Sequence[int]


@dataclass
class _Reading:
    words: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)

    def add(self, word: str, line: int, sentence: int) -> None:
        self.words.append(word)
        self.lines.append(line)
        self.sentences.append(sentence)

    def whole(self) -> Words:
        return Words(self.words, self.lines, self.sentences)


class _Folded(dict[int, str | None]):
    """What each code point is folded into; worked out when it is first met."""

    def __missing__(self, point: int) -> str | None:
        self[point] = folded = _fold(chr(point))
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Fold a text's characters; words and lines stay where they are."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def _fold(char: str) -> str | None:
    if char == "\n" or char.isspace():
        return char if char == "\n" else " "
    if char in _BLANK or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return None
    folded = "".join(_letter(part) for part in unicodedata.normalize("NFKD", char))
    return folded.replace("\n", " ")


def _letter(char: str) -> str:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return ""
    alike = _confusables().get(char)
    if alike is not None:
        return alike
    if not char.isascii():
        named = _LATIN.fullmatch(unicodedata.name(char, ""))
        if named:
            return named[1].lower()
    folded = char.casefold()
    return "".join(_confusables().get(part, part) for part in folded)


@cache
def _confusables() -> dict[str, str]:
    data = tomllib.loads((files("film.script") / "lexicon" / "confusables.toml").read_text(encoding="utf-8"))
    return {char: plain for table in data.values() for plain, chars in table.items() for char in chars}


def plain_words(text: str) -> list[str]:
    """Fold a phrase into its words, without a possessive's `'s`."""
    return [_bare(word) for word in _WORD.findall(fold(text))]


def _bare(word: str) -> str:
    return word.removesuffix("'s").replace("'", "")


def readings(text: str) -> Iterator[Words]:
    """Read a text in all ways. The first reading is whole; the others, where they differ from it, are, too.

    Args:
        text: Any text; its lines end with line feeds.

    Yields:
        Words in their order. Time and memory are linear in the text.
    """
    plain, figured = _Reading(), (_Reading(), _Reading())
    known: dict[str, tuple[list[str], tuple[list[str], list[str]]]] = {}
    disguised, alone, sentence = False, 0, 0
    for number, line in enumerate(fold(text).split("\n"), 1):
        for chunk in line.split():
            read = known.get(chunk)
            if read is None:
                read = known[chunk] = _read(chunk)
            words, others = read
            bare = len(chunk.strip(_TRIM))
            alone = alone + 1 if bare == 1 else alone if bare == 0 else 0
            disguised = disguised or alone >= _SPELLED
            for word in words:
                plain.add(word, number, sentence)
            for reading, variant in zip(figured, others, strict=True):
                disguised = disguised or variant != words
                for word in variant:
                    reading.add(word, number, sentence)
            sentence += bare > 1 and _STOP.search(chunk) is not None and words[-1:] not in _ABBREVIATED
    yield plain.whole()
    if disguised:
        for reading in figured:
            yield _spelled(reading)


def _read(chunk: str) -> tuple[list[str], tuple[list[str], list[str]]]:
    """Read what stands between two spaces: plainly, and in two disguises."""
    words = [_bare(word) for word in _WORD.findall(chunk)]
    first, second = (
        [word for piece in _PIECES.split(chunk) for word in _undisguised(piece, index)] for index in range(2)
    )
    return words, (first, second)


def _undisguised(piece: str, index: int) -> list[str]:
    trimmed = (piece if len(piece) == 1 else piece.strip(_TRIM)).removesuffix("'s")
    parts = _WORD.findall(trimmed)
    if len(parts) > 1 and all(len(part) > 2 or part.isdigit() for part in parts):
        # A compound of whole words, such as 14-year-old, is no word with signs between its letters.
        return [_bare(part) for part in parts]
    if len(trimmed) == 1 or any(char.isalpha() for char in trimmed):
        trimmed = trimmed.translate(_READINGS[index])
    word = _SIGNS.sub("", trimmed)
    return [_STRETCHED.sub(r"\1" * (index + 1), word)] if word else []


def _spelled(reading: _Reading) -> Words:
    """Join letters that stand alone, three or more in a row; an article before or after them may not belong."""
    joined = _Reading()
    run: list[str] = []
    start = sentence = 0

    def close() -> None:
        if len(run) >= _SPELLED:
            word = "".join(run)
            for variant in dict.fromkeys((word, word.lstrip("ai"), word.rstrip("ai"))):
                joined.add(variant, start, sentence)
        else:
            for letter in run:
                joined.add(letter, start, sentence)
        run.clear()

    for word, line, number in zip(reading.words, reading.lines, reading.sentences, strict=True):
        if len(word) == 1 and not word.isdigit():
            start, sentence = (start, sentence) if run else (line, number)
            run.append(word)
        else:
            close()
            joined.add(word, line, number)
    close()
    return joined.whole()
