"""What a change is of: the version that was read."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header

from schemas.errors import InvalidRequest

IfMatch = Annotated[
    str | None, Header(max_length=50, description="The `ETag` that was read; a change meanwhile is answered with 412.")
]


def version_of(if_match: str | None) -> int | None:
    """Read the version that a change is of; None where it is of any.

    Raises:
        InvalidRequest: It is none of ours.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    plain = if_match.strip().removeprefix("W/").strip('"')
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10):
        raise InvalidRequest("If-Match: send the ETag that came with what you change.")
    return int(plain)
