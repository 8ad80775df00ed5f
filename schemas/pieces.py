"""Large documents as text, a piece at a time: what is in memory is the text and the document, and nothing between them.

A breakdown of 1,500 shots is 7 MB of text. Written whole it would pass through as many dictionaries as it has parts,
and read whole through a tree of all that was parsed: each several times the text.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

M = TypeVar("M", bound=BaseModel)

CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)

PIECE = 128
"""Parts of a list that are written, or read, at once; a list of no more is no piece of its own."""

SMALL = 1 << 16
"""Bytes of a document that is read whole."""

_decode = json.JSONDecoder().raw_decode
_given: dict[frozenset[str], set[str]] = {}


@cache
def _lists(kind: type[BaseModel]) -> Mapping[str, TypeAdapter[tuple[Any, ...]]]:
    """The fields of a model that hold lists of models: in them is what makes a document large."""
    found = {}
    for name, field in kind.model_fields.items():
        part, *rest = get_args(field.annotation) or (None,)
        is_list = get_origin(field.annotation) is tuple and rest == [...]
        if is_list and isinstance(part, type) and issubclass(part, BaseModel):
            found[name] = TypeAdapter(tuple[part, ...])  # type: ignore[valid-type]
    return found


@cache
def _parts(kind: type[BaseModel]) -> Mapping[str, type[BaseModel]]:
    """The fields of a model that hold a model with such lists."""
    models = {name: field.annotation for name, field in kind.model_fields.items()}
    return {
        name: model
        for name, model in models.items()
        if isinstance(model, type) and issubclass(model, BaseModel) and _lists(model)
    }


def written(document: BaseModel) -> Iterator[str]:
    """Write a document as canonical JSON (see `schemas.base.canonical_json`).

    Args:
        document: The document.

    Yields:
        Its text, piece by piece.
    """
    lists, parts = _lists(type(document)), _parts(type(document))
    apart = {name: getattr(document, name) for name in (*lists, *parts)}
    apart = {
        name: value
        for name, value in apart.items()
        if (name in parts or len(value) > PIECE) and not _is_left_out(document, name, value)
    }
    if not apart:
        yield CANONICAL.encode(document.model_dump(mode="json"))
        return
    rest = document.model_dump(mode="json", exclude=set(apart))
    for number, name in enumerate(sorted({*rest, *apart})):
        yield f"{',' if number else '{'}{CANONICAL.encode(name)}:"
        if name in rest:
            yield CANONICAL.encode(rest[name])
        elif name in parts:
            yield from written(apart[name])
        else:
            yield from _list(apart[name], lists[name])
    yield "}"


def encoded(document: BaseModel) -> bytes:
    """Write a document as canonical JSON in UTF-8: in memory once, and not once more in pieces.

    Args:
        document: The document.
    """
    file = io.BytesIO()
    for piece in written(document):
        file.write(piece.encode("utf-8"))
    return file.getvalue()


def _list(values: tuple[Any, ...], adapter: TypeAdapter[tuple[Any, ...]]) -> Iterator[str]:
    for first in range(0, len(values), PIECE):
        plain = adapter.dump_python(values[first : first + PIECE], mode="json")
        yield f"{',' if first else '['}{CANONICAL.encode(plain)[1:-1]}"
    yield "]"


def _is_left_out(document: BaseModel, name: str, value: object) -> bool:
    field = type(document).model_fields[name]
    return bool(field.exclude) or (field.exclude_if is not None and bool(field.exclude_if(value)))


def read(kind: type[M], data: bytes, instead: Mapping[str, object] | None = None) -> M:
    """Read a document, as `kind.model_validate_json` does.

    What many of its parts have in common is in memory once: which of their fields were given.

    Args:
        kind: What it is.
        data: Its JSON; what is no canonical JSON is read whole.
        instead: For fields that are not wanted, what stands in their place.

    Raises:
        ValidationError: It is no such document.
    """
    instead = instead or {}
    if len(data) < SMALL:
        return kind.model_validate_json(data).model_copy(update=instead) if instead else kind.model_validate_json(data)
    try:
        text = data.decode("utf-8")
        document, end = _read(kind, text, 0, instead)
        if end != len(text):
            raise ValueError("something follows the document")
    except (ValueError, IndexError):
        # As other hands write JSON; or it is wrong, and pydantic says where.
        document = kind.model_validate_json(data)
        document = document.model_copy(update=instead) if instead else document
    _share(document)
    return document


def _read(kind: type[M], text: str, at: int, instead: Mapping[str, object]) -> tuple[M, int]:
    """Read the document that begins at a place of a text; return it, and where it ends."""
    lists, parts = _lists(kind), _parts(kind)
    values: dict[str, Any] = dict(instead)
    if text[at] != "{":
        raise ValueError("a document begins with a brace")
    while text[at] != "}":
        name, at = _decode(text, at + 1)
        if not isinstance(name, str) or text[at] != ":":
            raise ValueError("a field has a name, and a colon behind it")
        at += 1
        if name in lists and text[at] == "[":
            found: list[Any] = []
            for piece, end in _pieces(text, at):
                at = end
                found += () if name in instead else lists[name].validate_json(piece)
            if name not in instead:
                values[name] = tuple(found)
        elif name in parts and name not in instead and text[at] == "{":
            values[name], at = _read(parts[name], text, at, {})
        else:
            value, at = _decode(text, at)
            if name not in instead:
                values[name] = value
        if text[at] not in ",}":
            raise ValueError("a field is followed by another, or by nothing")
    return kind.model_validate(values), at + 1


def _pieces(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Divide the list that begins at a place of a text; yield pieces of JSON, and where each ends in the text."""
    if text[at + 1] == "]":
        yield "[]", at + 2
        return
    while text[at] != "]":
        first = at + 1
        for _ in range(PIECE):
            _, at = _decode(text, at + 1)
            if text[at] not in ",]":
                raise ValueError("a part of a list is followed by another, or by nothing")
            if text[at] == "]":
                break
        yield f"[{text[first:at]}]", at + 1 if text[at] == "]" else at


def _share(value: object) -> None:
    """Let models of which the same fields were given hold the same set of them. Nobody changes it: they are frozen.

    Of a document with many small parts, these sets are a third.
    """
    if isinstance(value, BaseModel):
        given = value.__pydantic_fields_set__
        object.__setattr__(value, "__pydantic_fields_set__", _given.setdefault(frozenset(given), given))
        for part in value.__dict__.values():
            if isinstance(part, BaseModel | tuple):
                _share(part)
    elif isinstance(value, tuple):
        for part in value:
            if isinstance(part, BaseModel | tuple):
                _share(part)
