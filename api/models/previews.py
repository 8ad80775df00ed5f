"""Bodies of `/jobs/{job_id}/preview` and `/jobs/{job_id}/time-left`."""

from __future__ import annotations

from pydantic import Field

from api.models.base import Answer
from api.models.jobs import Between


class PieceShown(Answer):
    """A stretch of a film that is encoded: a file of its own, without sound, which begins with a keyframe."""

    number: int = Field(examples=[1])
    """1, 2, 3 … in the order of the film."""
    starts_s: float = Field(examples=[0.0])
    """When it begins in the film."""
    seconds: float = Field(examples=[14.5])
    bytes: int = Field(examples=[2_400_000])
    url: str = Field(examples=["https://store.example.org/artifacts/piece.mp4?X-Amz-Signature=…"])
    """Good for `expires_in` seconds, for whoever has it; ask again for another."""


class PreviewShown(Answer):
    """A film as far as it is encoded from its first frame on: piece after piece it plays without a gap."""

    growing: bool
    """Whether more may come."""
    seconds: float = Field(examples=[29.0])
    """How much of it there is."""
    film_seconds: float | None = Field(examples=[96.5])
    """How long the film will be; None before it is cut."""
    pieces: int = Field(examples=[2])
    """How many pieces there are."""
    media_type: str | None = Field(examples=["video/mp4"])
    """Of all pieces; None before the film is cut."""
    items: list[PieceShown]
    """Those that were asked for."""
    expires_in: int = Field(examples=[900])


class TimeLeft(Answer):
    """How long a film will take."""

    seconds: Between | None
    """Until it can be downloaded, as far as one can say; null where nobody can. 0 to 0: at any moment."""
