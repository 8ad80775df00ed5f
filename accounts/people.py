"""People: how they sign in and out, their sessions, and how a request is known to be theirs."""

from __future__ import annotations

import time
from collections import OrderedDict
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from accounts.addresses import folded
from accounts.leaving import delete_account
from accounts.limits import SHOWN_AGAIN, SIGN_IN_OF_ACCOUNT, SIGN_IN_OF_PLACE, Limits
from accounts.passwords import Passwords
from accounts.tokens import ACCESS_LASTS, Access, Refresh, Signer
from infrastructure.db.engine import Database
from infrastructure.db.people import SessionRow
from infrastructure.db.repositories.sessions import Sessions
from infrastructure.db.repositories.users import Users
from infrastructure.db.tables import UserRow
from infrastructure.settings import Settings
from infrastructure.together import Together
from schemas.errors import InvalidRequest, NotAllowed, NotFound, NotSignedIn
from schemas.people import Principal, Scope

SESSION_LASTS = timedelta(days=30)
GRACE = timedelta(seconds=10)
"""How long after its exchange a refresh token still brings its successor: two tabs may have come with it at once."""
FRESH = timedelta(minutes=10)
"""How young a session must be for what cannot be undone, where there is no password to ask for again."""
REMEMBERED_S = 2.0
"""How long who somebody is may be out of date in a process that did not change it: ends of sessions bite within 5 s."""
REMEMBERED = 10_000
"""Sessions whose owners are remembered at most."""


class Tokens(NamedTuple):
    """What somebody holds who is signed in."""

    access: str
    access_lasts: timedelta
    refresh: str
    refresh_lasts: timedelta
    principal: Principal


