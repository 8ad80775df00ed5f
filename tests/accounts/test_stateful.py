"""Long random stories of a few accounts, told to the database and to the model."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts import ledger
from accounts.ledger import renew_allowances
from accounts.prices import prices
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Money
from infrastructure.ids import new_id
from schemas.enums import Tier
from schemas.errors import InputError
from tests.accounts.purse import Purse, Refused, replayed
from tests.accounts.users import balance, grant, history, leave, new_user, purchase, refund, reserve, settle
from tests.effort import tries

pytestmark = pytest.mark.lab

T = TypeVar("T")
ACCOUNTS = 2
WHO = st.integers(0, ACCOUNTS - 1)
FILMS = st.integers(0, 5)
KEYS = st.integers(0, 3)
CREDITS = st.integers(1, 12)


class Story(RuleBasedStateMachine):
    """What happens to a few accounts. After each event, they are what the model says."""

    dsn = ""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._db = Database(self.dsn)

    def _do(self, awaitable: Awaitable[T]) -> T:
        return self._loop.run_until_complete(awaitable)

    @initialize(credits=st.lists(st.integers(0, 9), min_size=ACCOUNTS, max_size=ACCOUNTS), tier=st.sampled_from(Tier))
    def begin(self, credits: list[int], tier: Tier) -> None:
        self._tier = tier
        self._users = [self._do(new_user(self._db, one, tier)) for one in credits]
        self._purses = [Purse(["m"] * one) for one in credits]
        self._films = [[new_id() for _ in range(6)] for _ in credits]
        self._keys = [[str(new_id()) for _ in range(4)] for _ in credits]
        due = self._do(balance(self._db, self._users[0])).resets_on
        self._now = datetime(due.year, due.month, due.day, tzinfo=UTC) - timedelta(hours=1)
        self._renewed = 0

    def _same(self, act: Callable[[], Awaitable[object]], model: Callable[[], object]) -> None:
        """Do something in both worlds: the same comes of it, or the same refusal."""
        refused = expected = None
        try:
            expected = model()
        except Refused as refusal:
            refused = str(refusal)
        if refused is None:
            assert self._do(act()) == expected
            return
        with pytest.raises(InputError) as caught:
            self._do(act())
        assert caught.value.code == refused

    @rule(who=WHO, film=FILMS, price=CREDITS)
    def ask_for_a_film(self, who: int, film: int, price: int) -> None:
        job = self._films[who][film]
        self._same(
            lambda: reserve(self._db, self._users[who], price, job),
            lambda: self._purses[who].reserve((job, 0), price),
        )

    @rule(who=WHO, film=FILMS, captured=st.integers(0, 14))
    def end_a_film(self, who: int, film: int, captured: int) -> None:
        job = self._films[who][film]

        async def ended() -> tuple[int, int] | None:
            one = await settle(self._db, job, captured)
            return None if one is None else (one.captured, one.released)

        self._same(ended, lambda: self._purses[who].settle((job, 0), captured))

    @rule(who=WHO, key=KEYS, credits=CREDITS)
    def buy(self, who: int, key: int, credits: int) -> None:
        purse, name = self._purses[who], self._keys[who][key]
        credits = purse.bought.get(name, credits)
        self._same(lambda: purchase(self._db, self._users[who], credits, name), lambda: purse.purchase(name, credits))

    @rule(who=WHO, key=KEYS, total=CREDITS)
    def pay_back(self, who: int, key: int, total: int) -> None:
        purse, name = self._purses[who], self._keys[who][key]
        self._same(lambda: refund(self._db, name, total), lambda: purse.refund(name, total))

    @rule(who=WHO, credits=CREDITS)
    def give(self, who: int, credits: int) -> None:
        name = self._keys[who][0]
        given = name in self._purses[who].given
        if not given:
            self._same(
                lambda: grant(self._db, self._users[who], credits, name),
                lambda: self._purses[who].grant(name, credits),
            )

    @rule(hours=st.sampled_from([1, 1, 24, 24 * 20, 24 * 28, 24 * 31, 24 * 70, 24 * 366]))
    def time_goes_by(self, hours: int) -> None:
        before = self._now
        self._now += timedelta(hours=hours)
        renewed = self._do(renew_allowances(self._db, self._now))
        if (before.year, before.month) == (self._now.year, self._now.month):
            assert renewed == 0
            return
        assert renewed == ACCOUNTS
        for purse in self._purses:
            purse.renew(prices().terms(self._tier).allowance)

    @invariant()
    def accounts_are_what_the_model_says(self) -> None:
        self._do(self._agree())

    async def _agree(self) -> None:
        async with self._db.begin() as session:
            for user, purse in zip(getattr(self, "_users", []), getattr(self, "_purses", []), strict=True):
                found = await ledger.balance(session, user)
                assert purse.agrees(found), (purse, found)

    def teardown(self) -> None:
        try:
            if hasattr(self, "_users"):
                self._end()
        finally:
            self._do(self._db.close())
            self._loop.close()

    def _end(self) -> None:
        for user, purse in zip(self._users, self._purses, strict=True):
            again = replayed(self._do(history(self._db, user)))
            assert (sorted(again.tokens), again.owed) == (sorted(purse.tokens), purse.owed)
        self._do(leave(self._db, *self._users))
        self._do(self._sound())

    async def _sound(self) -> None:
        async with self._db.begin() as session:
            assert await Money(session).faults(10) == []


def test_accounts_are_what_the_model_says(ledger_dsn: str) -> None:
    told = type("Told", (Story,), {"dsn": ledger_dsn})
    run_state_machine_as_test(
        told,
        settings=settings(
            max_examples=tries(60, 8),
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
