"""How long the store keeps what it was given. The store deletes by itself; the database knows when it will have."""

from __future__ import annotations

EXPIRE_DAYS = 90
"""Objects under `artifacts/` and `jobs/` are deleted so many days after they were written."""

OLD_VERSION_DAYS = 30
"""Versions that were replaced or deleted are kept so many days."""

REUSE_DAYS = EXPIRE_DAYS - 4
"""An older artifact is made again rather than used: a film that waits 72 hours for a decision must still find it."""

EXPIRING_PREFIXES = ("artifacts/", "jobs/")
"""Everything else, such as scripts, stays until its project is deleted."""
