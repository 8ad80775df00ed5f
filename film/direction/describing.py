"""Where the words that describe somebody end: whole phrases about one person, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from film.direction.vocabulary import PROPS, VERBS
from film.direction.words import placed_tokens, sentences, singular, tokens
from film.script.evidence import PAST
from film.script.people import ROLES

_WORN_LATER = re.compile(r"\b(?:wearing|dressed (?:in|as)|clad in|in (?:his|her) \w+ies)\s[^.;!?,]{2,80}")
_WORN = re.compile(
    r"(?:He|She|They|His|Her|Their|Both)\b[^.!?]{0,60}?\b(?:wears?|wearing|wore|dressed|clad|hair|beard|glasses|spectacles|"
    r"bald|scar|tattoos?|eyes|uniform|coat|suit|dress|years old)\b"
    r"|(?:He|She)(?:['’]s| is)\s+(?:about\s+|barely\s+)?\d\d?\b"
)
_LONGEST = 200
_LONGEST_WITH_LOOK = 360
_SENTENCE = re.compile(r"[.!?](?=\s|$)")
_SHORTENED = re.compile(r"\b(?:(?i:Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Det|Sgt|Lt|Capt|Col|Gen|Rev)|[A-Z])\.$")
_STARTS = re.compile(r"(?:[,;:)–—\]]|--)\s*(?:(?:and|then|now|slowly|quietly|[a-z]+ly)\s+)?$|^\s*(?:[a-z]+ly\s+)?$")
"""What stands before a word that begins a part of a sentence."""
_THIRD_PERSON = re.compile(r"[a-z]{2,}(?<![suui'])s")
_THINGS = frozenset(
    "medals keys bells tears bruises crumbs stains ribbons beads cuts scratches blisters calluses tracks lines bags "
    "feathers flowers headphones earphones cufflinks badges handcuffs bandages binoculars crutches "
    "glasses spectacles sunglasses goggles freckles pigtails braids curls dreadlocks dreads boots jeans shoes "
    "sneakers heels trousers pants shorts slacks overalls dungarees scrubs robes rags clothes pearls earrings rings "
    "bracelets gloves mittens suspenders braces tattoos scars eyes lips cheeks teeth dimples wrinkles legs arms "
    "hands fingers shoulders muscles features manners nerves brains years days weeks months always sometimes "
    "perhaps besides others whiskers sideburns jewels diamonds chains fatigues pajamas pyjamas tights leggings "
    "stockings sandals slippers knees elbows bangs thirties forties fifties sixties seventies eighties nineties "
    "twenties teens parents brothers sisters sons daughters friends twins this his hers its thus as is was has ours "
    "yours antlers wings horns fangs claws paws feathers ears hips ribs bones nails brows eyebrows lashes".split()
)
"""Words that look like verbs and are not: what people have and wear."""
_WORN_NOUNS = frozenset("scrubs dress watch watches rings ring looks paint step steps light lights hold shows".split())
_LISTING = frozenset("and or with".split())
_GARMENTS = frozenset("dress suit jacket gown uniform robe mask scar beard glasses tattoo cloak hood wig".split())
_GARMENT_VERBS = frozenset("wears sports dons".split())
_SOMEBODY = frozenset(
    "teen twenty-something thirty-something forty-something fifty-something loner beauty veteran genius leader "
    "owner worker player member chief twin rookie addict ex-con expert recruit nanny dealer hustler bully nerd heir "
    "heiress diva mogul tycoon guy bloke gal dude mum mama papa alien figure thug goon crook punk henchman suspect "
    "cowboy bride biker biologist agent trucker lifeguard hitman sidekick rival".split()
)
"""Nouns of people that are no role."""
_LEADS_AWAY = frozenset("from into onto toward towards through across again away back now then later".split())
"""Right after a name these begin what happens."""
_DETERMINERS = frozenset(
    "a an the his her their its very of in with and or no any some this that both all two three four one my our".split()
)
_JOINT = re.compile(
    r"[,;:]?\s+(?:(?:and|or|but|as|while|with|beside|behind|opposite|followed\s+by|next\s+to|like|to|for|from|at|near|&)\b)"
    r"(?:\s+[^,;:()]{0,40})?$|,\s*(?:an?|the|his|her|their)\b[^,;:()]{0,40}$|\s+(?:an?|the|his|her|their|of|in|on|by|who|is)$",
    re.IGNORECASE,
)
"""The beginning of what is said of the next person, behind what is said of this one."""
_QUOTE = re.compile(r"(?<!\d)\"")
_IS = re.compile(r"\s+is\s+(?=\d|an?\s|in\s+(?:his|her|their)\s|about\s+\d|barely\s)")
_APPOSED = re.compile(r"(?:\s*\([^)]*\))?,\s+(?:\d+,\s+)?an?\s+(?:[\w\-]+\s+){0,3}$")
_OBJECT = re.compile(r"\s+(?:an?|the|his|her|their|to|up|down|out|into|off|over|away|back|past|him|them)\b")
_HANDED = re.compile(r"\s+(?:an?|the|him|her|them|up|at|down|out)\b")
"""What follows a noun that is a verb after all: `hands him a letter`, `eyes the door`."""
_SMALL_NEXT = re.compile(r"[\s-]+[a-z]")
_NOT_DONE = frozenset("smile look light laugh love paint work dance step walk fight stare turn".split())
_LOOSE = re.compile(
    r"(?<![\s,;:–—\-])[\s,;:–—\-]+(?:(?:and|with|or|but|who|that|which|as|while|is|are|the|an?|of|in|at|to|now|then|still|also|slowly)\s*)*$",
    re.IGNORECASE,
)


def is_person(noun: str) -> bool:
    """Whether a noun, in lower case and singular, is a person's."""
    return noun in ROLES or noun in _SOMEBODY


