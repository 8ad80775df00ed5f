"""Figures of speech: words for places and things that tell of none, as in `an expert in her field`."""

from __future__ import annotations

import re

from film.direction.words import tokens
from film.script.people import ROLES

_MEASURES = (
    "sea|ocean|mountains?|forest|rivers?|stream|islands?|jungle|pool|tower|mine|hills?|waves?|storm|cave|desert|wall"
)
_MATTER = (
    "water|trees?|sand|grass|ice|snow|pines?|oaks?|birch(?:es)?|beech|fir|firs|palms?|wheat|corn|rocks?|stones?|mud|lava|"
    "reeds|bamboo|green|dunes|the|his|her|their|its|a|an|this|that|[A-Z]"
)
_PERSON = "|".join(
    sorted({*ROLES, *"expert authority leader pioneer specialist genius legend star veteran beginner rival".split()})
)
_FIGURES = re.compile(
    r"(?<![\w'’-])(?<!would )(?<!['’]d )(?<!do )(?<!does )(?<!did )(?<!n['’]t )(?<!not )(?:like|unlike|than)\s+"
    r"(?:an?|the|some|two|three)\s+[\w'’-]+(?:\s+(?:of|in|on|at)\s+(?:(?:an?|the|his|her)\s+)?[\w'’-]+)?"
    r"|(?<![\w'’-])(?:hands|arms|legs|eyes|fingers|feet|fists|teeth|voice|shoulders|face|smile|hair|skin)\s+like\s+[\w'’-]+"
    r"|\bas\s+(?:if|though)\b[^.;!?\n]{0,80}"
    r"|(?<![\w-])(?:as\s+)?[a-z]{1,20}\s+as\s+(?:an?|the)\s+[\w'’-]+(?:\s+(?:of|in|on|at)\s+(?:(?:an?|the)\s+)?[\w'’-]+)?"
    rf"|\b(?:{_MEASURES})\s+of\s+(?!(?:{_MATTER})\b)(?=[a-z])"
    r"|\bfields?\s+of\s+(?:view|vision|study|expertise|fire|research|work|honou?r|battle|medicine|law|science|play)\b"
    r"|\b(?:expert|leader|authority|best|pioneer|specialist|top|star|legend|genius|first|leading|number one|"
    r"career|degree|name|reputation|respected|known|years|master)\b[^.;!?\n,]{0,30}?\b(?:in|of)\s+(?:his|her|their|the|any|that|this)\s+field\b"
    r"|\b(?:take|takes|took|taking|hold|holds|share|shares)\s+(?:(?:the|center|centre)\s+)?stage\b|\b(?:center|centre)\s+stage\b"
    r"|\bstreet[- ](?:smart|wise|clothes|savvy)s?\b|\b(?:a\s+)?bridge\s+(?:player|club|game|partner|too\s+far)\b"
    r"|\b(?:home|company|small)[- ]town\s+(?=[a-z])|\bhome\s+(?:truths?|run|grown)\b"
    r"|\b(?:road|path|way)\s+(?:to|of)\s+(?:recovery|ruin|success|hell|nowhere|glory|revenge|redemption|wisdom|excess)\b"
    r"|\b(?:down|up)\s+(?:memory\s+lane|the\s+river\b(?=\s*[,.;]))|\bin\s+(?:hot\s+water|deep\s+water|the\s+dog\s?house|"
    r"the\s+same\s+boat)\b|\bup\s+(?:the\s+)?creek\b|\bmissed?\s+the\s+boat\b|\brocks?\s+the\s+boat\b"
    r"|\b(?:castles?|pie)\s+in\s+the\s+(?:air|sky)\b|\bon\s+cloud\s+nine\b|\b(?:court|bench|prison|office|school|church|park|beach|field|street|"
    r"hospital|harbou?r|mountain|forest|desert|sea|kitchen|garden|bar|theat(?:er|re)|library)\s+"
    r"(?:politics|romance|reporter|records?|order|music|service|uniform|tie|song|bum|body|wear|bunny|supplies|novel|drama|gossip|humou?r|"
    r"tattoo|haircut|pallor|skills|experience|accent|manners|reputation|legend|rat|dog)\b",
    re.IGNORECASE,
)
_WHO_THEY_ARE = re.compile(
    r"(?:(?<=[A-Z]{2})|(?<=\)))(?P<stop>\s*(?:,|\(|--|[–—])\s*)(?:\d\d?,\s*|\d0s,\s*)?(?:an?|the|his|her|their|\w+['’]s)\s+"
    rf"(?:[\w'’-]+\s+){{0,3}}?(?:{_PERSON})\s+(?:of|for|from|to|at|with\s+(?:no|a\s+(?:heart|voice|face|mind|laugh|temper|past))|in\s+(?:his|her|their))\s[^,.;:()!?\n–—]{{0,60}}"
    r"|(?:(?<=[A-Z]{2})|(?<=\)))\s*,\s*(?:an?|the)\s+(?:ship|tank|mountain|bulldozer|bull|tree|barrel|wall|house|train|barn|castle|knife|stick|scarecrow|"
    r"bear|storm|hurricane|force|tower|fortress|rock|bomb|rocket)\s+(?:of|in|with|on)\s[^,.;:()!?\n–—]{0,40}"
)
"""Who somebody is, or what they are compared to, behind a name: `a gentleman of no fortune`, `a ship in full sail`."""
_SAID_OF = frozenset(
    "like unlike than as sea ocean mountain mountains forest river rivers stream island islands jungle pool tower mine "
    "hill hills wave waves storm cave desert wall field fields stage street bridge town home road path way lane water "
    "dog doghouse dog-house boat creek sky air cloud castles castle court bench prison office school church park beach "
    "hospital harbour harbor kitchen garden bar theatre theater library".split()
)
"""Each figure holds one of these."""


def literal(text: str) -> str:
    """A text without its figures of speech, and without what is told of who somebody is: no place and thing is there.

    Args:
        text: An action.

    Returns:
        The text; with as many characters, so that offsets stay.
    """
    if ", " in text or "(" in text or "-" in text or "–" in text or "—" in text:
        text = _WHO_THEY_ARE.sub(_blank, text)
    return text if _SAID_OF.isdisjoint(tokens(text)) else _FIGURES.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
