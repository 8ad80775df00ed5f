"""The client of language models, against a server that does whatever servers do."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from infrastructure.language_model import ATTEMPTS, LanguageModel
from infrastructure.settings import Settings
from schemas.director import ModelRequest
from schemas.errors import DirectorUnavailable
from tests.model_server import Handler, completion, model_server

QUESTION = ModelRequest(system="Direct.", user='{"beats":[]}', answer_schema={"type": "object"})
FAST = 0.001


async def ask(handler: Handler, **settings: object) -> str:
    async with model_server(handler) as server, LanguageModel(server.settings(**settings), backoff_s=FAST) as model:
        return await model.ask(QUESTION)


def answering(make: Callable[[], web.Response]) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        return make()

    return handler


async def test_a_question_carries_key_model_and_schema() -> None:
    async with (
        model_server(answering(lambda: completion("yes"))) as server,
        LanguageModel(server.settings()) as model,
    ):
        assert await model.ask(QUESTION) == "yes"
    (body,) = server.bodies
    assert server.headers[0]["Authorization"] == "Bearer sk-test"
    assert body["model"] == "test-director"
    assert body["response_format"]["json_schema"] == {"name": "shots", "strict": True, "schema": {"type": "object"}}
    assert [message["content"] for message in body["messages"]] == ["Direct.", '{"beats":[]}']


async def test_without_a_key_none_is_sent() -> None:
    async with (
        model_server(answering(lambda: completion("yes"))) as server,
        LanguageModel(server.settings(director_api_key=None)) as model,
    ):
        await model.ask(QUESTION)
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize(("known", "tries"), [("json_object", 2), ("text", 3)])
async def test_a_server_without_schemas_is_asked_for_json_and_then_for_text(known: str, tries: int) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        kind = (await request.json()).get("response_format", {"type": "text"})["type"]
        return completion("yes") if kind == known else web.json_response({"error": "unknown"}, status=400)

    async with model_server(handler) as server, LanguageModel(server.settings()) as model:
        assert await model.ask(QUESTION) == "yes"
        assert await model.ask(QUESTION) == "yes"
    assert len(server.bodies) == tries + 1
    assert '{"type":"object"}' in server.bodies[-1]["messages"][0]["content"]


@pytest.mark.parametrize("status", [429, 500, 503, 529])
async def test_a_busy_server_is_asked_again(status: int) -> None:
    replies = [web.Response(status=status, headers={"Retry-After": "0"}) for _ in range(ATTEMPTS - 1)]
    replies.append(completion("at last"))
    assert await ask(answering(lambda: replies.pop(0))) == "at last"


@pytest.mark.parametrize(
    ("status", "words", "final"),
    [
        (401, "STUDIO_DIRECTOR_API_KEY", True),
        (403, "STUDIO_DIRECTOR_API_KEY", True),
        (404, "STUDIO_DIRECTOR_MODEL", True),
        (400, "does not take the question", False),
        (418, "418", False),
        (429, "busy", False),
        (500, "broken", False),
        (301, "not followed", True),
    ],
)
async def test_a_server_that_does_not_answer(status: int, words: str, final: bool) -> None:
    def reply() -> web.Response:
        return web.Response(status=status, text="secret of the server", headers={"Location": "http://127.0.0.1:9/"})

    with pytest.raises(DirectorUnavailable, match=words) as caught:
        await ask(answering(reply))
    assert caught.value.final is final
    assert "secret" not in str(caught.value)


async def test_nobody_listens() -> None:
    settings = Settings.model_validate({"director_url": "http://127.0.0.1:9/v1", "director_model": "m"})
    async with LanguageModel(settings, backoff_s=FAST) as model:
        with pytest.raises(DirectorUnavailable, match="cannot be reached"):
            await model.ask(QUESTION)


async def _never(request: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def _stuck_in_the_body(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"choices": [')
    return await _never(request)


@pytest.mark.parametrize("handler", [_never, _stuck_in_the_body])
async def test_a_server_that_hangs_is_left(handler: Handler) -> None:
    with pytest.raises(DirectorUnavailable, match="within 0.3 s"):
        await ask(handler, director_timeout_s=0.3)


async def test_a_connection_that_breaks_in_the_body_is_tried_again() -> None:
    broken: list[int] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        if broken:
            return completion("whole")
        broken.append(1)
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b'{"choices": [')
        assert request.transport
        request.transport.abort()
        return response

    assert await ask(handler) == "whole"


@pytest.mark.parametrize("announced", [True, False])
async def test_a_hundred_megabytes_are_not_read(announced: bool) -> None:
    sent: list[int] = []
    whole = 100 << 20

    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(whole)} if announced else {})
        await response.prepare(request)
        for _ in range(100):
            await response.write(b" " * (1 << 20))
            sent.append(1 << 20)
        return response

    with pytest.raises(DirectorUnavailable, match="longer than 65536 bytes"):
        await ask(handler, director_answer_bytes=1 << 16)
    assert sum(sent) < whole


async def test_a_packed_answer_is_not_unpacked() -> None:
    bomb = gzip.compress(b" " * (64 << 20))

    def reply() -> web.Response:
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})

    with pytest.raises(DirectorUnavailable, match="no answer"):
        await ask(answering(reply))


def _choices(**choice: object) -> str:
    return json.dumps({"choices": [choice]})


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "no answer"),
        ("<html>502</html>", "no answer"),
        ("[]", "no answer"),
        ('{"choices": []}', "no answer"),
        ('{"choices": [{"message": {"content": [1]}}]}', "no answer"),
        ("[" * 100_000, "no answer"),
        ('{"error": {"message": "boo"}}', "no answer"),
        (_choices(message={"content": None}), "nothing"),
        (_choices(message={"content": None, "refusal": "I can't"}), "refused"),
        (_choices(message={"content": "x"}, finish_reason="content_filter"), "refused"),
        (_choices(message={"content": '{"shots": ['}, finish_reason="length"), "breaks off"),
        (_choices(message={"content": None, "tool_calls": [{"function": {"name": "rm"}}]}), "nothing"),
    ],
)
async def test_what_is_no_answer(body: str, words: str) -> None:
    with pytest.raises(DirectorUnavailable, match=words):
        await ask(answering(lambda: web.Response(text=body, content_type="application/json")))


async def test_a_cancel_ends_the_waiting() -> None:
    asked = asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        asked.set()
        return await _never(request)

    async with model_server(handler) as server, LanguageModel(server.settings()) as model:
        waiting: Awaitable[str] = asyncio.ensure_future(model.ask(QUESTION))
        await asked.wait()
        waiting.cancel()  # type: ignore[attr-defined]
        with pytest.raises(asyncio.CancelledError):
            await waiting
