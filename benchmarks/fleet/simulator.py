"""The simulator: films, machines and a policy, event by event.

It has a heap of its own rather than simpy: at 1,000 times the load three million batches are painted, and a process of
simpy for each batch would take a dozen generator switches where this takes two entries of a heap.
"""

from __future__ import annotations

import heapq
import math
import random
from collections import deque
from dataclasses import dataclass
from enum import IntEnum

from benchmarks.fleet.day import DAY_S, Day
from benchmarks.fleet.films import Films
from benchmarks.fleet.policies import Policy, Seen


@dataclass(frozen=True)
class Machines:
    """What holds of machines, whoever orders them."""

    cold_start_s: float
    cold_start_sigma: float
    pools: int
    drain_s: float
    """How long one that goes may finish what it has in hand; then it gives back the batch, less what is done."""
    notice_s: float
    """How long before its end one that is taken back is told."""
    warm: int
    """How many are there when the day begins."""
    lost: bool = True
    """Whether machines are taken back."""


@dataclass(frozen=True)
class Outcome:
    """What became of a day."""

    first_frame_s: list[float]
    """Of each film, from its arrival until the first batch of its pictures is there."""
    film_s: list[float]
    """Of each film, from its arrival until its last picture is there."""
    billed_s: float
    """Seconds of machines, from order to end."""
    work_s: float
    """Seconds that the pictures took that are in the films."""
    lost_s: float
    """Seconds of painting that a machine took with it: the picture it was at."""
    needed_s: float
    """Seconds that machines would be billed for if each were let go whenever nobody wants it for longer than a start
    takes, and started so early that nobody waits for it."""
    launches: int
    """Machines ordered."""
    peak: int
    """The most machines at once."""


class _State(IntEnum):
    STARTING, IDLE, BUSY, LEAVING, GONE = range(5)


_READY, _DONE, _GIVE_BACK = range(3)
_Event = tuple[float, int, int, int]
"""When, number of the event, kind, machine. A machine's latest event alone counts."""


def simulate(day: Day, policy: Policy, machines: Machines, *, seed: int = 1, short_first: bool = False) -> Outcome:
    """Let a day go by.

    It ends when the day is over and every film has all its pictures; machines are billed until then.

    Args:
        day: Its films and losses.
        policy: Says how many machines there shall be. It remembers: give each day a new one.
        machines: How long they take to start, and the like.
        seed: Of cold starts, and of whom Kubernetes lets go.
        short_first: Whether short films have more turns than long ones.

    Returns:
        What became of it.
    """
    return _Simulation(day, policy, machines, seed, Films(day, short_first=short_first)).run()


