"""How long the store keeps what it was given. The store deletes by itself; the database knows when it will have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EXPIRE_DAYS = 90
"""Objects under `artifacts/` and `jobs/` are deleted so many days after they were written."""

OLD_VERSION_DAYS = 30
"""Versions that were replaced or deleted are kept so many days."""

REUSE_DAYS = EXPIRE_DAYS - 4
"""An older artifact is made again rather than used: a film that waits 72 hours for a decision must still find it."""

ORPHAN_AGE = timedelta(hours=24)
"""What is younger may be in the making: an object is stored before the row that names it."""

FORGET_DAYS = 30
"""What no longer does anything is kept in the database for so many days, for whoever asks what happened: sessions and
links that have ended, letters that were sent or given up, and what webhooks were told."""

ARTIFACTS_PREFIX = "artifacts/"

EXPIRING_PREFIXES = (ARTIFACTS_PREFIX, "jobs/")
"""Everything else, such as scripts, stays until its project is deleted."""


def fading(key: str, written_at: datetime) -> bool:
    """Tell whether an object is an artifact that the store is about to delete, and so must be made again.

    Args:
        key: Its key in the assets bucket.
        written_at: When it was last written, with its time zone.
    """
    return key.startswith(ARTIFACTS_PREFIX) and datetime.now(UTC) - written_at > timedelta(days=REUSE_DAYS)


def expired(written_at: datetime) -> bool:
    """Tell whether the store may have deleted what was written then for its age.

    Args:
        written_at: When it was written, with its time zone.
    """
    return datetime.now(UTC) - written_at > timedelta(days=EXPIRE_DAYS)