def description(text: str, start: int, end: int) -> str:
    """The words from a name up to the first verb, or to the end of the sentence; then what is worn.

    Args:
        text: The action.
        start: Where the introduction begins.
        end: Where the name ends.

    Returns:
        The script's words, their white space single; parts that do not follow each other are divided by a comma or
        full stop. The name alone where nothing describes it.
    """
    full = sentence_end(text, end)
    limit, full = _limit(text, end, full)
    words = _LOOSE.sub("", text[start:limit])
    words = _closed(words) if len(words) > end - start else text[start:end].rstrip(".")
    for part in _worn(text, limit, full):
        words += (". " if part[0].isupper() else ", ") + part.rstrip(".")
    return " ".join(words.split())


def sentence_end(text: str, end: int) -> int:
    """Where the sentence ends that a name ends in, at most so far that a description can reach."""
    stop = min(len(text), end + _LONGEST)
    for found in _SENTENCE.finditer(text, end, stop):
        if not _SHORTENED.search(text[max(0, found.end() - 8) : found.end()]):
            return found.start()
    return stop


def _limit(text: str, end: int, full: int) -> tuple[int, int]:
    """Where the words about somebody end, and where those about somebody else begin."""
    said = _IS.match(text, end)
    begin = said.end() if said else end
    for word, at in placed_tokens(text[begin:full]):
        place = begin + at
        if _names_somebody(text, end, place, word):
            joint = _JOINT.search(text, end, place) if text[end:place].strip() else None
            cut = _cut_before(text, end, place) if joint is None else joint.start()
            return cut, place
        if not text[place].isupper() and _is_verb(text, begin, place, word):
            return place, full
    return full, full


def _cut_before(text: str, end: int, place: int) -> int:
    found = re.search(r"[,;:]\s*[^,;:()]{0,30}$", text[end:place])
    return end + found.start() if found else place


def _names_somebody(text: str, end: int, place: int, word: str) -> bool:
    """Whether a word in capitals begins a name: not `an FBI agent`, not `T-shirt`."""
    written = text[place : place + len(word)]
    if len(word) < 2 or not written[:2].isalpha() or not written.isupper():
        return False
    if word in ROLES:
        return not _APPOSED.fullmatch(text[end:place])
    before = tokens(text[max(0, place - 12) : place])[-1:]
    thing = word in PROPS or word in _GARMENTS
    if thing and before and before[0] not in _LISTING and text[place - 2 : place - 1].isalnum():
        return False
    led = before and before[0] in _DETERMINERS and len(word) < 6
    return not (led and _SMALL_NEXT.match(text, place + len(word)))


def _is_verb(text: str, end: int, place: int, word: str) -> bool:
    before = text[end:place]
    if before.count("(") > before.count(")"):
        return False
    begins = _STARTS.search(before) is not None
    if word in _GARMENT_VERBS:
        return not begins  # `bald, wears glasses` describes
    after = text[place + len(word) : place + len(word) + 2]
    if not before.strip() and word in _LEADS_AWAY:
        return True
    if begins and _THIRD_PERSON.fullmatch(word):
        if word in _THINGS:
            return _HANDED.match(text, place + len(word)) is not None
        return not (before.rstrip().endswith(",") and is_person(singular(word)))
    if begins and f"{word}s" in VERBS and word not in _NOT_DONE and not is_person(word):
        return True
    if begins and (word in PAST or (word.endswith("ed") and _OBJECT.match(text, place + len(word)))):
        return True
    if word not in VERBS:
        return False
    return not _nominal(before, word, after)


def _nominal(before: str, word: str, after: str) -> bool:
    """Whether a word that may be a verb stands where a noun or adjective does: after an article, in `green scrubs`."""
    last = tokens(before[-20:])[-1:]
    if not last:
        return False
    if last[0] in _DETERMINERS:
        return True
    if after[:1] == "-" or before.endswith("-"):
        return True
    return word in _WORN_NOUNS and not _STARTS.search(before)


def _closed(words: str) -> str:
    """Words without the half of a pair of quotation marks or parentheses that the other half was cut off from."""
    if words.count("(") > words.count(")"):
        head, _, rest = words.rpartition("(")
        words = head if not rest.strip() else words + ")"
    if len(_QUOTE.findall(words)) % 2:
        words = _QUOTE.sub("", words)
    if ("“" in words) != ("”" in words):
        words = words.replace("“", "").replace("”", "")
    return words.strip(" ,;:-–—\n\t")


def _worn(text: str, limit: int, full: int) -> Iterator[str]:
    """What is worn: later in the sentence, and in the sentences right after it."""
    later = _WORN_LATER.search(text, limit, max(limit, full))
    if later:
        yield later.group().rstrip()
    rest = text[full : full + _LONGEST_WITH_LOOK].lstrip(".!?) ")
    for start, end in sentences(rest)[:2]:
        if end == len(rest) and len(text) > full + _LONGEST_WITH_LOOK:
            break
        if not _WORN.match(rest[start:end]):
            break
        yield rest[start:end]
