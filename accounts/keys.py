"""Keys: what programs come with that act for somebody, within the scopes that they were given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from accounts.people import principal_of
from accounts.tokens import KEY_PREFIX, digest, new_secret
from infrastructure.db.engine import Database
from infrastructure.db.people import ApiKeyRow
from infrastructure.db.repositories.api_keys import ApiKeys
from schemas.errors import Conflict, InvalidRequest, NotAllowed, NotFound, NotSignedIn
from schemas.people import Principal, Scope

MOST_KEYS = 50
"""Keys of one user."""


class NewKey(NamedTuple):
    """A key that was made: the only time that it is shown."""

    key: str
    row: ApiKeyRow


class Keys:
    """The keys of those who have an account here."""

    def __init__(self, db: Database) -> None:
        """Use a database."""
        self._db = db

    async def owner(self, key: str) -> Principal:
        """Find for whom a program acts that comes with a key.

        Raises:
            NotSignedIn: It is not valid.
        """
        async with self._db.begin() as session:
            found = await ApiKeys(session).owner(digest(key))
        if found is None:
            raise NotSignedIn("This key is not valid, or no longer: make another.")
        user, scopes = found
        return principal_of(user, None, scopes)

    async def make(
        self, principal: Principal, name: str, scopes: Iterable[Scope], expires_at: datetime | None
    ) -> NewKey:
        """Make a key for a program of somebody who is signed in.

        Raises:
            NotAllowed: A key cannot make keys.
            Conflict: They have too many.
            InvalidRequest: It would have expired already.
        """
        if principal.session_id is None:
            raise NotAllowed("A key cannot make another: sign in.")
        if expires_at is not None and expires_at <= datetime.now(UTC):
            raise InvalidRequest("expires_at lies in the past.")
        key = new_secret(KEY_PREFIX)
        async with self._db.begin() as session:
            keys = ApiKeys(session)
            if len(await keys.valid_ones(principal.user_id)) >= MOST_KEYS:
                raise Conflict(f"You have {MOST_KEYS} keys; revoke one first.")
            row = await keys.add(principal.user_id, digest(key), name, key[:12], scopes, expires_at)
        return NewKey(key, row)

    async def all_of(self, principal: Principal) -> list[ApiKeyRow]:
        """List somebody's keys, the newest first."""
        async with self._db.begin() as session:
            return list(await ApiKeys(session).valid_ones(principal.user_id))

    async def revoke(self, principal: Principal, key_id: UUID) -> None:
        """Revoke a key.

        Raises:
            NotFound: They have no such key.
        """
        async with self._db.begin() as session:
            if not await ApiKeys(session).revoke(principal.user_id, key_id):
                raise NotFound("You have no such key.")
