"""What a project has besides its scripts: pictures, sounds and fonts of the user's own."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Document


class ReferenceKind(StrEnum):
    """What a file is to its project."""

    CHARACTER = "character"
    """A picture of somebody."""
    STYLE = "style"
    """A picture that looks as films shall look."""
    MUSIC = "music"
    VOICE = "voice"
    """Somebody speaks."""
    LOGO = "logo"
    """A picture that stands in a corner of films."""
    FONT = "font"
    """Letters that films are lettered with."""

    @property
    def is_sound(self) -> bool:
        """Whether it is heard, not seen."""
        return self in {ReferenceKind.MUSIC, ReferenceKind.VOICE}

    @property
    def word(self) -> str:
        """What a file of this kind is, in a sentence."""
        if self.is_sound:
            return "sound"
        return "font" if self is ReferenceKind.FONT else "picture"

    @property
    def media_types(self) -> tuple[str, ...]:
        """IANA media types that it may have."""
        if self.is_sound:
            return SOUND_TYPES
        return {ReferenceKind.FONT: FONT_TYPES, ReferenceKind.LOGO: LOGO_TYPES}.get(self, PICTURE_TYPES)


class ReferenceState(StrEnum):
    """How far a file is."""

    AWAITED = "awaited"
    """Its user was told where to upload it."""
    READY = "ready"
    """It was uploaded, looked at, and can be used."""
    GONE = "gone"
    """It was deleted, or never came: the store may still hold something of it, until it is swept."""


PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp")
"""IANA media types of pictures that are read."""

LOGO_TYPES = ("image/png",)
"""Those of logos."""

FONT_TYPES = ("font/ttf", "font/otf", "font/collection", "font/sfnt")
"""Those of fonts (RFC 8081). Content alone says which of them it is: they read the same."""

SOUND_TYPES = (
    "audio/wav",
    "audio/x-wav",
    "audio/mpeg",
    "audio/flac",
    "audio/x-flac",
    "audio/ogg",
    "audio/aac",
    "audio/mp4",
    "audio/x-m4a",
    "audio/aiff",
    "audio/x-aiff",
    "audio/webm",
)
"""Those of sounds, as browsers name them."""


class Examined(Document):
    """What was found when a file was read."""

    width: Annotated[int | None, Field(gt=0)] = None
    """Of a picture, in pixels."""
    height: Annotated[int | None, Field(gt=0)] = None
    samples: Annotated[int | None, Field(gt=0)] = None
    """Of a sound: its length at `schemas.sound.SAMPLE_RATE`, as far as it was decoded."""
