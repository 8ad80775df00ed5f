"""Whether somebody whom a text names is there: not the saint of a hospital, nor the owner of a coat."""

from __future__ import annotations

import re
from collections.abc import Sequence

from film.script.naming import PLACE_NOUNS
from film.script.people import ROLES

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SAINT = frozenset("st saint".split())
_BODY = frozenset(
    "eye eyes face hand hands finger fingers fist fists arm arms shoulder shoulders head hair mouth lip lips smile "
    "grin jaw chin cheek cheeks brow forehead nose ear ears neck throat chest heart back body leg legs knee knees "
    "foot feet toe toes boots shoes heels voice breath breathing gaze stare glance look expression tears tear laugh "
    "laughter scream screams cry cries sobs shadow reflection silhouette figure pov point footsteps steps thumb "
    "palm wrist wrists elbow waist lap belly stomach hips skin palms beard side sleeve grip grasp embrace attention "
    "phone corpse paw paws tail wings "
    "whiskers mane snout muzzle beak horns antlers fur feathers trunk eyelids lashes".split()
)
"""Of whom these are told, they are there."""
_GOING_ON = frozenset(
    "a an the at in on here there gone not already still about up down out back behind alone asleep dead awake too so "
    "just now been got always never all right under inside outside".split()
)
"""What follows a shortened `is`: `Anna's here`."""
_WORDS_TOO = (
    frozenset(
        "rose grace iris ruby ivy bill mark frank jack daisy violet lily flora eve hope faith joy dawn will may june "
        "april august art chase miles summer autumn penny pearl ginger hazel olive robin rich ray drew sue pat nick "
        "gene dean earl norm buck chip cliff clay glen heath reed sky storm star victor wade ward west brook crystal "
        "amber jade sandy candy honey melody harmony chance ace guy bob dick don jean harry max peg rusty stone wood "
        "woods marsh frost brown black white green gray grey young long short small cash case coal cross crow day "
        "fields fox hart hill hunt key lane little love major moody moon noble page park parks pike pope power price "
        "quick reader rice rivers rush sharp shields silver singer snow spring steel swift rain holly heather viola "
        "carol angel blue red bishop".split()
    )
    - ROLES
)
"""Names that in small letters are words."""


_MAYBE = re.compile(
    rf"\b(?:[Ss]t|ST|[Ss]aint|SAINT)\b|[a-z]\s(?:{'|'.join(word.capitalize() for word in sorted(PLACE_NOUNS))})\b"
    rf"|\b(?:{'|'.join(sorted(_WORDS_TOO))})\b"
)
"""What has to stand in a text for it to name somebody who is not there."""
_MAYBE_WORDS = _SAINT | _WORDS_TOO | PLACE_NOUNS
"""In small letters, the words of which one is in it then, unless a hyphen joins it to another."""


class Presence:
    """Whether those whom one text names are there; what it asks of the text as a whole it finds once."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        """Read a text.

        Args:
            text: The text.
            words: Its words, as `film.direction.words.tokens` gives them.
        """
        absent = "'" in text or "’" in text
        if not absent and ("-" in text or not _MAYBE_WORDS.isdisjoint(words)):
            absent = _MAYBE.search(text) is not None
        self._words = _WORD.findall(text) if absent else None
        self._small = text.islower()
        self._tokens = words
        self._text = text.rstrip()

    def of(self, at: int, length: int) -> bool:
        """Whether somebody who is named is there.

        Args:
            at: Number of the first word of the name.
            length: How many words the name has.

        Returns:
            False for `St. Mary's`, `Washington Square`, `Anna's coat` (but not `Anna's eyes`), and for a rose that is
            no Rose; nor for the man in `He was a thin man`, who was there before.
        """
        if at and self._tokens[at - 1] == "no":
            return False
        if at > _LEAST_BEFORE and only_said_to_be(self._tokens[max(0, at - SAID_BEFORE) : at]):
            return False
        if at > 1 and _only_shown(self._tokens[max(0, at - _AFTER_OF - 2) : at]):
            return False
        words, last = self._words, at + length - 1
        if words is None:
            return True
        word = words[last]
        if length == 1 and word in _WORDS_TOO and not self._small:
            return False
        if at and words[at - 1].lower() in _SAINT:
            return False
        following = words[last + 1 : last + 3]
        if following and _is_place(following[0]):
            return False
        if not word.endswith(("'s", "’s", "'S", "’S")):
            return True
        after = [one.lower() for one in following]
        if not after or after[0].endswith("ing") or after[0] in _GOING_ON:
            return bool(after) or not self._text.endswith(word)
        return any(one.removesuffix("'s") in _BODY for one in after)


_LEAST_BEFORE = 2
SAID_BEFORE = 6
"""Among so many words before a noun stands what makes it somebody who was told of already."""
_IS = frozenset("was is were".split())

_IMAGES = frozenset(
    "picture pictures photo photos photograph photographs painting paintings drawing drawings portrait portraits "
    "snapshot snapshots statue statues postcard postcards poster posters".split()
)
_AFTER_OF = 3
"""So many words at most stand between the `of` behind an image and what it shows: `a portrait of the old king`."""


def only_said_to_be(before: Sequence[str]) -> bool:
    """Whether words before a noun make it what somebody is who was told of already: `He was a thin …`.

    Args:
        before: The words, in lower case.
    """
    return any(
        before[at] in {"he", "she"} and before[at + 1] in _IS and before[at + 2] in {"a", "an"}
        for at in range(len(before) - 2)
    )


def _only_shown(before: Sequence[str]) -> bool:
    """Whether words before a noun make it what an image shows."""
    return any(before[at] in _IMAGES and before[at + 1] == "of" for at in range(len(before) - 1))


def _is_place(word: str) -> bool:
    """Whether a word behind a name makes it that of a place: `Square`."""
    return word[0].isupper() and not word.isupper() and word.lower() in PLACE_NOUNS
