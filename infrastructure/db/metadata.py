"""All tables together: what migrations are held against."""

from __future__ import annotations

from infrastructure.db import belongings, hooks, leaving, money, oversight, payments, people, sharing, tables
from infrastructure.db.columns import Row

METADATA = Row.metadata
"""All tables: of films and links to them, people, money, payments, webhooks, those who watch over them, and of what
projects have."""

__all__ = [
    "METADATA",
    "belongings",
    "hooks",
    "leaving",
    "money",
    "oversight",
    "payments",
    "people",
    "sharing",
    "tables",
]
