"""On what terms somebody has one more film: what their tier allows, and what they can pay for."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from accounts import ledger
from accounts.prices import prices
from infrastructure.db.repositories.jobs import Jobs
from schemas.enums import Tier
from schemas.errors import Conflict, TooManyRequests
from schemas.jobs import FilmInput, FilmOptions

DAY = timedelta(days=1)
LATER_S = 3600.0
"""When whoever has ordered all drafts of a day may ask again: there will be room for one more some time today."""


class Terms:
    """Lets a user have one more film, or one more version of one, if their tier allows it and they can pay for it."""

    def __init__(self, tier: Tier, price: int, at_most: int | None = None) -> None:
        """Know the terms.

        Args:
            tier: The user's.
            price: What it costs at most.
            at_most: What they have agreed to; None leaves that open.
        """
        self._terms = prices().terms(tier)
        self._price = price
        self._at_most = at_most

    async def expect(self, session: AsyncSession, user_id: UUID, options: FilmOptions) -> None:
        """See, before more is done for it, that a new film of a user would be let in; nothing is set aside.

        Args:
            session: A transaction.
            user_id: The user.
            options: The film's.

        Raises:
            Conflict: It costs more than they have agreed to, or they have as many films in work as they may.
            TooManyRequests: They have ordered as many drafts today as they may.
            InsufficientCredits: It costs more than they have.
            AccountFrozen: It costs something, and they owe credits.
        """
        await self._allow(session, user_id, options, more=1)
        await ledger.must_have(session, user_id=user_id, price=self._price)

    async def __call__(self, session: AsyncSession, film: FilmInput, /) -> None:
        """See `api.usecases.submit_film.Admit`."""
        await self._allow(session, film.user_id, film.options, more=0)
        await ledger.reserve(session, user_id=film.user_id, job_id=film.job_id, rev=film.rev, price=self._price)

    async def _allow(self, session: AsyncSession, user_id: UUID, options: FilmOptions, *, more: int) -> None:
        """Hold price and tier against what is there already, and so many more."""
        if self._at_most is not None and self._price > self._at_most:
            raise Conflict(
                f"It costs {self._price} credits, not {self._at_most}: ask for a new quote, and order it for that."
            )
        most, a_day = self._terms.films_at_once, self._terms.drafts_a_day
        jobs = Jobs(session)
        if await jobs.count_open(user_id) + more > most:
            films = "film" if most == 1 else "films"
            raise Conflict(f"Your tier makes {most} {films} at once; wait until one is ready, or cancel one first.")
        if not prices().a_minute(options) and await jobs.count_drafts(user_id, DAY) + more > a_day:
            raise TooManyRequests(
                f"Your tier makes {a_day} drafts a day; the next one can be ordered later.",
                retry_after_s=LATER_S,
                limit=a_day,
            )
