"""Who asks the same at the same time has one answer."""

from __future__ import annotations

import asyncio

import pytest

from infrastructure.together import Together


class Asked:
    """A question that is answered when it is told to."""

    def __init__(self) -> None:
        self.times = 0
        self.go = asyncio.Event()

    async def __call__(self) -> int:
        self.times += 1
        number = self.times
        await self.go.wait()
        return number


async def test_many_have_one_answer_and_who_comes_later_another() -> None:
    together, asked = Together[int](), Asked()
    many = [asyncio.create_task(together.ask("key", asked)) for _ in range(50)]
    await asyncio.sleep(0)
    asked.go.set()
    assert await asyncio.gather(*many) == [1] * 50
    assert await together.ask("key", asked) == 2


async def test_questions_of_different_keys_are_asked_each() -> None:
    together, asked = Together[int](), Asked()
    asked.go.set()
    assert sorted(await asyncio.gather(*(together.ask(key, asked) for key in range(3)))) == [1, 2, 3]


async def test_who_goes_away_takes_the_answer_from_nobody() -> None:
    together, asked = Together[int](), Asked()
    first, second = (asyncio.create_task(together.ask("key", asked)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    asked.go.set()
    assert await second == 1
    assert first.cancelled()


async def test_who_begins_anew_is_not_answered_by_a_question_from_before() -> None:
    together, asked = Together[int](), Asked()
    before = asyncio.create_task(together.ask("key", asked))
    await asyncio.sleep(0)
    together.begin_anew("key")
    after = asyncio.create_task(together.ask("key", asked))
    await asyncio.sleep(0)
    asked.go.set()
    assert (await before, await after) == (1, 2)
    assert await together.ask("key", asked) == 3


async def test_who_comes_in_the_moment_of_an_answer_is_not_answered_by_it() -> None:
    together, asked = Together[int](), Asked()

    async def comes() -> int:
        await asked.go.wait()  # woken right behind the question, before anybody could forget it
        return await together.ask("key", asked)

    first = asyncio.create_task(together.ask("key", asked))
    while not asked.times:
        await asyncio.sleep(0)
    late = asyncio.create_task(comes())
    await asyncio.sleep(0)
    asked.go.set()
    assert (await first, await late) == (1, 2)


async def test_an_error_is_everybodys_and_not_kept() -> None:
    together = Together[int]()

    async def fails() -> int:
        raise ValueError("no")

    found = await asyncio.gather(*(together.ask("key", fails) for _ in range(3)), return_exceptions=True)
    assert [str(one) for one in found] == ["no"] * 3
    with pytest.raises(ValueError, match="no"):
        await together.ask("key", fails)
