"""Tokens: who somebody is, signed, so that it need not be looked up to be believed for a moment."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import jwt

from infrastructure.settings import Settings
from schemas.errors import LabError, NotSignedIn

ACCESS_LASTS = timedelta(hours=24)
LEEWAY = timedelta(seconds=30)
"""How far clocks of two machines may differ."""
ISSUER = "ai-film-studio"
_ALGORITHM = "HS256"
_TYPE = "at+jwt"
_WRITTEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
KEY_PREFIX = "afs_"
"""How API keys begin: scanners of published code know them by it."""


class Access(NamedTuple):
    """What an access token says."""

    user_id: UUID
    session_id: UUID


class Refresh(NamedTuple):
    """What a refresh token says."""

    session_id: UUID
    serial: int


def digest(secret: str) -> bytes:
    """What is kept of a secret of 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def new_secret(prefix: str = "") -> str:
    """Make a secret of 256 random bits, in letters that fit into an address."""
    return prefix + secrets.token_urlsafe(32)


def secrets_of(settings: Settings) -> list[bytes]:
    """List the secrets that an installation accepts: the first is signed with.

    Raises:
        LabError: It has none.
    """
    if settings.auth_secret is None:
        raise LabError("STUDIO_AUTH_SECRET is not set: nobody could sign in. Set 32 characters or more of chance.")
    known = (settings.auth_secret, *settings.auth_secrets_before)
    return [secret.get_secret_value().encode() for secret in known]


REMEMBERED = 10_000
"""Access tokens that a process has verified and keeps in mind."""


class Signer:
    """Signs tokens with the newest secret, and reads those signed with any that is still accepted."""

    def __init__(self, settings: Settings) -> None:
        """Take the installation's secrets.

        Raises:
            LabError: It has none.
        """
        self._secrets = secrets_of(settings)
        self._read: OrderedDict[str, tuple[Access, float]] = OrderedDict()
        self._audience = f"{ISSUER}-{settings.env}"

    def access(self, access: Access, now: datetime | None = None) -> str:
        """Sign an access token."""
        begins = now or datetime.now(UTC)
        claims = {
            "iss": ISSUER,
            "aud": self._audience,
            "sub": str(access.user_id),
            "sid": str(access.session_id),
            "iat": begins,
            "exp": begins + ACCESS_LASTS,
        }
        return jwt.encode(claims, key_for(self._secrets[0], "access"), algorithm=_ALGORITHM, headers={"typ": _TYPE})

    def read_access(self, token: str) -> Access:
        """Read an access token. One that was read before is not verified again: it is the same, letter by letter.

        Raises:
            NotSignedIn: It is not ours, not whole, or too old.
        """
        known = self._read.get(token)
        if known is None or known[1] < time.time():
            known = self._verified(token)
            self._read[token] = known
            if len(self._read) > REMEMBERED:
                self._read.popitem(last=False)
        return known[0]

    def _verified(self, token: str) -> tuple[Access, float]:
        """Verify an access token; say also until when it is good, by the clock."""
        if not _WRITTEN.fullmatch(token):  # padding would say the same in other letters
            raise _refused()
        claims = self._claims(token)
        try:
            until = claims["exp"] + LEEWAY.total_seconds()
            return Access(UUID(claims["sub"]), UUID(claims["sid"])), until
        except (ValueError, AttributeError, TypeError) as error:
            raise _refused() from error

    def _claims(self, token: str) -> dict[str, Any]:
        for secret in self._secrets:
            try:
                read = jwt.decode_complete(
                    token,
                    key_for(secret, "access"),
                    algorithms=[_ALGORITHM],
                    audience=self._audience,
                    issuer=ISSUER,
                    leeway=LEEWAY,
                    options={"require": ["exp", "iat", "sub", "sid", "aud", "iss"]},
                )
            except jwt.InvalidSignatureError:
                continue
            except (jwt.InvalidTokenError, ValueError) as error:
                raise _refused() from error
            if read["header"].get("typ") != _TYPE:
                raise _refused()
            claims: dict[str, Any] = read["payload"]
            return claims
        raise _refused()

    def refresh(self, refresh: Refresh) -> str:
        """Make the refresh token of a session with a serial number: there is one, so that none need be kept."""
        return _written(refresh, self._secrets[0])

    def read_refresh(self, token: str) -> Refresh:
        """Read a refresh token.

        Raises:
            NotSignedIn: It is not ours.
        """
        session, _, rest = token.partition(".")
        serial, _, _ = rest.partition(".")
        if len(session) != 32 or not (serial.isascii() and serial.isdigit() and len(serial) < 10):
            raise _refused()
        try:
            refresh = Refresh(UUID(session), int(serial))
        except ValueError as error:
            raise _refused() from error
        given = token.encode("utf-8", "surrogatepass")
        if not any(hmac.compare_digest(given, _written(refresh, secret).encode()) for secret in self._secrets):
            raise _refused()
        return refresh


def _written(refresh: Refresh, secret: bytes) -> str:
    text = f"{refresh.session_id.hex}.{refresh.serial}"
    mac = hmac.digest(key_for(secret, "refresh"), text.encode(), "sha256")
    return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def key_for(secret: bytes, use: str) -> bytes:
    """Derive a key for one use alone: what signs one kind of token can make no other."""
    return hmac.digest(secret, f"ai-film-studio {use}".encode(), "sha256")


def _refused() -> NotSignedIn:
    return NotSignedIn("This token is not valid, or no longer: sign in again.")
