"""Whatever is asked: what is polled is answered as FastAPI answers the same route."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from api import problems
from api.polled import Polled, Polling
from schemas.errors import DependencyDown, NotFound, NotSignedIn
from tests.effort import tries

KNOWN, DOWN, MISSING = (UUID(int=number) for number in (1, 2, 3))
ETAG = '"7"'

router = APIRouter(prefix="/things", tags=["things"])


class Thing(BaseModel):
    """What is asked for."""

    thing_id: UUID
    owner: str
    name: str = "Größe"


async def counted(request: Request) -> None:
    """Asked before all else."""
    request.state.counted = True


async def signed_in(request: Request) -> str:
    """Who asks."""
    assert request.state.counted
    if "authorization" not in request.headers:
        raise NotSignedIn("Sign in first.")
    return request.headers["authorization"]


@router.get("/{thing_id}", response_model=Thing)
async def read(
    thing_id: UUID,
    owner: Annotated[str, Depends(signed_in)],
    response: Response,
    if_none_match: Annotated[str | None, Header(max_length=20)] = None,
    fold: Annotated[int, Query(ge=0)] = 0,
) -> Thing | Response:
    """A thing."""
    if thing_id == MISSING:
        raise NotFound("There is no such thing.")
    if thing_id == DOWN:
        raise DependencyDown("The database at 10.0.0.1 does not answer.")
    response.headers["etag"] = ETAG
    if if_none_match == ETAG:
        return Response(status_code=304, headers={"etag": ETAG})
    return Thing(thing_id=thing_id, owner=owner, name="" if fold else "Größe")


@router.get("")
async def index() -> list[int]:
    """All of them."""
    return [1, 2]


@router.get("/{thing_id}/searched")
async def searched(thing_id: UUID, wanted: str) -> Thing:
    """Needs what only FastAPI reads."""
    raise NotImplementedError


@router.post("/{thing_id}")
async def change(thing_id: UUID) -> Thing:
    """Not polled."""
    return Thing(thing_id=thing_id, owner="nobody")


class Told:
    """FastAPI, counting what reaches it, and the layer before it."""

    def __init__(self) -> None:
        self.app = FastAPI(redirect_slashes=False)
        self.app.include_router(router, dependencies=[Depends(counted)])
        problems.add_handlers(self.app)
        self.reached = 0
        polling = Polling(router, [read, index], before=[counted])
        self.layer = Polled(self._counting, [polling], lambda app: app)

    async def _counting(self, scope, receive, send):  # type: ignore[no-untyped-def]
        self.reached += 1
        await self.app(scope, receive, send)

    async def ask(self, app: object, *asked: object, **more: object) -> tuple[int, dict[str, str], bytes]:
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://studio.test") as client:
            answer = await client.request(*asked, **more)  # type: ignore[arg-type]
        return answer.status_code, dict(sorted(answer.headers.items())), answer.content


TOLD = Told()
IDS = st.sampled_from([*map(str, (KNOWN, DOWN, MISSING)), str(UUID(int=0xABC)).upper(), KNOWN.hex, "7", "%00", "é", ""])
PATHS = st.one_of(st.just("/things"), IDS.map("/things/{}".format), st.just("/things/"), IDS.map("/things/{}/".format))
HEADERS = st.lists(
    st.sampled_from(
        [
            ("Authorization", "Bearer x"),
            ("If-None-Match", ETAG),
            ("If-None-Match", "other"),
            ("If-None-Match", "x" * 21),
            ("Content-Encoding", "gzip"),
        ]
    ),
    max_size=4,
)


@settings(max_examples=tries(600, 60), deadline=None)
@given(
    method=st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS"]),
    path=PATHS,
    headers=HEADERS,
    query=st.sampled_from(["", "", "fold=1", "fold=x", "other"]),
    body=st.sampled_from([b"", b"", b"{}"]),
)
async def test_it_answers_as_fastapi_does(
    method: str, path: str, headers: list[tuple[str, str]], query: str, body: bytes
) -> None:
    asked = {"headers": headers, "params": query, "content": body}
    assert await TOLD.ask(TOLD.layer, method, path, **asked) == await TOLD.ask(TOLD.app, method, path, **asked)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/things", {}, 200),
        (f"/things/{KNOWN}", {}, 401),
        (f"/things/{KNOWN}", {"authorization": "Bearer x"}, 200),
        (f"/things/{KNOWN}", {"authorization": "Bearer x", "if-none-match": ETAG}, 304),
        (f"/things/{MISSING}", {"authorization": "Bearer x"}, 404),
        (f"/things/{DOWN}", {"authorization": "Bearer x"}, 503),
    ],
)
async def test_what_is_plain_never_reaches_fastapi(path: str, headers: dict[str, str], status: int) -> None:
    before = TOLD.reached
    answered, _, _ = await TOLD.ask(TOLD.layer, "GET", path, headers=headers)
    assert (answered, TOLD.reached) == (status, before)


@pytest.mark.parametrize(
    ("function", "why"), [(change, "/things/{thing_id} cannot be polled: it is no plain GET"), (searched, "“wanted”")]
)
def test_a_route_that_asks_for_more_is_refused_when_the_application_is_built(function: object, why: str) -> None:
    with pytest.raises(TypeError, match=why):
        Polled(TOLD.app, [Polling(router, [function])], lambda app: app)  # type: ignore[list-item]
