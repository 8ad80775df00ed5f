"""`studio user`: accounts, by whoever sits at the installation."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from accounts.acting import Acting
from accounts.administration import make_admin
from accounts.dossier import dossier
from accounts.leaving import delete_account, find_account
from cli import output
from cli.client import Client, connected
from cli.lab import Lab
from infrastructure.db.engine import Database
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore

DATABASE = "STUDIO_DATABASE_URL"
T = TypeVar("T")


def make_administrator(email: str) -> None:
    """Make somebody an administrator, in the installation that the environment names, or else in the lab."""
    new = _with(lambda client: make_admin(email, db=client.db))
    output.say(f"{email} is an administrator now." if new else f"{email} was an administrator already.")


def export_user(email: str, target: Path) -> None:
    """Write down all that the installation knows of somebody."""

    async def write(client: Client) -> None:
        user_id = await find_account(email, db=client.db)
        unfinished = target.with_name(target.name + ".part")
        with unfinished.open("wb") as file:
            async for piece in dossier(user_id, db=client.db, store=client.store):
                file.write(piece)
        unfinished.replace(target)

    _with(write)
    output.say(f"{target} holds all that is known of {email}.")


def delete_user(email: str) -> None:
    """Delete somebody's account with all that is theirs."""

    async def delete(client: Client) -> None:
        user_id = await find_account(email, db=client.db)
        acting = Acting(None, "studio user delete")
        await delete_account(user_id, db=client.db, acting=acting, tell=client.settings.smtp_url is not None)

    _with(delete)
    output.say(f"The account of {email} is deleted. What lies in the store follows, by the relay.")


def _with(work: Callable[[Client], Awaitable[T]]) -> T:
    async def run() -> T:
        async with _installation() if os.environ.get(DATABASE) else connected(Lab().up()) as client:
            return await work(client)

    return asyncio.run(run())


@asynccontextmanager
async def _installation() -> AsyncIterator[Client]:
    settings = Settings()
    db = Database(settings.database_url, pool_size=2)
    try:
        await db.ready()
        async with ObjectStore(settings) as store:
            yield Client(settings, db, store)
    finally:
        await db.close()
