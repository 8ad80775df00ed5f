"""Finds speech in prose: between quotation marks of any custom, or after a dash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

DOUBLE = {
    '"': '"', "“": "”", "«": "»", "„": "“”", "»": "«", "‹": "›", "‚": "‘’", "「": "」", "『": "』", "｢": "｣", "＂": "＂"
}  # fmt: skip
"""Marks that open speech wherever they stand, each with those that close it."""
SINGLE = {"‘": "’", "'": "'"}
"""Marks that open speech only where a text has no others outside of them: they are apostrophes as well."""

_FIRST = re.compile(r"[\"“«„»‹‚「『｢＂]|(?<![^\W_])[‘'](?=[^\W_])")
_ELISION = re.compile(r"['’‘](?:(?i:tis|twas|twere|twill)|em|til|till|cause|bout|neath|gainst|n|round|un|\d0s|\d\d)\b")
_DASH = re.compile(r"(?:—|―|–|--)[ \t]*(?=[^\s\-–—―])")
_ASIDE = re.compile(r"(?<=[.,!?…])[ \t\n]+[—―–][ \t\n]*(?=[^\W\d_])|(?<=\S)[ \t\n]+[—―–](?=[^\W\d_A-Z])")
_RESUME = re.compile(r"[—―–](?=[.,;:!?…])|[—―–][ \t\n]+|[ \t\n][—―–](?=\S)")
_SENTENCE = re.compile(r"[.!?…](?=\s)")
_CLAUSE = re.compile(r"(?<=[,.!?…])\s+")
_SAID_BEFORE = re.compile(r"[,:;.!?…—–-]\s*$|^\s*$")
_TRIES = 4
_NEAR = 1000
_MOST_CLOSES = 200
"""So many marks at most are tried for the end of a quotation, once a word ended before one."""
_ASIDE_WITHIN = 5000
_ENDS = ".,!?…—–-;:。！？、，；：︒"
_CORNERS = frozenset("「『｢")
"""Marks of Chinese and Japanese, which divide no words by spaces."""
_SAID_ON = re.compile(r"(?:と|って|、|。|，|说|說|道|问|問|喊|叫|答|\s|$)")
_LEADS_ON = "。！？，、：；…:,.!?"
_FRAMED = re.compile(r"\s?[,—–]\s*(?=[^\W\d_A-Z])")
"""How narration goes on after speech that ends without a mark, as in German and Russian."""
_WRITTEN = re.compile(
    r"\b(?:sign|signboard|notice|label|plate|placard|board|card|inscription|headline|poster|banner|door-?plate|screen|"
    r"letter|note|telegram|message|postcard|paper)"
    r"\b(?: \w+){0,3}? (?:read|reads|said|says|ran|runs|bore|stood|announced|the words?)\s*[:,]?\s*$"
    r"|\b(?:written|painted|printed|carved|engraved|scrawled|embroidered|stencilled|inscribed)\b[\w ]{0,24}[:,]?\s*$"
    r"|\bstood(?: the words?)?\s*:?\s*$"
    r"|\b(?:[Ii]t|which) (?:ran|read|reads|runs|bore)(?: as follows| thus| simply| only)?\s*[:,]?\s*$"
    r"|\b(?:words?|name|names|title|legend|motto|phrase|signature|expression|heading|syllables?)\s*:?\s*$"
    r"|\b(?:signed|labelled|labeled|marked|headed|"
    r"(?:card|sign|board|label|notice|plate)s? (?:that|which) said)\s*[:,]?\s*$",
    re.I,
)
"""What is read, not heard."""
_TERM = re.compile(
    r"\b(?:words?|name|names|title|legend|motto|phrase|expression|syllables?|called|named|so-called)\s*$"
)
"""What leads to a word of which the narration speaks, whatever follows it."""
_TERM_WORDS = 4
_CALLED = re.compile(r"\b(?:called|named)\s+(?:him|her|it|them|me|himself|herself|itself|themselves)(?:\s+\w+)?\s*$")
_NAMED = re.compile(
    r"\b(?:called|named|titled|entitled|word|words|the|an?|of|is|was|were|so-called|reading|read|and|or)\s*$", re.I
)

_BY_NAME = re.compile(r"\b(?:called|named|titled|entitled|known as|nicknamed)\s*$", re.I)
_NAME_WORDS = 4
_SEVERAL = 2
"""A quotation with so many spaces is no title before a bracket."""


_NEAR_OTHERS = 40
"""So far before a quotation what leads to it is looked for."""
Range = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Speech in a paragraph; offsets count from the start of the whole text."""

    start: int
    end: int
    """The quotation marks, or the dash, are inside."""
    inner_start: int
    inner_end: int
    open: bool = False
    """Whether it goes on in the next paragraph: it has no closing mark."""


