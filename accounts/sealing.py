"""Secrets that must be read again, such as those that webhooks are signed with: they lie in the database sealed."""

from __future__ import annotations

import base64
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from accounts.tokens import key_for, secrets_of
from infrastructure.db.engine import Database
from infrastructure.db.repositories.webhooks import Webhooks
from infrastructure.settings import Settings
from schemas.errors import Conflict

WEBHOOKS = "webhooks"
"""The use of secrets that webhooks are signed with."""
AT_ONCE = 500
"""Webhooks that are looked at in one transaction."""


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
        self._newest = Fernet(keys[0])
        self._keys = MultiFernet([Fernet(key) for key in keys])

    def seal(self, secret: str) -> bytes:
        """Encrypt a secret, and sign it."""
        return self._keys.encrypt(secret.encode())

    def anew(self, sealed: bytes) -> bytes | None:
        """Seal with the newest secret what was sealed with one before, so that the one before can be dropped.

        Returns:
            None where it is the newest already, or none that is accepted.
        """
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            pass
        else:
            return None
        try:
            return self._keys.rotate(sealed)
        except InvalidToken:
            return None

    def open(self, sealed: bytes) -> str:
        """Read a sealed secret.

        Raises:
            Conflict: It was sealed with a secret of the installation that is not accepted any more.
        """
        try:
            return self._keys.decrypt(sealed).decode()
        except InvalidToken as error:
            raise Conflict("The secret can no longer be read: rotate it.") from error


async def seal_webhooks_anew(db: Database, sealer: Sealer) -> int:
    """Seal the secrets of all webhooks with the installation's newest, where they were sealed with one before.

    Args:
        db: The database. One that is rotated meanwhile is left alone: it is sealed with the newest.
        sealer: For `WEBHOOKS`.

    Returns:
        How many secrets were.

    Raises:
        DependencyDown: The database does not answer; what was sealed by then stays so.
    """
    done, after = 0, UUID(int=0)
    while True:
        async with db.begin() as session:
            webhooks = Webhooks(session)
            some = await webhooks.sealed(after, AT_ONCE)
            for one in some:
                for was in filter(None, (one.secret, one.secret_before)):
                    now = sealer.anew(was)
                    done += now is not None and await webhooks.seal_anew(one.webhook_id, was, now)
        if len(some) < AT_ONCE:
            return done
        after = some[-1].webhook_id
