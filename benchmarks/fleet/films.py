"""A day's films while they are painted: what they ask for, whose turn it is, and what they got."""

from __future__ import annotations

import heapq
import math

from benchmarks.fleet.day import Day
from schemas.turns import is_long, steps_of


class Films:
    """Films that came, in turns, as Temporal's fairness by user gives them; within a film, batches in order.

    Each batch that is asked for gets a pass: that of the batch that was taken last, or its key's last one where that is
    more, and steps. The smallest pass is taken next. In plain turns each film is a key, and takes a step a batch; where
    short films go first, keys and steps are those that workflows give.
    """

    def __init__(self, day: Day, *, short_first: bool = False) -> None:
        """Begin a day on which no film has come yet.

        Args:
            day: Its films.
            short_first: Whether films have turns as workflows ask for them; else each has as many as another.
        """
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
        self._short_first = short_first
        self._counts = list(self._unfinished)
        self._numbers = [0] * day.films
        """Of each film, how many of its batches were asked for."""
        self._passes = [0] * day.films
        """Of each film, the last one that was given."""
        self._taken = 0
        """The largest pass that was taken."""
        self._given = 0
        self._asking: list[tuple[int, int, int]] = []
        """A heap of what waits: pass, number, film."""

    def arrive(self, film: int) -> None:
        """Let a film ask for its first batches."""
        self.unasked += self._unstarted[film]
        self._ask(film)

    def take(self) -> tuple[int, int]:
        """Take the batch whose turn it is; one waits.

        Returns:
            Its film, and the batch.
        """
        self._taken, _, film = heapq.heappop(self._asking)
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
            for _ in range(asked - before):
                self._given += 1
                heapq.heappush(self._asking, (self._pass(film), self._given, film))

    def _pass(self, film: int) -> int:
        count = self._counts[film]
        if self._short_first and not is_long(count):
            before = self._numbers[film]
            self._numbers[film] += 1
            return self._taken + steps_of(count, before, follows=before >= self.day.windows[film])
        given = max(self._passes[film], self._taken) + (steps_of(count, 0, follows=False) if self._short_first else 1)
        self._passes[film] = given
        return given
