"""What is written at once goes out as part of the answer's body, or is not taken."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive, Scope, Send

from api.connections import writer
from tests.connections import SMALL, Client, served

PATIENCE_S = 240.0
START: Message = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]}


def body(text: bytes, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": text, "more_body": more}


async def test_it_is_taken_from_when_the_answer_has_begun_until_it_ends() -> None:
    taken = []

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        write = writer(scope)
        assert write is not None
        taken.append(write(b"too early"))
        await send(START)
        taken.append(write(b"one, "))
        await send(body(b"two, "))
        taken.append(write(b"three, "))
        await send(body(b"four", more=False))
        taken.append(write(b"too late"))

    async with served(app) as server, asyncio.timeout(PATIENCE_S):
        assert await (await Client.ask(server.port)).read() == "one, two, three, four"
    assert taken == [False, True, True, False]


async def test_no_more_is_taken_than_waits_for_who_reads_nothing() -> None:
    piece = b"x" * SMALL
    taken = []

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        write = writer(scope)
        assert write is not None
        await send(START)
        while write(piece):  # nobody waits: it ends by itself
            taken.append(piece)
        await send(body(b"y"))  # once there is room again
        assert write(b"z")
        await send(body(b"", more=False))

    async with served(app) as server, asyncio.timeout(PATIENCE_S):
        client = await Client.ask(server.port)
        while not server.paused():
            await asyncio.sleep(0)
        assert len(taken) < 50
        assert await client.read() == (b"".join(taken) + b"yz").decode()


async def test_nothing_is_taken_for_who_is_gone() -> None:
    taken = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        write = writer(scope)
        assert write is not None
        await send(START)
        while (await receive())["type"] != "http.disconnect":
            pass
        taken.append(write(b"where are you?"))

    async with served(app) as server, asyncio.timeout(PATIENCE_S):
        client = await Client.ask(server.port)
        while not client.started:
            await client.read_on()
        client.hang_up()
    assert taken == [False]


async def test_who_reads_no_chunks_is_written_to_by_tasks_alone() -> None:
    found = []

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        found.append(writer(scope))
        await send(START)
        await send(body(b"all", more=False))

    async with served(app) as server, asyncio.timeout(PATIENCE_S):
        assert await (await Client.ask(server.port, "1.0")).read() == "all"
    assert found == [None]
    assert writer({"type": "http", "http_version": "1.1"}) is None  # another server
