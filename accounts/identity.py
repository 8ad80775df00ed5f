"""Who owns what is made."""

from __future__ import annotations

from infrastructure.db.engine import Database
from infrastructure.db.repositories import Users
from infrastructure.db.tables import UserRow


async def local_user(db: Database) -> UserRow:
    """Find the user of a machine on which nobody signs in; created the first time.

    Args:
        db: The installation's database.

    Returns:
        The user, of tier pro: what is made locally carries no watermark.

    Raises:
        DependencyDown: The database does not answer.
    """
    async with db.begin() as session:
        return await Users(session).ensure_local()
