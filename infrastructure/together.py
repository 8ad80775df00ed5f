"""One answer for all who ask the same thing at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, Generic, TypeVar

V = TypeVar("V")


class Together(Generic[V]):
    """Asks once where many ask at once: what a process remembers for a moment is forgotten for all of them at once."""

    def __init__(self) -> None:
        self._asked: dict[Hashable, asyncio.Task[V]] = {}

    async def ask(self, key: Hashable, question: Callable[[], Awaitable[V]]) -> V:
        """Ask, or wait for the answer to a question that was asked a moment ago and is not answered yet.

        Args:
            key: Of questions that are the same.
            question: Asks; goes on although whoever asked first goes away.

        Raises:
            Exception: Whatever the question raised.
        """
        task = self._asked.get(key)
        if task is None or task.done():  # one that has its answer is from before, though it is not forgotten yet
            task = self._asked[key] = asyncio.create_task(_answer(question))
            task.add_done_callback(lambda _: self._forget(key, task))
        return await asyncio.shield(task)

    def begin_anew(self, key: Hashable) -> None:
        """Let whoever asks from now on not be answered by a question from before."""
        self._asked.pop(key, None)

    def _forget(self, key: Hashable, task: asyncio.Task[Any] | None) -> None:
        if self._asked.get(key) is task:
            del self._asked[key]


async def _answer(question: Callable[[], Awaitable[V]]) -> V:
    return await question()
