"""All tables together: what migrations are held against."""

from __future__ import annotations

from infrastructure.db import leaving, money, oversight, people, tables
from infrastructure.db.columns import Row

METADATA = Row.metadata
"""The tables of films, of people, of money and of those who watch over them."""

__all__ = ["METADATA", "leaving", "money", "oversight", "people", "tables"]
