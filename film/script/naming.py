"""Finds the words that may name somebody: names with their titles, and nouns for people with what belongs to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from film.script.accents import without_accents
from film.script.people import CREATURES, FEMALE, FEMALE_NAMES, MALE, MALE_NAMES, ROLES, TITLE_WORDS, TITLES

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PARTICLES = frozenset("von van de di da du la le del della der den bin ibn al ben zu of y".split())
_POSSESSIVE = re.compile(r"['’]s?$")
ARTICLES = frozenset("the a an his her my their our your its this that these those one another some no every".split())
_PLURALS = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "wolves": "wolf",
    "mice": "mouse",
    "ladies": "lady",
    "thieves": "thief",
    "wives": "wife",
    "oxen": "ox",
    "geese": "goose",
    "gentlemen": "gentleman",
    "policemen": "policeman",
    "fishermen": "fisherman",
    "countrymen": "countryman",
}
_DEGREES = frozenset("very rather quite most".split())
COMPOUND = frozenset("man woman gentleman lady person".split())
"""Nouns that `old` or `young` before them makes others of: `the young lady` is not `the lady`."""
_SIBILANTS = ("s", "x", "z", "ch", "sh", "o")
NOT_NAMES = frozenset(
    "the a an and but or so then when while if as at in on of for from to with by not no yes he she it they we you i "
    "his her their my your our its this that these those there here what who whom whose which how why where once one "
    "two three four five six seven eight nine ten all some any both each every after before now later outside inside "
    "along across around through toward towards upon within amid amidst past "
    "above below behind beneath beside between among suddenly finally perhaps nobody nothing something someone "
    "anybody anyone everybody everyone everything somebody only even still just until till since because though "
    "although far near down up out over under without him them me us let look come go oh ah well please good never "
    "always maybe like hello goodbye good-bye thank thanks sometimes somewhere soon today tonight tomorrow yesterday "
    "morning noon night day evening afternoon midnight dawn again first last next other others another such than "
    "too also very much many more most few less least do does did done is are was were be been being am have has had "
    "will would shall should can could may might must see hear listen stop wait take give get put tell say says said "
    "ask why hush indeed therefore however moreover meanwhile otherwise nevertheless thus hence yet nor neither "
    "either whether unless whatever whoever whenever wherever god lord heaven heavens christ christmas easter "
    "michaelmas bible sir madam gentlemen ladies ok okay hey hi bah humbug alas hurrah bravo amen silence quick "
    "third fourth fifth sixth seventh eighth ninth tenth "
    "chapter part book volume act scene monday tuesday wednesday thursday friday saturday sunday january february "
    "march april june july august september october november december english french german american italian "
    "spanish russian japanese chinese dutch greek latin roman irish scottish scotch welsh british european african "
    "indian arab turkish polish swedish norwegian danish jewish christian catholic protestant muslim north south east "
    "west northern southern eastern western".split()
)
"""Capitalised words that name nobody, in lower case."""
_SHORT_TITLES = frozenset("mr mrs ms dr prof capt col gen lt sgt st rev hon jr messrs mme mlle".split())
PLACE_NOUNS = frozenset(
    "street road avenue lane square park river lake sea ocean bay island islands mountain mountains hill hills valley "
    "forest wood woods castle palace abbey hall house inn hotel church cathedral station bridge tower court university "
    "college school hospital county city town village harbour harbor port cape point gate market garden gardens "
    "field fields farm estate manor lodge club company bank street theatre museum library empire kingdom republic "
    "states land eve day times gazette herald".split()
)
"""Last words of the names of places and things."""


_OF_TRADES = frozenset(
    "shop shops store stores stall hall station school quarters club uniform uniforms hat cap caps coat suit boots "
    "costume dress boat van car chair stool pole hut".split()
)
"""What a noun for people stands before that only says of what sort it is: nobody is in `the barber shop`."""
SAINT = "saint"
"""The first word of saints, after whom churches are named: `St. Mary's` is no Mary's."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that may name somebody; offsets count from the start of the text that was scanned."""

    start: int
    end: int
    text: str
    """As written, with its article, without a possessive ending."""
    title: str
    """In full, in lower case; empty for most."""
    core: tuple[str, ...]
    """The name's words without titles, in lower case; for a noun its singular alone."""
    role: bool
    """Whether it is a noun for somebody, not a name."""
    plural: bool
    owned: bool
    """Whether a possessive ending follows: `Anna's`."""
    opens: bool
    """Whether it begins a sentence or clause."""
    before: str
    """The word before it, in lower case; empty at the start of a sentence."""
    after: str
    """The word after it; empty at the end of a clause."""
    article: str
    gender: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text, with hyphens and apostrophes inside them."""
    return [Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]


def _is_capital(word: str) -> bool:
    return word[0].isupper() and (len(word) > 1) and word[:2] not in {"I'", "I’"}


def singular_role(word: str) -> str:
    """The singular of a noun that names somebody; empty for any other word."""
    if word in ROLES:
        return word
    if word in _PLURALS:
        return _PLURALS[word]
    if "-" in word and (joined := singular_role(word.replace("-", ""))):
        return joined
    if "-" in word:
        head = word.rsplit("-", 1)[1]
        return singular_role(head) if head else ""
    if word.endswith("s"):
        sibilant = word[:-2] if word[:-2].endswith(_SIBILANTS) else ""
        for ending in (word[:-1], sibilant, word[:-3] + "y" if word.endswith("ies") else ""):
            if ending in ROLES:
                return ending
    return ""


_OF_STUFF = frozenset("for of with from in".split())
"""Before an animal that nothing else tells of, and another word, these tell of a kind of thing."""


def scan(text: str) -> Iterator[Mention]:
    """Find the words of a text that may name somebody, in order; they do not overlap.

    Args:
        text: Narration, or a phrase.

    Yields:
        Names, capitalised, and nouns for people, with or without an article.
    """
    words = words_of(text)
    at = 0
    while at < len(words):
        word = words[at]
        if _is_capital(word.text):
            last = _name_end(text, words, at)
            mention = _name(text, words, at, last)
            if mention is not None:
                yield mention
                at = last + 1
                continue
        lower = _POSSESSIVE.sub("", word.text) if word.text[-1] in "s'’" else word.text
        role = singular_role(lower) if lower[0].islower() else ""
        joined = bool(role) and at + 1 < len(words) and _joined(text, words, at)
        named = joined and (_is_capital(words[at + 1].text) or words[at + 1].text in _OF_TRADES)
        stuff = joined and role in CREATURES and at > 0 and words[at - 1].text in _OF_STUFF  # `a net for sheep feed`
        if role and not named and not stuff:
            yield _noun(text, words, at, role, lower)
        at += 1


def _joined(text: str, words: list[Word], at: int) -> bool:
    """Whether only a space, or the full stop of a title or an initial and a space, divide a word from the next."""
    between = text[words[at].end : words[at + 1].start]
    if between in {" ", "\n", "\n "}:
        return True
    word = words[at].text
    return between.strip() == "." and (is_shortened(word) or word == "St") and len(between) > 1


def is_shortened(word: str) -> bool:
    """Whether a full stop after a word belongs to it: to a title cut short, or to an initial."""
    return len(word) == 1 or word.lower() in _SHORT_TITLES


def is_adverb(word: str) -> bool:
    """Whether a capitalised word is no name but an adverb: `Presently`, and not `Emily`."""
    low = word.lower()
    return low.endswith("ly") and low not in FEMALE_NAMES and low not in MALE_NAMES


def _name_end(text: str, words: list[Word], at: int) -> int:
    """Index of the last word of the name that begins at a word."""
    last = at
    while last + 1 < len(words) and last - at < 7 and _joined(text, words, last):
        if _POSSESSIVE.search(words[last].text):
            break
        following = words[last + 1].text
        if following[0].isupper() and following not in {"I", "A", "O"} and following[:2] not in {"I'", "I’"}:
            if following.lower() in NOT_NAMES and last > at:
                break
            last += 1
        elif len(following) == 1 and following[0].isupper() and following != "I":
            last += 1
        elif (
            following in _PARTICLES
            and last + 2 < len(words)
            and _joined(text, words, last + 1)
            and _is_capital(words[last + 2].text)
            and (following != "of" or words[last].text.lower() in TITLES or words[last].text.lower() in ROLES)
        ):
            last += 2
        else:
            break
    return last


def _starts(text: str, at: int) -> bool:
    """Whether a sentence or a clause begins at an offset."""
    while at > 0 and (text[at - 1].isspace() or text[at - 1] in "\"'“‘«„(”’»"):
        at -= 1
    return at == 0 or text[at - 1] in ".!?:;,…—–-"


def _name(text: str, words: list[Word], first: int, last: int) -> Mention | None:
    while first <= last and (
        is_adverb(words[first].text)
        if _starts(text, words[first].start) and words[first].text.lower() not in NOT_NAMES
        else words[first].text.lower() in NOT_NAMES and words[first].text.lower() not in TITLES
    ):
        after_article = first and words[first - 1].text.lower() in ARTICLES
        if first < last and (after_article or not _starts(text, words[first].start)):
            break
        first += 1
    if first > last:
        return None
    start, end = words[first].start, words[last].end
    raw = text[start:end]
    bare = _POSSESSIVE.sub("", raw) if _POSSESSIVE.search(words[last].text) else raw
    parts = [word.text.lower() for word in words[first : last + 1]]
    parts[-1] = _POSSESSIVE.sub("", parts[-1]) if bare != raw else parts[-1]
    title = ""
    while len(parts) > 1 and parts[0] in TITLES:
        title = title or TITLE_WORDS.get(parts[0], parts[0])
        parts = parts[1:]
    if len(parts) > 1 and parts[0] in {"old", "young", "little", "poor", "dear"}:
        parts = parts[1:]
    if len(parts) > 1 and parts[0] == "st":
        parts[0] = SAINT
    before = words[first - 1].text.lower() if first and text[words[first - 1].end : start].strip() == "" else ""
    article = before if before in ARTICLES else ""
    begin = words[first - 1].start if article else start
    role = len(parts) == 1 and parts[0] in ROLES
    return Mention(
        begin,
        start + len(bare),
        " ".join(text[begin : start + len(bare)].split()),
        title,
        tuple(map(without_accents, parts)),
        role and bool(article),
        False,
        bare != raw,
        _starts(text, begin),
        _word_before(text, words, first - bool(article)),
        _word_after(text, words, last),
        article,
        TITLES.get(words[first].text.lower(), "") or _gender(parts),
    )


def _gender(parts: list[str]) -> str:
    return "f" if parts[-1] in FEMALE else "m" if parts[-1] in MALE else ""


def _word_before(text: str, words: list[Word], first: int) -> str:
    if first <= 0 or text[words[first - 1].end : words[first].start].strip():
        return ""
    return words[first - 1].text.lower()


def _word_after(text: str, words: list[Word], last: int) -> str:
    if last + 1 >= len(words) or text[words[last].end : words[last + 1].start].strip():
        return ""
    return words[last + 1].text


def _noun(text: str, words: list[Word], at: int, role: str, lower: str) -> Mention:
    """A noun with its article and adjectives: `the old keeper`, `Anna's father`, `two soldiers`."""
    first = at
    article = ""
    for back in range(1, 6):
        if at - back < 0 or text[words[at - back].end : words[at - back + 1].start].strip(" \n,"):
            break
        word = words[at - back].text
        if word.lower() in ARTICLES or (word[0].isupper() and _POSSESSIVE.search(word)):
            article, first = word.lower(), at - back
            break
        if not word[0].islower() and at - back > 0 and not _starts(text, words[at - back].start):
            break
        if word.lower() in NOT_NAMES and word not in _DEGREES:
            break
    if role == "lady" and article == "his":
        role = "wife"
    core = role
    if role in COMPOUND and lower == role:
        aged = next((word.text for word in words[first:at] if word.text in {"old", "young"}), "")
        core = f"{aged} {role}" if aged else role
    start = words[first].start
    end = words[at].start + len(lower)
    return Mention(
        start,
        end,
        " ".join(text[start:end].split()),
        "",
        (core,),
        True,
        lower != role,
        lower != words[at].text,
        _starts(text, start),
        _word_before(text, words, first),
        _word_after(text, words, at),
        article,
        _gender([role]),
    )
