"""What is asked far more often than all else, answered before FastAPI is asked.

Programs ask for the state of a film once a second, and load balancers for that of a process. Such a question costs
little itself; finding its route among all others, resolving what that needs and passing its layers costs several times
as much. So the plain form of these questions is answered here, by the route's own function and its own dependencies: a
route stays declared once, in its router, for FastAPI, for the OpenAPI document and for this.

Whatever is not plain, such as an id that is none, a query, a body, or a header twice, is left to FastAPI, which knows
the same route.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any, Final, NamedTuple, get_origin, get_type_hints
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.params import Depends, Header, Query
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api import problems
from schemas.errors import StudioError

Dependency = Callable[[Request], Awaitable[Any]]

_BODY: Final = frozenset({b"content-length", b"transfer-encoding", b"content-encoding"})
_ID: Final = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"


class Polling(NamedTuple):
    """Routes of a router that are polled."""

    router: APIRouter
    functions: Sequence[Callable[..., Awaitable[Any]]]
    """Those of its functions that answer: `GET`, and nothing read but ids in the address and headers."""
    prefix: str = ""
    """Below which the router stands."""
    before: Sequence[Dependency] = ()
    """What is asked before the router's own dependencies."""


class Polled:
    """A layer: answers what is polled, and passes on all else."""

    def __init__(self, app: ASGIApp, polled: Sequence[Polling], around: Callable[[ASGIApp], ASGIApp]) -> None:
        """Read the routes.

        Args:
            app: Answers all else, and what of this is not plain.
            polled: The routes.
            around: The layer that all answers go through, those of here too.

        Raises:
            TypeError: A route asks for something that is not read here.
        """
        self._app = app
        self._answer = around(_answer)
        self._fixed: dict[str, _Question] = {}
        self._shaped: list[tuple[re.Pattern[str], _Question]] = []
        for one in polled:
            for route in _routes(one):
                question, path = _Question(route, one.before), one.prefix + route.path
                if question.ids:
                    self._shaped.append((re.compile(re.sub(r"\\\{\w+\\\}", _ID, re.escape(path))), question))
                else:
                    self._fixed[path] = question

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] == "http" and scope["method"] == "GET" and not scope.get("root_path"):
            question, ids = self._find(scope["path"])
            arguments = None if question is None else question.read(ids, scope)
            if arguments is not None:
                scope["polled"] = question, arguments
                await self._answer(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _find(self, path: str) -> tuple[_Question | None, Sequence[str]]:
        found = self._fixed.get(path)
        if found is not None:
            return found, ()
        for shape, question in self._shaped:
            match = shape.fullmatch(path)
            if match is not None:
                return question, match.groups()
        return None, ()


class _Named(NamedTuple):
    """A header that a route reads."""

    argument: str
    name: bytes
    kind: TypeAdapter[Any]
    default: Any


class _Question:
    """A route, as it is answered here."""

    def __init__(self, route: APIRoute, before: Sequence[Dependency]) -> None:
        self._route = route
        self._function = route.endpoint
        self._before = [*before, *(_dependency(one) for one in route.dependencies)]
        self._dependencies: list[tuple[str, Dependency]] = []
        self._headers: list[_Named] = []
        self._noted: str | None = None
        self._written = TypeAdapter(route.response_model)
        self.ids: list[str] = re.findall(r"\{(\w+)\}", route.path)
        hints = get_type_hints(route.endpoint, include_extras=True)
        for name, parameter in inspect.signature(route.endpoint).parameters.items():
            self._take(name, hints[name], parameter.default)

    def _take(self, name: str, hint: Any, default: Any) -> None:
        """Learn what an argument of the function is."""
        [about] = hint.__metadata__ if get_origin(hint) is Annotated and len(hint.__metadata__) == 1 else [None]
        if hint is Response:
            self._noted = name
        elif isinstance(about, Depends):
            self._dependencies.append((name, _dependency(about)))
        elif isinstance(about, Header) and default is not inspect.Parameter.empty:
            header = (about.alias or name.replace("_", "-")).lower().encode()
            self._headers.append(_Named(name, header, TypeAdapter(hint), default))
        elif isinstance(about, Query) and default is not inspect.Parameter.empty:
            pass  # whoever asks with a query is answered by FastAPI
        elif name not in self.ids or hint is not UUID:
            raise TypeError(f"{self._route.path} cannot be polled: nobody reads its “{name}” here")

    def read(self, ids: Sequence[str], scope: Scope) -> dict[str, Any] | None:
        """Read what a request says; None where it is not plain."""
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        names = [name for name, _ in headers]
        if scope["query_string"] or not _BODY.isdisjoint(names):
            return None
        arguments: dict[str, Any] = {name: UUID(one) for name, one in zip(self.ids, ids, strict=True)}
        for argument, name, kind, default in self._headers:
            times = names.count(name)
            if times > 1:
                return None
            arguments[argument] = default
            if times:
                try:
                    arguments[argument] = kind.validate_python(headers[names.index(name)][1].decode("latin-1"))
                except ValidationError:
                    return None
        return arguments

    async def answer(self, request: Request, arguments: dict[str, Any], send: Send) -> None:
        """Let the route's function answer, or its errors."""
        request.scope["route"] = self._route
        noted = _Noted()
        try:
            found = await self._found(request, arguments, noted)
        except StudioError as error:
            found = problems.told(request, error)
        if isinstance(found, Response):
            await found(request.scope, request.receive, send)
            return
        body = self._written.dump_json(found, by_alias=True)
        headers = [
            (b"content-length", str(len(body)).encode()),
            (b"content-type", b"application/json"),
            *noted.raw_headers,
        ]
        await send({"type": "http.response.start", "status": noted.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _found(self, request: Request, arguments: dict[str, Any], noted: Response) -> Any:
        for ask in self._before:
            await ask(request)
        for name, ask in self._dependencies:
            arguments[name] = await ask(request)
        if self._noted is not None:
            arguments[self._noted] = noted
        return await self._function(**arguments)


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    question, arguments = scope["polled"]
    await question.answer(Request(scope, receive), arguments, send)


class _Noted(Response):
    """What a route's function says of its answer beside the body: its status and headers."""

    def __init__(self) -> None:
        self.status_code = 200
        self.raw_headers = []


def _routes(polling: Polling) -> list[APIRoute]:
    known: Mapping[Any, APIRoute] = {one.endpoint: one for one in polling.router.routes if isinstance(one, APIRoute)}
    found = [known[function] for function in polling.functions]
    for route in found:
        if route.methods != {"GET"} or route.status_code is not None:
            raise TypeError(f"{route.path} cannot be polled: it is no plain GET")
    return found


def _dependency(depends: Depends) -> Dependency:
    """What a dependency calls, which must ask for the request alone."""
    asked = depends.dependency
    if asked is None or list(inspect.signature(asked).parameters) != ["request"]:
        raise TypeError(f"{asked} cannot be polled: it asks for more than the request")
    return asked
