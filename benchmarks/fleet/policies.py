"""How many machines are wanted: the policies that the simulation compares."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class Seen(NamedTuple):
    """What a policy may look at."""

    waiting: int
    """Batches that films have asked for and nobody paints: visible messages, and Temporal's backlog."""
    running: int
    """Batches in hand: messages in flight."""
    unasked: int
    """Batches that films have not yet asked for; only who knows a film whole knows these."""
    machines: int
    """Machines that paint, wait or start; those that leave do not count."""


class Policy(Protocol):
    """Says, every so often, how many machines there shall be."""

    period_s: float
    """Seconds between two looks."""
    spares: bool
    """Whether a machine that does nothing is always the one that goes."""

    def wanted(self, now: float, seen: Seen) -> int:
        """Say how many machines there shall be from now on."""
        ...


@dataclass
class QueueDepth:
    """The specification's 4.2: over 10 messages one more machine, under 3 one less, between `least` and `most`.

    A message is a batch, as it is with tickets: were it a film, ten films would have to wait for a second machine.
    The look each minute is that of CloudWatch's metrics of SQS, the pause between two steps the one that AWS's simple
    scaling takes unless told otherwise. At a load of `times`, all its numbers are times as large.
    """

    least: int
    most: int
    out_above: int = 10
    in_below: int = 3
    step: int = 1
    pause_s: float = 300.0
    period_s: float = 60.0
    spares: bool = False
    _acted: float = -math.inf

    @classmethod
    def at(cls, load: int, least: int, most: int, pause_s: float = 300.0) -> QueueDepth:
        """Scale the policy with the load."""
        return cls(least, most * load, out_above=10 * load, in_below=3 * load, step=load, pause_s=pause_s)

    def wanted(self, now: float, seen: Seen) -> int:
        """Take one step at most."""
        if now - self._acted < self.pause_s:
            return seen.machines
        step = self.step if seen.waiting > self.out_above else -self.step if seen.waiting < self.in_below else 0
        wanted = min(max(seen.machines + step, self.least), self.most)
        if wanted != seen.machines:
            self._acted = now
        return wanted


@dataclass
class Tickets:
    """The chart's ScaledObject: KEDA counts tickets, waiting and in hand, and Kubernetes' HPA follows.

    Wanted is the most of three: a worker for each ticket in hand, so that nobody who works is too many; one for each
    `per_worker` tickets, waiting or in hand; and as many as this hour of the day is expected to want. The rules of the
    HPA (autoscaling/v2): desired = that, rounded up, unless it is within a tenth of what there is; up by at most twice
    or four more in 30 s; down to the most that was desired within `cooldown_s`, and by so many machines in `step_s`.
    """

    least: int
    most: int
    per_worker: float = 1.0
    cooldown_s: float = 600.0
    step_s: float = 120.0
    step: int = 1
    step_share: float = 0.0
    """Or by this share of the machines, where that is more."""
    expected: Callable[[float], float] | None = None
    """How many the hour wants, by the seconds of the day; None where nobody knows the days before."""
    period_s: float = 15.0
    spares: bool = False
    _desired: deque[tuple[float, int]] = field(default_factory=deque)
    _ups: deque[tuple[float, int]] = field(default_factory=deque)
    _downs: deque[tuple[float, int]] = field(default_factory=deque)

    def wanted(self, now: float, seen: Seen) -> int:
        """Follow the tickets, and the hour."""
        here, hour = seen.machines, self.expected(now) if self.expected else 0.0
        demand = max(seen.running, (seen.running + seen.waiting) / self.per_worker, hour)
        desired = math.ceil(demand)
        if here and abs(demand / here - 1) <= 0.1:
            desired = here
        desired = min(max(desired, self.least), self.most)
        _forget(self._desired, now - self.cooldown_s)
        # Of several that stand, only the largest that is yet to come matters: smaller ones before it can be forgotten.
        while self._desired and self._desired[-1][1] <= desired:
            self._desired.pop()
        self._desired.append((now, desired))
        if desired > here:
            return self._up(now, here, desired)
        return self._down(now, here, self._desired[0][1])

    def _up(self, now: float, here: int, desired: int) -> int:
        _forget(self._ups, now - 30.0)
        began = here - sum(count for _, count in self._ups)
        wanted = max(here, min(desired, max(2 * began, began + 4)))
        if wanted > here:
            self._ups.append((now, wanted - here))
        return wanted

    def _down(self, now: float, here: int, desired: int) -> int:
        if desired >= here:
            return here
        _forget(self._downs, now - self.step_s)
        began = here + sum(count for _, count in self._downs)
        wanted = min(here, max(desired, began - max(self.step, math.ceil(began * self.step_share))))
        if wanted < here:
            self._downs.append((now, here - wanted))
        return wanted


@dataclass
class AtOnce:
    """Whoever sees all demand the moment it is there, and nothing of what will come.

    It knows each film whole, orders what is wanted at once and without bound, waits for cold starts as everybody does,
    and keeps a machine that does nothing for as long as a new one would take to start: without foresight no rule can be
    sure to cost less than twice the best (the ski rental problem). It lets go of nobody who works.
    """

    most: int
    keep_s: float
    period_s: float = 5.0
    spares: bool = True
    _desired: deque[tuple[float, int]] = field(default_factory=deque)

    def wanted(self, now: float, seen: Seen) -> int:
        """Order what is wanted, and keep what was wanted lately."""
        desired = min(seen.waiting + seen.running + seen.unasked, self.most)
        _forget(self._desired, now - self.keep_s)
        while self._desired and self._desired[-1][1] <= desired:
            self._desired.pop()
        self._desired.append((now, desired))
        return self._desired[0][1]


@dataclass
class Always:
    """So many machines, all day: for Erlang's formula, and for the ideal, which is billed for less."""

    count: int
    period_s: float = 3600.0
    spares: bool = True

    def wanted(self, now: float, seen: Seen) -> int:  # noqa: ARG002  (a policy's signature)
        """Say the same."""
        return self.count


def _forget(events: deque[tuple[float, int]], before: float) -> None:
    while events and events[0][0] <= before:
        events.popleft()