Attributes = Callable[[str], int]
"""Given what follows a quotation, the length of the words that say who speaks it, 0 where they do not."""


def custom(paragraphs: Iterable[str]) -> dict[str, str]:
    """Find out which marks enclose speech in a text.

    A British text opens its speech with single marks and has double ones within; elsewhere single marks are
    apostrophes and quotations within speech.

    Args:
        paragraphs: The text's paragraphs.

    Returns:
        The opening marks, each with those that close it.
    """
    first: Counter[str] = Counter()
    for paragraph in paragraphs:
        for found in islice(_FIRST.finditer(paragraph), _TRIES):
            mark = found.group()
            if mark in SINGLE and _ELISION.match(paragraph, found.start()):
                continue
            if mark not in SINGLE or _close_single(paragraph, found.start(), len(paragraph), SINGLE[mark]) > 0:
                first[mark] += 1
                break
    single = sum(first[mark] for mark in SINGLE)
    if single > sum(first.values()) - single:
        return {mark: closes for mark, closes in SINGLE.items() if first[mark]}
    return DOUBLE


def quotes(text: str, start: int, end: int, marks: dict[str, str], attributes: Attributes) -> list[Quote]:
    """Find the speech of one paragraph.

    A quotation that neither ends as speech does, nor is introduced or attributed as speech, is a word in quotes
    and stays part of the narration.

    Args:
        text: The whole text.
        start: The paragraph's first code point.
        end: One past its last.
        marks: As `custom` returns them; speech between the others is found where it is surely said.
        attributes: Measures an attribution.

    Returns:
        Its quotations, in order.
    """
    dash = _DASH.match(text, start, end)
    if dash:
        return _after_dash(text, dash.end(), start, end, attributes)
    found = _between(text, start, end, marks, attributes)
    others = DOUBLE if any(mark in SINGLE for mark in marks) else SINGLE
    pieces = zip([start, *(quote.end for quote in found)], [*(quote.start for quote in found), end], strict=True)
    return sorted(found + [quote for piece in pieces for quote in _of_others(text, piece, start, others, attributes)])


def _of_others(text: str, piece: Range, start: int, marks: dict[str, str], attributes: Attributes) -> Iterator[Quote]:
    """Speech in a piece of narration in marks that are not the text's custom: what is surely said, and ends there."""
    if not any(text.find(mark, *piece) >= 0 for mark in marks):
        return
    previous: Quote | None = None
    for quote in _between(text, *piece, marks, attributes):
        before = text[max(piece[0], quote.start - _NEAR_OTHERS) : quote.start].rstrip()
        opens = quote.start == start and text[quote.inner_end - 1] in _ENDS
        goes_on = previous is not None and _resumes(text, previous, quote, attributes)
        told = attributes(text[quote.end : min(quote.end + 120, piece[1])]) or before.endswith((",", ":"))
        if not quote.open and (opens or goes_on or told):
            previous = quote
            yield quote


