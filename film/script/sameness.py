"""Which phrases of a story always mean one of its people, by whose speeches they stand beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from film.script.people import gender_of
from film.script.references import PASSING, noun_of, refers
from film.script.tags import after_quote
from film.script.voices import TELLER
from schemas.enums import ElementKind
from schemas.script import Element

_MOST = 0.75
"""So great a part of the speeches beside a phrase is somebody's whom it means."""


def same_people(elements: Iterable[Element]) -> dict[str, str]:
    """Find whom the phrases beside speech mean.

    Args:
        elements: Of a story, with its speakers.

    Returns:
        For each noun of such a phrase (`uncle` of `returned the uncle`), what the story calls whoever it nearly always
        means, where that is anything else.
    """
    votes: dict[str, Counter[str]] = {}
    speech: Element | None = None
    for element in elements:
        tagged = speech is not None and element.kind is ElementKind.ACTION and follows(speech, element)
        if tagged and speech is not None and speech.speaker not in {None, TELLER}:
            tag = after_quote(element.text)
            told = refers(tag.who) if tag is not None and tag.explicit else None
            if told is not None and not told.fresh and told.noun not in PASSING:
                votes.setdefault(told.noun, Counter())[speech.speaker or ""] += 1
        speech = element if element.kind is ElementKind.DIALOGUE else None
    found: dict[str, str] = {}
    for noun, counted in votes.items():
        who, count = counted.most_common(1)[0]
        clash = {gender_of(noun), gender_of(noun_of(who))} == {"m", "f"}
        if noun_of(who) != noun and not clash and count >= _MOST * counted.total():
            found[noun] = who
    return found


def follows(before: Element, element: Element) -> bool:
    """Whether an element stands right behind another in its paragraph: `The bird sang.` in the next is no tag."""
    return element.span.start - before.span.end <= 1
