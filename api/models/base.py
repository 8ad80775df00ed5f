"""What all bodies have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from schemas.base import Document


class Body(Document):
    """The body of a request: unknown fields are refused, and so are characters that no text can hold."""

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


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("lies beyond all calendars") from error


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A point in time: with its distance from UTC, without which it would be any of a day's."""
Line = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_one_line)]
"""A name or a title: one line, white space run together."""
Address = Annotated[str, Field(min_length=3, max_length=254, examples=["anna@example.org"])]
"""An e-mail address."""
Password = Annotated[str, Field(min_length=1, max_length=1000, examples=["a long sentence of your own"])]
