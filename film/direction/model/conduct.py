"""A film directed by a model: asks about each stretch, takes what is of use, and lets the rules do the rest."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from film.direction.model.answer import Refused, SceneAnswer, parse_answer
from film.direction.model.merge import Directed, merged, shots_from
from film.direction.model.port import Answers, Director
from film.direction.model.request import request_of
from film.direction.model.stretches import Stretch, stretches_of
from schemas.base import canonical_json
from schemas.director import ModelRequest
from schemas.enums import DirectedBy
from schemas.errors import DirectorUnavailable
from schemas.script import Breakdown, Direction

MOST_ASKED = 2000
"""Stretches of one film that are put to a model."""
GIVE_UP_AFTER = 8
"""So many failures in a row, whatever they are, end the asking: a model that cannot do it costs no more."""
MOST_NOTES = 50
_NAMED_SCENES = 6


async def direct_with(
    director: Director,
    breakdown: Breakdown,
    *,
    answers: Answers | None = None,
    exact: bool = False,
    tell: Callable[[int, int], None] | None = None,
) -> Breakdown:
    """Let a model direct what the rules have directed.

    For each stretch either the model's answer is used, whole, or the rules' shots stay, and `direction.notes` says
    why. Nothing that a model does can keep a film from being made.

    Args:
        director: The model, and how long to wait for it.
        breakdown: The rules'.
        answers: What was answered before, asked first; what is of use is kept there.
        exact: Whether the film must stay as long as it is, to the frame: because that length was asked for.
        tell: Called with how many of how many stretches are settled.

    Returns:
        The breakdown, with the model's shots in the place of the rules'.
    """
    work = _Work(director, breakdown, answers, exact, tell)
    await work.prepare()
    await work.remember()
    await work.ask()
    return await asyncio.to_thread(work.result)


@dataclass
class _Work:
    """The asking for one film."""

    director: Director
    breakdown: Breakdown
    answers: Answers | None
    exact: bool
    tell: Callable[[int, int], None] | None
    stretches: list[Stretch] = field(default_factory=list)
    requests: list[ModelRequest] = field(default_factory=list)
    directed: dict[int, Directed] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    failures: int = 0
    over: str = ""
    """Why nothing more is asked."""

    async def prepare(self) -> None:
        """Write the questions."""
        await asyncio.to_thread(self._write)

    def _write(self) -> None:
        self.stretches = stretches_of(self.breakdown)
        self.requests = [request_of(stretch, self.breakdown) for stretch in self.stretches[:MOST_ASKED]]
        self.reasons = dict.fromkeys(range(MOST_ASKED, len(self.stretches)), "a model is not asked about so much")

    async def remember(self) -> None:
        """Take the answers that are known."""
        known = await self.answers.find(self.requests) if self.answers is not None else {}
        for index, request in enumerate(self.requests):
            if request.key in known:
                await asyncio.sleep(0)  # others live on this loop, heartbeats among them
                # What is of no use any more is asked for again.
                with suppress(Refused):
                    self._use(index, parse_answer(known[request.key]))
        self._say()

    async def ask(self) -> None:
        """Ask for the others, several at once, until the time is over."""
        waiting = deque(index for index in range(len(self.requests)) if index not in self.directed)
        patience = self.director.patience
        askers = [asyncio.create_task(self._asker(waiting)) for _ in range(min(patience.at_once, len(waiting)))]
        try:
            async with asyncio.timeout(patience.total_s) as limit:
                await asyncio.gather(*askers)
        except TimeoutError:
            if not limit.expired():
                raise
            self.over = "there was no time left for it"
        finally:
            for asker in askers:
                asker.cancel()
            await asyncio.gather(*askers, return_exceptions=True)

    async def _asker(self, waiting: deque[int]) -> None:
        while waiting and not self.over:
            index = waiting.popleft()
            try:
                await self._ask(index)
                self.failures = 0
            except (DirectorUnavailable, Refused) as error:
                self.reasons[index] = str(error)
                self._fail(error)
            self._say()

    async def _ask(self, index: int) -> None:
        request = self.requests[index]
        answer = parse_answer(await self.director.model.ask(request))
        self._use(index, answer)
        if self.answers is not None:
            await self.answers.keep(request, canonical_json(answer))

    def _use(self, index: int, answer: SceneAnswer) -> None:
        self.directed[index] = shots_from(self.stretches[index], answer, self.breakdown.fps, exact=self.exact)

    def _fail(self, error: Exception) -> None:
        self.failures += 1
        if isinstance(error, DirectorUnavailable) and error.final:
            self.over = str(error)
        elif self.failures >= GIVE_UP_AFTER:
            self.over = f"the model was given up after {GIVE_UP_AFTER} failures in a row"

    def _say(self) -> None:
        if self.tell is not None:
            self.tell(len(self.directed) + len(self.reasons), len(self.stretches))

    def result(self) -> Breakdown:
        """Put everything together."""
        asked, directed = len(self.stretches), len(self.directed)
        for index in range(asked):
            if index not in self.directed:
                self.reasons.setdefault(index, self.over)
        by = DirectedBy.BOTH if directed else DirectedBy.RULES
        direction = Direction(
            by=DirectedBy.MODEL if directed == asked else by,
            model=self.director.model.name,
            asked=asked,
            directed=directed,
            notes=_notes(self.stretches, self.reasons),
        )
        return merged(self.breakdown, self.stretches, self.directed, direction)


def _notes(stretches: Sequence[Stretch], reasons: dict[int, str]) -> tuple[str, ...]:
    """Say each reason once, with the scenes it is about."""
    scenes: dict[str, dict[int, None]] = {}
    for index, reason in sorted(reasons.items()):
        scenes.setdefault(reason, {}).setdefault(stretches[index].scene.index + 1)
    notes = [f"{_which(list(numbers))}: {reason}" for reason, numbers in scenes.items()]
    if len(notes) <= MOST_NOTES:
        return tuple(notes)
    return (*notes[:MOST_NOTES], f"and {len(notes) - MOST_NOTES} reasons more")


def _which(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"scene {numbers[0]}"
    named, more = numbers[:_NAMED_SCENES], len(numbers) - _NAMED_SCENES
    return f"scenes {', '.join(map(str, named))}" + (f" and {more} more" if more > 0 else "")
