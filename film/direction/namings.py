"""Who of a story gets a name by and by: the girl who says that she is Tilda, the goat that is called Pickle.

A story tells of somebody by a noun before it names them. Its sentences say that both are one: `"I am Tilda," said the
girl.`, `He was Anselm the postman.`; or they never tell of one beside the other, and give to the name what only animals
have: `A goat came in. … Pickle swallowed.`
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from film.direction.words import sentences, tokens
from film.script.people import CREATURES, ROLES, TITLES
from schemas.enums import ElementKind
from schemas.script import Character, Element

_I_AM = re.compile(
    r"(?<![\w-])(?:I am|I['’]m|[Mm]y name is|[Mm]y name['’]s|[Cc]all me|[Tt]hey call me)\s+(?P<name>[A-Z][\w'’-]*)"
)
_THE = re.compile(
    r"(?:^|(?<![\w-])(?:is|was|were)\s+|[,;:–—]\s*)(?P<name>[A-Z][\w'’-]+)\s+the\s+(?P<noun>[a-z][\w-]+)(?=[,;:.!?]|\s|$)"
)
_CALLS = re.compile(r"(?:^|, )(?P<name>[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+)?(?=[,.!?]|$)")
_LED = r"(?:the|an?|his|her|their|my|our|its)"
_ANIMAL = re.compile(
    rf"(?<![\w-]){_LED}\s+(?:[a-z]+\s+){{0,2}}?(?P<noun>{'|'.join(sorted(CREATURES, key=len, reverse=True))})(?![\w-])",
    re.IGNORECASE,
)
_BEASTLY = re.compile(
    r"(?<![\w-])(?:hooves|hoofs?|paws?|tail|muzzle|snout|beak|wings|horns|antlers|fur|mane|whiskers|bleat(?:s|ed|ing)?|"
    r"purr(?:s|ed|ing)?|mew(?:s|ed)?|neigh(?:s|ed)?|whinn(?:y|ies|ied)|bray(?:s|ed)?|gallop(?:s|ed|ing)?|"
    r"trot(?:s|ted|ting)?|wag(?:s|ged|ging)?|sniff(?:s|ed|ing)?|graz(?:es|ed|ing)|flap(?:s|ped|ping)?|peck(?:s|ed)?|"
    r"pounc(?:es|ed)|leash|saddle|collar|bridle|nuzzl(?:es|ed)|chew(?:s|ed|ing)?|growl(?:s|ed)?)(?![\w-])",
    re.IGNORECASE,
)
_LEAST_TOLD, _LEAST_SIGNS = 2, 3
"""So often at least an animal is told of; so many paragraphs name both, or sentences have what only animals have."""
_SEVERAL = 2
"""So often at least a story brings in somebody by an article who is several."""
_HEAD = 30
"""Among so many first characters a sentence names whom it is about."""
_MOST_ALIASES = 12


def united(
    people: Sequence[Character], elements: Sequence[Element], known: Mapping[str, str]
) -> tuple[list[Character], dict[str, str]]:
    """Make one of those of a story's cast who are one: whoever a noun means, and whoever gets its name later.

    Args:
        people: The cast.
        elements: The story's elements.
        known: Ids by the story's words for its speakers.

    Returns:
        The cast without those who were found under a noun, and the ids of those who are them now, by theirs.
    """
    by_name = _by_name(people)
    texts = [element.text for element in elements if element.kind is ElementKind.ACTION]
    same: dict[str, str] = {}
    for noun, name in (*_said(elements, known, by_name), *_told(elements, by_name)):
        fresh = noun not in same and name not in same and noun not in same.values()
        if noun != name and fresh and _is_one(noun, people, texts):
            same[noun] = name
    for noun, name in _beasts(texts, [one for one in people if one.id not in {*same, *same.values()}], by_name):
        same.setdefault(noun, name)
    nouns = {one.id: one for one in people if one.id in same}
    kept = [_joined(one, [nouns[who] for who, name in same.items() if name == one.id]) for one in people]
    return [one for one in kept if one.id not in same], same


def _by_name(people: Sequence[Character]) -> dict[str, Character]:
    """Whom each name, in small letters and without its article, belongs to; what two are called is left out."""
    found: dict[str, Character] = {}
    shared: set[str] = set()
    for one in people:
        for name in {_bare(name) for name in (one.name, *one.aliases)} - {""}:
            if found.setdefault(name, one) is not one:
                shared.add(name)
    return {name: one for name, one in found.items() if name not in shared}


def _bare(name: str) -> str:
    words = tokens(name)
    return " ".join(words[1:] if words[:1] and words[0] in {"the", "a", "an", "his", "her", "their", "my"} else words)


def _is_noun(person: Character) -> bool:
    """Whether somebody has no name but a noun: `girl`, `his barber`."""
    words = person.name.split()
    return bool(words) and words[-1][:1].islower() and tokens(words[-1])[-1:] != () and tokens(words[-1])[-1] in ROLES


def _is_one(who: str, people: Sequence[Character], texts: Sequence[str]) -> bool:
    """Whether a story brings in one of a noun: `an old man`, and later `a young man`, are two."""
    noun = next((tokens(one.name)[-1] for one in people if one.id == who), "")
    enters = re.compile(rf"(?<![\w-])an? (?:[a-z]+ ){{0,2}}{re.escape(noun)}(?![\w'’-])", re.IGNORECASE)
    return bool(noun) and sum(len(enters.findall(text)) for text in texts) < _SEVERAL


def _said(
    elements: Sequence[Element], known: Mapping[str, str], by_name: Mapping[str, Character]
) -> Iterator[tuple[str, str]]:
    """Those who say their names, by id: who they were, and who they are."""
    nouns = {one.id for one in by_name.values() if _is_noun(one)}
    yield from _answered(elements, known, by_name, nouns)
    for element in elements:
        if element.kind is not ElementKind.DIALOGUE or not element.speaker or known.get(element.speaker) not in nouns:
            continue
        says = _I_AM.search(element.text)
        other = by_name.get(says["name"].lower()) if says else None
        if other is not None and not _is_noun(other):
            yield known[element.speaker], other.id


def _answered(
    elements: Sequence[Element], known: Mapping[str, str], by_name: Mapping[str, Character], nouns: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Those who answer to a name that the story has not told before: `"You are late, Ivo," … said the old man.`."""
    before: set[str] = set()
    called: Character | None = None
    for element in elements:
        spoken = element.kind is ElementKind.DIALOGUE
        who = known.get(element.speaker or "") if spoken else None
        if called is not None and who in nouns:
            yield who or "", called.id
        if who is not None:
            called = None
        words = tokens(element.text)
        for match in _CALLS.finditer(element.text) if spoken else ():
            other = by_name.get(match["name"].lower())
            if other is not None and other.id != who and not _is_noun(other) and match["name"].lower() not in before:
                called = other
        before.update(words)


