"""An application on connections as `studio api` serves them, and a client that reads when it is told to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import h11
from starlette.types import ASGIApp
from uvicorn.server import ServerState

from api.connections import Connection
from api.serving import configuration

SMALL = 4096
"""Bytes that the kernel keeps of what is sent and not read yet, on either side, or a little more."""


class Served:
    """A server."""

    def __init__(self, port: int, state: ServerState) -> None:
        self.port = port
        self._state = state

    def paused(self) -> int:
        """To how many clients nothing more is written until they have read."""
        return sum(one.flow.write_paused for one in self._state.connections if isinstance(one, Connection))


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[Served]:
    """Serve an application until the block ends, and then until it has answered."""
    config = configuration(app, "127.0.0.1", 0)
    config.load()
    state = ServerState()
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
        listening.bind(("127.0.0.1", 0))
        server = await asyncio.get_running_loop().create_server(lambda: Connection(config, state, {}), sock=listening)
        try:
            yield Served(listening.getsockname()[1], state)
        finally:
            server.close()
            await asyncio.gather(*state.tasks)


class Client:
    """A program that asks for something and minds the letter of HTTP when it reads the answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.CLIENT)
        self.started = False
        """Whether the answer has begun."""
        self.text = ""
        """Of the body, what was read until now."""

    @classmethod
    async def ask(cls, port: int, version: str = "1.1") -> Client:
        """Ask, by a version of HTTP; of the answer little is taken in before it is read."""
        asking = socket.socket()
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        asking.setblocking(False)
        await asyncio.get_running_loop().sock_connect(asking, ("127.0.0.1", port))
        client = cls(*await asyncio.open_connection(sock=asking, limit=SMALL))
        headers = [("Host", "studio"), ("Connection", "close")]
        asked = client._http.send(h11.Request(method="GET", target="/", headers=headers))
        client._writer.write(asked.replace(b"HTTP/1.1", f"HTTP/{version}".encode()))
        client._http.send(h11.EndOfMessage())
        return client

    async def read(self) -> str:
        """Read to the end."""
        while not await self.read_on():
            pass
        self.hang_up()
        await self._writer.wait_closed()
        return self.text

    async def read_on(self) -> bool:
        """Read a little; whether that was the end."""
        self._http.receive_data(await self._reader.read(SMALL))
        while not isinstance(event := self._http.next_event(), type(h11.NEED_DATA)):
            self.started = True
            if isinstance(event, h11.Data):
                self.text += event.data.decode()
            if isinstance(event, h11.EndOfMessage):
                return True
        return False

    def hang_up(self) -> None:
        """Be gone."""
        self._writer.close()
