"""People: how they register, sign in and out, and how a request is known to be theirs."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.ext.asyncio import AsyncSession

from accounts import letters
from accounts.leaving import delete_account
from accounts.limits import LETTERS, REGISTRATIONS, SHOWN_AGAIN, SIGN_IN_OF_ACCOUNT, SIGN_IN_OF_PLACE, Limits
from accounts.passwords import Passwords, check_password
from accounts.tokens import ACCESS_LASTS, KEY_PREFIX, Access, Refresh, Signer, digest, new_secret
from infrastructure.db.engine import Database
from infrastructure.db.people import ApiKeyRow, SessionRow
from infrastructure.db.repositories.api_keys import ApiKeys
from infrastructure.db.repositories.links import Links
from infrastructure.db.repositories.mails import Mails
from infrastructure.db.repositories.sessions import Sessions
from infrastructure.db.repositories.users import Users
from infrastructure.db.tables import UserRow
from infrastructure.settings import Settings
from infrastructure.together import Together
from schemas.errors import Conflict, InvalidRequest, NotAllowed, NotFound, NotSignedIn
from schemas.people import LinkPurpose, Principal, Scope

SESSION_LASTS = timedelta(days=30)
VERIFY_LASTS = timedelta(hours=24)
RESET_LASTS = timedelta(minutes=30)
GRACE = timedelta(seconds=10)
"""How long after its exchange a refresh token still brings its successor: two tabs may have come with it at once."""
FRESH = timedelta(minutes=10)
"""How young a session must be for what cannot be undone, where there is no password to ask for again."""
REMEMBERED_S = 2.0
"""How long who somebody is may be out of date in a process that did not change it: ends of sessions bite within 5 s."""
REMEMBERED = 10_000
MOST_KEYS = 50
LONGEST_ADDRESS = 254
"""Characters of an e-mail address (RFC 5321)."""


class Tokens(NamedTuple):
    """What somebody holds who is signed in."""

    access: str
    access_lasts: timedelta
    refresh: str
    refresh_lasts: timedelta
    principal: Principal


class NewKey(NamedTuple):
    """A key that was made: the only time that it is shown."""

    key: str
    row: ApiKeyRow


def folded(address: str) -> str:
    """Bring an e-mail address to the form in which two of one person are equal.

    Raises:
        InvalidRequest: It is no address.
    """
    try:
        email = validate_email(address.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError as error:
        raise InvalidRequest(f"That is no e-mail address: {error}") from error
    if len(email) > LONGEST_ADDRESS:  # some letters become three
        raise InvalidRequest(f"That is no e-mail address: it is longer than {LONGEST_ADDRESS} characters.")
    return email


class People:
    """Those who have an account here."""

    def __init__(self, db: Database, settings: Settings) -> None:
        """Use a database.

        Raises:
            LabError: The installation has no secret to sign with.
        """
        self._db = db
        self._signer = Signer(settings)
        self._passwords = Passwords()
        self._limits = Limits(db, settings.limits_scale)
        self._site = str(settings.public_url).rstrip("/")
        self._mails = settings.smtp_url is not None
        self._known: OrderedDict[UUID, tuple[float, Principal]] = OrderedDict()
        self._looking: Together[Principal] = Together()
        self._changes = 0
        """How often somebody was changed here, or signed out: who was looked up meanwhile is not remembered."""

    async def register(self, address: str, password: str, place: str) -> None:
        """Register somebody, and mail them a link. Whoever has an account is told so by mail: nobody else learns of it.

        Args:
            address: Their e-mail address.
            password: Their password.
            place: Where the request comes from.

        Raises:
            InvalidRequest: The address or the password cannot be used.
            NotAllowed: This installation sends no mail.
            TooManyRequests: Too many have registered from there, or too many letters went to the address.
        """
        email = folded(address)
        check_password(password, email)
        if not self._mails:
            raise NotAllowed("Nobody can register here: this installation sends no mail (STUDIO_SMTP_URL).")
        await self._limits.hold(REGISTRATIONS, place)
        await self._limits.hold(LETTERS, email)
        password_hash = await self._passwords.hashed(password)
        async with self._db.begin() as session:
            users = Users(session)
            user = await users.create(email) or await users.by_email(email)
            if user is None or user.disabled_at is not None:
                return
            if user.email_verified_at is not None:
                letter = letters.registered_already(f"{self._site}/login", f"{self._site}/login/reset")
            else:
                link = await self._link(session, user, LinkPurpose.VERIFY, VERIFY_LASTS, password_hash)
                letter = letters.verification(link)
            await Mails(session).add(email, letter.subject, letter.body)

    async def verify(self, secret: str, password: str, place: str, device: str) -> Tokens:
        """Take a link as a sign that an address is its user's, and sign them in.

        The password is asked for again: else somebody could register with another's address and wait until they open
        the link.

        Args:
            secret: What the link holds.
            password: That with which they registered.
            place: Where the request comes from.
            device: What their browser calls itself.

        Raises:
            InvalidRequest: The link is unknown, was used or is too old.
            NotSignedIn: It is not the password.
            TooManyRequests: It was tried too often.
        """
        await self._limits.hold(SIGN_IN_OF_PLACE, place)
        gone = InvalidRequest("This link is not valid, or no longer: register again to get another.")
        async with self._db.begin() as session:
            link = await Links(session).find(digest(secret), LinkPurpose.VERIFY)
        if link is None:
            raise gone
        await self._limits.hold(SIGN_IN_OF_ACCOUNT, str(link.user_id))
        fits, _ = await self._passwords.fits(password, link.password_hash)
        if not fits:
            raise NotSignedIn("That is not the password with which this link was asked for.")
        async with self._db.begin() as session:
            if await Links(session).use(digest(secret), LinkPurpose.VERIFY) is None:
                raise gone
            users = Users(session)
            await users.verified(link.user_id)
            await users.set_password(link.user_id, link.password_hash or "")
            user = await users.get(link.user_id)
            if user is None or user.disabled_at is not None:
                raise gone
            session_id = await Sessions(session).begin(user.user_id, device, SESSION_LASTS)
        return self._tokens(user, session_id, 0)

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
        return self._tokens(user, session_id, 0)

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
        return self._tokens(user, session_id, 0)

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
        return self._tokens(user, given.session_id, found.serial)

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

    async def forgot(self, address: str) -> None:
        """Mail somebody a link that sets another password; to nobody, where the address has no account.

        Raises:
            InvalidRequest: That is no address.
            TooManyRequests: Too many letters went there.
        """
        email = folded(address)
        await self._limits.hold(LETTERS, email)
        async with self._db.begin() as session:
            user = await Users(session).by_email(email)
            if user is None or user.disabled_at is not None or user.email_verified_at is None:
                return
            letter = letters.reset(await self._link(session, user, LinkPurpose.RESET, RESET_LASTS))
            await Mails(session).add(email, letter.subject, letter.body)

    async def reset(self, secret: str, password: str) -> None:
        """Set another password, and sign everybody out.

        Raises:
            InvalidRequest: The link is unknown, was used or is too old, or the password cannot be used.
        """
        check_password(password, "")
        password_hash = await self._passwords.hashed(password)
        async with self._db.begin() as session:
            user_id = await Links(session).use(digest(secret), LinkPurpose.RESET)
            user = await Users(session).get(user_id) if user_id is not None else None
            if user is None:
                raise InvalidRequest("This link is not valid, or no longer: ask for another.")
            await Users(session).set_password(user.user_id, password_hash)
            await Sessions(session).end(user.user_id, "password changed")
            letter = letters.password_changed(f"{self._site}/login/reset")
            await Mails(session).add(user.email, letter.subject, letter.body)
        self.look_again(user.user_id)

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
        principal = _principal(user, access.session_id)
        if changes == self._changes:
            self._remember(principal, access.session_id, began)
        return principal

    async def of_key(self, key: str) -> Principal:
        """Find for whom a program acts that comes with a key.

        Raises:
            NotSignedIn: It is not valid.
        """
        async with self._db.begin() as session:
            found = await ApiKeys(session).owner(digest(key))
        if found is None:
            raise NotSignedIn("This key is not valid, or no longer: make another.")
        user, scopes = found
        return _principal(user, None, scopes)

    async def make_key(
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

    async def keys(self, principal: Principal) -> list[ApiKeyRow]:
        """List somebody's keys, the newest first."""
        async with self._db.begin() as session:
            return list(await ApiKeys(session).valid_ones(principal.user_id))

    async def revoke_key(self, principal: Principal, key_id: UUID) -> None:
        """Revoke a key.

        Raises:
            NotFound: They have no such key.
        """
        async with self._db.begin() as session:
            if not await ApiKeys(session).revoke(principal.user_id, key_id):
                raise NotFound("You have no such key.")

    async def _link(
        self,
        session: AsyncSession,
        user: UserRow,
        purpose: LinkPurpose,
        lasts: timedelta,
        password_hash: str | None = None,
    ) -> str:
        secret = new_secret()
        await Links(session).add(digest(secret), user.user_id, purpose, lasts, password_hash)
        # Behind the #: browsers keep it to themselves, so that it is in no log on the way.
        return f"{self._site}/login/{purpose.value}#{secret}"

    def _tokens(self, user: UserRow, session_id: UUID, serial: int) -> Tokens:
        principal = _principal(user, session_id)
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


def _principal(user: UserRow, session_id: UUID | None, scopes: frozenset[Scope] = frozenset(Scope)) -> Principal:
    return Principal(
        user_id=user.user_id,
        email=user.email,
        role=user.role,
        tier=user.tier,
        session_id=session_id,
        scopes=scopes,
    )
