"""Focus that moves within a shot: what the script asks of it, and where attention shifts by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from film.direction.cast import Cast
from film.direction.words import tokens
from schemas.enums import FocusOn
from schemas.script import Rack

_TO = r"(?i:(?:\s+(?P<back>back))?(?:\s+from\s+(?P<source>[^.,;:!?\n]{1,60}?))?\s*(?:\bto|\bon(?:to)?|:)\s+)"
ASKED = re.compile(
    r"\b(?:(?:RACK|PULL|SHIFT)(?:S|ING)?\s+(?:THE\s+)?FOCUS|FOCUS\s+(?:RACKS?|PULLS?|SHIFTS?|MOVES?|GOES)"
    r"|FOCUS(?:ES|ING)?|RACK(?:S|ING)?(?=\s+(?:BACK\s+)?TO\b))" + _TO
)
"""Words that move the focus, in capitals; what they move it to follows."""
_TARGET = re.compile(r"[^.,;:!?\n]{1,80}")
_NEAR = re.compile(r"\b(?:foreground|hands?|fingers?|palms?)\b", re.IGNORECASE)
"""What lies with whoever is near."""
_FACES = re.compile(r"\b(?:his|her|their)\s+(?:face|eyes?|expression)\b", re.IGNORECASE)
_PRONOUNS = frozenset("him her them".split())
_SENTENCE = re.compile(r"[^.!?\n]+")
_LED = re.compile(r"\W*behind\s+(?P<who>[^.,;:!?\n]{1,40})\s*,", re.IGNORECASE)
_ARRIVES = re.compile(
    r"\b(?:appears?|emerges?|enters?|rises?|stirs?|steps?\s+(?:out|up|in)|stands?\s+up|looms?|comes?|watches|waits)\b"
    r"[^.,;:!?\n]{0,40}?\bbehind\s+(?P<who>[^.,;:!?\n]{1,40})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pull:
    """A move of the focus as the script tells it: who is near and who behind may be open."""

    target: str = ""
    """Id of whoever it goes to; empty for a thing or a place."""
    source: str = ""
    """Id of whoever it comes from; empty where the script does not say."""
    back: bool = False
    """Whether it returns to whoever is near."""
    near: bool = False
    """Whether its target lies with whoever is near: in their hands."""

    def staged(self, others: Iterable[str]) -> tuple[Rack, tuple[str, ...]]:
        """Decide who stands where.

        Args:
            others: Who may be in the picture, the best first.

        Returns:
            How the focus moves, and who is in the picture, whoever is near first.
        """
        first = self.source or next((who for who in others if who != self.target), "")
        if not self.target:
            near = tuple(who for who in (first,) if who)
            if self.near:
                return Rack(start=FocusOn.SET, end=FocusOn.NEAR), near
            return Rack(start=FocusOn.NEAR, end=FocusOn.SET), near
        if not first:
            # Whoever is alone comes into focus before the place.
            return Rack(start=FocusOn.SET, end=FocusOn.NEAR), (self.target,)
        if self.back:
            return Rack(start=FocusOn.FAR, end=FocusOn.NEAR, behind=first), (self.target, first)
        return Rack(start=FocusOn.NEAR, end=FocusOn.FAR, behind=self.target), (first, self.target)


def pull_in(text: str, people: tuple[str, ...], cast: Cast) -> tuple[Pull, int] | None:
    """Read where a text moves the focus to.

    Args:
        text: The text, its camera words in capitals.
        people: Who is in the shot it stands at.
        cast: Who is called how.

    Returns:
        The move, and where in the text its words end; None where there is none, or it leads nowhere.
    """
    asked = ASKED.search(text)
    target = _TARGET.match(text, asked.end()) if asked else None
    if asked is None or target is None:
        return None
    named = list(cast.mentions(target[0]))
    if not named and (_PRONOUNS.intersection(tokens(target[0])[:1]) or _FACES.search(target[0])):
        named = list(people[-1:])
    if _NEAR.search(target[0]):
        return Pull(source=(named or [""])[0], near=True), target.end()
    source = list(cast.mentions(asked["source"] or ""))
    who = (named or [""])[0]
    found = Pull(target=who, source=next((one for one in source if one != who), ""), back=bool(asked["back"]))
    return found, target.end()


def shift_in(text: str, people: tuple[str, ...], cast: Cast) -> Pull | None:
    """Find where somebody comes into notice behind another: `Behind Anna, Bo rises.`, `Bo appears behind Anna`.

    Args:
        text: An action.
        people: Who is in it; only of two is it told who stands behind whom.
        cast: Who is called how.
    """
    if len(people) != 2 or "behind" not in text.lower():
        return None
    for sentence in _SENTENCE.finditer(text):
        led = _LED.match(sentence[0])
        match = led or _ARRIVES.search(sentence[0])
        if match is None:
            continue
        near = [who for who in cast.mentions(match["who"]) if who in people]
        rest = f"{sentence[0][: match.start('who')]} {sentence[0][match.end('who') :]}"
        behind = [who for who in cast.mentions(rest) if who in people and who not in near]
        # `The door closes behind him` says nothing of who stands there: a pronoun counts only where it leads.
        if not near and led and _PRONOUNS.intersection(tokens(match["who"])[:1]):
            near = [who for who in people if who not in behind]
        if len(near) == 1 and len(behind) == 1:
            return Pull(target=behind[0], source=near[0])
    return None
