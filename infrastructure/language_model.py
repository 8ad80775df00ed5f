"""A language model behind any OpenAI-compatible address: one question, one answer, all of it bounded.

Imported only where such an address is set.
"""

from __future__ import annotations

import asyncio
import random
from types import TracebackType
from typing import Any

import aiohttp
from pydantic import BaseModel, ValidationError

from infrastructure.settings import Settings
from schemas.base import canonical_json
from schemas.director import ModelRequest
from schemas.errors import DirectorUnavailable

ATTEMPTS = 3
"""Of one question, where the server is busy, broken or cannot be reached."""
BACKOFF_S = 0.5
LONGEST_WAIT_S = 20.0
"""Longest wait between two attempts, whatever the server asks for."""
_CHUNK = 1 << 16
_BUSY = {408, 409, 425, 429, 500, 502, 503, 504, 529}
_UNFIT = {400, 415, 422, 501}
"""What servers answer to a `response_format` that they do not know."""
_FORMATS = ("json_schema", "json_object", "text")
"""How the answer is asked for, the strictest first."""
_FINAL = {
    401: "refused the key; set STUDIO_DIRECTOR_API_KEY",
    402: "asks for payment",
    403: "refused the key; set STUDIO_DIRECTOR_API_KEY",
    404: "knows no such address or model; set STUDIO_DIRECTOR_URL and STUDIO_DIRECTOR_MODEL",
    405: "takes no questions there; set STUDIO_DIRECTOR_URL",
}


class _Busy(Exception):
    """Another attempt may succeed."""

    def __init__(self, why: str, wait_s: float = 0.0) -> None:
        super().__init__(why)
        self.wait_s = wait_s


class _Unfit(Exception):
    """The server does not take the request as it is."""


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice]


class LanguageModel:
    """A client of `POST …/chat/completions`; an async context manager."""

    def __init__(self, settings: Settings, *, backoff_s: float = BACKOFF_S) -> None:
        """Prepare; nothing is sent.

        Args:
            settings: The installation's; `director_url` is set.
            backoff_s: First wait between two attempts, in seconds.

        Raises:
            ValueError: No address is set.
        """
        if settings.director_url is None:
            raise ValueError("no address of a language model is set: STUDIO_DIRECTOR_URL")
        self._base = str(settings.director_url).rstrip("/")
        self._key = settings.director_api_key
        self._timeout_s = settings.director_timeout_s
        self._most_bytes = settings.director_answer_bytes
        self._backoff_s = backoff_s
        self._format = 0
        self._session: aiohttp.ClientSession | None = None
        self.name = settings.director_model
        self.identity = canonical_json({"model": self.name, "url": self._base})

    async def __aenter__(self) -> LanguageModel:
        """Open connections."""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key.get_secret_value().strip()}"
        self._session = aiohttp.ClientSession(
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=self._timeout_s),
            # What is not asked for is not unpacked: a small answer must not become a large one.
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close connections."""
        if self._session is not None:
            await self._session.close()

    async def ask(self, request: ModelRequest) -> str:
        """Ask one question.

        The answer is asked for by JSON Schema, else as JSON, else as text: what a server does not take is not tried
        again.

        Args:
            request: The question.

        Returns:
            The text of the answer.

        Raises:
            DirectorUnavailable: There is none: the server is away, refuses, is too slow, or says too much.
        """
        for number in range(self._format, len(_FORMATS)):
            try:
                text = await self._patiently(self._body(request, _FORMATS[number]))
            except _Unfit:
                continue
            self._format = max(self._format, number)
            return text
        raise DirectorUnavailable("the model's server does not take the question")

    def _body(self, request: ModelRequest, kind: str) -> dict[str, Any]:
        system, schema = request.system, request.answer_schema
        body: dict[str, Any] = {"model": self.name, "stream": False}
        if kind == "json_schema":
            shape = {"name": "shots", "strict": True, "schema": schema}
            body["response_format"] = {"type": kind, "json_schema": shape}
        else:
            shape_text = canonical_json(schema)
            system += f"\nAnswer with one JSON object that fits this JSON Schema, and with nothing else:\n{shape_text}"
            if kind == "json_object":
                body["response_format"] = {"type": kind}
        body["messages"] = [{"role": "system", "content": system}, {"role": "user", "content": request.user}]
        return body

    async def _patiently(self, body: dict[str, Any]) -> str:
        for attempt in range(ATTEMPTS):
            try:
                return _text(await self._post(body))
            except _Busy as busy:
                if attempt == ATTEMPTS - 1:
                    raise DirectorUnavailable(f"the model's server {busy}") from None
                wait = self._backoff_s * 2**attempt * random.uniform(0.75, 1.25)
                await asyncio.sleep(min(max(wait, busy.wait_s), LONGEST_WAIT_S))
        raise AssertionError("the last attempt returns or raises")

    async def _post(self, body: dict[str, Any]) -> bytes:
        if self._session is None:
            raise RuntimeError("the client is used outside of its context")
        try:
            async with self._session.post(
                f"{self._base}/chat/completions", json=body, allow_redirects=False
            ) as response:
                _check(response)
                return await self._read(response)
        except TimeoutError:
            raise DirectorUnavailable(
                f"the model did not answer within {self._timeout_s:g} s; see STUDIO_DIRECTOR_TIMEOUT_S"
            ) from None
        except aiohttp.InvalidURL:
            raise DirectorUnavailable("the model's address is none; set STUDIO_DIRECTOR_URL", final=True) from None
        except (aiohttp.ClientError, OSError):
            raise _Busy("cannot be reached, or hung up") from None

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        data = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            data += chunk
            if len(data) > self._most_bytes:
                # What is left unread must not be drained to use the connection again.
                response.close()
                raise DirectorUnavailable(f"the model's answer is longer than {self._most_bytes} bytes")
        return bytes(data)


def _check(response: aiohttp.ClientResponse) -> None:
    """Tell answers from everything else by the status. What a server says of its errors is not repeated."""
    status = response.status
    if status == 200:
        return
    response.close()
    if status in _BUSY:
        raise _Busy(f"is busy or broken ({status})", _asked_wait(response))
    if status in _UNFIT:
        raise _Unfit
    if status in _FINAL:
        raise DirectorUnavailable(f"the model's server {_FINAL[status]} ({status})", final=True)
    if 300 <= status < 400:
        raise DirectorUnavailable(
            f"the model's server points elsewhere ({status}), and is not followed; set STUDIO_DIRECTOR_URL", final=True
        )
    raise DirectorUnavailable(f"the model's server answered {status}")


def _asked_wait(response: aiohttp.ClientResponse) -> float:
    """Seconds that a busy server asks to wait; 0 where it does not say, or says it as a date."""
    said = response.headers.get("Retry-After", "")
    return float(said) if said.isascii() and said.isdigit() else 0.0


def _text(data: bytes) -> str:
    """Find the text in what a server sent."""
    try:
        completion = _Completion.model_validate_json(data)
    except ValidationError:
        raise DirectorUnavailable("the model's server sent something that is no answer") from None
    if not completion.choices:
        raise DirectorUnavailable("the model's server sent no answer")
    choice = completion.choices[0]
    if choice.message.refusal or choice.finish_reason == "content_filter":
        raise DirectorUnavailable("the model refused")
    if choice.finish_reason == "length":
        raise DirectorUnavailable("the model's answer breaks off")
    if not choice.message.content:
        raise DirectorUnavailable("the model said nothing")
    return choice.message.content
