"""Bodies of `/jobs/{job_id}/shots`."""

from __future__ import annotations

from pydantic import Field

from api.models.base import Answer
from api.usecases.shots import ShotStatus


class ShotShown(Answer):
    """A shot of a film."""

    number: str = Field(examples=["s001-002"])
    """Its scene and its place there, both from 1; retry, skip and revisions name it so."""
    scene: int = Field(examples=[1])
    """Its scene's number, from 1."""
    slugline: str = Field(examples=["INT. KITCHEN - DAY"])
    size: str = Field(examples=["MCU"])
    words: str = Field(examples=["It rains."])
    """What it shows and says, in the script's words."""
    seconds: float = Field(examples=[2.5])
    state: ShotStatus = Field(examples=["made"])
    code: str = Field(default="", examples=["ShotFailed"])
    """The name of what went wrong, where it waits for a decision."""
    message: str = Field(examples=[""])
    """Why it waits for a decision, where it does."""
    edited: list[str] = Field(examples=[["seed"]])
    """What of it was changed: prompt, seed, duration, move, size, order."""
    thumbnail: str | None = Field(examples=["https://store.example.org/artifacts/…?X-Amz-Signature=…"])
    """Where a small picture of it can be fetched for a quarter of an hour, a JPEG whose longer side is 320 pixels; one
    that was drawn by an older release is as large as the film. Null where there is none."""
    picture: str | None = Field(default=None, examples=["https://store.example.org/artifacts/…?X-Amz-Signature=…"])
    """Likewise its picture, in the film's own size."""
