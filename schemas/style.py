"""A style: the look that a whole film shares. It travels with the job, so that no worker needs its file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.base import Document
from schemas.prompt import Palette

MAX_MODIFIERS = 8
MAX_NEGATIVES = 12

StyleName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Phrase = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
"""A few words on one line."""


class StyleSpec(Document):
    """A look that a whole film shares, whole: words for a painter, colours for a draughtsman."""

    name: StyleName
    """What users type."""
    title: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
    """What users read."""
    medium: Phrase
    """What the picture is, before anything else is said: film still, ink drawing."""
    modifiers: Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=MAX_MODIFIERS)]
    """Words that end every positive prompt."""
    negative: Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=MAX_NEGATIVES)]
    """What the pictures must not look like."""
    lens: Phrase
    """How the camera sees."""
    light: Phrase
    """How the style lights."""
    palette: Palette
