"""What a language model is asked when it directs: the question; `film.direction.model` knows the answers."""

from __future__ import annotations

from typing import Any

from schemas.base import Document, spec_hash

REQUEST_VERSION = 1
"""Raise it when an answer to the same words means something else."""


class ModelRequest(Document):
    """One question: instructions that are ours, and a document that holds the script as data."""

    system: str
    """What to do. Holds no word of the script."""
    user: str
    """What to do it with: one JSON document."""
    answer_schema: dict[str, Any]
    """JSON Schema of the only answer that is of use."""

    @property
    def key(self) -> str:
        """64 hexadecimal digits that stand for the question; the schema follows from its words."""
        return spec_hash("director", REQUEST_VERSION, {"system": self.system, "user": self.user})
