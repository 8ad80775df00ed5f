"""A day's films while they are painted: what they ask for, whose turn it is, and what they got."""

from __future__ import annotations

import math
from collections import deque

from benchmarks.fleet.day import Day


class Films:
    """Films that came, in turns: a batch each, as Temporal's fairness by user does; within a film, batches in order."""

    def __init__(self, day: Day) -> None:
        """Begin a day on which no film has come yet."""
        self.day = day
        self.waiting = 0
        """Batches that were asked for and that nobody has in hand."""
        self.running = 0
        """Batches in hand."""
        self.unasked = 0
        """Batches that films have not asked for yet."""
        self.first = [math.nan] * day.films
        """When each film got its first batch."""
        self.done = [math.nan] * day.films
        """When each film got its last batch."""
        self._next = list(day.first_batch[:-1])
        self._unstarted = [after - first for first, after in zip(self._next, day.first_batch[1:], strict=True)]
        self._unfinished = list(self._unstarted)
        self._in_hand = [0] * day.films
        self._asked = [0] * day.films
        """Of each film, batches that wait: as many as its window has room for."""
        self._returned: dict[int, list[int]] = {}
        self._pictures = list(day.pictures)
        """Of each batch, pictures that are still to be painted."""
        self._turns: deque[int] = deque()
        """Films that ask for something, each once."""

    def arrive(self, film: int) -> None:
        """Let a film ask for its first batches."""
        self.unasked += self._unstarted[film]
        self._ask(film)

    def take(self) -> tuple[int, int]:
        """Take the batch whose turn it is; one waits.

        Returns:
            Its film, and the batch.
        """
        film = self._turns.popleft()
        returned = self._returned.get(film)
        if returned:
            batch = returned.pop()
        else:
            batch = self._next[film]
            self._next[film] = batch + 1
        self._unstarted[film] -= 1
        self._in_hand[film] += 1
        self.waiting -= 1
        self.running += 1
        self._asked[film] -= 1
        if self._asked[film]:
            self._turns.append(film)
        return film, batch

    def seconds(self, batch: int) -> float:
        """How long a batch takes: what is left of it."""
        return self._pictures[batch] * self.day.paces[batch]

    def finish(self, film: int, now: float) -> bool:
        """Give a film a batch.

        Returns:
            Whether it was the last.
        """
        self.running -= 1
        self._in_hand[film] -= 1
        if math.isnan(self.first[film]):
            self.first[film] = now
        self._unfinished[film] -= 1
        self._ask(film)
        if self._unfinished[film]:
            return False
        self.done[film] = now
        return True

    def give_back(self, film: int, batch: int, spent: float) -> float:
        """Take a batch back that was not finished; pictures that are done stay.

        Args:
            film: Whose it is.
            batch: Which.
            spent: Seconds that were painted.

        Returns:
            Seconds that are lost: those of the picture that was begun.
        """
        pace = self.day.paces[batch]
        finished = min(int(spent / pace + 1e-9), self._pictures[batch] - 1)
        self._pictures[batch] -= finished
        self._returned.setdefault(film, []).append(batch)
        self.running -= 1
        self._in_hand[film] -= 1
        self._unstarted[film] += 1
        self.unasked += 1
        self._ask(film)
        return spent - finished * pace

    def _ask(self, film: int) -> None:
        room = self.day.windows[film] - self._in_hand[film]
        asked = room if room < self._unstarted[film] else self._unstarted[film]
        before = self._asked[film]
        if asked != before:
            self._asked[film] = asked
            self.waiting += asked - before
            self.unasked -= asked - before
            if not before:
                self._turns.append(film)
