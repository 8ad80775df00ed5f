"""People: what they may do, and how they are told apart."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from schemas.base import Document
from schemas.enums import Tier


class Role(StrEnum):
    """What somebody may do beyond their own films. Each may do what those before it may."""

    USER = "user"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Scope(StrEnum):
    """What a program with a key may do for its owner."""

    READ = "read"
    """See projects, films and credits."""
    WRITE = "write"
    """Change projects, and order, change and cancel films: what may cost credits."""


class LinkPurpose(StrEnum):
    """What a secret does that was mailed to somebody."""

    VERIFY = "verify"
    """Shows that an address is theirs."""
    RESET = "reset"
    """Sets another password."""


class Principal(Document):
    """Whoever makes a request, once it is known who they are."""

    user_id: UUID
    email: str
    role: Role
    tier: Tier
    session_id: UUID | None = None
    """None for a program that came with a key."""
    scopes: frozenset[Scope] = frozenset(Scope)

    def may(self, scope: Scope) -> bool:
        """Whether a request of some kind is theirs to make."""
        return scope in self.scopes
