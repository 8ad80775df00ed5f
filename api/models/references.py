"""Bodies of `/projects/{project_id}/references`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, Strict

from api.models.base import Answer, Body, Line
from schemas.artifact import Sha256
from schemas.references import ReferenceKind, ReferenceState

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class NewReference(Body):
    """A picture, a sound or a font that is about to be uploaded."""

    name: Line = Field(examples=["Anna"])
    """Whom it shows, or a title. A voice's may begin with what it says: `12 Mara.wav`, `s002-004.wav`."""
    kind: ReferenceKind = Field(examples=["character"])
    """What it is to the project: character, style and logo are pictures, music and voice are sounds."""
    media_type: Annotated[str, Field(min_length=3, max_length=50, examples=["image/png"])]
    """PNG, JPEG and WebP are read, of logos PNG alone; WAV, MP3, FLAC, Ogg, AAC, M4A, AIFF and WebM; TrueType and
    OpenType."""
    bytes: Annotated[int, Strict(), Field(gt=0, lt=2**53, examples=[482113])]
    """Its exact size."""
    sha256: Sha256 = Field(examples=[_SHA256])
    """Of the file: 64 lower-case hexadecimal digits."""


class ReferenceShown(Answer):
    """A picture, a sound or a font that a project has."""

    reference_id: UUID
    name: str = Field(examples=["Anna"])
    kind: ReferenceKind = Field(examples=["character"])
    state: ReferenceState = Field(examples=["ready"])
    """Only what is ready can be used."""
    media_type: str = Field(examples=["image/png"])
    bytes: int = Field(examples=[482113])
    sha256: str = Field(examples=[_SHA256])
    width: int | None = Field(examples=[1024])
    """Of a picture that is ready, in pixels."""
    height: int | None = Field(examples=[1024])
    seconds: float | None = Field(examples=[None])
    """Of a sound that is ready: its length, as far as it was listened to."""
    created_at: datetime
    completed_at: datetime | None
    url: str | None = Field(examples=["https://store.example.org/projects/…?X-Amz-Signature=…"])
    """Where it can be fetched for a quarter of an hour; null before it is ready."""


class UploadShown(Answer):
    """The request that uploads a file."""

    method: str = Field(examples=["PUT"])
    url: str = Field(examples=["https://store.example.org/projects/…?X-Amz-Signature=…"])
    """Signed: for this file, and for a while."""
    headers: dict[str, str] = Field(
        examples=[
            {
                "content-length": "482113",
                "content-type": "image/png",
                "x-amz-checksum-sha256": "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
                "x-amz-meta-sha256": _SHA256,
            }
        ]
    )
    """To be sent with it, word for word."""
    expires_in: int = Field(examples=[900])
    """Seconds."""


class AnnouncedReference(Answer):
    """A file that is awaited, and how it is uploaded. `complete` follows."""

    reference: ReferenceShown
    upload: UploadShown
