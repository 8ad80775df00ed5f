"""Words and sentences: the little linguistics that direction needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_PLAIN_WORD = re.compile(r"[a-z0-9]+(?:['\-][a-z0-9]+)*")
"""The same in small letters without accents, which are read in half the time."""
_APART = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)
"""Takes all signs for spaces: a text without accents, hyphens and apostrophes is divided in half of that time."""
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<=\n)|(?<![.!?…].)[.!?…]*[\"”’)\]]*(?=\s))")
"""Stops and what closes with them, or a line end; what begins with the sign itself is found without a look at each
letter."""
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:(?i:Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Rev|Capt|Col|Sgt|Lt)|No|vs|etc|[A-Z])\.$")

Range = tuple[int, int]


@lru_cache(maxsize=2048)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case, without possessive endings."""
    small = text.lower()
    if not small.isascii():
        words = _WORD.findall(small.replace("’", "'"))
    elif "'" in small or "-" in small:
        words = _PLAIN_WORD.findall(small)
    else:
        return tuple(small.encode("ascii").translate(_APART).decode("ascii").split())
    return tuple([word.removesuffix("'s") for word in words]) if "'" in text or "’" in text else tuple(words)


def placed_tokens(text: str) -> Iterator[tuple[str, int]]:
    """The words of a text, in lower case and without possessive endings, each with its offset."""
    for match in _WORD.finditer(text):
        word = match.group().lower().replace("’", "'")
        yield word.removesuffix("'s"), match.start()


def singular(word: str) -> str:
    """A plain singular of an English noun: `phones` becomes `phone`, `glasses` becomes `glass`."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[str, ...]:
    """A word and its singular, where they differ."""
    one = singular(word)
    return (word,) if one == word else (word, one)


def ends_abbreviated(text: str) -> bool:
    """Whether a text ends with a stop that ends no sentence: `… when Mrs.`."""
    tail = text.rstrip()[-8:]
    return tail.endswith(".") and _ABBREVIATION.search(tail) is not None


def sentences(text: str) -> list[Range]:
    """Divide a text into sentences; the ranges hold no white space at their ends and cover all else."""
    found: list[Range] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        sign = match.group()
        if sign.endswith(".") and _ABBREVIATION.search(text[max(start, match.end() - 8) : match.end()]):
            continue
        if sign == "\n" and not _ends_line(text, match.start()):
            continue
        if _goes_on(text, match.end()):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return [trimmed for piece in found if (trimmed := trim(text, piece))[0] < trimmed[1]]


def _goes_on(text: str, at: int) -> bool:
    """Whether what follows begins in lower case, and so belongs to the sentence before: `"Yip!" he barks`."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at < len(text) and text[at].islower()


def _ends_line(text: str, at: int) -> bool:
    """Whether a line end also ends a sentence: the line closes one, or stands for itself in capitals."""
    before = text[max(0, at - 400) : at].rsplit("\n", 1)[-1].rstrip().rstrip("”\"’'")
    return before[-1:] in tuple(".!?:…") or before.isupper()


def trim(text: str, piece: Range) -> Range:
    """Take white space off both ends of a range."""
    start, end = piece
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def word_count(text: str) -> float:
    """How many words are spoken; scripts written without spaces count about 1.7 characters as one."""
    if text.isascii():
        return float(len(tokens(text)))
    ideographs = len(_IDEOGRAPH.findall(text))
    return ideographs / 1.7 + len(_WORD.findall(_IDEOGRAPH.sub(" ", text) if ideographs else text))


def slug(text: str, fallback: str = "unnamed") -> str:
    """Make an id of a name: `Old Anna` becomes `old-anna`; letters of any alphabet are kept."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[^\w]+|_+", "-", plain).strip("-") or fallback


def unique(name: str, taken: set[str]) -> str:
    """Make an id that is not taken yet, and take it."""
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}-{number}", number + 1
    taken.add(candidate)
    return candidate
