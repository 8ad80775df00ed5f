"""What narration beside a speech says but whose it is: that it leads to one, that it is read, that time passes."""

from __future__ import annotations

import re

from film.script.tags import Tag, after_quote

SENTENCE = re.compile(r"[.!?…](?=\s+\S)")
_LETTER = 160
_READS = re.compile(
    r"\b(?:it|telegram|letter|note|message|card|paper|advertisement|invitations?|paragraph|which|and)\b[^.!?]*?"
    r"\b(?:ran|reads?|runs|follows|stated)\b[^.!?]*:\s*$",
    re.IGNORECASE,
)
"""What leads to a letter: nobody speaks it."""
_VOICE = re.compile(
    r"(?:an?|the|another|some) (?:[\w-]+,? ){0,3}?(?:voice|somebody|someone)|somebody|someone", re.IGNORECASE
)
_REVEALS = re.compile(
    r"(?:[^.!?]{0,60}[.!?] It was (?:the voice of )?|,? (?:and|as) )"
    r"(?P<who>(?:the|his|her|my|our|an?) (?:[\w-]+ ){0,3}?[\w-]+"
    r"(?=[,.;]| (?:who|came|put|stood|rose|ran|sat|stuck|thrust|burst|[a-z]+ed)\b)|"
    r"[A-Z][\w.]*(?: [A-Z][\w-]*)*(?:['’]s [a-z]+)?)"
)
"""Whose voice it was: `It was the voice of Scrooge's nephew`, `and Mr. Bell put his head round the door`."""
_ANYBODY = re.compile(r"[Tt]he (?:[\w-]+ )?(?:man|woman|boy|girl|gentleman|lady|fellow|person|stranger|child)")
_TOLD_APART = re.compile(r" (?:with|in|at|from|behind|beside|on) the [\w-]+(?=[.,;:!?]|$)")
LAPSE = re.compile(
    r"[\"“‘']?(?:(?:at|by|towards?|around)\s+(?:[\w’'-]+\s+){0,3}?(?:o[’']clock|noon|midnight|dawn|dusk|nightfall|sunset|sunrise)\b"
    r"|(?:the|that|one|early|late)\s+(?:[\w-]+\s+){0,2}?(?:morning|afternoon|evening|night|day|week|month|year|spring|summer|autumn|winter)"
    r"(?:\s+(?:before|after|later))?[\s,]"
    r"|(?:\w+\s+){1,2}?(?:minutes|hours?|days?|weeks?|months?|years?)\s+(?:later|after|had\s+passed|passed|went\s+by)\b"
    r"|when\s+[\w’'-]+\s+(?:got|came|returned|was)\s+(?:back|home)\b)",
    re.IGNORECASE,
)
"""How a paragraph begins that tells of another time: nobody's turn is left over, and whom it names is new in it."""


def revealed(tag: Tag, after: str) -> Tag:
    """A tag that names no more than a voice, with whose it is where the narration goes on to say so."""
    if not _VOICE.fullmatch(tag.who):
        return tag
    found = _REVEALS.match(after[: tag.end + _LETTER], tag.end)
    return Tag(found["who"], tag.end) if found else tag


def told_apart(tag: Tag, after: str) -> Tag:
    """A tag with what tells whom it names from others: `said the man with the tractor`."""
    found = _TOLD_APART.match(after, tag.end) if _ANYBODY.fullmatch(tag.who) else None
    return Tag(tag.who + found.group(), found.end()) if found else tag


def is_tag(after: str) -> bool:
    """Whether what follows a speech says whose that one is, and no more: it leads to no other."""
    tag = after_quote(after)
    whole = tag is not None and tag.explicit and SENTENCE.search(after, tag.end) is None
    return whole and not after.rstrip().endswith((",", ":"))


def leads(before: str) -> bool:
    """Whether narration leads to the speech behind it."""
    return before.rstrip().endswith((",", ":", "—", "–", "-", "…", "."))


def leads_to_letter(text: str) -> bool:
    """Whether narration leads to what is read, and nobody speaks: `The telegram ran:`."""
    return _READS.search(text[-_LETTER:]) is not None
