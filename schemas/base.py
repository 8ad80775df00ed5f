"""The two kinds of model that cross a boundary, and the way a spec becomes a key."""

from __future__ import annotations

import hashlib
from typing import Any

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
