"""Secrets that must be read again, such as those that webhooks are signed with: they lie in the database sealed."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from accounts.tokens import key_for, secrets_of
from infrastructure.settings import Settings
from schemas.errors import Conflict

WEBHOOKS = "webhooks"
"""The use of secrets that webhooks are signed with."""


class Sealer:
    """Seals with the installation's newest secret, and opens what was sealed with any that is still accepted."""

    def __init__(self, settings: Settings, use: str) -> None:
        """Take the installation's secrets.

        Args:
            settings: The installation's.
            use: What is sealed: what seals one kind of thing opens no other.

        Raises:
            LabError: It has none.
        """
        keys = [base64.urlsafe_b64encode(key_for(secret, f"seal {use}")) for secret in secrets_of(settings)]
        self._keys = MultiFernet([Fernet(key) for key in keys])

    def seal(self, secret: str) -> bytes:
        """Encrypt a secret, and sign it."""
        return self._keys.encrypt(secret.encode())

    def open(self, sealed: bytes) -> str:
        """Read a sealed secret.

        Raises:
            Conflict: It was sealed with a secret of the installation that is not accepted any more.
        """
        try:
            return self._keys.decrypt(sealed).decode()
        except InvalidToken as error:
            raise Conflict("The secret can no longer be read: rotate it.") from error