class People:
    """Those who have an account here."""

    def __init__(self, db: Database, settings: Settings, passwords: Passwords) -> None:
        """Use a database.

        Args:
            db: The database.
            settings: Hold the secret that tokens are signed with.
            passwords: Compares them: one a process, since it minds the cores.

        Raises:
            LabError: The installation has no secret to sign with.
        """
        self._db = db
        self._signer = Signer(settings)
        self._passwords = passwords
        self._limits = Limits(db, settings.limits_scale)
        self._mails = settings.smtp_url is not None
        self._known: OrderedDict[UUID, tuple[float, Principal]] = OrderedDict()
        self._looking: Together[Principal] = Together()
        self._changes = 0
        """How often somebody was changed here, or signed out: who was looked up meanwhile is not remembered."""

    async def sign_in(self, address: str, password: str, place: str, device: str) -> Tokens:
        """Sign somebody in.

        Args:
            address: Their e-mail address.
            password: Their password.
            place: Where the request comes from.
            device: What their browser calls itself.

        Raises:
            NotSignedIn: Address and password do not belong together, or the account is shut.
            NotAllowed: They have not shown yet that the address is theirs.
            TooManyRequests: It was tried too often.
        """
        await self._limits.hold(SIGN_IN_OF_PLACE, place)
        try:
            email = folded(address)
        except InvalidRequest:
            email = ""
        await self._limits.hold(SIGN_IN_OF_ACCOUNT, email)
        async with self._db.begin() as session:
            user = await Users(session).by_email(email) if email else None
        fits, better = await self._passwords.fits(password, user.password_hash if user else None)
        if user is None or not fits or user.disabled_at is not None:
            raise NotSignedIn("E-mail address and password do not belong together.")
        if user.email_verified_at is None:
            raise NotAllowed("Confirm your e-mail address first: open the link in the letter that you were sent.")
        await self._limits.forget(SIGN_IN_OF_ACCOUNT, email)
        async with self._db.begin() as session:
            if better is not None:
                await Users(session).set_password(user.user_id, better)
            await Users(session).signed_in(user.user_id)
            session_id = await Sessions(session).begin(user.user_id, device, SESSION_LASTS)
        return self.tokens(user, session_id, 0)

    async def let_in(self, user_id: UUID, device: str) -> Tokens:
        """Sign somebody in who has shown by other means than a password who they are.

        Args:
            user_id: Who they are.
            device: What their browser calls itself.

        Raises:
            NotSignedIn: There is no such account, or it is shut.
        """
        async with self._db.begin() as session:
            user = await Users(session).get(user_id)
            if user is None or user.disabled_at is not None:
                raise NotSignedIn("This account is shut.")
            await Users(session).signed_in(user_id)
            session_id = await Sessions(session).begin(user_id, device, SESSION_LASTS)
        return self.tokens(user, session_id, 0)

    async def refresh(self, token: str) -> Tokens:
        """Exchange a refresh token for new ones.

        Raises:
            NotSignedIn: It is not valid, or was exchanged before: then its session has been ended, too.
        """
        given = self._signer.read_refresh(token)
        async with self._db.begin() as session:
            found = await Sessions(session).exchange(given.session_id, given.serial, GRACE)
            user = await Sessions(session).owner(given.session_id) if found is not None else None
        if found is None or found.reused or user is None:
            self._known.pop(given.session_id, None)
            raise NotSignedIn("You are signed out: sign in again.")
        return self.tokens(user, given.session_id, found.serial)

    async def sign_out(self, principal: Principal, session_id: UUID | None = None) -> None:
        """End a session of somebody: the one they use, or another.

        Raises:
            NotFound: They have no such session.
        """
        which = session_id or principal.session_id
        if which is None:
            raise NotFound("A key is not signed in: revoke it instead.")
        async with self._db.begin() as session:
            ended = await Sessions(session).end(principal.user_id, "signed out", which)
        self._changes += 1
        self._known.pop(which, None)
        self._looking.begin_anew(Access(principal.user_id, which))
        if not ended and session_id is not None:
            raise NotFound("You have no such session.")

    async def sessions(self, principal: Principal) -> list[SessionRow]:
        """List where somebody is signed in, the newest first."""
        async with self._db.begin() as session:
            return list(await Sessions(session).open_ones(principal.user_id))

    async def leave(self, principal: Principal, password: str | None) -> None:
        """Delete somebody's account with all that is theirs, and sign them out everywhere. Once, however often asked.

        Args:
            principal: Who is signed in, and goes.
            password: Theirs, asked for again. None where they have none: they signed in a moment ago instead.

        Raises:
            NotAllowed: It is not their password, or they have none and signed in too long ago.
            Conflict: They are the last administrator.
            TooManyRequests: It was tried too often.
        """
        await self._limits.hold(SHOWN_AGAIN, str(principal.user_id))
        async with self._db.begin() as session:
            user = await Users(session).get(principal.user_id)
            fresh = principal.session_id is not None and await Sessions(session).began_within(
                principal.user_id, principal.session_id, FRESH
            )
        if user is not None:
            await self._must_be(user, password, fresh=fresh)
            await delete_account(user.user_id, db=self._db, tell=self._mails)
        self.look_again(principal.user_id)

    async def _must_be(self, user: UserRow, password: str | None, *, fresh: bool) -> None:
        if user.password_hash is None:
            if not fresh:
                raise NotAllowed("Sign in again first: this can be done within 10 minutes after it.")
            return
        fits, _ = await self._passwords.fits(password or "", user.password_hash)
        if not fits:
            raise NotAllowed("That is not your password. It is asked for again, since this cannot be undone.")

    async def of_access(self, token: str) -> Principal:
        """Find who comes with an access token.

        Raises:
            NotSignedIn: It is not valid, or its session has ended.
        """
        access = self._signer.read_access(token)
        at, principal = self._known.get(access.session_id, (0.0, None))
        if principal is None or time.monotonic() - at > REMEMBERED_S:
            return await self._looking.ask(access, lambda: self._look(access))
        return principal

    async def _look(self, access: Access) -> Principal:
        """Find out who has a session."""
        began, changes = time.monotonic(), self._changes
        async with self._db.begin() as session:
            user = await Sessions(session).owner(access.session_id)
        if user is None or user.user_id != access.user_id:
            self._known.pop(access.session_id, None)
            raise NotSignedIn("You are signed out: sign in again.")
        principal = principal_of(user, access.session_id)
        if changes == self._changes:
            self._remember(principal, access.session_id, began)
        return principal

    def tokens(self, user: UserRow, session_id: UUID, serial: int) -> Tokens:
        """Make what somebody holds whose session has begun, or goes on.

        Args:
            user: Who they are.
            session_id: Their session, which the database has.
            serial: How often its refresh token was exchanged.
        """
        principal = principal_of(user, session_id)
        self._remember(principal, session_id, time.monotonic())
        access = self._signer.access(Access(user.user_id, session_id))
        refresh = self._signer.refresh(Refresh(session_id, serial))
        return Tokens(access, ACCESS_LASTS, refresh, SESSION_LASTS, principal)

    def _remember(self, principal: Principal, session_id: UUID, since: float) -> None:
        self._known[session_id] = since, principal
        self._known.move_to_end(session_id)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def look_again(self, user_id: UUID) -> None:
        """Remember nothing of somebody who was changed: their next request finds out who they are."""
        self._changes += 1
        for session_id in [one for one, (_, principal) in self._known.items() if principal.user_id == user_id]:
            del self._known[session_id]
            self._looking.begin_anew(Access(user_id, session_id))


def principal_of(user: UserRow, session_id: UUID | None, scopes: frozenset[Scope] = frozenset(Scope)) -> Principal:
    """Say who somebody is to whatever they ask for.

    Args:
        user: Who they are.
        session_id: Their session; None for a program with a key of theirs.
        scopes: What the key may do.
    """
    return Principal(
        user_id=user.user_id,
        email=user.email,
        role=user.role,
        tier=user.tier,
        session_id=session_id,
        scopes=scopes,
    )
