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


class OAuthProvider(StrEnum):
    """Who else may say who somebody is."""

    GOOGLE = "google"
    GITHUB = "github"


class SignInRefusal(StrEnum):
    """Why nobody was signed in who came back from a provider."""

    STATE = "state"
    """This browser began no such attempt, or it was finished before."""
    EXPIRED = "expired"
    """It was begun too long ago."""
    CANCELLED = "cancelled"
    """They said no at the provider."""
    REFUSED = "refused"
    """The provider does not confirm what the browser brought."""
    UNVERIFIED = "unverified"
    """The provider vouches for no e-mail address of theirs."""
    LINKED_OTHERWISE = "linked_otherwise"
    """The account with this address belongs to somebody else at the provider."""
    SHUT = "shut"
    """The account is shut."""
    TOO_MANY = "too_many"
    """It was tried too often."""
    AWAY = "away"
    """The provider, or a part of the studio, does not answer."""


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
