"""All tables together: what migrations are held against."""

from __future__ import annotations

from infrastructure.db import money, people, tables
from infrastructure.db.columns import Row

METADATA = Row.metadata
"""The tables of films, of people and of money."""

__all__ = ["METADATA", "money", "people", "tables"]