def _told(elements: Sequence[Element], by_name: Mapping[str, Character]) -> Iterator[tuple[str, str]]:
    """Those of whom a sentence says name and noun in one breath: `Anselm the postman`."""
    for element in elements:
        if element.kind is not ElementKind.ACTION or " the " not in element.text:
            continue
        for start, end in sentences(element.text):
            for match in _THE.finditer(element.text[start:end]):
                noun, name = by_name.get(match["noun"]), by_name.get(match["name"].lower())
                if noun is not None and name is not None and _is_noun(noun) and not _is_noun(name):
                    yield noun.id, name.id


def _beasts(
    texts: Sequence[str], people: Sequence[Character], by_name: Mapping[str, Character]
) -> Iterator[tuple[str, str]]:
    """Animals of the cast and whoever is one of them, although no sentence says so."""
    told = Counter(match["noun"].lower() for text in texts for match in _ANIMAL.finditer(text))
    nouns = {
        noun: by_name[noun].id
        for noun, count in told.items()
        if count >= _LEAST_TOLD and noun in by_name and _is_noun(by_name[noun])
    }
    for person in people if nouns else ():
        if not _may_be_a_beast(person):
            continue
        called = "|".join(re.escape(name) for name in (person.name, *person.aliases))
        name = re.compile(rf"(?<![\w-])(?:{called})(?![\w-])")
        scores = {noun: _together(texts, name, noun) for noun in nouns}
        best = max(scores, key=lambda noun: (scores[noun], told[noun]), default="")
        deeds = _beastly(texts, name) if best and scores[best] else 0
        if deeds and scores[best] + deeds >= _LEAST_SIGNS:
            yield nouns.pop(best), person.id


def _may_be_a_beast(person: Character) -> bool:
    """Whether nothing says that somebody is human: no word of theirs, no title, no age, no noun."""
    words = tokens(f"{person.name} {person.description}")
    return not (
        person.speeches or person.age is not None or not words or words[0] in TITLES or not ROLES.isdisjoint(words)
    )


def _together(texts: Sequence[str], name: re.Pattern[str], noun: str) -> int:
    """In how many paragraphs a name and an animal are told of; 0 where a sentence has one beside the other."""
    animal = re.compile(rf"(?<![\w-]){_LED}\s+(?:[a-z]+\s+){{0,2}}?{noun}(?![\w-])", re.IGNORECASE)
    count = 0
    for text in texts:
        if name.search(text) is None or animal.search(text) is None:
            continue
        if any(name.search(text, *piece) and animal.search(text, *piece) for piece in sentences(text)):
            return 0
        count += 1
    return count


def _beastly(texts: Sequence[str], name: re.Pattern[str]) -> int:
    """How many sentences that a name begins, with the one right after, tell of what only animals have or do."""
    count = 0
    for text in texts:
        pieces = sentences(text) if name.search(text) else []
        for index, (start, end) in enumerate(pieces):
            after = text[slice(*pieces[index + 1])] if index + 1 < len(pieces) else ""
            goes_on = after if after.startswith(("He ", "She ", "It ")) else ""
            about = name.search(text, start, min(end, start + _HEAD))
            count += bool(about and _BEASTLY.search(f"{text[start:end]} {goes_on}"))
    return count


def _joined(person: Character, nouns: Sequence[Character]) -> Character:
    """Somebody with the words, the speeches and the age of whom the story told by a noun."""
    for noun in nouns:
        bare = tokens(person.description) in ((), tokens(person.name))
        person = person.model_copy(
            update={
                "aliases": tuple(dict.fromkeys((*person.aliases, noun.name, *noun.aliases)))[:_MOST_ALIASES],
                "description": noun.description if bare else f"{person.description}, {noun.description}",
                "speeches": person.speeches + noun.speeches,
                "age": person.age if person.age is not None else noun.age,
            }
        )
    return person
