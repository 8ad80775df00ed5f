"""Secrets of links by which people without an account watch a film: signed, so that none need be kept."""

from __future__ import annotations

import base64
import hmac
from uuid import UUID

from accounts.tokens import key_for, secrets_of
from infrastructure.settings import Settings
from schemas.errors import NotFound

_MAC = 16
"""Bytes of the signature: 128 bits cannot be guessed."""


class ShareLinks:
    """Writes secrets of links, and reads them. What they lead to, and for how long, the database says."""

    def __init__(self, settings: Settings) -> None:
        """Take the installation's secrets.

        Args:
            settings: The installation's. Links that were signed with a secret before are good while that is accepted.

        Raises:
            LabError: It has none.
        """
        self._keys = [key_for(secret, "share") for secret in secrets_of(settings)]
        self._site = str(settings.public_url).rstrip("/")

    def url(self, share_id: UUID) -> str:
        """Write a link. Its secret stands behind `#`: no server is sent it, no log has it, no other site is told."""
        return f"{self._site}/watch#{_written(share_id, self._keys[0])}"

    def read(self, token: str) -> UUID:
        """Read the secret of a link.

        Raises:
            NotFound: It is none of ours.
        """
        try:
            given = base64.urlsafe_b64decode(token.encode("ascii") + b"=")
            share_id = UUID(bytes=given[:16])
        except ValueError as error:
            raise no_such_link() from error
        # Compared as it is written: other letters of the same meaning are no link.
        if not any(hmac.compare_digest(token, _written(share_id, key)) for key in self._keys):
            raise no_such_link()
        return share_id


def no_such_link() -> NotFound:
    """What is said of a link that leads nowhere: no more is told, not even whether there ever was one."""
    return NotFound("This link leads to no film: it has expired, was taken back, or is not whole.")


def _written(share_id: UUID, key: bytes) -> str:
    mac = hmac.digest(key, share_id.bytes, "sha256")[:_MAC]
    return base64.urlsafe_b64encode(share_id.bytes + mac).rstrip(b"=").decode()
