"""Anything, at random, by many tasks at once; then whether it all adds up."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from accounts.ledger import month_of, renew_allowances
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Money
from infrastructure.ids import new_id
from schemas.credits import EntryType
from schemas.enums import Tier
from schemas.errors import InputError
from tests.accounts.purse import replayed
from tests.accounts.users import balance, grant, history, leave, new_user, purchase, refund, reserve, settle

USERS = 32
FILMS_KNOWN = 40
KINDS = {
    "reserve": 400,
    "settle": 350,
    "purchase": 70,
    "refund": 70,
    "grant": 70,
    "balance": 20,
    "renew": 10,
    "leave": 2,
}
"""What is done, and how often in comparison."""
LATEST = 9000
"""Months go on to this year, and then stand still."""


class Bustle:
    """Random use of a few accounts: clicks that are repeated, films that end twice, purchases paid back, months."""

    def __init__(self, db: Database, seed: int, users: int = USERS) -> None:
        self._db = db
        self._count = users
        self._random = Random(seed)
        self._users: list[UUID] = []
        self._gone: list[UUID] = []
        self._films: list[UUID] = []
        self._keys: list[tuple[UUID, str, int]] = []
        self._now = datetime.now(UTC)
        self.did: Counter[str] = Counter()
        self.had_effect: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    async def run(self, operations: int, tasks: int) -> None:
        """Do so many things, so many at once."""
        while len(self._users) < self._count:
            self._users.append(await new_user(self._db, self._random.randint(0, 30), self._random.choice(list(Tier))))
        left = iter(range(operations))

        async def work() -> None:
            for _ in left:
                await self._something()

        await asyncio.gather(*(work() for _ in range(tasks)))

    async def _something(self) -> None:
        kind = self._random.choices(list(KINDS), list(KINDS.values()))[0]
        try:
            effect = await getattr(self, f"_{kind}")()
        except InputError as error:
            self.refused[error.code] += 1
            effect = False
        self.did[kind] += 1
        self.had_effect[kind] += bool(effect)

    def _film(self) -> UUID:
        """A new film most of the time; else one of those before: a second click."""
        if not self._films or self._random.random() < 0.8:
            self._films = [*self._films[-FILMS_KNOWN:], new_id()]
        return self._random.choice(self._films[-4:])

    async def _reserve(self) -> bool:
        return await reserve(self._db, self._random.choice(self._users), self._random.randint(1, 8), self._film())

    async def _settle(self) -> bool:
        if not self._films:
            return False
        settled = await settle(self._db, self._random.choice(self._films), self._random.randint(0, 9))
        return settled is not None and settled.settled_now

    async def _purchase(self) -> bool:
        if not self._keys or self._random.random() < 0.7:
            self._keys.append((self._random.choice(self._users), str(new_id()), self._random.randint(1, 20)))
        user, key, credits = self._random.choice(self._keys[-5:])
        return await purchase(self._db, user, credits, key)

    async def _refund(self) -> bool:
        if not self._keys:
            return False
        _, key, credits = self._random.choice(self._keys)
        return await refund(self._db, key, self._random.randint(1, credits + 1)) > 0

    async def _grant(self) -> bool:
        key = f"{self._now:%Y-%m}-{self._random.randint(0, 2000)}"
        return await grant(self._db, self._random.choice(self._users), self._random.randint(1, 15), key)

    async def _balance(self) -> bool:
        return (await balance(self._db, self._random.choice(self._users))).credits >= 0

    async def _renew(self) -> bool:
        if self._now.year < LATEST:
            _, following = month_of(self._now)
            self._now = datetime.combine(following, self._now.timetz())
        return await renew_allowances(self._db, self._now) > 0

    async def _leave(self) -> bool:
        at = self._random.randrange(len(self._users))
        newcomer = await new_user(self._db, self._random.randint(0, 30))
        gone, self._users[at] = self._users[at], newcomer
        self._gone.append(gone)
        await leave(self._db, gone)
        return True

    async def check(self) -> int:
        """See that each account is what the model makes of its ledger, and that nothing contradicts itself.

        Returns:
            How many entries were gone through.
        """
        entries = 0
        wrote: Counter[str] = Counter()
        for user in [*self._users, *self._gone]:
            told = await history(self._db, user)
            entries += len(told)
            wrote.update(entry.type for entry in told)
            purse = replayed(told)
            if user in self._users:
                has = await balance(self._db, user)
                assert purse.agrees(has), (user, purse, has)
            else:
                assert (purse.tokens, purse.held, purse.owed) == ([], {}, 0)
        assert wrote[EntryType.RESERVE] == self.had_effect["reserve"]
        assert wrote[EntryType.CAPTURE] + wrote[EntryType.RELEASE] == self.had_effect["settle"]
        assert wrote[EntryType.PURCHASE] == self.had_effect["purchase"]
        assert wrote[EntryType.GRANT] == self.had_effect["grant"]
        assert wrote[EntryType.REFUND] == self.had_effect["refund"]
        async with self._db.begin() as session:
            assert await Money(session).faults(100) == []
        return entries
