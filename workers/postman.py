"""The postman: hands over the letters that wait in the database. Part of the relay's process."""

from __future__ import annotations

import structlog

from infrastructure import metrics
from infrastructure.db.engine import Database
from infrastructure.db.listen import MAILS_CHANNEL
from infrastructure.db.repositories.mails import Mails
from infrastructure.mail import Mail
from infrastructure.settings import Settings
from schemas.errors import DependencyDown
from workers.outbox import empty

SWEEP_S = 5.0
"""How often letters are looked for when no notification came."""
CLAIM = 20

log = structlog.get_logger(__name__)


async def deliver(settings: Settings, db: Database) -> None:
    """Hand letters over until cancelled; survive whatever is away meanwhile.

    Args:
        settings: The installation's.
        db: Where letters wait.
    """
    if settings.smtp_url is None:
        log.warning("no letters are sent: STUDIO_SMTP_URL is not set")
        return
    mail = Mail(settings)
    await empty(settings, MAILS_CHANNEL, SWEEP_S, lambda: deliver_once(db, mail))


async def deliver_once(db: Database, mail: Mail) -> int:
    """Hand over the letters that are due.

    Returns:
        How many were claimed.
    """
    async with db.begin() as session:
        claimed = await Mails(session).claim(CLAIM)
    for letter in claimed:
        try:
            await mail.send(letter.recipient, letter.subject, letter.body, letter.mail_id.hex)
        except DependencyDown as error:
            log.warning("a letter waits", mail=str(letter.mail_id), reason=str(error))
            async with db.begin() as session:
                await Mails(session).failed(letter.mail_id, str(error))
            metrics.DELIVERIES.labels("letters", metrics.FAILED).inc()
        else:
            async with db.begin() as session:
                await Mails(session).sent(letter.mail_id)
            metrics.DELIVERIES.labels("letters", metrics.DELIVERED).inc()
    return len(claimed)
