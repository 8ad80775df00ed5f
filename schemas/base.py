"""The two kinds of model that cross a boundary, and the way a spec becomes a key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Any, ParamSpec, TypeVar

from pydantic import BaseModel, ConfigDict

from schemas.pieces import CANONICAL, written


class Document(BaseModel):
    """A document that is written whole and read whole: a breakdown, a prompt, a spec.

    Frozen, and strict about its fields: an unknown field is a mistake and is refused.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Message(BaseModel):
    """What travels between processes that may run different versions of this code.

    Frozen. Unknown fields are ignored, so that an older worker can read what a newer one wrote; fields may
    only ever be added, with a default.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)


_Fields = ParamSpec("_Fields")
_Made = TypeVar("_Made", bound=Document)


def unchecked(kind: Callable[_Fields, _Made]) -> Callable[_Fields, _Made]:
    """Make documents of one kind without looking at what goes into them.

    For what this code makes by the thousand from values of its own: a long film has ten thousand shots, lines and
    figures, and to look at each takes five times as long as to make it. Whatever comes from outside is read by the
    document's own constructor, and so is every document that crosses a boundary.

    Args:
        kind: The document's class, whose fields have defaults that cannot change.

    Returns:
        What takes the fields that the class takes, by name, each of the very type that the class holds.
    """
    assert isinstance(kind, type)
    assert issubclass(kind, Document)
    empty = {name: field.get_default() for name, field in kind.model_fields.items()}
    names, named = tuple(empty), set(empty)
    new = object.__new__
    hold, name_given, add, hide = (vars(BaseModel)[slot].__set__ for slot in _SLOTS)

    def make(*_: _Fields.args, **fields: _Fields.kwargs) -> Any:
        made = new(kind)
        hold(made, fields if tuple(fields) == names else {**empty, **fields})  # it is written out in this order
        name_given(made, named)
        add(made, None)
        hide(made, None)
        return made

    return make


_SLOTS = ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
"""What a model is made of, as `BaseModel.model_construct` fills it."""


def is_none(value: object) -> bool:
    """Whether a field holds nothing: specs leave it out then (`exclude_if`), so that older ones keep their names."""
    return value is None


def canonical_json(value: BaseModel | dict[str, Any] | list[Any]) -> str:
    """Serialise a value so that equal values give equal text.

    Keys are sorted, there is no white space, and floats are written as Python's shortest round-trip form.

    Args:
        value: A model, or plain JSON-compatible data.

    Returns:
        The JSON text.
    """
    return "".join(written(value)) if isinstance(value, BaseModel) else CANONICAL.encode(value)


quoted: Callable[[str], str] = encode_basestring
"""Writes a text as `canonical_json` does inside of a value."""


def spec_hash(stage: str, version: int, spec: BaseModel | dict[str, Any]) -> str:
    """Name what a stage would make from a spec: the key of an artifact.

    Two specs share a hash exactly when the stage, its version and every input are equal, so that an artifact
    found under the hash need not be made again.

    Args:
        stage: The stage's name, as in `schemas.stages`.
        version: The stage's version, pinned when the job started.
        spec: All inputs the output depends on, and nothing else.

    Returns:
        64 lower-case hexadecimal digits.
    """
    text = f"{stage}\n{version}\n{canonical_json(spec)}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
