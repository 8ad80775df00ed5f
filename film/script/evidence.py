"""What the words around a name or a noun tell of somebody: whether they live, act, speak, and who else they may be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from film.script.naming import PLACE_NOUNS, SAINT, Mention
from film.script.people import COURTESY, FEMALE_NAMES, MALE_NAMES, gender_of
from film.script.saying import SAYS

Key = tuple[str, tuple[str, ...]]
"""A name: its title in full, empty for most, and its words, all in lower case."""

PAST = frozenset(
    "sat stood went came ran saw took gave knew thought told said felt found left kept held lay rose fell began heard "
    "read wrote ate drank slept woke spoke broke drew drove flew got grew led let lost made met paid put rode rang "
    "sang sent set shook shut sold sought spent spun struck swam swore threw understood wept won wore built bought "
    "brought caught bent crept dug fed fled forgot hid hit hung hurt knelt laid lit sprang stole strode stuck swung "
    "taught tore trod bit blew bore chose clung dealt froze leapt leant meant mistook overheard sank shone shot slid "
    "stung swept withdrew wound".split()
)
"""Irregular verbs in the past."""
_AUXILIARY = frozenset("was is had has could would should did does must might may will can were are who".split())
PLACED = frozenset(
    "in at near through across into throughout via around towards toward reached reach outside inside beyond visited "
    "within over along leaving".split()
)
_REACHED = frozenset("reached reach visited via into".split())
"""What follows these is a place, whatever it does next: `the men that had reached Braunton had halted`."""
_THERE = frozenset("lived once dwelt stands lives came".split())
_CLAUSE = frozenset(["", "and", "when", "as", "that", "then", "but"])
_NAMING = frozenset("named called".split())


def fits(short: Key, long: Key) -> bool:
    """Whether a shorter name may be a longer one's: its words are among them in order, and its title does not clash."""
    title, words = short
    other, many = long
    if title and other and title != other:
        # `Doctor Zubov` may be `Mr. Zubov`, but is no `Mrs. Zubov`; two ranks are two people.
        plain = {title, other} & COURTESY
        if len(plain) != 1 or {title, other} & {"mrs", "miss", "lady", "madam"}:
            return False
    if words == many:
        return title != other and (not title or not other or bool({title, other} & COURTESY))
    if title in COURTESY and not other and len(words) == 1 and (words[0] != many[-1] or title == "mrs"):
        return False
    if title in COURTESY and not other and gender_of(" ".join(many)) not in {"", "f" if title == "miss" else "m"}:
        return False
    if many[0] == SAINT and words[0] != SAINT:
        return False
    rest = iter(many)
    return len(words) < len(many) and all(word in rest for word in words)


def weight_of(mention: Mention) -> tuple[float, bool]:
    """How much a mention tells of somebody who lives and acts, and whether that alone is enough."""
    after = mention.after.lower()
    if mention.before in SAYS or after in SAYS:
        return 3.0, not mention.plural
    weight = 0.1
    if mention.title or mention.before in _NAMING:
        weight += 3.0
    verb = mention.after[:1].islower()
    if not mention.role and mention.before in _REACHED:
        weight -= 1.5
    elif verb and (after in PAST or (after.endswith("ed") and len(after) > 3)):
        weight += 1.0
    elif verb and after in _AUXILIARY:
        weight += 0.4
    elif verb and (after.endswith("ly") or (after.endswith("s") and not after.endswith("ss") and not mention.owned)):
        weight += 0.5
    elif not mention.role and mention.before in PLACED:
        weight -= 1.5
    if mention.article == "no" or mention.before == "no":
        return -1.0, False  # `there was no bird in it`
    if mention.core[0] == SAINT and not does(mention):
        weight -= 1.5
    if mention.article in {"a", "an"} and (mention.before in PAST or mention.before in _THERE):
        weight += 1.0
    elif mention.article in {"a", "an"} and mention.before in _AUXILIARY:
        weight -= 1.0  # `he was a man of fifty` tells of him
    if mention.before.endswith(("'s", "’s")) and mention.core[-1] in PLACE_NOUNS:
        weight -= 1.0  # `St. Mary's Hospital`
    if mention.role and mention.owned:
        return weight - 0.4, False  # `her brother's scarf` brings no brother
    if mention.role:
        return weight + (0.3 if mention.article and mention.article not in {"a", "an"} else 0.0), False
    if mention.core[0] in FEMALE_NAMES or mention.core[0] in MALE_NAMES:
        weight += 1.0
    if mention.owned:
        weight += 0.3
    if mention.article:
        weight -= 0.4
    return weight, False


def acts(mention: Mention) -> bool:
    """Whether a mention is the subject of what is told: it begins a clause, or does something."""
    if mention.article in {"a", "an"} and mention.before in _CLAUSE:
        return True
    return mention.opens or does(mention)


def does(mention: Mention) -> bool:
    """Whether a verb follows a mention."""
    after = mention.after
    return after in PAST or after in _AUXILIARY or (after[:1].islower() and after.endswith("ed") and len(after) > 3)


def lower_words(texts: Iterable[str], wanted: set[str]) -> set[str]:
    """Which of some words a text also writes in lower case."""
    found: set[str] = set()
    for text in texts:
        found.update(wanted.intersection(re.findall(r"[^\W\d_]+", text)))
    return found