class _Simulation:
    def __init__(self, day: Day, policy: Policy, machines: Machines, seed: int, films: Films) -> None:
        self.day, self.policy, self.machines = day, policy, machines
        self.films = films
        self.chance = random.Random(seed)
        self.heap: list[_Event] = []
        self.events = 0
        self.last = DAY_S
        """When the last film was done, or the day's end where that is later."""
        self.counted = self.peak = 0
        """Machines that start, wait or paint; and the most there were."""
        self.billed = self.lost = self.needed = 0.0
        # Of each machine, by its number:
        self.state: list[_State] = []
        self.film: list[int] = []
        self.batch: list[int] = []
        self.since: list[float] = []
        """When it began what it does."""
        self.born: list[float] = []
        self.token: list[int] = []
        """The number of its latest event."""
        self.place: list[int] = []
        """Where it stands in `ready`; -1 for those that are not."""
        # Machines by their state; of `idle` and `starting` some may have another one by now.
        self.ready: list[int] = []
        self.idle: list[int] = []
        self.starting: list[int] = []

    def run(self) -> Outcome:
        day, heap = self.day, self.heap
        for _ in range(self.machines.warm):
            self._settle_in(self._order(0.0), 0.0)
        losses = deque(day.losses if self.machines.lost else ())
        film, left, tick = 0, day.films, 0.0
        while True:
            now, kind = tick, "look"
            if film < day.films and day.arrivals[film] <= now:
                now, kind = day.arrivals[film], "film"
            if losses and losses[0][0] < now:
                now, kind = losses[0][0], "loss"
            if heap and heap[0][0] < now:
                now, kind = heap[0][0], "machine"
            if not left and now >= DAY_S:
                return self._outcome()
            if kind == "machine":
                _, number, what, machine = heapq.heappop(heap)
                if self.token[machine] == number:
                    left -= self._happen(now, what, machine)
            elif kind == "film":
                self.films.arrive(film)
                self._feed(now)
                film += 1
            elif kind == "loss":
                self._take_back(losses.popleft()[1], now)
            else:
                films = self.films
                seen = Seen(films.waiting, films.running, films.unasked, self.counted)
                self._settle(self.policy.wanted(now, seen), now)
                tick += self.policy.period_s

    def _outcome(self) -> Outcome:
        there = zip(self.born, self.state, strict=True)
        arrivals = self.day.arrivals
        return Outcome(
            first_frame_s=[at - came for at, came in zip(self.films.first, arrivals, strict=True)],
            film_s=[at - came for at, came in zip(self.films.done, arrivals, strict=True)],
            billed_s=self.billed + sum(self.last - born for born, state in there if state is not _State.GONE),
            work_s=self.day.work_s,
            lost_s=self.lost,
            needed_s=self.day.work_s + self.needed,
            launches=len(self.state),
            peak=self.peak,
        )

    def _happen(self, now: float, what: int, machine: int) -> int:
        """Let a machine be ready, be done with a batch, or give it back.

        Returns:
            1 where a film got its last picture, else 0.
        """
        if what == _READY:
            self._settle_in(machine, now)
            return 0
        if what == _GIVE_BACK:
            spent = now - self.since[machine]
            self.lost += self.films.give_back(self.film[machine], self.batch[machine], spent)
            self._end(machine, now)
            self._feed(now)
            return 0
        ended = self.films.finish(self.film[machine], now)
        if ended:
            self.last = max(self.last, now)
        if self.state[machine] is _State.LEAVING:
            self._end(machine, now)
        elif self.films.waiting:
            self._begin(machine, now)
        else:
            self.state[machine], self.since[machine] = _State.IDLE, now
            self.idle.append(machine)
        self._feed(now)
        return int(ended)

    def _begin(self, machine: int, now: float) -> None:
        """Give a machine the batch whose turn it is."""
        film, batch = self.films.take()
        self.state[machine], self.since[machine] = _State.BUSY, now
        self.film[machine], self.batch[machine] = film, batch
        self._later(now + self.films.seconds(batch), _DONE, machine)

    def _feed(self, now: float) -> None:
        """Give work to machines that have none, who was busy last first."""
        while self.films.waiting and self.idle:
            machine = self.idle.pop()
            if self.state[machine] is _State.IDLE:
                # Nobody would keep it for longer than a new one takes to start.
                self.needed += min(now - self.since[machine], self.machines.cold_start_s)
                self._begin(machine, now)

    def _later(self, at: float, what: int, machine: int) -> None:
        self.events += 1
        self.token[machine] = self.events
        heapq.heappush(self.heap, (at, self.events, what, machine))

    # Machines that come and go ------------------------------------------------------------------------------------

    def _order(self, now: float) -> int:
        machine = len(self.state)
        self.state.append(_State.STARTING)
        self.film.append(-1)
        self.batch.append(-1)
        self.since.append(now)
        self.born.append(now)
        self.token.append(0)
        self.place.append(-1)
        self.counted += 1
        self.peak = max(self.peak, self.counted)
        return machine

    def _settle_in(self, machine: int, now: float) -> None:
        self.place[machine] = len(self.ready)
        self.ready.append(machine)
        self.state[machine] = _State.IDLE
        # Of a machine that was there from the beginning, what is needed at first is its start.
        self.since[machine] = now or -math.inf
        self.idle.append(machine)
        self._feed(now)

    def _settle(self, wanted: int, now: float) -> None:
        """Order machines, or let some go, until there are as many as wanted."""
        sigma, median = self.machines.cold_start_sigma, self.machines.cold_start_s
        while self.counted < wanted:
            machine = self._order(now)
            self.starting.append(machine)
            self._later(now + median * math.exp(sigma * self.chance.gauss(0, 1)), _READY, machine)
        while self.counted > wanted:
            self._leave(self._victim(), now, self.machines.drain_s)

    def _victim(self) -> int:
        """Choose who goes: as Kubernetes does, who is not ready, the youngest first; then blindly, or who is idle."""
        while self.starting:
            machine = self.starting.pop()
            if self.state[machine] is _State.STARTING:
                return machine
        while self.policy.spares and self.idle:
            machine = self.idle.pop()
            if self.state[machine] is _State.IDLE:
                return machine
        return self.ready[self.chance.randrange(len(self.ready))]

    def _leave(self, machine: int, now: float, drain_s: float) -> None:
        """Tell a machine to go: at once if it paints nothing; else when its batch is done, or its time is over."""
        self.counted -= 1
        if self.state[machine] is not _State.BUSY:
            self._end(machine, now)
            return
        self._stand_down(machine)
        self.state[machine] = _State.LEAVING
        if self.since[machine] + self.films.seconds(self.batch[machine]) > now + drain_s:
            self._later(now + drain_s, _GIVE_BACK, machine)

    def _stand_down(self, machine: int) -> None:
        """Take a machine off the list of those that may be let go."""
        place = self.place[machine]
        if place >= 0:
            last = self.ready[-1]
            self.ready[place], self.place[last] = last, place
            self.ready.pop()
            self.place[machine] = -1

    def _end(self, machine: int, now: float) -> None:
        self._stand_down(machine)
        self.state[machine] = _State.GONE
        self.token[machine] = 0
        self.billed += now - self.born[machine]

    def _take_back(self, pool: int, now: float) -> None:
        """Take back all machines of a pool; as many are ordered anew, as a Deployment does."""
        wanted, pools = self.counted, self.machines.pools
        self.starting = [machine for machine in self.starting if self.state[machine] is _State.STARTING]
        there = [*self.ready, *self.starting]
        for machine in there:
            if machine % pools == pool:
                self._leave(machine, now, min(self.machines.drain_s, self.machines.notice_s))
        self._settle(wanted, now)
