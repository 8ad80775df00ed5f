"""Divides narration into shots: where it can stand alone, and else where least is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from film.direction.timing import LINE, PART_WORDS, split_speech
from film.direction.vocabulary import VERBS
from film.direction.words import Range, sentences
from film.script.evidence import PAST

MOST_CHARACTERS, MOST_WORDS = 132, 24
"""Longest narration of a shot: some nine seconds, in two subtitles."""
_LONG = 4
"""What it costs to show more in one shot than a subtitle holds."""
_SHORT, _SHORT_WORDS = 6, 4
"""What it costs to leave so few words alone."""
_FOLLOWS_WORDS = 4
"""A sentence of so few words shares the shot of the one before it, however long that is."""
_AHEAD = 90
"""So far ahead, in characters, a clause is read."""
_VERB_AMONG = 7
"""Among so many words of a clause stands its verb."""
_CLAUSE, _BREAK, _DEED, _DOING, _PAUSE, _PHRASE, _RELATIVE, _WORD = 1, 2, 4, 6, 7, 12, 14, 20
"""What it costs to divide before a clause with a subject, after a sign that divides, before a second verb, before
what somebody does besides, after a comma, before a preposition, before a relative clause, between any two words."""

_SPACE = re.compile(r"\s+")
_SIGNS = (";", ":", "--", "–", "—")
_WORDS = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_LAST_WORD = re.compile(r"[A-Za-z]+$")
_STOP = re.compile(r"[,;:.!?–—]")
_JOINING = frozenset(
    "and but so or yet then while when whenever until till before after as because though although if unless "
    "once since whereas".split()
)
_AND = frozenset({"and", "then", "but"})
_SUBJECTS = frozenset(
    "he she it they i we you the a an his her their its my our your this that these those one every each both all "
    "nobody somebody someone everybody everyone nothing something no some two three four five six".split()
)
_ARTICLES = frozenset("a an the his her their its my our your".split())
_RELATIVES = frozenset("who whom whose which that where".split())
_PREPOSITIONS = frozenset(
    "with without for in into on onto at to from over under by through across along behind beside around past towards "
    "toward between against like".split()
)
_AUXILIARY = frozenset(
    "was were had is are has could would should did does must might may will can began were kept".split()
)


def narration(text: str) -> list[Range]:
    """Divide narration into what one shot tells.

    A sentence is a shot, or two short ones are. One that is too long is divided before clauses with a subject of
    their own, where it has any; before a second verb or a phrase only where it must be, and a relative clause stays
    with what it tells of as long as there is room.

    Args:
        text: The narration.

    Returns:
        Ranges that cover the text without gaps; the white space between two belongs to the earlier one.
    """
    found: list[Range] = []
    whole = False
    ranges = sentences(text)
    for number, (begin, _) in enumerate(ranges):
        start = begin if number else 0
        end = ranges[number + 1][0] if number + 1 < len(ranges) else len(text)
        parts = list(_divided(text, start, end))
        if whole and len(parts) == 1 and _shares(text[found[-1][0] : start], text[start:end]):
            found[-1] = (found[-1][0], end)
            continue
        whole = len(parts) == 1
        found += parts
    return found


def subtitles(text: str, part: Range) -> list[Range]:
    """Divide the narration of a shot into its subtitles."""
    start, end = part
    return [(start + begin, start + stop) for begin, stop in split_speech(text[start:end])]


def _shares(before: str, sentence: str) -> bool:
    """Whether a sentence shares the shot of those before it."""
    most, words = (LINE, PART_WORDS) if len(sentence.split()) > _FOLLOWS_WORDS else (MOST_CHARACTERS - LINE // 4, 20)
    return len(before) + len(sentence.rstrip()) <= most and len(before.split()) + len(sentence.split()) <= words


def _divided(text: str, start: int, end: int) -> Iterator[Range]:
    """The parts of a sentence, by the cheapest way to divide it."""
    if end - start <= LINE:
        yield start, end
        return
    cuts = _cuts(text, start, end)
    places = [start, *(place for place, _ in cuts), end]
    prices = [0, *(price for _, price in cuts), 0]
    counts = [0]
    for here, there in zip(places, places[1:], strict=False):
        counts.append(counts[-1] + len(text[here:there].split()))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for at in range(1, len(places)):
        choice = (float("inf"), at - 1)
        for before in range(at - 1, -1, -1):
            size, words = places[at] - places[before], counts[at] - counts[before]
            if before < at - 1 and (size > MOST_CHARACTERS + 1 or words > MOST_WORDS):
                break
            cost = best[before][0] + prices[at] + 1 + _LONG * (size > LINE + 1) + _SHORT * (words <= _SHORT_WORDS)
            if cost < choice[0]:  # of equal ones the part with the subject is the longer
                choice = (cost, before)
        best.append(choice)
    chosen: list[Range] = []
    at = len(places) - 1
    while at:
        before = best[at][1]
        chosen.append((places[before], places[at]))
        at = before
    for begin, stop in reversed(chosen):
        if stop - begin > MOST_CHARACTERS + 1:  # a word without an end
            yield from subtitles(text, (begin, stop))
        else:
            yield begin, stop


def _cuts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a sentence may be divided, each with what it costs; before each word, so that there is always one."""
    found: list[tuple[int, int]] = []
    for match in _SPACE.finditer(text, start, end):
        if start < match.start() and match.end() < end:
            found.append((match.end(), _price(text, match.start(), match.end(), end)))
    return found


