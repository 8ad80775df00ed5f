"""Character sheets: what each person of a film looks like, decided once from all that the script says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from film.prompting.colours import COLOURS
from film.prompting.looks import looks_of
from film.prompting.portraits import names_of, portrayed
from film.prompting.sexes import with_sexes
from film.prompting.species import species_named
from film.prompting.wording import words_of
from schemas.script import Breakdown, Character, Look

_GARMENT = (
    r"(?:over|rain|trench|lab )?coat|jacket|dress|shirt|t-shirt|sweater|hoodie|uniform|suit|robe|cloak|gown|scarf|"
    r"blouse|overalls|jumper|vest|cap|hat|beret|hood|helmet|beanie|glasses|spectacles"
)
CLOTHES = re.compile(rf"\b(?:{_GARMENT})s?\b", re.IGNORECASE)
LETTERS_OF_CLOTHES = tuple(
    "coat jacket dress shirt sweater hoodie uniform suit robe cloak gown scarf blouse overalls jumper vest cap hat "
    "beret hood helmet beanie glasses spectacles".split()
)
"""What each word for clothes holds one of, in small letters: most actions hold none."""
_WORN = re.compile(
    rf"\b(?:in|wears|wearing|dressed in)\s+((?:an?|his|her|their|the)\s+(?:[\w-]+\s+){{0,3}}(?:{_GARMENT}))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Sheet:
    """What a person looks like: for the draughtsman, and in the words that a painter reads in every shot."""

    look: Look
    words: str

    @property
    def brief(self) -> str:
        """Who it is in a few words: `an old woman`."""
        return self.words.split(" with ", 1)[0].split(", ", 1)[0]


def sheets_of(breakdown: Breakdown, people: Sequence[Character] | None = None) -> Mapping[str, Sheet]:
    """Draw up the sheets of a film's cast.

    Clothes that are told of only after somebody was introduced count from their first shot on: the sheet is one for
    the whole film. Clothes of the introduction stand; what a later shot says of others is in that shot's action.
    Whoever is kept for all films of a project looks as their words and what is settled say, and nothing else.

    Args:
        breakdown: Stage 1's result.
        people: What `with_sexes` says of its cast; asked here where it is not given.

    Returns:
        A sheet for each character, by id.
    """
    worn = _worn_later(breakdown)
    coats = _coats(breakdown)
    people = portrayed(breakdown, with_sexes(breakdown) if people is None else people)
    people = [_dressed(person, worn.get(person.id) or coats.get(person.id)) for person in people]
    people = _bewigged(breakdown, people)
    looks = looks_of(people)
    return {person.id: Sheet(looks[person.id], words_of(person, looks[person.id])) for person in people}


def dressed(breakdown: Breakdown) -> tuple[Character, ...]:
    """Take the cast of a film, each with the looks that its action tells of: as `sheets_of` looks at them."""
    worn, coats = _worn_later(breakdown), _coats(breakdown)
    people = portrayed(breakdown, breakdown.characters, with_sexes(breakdown))
    found = [_dressed(person, worn.get(person.id) or coats.get(person.id)) for person in people]
    return tuple(_bewigged(breakdown, found))


_BENCH = re.compile(r"(?<![\w-])(?:judge|magistrate|justice)(?![\w-])", re.IGNORECASE)
_WIGS = re.compile(
    r"(?<![\w-])(?:wigs?|bewigged|periwigs?|barristers?|old bailey|crown court|m['’]lud|m['’]lord|(?:your|his|"
    r"her) lordship|"
    r"(?:king|queen)['’]s counsel)(?![\w-])",
    re.IGNORECASE,
)
"""What says of a story that its courts wear wigs."""


def _bewigged(breakdown: Breakdown, people: Sequence[Character]) -> list[Character]:
    """Put wigs on a film's judges where its story tells of wigs, or of the courts that wear them."""
    judges = {one.id for one in people if one.settled is None and _BENCH.search(f"{one.name} {one.description}")}
    if not judges or not any(_WIGS.search(element.text) for element in breakdown.elements):
        return list(people)
    return [
        one.model_copy(update={"description": f"{one.description}, in a wig".lstrip(", ")}) if one.id in judges else one
        for one in people
    ]


def _dressed(person: Character, clothes: str | None) -> Character:
    if clothes is None or person.settled is not None or CLOTHES.search(person.description):
        return person
    return person.model_copy(update={"description": f"{person.description}, {clothes}".lstrip(", ")})


def _worn_later(breakdown: Breakdown) -> dict[str, str]:
    """Find the first clothes that the action tells of for each person, in sentences that name nobody else."""
    names = names_of(breakdown.characters)
    if not names:
        return {}
    anybody = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b", re.IGNORECASE)
    found: dict[str, str] = {}
    for sentence in _sentences(breakdown):
        named = {names[match[0].lower()] for match in anybody.finditer(sentence)}
        worn = _WORN.search(sentence) if len(named) == 1 else None
        if worn is not None:
            found.setdefault(named.pop(), worn[1].lower())
    return found


_SHADE = "|".join(COLOURS)


def _coats(breakdown: Breakdown) -> dict[str, str]:
    """Find the first colour that the action tells of each animal of the cast: `a white horse` where HORSE acts."""
    beasts = {
        person.name.lower(): person.id
        for person in breakdown.characters
        if species_named(person.name.lower()) and not re.search(rf"\b(?:{_SHADE})\b", person.description.lower())
    }
    if not beasts:
        return {}
    told = re.compile(rf"\b({_SHADE})\s+(?:\w+\s+)?({'|'.join(map(re.escape, beasts))})\b", re.IGNORECASE)
    found: dict[str, str] = {}
    for shot in breakdown.shots:
        for match in told.finditer(shot.action):
            found.setdefault(beasts[match[2].lower()], match[0].lower())
    return found


def _sentences(breakdown: Breakdown) -> Iterator[str]:
    for shot in breakdown.shots:
        if shot.action and _tells_of_clothes(shot.action):
            yield from _SENTENCE.split(shot.action)


def _tells_of_clothes(action: str) -> bool:
    small = action.casefold()
    return any(letters in small for letters in LETTERS_OF_CLOTHES) and CLOTHES.search(action) is not None