def _between(text: str, start: int, end: int, marks: dict[str, str], attributes: Attributes) -> list[Quote]:
    """The speech of a stretch between certain marks."""
    found: list[Quote] = []
    at = previous = start
    never: set[str] = set()
    written = 0
    """Where a quotation before this one ends that is read, not heard."""
    while at < end:
        if text[at] not in marks or not _may_open(text, at, start):
            at += 1
            continue
        close = -1 if text[at] in never else _close(text, at, end, marks[text[at]])
        if close < 0:
            never.add(text[at])
        quote = (
            Quote(at, close + 1, at + 1, close) if close >= 0 else Quote(at, end, at + 1, end, open=bool(text[at + 1]))
        )
        resumed = bool(found) and _resumes(text, found[-1], quote, attributes)
        if _is_speech(text, quote, previous, (start, end), attributes, resumed) and not (
            written and _goes_with(text, written, quote, end, attributes)
        ):
            found.append(quote)
            written = 0
            previous = quote.end
            at = quote.end
        else:
            before = text[max(previous, quote.start - 40) : quote.start]
            written = quote.end if _WRITTEN.search(before) or (written and close >= 0) else 0
            at = quote.end if close >= 0 else at + 1
    return found


def _goes_with(text: str, written: int, quote: Quote, end: int, attributes: Attributes) -> bool:
    """Whether a quotation is read like the one before it: `a card that said “Rooms,” and another, “Pets.”`, say."""
    between = text[written : quote.start] if quote.start - written < _NEAR_OTHERS else ""
    listed = between.strip() and not _SENTENCE.search(between) and between.rstrip().endswith((",", "and", "or"))
    return bool(listed) and not attributes(text[quote.end : min(quote.end + 120, end)])


def _may_open(text: str, at: int, start: int) -> bool:
    if at + 1 >= len(text) or (text[at] in SINGLE and not (text[at + 1].isalnum() or text[at + 1] in '“"¿¡—….')):
        return False
    if text[at] in SINGLE and _ELISION.match(text, at):
        return False
    return at == start or not text[at - 1].isalnum()


def _close(text: str, at: int, end: int, closes: str) -> int:
    if text[at] in SINGLE:
        return _close_single(text, at, end, closes)
    found = [close for close in (text.find(mark, at + 1, end) for mark in closes) if close >= 0]
    return min(found, default=-1)


def _close_single(text: str, at: int, end: int, mark: str) -> int:
    """Where a single quotation closes: after punctuation, if it does before another opens; else after a word."""
    word, tried = -1, 0
    close = text.find(mark, at + 1, end)
    while 0 <= close < end and tried < _MOST_CLOSES:
        tried += word >= 0
        inside = close + 1 < end and text[close + 1].isalnum()
        opens = mark == "'" and (text[close - 1].isspace() or text[close - 1] in "(—-")
        if not inside and not opens:
            if text[close - 1] in _ENDS + ')”"':
                return close
            if word < 0:
                word = close
                opening = text.find("‘", close, end) if mark == "’" else -1
                end = opening if opening >= 0 else end
        elif inside and opens and word >= 0 and not _ELISION.match(text, close):
            return word
        close = text.find(mark, close + 1, end)
    return word


def _resumes(text: str, before: Quote, quote: Quote, attributes: Attributes) -> bool:
    """Whether a quotation goes on with the one before it, behind the words that say who speaks."""
    end = text[max(before.end, quote.start - _NEAR) : quote.start]
    several = text.count(" ", quote.inner_start, quote.inner_end) >= _SEVERAL
    ends = (",", ";", ":", "—", "–", "-", ".") if several else (",", ";", ":", "—", "–")
    return end.rstrip().endswith(ends) and bool(attributes(text[before.end : min(before.end + 120, quote.start)]))


def _is_speech_in_corners(text: str, quote: Quote, start: int, end: int) -> bool:
    """Whether corner brackets hold speech, and no term or title: by what stands before and behind them."""
    if not _SAID_ON.match(text, quote.end, end) and text[quote.inner_end - 1] not in _ENDS:
        return False
    return quote.start == start or text[quote.start - 1] in _LEADS_ON or text[quote.start - 1].isspace()


