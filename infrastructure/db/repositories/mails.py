"""Letters that are to be sent: an outbox like that of workflow commands."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Integer, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.db.people import MailRow

LEASE_S = 60
"""A claimed letter that is neither sent nor failed is claimed again after so many seconds."""
LONGEST_PAUSE_S = 900
"""After failures a letter waits 2, 4, 8 … seconds, up to so many."""
TRIES = 12

_CLAIM = text("""
    UPDATE mails SET attempts = attempts + 1, next_try_at = clock_timestamp() + make_interval(secs => :lease)
    WHERE mail_id IN (
        SELECT mail_id FROM mails
        WHERE sent_at IS NULL AND attempts < :tries AND next_try_at <= clock_timestamp()
        ORDER BY created_at LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    RETURNING *
""").bindparams(*(bindparam(name, type_=Integer) for name in ("lease", "tries", "limit")))

# What was sent need not be kept: it may hold a secret. Nor need the address of somebody who has left.
_SENT = text("""
    UPDATE mails SET
        sent_at = clock_timestamp(), last_error = NULL, body = '',
        recipient = CASE WHEN EXISTS (SELECT 1 FROM users WHERE email = recipient) THEN recipient ELSE '' END
    WHERE mail_id = :mail_id
""").bindparams(bindparam("mail_id", type_=Uuid))

_FAILED = text("""
    UPDATE mails SET
        last_error = :error,
        next_try_at = clock_timestamp() + make_interval(secs => least(:longest, power(2, least(attempts, 12))))
    WHERE mail_id = :mail_id AND sent_at IS NULL
""").bindparams(bindparam("mail_id", type_=Uuid), bindparam("longest", type_=Integer))


_GIVEN_UP = text("""
    DELETE FROM mails
    WHERE mail_id = :mail_id AND attempts >= :tries AND NOT EXISTS (SELECT 1 FROM users WHERE email = recipient)
""").bindparams(bindparam("mail_id", type_=Uuid), bindparam("tries", type_=Integer))


class Mails:
    """Letters that are to be sent."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, recipient: str, subject: str, body: str) -> None:
        """Write a letter, in the transaction of what it is about. The relay is notified when that commits."""
        self._session.add(MailRow(recipient=recipient, subject=subject, body=body))
        await self._session.flush()
        await self._session.execute(text("SELECT pg_notify('mails', '')"))

    async def claim(self, limit: int) -> Sequence[MailRow]:
        """Take letters that are due, the oldest first; nobody else gets them for `LEASE_S` seconds."""
        claimed = await self._session.execute(_CLAIM, {"lease": LEASE_S, "tries": TRIES, "limit": limit})
        letters = [MailRow.model_validate(dict(row)) for row in claimed.mappings()]
        return sorted(letters, key=lambda letter: letter.created_at)

    async def sent(self, mail_id: UUID) -> None:
        """Write down that a letter was handed over."""
        await self._session.execute(_SENT, {"mail_id": mail_id})

    async def failed(self, mail_id: UUID, error: str) -> None:
        """Let a letter wait: it could not be handed over. The last letter to somebody who has left goes in the end."""
        await self._session.execute(_FAILED, {"mail_id": mail_id, "error": error[:500], "longest": LONGEST_PAUSE_S})
        await self._session.execute(_GIVEN_UP, {"mail_id": mail_id, "tries": TRIES})
