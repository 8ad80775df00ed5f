"""Who speaks or acts: one person under several cues is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from film.direction.nameless import nameless
from film.direction.vocabulary import GENERIC, VERBS
from film.direction.words import placed_tokens, singular, slug, tokens, unique
from film.script.people import ROLES
from schemas.enums import ElementKind
from schemas.script import Character, Element

NARRATOR = "narrator"
"""Who speaks the narration of prose."""

_EXTENSION = re.compile(r"\s*\([^()]*\)?")
_LOOSE_EXTENSION = re.compile(r"\s+(?:V\.?O\.?|O\.?S\.?|O\.?C\.?|CONT['’]?D\.?)$")
_CAPS = re.compile(r"(?<![\w'’])[A-Z][A-Z.'’\-]*[A-Z.](?:[ \t\n]+(?:[A-Z][A-Z.'’\-]*[A-Z.]|#?\d{1,2}(?!\w)))*(?![\w])")
_AGE = re.compile(r"\s*(?:,\s*|\()\s*(?:mid|late|early|about|around|\d)[^.]{0,40}|\s*\(", re.IGNORECASE)
_APPOSITIVE = re.compile(r",\s+(?:an?|the|his|her|their|\d)\s*\S", re.IGNORECASE)
_OWNED = re.compile(r"[A-Z][a-z]+['’]s\s")
_ARTICLES = frozenset("the a an his her my their our".split())
_DISTINCT = frozenset("young old older younger little another other first second third fourth fake real baby".split())
_ROLE_BEFORE = re.compile(
    rf"\b(?:an?|the|his|her|their)\s+(?:[\w'’\-]+\s+){{0,3}}?(?:{'|'.join(sorted(ROLES))})"
    r"(?:\s+(?:of|aged|about)\s+[\w\-]+)?(?:,\s+|\s+(?:named|called)\s+)$",
    re.IGNORECASE,
)
_VOICE_OF = re.compile(r"^(.*?)['’]S VOICE$|^VOICE OF (.*)$")
_LONGEST_DESCRIPTION = 200


def cue_name(cue: str) -> str:
    """Take extensions off a cue: `ANNA (V.O.) (CONT'D)` becomes `ANNA`."""
    name = _EXTENSION.sub(" ", cue).strip().rstrip("^:").strip()
    name = " ".join(_LOOSE_EXTENSION.sub("", name).split())
    voice = _VOICE_OF.match(name.upper())
    if voice:
        name = next(part for part in voice.groups() if part)
    return name or cue.strip()


class Cast:
    """The characters of a script, and the words by which they are called."""

    def __init__(self, people: Sequence[Character]) -> None:
        self.characters = tuple(people)
        self.by_id = {person.id: person for person in people}
        self._called: dict[tuple[str, ...], str] = {}
        shared: set[tuple[str, ...]] = set()
        for person in people:
            for name in (person.name, *person.aliases):
                self._called.setdefault(tokens(name), person.id)
        for person in people:
            for part in self._parts(person):
                if self._called.get(part, person.id) != person.id:
                    shared.add(part)
                self._called.setdefault(part, person.id)
        full = {tokens(name) for person in people for name in (person.name, *person.aliases)}
        for part in shared - full:
            self._called.pop(part, None)
        self._called.pop((), None)
        self._longest = max(map(len, self._called), default=0)

    @staticmethod
    def _parts(person: Character) -> list[tuple[str, ...]]:
        words = tokens(person.name)
        if len(words) < 2:
            return []
        edges = [words[-1], words[0]] if words[0] not in {"the", "a", "an"} else [words[-1]]
        return [(word,) for word in edges if len(word) > 2 and word not in _DISTINCT]

    def of(self, name: str) -> str | None:
        """Id of whoever is called by a name or cue, or None."""
        words = tokens(cue_name(name))
        found = self._called.get(words)
        if found is None and words[:1] and (words[0] in _ARTICLES or _OWNED.match(name)):
            found = self._called.get(words[1:]) or self._called.get(words[-1:])
        return found

    def called(self, word: str) -> str | None:
        """Id of whoever a single lower-case word names, or None."""
        return self._called.get((word,))

    def mentions(self, text: str) -> list[str]:
        """Ids of those a text names, in the order of their first mention."""
        words = tokens(text)
        found: dict[str, None] = {}
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                who = self._called.get(tuple(words[at : at + length]))
                if who:
                    found.setdefault(who)
                    at += length - 1
                    break
            at += 1
        return list(found)


def screenplay_cast(elements: Sequence[Element]) -> Cast:
    """Find the characters of a screenplay: who has a cue, who is introduced in capitals, who acts without a name.

    Two cues are one person where the shorter is an end of the longer, does not merely name a kind of person,
    matches one person only, and the two never answer each other.

    Args:
        elements: The screenplay's elements.

    Returns:
        The cast, in the order of first appearance.
    """
    cues: dict[str, int] = {}
    turns: list[str] = []
    for element in elements:
        if element.kind is ElementKind.CHARACTER:
            name = cue_name(element.text).upper()
            cues[name] = cues.get(name, 0) + 1
            turns.append(name)
    written = {
        cue_name(e.text).upper(): cue_name(e.text) for e in reversed(elements) if e.kind is ElementKind.CHARACTER
    }
    actions = [element.text for element in elements if element.kind is ElementKind.ACTION]
    introduced = _introductions(actions, cues)
    adjacent = {frozenset(pair) for pair in zip(turns, turns[1:], strict=False) if pair[0] != pair[1]}
    owner = _owners(cues, introduced, adjacent)
    taken: set[str] = set()
    people = []
    for name in _in_order(elements, {*cues, *introduced}):
        if owner.get(name, name) != name:
            continue
        aliases = tuple(written.get(alias, alias) for alias, who in owner.items() if who == name and alias != name)
        people.append(
            Character(
                id=unique(slug(name), taken),
                name=written.get(name, name),
                aliases=aliases,
                description=next((introduced[n] for n in (name, *aliases) if introduced.get(n)), ""),
                speeches=sum(cues.get(n, 0) for n in (name, *(a.upper() for a in aliases))),
            )
        )
    return Cast([*people, *nameless(actions, people, taken)])


def _in_order(elements: Iterable[Element], names: set[str]) -> list[str]:
    """Names by first appearance, as a cue or in capitals in the action."""
    order: dict[str, None] = {}
    for element in elements:
        if element.kind is ElementKind.CHARACTER:
            order.setdefault(cue_name(element.text).upper())
        elif element.kind is ElementKind.ACTION:
            for match in _CAPS.finditer(element.text):
                name = " ".join(match.group().rstrip(".").split())
                if name in names:
                    order.setdefault(name)
    return [name for name in order if name in names]


def _introductions(actions: Iterable[str], cues: dict[str, int]) -> dict[str, str]:
    """Names in capitals in the action that are people, with the words that introduce them."""
    found: dict[str, str] = {}
    for text in actions:
        for match in _CAPS.finditer(text):
            name = " ".join(match.group().rstrip(".").split())
            name = re.sub(r"['’]S$", "", name)
            if name in found or len(name) < 2:
                continue
            rest = text[match.end() :]
            head = tokens(name)[-1] if tokens(name) else ""
            several = singular(head) != head and singular(head) in ROLES
            before = _ROLE_BEFORE.search(text[max(0, match.start() - 60) : match.start()])
            person = bool(before) or head in ROLES or (_described(rest) and len(name.split()) <= 4 and not several)
            if name in cues or person:
                start = match.start() - len(before.group()) if before else match.start()
                found[name] = _description(text, start, match.end())
    return found


def _described(rest: str) -> bool:
    age = _AGE.match(rest)
    return bool(age and any(letter.isdigit() for letter in age.group()[:24])) or bool(_APPOSITIVE.match(rest))


def _description(text: str, start: int, end: int) -> str:
    """The words from a name up to the first verb, or to the end of the sentence."""
    stop = min(len(text), start + _LONGEST_DESCRIPTION)
    sentence = re.search(r"[.!?](?=\s|$)", text[end:stop])
    limit = end + sentence.start() if sentence else stop
    for word, at in placed_tokens(text[end:limit]):
        if text[end + at : end + at + 2].isupper() and len(word) > 1:
            limit = end + at
            break
        if word in VERBS and not _nominal(text, end + at):
            limit = end + at
            break
    words = text[start:limit].rstrip(" ,;:-–—\n\t")
    words = re.sub(r"[\s,]+(?:and|with|or)$", "", words)
    return words if len(words) > end - start else text[start:end]


def _nominal(text: str, at: int) -> bool:
    """Whether the word at an offset stands where a noun or adjective does: after an article or a possessive."""
    before = tokens(text[max(0, at - 14) : at])[-1:]
    return bool(before) and before[0] in {"a", "an", "the", "his", "her", "their", "very", "of", "in", "with"}


def _owners(cues: dict[str, int], introduced: dict[str, str], adjacent: set[frozenset[str]]) -> dict[str, str]:
    """For every name the name it is an alias of, itself for most."""
    names = [*cues, *(name for name in introduced if name not in cues)]
    owner = {name: name for name in names}
    ends: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        words = tuple(name.split())
        for length in range(1, len(words)):
            for end in {words[:length], words[-length:]}:
                ends.setdefault(end, []).append(name)
    for short in cues:
        longer = [name for name in ends.get(tuple(short.split()), ()) if _is_part(short, name)]
        longer = [name for name in longer if frozenset((short, name)) not in adjacent]
        if len(longer) != 1:
            continue
        generic = singular(short.lower().split()[-1]) in GENERIC
        both_introduced = short in introduced and longer[0] in introduced and longer[0] in cues
        unsure = generic and longer[0] in cues and (short in introduced or longer[0] not in introduced)
        if both_introduced or unsure or owner[longer[0]] != longer[0]:
            continue
        owner[short] = longer[0]
    return owner


def _is_part(short: str, name: str) -> bool:
    """Whether one name is an end of the other, and the rest does not tell two people apart."""
    few, many = short.split(), name.split()
    if len(few) >= len(many):
        return False
    if many[-len(few) :] == few:
        rest = many[: -len(few)]
    elif many[: len(few)] == few:
        rest = many[len(few) :]
    else:
        return False
    return not any(
        word.lower() in _DISTINCT
        or word.endswith(("'S", "’S"))
        or any(c.isdigit() for c in word)
        or word in {"AND", "&"}
        or (singular(word.lower()) in ROLES and many[: len(few)] == few)
        for word in rest
    )