def _both_ends(text: str, quote: Quote) -> str:
    """What is in quotes; of what is long only the first and last of it, since every mark may open to the end."""
    start, end = quote.inner_start, quote.inner_end
    return text[start:end] if end - start <= 2 * _NEAR else text[start : start + _NEAR] + text[end - _NEAR : end]


def _is_speech(
    text: str, quote: Quote, previous: int, paragraph: tuple[int, int], attributes: Attributes, resumed: bool
) -> bool:
    """Whether a quotation is heard, and no word or title in quotes."""
    start, end = paragraph
    spoken = _both_ends(text, quote).strip()
    if not spoken or not any(letter.isalnum() or letter in "?!…." for letter in spoken):
        return False
    if text[quote.start] in _CORNERS:
        return _is_speech_in_corners(text, quote, start, end)
    if (
        quote.start != start
        and spoken.count(" ") < _TERM_WORDS
        and _TERM.search(text, max(previous, quote.start - 40), quote.start)
    ):
        return False
    spoken = spoken.rstrip("'’”\"") or spoken
    if quote.start == start and not text[quote.end : end].strip(" .!?…"):
        return True
    if quote.start == start and (quote.end == end or spoken[-1] in _ENDS):
        return True
    if attributes(text[quote.end : min(quote.end + 120, end)]):
        return True
    letters = sum(letter.isalpha() for letter in spoken)
    if letters == 1 and spoken[0] not in "IAO" and spoken[-1] not in ".!?…":
        return False
    if quote.start == start and spoken.count(" ") >= _SEVERAL and text[quote.end : quote.end + 2].strip() == "(":
        return True
    if quote.start == start and _FRAMED.match(text, quote.end, end):
        return True
    before = text[max(previous, quote.start - 40) : quote.start]
    if _CALLED.search(before) or _WRITTEN.search(before):
        return False
    if resumed:
        return True
    if quote.open and quote.start != start:
        return _SAID_BEFORE.search(before) is not None
    if spoken[-1] not in _ENDS:
        return before.rstrip().endswith((",", ":"))
    if not _NAMED.search(before):
        return True
    short = spoken.count(" ") < (_NAME_WORDS if _BY_NAME.search(before) else 1)
    return not (spoken[-1] in ",;" or (spoken[-1] == "." and short))


def _after_dash(text: str, inner: int, start: int, end: int, attributes: Attributes) -> list[Quote]:
    """Speech of a paragraph that begins with a dash: up to an aside between dashes, or to who speaks it.

    `—Hola —dijo Juan—. Adiós.`, `— Come, — said Ivan. — Quick.` and `—Yes, he said. Go.` are all in use.
    """
    found: list[Quote] = []
    opened = start
    while inner < end:
        stop, resume = _next_aside(text, inner, end, attributes)
        spoken_end = stop
        while spoken_end > inner and text[spoken_end - 1].isspace():
            spoken_end -= 1
        if spoken_end > inner:
            found.append(Quote(opened, spoken_end, inner, spoken_end))
        if resume < 0:
            break
        inner = resume
        while inner < end and (text[inner].isspace() or text[inner] in "—―–.,;:"):
            inner += 1
        opened = inner
    return found


def _next_aside(text: str, at: int, end: int, attributes: Attributes) -> tuple[int, int]:
    """Where speech stops for narration, and where it resumes; (end, -1) where it does not stop."""
    aside = _ASIDE.search(text, at, min(end, at + _ASIDE_WITHIN))
    stop = aside.start() if aside else min(end, at + _ASIDE_WITHIN)
    for clause in _CLAUSE.finditer(text, at, stop):
        length = attributes(text[clause.end() : min(clause.end() + 120, end)])
        if length:
            sentence = _SENTENCE.search(text, clause.end() + length - 1, end)
            return clause.start(), sentence.end() if sentence and sentence.end() < end else -1
    if aside is None or not (
        text[aside.end() : aside.end() + 1].islower() or attributes(text[aside.end() : min(aside.end() + 120, end)])
    ):
        return end, -1
    resume = _RESUME.search(text, aside.end(), end)
    return aside.start(), resume.start() if resume else -1
