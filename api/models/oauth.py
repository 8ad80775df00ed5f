"""Bodies of `/auth/oauth`."""

from __future__ import annotations

from datetime import datetime

from api.models.base import Answer
from schemas.people import OAuthProvider


class Provider(Answer):
    """By whom one may sign in."""

    provider: OAuthProvider
    start: str
    """Where to send the browser; add `?next=/…` for where it goes then."""


class Linked(Answer):
    """By whom somebody signs in."""

    provider: OAuthProvider
    email: str
    """Their address there, when they last came."""
    created_at: datetime
    used_at: datetime
