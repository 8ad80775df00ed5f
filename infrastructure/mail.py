"""Letters: handed over to a mail server by SMTP."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib

from infrastructure.settings import Settings
from schemas.errors import DependencyDown

TIMEOUT_S = 20.0
_POLICY = policy.SMTP.clone(max_line_length=500)
"""Links stay whole: broken into short lines, they would be encoded, and no longer be read as they are."""


class Mail:
    """A mail server."""

    def __init__(self, settings: Settings) -> None:
        """Take the server's address.

        Raises:
            ValueError: STUDIO_SMTP_URL is not set, or no address of a mail server.
        """
        if settings.smtp_url is None:
            raise ValueError("STUDIO_SMTP_URL is not set")
        url = urlsplit(settings.smtp_url.get_secret_value())
        if url.scheme not in {"smtp", "smtps"} or not url.hostname:
            raise ValueError("STUDIO_SMTP_URL begins with smtp:// or smtps:// and names a host")
        self._host, self._tls = url.hostname, url.scheme == "smtps"
        self._port = url.port or (465 if self._tls else 587)
        self._user = unquote(url.username) if url.username else None
        self._password = unquote(url.password) if url.password else None
        self._sender = settings.mail_from

    async def send(self, recipient: str, subject: str, body: str, ident: str) -> None:
        """Hand a letter over.

        Args:
            recipient: An e-mail address.
            subject: One line.
            body: Plain text.
            ident: Names the letter: servers and readers know by it one that was handed over twice.

        Raises:
            DependencyDown: The server did not take it; it may later.
        """
        letter = EmailMessage(policy=_POLICY)
        letter["From"], letter["To"], letter["Subject"] = self._sender, recipient, subject
        letter["Date"] = formatdate()
        letter["Message-ID"] = make_msgid(ident, "ai-film-studio")
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(body)
        try:
            await aiosmtplib.send(
                letter,
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._tls,
                timeout=TIMEOUT_S,
            )
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise DependencyDown(f"The mail server at {self._host}:{self._port} took no letter: {error}") from error
