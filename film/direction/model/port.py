"""The port to a language model. Whoever stands behind it, the craft knows no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.director import ModelRequest


class DirectorModel(Protocol):
    """A language model that can be asked."""

    @property
    def name(self) -> str:
        """Its name, for people."""
        ...

    @property
    def identity(self) -> str:
        """What makes its answers its own, for the keys of artifacts: address and name."""
        ...

    async def ask(self, request: ModelRequest) -> str:
        """Ask one question.

        Args:
            request: The question.

        Returns:
            What it said, as it said it.

        Raises:
            DirectorUnavailable: It said nothing, or too much, or not in time.
        """
        ...


class Answers(Protocol):
    """What was answered before. Only answers that were of use are kept."""

    async def find(self, requests: Sequence[ModelRequest]) -> Mapping[str, str]:
        """Look answers up.

        Returns:
            Those there are, by `ModelRequest.key`.
        """
        ...

    async def keep(self, request: ModelRequest, answer: str) -> None:
        """Keep an answer, in JSON."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How much a film waits for its model."""

    at_once: int = 4
    """Questions in flight."""
    total_s: float = 300.0
    """Seconds for all questions of a film; what is unanswered then is the rules'."""


@dataclass(frozen=True, slots=True)
class Director:
    """A model that directs, and the patience it is met with."""

    model: DirectorModel
    patience: Patience = Patience()
