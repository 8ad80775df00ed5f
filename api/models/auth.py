"""Bodies of `/auth`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.models.base import Address, Answer, Body, Line, Moment, Password
from schemas.enums import Tier
from schemas.people import Role, Scope

Secret = Annotated[str, Field(min_length=1, max_length=200, examples=["what-stands-behind-the-number-sign"])]
"""What a mailed link holds behind its `#`."""


class Transport(StrEnum):
    """How tokens reach whoever signs in."""

    COOKIE = "cookie"
    """In cookies that no script reads: for browsers."""
    TOKEN = "token"
    """In the answer: for programs."""


class Register(Body):
    """Somebody who wants an account."""

    email: Address
    password: Password


class Verify(Body):
    """Somebody who opened the link in the letter."""

    token: Secret
    password: Password
    """That with which they registered."""
    transport: Transport = Transport.COOKIE


class SignIn(Body):
    """Somebody who has an account."""

    email: Address
    password: Password
    transport: Transport = Transport.COOKIE


class Refresh(Body):
    """A refresh token; browsers send it in a cookie instead."""

    refresh_token: Annotated[
        str, Field(min_length=1, max_length=200, examples=["01939a3e7c1e7d529b0c5f2f4f0f9a11.0.and-its-seal"])
    ]


class Forgot(Body):
    """Somebody who does not know their password any more."""

    email: Address


class Reset(Body):
    """Another password, with the link in the letter."""

    token: Secret
    password: Password


class Leave(Body):
    """Somebody who deletes their account."""

    password: Annotated[str, Field(max_length=200, examples=["correct horse battery"])] | None = None
    """Theirs. Whoever has none signs in anew instead, and does this within 10 minutes."""


class MakeKey(Body):
    """A key for a program."""

    name: Annotated[Line, Field(max_length=100, examples=["build server"])]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=10)] = [Scope.READ]
    expires_at: Moment | None = None
    """When it stops working by itself; None for never."""


class Account(Answer):
    """Who is signed in."""

    user_id: UUID
    email: str = Field(examples=["anna@example.org"])
    role: Role
    tier: Tier


class SignedIn(Answer):
    """Somebody who is signed in now."""

    account: Account
    expires_in: int = Field(examples=[86400])
    """Seconds until the access token must be refreshed."""
    token_type: str = "Bearer"
    access_token: str | None = None
    """For the header `Authorization: Bearer …`; None where cookies carry it."""
    refresh_token: str | None = None
    """Exchanged at `/auth/refresh`, once; None where cookies carry it."""


class SessionShown(Answer):
    """Where somebody is signed in."""

    session_id: UUID
    device: str = Field(examples=["Mozilla/5.0 (X11; Linux x86_64)"])
    created_at: datetime
    refreshed_at: datetime
    current: bool = False
    """Whether it is the session of this request."""


class KeyShown(Answer):
    """A key, without itself."""

    key_id: UUID
    name: str = Field(examples=["build server"])
    hint: str = Field(examples=["afs_q3JkP1xZ"])
    """How it begins."""
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    """When it was last used, to the hour."""


class KeyMade(KeyShown):
    """A key that was just made."""

    key: str = Field(examples=["afs_q3JkP1xZ-and-the-rest-of-it"])
    """Shown this once: it is not kept."""
