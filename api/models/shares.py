"""Bodies of `/jobs/{job_id}/shares` and `/shared`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, Strict

from api.models.base import Answer, Body

MOST_HOURS = 30 * 24


class NewShare(Body):
    """How long a link to a film is good."""

    hours: Annotated[int, Strict(), Field(ge=1, le=MOST_HOURS, examples=[24])]


class ShareShown(Answer):
    """A link by which a film is watched without an account."""

    share_id: UUID
    url: str = Field(examples=["https://studio.example.org/watch#AZOaPnwefVKbDF8vTw-aEWl2Zx1c0V9kQm3uYw8rT2s"])
    """What is handed on. Whoever has it may watch."""
    created_at: datetime
    expires_at: datetime
    """When it leads nowhere any more."""


class OpenShare(Body):
    """Opening a link."""

    token: Annotated[str, Field(min_length=1, max_length=200, examples=["AZOaPnwefVKbDF8vTw-aEWl2Zx1c0V9kQm3uYw8rT2s"])]
    """What stands behind `#` in it."""


class SharedFilm(Answer):
    """A film, for whoever has a link to it."""

    title: str = Field(examples=["The Last Ferry"])
    expires_at: datetime
    """When the link ends."""
    media_type: str = Field(examples=["video/mp4"])
    url: str = Field(examples=["https://store.example.org/jobs/final.mp4?X-Amz-Signature=…"])
    """The film; this and the other addresses are good for `expires_in` seconds. Open the link again for others."""
    subtitles: str | None
    """WebVTT."""
    poster: str | None
    expires_in: int = Field(examples=[900])
