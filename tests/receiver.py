"""A receiver of webhooks for tests: a real HTTP server that keeps what it is sent, and misbehaves as it is told."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from standardwebhooks import Webhook

HANG = "hang"
"""Say nothing, ever."""
ENDLESS = "endless"
"""200, and a body without end."""
TRICKLE = "trickle"
"""200, and a body of which nothing comes."""
LONG_HEAD = "long head"
"""A header without end."""
GARBAGE = "garbage"
"""Nothing that is HTTP."""
CLOSE = "close"
"""Hang up."""


class Received(NamedTuple):
    """A request."""

    path: str
    headers: dict[str, str]
    """By their names in small letters."""
    body: bytes

    def verified(self, secret: str) -> Any:
        """What it says, with its signature checked by the library itself."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """What it was sent, and what it answers."""

    url: str
    received: list[Received] = field(default_factory=list)
    answers: list[int | str] = field(default_factory=list)
    """To the next requests: a status, one of the words above, or an address to be sent on to. Then 200."""
    at_once: int = 0
    most_at_once: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)
    """Ends whatever hangs."""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    names: list[str | None] = field(default_factory=list)
    """What TLS was asked for."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, ssl.SSLError):
                self.received.append(await _request(reader))
                self.arrived.set()
                await self._answer(self.answers.pop(0) if self.answers else 200, writer)
        finally:
            self.at_once -= 1
            writer.close()

    async def _answer(self, answer: int | str, writer: asyncio.StreamWriter) -> None:
        if isinstance(answer, int):
            writer.write(f"HTTP/1.1 {answer} X\r\nContent-Length: 2\r\n\r\nok".encode())
        elif answer.startswith("http"):
            writer.write(f"HTTP/1.1 307 X\r\nLocation: {answer}\r\nContent-Length: 0\r\n\r\n".encode())
        elif answer == HANG:
            await self.released.wait()
        elif answer == GARBAGE:
            writer.write(b"\x00\x01 what is that\r\n\r\n")
        elif answer == TRICKLE:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            await writer.drain()
            await self.released.wait()
        elif answer in {ENDLESS, LONG_HEAD}:
            writer.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if answer == ENDLESS else b"X: "))
            while True:
                writer.write(b"x" * 65536)
                await writer.drain()
        await writer.drain()


async def _request(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Received(head[0].split(" ")[1], headers, body)


@asynccontextmanager
async def receiver(tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """Serve on 127.0.0.1."""
    opened = Receiver("")
    if tls is not None:
        tls.sni_callback = lambda _socket, name, _context: opened.names.append(name)
    server = await asyncio.start_server(opened.serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    opened.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}/hooks"
    try:
        yield opened
    finally:
        opened.released.set()
        server.close()


def certificate(folder: Path, *names: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for names.

    Returns:
        What a server shows, and what a client believes.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a receiver of the tests")])
    now = datetime.datetime.now(datetime.UTC)
    known = [x509.IPAddress(ipaddress.ip_address(one)) if one[0].isdigit() else x509.DNSName(one) for one in names]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(known), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "certificate.pem").write_bytes(pem + secret)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "certificate.pem")
    client = ssl.create_default_context(cadata=pem.decode())
    return server, client
