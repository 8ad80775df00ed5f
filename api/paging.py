"""Pages of lists: where the next one begins is handed out as a cursor, so that nothing is skipped or shown twice."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from api.models.base import Answer
from schemas.errors import InvalidRequest

T = TypeVar("T")
R = TypeVar("R")

Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=100, description="Where to go on: `next` of the page before.")]
Place = tuple[datetime, UUID]
"""After which row a page begins: when it was created, and its id."""


class Page(Answer, Generic[T]):
    """A part of a list, the newest first."""

    items: list[T]
    next: str | None = Field(default=None, examples=["AAYn0b3mqkABk5o-fB59UpsMXy9PD5oR"])
    """The cursor of the next page; None where this is the last."""


def place_of(cursor: str | None) -> Place | None:
    """Read a cursor.

    Raises:
        InvalidRequest: It is none of ours.
    """
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        micros, row = int.from_bytes(raw[:8], "big"), UUID(bytes=raw[8:])
        return datetime.fromtimestamp(micros / 1_000_000, UTC).replace(microsecond=micros % 1_000_000), row
    except (ValueError, OverflowError, OSError, binascii.Error) as error:
        raise not_ours() from error


def not_ours() -> InvalidRequest:
    """Say that a cursor is none of those that pages hand out."""
    return InvalidRequest("cursor: this is not the `next` of a page; leave it out to begin.")


def cursor_of(place: Place) -> str:
    """Write a cursor."""
    at, row = place
    micros = int(at.replace(microsecond=0).timestamp()) * 1_000_000 + at.microsecond
    return base64.urlsafe_b64encode(micros.to_bytes(8, "big") + row.bytes).rstrip(b"=").decode()


def page_of(
    rows: Sequence[R],
    limit: int,
    cursor: Callable[[R], str],
    shown: Callable[[R], T],
    request: Request,
    response: Response,
) -> Page[T]:
    """Make a page of rows, of which one more was asked for than are shown: it says whether there is a next page.

    Args:
        rows: The newest first.
        limit: How many are shown at most.
        cursor: Where the next page begins, after a row.
        shown: What of a row is shown.
        request: Whose address the next page has, too.
        response: Gets the `Link` to it.
    """
    more = len(rows) > limit
    kept = rows[:limit]
    following = cursor(kept[-1]) if more else None
    if following is not None:
        response.headers["link"] = link_to(following, request)
    return Page[T](items=[shown(row) for row in kept], next=following)


def link_to(cursor: str, request: Request) -> str:
    """Write the header `Link` to the page that begins at a cursor, with all else as it was asked for."""
    target = request.url.include_query_params(cursor=cursor)
    return f'<{target.path}?{target.query}>; rel="next"'
