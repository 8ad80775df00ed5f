"""A FastAPI application that says hello, to one or to all who listen: the limit of framework, server and machine."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

import uvicorn
from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from api.serving import configuration

app = FastAPI()
listening: list[asyncio.Queue[bytes]] = []


class Hello(BaseModel):
    """The answer."""

    status: str = "ok"


@app.get("/hello")
async def hello() -> Hello:
    """Say hello."""
    return Hello()


@app.get("/stream")
async def stream() -> StreamingResponse:
    """Say what all are told: a queue and a generator for each who listens."""

    async def told() -> AsyncIterator[bytes]:
        yield b"event: queued\n\n"
        while True:
            yield await mine.get()

    mine: asyncio.Queue[bytes] = asyncio.Queue()
    listening.append(mine)
    return StreamingResponse(told(), media_type="text/event-stream")


@app.post("/tell", status_code=204)
async def tell(event: str, length: int) -> Response:
    """Tell all who listen of an event, as server-sent events are written, of so many bytes."""
    written = f"id: 1\nevent: {event}\ndata: ".encode()
    written = written.ljust(length - 2, b".") + b"\n\n"
    for one in listening:
        one.put_nowait(written)
    return Response(status_code=204)


if __name__ == "__main__":
    uvicorn.Server(configuration(app, "127.0.0.1", int(sys.argv[1]))).run()
