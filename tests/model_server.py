"""A real HTTP server that speaks as language models' servers do, and misbehaves as a test wants it to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from infrastructure.settings import Settings

Document = dict[str, Any]
"""What the model is shown of a scene."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MODEL = "test-director"


@dataclass
class ModelServer:
    """A running server."""

    url: str
    bodies: list[dict[str, Any]] = field(default_factory=list)
    """What it was asked, in order."""
    headers: list[dict[str, str]] = field(default_factory=list)

    def settings(self, **others: Any) -> Settings:
        """Settings that lead to it."""
        values: dict[str, Any] = {"director_model": MODEL, "director_api_key": SecretStr("sk-test"), **others}
        return Settings(director_url=self.url, **values)

    @property
    def documents(self) -> list[Document]:
        """The scenes that it was shown."""
        return [json.loads(body["messages"][1]["content"]) for body in self.bodies]


@asynccontextmanager
async def model_server(handler: Handler) -> AsyncIterator[ModelServer]:
    """Serve on 127.0.0.1 and a free port.

    Args:
        handler: Answers `POST /v1/chat/completions`.
    """

    async def serve(request: web.Request) -> web.StreamResponse:
        server.bodies.append(await request.json())
        server.headers.append(dict(request.headers))
        return await handler(request)

    app = web.Application(client_max_size=1 << 26)
    app.router.add_post("/v1/chat/completions", serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server = ModelServer(f"http://127.0.0.1:{runner.addresses[0][1]}/v1")
    try:
        yield server
    finally:
        await runner.cleanup()


def completion(text: str | None, **message: Any) -> web.Response:
    """A chat completion."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text, **message}}
    return web.json_response({"id": "1", "object": "chat.completion", "choices": [choice]})


def saying(answer: Callable[[Document], Any]) -> Handler:
    """Let a server answer each scene with text, or with an object as JSON."""

    async def handler(request: web.Request) -> web.StreamResponse:
        said = answer(await shown(request))
        return completion(said if isinstance(said, str) else json.dumps(said))

    return handler


async def shown(request: web.Request) -> Document:
    """The scene that a request shows."""
    document: Document = json.loads((await request.json())["messages"][1]["content"])
    return document


def directed_well(document: Document) -> dict[str, Any]:
    """A shot for each beat, whoever speaks close from below, everything else seen wide from above."""
    shots = []
    people = [person["id"] for person in document["characters"]]
    for beat in document["beats"]:
        speakers = [line["speaker"] for line in beat["said"] if line["speaker"] in people]
        who = speakers[:1] or people[:1]
        shots.append(
            {
                "beats": [beat["beat"]],
                "size": "CU" if beat["said"] else "EWS",
                "angle": "low" if beat["said"] else "overhead",
                "movement": "tilt_up",
                "subjects": [
                    {"character": one, "pose": "point", "expression": "surprised", "facing": "left"} for one in who
                ],
                "props": document["props"][:1],
                "transition": "cut",
                "seconds": None,
            }
        )
    return {"shots": shots}


def as_drafted(document: Document) -> dict[str, Any]:
    """The rules' own shots, as they are shown to the model."""
    return {
        "shots": [
            {
                "beats": shot["beats"],
                "size": shot["size"],
                "angle": shot["angle"],
                "movement": "static",
                "subjects": [{"character": who} for who in shot["subjects"]],
            }
            for shot in document["draft"]
        ]
    }
