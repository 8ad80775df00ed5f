"""Who is somebody by what they do alone: `MARY follows.`, `Enter JOHN and his dog REX.`, `Mary smiles`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from film.direction.drawn import BODY, DRAWN
from film.direction.vocabulary import EXPRESSIONS, POSES
from film.direction.words import tokens
from film.script.naming import NOT_NAMES, PLACE_NOUNS
from film.script.people import FEMALE_NAMES, MALE_NAMES, MATTER, ROLES, TITLES

_HUMAN = (
    "nods smiles grins laughs giggles chuckles sighs shrugs frowns winks kneels glares glances hesitates whispers "
    "speaks swallows weeps sobs yawns salutes bows curtsies hugs kisses embraces exits enters thinks gasps shudders "
    "winces smirks scoffs mutters mumbles replies answers types dials texts undresses squints gulps applauds claps "
    "beams blushes scowls sneers stammers faints"
)
"""What none but people do."""
_DEEDS = frozenset(
    [word for word in (*POSES, *EXPRESSIONS) if word.endswith("s") and not word.endswith("ss")]
    + _HUMAN.split()
    + "says turns sees hears finds puts sets gets keeps leans leaps jumps ducks dives wipes pats joins helps wakes "
    "rises hangs throws drops closes shuts stirs waits cooks cleans works plays dances hides moves leads arrives "
    "returns appears stops pauses begins starts tries eats drinks reads writes pushes slides slips grabs hugs nears "
    "examines studies searches checks considers crawls climbs hurries spins backs lets brings sweeps paints".split()
)
_SURE = frozenset(_HUMAN.split())
_HOW = r"(?:(?:[a-z]+ly|then|just|now|also|still|finally|never)\s+)?"
_DOES = re.compile(rf"\s+{_HOW}(?P<deed>[a-z]+)(?![\w'’-])")
_ENTERS = re.compile(r"(?:^|[.!?]\s+|\n)(?:(?:[Rr]e-?)?[Ee]nter|ENTER|RE-ENTER|[Ee]xit|EXIT|EXEUNT|[Ee]xeunt)\s+$")
_BEGINS = re.compile(r"(?:^|[.!?:;)\"”]\s+|\n|,\s+|(?<=[a-z])\s(?:and|as|while|but|when)\s)$")
_PLACES_TOO = frozenset(
    "paris florence virginia carolina georgia austin sydney chelsea brooklyn madison jackson houston dallas jordan "
    "victoria charlotte orlando aurora roman christian norman mark will bill grace hope faith joy rose lily daisy "
    "violet iris ivy ruby pearl dawn eve may june august frank jack rob bob pat sue peg dick don olive robin max "
    "harry art chase penny ginger viola flora heather holly guy dean earl gene ray rich chuck drew jean noah".split()
)
"""Names that are words or places as well: only in capitals are they somebody by what they do."""
_PLAIN = re.compile(r"(?<![\w'’.-])(?P<name>[A-Z][a-z]+)(?=\s+[a-z])")


def acts(text: str, name: str, start: int, end: int) -> bool:
    """Whether a name in capitals is somebody's by what they do.

    Args:
        text: The action.
        name: The name.
        start: Where it begins.
        end: Where it ends.

    Returns:
        Whether they enter or do what people do: of a common first name any deed tells; of any other only what nobody
        but people does, at the beginning of a sentence.
    """
    words = tokens(name)
    if not words or len(words) > 3 or any(word in NOT_NAMES or word in MATTER or word in PLACE_NOUNS for word in words):
        return False
    if enters(text, start):
        return words[0] not in ROLES
    before = text[max(0, start - 20) : start]
    does = _DOES.match(text, end)
    if does is None or not _BEGINS.search(before):
        return False
    first = words[0] in FEMALE_NAMES or words[0] in MALE_NAMES
    ranked = len(words) > 1 and (words[0] in TITLES or words[0] in ROLES) and words[-1] not in DRAWN | BODY
    first = first or ranked  # `WIDOW HARKNESS`
    return does["deed"] in (_DEEDS if first else _SURE) and not ROLES.intersection(words[-1:])


def enters(text: str, at: int) -> bool:
    """Whether `Enter` or `Exit` stands before an offset of an action."""
    return _ENTERS.search(text[max(0, at - 20) : at]) is not None


def plainly_acting(text: str) -> Iterator[str]:
    """People whom an action names with a capital letter only, by common first names and what they do.

    Args:
        text: The action.

    Yields:
        Their names, as written.
    """
    for match in _PLAIN.finditer(text):
        word = match["name"].lower()
        if (word not in FEMALE_NAMES and word not in MALE_NAMES) or word in _PLACES_TOO:
            continue
        does = _DOES.match(text, match.end())
        if does and does["deed"] in _DEEDS and _BEGINS.search(text[max(0, match.start() - 20) : match.start()]):
            yield match["name"]


def is_known(name: str, names: Collection[str]) -> bool:
    """Whether a name is a part of one that is known: `MARY` of `MARY SMITH`."""
    parts = set(tokens(name))
    return any(parts.intersection(tokens(known)) for known in names)
