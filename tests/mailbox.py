"""A mail server for tests: takes every letter, over real SMTP, and keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers import free_ports

_LINK = re.compile(r"https?://\S+")


class Mailbox:
    """All letters that were handed over."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses = False
        """Whether it is out of order."""
        self.url = ""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.refuses:
            return "451 out of order"
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to somebody, in order."""
        return [letter for letter in self.letters if letter["To"] == address]

    def secret(self, address: str) -> str:
        """What the link in the last letter to somebody holds behind its #."""
        body = self.to(address)[-1].get_content()
        (link,) = _LINK.findall(body)
        return str(link).partition("#")[2]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Start a mail server on 127.0.0.1."""
    (port,) = free_ports(1)
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=120)  # of a machine that is busy
    controller.start()
    box.url = f"smtp://127.0.0.1:{port}"
    try:
        yield box
    finally:
        controller.stop()
