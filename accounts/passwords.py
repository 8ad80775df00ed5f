"""Passwords: hashed by Argon2, beside the event loop, and never more at once than there are cores."""

from __future__ import annotations

import asyncio
import os

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from schemas.errors import InvalidRequest

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""

_COMMON = frozenset("password12 1234567890 0123456789 qwertyuiop letmein123 iloveyou12 password123 adminadmin".split())


def check_password(password: str, email: str) -> None:
    """See that a password is worth having.

    Raises:
        InvalidRequest: It is too short, too long, or what everybody would try first.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidRequest(f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}.")
    plain = password.casefold()
    if plain in _COMMON or plain in {email, email.partition("@")[0]} or len(set(plain)) < 4:
        raise InvalidRequest("This password is what anybody would try first; choose another.")


class Passwords:
    """Hashes passwords and compares them, 100 ms of a core each: a crowd that signs in must wait for itself alone."""

    def __init__(self) -> None:
        self._hash = PasswordHash((Argon2Hasher(),))
        self._cores = asyncio.Semaphore(max(1, (os.cpu_count() or 1) - 1))
        self._nobody: str | None = None

    async def hashed(self, password: str) -> str:
        """Hash a password, salted."""
        async with self._cores:
            return await asyncio.to_thread(self._hash.hash, password)

    async def fits(self, password: str, known: str | None) -> tuple[bool, str | None]:
        """Compare a password with a hash.

        Args:
            password: What was given.
            known: The hash. None where there is no such user, or none with a password: that takes as long.

        Returns:
            Whether they belong together, and a better hash to keep instead, where there is one.
        """
        if self._nobody is None:
            self._nobody = await self.hashed("nobody's own password")
        async with self._cores:
            try:
                fits, better = await asyncio.to_thread(self._hash.verify_and_update, password, known or self._nobody)
            except ValueError:  # a hash that nobody here can read is no password
                return False, None
        return fits and known is not None, better
