"""Parses the words beside a quotation that say who speaks it: `said the old keeper`, `Anna quietly replied`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from film.script.naming import ARTICLES, singular_role
from film.script.people import TITLES
from film.script.phrases import ANYBODY, LONGEST, PRONOUNS, Words, is_capital, may_speak, subject_end
from film.script.saying import FOREIGN, SAYING, SAYS

_SAYING = frozenset(SAYING)
_FOREIGN_PRONOUNS = {
    **dict.fromkeys("él er il lui ele он".split(), "he"),
    **dict.fromkeys("ella sie elle lei ela она".split(), "she"),
}
_TWO_WORDS = {("went", "on"), ("put", "in"), ("broke", "in"), ("cut", "in"), ("burst", "out"), ("called", "out")}
_BETWEEN = frozenset(
    "had has would could then at last once again only also just even still always never now merely simply hastily to "
    "himself herself itself who out back".split()
)
_LINKS = _BETWEEN | frozenset("and but or as was were".split())
_ANSWER = re.compile(
    r"[\s,—–―-]*(?:was|came|is|comes) (?:the|his|her|my) (?:\w+ )?(?:reply|answer|response|rejoinder)\b", re.I
)
_ALL_SAID = re.compile(r"[\s,—–―-]*(?:was|is|were) (?:all|what|how|the (?:last|first|only) \w+)(?: that)? ")
"""`“No,” was all she said.`"""
_VOICE = re.compile(r"(?:the )?voice of (.+)$|^(.+?)['’]s voice$", re.IGNORECASE)
_OWN_VOICE = re.compile(r"((?:[A-Z]\w+ ){0,2}[A-Z]\w+)['’]s (?:[\w-]+,? ){1,3}voice\b")
"""`Anna’s low, tired voice`."""
_LEAD = re.compile(r"[\s,—–―\-;:]*")
_LAST_SENTENCE = re.compile(r"[.!?…][\"”’»)]*\s+(?=\S)")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|St|Prof|Capt|Col|[A-Z])\.\s+$")


@dataclass(frozen=True, slots=True)
class Tag:
    """Who speaks, by the words beside a quotation."""

    who: str
    end: int
    """How much of the text the words take."""
    explicit: bool = True
    """Whether a verb of speaking says so; else they only act beside what is said."""


_SAYING_ON = frozenset(
    "saying crying asking adding shouting calling whispering muttering murmuring exclaiming replying answering "
    "remarking repeating".split()
)
"""Forms of them that tell of speaking beside something else: `she sprang out, crying:`."""


def _says(words: Words, at: int) -> int:
    """Index of the last word of the verb of speaking at a word; -1 where there is none."""
    low = words.low(at)
    if (low, words.low(at + 1)) in _TWO_WORDS and words.together(at):
        return at + 1
    return at if low in _SAYING else -1


def after_quote(text: str) -> Tag | None:
    """Read who speaks from what follows a quotation.

    Args:
        text: What follows it, up to the next quotation; at most some two hundred characters are looked at.

    Returns:
        Who, or None. Without a verb of speaking they count where they begin the next sentence: `“Yes.” Emil nodded.`
    """
    text = text[:200]
    all_said = _ALL_SAID.match(text)
    lead = _LEAD.match(text) if all_said is None else all_said
    start = lead.end() if lead else 0
    words = Words(text, start)
    if not words.words or words.starts[0] != start:
        return None
    at = 0
    while (
        (words.low(at) in {"and", "so", "then", "thus"} or words.low(at).endswith("ly"))
        and words.together(at)
        and at < 2
    ):
        at += 1
    said = _says(words, at)
    if said >= 0 and words.together(said):
        found = _inverted(words, said)
        if found is not None:
            return found
    last = subject_end(words, at)
    if last < 0 and words.together(at) and words.words[at][0].isupper() and words.low(at + 1) in PRONOUNS - {"it"}:
        at = last = at + 1  # `Away she skimmed`
    if last < 0:
        return None
    following = last + 1
    if not words.together(last):
        return _whose_voice(words, at, last)
    while following - last < 5 and (words.low(following) in _LINKS or words.low(following).endswith("ly")):
        if not words.together(following) or (words.low(following) == "and" and following == last + 1):
            break
        following += 1
    said = _says(words, following)
    if said < 0 and words.low(following - 1) in {"was", "were"} and words.low(following) in _SAYING_ON:
        said = following  # `the abbot was saying`
    if said >= 0:
        return Tag(_bare(words.slice(at, last)), words.ends[said])
    following, clause = last + 1, 0
    while clause < 7 and words.together(following):
        following, clause = following + 1, clause + 1
        if words.low(following) in SAYS and words.low(following - 1) in {"of", "with", *_LINKS}:
            break
    voice = _whose_voice(words, at, last)
    if voice is not None:
        return voice
    acts = words.words[last + 1][0].islower() and words.low(last + 1) not in {"and", "of", "or"}
    if words.words[0][0].isupper() and words.starts[0] == start and text[:1].isspace() and acts:
        return Tag(_bare(words.slice(at, last)), words.ends[last], explicit=False)
    return None


def _inverted(words: Words, said: int) -> Tag | None:
    """`said Anna`, `replied softly the old man`."""
    at = said + 1
    while words.low(at) in {"out", "back", "again", "then", "in", "on"} or words.low(at).endswith("ly"):
        if not words.together(at) or singular_role(words.low(at)) or words.words[at][0].isupper():
            break
        at += 1
    if words.low(said) in FOREIGN and words.low(at) in _FOREIGN_PRONOUNS:
        return Tag(_FOREIGN_PRONOUNS[words.low(at)], words.ends[at])
    last = subject_end(words, at)
    if last < 0:
        return None
    if words.low(at) in PRONOUNS and words.together(last) and words.low(last + 1) in {"was", "would", "had"}:
        return None
    return _whose_voice(words, at, last) or Tag(_bare(words.slice(at, last)), words.ends[last])


def _whose_voice(words: Words, at: int, last: int) -> Tag | None:
    who = words.slice(at, last)
    voice = _VOICE.match(who)
    if voice:
        return Tag(voice[1] or voice[2], words.ends[last])
    if words.low(last + 1) == "voice" and words.low(last).endswith(("'s", "’s")):
        return Tag(_bare(who), words.ends[last])
    owned = _OWN_VOICE.match(words.text, words.starts[at])
    return Tag(owned[1], owned.end()) if owned else None


def _bare(who: str) -> str:
    return re.sub(r"['’]s$", "", who).rstrip(",.;:")


def last_sentence(text: str) -> str:
    """The last sentence of a text."""
    start = 0
    for found in _LAST_SENTENCE.finditer(text):
        if not _ABBREVIATED.search(text[: found.end()][-8:]):
            start = found.end()
    return text[start:]


def before_quote(text: str) -> Tag | None:
    """Read who speaks from what stands before a quotation: `Anna turned and said, `, `Emil set it down. `.

    Args:
        text: What precedes it, from the paragraph's start or the quotation before; only its end is looked at.

    Returns:
        Who, or None.
    """
    leads = text.rstrip().endswith((",", ":", "—", "–", "--", "-"))
    words = Words(last_sentence(text[-300:]))
    said = max((at for at in range(len(words.words)) if _says(words, at) >= 0), default=-1)
    if leads and words.words and words.low(len(words.words) - 1) in _SAYING_ON:
        said = len(words.words) - 1
    if said > 0 and (leads or words.low(said) in SAYS):
        who = _subject_of(words, said)
        if who is not None:
            return who
    if not words.words:
        return None
    at = 0
    while at < 2 and words.low(at) in {"then", "and", "but", "so", "at", "last", "again", "now", "suddenly", "finally"}:
        at += 1
    last = subject_end(words, at)
    if last < 0 or last + 1 >= len(words.words) or not words.words[last + 1][0].islower():
        return None
    return Tag(_bare(words.slice(at, last)), words.ends[last], explicit=False)


def _subject_of(words: Words, said: int) -> Tag | None:
    """The subject of a verb of speaking: the nearest before it that begins a clause."""
    direct = _direct(words, said)
    if direct is not None:
        return direct
    at = said - 1
    inside = -1
    while at >= 0:
        begins = at == 0 or not words.together(at - 1) or words.low(at - 1) in _CLAUSE_WORDS
        if begins:
            last = subject_end(words, at)
            if 0 <= last < said and words.low(last) not in {"it"} and may_speak(words, at, last):
                return Tag(_bare(words.slice(at, last)), words.ends[said])
        if inside < 0 and words.low(at) in PRONOUNS - {"it"}:
            inside = at
        at -= 1
    return Tag(words.words[inside], words.ends[said]) if inside >= 0 else None


def _direct(words: Words, said: int) -> Tag | None:
    """The subject right before a verb of speaking, adverbs aside: `One day her mother said`."""
    end = said - 1
    while end >= 0 and words.together(end) and (words.low(end) in _BETWEEN or words.low(end).endswith("ly")):
        if is_capital(words.words[end]) or end + 3 < said:
            break
        end -= 1
    if end < 0 or not words.together(end):
        return None
    found: Tag | None = None
    for first in range(end, max(-1, end - LONGEST), -1):
        word = words.words[first]
        begins = (
            is_capital(word)
            or words.low(first) in ARTICLES
            or words.low(first) in ANYBODY
            or (first == end and words.low(first) in PRONOUNS - {"it"})
        )
        if begins and subject_end(words, first) == end and may_speak(words, first, end):
            found = Tag(_bare(words.slice(first, end)), words.ends[said])
            if not _leads_to_name(words, first):
                break
        if not words.together(first - 1):
            break
    return found


def _leads_to_name(words: Words, first: int) -> bool:
    """Whether what stands before a word may belong to the same subject."""
    before = words.low(first - 1)
    known = before in TITLES or before in ARTICLES or singular_role(before) or before in _FOND
    return first > 0 and (bool(known) or words.words[first - 1][0].isupper())


_FOND = frozenset("old young little poor dear".split())


_CLAUSE_WORDS = frozenset("and but or so then when while as that for because which until till where once if".split())


def tag_length(text: str) -> int:
    """How many characters after a quotation say who speaks it, by a verb of speaking; 0 where they do not."""
    tag = after_quote(text)
    return tag.end if tag is not None and tag.explicit else 0


def is_answer(after: str) -> bool:
    """Whether what follows a quotation says that it answers somebody: `was the reply`."""
    return _ANSWER.match(after) is not None
