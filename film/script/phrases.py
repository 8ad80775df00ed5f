"""Finds the subjects of sentences: names with their titles, noun phrases, pronouns."""

from __future__ import annotations

import re

from film.script.evidence import PAST
from film.script.naming import ARTICLES, NOT_NAMES, is_adverb, is_shortened, singular_role
from film.script.people import TITLES
from film.script.saying import SAYING

PRONOUNS = frozenset("he she it they i we".split())
"""Pronouns that are subjects, in lower case."""
LONGEST = 6
"""So many words a noun phrase has at most."""
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SAYING = frozenset(SAYING)
ANYBODY = frozenset("everyone everybody someone somebody nobody anyone anybody".split())
"""Words for who has no name, or is everybody."""
_ENDS_PHRASE = frozenset(
    "and or but in on at with to from for as when while who whom which that by into over under after before through "
    "without again at last was is were had once then very not her him them himself herself if because".split()
)
_FOND = frozenset("old young little poor dear good big".split())
_PARTS = frozenset("one another some".split())
_TIMES = frozenset("day morning night evening afternoon moment time minute hour week month year while".split())


class Words:
    """The words of a short text, known by their index."""

    def __init__(self, text: str, start: int = 0) -> None:
        """Find the words of a text from an offset on."""
        self.text = text
        found = list(_WORD.finditer(text, start))
        self.words = [one.group() for one in found]
        self.starts = [one.start() for one in found]
        self.ends = [one.end() for one in found]

    def low(self, at: int) -> str:
        """A word in lower case; empty where there is none."""
        return self.words[at].lower() if 0 <= at < len(self.words) else ""

    def together(self, at: int) -> bool:
        """Whether only space, or the full stop of a title, stands between a word and the next."""
        if at + 1 >= len(self.words):
            return False
        between = self.text[self.ends[at] : self.starts[at + 1]]
        return not between.strip() or (between.strip() == "." and is_shortened(self.words[at]))

    def slice(self, first: int, last: int) -> str:
        """The words from one to another, as written."""
        return " ".join(self.text[self.starts[first] : self.ends[last]].split())


def is_capital(word: str) -> bool:
    """Whether a word may be a name: it begins with a capital and is none of the words that often do."""
    return word[0].isupper() and word.lower() not in NOT_NAMES and not is_adverb(word)


def subject_end(words: Words, at: int) -> int:
    """Find where a subject ends.

    Args:
        words: The words of a text.
        at: Index of its first word.

    Returns:
        Index of the last word of the subject that begins there: 3 for `the old keeper's daughter` at 0; -1 where none
        does.
    """
    low = words.low(at)
    if not low:
        return -1
    if low in PRONOUNS or low in ANYBODY:
        return at
    owner = words.words[at][0].isupper() and low.endswith(("'s", "’s"))
    if low in ARTICLES or owner:
        return _noun_phrase(words, at)
    if low in _FOND and words.together(at) and is_capital(words.words[at + 1]):
        return subject_end(words, at + 1)  # `little Amy`
    titled = low in TITLES and words.together(at) and words.words[at + 1][0].isupper()
    if not is_capital(words.words[at]) and not (titled and words.words[at][0].isupper()):
        role = singular_role(low)
        return at if role and low != role else -1
    if words.together(at) and words.low(at + 1) in PRONOUNS:
        return -1  # `Away she skimmed`
    last = at
    while words.together(last) and last - at < LONGEST:
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


def _noun_phrase(words: Words, at: int) -> int:
    """The end of `the old keeper`, `his friend the doctor's` and the like."""
    last = -1
    now = at
    while words.together(now) and now - at < LONGEST:
        now += 1
        low = words.low(now)
        if low == "of" and words.together(now) and (last >= 0 or words.low(at) in _PARTS):
            owner = subject_end(words, now + 1)
            return owner if owner >= 0 else last
        if low == "very" and now == at + 1:
            continue
        if low in _SAYING or low in _ENDS_PHRASE or low in PRONOUNS or low.endswith("ly") or low in ARTICLES:
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


def _noun_ahead(words: Words, at: int) -> bool:
    """Whether a noun for somebody follows within two words: `the bearded old man`."""
    return any(singular_role(words.low(at + step)) for step in (1, 2) if words.together(at + step - 1))


def _before_name(words: Words, last: int, first: int) -> bool:
    """Whether a name may follow a word of a noun phrase: `the young Anna`, `her cousin Emil`, `the other Swallows`."""
    word = words.words[last]
    return word[0].isupper() or last - first == 1 or bool(singular_role(word.lower()))


def _of(words: Words, at: int) -> int:
    """`the captain of the guard`."""
    end = at + 2
    if words.low(end) in {"the", "a", "an"} and words.together(end):
        end += 1
    elif words.low(end) in ARTICLES:
        return at
    return end if words.together(at + 1) and end < len(words.words) and words.low(end) not in _SAYING else at


def may_speak(words: Words, first: int, last: int) -> bool:
    """Whether a subject is somebody, or is at least followed by what it does: `a smile and` is no speaker."""
    if any(word[0].isupper() and word.lower() not in NOT_NAMES for word in words.words[first : last + 1]):
        return True
    if words.low(last) in PRONOUNS or any(singular_role(words.low(at)) for at in range(first, last + 1)):
        return True
    return words.low(last + 1) not in {"and", "or", "but"} and words.low(last) not in _TIMES
