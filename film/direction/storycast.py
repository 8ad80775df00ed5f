"""The characters of a story, which has no cues."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from film.direction.ages import age_in
from film.direction.cast import NARRATOR, Cast
from film.direction.describing import description
from film.direction.firstperson import UNNAMED, narrators_name, teller_told
from film.direction.machines import as_machines
from film.direction.namings import united
from film.direction.vocabulary import VERBS
from film.direction.words import placed_tokens, slug, unique
from film.script.naming import ARTICLES
from film.script.persons import Person
from film.script.references import noun_of
from film.script.sameness import same_people
from film.script.survey import People, survey
from film.script.voices import TELLER
from schemas.enums import ElementKind
from schemas.script import Character, Element

MOST_PEOPLE = 60
"""Those who matter most have names in the film; the others are part of its crowd."""
_MOST_ALIASES = 12
_ACTS, _TELLS = re.compile(r"(?<![\w'’-])I(?= [a-z]+)"), 4
"""Whoever says `I` so often in narration is in the story, whether they speak or not."""
_TEXT_SEARCHED = 400_000
_WORN = re.compile(
    r"(?:,?\s+(?:who\s+)?(?:wore|wears|was wearing|wearing|was dressed in|dressed in|clad in|in an?)\b\s?"
    r"(?!\w+ (?:voice|tone|way|manner|moment|whisper))[^.;,!?\n]{2,80})"
)


def prose_cast(elements: Sequence[Element]) -> Cast:
    """Find who speaks or acts in a story.

    Names and nouns are weighed by what they do (`film.script.survey`): one person is found under a full name, its
    parts, a title and a noun that the story gives them.

    Args:
        elements: The story's elements.

    Returns:
        The cast, in the order of first mention. It also knows the words of the story for every speaker.
    """
    texts = [element.text for element in elements if element.kind is ElementKind.ACTION]
    spoken = (element.text for element in elements if element.kind is ElementKind.DIALOGUE)
    speakers = Counter(element.speaker for element in elements if element.speaker and element.speaker != TELLER)
    people = survey(texts, spoken, speakers, same_people(elements))
    text = "\n".join(texts)[:_TEXT_SEARCHED]
    speeches: Counter[int] = Counter()
    phrases: dict[str, Person] = {}
    others: dict[str, list[str]] = {}
    for phrase, count in speakers.items():
        person = people.named(phrase)
        if person is None:
            others.setdefault(noun_of(phrase) or phrase, []).append(phrase)
        else:
            phrases[phrase] = person
            speeches[id(person)] += count
    taken: set[str] = {NARRATOR}
    ids: dict[int, str] = {}
    found: list[Character] = []
    for person in _leading(people, speeches):
        ids[id(person)] = unique(slug(person.name), taken)
        found.append(_character(person, ids[id(person)], text, speeches[id(person)]))
    known = {phrase: ids[id(person)] for phrase, person in phrases.items() if id(person) in ids}
    for head, written in others.items():
        who = unique(slug(head), taken)
        count = sum(speakers[phrase] for phrase in written)
        found.append(Character(id=who, name=head, description=written[0], speeches=count))
        known.update(dict.fromkeys(written, who))
    found, same = united(found, elements, known)
    _add_teller(elements, people, {key: same.get(who, who) for key, who in ids.items()}, found, known, taken)
    found = as_machines(found, text)
    genders = {same.get(ids[id(one)], ids[id(one)]): one.gender for one in people.persons if id(one) in ids}
    return Cast(found, {phrase: same.get(who, who) for phrase, who in known.items()}, genders)


def _add_teller(
    elements: Sequence[Element],
    people: People,
    ids: Mapping[int, str],
    found: list[Character],
    known: dict[str, str],
    taken: set[str],
) -> None:
    """Add whoever says `I`, and speaks or acts: under their name, or as a figure that has none."""
    count = sum(element.speaker == TELLER for element in elements)
    narration = [one.text for one in elements if one.kind is ElementKind.ACTION]
    if not count and sum(len(_ACTS.findall(text)) for text in narration) < _TELLS:
        return
    name = narrators_name(elements)
    person = people.named(name) if name else None
    who = ids.get(id(person), "")
    number = next((at for at, one in enumerate(found) if one.id == who), None)
    if number is not None:
        told = {"speeches": found[number].speeches + count, "aliases": (*found[number].aliases, TELLER)}
        found[number] = found[number].model_copy(update=told)
    else:
        who = unique(slug(name or UNNAMED), taken)
        words = ", ".join([name or UNNAMED, *([said] if (said := teller_told(narration)) else [])])
        found.append(Character(id=who, name=name or UNNAMED, aliases=(TELLER,), description=words, speeches=count))
    known[TELLER] = who


def _leading(people: People, speeches: Counter[int]) -> list[Person]:
    """Whoever speaks, and of the others those most told of, in the order of the story."""
    ranked = sorted(people.persons, key=lambda person: (-bool(speeches[id(person)]), -person.score))
    kept = {id(person) for person in ranked[: max(MOST_PEOPLE, len(speeches))]}
    return [person for person in people.persons if id(person) in kept]


def _character(person: Person, identity: str, text: str, speeches: int) -> Character:
    names: dict[str, None] = {}
    for written, _ in person.written.most_common():
        parts = written.split()
        if parts[0].lower() in ARTICLES and len(parts) > 1:
            parts = parts[1:]
        if len(parts) < 4 and " ".join(parts).lower() != person.name.lower():
            names.setdefault(" ".join(parts) if parts[-1][0].isupper() else parts[-1])
    names.pop(person.name, None)
    words = _introduction(text, person)
    return Character(
        id=identity,
        name=person.name,
        aliases=tuple(names)[:_MOST_ALIASES],
        description=words,
        speeches=speeches,
        age=age_in(words),
    )


def _introduction(text: str, person: Person) -> str:
    """The words that describe somebody: beside their name, in their first phrase, or as what they wear."""
    name = re.escape(person.name)
    if person.role:
        phrase = max(
            person.written, key=lambda one: (not _said_of_another(text, one), len(one.split()) > 1, -_at(text, one))
        )
        at = text.find(phrase)
        return text[at : _phrase_end(text, at + len(phrase))] if at >= 0 else phrase
    at = text.find(person.name)
    if at < 0:
        nouns = [one for one in person.written if one.split()[-1][0].islower() and len(one.split()) > 1]
        return f"{person.name}, {max(nouns, key=len)}" if nouns else person.name
    beside = re.compile(
        rf"{name}(?:,\s+(?:who (?:was|is) )?|\s+(?:was|is)\s+)(?:an?|the|his|her|\d+|{_TENS}[a-z-]*)\b"
        r"(?!\s+(?:second|third|fourth|next|other|youngest|eldest|oldest|[a-z]+['’]s)\b)[^.;!?\n]{2,120}"
    )
    found = beside.search(text)
    paragraph = text[: text.find("\n", found.end()) if "\n" in text[found.end() :] else len(text)] if found else ""
    words = description(paragraph, found.start(), found.start() + len(person.name)) if found else ""
    if not words:
        before = _ADJECTIVES.search(text, max(0, at - 40), at) or _KIN.search(text, max(0, at - 40), at)
        words = (before.group() if before else "") + person.name
    if not found or not words:
        words += _portrait(text, at)
    worn = _WORN.match(text, at + len(person.name))
    nouns = [
        one
        for one in person.written
        if one.lower().split()[0] in {"a", "an", "the", "his", "her"} and one.split()[-1][0].islower()
    ]
    nouns = [one for one in nouns if one.split()[-1].lower() not in words.lower()]
    if not found and nouns:
        noun = min(nouns, key=lambda one: _at(text, one))
        called = re.search(rf"{re.escape(noun)},?\s+(?:(?:named|called)\s+)?{name}\b", text)
        words = called.group() if called else f"{words}, {noun}"
    return words + (worn.group() if worn and worn.group() not in words else "")


_TENS = "(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
_PORTRAIT = re.compile(
    r"[^.!?\n]{0,160}[.!?][^\S\n]+"
    r"((?:(?:She|He) (?:was|had|wore) (?!been|not|no\b|to\b)[^.!?\n]{3,160}\.[^\S\n]*){1,2})"
)


def _portrait(text: str, at: int) -> str:
    """What is told of somebody right after the sentence that names them first, as in `She was seventeen`."""
    match = _PORTRAIT.match(text, at)
    if match is None or not re.search(rf"\b(?:hair|{_TENS}|beard|eyes|wore|coat|dress|tall|old|young)\b", match[1]):
        return ""
    return ", " + re.sub(r"\s*\b(?:She|He) (?:was|had|wore)\s+", " ", match[1]).strip().rstrip(".").replace(".", ",")


_MANNER = re.compile(r"\b(?:voice|tone|way|manner|moment|whisper|possession|want|silence)\b")
_ADJECTIVES = re.compile(r"(?:\b(?:the|an?|old|young|little|poor|tall|small|brave|lonely|kind)\s+)+$", re.IGNORECASE)


_KIN = re.compile(
    r"\b(?:uncle|aunt|brother|sister|father|mother|son|daughter|nephew|niece|grandfather|grandmother|grandson|husband|"
    r"wife|cousin|granddaughter) $"
)
"""What stands between `her` and a name: `her uncle Bo`."""
_SAID = re.compile(r"\b(?:[Hh]e|[Ss]he) (?:was|is)\s+$")


def _said_of_another(text: str, phrase: str) -> bool:
    """Whether a phrase only says what somebody is who was told of before: `He was a thin man`."""
    at = text.find(phrase)
    return at > 0 and _SAID.search(text, max(0, at - 12), at) is not None


def _at(text: str, words: str) -> int:
    at = text.find(words)
    return at if at >= 0 else len(text)


def _phrase_end(text: str, end: int) -> int:
    """Where a description that begins with a noun ends: `a girl in a yellow raincoat stood` at the coat."""
    going = re.compile(r"\s+(?:in|with|wearing|of|aged)\s+").match(text, end)
    if going is None:
        return end
    stop = re.compile(r"[.,;:!?\n]").search(text, end)
    limit = min(stop.start() if stop else len(text), end + 80)
    if _MANNER.search(text, end, limit):
        return end
    for word, at in placed_tokens(text[going.end() : limit]):
        if at and word in VERBS:
            limit = going.end() + at
            break
    return end + len(text[end:limit].rstrip()) if limit - end <= 60 else end
