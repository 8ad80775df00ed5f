"""Who tells a story that says `I`: the name by which the others call them, or by which they call themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from film.direction.words import tokens
from film.script.naming import NOT_NAMES, PLACE_NOUNS
from film.script.people import FEMALE_NAMES, MALE_NAMES, ROLES, TITLES
from film.script.voices import TELLER
from film.script.witness import called
from schemas.enums import ElementKind
from schemas.script import Element

UNNAMED = "Narrator"
"""What they are called where nobody says their name."""
_NAME = r"(?P<name>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]+){0,2})(?=[,.;!?—]|\s|$)"
_TELLS = re.compile(rf"\b(?:[Mm]y name (?:is|was)|[Mm]y name['’]s|[Cc]all me|[Tt]hey call me)\s+{_NAME}")
_SAYS = re.compile(rf"{_TELLS.pattern.replace('P<name>', 'P<own>')}|(?<![\w-])(?:I am|I['’]m)\s+{_NAME}(?=[,.;!?—]|$)")
_ENOUGH = 2
"""So much tells for a name at least: `dear` before it counts for so much, and so do two who call by it."""


_WED = re.compile(r"(?<![\w-])[Mm]y (?:(?:late|poor|dear|own|first|young|old|dead) )?(husband|wife)(?![\w-])")
_CHILD = re.compile(
    r"(?<![\w-])(?:I was (?:only |then |but |still |just )?an? (?:\w+ )?(boy|girl)|(?:as|when I was) an? (?:\w+ "
    r")?(boy|girl))"
    r"(?: of \w+)?(?![\w-])"
)


def teller_told(narration: Sequence[str]) -> str:
    """Find what a story tells of its teller in passing: whoever has a husband is a woman.

    Args:
        narration: What is told in it.

    Returns:
        A description, such as `a woman`; empty where nothing is told.
    """
    for text in narration:
        if wed := _WED.search(text):
            return "a woman" if wed[1] == "husband" else "a man"
        if child := _CHILD.search(text):
            return f"a {child[1] or child[2]}"
    return ""


def narrators_name(elements: Sequence[Element]) -> str:
    """Find what the teller of a story is called.

    Args:
        elements: The story's elements.

    Returns:
        A name that they give themselves, or by which those call them who talk with them, and nobody else of the story
        has; empty where there is none.
    """
    narration = [one.text for one in elements if one.kind is ElementKind.ACTION]
    spoken = [one for one in elements if one.kind is ElementKind.DIALOGUE]
    for text in (one.text for one in spoken if one.speaker == TELLER):
        if (told := _SAYS.search(text)) and _is_name(name := (told["own"] or told["name"]), ()):
            return name
    for text in narration:
        if (told := _TELLS.search(text)) and _is_name(told["name"], ()):
            return told["name"]
    return _called(spoken, {word for text in narration for word in tokens(text)})


def _called(spoken: Sequence[Element], others: Collection[str]) -> str:
    """By what those call the teller whose speeches stand beside theirs."""
    votes: Counter[str] = Counter()
    for number, speech in enumerate(spoken):
        beside = spoken[max(0, number - 1) : number + 2]
        if speech.speaker in {TELLER, None} or all(one.speaker != TELLER for one in beside):
            continue
        for name, fond in called(speech.text):
            if _is_name(name, others):
                first = tokens(name)[0]
                votes[name] += _ENOUGH if fond or first in FEMALE_NAMES or first in MALE_NAMES else 1
    name, count = max(votes.items(), key=lambda vote: vote[1], default=("", 0))
    return name if count >= _ENOUGH else ""


def _is_name(name: str, others: Collection[str]) -> bool:
    """Whether words are a name, and nobody's of whom the story tells."""
    words = tokens(name)
    bare = words[1:] if words[:1] and words[0] in TITLES else words
    return bool(bare) and not any(
        word in NOT_NAMES or word in ROLES or word in PLACE_NOUNS or word in others for word in bare
    )
