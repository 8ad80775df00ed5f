"""Parses the words beside a quotation that say who speaks it: `said the old keeper`, `Anna quietly replied`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from film.script.evidence import PAST
from film.script.naming import ARTICLES, NOT_NAMES, is_adverb, is_shortened, singular_role
from film.script.people import TITLES
from film.script.saying import FOREIGN, SAYING, SAYS

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_PRONOUNS = frozenset("he she it they i we".split())
_SAYING = frozenset(SAYING)
_ANYBODY = frozenset("everyone everybody someone somebody nobody anyone anybody".split())
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
_ENDS_PHRASE = frozenset(
    "and or but in on at with to from for as when while who whom which that by into over under after before through "
    "without again at last was is were had once then very not her him them himself herself if because".split()
)
_PARTS = frozenset("one another some".split())
_ANSWER = re.compile(
    r"[\s,—–―-]*(?:was|came|is|comes) (?:the|his|her|my) (?:\w+ )?(?:reply|answer|response|rejoinder)\b", re.I
)
_ALL_SAID = re.compile(r"[\s,—–―-]*(?:was|is|were) (?:all|what|how|the (?:last|first|only) \w+)(?: that)? ")
"""`“No,” was all she said.`"""
_VOICE = re.compile(r"(?:the )?voice of (.+)$|^(.+?)['’]s voice$", re.IGNORECASE)
_OWN_VOICE = re.compile(r"((?:[A-Z]\w+ ){0,2}[A-Z]\w+)['’]s (?:[\w-]+,? ){1,3}voice\b")
"""`Anna’s low, tired voice`."""
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
        return not between.strip() or (between.strip() == "." and is_shortened(self.words[at]))

    def slice(self, first: int, last: int) -> str:
        return " ".join(self.text[self.starts[first] : self.ends[last]].split())


def _capital(word: str) -> bool:
    return word[0].isupper() and word.lower() not in NOT_NAMES and not is_adverb(word)


def _subject(words: _Words, at: int) -> int:
    """Index of the last word of the subject that begins at a word; -1 where none does."""
    low = words.low(at)
    if not low:
        return -1
    if low in _PRONOUNS or low in _ANYBODY:
        return at
    owner = words.words[at][0].isupper() and low.endswith(("'s", "’s"))
    if low in ARTICLES or owner:
        return _noun_phrase(words, at)
    if not _capital(words.words[at]):
        role = singular_role(low)
        return at if role and low != role else -1
    if words.together(at) and words.low(at + 1) in _PRONOUNS:
        return -1  # `Away she skimmed`
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
        if low == "of" and words.together(now) and (last >= 0 or words.low(at) in _PARTS):
            owner = _subject(words, now + 1)
            return owner if owner >= 0 else last
        if low == "very" and now == at + 1:
            continue
        if low in _SAYING or low in _ENDS_PHRASE or low in _PRONOUNS or low.endswith("ly") or low in ARTICLES:
            break
        if low.endswith("ing") and now - at > 1 and not singular_role(low):
            break
        if now - at > 1 and (low in PAST or (low.endswith("ed") and "-" not in low)) and not _noun_ahead(words, now):
            break
        if words.words[now][0].isupper() and last >= 0 and low not in TITLES and not _before_name(words, last, at):
            break
        last = now
        if singular_role(low) and not (words.together(now) and singular_role(words.low(now + 1))):
            if words.low(now + 1) == "of" and words.together(now) and words.words[now + 2 : now + 3]:
                return _of(words, now)
            break
    return last


def _noun_ahead(words: _Words, at: int) -> bool:
    """Whether a noun for somebody follows within two words: `the bearded old man`."""
    return any(singular_role(words.low(at + step)) for step in (1, 2) if words.together(at + step - 1))


def _before_name(words: _Words, last: int, first: int) -> bool:
    """Whether a name may follow a word of a noun phrase: `the young Anna`, `her cousin Emil`, `the other Swallows`."""
    word = words.words[last]
    return word[0].isupper() or last - first == 1 or bool(singular_role(word.lower()))


def _of(words: _Words, at: int) -> int:
    """`the captain of the guard`."""
    end = at + 2
    if words.low(end) in {"the", "a", "an"} and words.together(end):
        end += 1
    elif words.low(end) in ARTICLES:
        return at
    return end if words.together(at + 1) and end < len(words.words) and words.low(end) not in _SAYING else at


_SAYING_ON = frozenset(
    "saying crying asking adding shouting calling whispering muttering murmuring exclaiming replying answering "
    "remarking repeating".split()
)


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
    all_said = _ALL_SAID.match(text)
    lead = _LEAD.match(text) if all_said is None else all_said
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
    if last < 0 and words.together(at) and words.words[at][0].isupper() and words.low(at + 1) in _PRONOUNS - {"it"}:
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


def _inverted(words: _Words, said: int) -> Tag | None:
    """`said Anna`, `replied softly the old man`."""
    at = said + 1
    while words.low(at) in {"out", "back", "again", "then", "in", "on"} or words.low(at).endswith("ly"):
        if not words.together(at) or singular_role(words.low(at)) or words.words[at][0].isupper():
            break
        at += 1
    if words.low(said) in FOREIGN and words.low(at) in _FOREIGN_PRONOUNS:
        return Tag(_FOREIGN_PRONOUNS[words.low(at)], words.ends[at])
    last = _subject(words, at)
    if last < 0:
        return None
    if words.low(at) in _PRONOUNS and words.together(last) and words.low(last + 1) in {"was", "would", "had"}:
        return None
    return _whose_voice(words, at, last) or Tag(_bare(words.slice(at, last)), words.ends[last])


def _whose_voice(words: _Words, at: int, last: int) -> Tag | None:
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
    words = _Words(last_sentence(text[-300:]))
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
    last = _subject(words, at)
    if last < 0 or last + 1 >= len(words.words) or not words.words[last + 1][0].islower():
        return None
    return Tag(_bare(words.slice(at, last)), words.ends[last], explicit=False)


def _subject_of(words: _Words, said: int) -> Tag | None:
    """The subject of a verb of speaking: the nearest before it that begins a clause."""
    direct = _direct(words, said)
    if direct is not None:
        return direct
    at = said - 1
    inside = -1
    while at >= 0:
        begins = at == 0 or not words.together(at - 1) or words.low(at - 1) in _CLAUSE_WORDS
        if begins:
            last = _subject(words, at)
            if 0 <= last < said and words.low(last) not in {"it"} and _may_speak(words, at, last):
                return Tag(_bare(words.slice(at, last)), words.ends[said])
        if inside < 0 and words.low(at) in _PRONOUNS - {"it"}:
            inside = at
        at -= 1
    return Tag(words.words[inside], words.ends[said]) if inside >= 0 else None


def _direct(words: _Words, said: int) -> Tag | None:
    """The subject right before a verb of speaking, adverbs aside: `One day her mother said`."""
    end = said - 1
    while end >= 0 and words.together(end) and (words.low(end) in _BETWEEN or words.low(end).endswith("ly")):
        if _capital(words.words[end]) or end + 3 < said:
            break
        end -= 1
    if end < 0 or not words.together(end):
        return None
    found: Tag | None = None
    for first in range(end, max(-1, end - _LONGEST), -1):
        word = words.words[first]
        begins = (
            _capital(word) or words.low(first) in ARTICLES or (first == end and words.low(first) in _PRONOUNS - {"it"})
        )
        if begins and _subject(words, first) == end and _may_speak(words, first, end):
            found = Tag(_bare(words.slice(first, end)), words.ends[said])
            if not _leads_to_name(words, first):
                break
        if not words.together(first - 1):
            break
    return found


def _leads_to_name(words: _Words, first: int) -> bool:
    """Whether what stands before a word may belong to the same subject."""
    before = words.low(first - 1)
    known = before in TITLES or before in ARTICLES or singular_role(before) or before in _FOND
    return first > 0 and (bool(known) or words.words[first - 1][0].isupper())


_FOND = frozenset("old young little poor dear".split())


def _may_speak(words: _Words, first: int, last: int) -> bool:
    """Whether a subject is somebody, or is at least followed by what it does: `a smile and` is no speaker."""
    if any(word[0].isupper() and word.lower() not in NOT_NAMES for word in words.words[first : last + 1]):
        return True
    if words.low(last) in _PRONOUNS or any(singular_role(words.low(at)) for at in range(first, last + 1)):
        return True
    return words.low(last + 1) not in {"and", "or", "but"} and words.low(last) not in _TIMES


_TIMES = frozenset("day morning night evening afternoon moment time minute hour week month year while".split())
_CLAUSE_WORDS = frozenset("and but or so then when while as that for because which until till where once if".split())


def tag_length(text: str) -> int:
    """How many characters after a quotation say who speaks it, by a verb of speaking; 0 where they do not."""
    tag = after_quote(text)
    return tag.end if tag is not None and tag.explicit else 0


def is_answer(after: str) -> bool:
    """Whether what follows a quotation says that it answers somebody: `“No,” was the reply.`"""
    return _ANSWER.match(after) is not None
