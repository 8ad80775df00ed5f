"""`studio user`: accounts, by whoever sits at the installation."""

from __future__ import annotations

import asyncio
import os

from accounts.administration import make_admin
from cli import output
from cli.client import connected
from cli.lab import Lab
from infrastructure.db.engine import Database
from infrastructure.settings import Settings

DATABASE = "STUDIO_DATABASE_URL"


def make_administrator(email: str) -> None:
    """Make somebody an administrator, in the installation that the environment names, or else in the lab."""
    new = asyncio.run(_of_installation(email) if os.environ.get(DATABASE) else _of_lab(email))
    output.say(f"{email} is an administrator now." if new else f"{email} was an administrator already.")


async def _of_installation(email: str) -> bool:
    db = Database(Settings().database_url, pool_size=1)
    try:
        await db.ready()
        return await make_admin(email, db=db)
    finally:
        await db.close()


async def _of_lab(email: str) -> bool:
    async with connected(Lab().up()) as client:
        return await make_admin(email, db=client.db)
