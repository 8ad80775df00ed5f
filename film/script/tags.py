"""Parses the words beside a quotation that say who speaks it: `said the old keeper`, `Anna quietly replied`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from film.script.naming import ARTICLES, NOT_NAMES, singular_role
from film.script.people import TITLES
from film.script.saying import SAYING, SAYS

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_PRONOUNS = frozenset("he she it they i we".split())
_SAYING = frozenset(SAYING)
_TWO_WORDS = {("went", "on"), ("put", "in"), ("broke", "in"), ("cut", "in"), ("burst", "out"), ("called", "out")}
_BETWEEN = frozenset(
    "had has would could then at last once again only also just even still always never now merely simply hastily to "
    "himself herself itself who out back".split()
)
_LINKS = _BETWEEN | frozenset("and but or as".split())
_ENDS_PHRASE = frozenset(
    "and or but in on at with to from for as when while who whom which that by into over under after before through "
    "without again at last was is were had once then very not her him them himself herself if because".split()
)
_VOICE = re.compile(r"(?:the )?voice of (.+)$|^(.+?)['’]s voice$", re.IGNORECASE)
_LEAD = re.compile(r"[\s,—–―\-;:]*")
_LONGEST = 6
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


class _Words:
    """The words of a short text."""

    def __init__(self, text: str, start: int = 0) -> None:
        self.text = text
        found = list(_WORD.finditer(text, start))
        self.words = [one.group() for one in found]
        self.starts = [one.start() for one in found]
        self.ends = [one.end() for one in found]

    def low(self, at: int) -> str:
        return self.words[at].lower() if 0 <= at < len(self.words) else ""

    def together(self, at: int) -> bool:
        """Whether only space, or the full stop of a title, stands between a word and the next."""
        if at + 1 >= len(self.words):
            return False
        between = self.text[self.ends[at] : self.starts[at + 1]]
        return not between.strip() or (between.strip() == "." and (self.low(at) in TITLES or len(self.words[at]) == 1))

    def slice(self, first: int, last: int) -> str:
        return " ".join(self.text[self.starts[first] : self.ends[last]].split())


def _capital(word: str) -> bool:
    return word[0].isupper() and word.lower() not in NOT_NAMES


def _subject(words: _Words, at: int) -> int:
    """Index of the last word of the subject that begins at a word; -1 where none does."""
    low = words.low(at)
    if not low:
        return -1
    if low in _PRONOUNS:
        return at
    owner = words.words[at][0].isupper() and low.endswith(("'s", "’s"))
    if low in ARTICLES or owner:
        return _noun_phrase(words, at)
    if not _capital(words.words[at]):
        role = singular_role(low)
        return at if role and low != role else -1
    last = at
    while words.together(last) and last - at < _LONGEST:
        following = words.words[last + 1]
        if following[0].isupper() and following != "I":
            last += 1
        elif following in {"von", "van", "de", "of", "di"} and last + 2 < len(words.words) and words.together(last + 1):
            if not words.words[last + 2][0].isupper():
                break
            last += 2
        else:
            break
        if words.words[last].lower().endswith(("'s", "’s")) and words.together(last):
            return _noun_phrase(words, last)
    return last


def _noun_phrase(words: _Words, at: int) -> int:
    """The end of `the old keeper`, `his friend the doctor's` and the like."""
    last = -1
    now = at
    while words.together(now) and now - at < _LONGEST:
        now += 1
        low = words.low(now)
        if low == "of" and last >= 0 and words.together(now):
            owner = _subject(words, now + 1)
            return owner if owner >= 0 else last
        if low in _SAYING or low in _ENDS_PHRASE or low in _PRONOUNS or low.endswith("ly") or low in ARTICLES:
            break
        if low.endswith("ing") and now - at > 1 and not singular_role(low):
            break
        last = now
        if singular_role(low) and not (words.together(now) and singular_role(words.low(now + 1))):
            if words.low(now + 1) == "of" and words.together(now) and words.words[now + 2 : now + 3]:
                return _of(words, now)
            break
    return last


def _of(words: _Words, at: int) -> int:
    """`the captain of the guard`."""
    end = at + 2
    if words.low(end) in {"the", "a", "an"} and words.together(end):
        end += 1
    elif words.low(end) in ARTICLES:
        return at
    return end if words.together(at + 1) and end < len(words.words) and words.low(end) not in _SAYING else at


def _says(words: _Words, at: int) -> int:
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
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    words = _Words(text, start)
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
    last = _subject(words, at)
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
    if words.words[at][0].isupper() and words.starts[at] == start and text[:1].isspace() and acts:
        return Tag(_bare(words.slice(at, last)), words.ends[last], explicit=False)
    return None


def _inverted(words: _Words, said: int) -> Tag | None:
    """`said Anna`, `replied softly the old man`."""
    at = said + 1
    while words.low(at) in {"out", "back", "again", "then", "in", "on"} or words.low(at).endswith("ly"):
        if not words.together(at) or singular_role(words.low(at)) or words.words[at][0].isupper():
            break
        at += 1
    last = _subject(words, at)
    if last < 0:
        return None
    if words.low(at) in _PRONOUNS and words.together(last) and words.low(last + 1) in {"was", "would", "had"}:
        return None
    who = words.slice(at, last)
    voice = _VOICE.match(who)
    if voice:
        who = voice[1] or voice[2]
    return Tag(_bare(who), words.ends[last])


def _whose_voice(words: _Words, at: int, last: int) -> Tag | None:
    who = words.slice(at, last)
    voice = _VOICE.match(who)
    if voice:
        return Tag(voice[1] or voice[2], words.ends[last])
    if words.low(last + 1) == "voice" and words.low(last).endswith(("'s", "’s")):
        return Tag(_bare(who), words.ends[last])
    return None


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
    words = _Words(last_sentence(text[-300:]))
    said = max((at for at in range(len(words.words)) if _says(words, at) >= 0), default=-1)
    if said > 0 and (leads or words.low(said) in SAYS):
        who = _subject_of(words, said)
        if who is not None:
            return who
    if not words.words:
        return None
    at = 0
    while at < 2 and words.low(at) in {"then", "and", "but", "so", "at", "last", "again", "now", "suddenly", "finally"}:
        at += 1
    last = _subject(words, at)
    if last < 0 or last + 1 >= len(words.words) or not words.words[last + 1][0].islower():
        return None
    return Tag(_bare(words.slice(at, last)), words.ends[last], explicit=False)


def _subject_of(words: _Words, said: int) -> Tag | None:
    """The subject of a verb of speaking: the nearest before it that begins a clause."""
    at = said - 1
    inside = -1
    while at >= 0:
        begins = at == 0 or not words.together(at - 1) or words.low(at - 1) in _CLAUSE_WORDS
        if begins:
            last = _subject(words, at)
            if 0 <= last < said and words.low(last) not in {"it"}:
                return Tag(_bare(words.slice(at, last)), words.ends[said])
        if inside < 0 and words.low(at) in _PRONOUNS - {"it"}:
            inside = at
        at -= 1
    for first in range(said - 1, max(-1, said - _LONGEST), -1):
        if _subject(words, first) == said - 1 and words.words[first][0] != words.words[first][0].lower():
            return Tag(_bare(words.slice(first, said - 1)), words.ends[said])
        if words.low(first) in {"the", "a", "an"} and _subject(words, first) == said - 1:
            return Tag(_bare(words.slice(first, said - 1)), words.ends[said])
    return Tag(words.words[inside], words.ends[said]) if inside >= 0 else None


_CLAUSE_WORDS = frozenset("and but or so then when while as that for because which until till where once if".split())


def tag_length(text: str) -> int:
    """How many characters after a quotation say who speaks it, by a verb of speaking; 0 where they do not."""
    tag = after_quote(text)
    return tag.end if tag is not None and tag.explicit else 0
