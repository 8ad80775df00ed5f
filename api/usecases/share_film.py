"""Lets people without an account watch a film, for as long as its user wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from uuid import UUID

from accounts.sharing import ShareLinks, no_such_link
from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.shares import Shares
from infrastructure.db.sharing import ShareRow
from infrastructure.publishing import OUTPUT
from infrastructure.storage import PRESIGN_S, ObjectStore
from schemas.artifact import version_key
from schemas.errors import Conflict, NotFound
from schemas.profiles import MEDIA_TYPES

MOST = 20
"""Links that a film may have at a time."""
_FILMS = {f"final.{container}": media_type for container, media_type in MEDIA_TYPES.items()}


@dataclass(frozen=True)
class Showing:
    """A film, for whoever has a link to it."""

    title: str
    expires_at: datetime
    """When the link ends."""
    media_type: str
    url: str
    subtitles: str | None
    """WebVTT."""
    poster: str | None
    expires_in: int
    """Seconds for which its addresses are good."""


async def share_film(user_id: UUID, job_id: UUID, lasts: timedelta, *, db: Database) -> ShareRow:
    """Make a link to a user's film.

    Args:
        user_id: The user.
        job_id: The film.
        lasts: How long it is good.
        db: The database.

    Raises:
        NotFound: They have no such film.
        Conflict: It is not finished, or has as many links as it may have.
    """
    async with db.begin() as session:
        jobs = Jobs(session)
        if await jobs.owned(user_id, job_id) is None:
            raise _unknown()
        job = await jobs.lock(job_id)
        if job is None:
            raise _unknown()
        if job.version is None:
            raise Conflict("There is nothing to share yet: the film is not finished.")
        share = await Shares(session).add(job_id, lasts, MOST)
    if share is None:
        raise Conflict(f"This film has {MOST} links, which is as many as it may have: take one back first.")
    return share


async def shares_of(user_id: UUID, job_id: UUID, *, db: Database) -> Sequence[ShareRow]:
    """List the links to a user's film that still lead there, the newest first.

    Raises:
        NotFound: They have no such film.
    """
    async with db.begin() as session:
        if await Jobs(session).owned(user_id, job_id) is None:
            raise _unknown()
        return await Shares(session).good_ones(user_id, job_id)


async def end_share(user_id: UUID, job_id: UUID, share_id: UUID, *, db: Database) -> None:
    """Take a link to a user's film back. Whoever is watching has up to a quarter of an hour more.

    Raises:
        NotFound: There is no such link, or it is somebody else's.
    """
    async with db.begin() as session:
        if not await Shares(session).revoke(user_id, job_id, share_id):
            raise NotFound("There is no such link.")


async def shared_film(token: str, *, db: Database, store: ObjectStore, links: ShareLinks) -> Showing:
    """Show the film that a link leads to: the version that its user shows now.

    Args:
        token: The link's secret.
        db: The database.
        store: Where the film lies.
        links: Reads secrets.

    Raises:
        NotFound: It leads to none, or does not any more.
    """
    share_id = links.read(token)
    async with db.begin() as session:
        film = await Shares(session).film(share_id)
    if film is None:
        raise no_such_link()
    prefix = version_key(film.job_id, OUTPUT, film.version, "")
    keys = {PurePosixPath(key).name: key async for key in store.list_keys(prefix)}
    name = next((one for one in _FILMS if one in keys), None)
    if name is None:  # the store has deleted it for its age
        raise no_such_link()
    # No address outlives the link that led to it.
    lasts = max(1, min(PRESIGN_S, int((film.expires_at - datetime.now(UTC)).total_seconds())))
    found = {
        key: await store.presign_get(keys[key], lasts) for key in (name, "subtitles.vtt", "poster.jpg") if key in keys
    }
    return Showing(
        title=film.title,
        expires_at=film.expires_at,
        media_type=_FILMS[name],
        url=found[name],
        subtitles=found.get("subtitles.vtt"),
        poster=found.get("poster.jpg"),
        expires_in=lasts,
    )


def _unknown() -> NotFound:
    return NotFound("There is no such film.")
