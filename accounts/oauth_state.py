"""What a browser holds between leaving for a provider and coming back: signed, for ten minutes, for one attempt."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import jwt

from accounts.tokens import ISSUER, key_for, secrets_of
from infrastructure.providers.asking import Attempt, refused
from infrastructure.settings import Settings
from schemas.errors import InvalidRequest
from schemas.people import OAuthProvider, SignInRefusal

LASTS = timedelta(minutes=10)
"""How long somebody may take at the provider."""
_ALGORITHM = "HS256"
_USE = "oauth"
_LONGEST_PATH = 500
_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")
"""A path of our own: ASCII that can be seen, without the backslash that browsers take for a slash."""


class Leaving(NamedTuple):
    """Somebody who is at a provider now."""

    provider: OAuthProvider
    attempt: Attempt
    next: str
    """Where on our site they go when they are signed in."""


def own_path(path: str) -> str:
    """See that a path leads nowhere but to our own site.

    Raises:
        InvalidRequest: It may lead elsewhere.
    """
    if len(path) > _LONGEST_PATH or not _PATH.fullmatch(path):
        raise InvalidRequest("next is a path of this site: it begins with one /, and has no spaces and no backslash.")
    return path


def leaving(provider: OAuthProvider, redirect_uri: str, path: str) -> Leaving:
    """Begin an attempt.

    Args:
        provider: Whom somebody is sent to.
        redirect_uri: Where they come back to.
        path: Where on our site they go then.

    Raises:
        InvalidRequest: The path may lead elsewhere.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Leaving(provider, Attempt(redirect_uri, state, nonce, verifier), own_path(path))


class Seal:
    """Signs attempts with the newest secret of the installation, and reads those signed with any that is accepted."""

    def __init__(self, settings: Settings) -> None:
        """Take the installation's secrets.

        Raises:
            LabError: It has none.
        """
        self._keys = [key_for(secret, _USE) for secret in secrets_of(settings)]
        self._audience = f"{ISSUER}-{settings.env} {_USE}"

    def seal(self, gone: Leaving, now: datetime | None = None) -> str:
        """Write an attempt down, so that nobody can write another."""
        claims = {
            "aud": self._audience,
            "exp": (now or datetime.now(UTC)) + LASTS,
            "provider": gone.provider.value,
            "next": gone.next,
            **gone.attempt._asdict(),
        }
        return jwt.encode(claims, self._keys[0], algorithm=_ALGORITHM)

    def open(self, sealed: str | None, provider: OAuthProvider, state: str | None) -> Leaving:
        """Read the attempt that a browser comes back from.

        Args:
            sealed: What the browser holds.
            provider: Who sent it back.
            state: What it says the attempt is.

        Raises:
            SignInRefused: This browser began no such attempt with this provider, or too long ago.
        """
        for key in self._keys:
            try:
                claims = jwt.decode(
                    sealed or "", key, algorithms=[_ALGORITHM], audience=self._audience, options={"require": ["exp"]}
                )
                break
            except jwt.ExpiredSignatureError as error:
                raise refused(SignInRefusal.EXPIRED) from error
            except (jwt.InvalidTokenError, ValueError):
                continue
        else:
            raise refused(SignInRefusal.STATE)
        attempt = Attempt(*(claims[name] for name in Attempt._fields))
        if claims["provider"] != provider.value or not hmac.compare_digest(attempt.state.encode(), _bytes(state)):
            raise refused(SignInRefusal.STATE)
        return Leaving(provider, attempt, claims["next"])


def _bytes(text: str | None) -> bytes:
    return (text or "").encode("utf-8", "surrogatepass")
