"""One reading of a film serves all pages of its shots, as long as it may."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from api.usecases import shot_readings
from api.usecases.shot_readings import KEPT_S, FilmState, ShotReadings
from schemas.enums import ShotSize
from schemas.versions import ShotReport, ShotState

FILM, OTHER = UUID(int=1), UUID(int=2)
NOW = FilmState(revision=0, version=None, last_event=5)


def shots(count: int) -> list[ShotReport]:
    report = ShotReport(
        id="s001-001",
        key="k",
        scene=0,
        slugline="",
        size=ShotSize.MS,
        frames=1,
        seconds=1.0,
        state=ShotState.MISSING,
    )
    return [report] * count


@dataclass
class Desk:
    """Where films are read."""

    length: int = 3
    read: list[UUID] = field(default_factory=list)
    now: float = 100.0
    breaks: bool = False

    def __post_init__(self) -> None:
        self.readings = ShotReadings(lambda: self.now)

    async def asks(
        self, state: FilmState = NOW, *, begins: bool = True, film: UUID = FILM, length: int | None = None
    ) -> Sequence[ShotReport]:
        async def read() -> list[ShotReport]:
            self.read.append(film)
            await asyncio.sleep(0)
            if self.breaks:
                raise ValueError("torn")
            return shots(self.length if length is None else length)

        return await self.readings.of(film, state, read, begins=begins)


async def test_all_pages_come_from_one_reading() -> None:
    desk = Desk()
    first = await desk.asks()
    pages = [await desk.asks(begins=False) for _ in range(14)]
    assert all(page is first for page in pages)
    assert desk.read == [FILM]


async def test_many_who_ask_at_once_wait_for_the_first() -> None:
    desk = Desk()
    await asyncio.gather(*(desk.asks(begins=bool(number % 2)) for number in range(20)))
    assert desk.read == [FILM]


async def test_a_list_that_begins_after_an_event_is_of_the_film_as_it_is_then() -> None:
    desk = Desk()
    await desk.asks()
    later = NOW._replace(last_event=6)
    await desk.asks(later, begins=False)  # a list that goes on
    assert len(desk.read) == 1
    await desk.asks(later)
    assert len(desk.read) == 2


@pytest.mark.parametrize("state", [NOW._replace(revision=1), NOW._replace(version=0)])
async def test_no_list_goes_on_in_another_version(state: FilmState) -> None:
    desk = Desk()
    await desk.asks()
    await desk.asks(state, begins=False)
    assert len(desk.read) == 2


@pytest.mark.parametrize("begins", [True, False])
async def test_a_reading_serves_for_a_minute(begins: bool) -> None:
    desk = Desk()
    await desk.asks()
    desk.now += KEPT_S - 1
    await desk.asks(begins=begins)
    assert len(desk.read) == 1
    desk.now += 1
    await desk.asks(begins=begins)
    assert len(desk.read) == 2


async def test_what_could_not_be_read_is_read_anew() -> None:
    desk = Desk(breaks=True)
    answers = await asyncio.gather(desk.asks(), desk.asks(), return_exceptions=True)
    assert [str(one) for one in answers] == ["torn", "torn"]
    desk.breaks = False
    assert len(await desk.asks()) == 3


async def test_so_many_shots_are_kept_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shot_readings, "KEPT_SHOTS", 10)
    desk = Desk()
    await desk.asks(length=6)
    await desk.asks(film=OTHER, length=4)
    await desk.asks()
    assert desk.read == [FILM, OTHER]
    third = UUID(int=3)
    await desk.asks(film=third, length=5)
    await desk.asks(film=OTHER)
    assert desk.read == [FILM, OTHER, third]  # the first had to go
    await desk.asks(film=FILM, length=11)  # longer than all that is kept, and kept all the same
    await desk.asks(film=FILM)
    assert desk.read == [FILM, OTHER, third, FILM]


async def test_what_serves_no_longer_is_forgotten() -> None:
    desk = Desk()
    await desk.asks()
    desk.now += KEPT_S
    await desk.asks(film=OTHER)
    assert list(desk.readings._kept) == [OTHER]
