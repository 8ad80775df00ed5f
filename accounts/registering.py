"""Registering, and what goes by letter: whose address it is is shown by a link, and so is who may set a password."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from accounts import letters
from accounts.addresses import folded
from accounts.limits import LETTERS, REGISTRATIONS, SIGN_IN_OF_ACCOUNT, SIGN_IN_OF_PLACE, Limits
from accounts.passwords import Passwords, check_password
from accounts.people import SESSION_LASTS, People, Tokens
from accounts.tokens import digest, new_secret
from infrastructure.db.engine import Database
from infrastructure.db.repositories.links import Links
from infrastructure.db.repositories.mails import Mails
from infrastructure.db.repositories.sessions import Sessions
from infrastructure.db.repositories.users import Users
from infrastructure.db.tables import UserRow
from infrastructure.settings import Settings
from schemas.errors import InvalidRequest, NotAllowed, NotSignedIn
from schemas.people import LinkPurpose

VERIFY_LASTS = timedelta(hours=24)
RESET_LASTS = timedelta(minutes=30)


class Registering:
    """How somebody gets an account, and back into one whose password they have forgotten."""

    def __init__(self, db: Database, settings: Settings, people: People, passwords: Passwords) -> None:
        """Use a database.

        Args:
            db: The database.
            settings: Say whether letters are sent, and where links lead.
            people: Whoever has shown that an address is theirs is signed in there.
            passwords: Hashes them.
        """
        self._db = db
        self._people = people
        self._passwords = passwords
        self._limits = Limits(db, settings.limits_scale)
        self._site = str(settings.public_url).rstrip("/")
        self._mails = settings.smtp_url is not None

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
        return self._people.tokens(user, session_id, 0)

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
        self._people.look_again(user.user_id)

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
