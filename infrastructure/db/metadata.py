"""All tables together: what migrations are held against."""

from __future__ import annotations

from infrastructure.db import hooks, leaving, money, oversight, people, tables
from infrastructure.db.columns import Row

METADATA = Row.metadata
"""The tables of films, of people, of money, of webhooks and of those who watch over them."""

__all__ = ["METADATA", "hooks", "leaving", "money", "oversight", "people", "tables"]
