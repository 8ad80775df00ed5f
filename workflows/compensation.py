"""What must be undone when a film ends without being delivered."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel

from workflows import steps


@dataclass
class Compensations:
    """A stack of activities that undo steps.

    A compensation is registered *before* the step it undoes, since a step may have had its effect although its
    failure is all that was heard of it. Each must be idempotent, and harmless when its step never happened.
    """

    _steps: list[tuple[str, BaseModel, str]] = field(default_factory=list)

    def before(self, activity: str, given: BaseModel, *, summary: str) -> None:
        """Register the activity that undoes the step that follows."""
        self._steps.append((activity, given, summary))

    def dismiss(self) -> None:
        """Forget them all: the film is delivered."""
        self._steps.clear()

    async def undo(self) -> None:
        """Run them, last registered first. One that fails is logged and does not keep the others from running."""
        while self._steps:
            activity, given, summary = self._steps.pop()
            await steps.try_to_tell(activity, given, summary=summary)