def _price(text: str, stop: int, at: int, end: int) -> int:
    """What it costs to divide before the word at a place; the word before it ends at `stop`."""
    sign = text[stop - 1]
    limit = min(end, at + _AHEAD)
    pause = _STOP.search(text, at, limit)
    ahead = [one.lower() for one in _WORDS.findall(text, at, pause.start() if pause else limit)[: _VERB_AMONG + 2]]
    capital = text[at].isupper()
    if text[max(0, stop - 2) : stop].endswith(_SIGNS) or text.startswith(("–", "—", "--"), at) or "\n" in text[stop:at]:
        return _BREAK
    comma = sign == ","
    behind = _LAST_WORD.search(text, max(0, stop - 12), stop)
    if not ahead or (behind and behind[0].lower() in _JOINING):
        return _WORD
    first = ahead[0]
    if first in _JOINING and _is_clause(ahead[1:], text, at) and (comma or first not in _AND or _told(text, stop)):
        return _CLAUSE if comma or first not in {"as", "then"} else _BREAK
    if first in _RELATIVES:
        return _RELATIVE
    if comma and (first in _SUBJECTS or capital) and _is_clause(ahead, text, at, capital):
        return _BREAK
    if _is_deed(ahead[1:] if first in _AND else ahead):
        return _DEED if comma or first in _AND else _WORD
    if comma:
        return _DOING if first.endswith("ing") and len(first) > 4 else _PAUSE
    if first in _JOINING or first in _PREPOSITIONS:
        return _PHRASE
    return _WORD


def _is_clause(words: Sequence[str], text: str, at: int, capital: bool = False) -> bool:
    """Whether words begin with a subject, and a verb of its own follows."""
    if not words:
        return False
    named = capital or re.match(r"\w+\s+[A-Z]", text[at : at + 40]) is not None
    if words[0] not in _SUBJECTS and not named:
        return False
    begin = 2 if words[0] in _ARTICLES else 1
    return any(_is_verb(word) for word in takewhile(lambda word: word not in _AND, words[begin:_VERB_AMONG]))


def _told(text: str, stop: int) -> bool:
    """Whether what ends at a place has a verb since its last comma: `four people | and a goat sat` has none."""
    before = _STOP.split(text[max(0, stop - _AHEAD) : stop])[-1]
    return any(_is_verb(word.lower()) for word in _WORDS.findall(before)[1:])


def _is_deed(words: Sequence[str]) -> bool:
    """Whether words go on with a verb, whose subject was named before."""
    word = next((one for one in words[:3] if not one.endswith("ly") and one != "then"), "")
    return _is_verb(word) and word not in _RELATIVES


def _is_verb(word: str) -> bool:
    return word in PAST or word in _AUXILIARY or word in VERBS or (len(word) > 4 and word.endswith("ed"))
