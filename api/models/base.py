"""What all bodies have in common."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from schemas.base import Document


class Body(Document):
    """The body of a request: unknown fields are refused, and so are characters that no text can hold.

    Numbers and truth values are `Strict()`: else a text, or another of the two, would pass for them.
    """

    @model_validator(mode="before")
    @classmethod
    def _is_text(cls, data: Any) -> Any:
        _check_text(data, depth=0)
        return data


class Answer(BaseModel):
    """The body of an answer."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, from_attributes=True, use_attribute_docstrings=True)


MOST_NESTED = 20
"""How deep a body may be nested."""


def _check_text(data: Any, depth: int) -> None:
    if depth > MOST_NESTED:
        raise ValueError(f"nested more than {MOST_NESTED} deep")
    if isinstance(data, str):
        if "\x00" in data or any("\ud800" <= letter <= "\udfff" for letter in data):
            raise ValueError("a text holds a character that is none: NUL, or half a surrogate pair")
    elif isinstance(data, dict):
        for key, value in data.items():
            _check_text(key, depth + 1)
            _check_text(value, depth + 1)
    elif isinstance(data, list | tuple):
        for value in data:
            _check_text(value, depth + 1)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise ValueError("may not be empty")
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in line):
        raise ValueError("may hold no control characters")
    return line


_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})")


def _moment(value: Any) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("is no time with its distance from UTC, such as 2026-11-29T18:30:00Z")
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("lies beyond all calendars") from error


Moment = Annotated[datetime, PlainValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
"""A point in time, as RFC 3339 writes it."""
Line = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_one_line)]
"""A name or a title: one line, white space run together."""
Address = Annotated[str, Field(min_length=3, max_length=254, examples=["anna@example.org"])]
"""An e-mail address."""
Password = Annotated[str, Field(min_length=1, max_length=1000, examples=["a long sentence of your own"])]
