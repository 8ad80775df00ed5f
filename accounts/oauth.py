"""Signing in by a provider: whom of ours it means, and what it takes to link them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from accounts import letters, oauth_state
from accounts.addresses import folded
from accounts.limits import REGISTRATIONS, SIGN_IN_OF_PLACE, Limits
from accounts.oauth_state import LASTS, Leaving, Seal
from accounts.people import People, Tokens
from infrastructure.db.engine import Database
from infrastructure.db.people import OAuthAccountRow
from infrastructure.db.repositories.links import Links
from infrastructure.db.repositories.mails import Mails
from infrastructure.db.repositories.oauth_accounts import OAuthAccounts
from infrastructure.db.repositories.sessions import Sessions
from infrastructure.db.repositories.tallies import Tallies
from infrastructure.db.repositories.users import Users
from infrastructure.db.tables import UserRow
from infrastructure.providers import offered
from infrastructure.providers.asking import Identity, Provider, refused
from infrastructure.settings import Settings
from schemas.errors import Conflict, DependencyDown, InvalidRequest, NotFound, NotSignedIn, TooManyRequests
from schemas.people import LinkPurpose, OAuthProvider, Principal, SignInRefusal

_REMEMBERED = 2 * LASTS
"""How long the state of an attempt is remembered that has ended: longer than it would be accepted."""
_LONGEST_CODE = 4096
_WRITTEN = {OAuthProvider.GOOGLE: "Google", OAuthProvider.GITHUB: "GitHub"}


class Sent(NamedTuple):
    """How a browser leaves."""

    address: str
    """Where it goes."""
    sealed: str
    """What it holds until it comes back."""
    lasts: timedelta


class Returned(NamedTuple):
    """What a browser came back with."""

    sealed: str | None
    state: str | None
    code: str | None
    error: str | None
    """What the provider says instead of a code."""
    issuer: str | None


class OAuth:
    """Those who sign in by a provider."""

    def __init__(self, db: Database, settings: Settings, people: People) -> None:
        """Use a database, and the providers that the settings name.

        Raises:
            LabError: The installation has no secret to sign with.
        """
        self._db = db
        self._people = people
        self._limits = Limits(db, settings.limits_scale)
        self._seal = Seal(settings)
        self._site = str(settings.public_url).rstrip("/")
        self._providers: dict[str, Provider] = {provider.name: provider for provider in offered(settings)}

    @property
    def offered(self) -> Sequence[OAuthProvider]:
        """By whom one may sign in here."""
        return [provider.name for provider in self._providers.values()]

    async def leave(self, name: str, redirect_uri: str, path: str) -> Sent:
        """Send a browser to a provider.

        Args:
            name: Of the provider.
            redirect_uri: Where the provider sends it back to.
            path: Where on our site it goes when somebody is signed in.

        Raises:
            NotFound: Nobody signs in here by that provider.
            InvalidRequest: The path may lead to another site.
            SignInRefused: The provider does not answer.
        """
        provider = self._provider(name)
        gone = oauth_state.leaving(provider.name, redirect_uri, path)
        try:
            address = await provider.address(gone.attempt)
        except DependencyDown as error:
            raise refused(SignInRefusal.AWAY) from error
        return Sent(address, self._seal.seal(gone), LASTS)

    async def come_back(self, name: str, returned: Returned, place: str, device: str) -> tuple[Tokens, str]:
        """Sign somebody in who comes back from a provider.

        Args:
            name: Of the provider.
            returned: What their browser brings.
            place: Where the request comes from.
            device: What their browser calls itself.

        Returns:
            What they hold from now on, and where on our site they go.

        Raises:
            NotFound: Nobody signs in here by that provider.
            SignInRefused: They are not signed in; its reason says why.
        """
        provider = self._provider(name)
        try:
            gone = self._seal.open(returned.sealed, provider.name, returned.state)
            await self._end(gone, place)
            if returned.error is not None:
                raise refused(SignInRefusal.CANCELLED if returned.error == "access_denied" else SignInRefusal.REFUSED)
            if not returned.code or len(returned.code) > _LONGEST_CODE:
                raise refused(SignInRefusal.REFUSED)
            identity = await provider.identity(gone.attempt, returned.code, returned.issuer)
            user_id = await self._user(provider.name, identity, place)
            return await self._people.let_in(user_id, device), gone.next
        except NotSignedIn as error:
            raise refused(SignInRefusal.SHUT) from error
        except TooManyRequests as error:
            raise refused(SignInRefusal.TOO_MANY) from error
        except DependencyDown as error:
            raise refused(SignInRefusal.AWAY) from error

    async def linked(self, principal: Principal) -> list[OAuthAccountRow]:
        """List by which providers somebody signs in."""
        async with self._db.begin() as session:
            return list(await OAuthAccounts(session).of(principal.user_id))

    async def unlink(self, principal: Principal, name: str) -> None:
        """Let a provider sign somebody in no longer.

        Raises:
            NotFound: It does not.
            Conflict: They would have no way in any more.
        """
        async with self._db.begin() as session:
            await Users(session).hold(principal.user_id)
            accounts = OAuthAccounts(session)
            provider = next(
                (row.provider for row in await accounts.of(principal.user_id) if row.provider == name), None
            )
            if provider is None:
                raise NotFound("No such provider is linked with your account.")
            if not await accounts.unlink(principal.user_id, provider):
                raise Conflict(f"{_WRITTEN[provider]} is your only way in: set a password first, by /login/reset.")
            letter = letters.provider_unlinked(_WRITTEN[provider], f"{self._site}/login/reset")
            await Mails(session).add(principal.email, letter.subject, letter.body)

    def _provider(self, name: str) -> Provider:
        provider = self._providers.get(name)
        if provider is None:
            raise NotFound("Nobody signs in here by such a provider; /auth/providers lists those there are.")
        return provider

    async def _end(self, gone: Leaving, place: str) -> None:
        """Let an attempt end, once, in whatever process. That is no limit of how often: no setting loosens it."""
        await self._limits.hold(SIGN_IN_OF_PLACE, place)
        async with self._db.begin() as session:
            ended = await Tallies(session).count(f"oauth-return:{gone.attempt.state}", _REMEMBERED)
        if ended.times > 1:
            raise refused(SignInRefusal.STATE)

    async def _user(self, provider: OAuthProvider, identity: Identity, place: str) -> UUID:
        """Find whom a provider means; make an account for them, or link theirs, where there is reason to."""
        email = _vouched(identity)
        async with self._db.begin() as session:
            user_id = await OAuthAccounts(session).use(provider, identity.subject, email)
            if user_id is not None:
                return user_id
            if email is None:
                raise refused(SignInRefusal.UNVERIFIED)
            new = await Users(session).by_email(email) is None
        if new:
            await self._limits.hold(REGISTRATIONS, place)
        async with self._db.begin() as session:
            return await self._link(session, provider, identity.subject, email)

    async def _link(self, session: AsyncSession, provider: OAuthProvider, subject: str, email: str) -> UUID:
        """Link an address that a provider vouches for with the account that has it, or with a new one."""
        users, accounts = Users(session), OAuthAccounts(session)
        user = await _held(users, email)
        if user.disabled_at is not None:
            raise refused(SignInRefusal.SHUT)
        if not await accounts.link(provider, subject, user.user_id, email):
            if await accounts.use(provider, subject, None) == user.user_id:  # another tab was faster
                return user.user_id
            raise refused(SignInRefusal.LINKED_OTHERWISE)
        if await users.verified_elsewhere(user.user_id):
            await Links(session).end(user.user_id, LinkPurpose.VERIFY)
            await Sessions(session).end(user.user_id, "address confirmed")
        else:
            letter = letters.provider_linked(_WRITTEN[provider], f"{self._site}/login/reset")
            await Mails(session).add(user.email, letter.subject, letter.body)
        return user.user_id


async def _held(users: Users, email: str) -> UserRow:
    """Find the user with an address, or create one, and keep everybody else from changing them."""
    found = await users.create(email) or await users.by_email(email)
    user = await users.hold(found.user_id) if found is not None else None
    if user is None:
        raise refused(SignInRefusal.SHUT)
    return user


def _vouched(identity: Identity) -> str | None:
    """Write the address that a provider vouches for as ours are written; None where there is none that can be used."""
    try:
        return folded(identity.email or "")
    except InvalidRequest:
        return None
