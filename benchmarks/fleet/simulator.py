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


def simulate(day: Day, policy: Policy, machines: Machines, *, seed: int = 1) -> Outcome:
    """Let a day go by.

    Films are served in turns, a batch each, as Temporal's fairness by user does; within a film, batches in order.
    It ends when the day is over and every film has all its pictures; machines are billed until then.

    Args:
        day: Its films and losses.
        policy: Says how many machines there shall be. It remembers: give each day a new one.
        machines: How long they take to start, and the like.
        seed: Of cold starts, and of whom Kubernetes lets go.

    Returns:
        What became of it.
    """
    return _Simulation(day, policy, machines, seed).run()


class _Simulation:
    def __init__(self, day: Day, policy: Policy, machines: Machines, seed: int) -> None:
        self.day, self.policy, self.machines = day, policy, machines
        self.chance = random.Random(seed)
        films = day.films
        self.next_batch = list(day.first_batch[:-1])
        self.unstarted = [after - first for first, after in zip(day.first_batch, day.first_batch[1:], strict=False)]
        self.unfinished = list(self.unstarted)
        self.in_hand = [0] * films
        self.asked = [0] * films
        """Of each film, batches that wait: as many as its window has room for."""
        self.returned: dict[int, list[int]] = {}
        self.pictures = list(day.pictures)
        self.first = [math.nan] * films
        self.done = [math.nan] * films
        self.turns: deque[int] = deque()
        """Films that ask for something, each once."""
        self.waiting = self.running = self.unasked = 0
        self.state: list[_State] = []
        self.batch: list[int] = []
        self.film: list[int] = []
        self.since: list[float] = []
        """When a machine began what it does."""
        self.token: list[int] = []
        self.place: list[int] = []
        """Where a machine stands in `ready`; -1 for those that are not."""
        self.born: list[float] = []
        self.ready: list[int] = []
        self.idle: list[int] = []
        self.starting: list[int] = []
        self.counted = self.events = self.peak = 0
        self.heap: list[_Event] = []
        self.billed = self.lost = self.needed = 0.0
        self.last = DAY_S
        """When the last film was done, or the day's end where that is later."""

    # The day ------------------------------------------------------------------------------------------------------

    def run(self) -> Outcome:
        day, heap = self.day, self.heap
        for _ in range(self.machines.warm):
            self._settle_in(self._order(0.0), 0.0)
        losses = deque(day.losses if self.machines.lost else ())
        arrivals, films, film, left = day.arrivals, day.films, 0, day.films
        tick = 0.0
        while True:
            now = tick
            kind = 0
            if film < films and arrivals[film] <= now:
                now, kind = arrivals[film], 1
            if losses and losses[0][0] < now:
                now, kind = losses[0][0], 2
            if heap and heap[0][0] < now:
                now, kind = heap[0][0], 3
            if not left and now >= DAY_S:
                break
            if kind == 3:
                _, number, what, machine = heapq.heappop(heap)
                if self.token[machine] == number:
                    left -= self._happen(now, what, machine)
            elif kind == 1:
                self._arrive(film, now)
                film += 1
            elif kind == 2:
                self._take_back(losses.popleft()[1], now)
            else:
                seen = Seen(self.waiting, self.running, self.unasked, self.counted)
                self._settle(self.policy.wanted(now, seen), now)
                tick += self.policy.period_s
        return self._outcome(self.last)

    def _outcome(self, end: float) -> Outcome:
        billed = self.billed + sum(
            end - born for born, state in zip(self.born, self.state, strict=True) if state is not _State.GONE
        )
        arrivals = self.day.arrivals
        return Outcome(
            first_frame_s=[at - came for at, came in zip(self.first, arrivals, strict=True)],
            film_s=[at - came for at, came in zip(self.done, arrivals, strict=True)],
            billed_s=billed,
            work_s=self.day.work_s,
            lost_s=self.lost,
            needed_s=self.day.work_s + self.needed,
            launches=len(self.state),
            peak=self.peak,
        )

    def _happen(self, now: float, what: int, machine: int) -> int:
        """Let a machine be ready, be done, or give back.

        Returns:
            1 where a film got its last picture, else 0.
        """
        if what == _READY:
            self._settle_in(machine, now)
            return 0
        film = self.film[machine]
        self.running -= 1
        self.in_hand[film] -= 1
        if what == _GIVE_BACK:
            self._give_back(machine, film, now)
            self._end(machine, now)
            self._ask(film)
            self._feed(now)
            return 0
        ended = 0
        if self.first[film] != self.first[film]:  # not a number yet
            self.first[film] = now
        self.unfinished[film] -= 1
        if not self.unfinished[film]:
            self.done[film] = now
            self.last = max(self.last, now)
            ended = 1
        self._ask(film)
        if self.state[machine] is _State.LEAVING:
            self._end(machine, now)
        elif self.waiting:
            self._begin(machine, now)
        else:
            self.state[machine], self.since[machine] = _State.IDLE, now
            self.idle.append(machine)
        if self.waiting and self.idle:
            self._feed(now)
        return ended

    # Films --------------------------------------------------------------------------------------------------------

    def _arrive(self, film: int, now: float) -> None:
        self.unasked += self.unstarted[film]
        self._ask(film)
        self._feed(now)

    def _ask(self, film: int) -> None:
        """Ask for as many batches of a film as its window has room for."""
        room = self.day.windows[film] - self.in_hand[film]
        asked = room if room < self.unstarted[film] else self.unstarted[film]
        before = self.asked[film]
        if asked != before:
            self.asked[film] = asked
            self.waiting += asked - before
            self.unasked -= asked - before
            if not before:
                self.turns.append(film)

    def _begin(self, machine: int, now: float) -> None:
        """Give a machine the batch whose turn it is."""
        film = self.turns.popleft()
        returned = self.returned.get(film)
        if returned:
            batch = returned.pop()
        else:
            batch = self.next_batch[film]
            self.next_batch[film] = batch + 1
        self.unstarted[film] -= 1
        self.in_hand[film] += 1
        self.waiting -= 1
        self.running += 1
        asked = self.asked[film] - 1
        self.asked[film] = asked
        if asked:
            self.turns.append(film)
        self.state[machine], self.film[machine], self.batch[machine] = _State.BUSY, film, batch
        self.since[machine] = now
        self._later(now + self.pictures[batch] * self.day.paces[batch], _DONE, machine)

    def _give_back(self, machine: int, film: int, now: float) -> None:
        batch, spent = self.batch[machine], now - self.since[machine]
        pace = self.day.paces[batch]
        finished = min(int(spent / pace + 1e-9), self.pictures[batch] - 1)
        self.lost += spent - finished * pace
        self.pictures[batch] -= finished
        self.returned.setdefault(film, []).append(batch)
        self.unstarted[film] += 1
        self.unasked += 1

    def _feed(self, now: float) -> None:
        idle, state = self.idle, self.state
        while self.waiting and idle:
            machine = idle.pop()
            if state[machine] is _State.IDLE:
                # Nobody would keep it for longer than a new one takes to start.
                self.needed += min(now - self.since[machine], self.machines.cold_start_s)
                self._begin(machine, now)

    # Machines -----------------------------------------------------------------------------------------------------

    def _later(self, at: float, what: int, machine: int) -> None:
        self.events += 1
        self.token[machine] = self.events
        heapq.heappush(self.heap, (at, self.events, what, machine))

    def _order(self, now: float) -> int:
        machine = len(self.state)
        self.state.append(_State.STARTING)
        self.batch.append(-1)
        self.film.append(-1)
        self.since.append(now)
        self.token.append(0)
        self.place.append(-1)
        self.born.append(now)
        self.counted += 1
        self.peak = max(self.peak, self.counted)
        return machine

    def _settle_in(self, machine: int, now: float) -> None:
        self.place[machine] = len(self.ready)
        self.ready.append(machine)
        self.state[machine] = _State.IDLE
        # Of a machine that never worked, all that it needs is its start.
        self.since[machine] = -math.inf if not now else now
        self.idle.append(machine)
        self._feed(now)

    def _settle(self, wanted: int, now: float) -> None:
        """Order machines, or let some go, until there are as many as wanted."""
        sigma, median = self.machines.cold_start_sigma, self.machines.cold_start_s
        while self.counted < wanted:
            machine = self._order(now)
            self.starting.append(machine)
            takes = median * math.exp(sigma * self.chance.gauss(0, 1))
            self._later(now + takes, _READY, machine)
        while self.counted > wanted:
            self._leave(self._victim(), now, self.machines.drain_s)

    def _victim(self) -> int:
        """Choose who goes: as Kubernetes does, who is not ready, the youngest first; then blindly, or who is idle."""
        while self.starting:
            machine = self.starting.pop()
            if self.state[machine] is _State.STARTING:
                return machine
        if self.policy.spares:
            while self.idle:
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
        batch = self.batch[machine]
        done = self.since[machine] + self.pictures[batch] * self.day.paces[batch]
        if done > now + drain_s:
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
        wanted = self.counted
        pools = self.machines.pools
        gone = [machine for machine in self.ready if machine % pools == pool]
        self.starting = [machine for machine in self.starting if self.state[machine] is _State.STARTING]
        gone += [machine for machine in self.starting if machine % pools == pool]
        for machine in gone:
            self._leave(machine, now, min(self.machines.drain_s, self.machines.notice_s))
        self._settle(wanted, now)
