"""What a speech tells by itself of who speaks it: whom it calls by name, and of whom it speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from film.script.naming import singular_role
from film.script.phrases import is_capital
from film.script.voices import Voice, Voices

_ADDRESSED = re.compile(
    r"(?:^|[,.!?;—]\s*)(?:(?i:oh|o|ah|no|yes|my|dear|my dear|old|come|well|now|look|and)[ ,]+){0,2}"
    r"(?P<who>(?:[A-Z][\w’'\-]*\.?\s){0,3}[A-Z][\w’'\-]*|[a-z]+)(?=[,.!?;:—…]|$)"
)
_I_AM = re.compile(r"(?:I am|I[’']m|My name is) ((?:the )?(?:[A-Z][\w’'\-]*\.?\s?)+)(?=[,.!?;]|$)")
_KIN = frozenset(
    "mother father mamma papa mama mum mummy ma pa dad daddy aunt uncle grandmother grandfather doctor captain".split()
)
"""Those who are called so have no other name for who calls them."""
_WITHIN = re.compile(r"‘[^‘’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)|“[^“”]*”|^['‘].*", re.DOTALL)
"""What somebody else is quoted to have said."""
_NAMES = re.compile(r"[A-Z][\w’'\-]+")
_LED = re.compile(r"\b(?:my|our|this|that|his|her|your|the) (?:[a-z-]+ ){0,2}?([a-z-]+)$")
_LED_WITHIN = 40
_HEARD = 80
"""So many characters at either end of a speech call somebody by name."""
_MOST = 2


@dataclass(frozen=True, slots=True)
class Heard:
    """What one speech tells."""

    called: tuple[Voice, ...]
    """Whom it calls by name, at most two: they listen."""
    spoken_of: tuple[Voice, ...]
    """Whom it names, the called among them."""
    other: bool
    """Whether it calls somebody by a name that the narration never uses: whoever tells the story."""
    speaker: Voice | None
    """Who introduces themselves in it: `I am Mara.`"""
    name: str
    """By which name; empty where nobody does."""


def _is_told_of(spoken: str, at: int) -> bool:
    """Whether a noun for somebody leads to a name behind a comma: `this is my friend, Doctor Bell`."""
    before = _LED.search(spoken, max(0, at - _LED_WITHIN), at)
    return before is not None and bool(singular_role(before[1]))


def listen(spoken: str, voices: Voices) -> Heard:
    """Find out what a speech tells of who speaks it.

    Args:
        spoken: Its words; what somebody else is quoted in it to have said does not count.
        voices: The voices of its story.

    Returns:
        What it tells.
    """
    spoken = _WITHIN.sub(" ", spoken)
    called: dict[Voice, None] = {}
    other = False
    for part in (spoken[:_HEARD], spoken[-_HEARD:] if len(spoken) > _HEARD else ""):
        for match in _ADDRESSED.finditer(part):
            if _is_told_of(part, match.start()):
                continue
            voice = voices.known(match["who"])
            if match["who"].lower() in _KIN and (voice is None or voice.person is None or voice.person.role):
                voice = voices.elder(match["who"]) or voice or voices.named(match["who"])
            other = other or (voice is None and is_capital(match["who"]) and match.start() > 0)
            if voice is not None:
                called.setdefault(voice)
    introduced = _I_AM.match(spoken)
    speaker = voices.known(introduced[1]) if introduced else None
    name = introduced[1].rstrip(" .") if introduced and speaker is not None else ""
    if speaker is not None:
        called.pop(speaker, None)
    named = (voices.known(found.group()) for found in _NAMES.finditer(spoken))
    spoken_of = dict.fromkeys(voice for voice in named if voice is not None and voice is not speaker)
    return Heard(tuple(called)[:_MOST], tuple(spoken_of), other, speaker, name)
