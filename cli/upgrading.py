"""`studio migrate`, `promote`, `drained` and `recover`: what upgrades and restores do besides starting processes."""

from __future__ import annotations

import asyncio

from cli import output
from infrastructure.settings import Settings
from schemas.errors import InvalidRequest
from workers.connecting import connect_temporal
from workers.versioning import CPU, GPU, drained, lead, ramp


def migrate_database(to: str) -> None:
    """Bring the database to a revision, and say from where to where.

    Args:
        to: `head`, `base`, or a revision's id.

    Raises:
        InvalidRequest: This code knows no such revision, or not the one the database is at. A newer one is fine where
            the newest is asked for: tables only grow, and it is how a version is taken back.
        DependencyDown: The database does not answer.
    """
    from infrastructure.db import migrate

    dsn = Settings().database_url
    before = migrate.current(dsn)
    known = migrate.revisions()
    wanted = known[-1] if to == "head" else to
    if to == "head" and before is not None and before not in known and before > known[-1]:
        output.say(
            f"The database is at {before}, of a newer version, which this one works with: nothing is to be done."
        )
        return
    for revision in (before, None if wanted == "base" else wanted):
        if revision is not None and revision not in known:
            raise InvalidRequest(
                f"This code knows no revision {revision} of the database: it knows {known[0]} to {known[-1]}; "
                "take the version that does."
            )
    forwards = wanted != "base" and (before is None or known.index(wanted) >= known.index(before))
    (migrate.upgrade if forwards else migrate.downgrade)(dsn, wanted)
    output.say(f"The database was at {before or 'base'} and is at {migrate.current(dsn) or 'base'}.")


def promote_builds(
    film_cpu: str | None, other: str | None, percent: int, film_gpu: str | None, patience_s: float
) -> None:
    """Tell Temporal which builds make new films.

    Args:
        film_cpu: The build of CPU workers that leads.
        other: The build that has a share of new films.
        percent: That share.
        film_gpu: The build of GPU workers.
        patience_s: How long to wait for workers of those builds.

    Raises:
        InvalidRequest: Nothing is said, or a build shall lead and follow.
        DependencyDown: Temporal is away, or no such worker asks for work.
    """
    if film_cpu is None and film_gpu is None:
        raise InvalidRequest("Name a build: --film-cpu BUILD, --film-gpu BUILD, or both.")
    if other is not None and film_cpu in (None, other):
        raise InvalidRequest("--ramp needs another build in --film-cpu, which leads meanwhile.")

    async def tell() -> None:
        client = await connect_temporal(Settings())
        if film_gpu is not None:
            await lead(client, GPU, film_gpu, patience_s, asleep=True)
        if film_cpu is not None:
            await lead(client, CPU, film_cpu, patience_s)
            if other is not None and percent:
                await ramp(client, other, percent, patience_s)
            else:
                await ramp(client, "", 0, patience_s)

    asyncio.run(tell())
    output.say("Temporal knows.")


def tell_drained(build: str) -> int:
    """Say whether a build of the CPU workers may go.

    Returns:
        0 if no film is on it any more, else 1.
    """

    async def ask() -> bool:
        return await drained(await connect_temporal(Settings()), build)

    if asyncio.run(ask()):
        output.say(f"No film is on {build} any more: its workers may go.")
        return 0
    output.say(f"Films are on {build}, or Temporal has not looked yet: keep its workers.")
    return 1


def tell_again() -> None:
    """Have the relay tell Temporal once more of every film that has not ended.

    Raises:
        DependencyDown: The database does not answer.
    """
    from infrastructure.db.engine import Database
    from infrastructure.db.repositories import Commands

    async def write() -> int:
        db = Database(Settings().database_url, pool_size=1)
        try:
            async with db.begin() as session:
                return await Commands(session).say_again()
        finally:
            await db.close()

    films = asyncio.run(write())
    output.say(f"Of {films} film{'' if films == 1 else 's'} the relay tells Temporal once more; whom it knows goes on.")
