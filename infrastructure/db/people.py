"""The tables of people: how they sign in, and what they are sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from infrastructure.db.columns import Row, id_column, one_of, time_column, words_of
from infrastructure.ids import new_id
from schemas.people import LinkPurpose, OAuthProvider


class SessionRow(Row, table=True):
    """Somebody's being signed in on one device, from a password to a logout."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_user_id_created_at", "user_id", "created_at"),)

    session_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    user_id: UUID = Field(sa_column=id_column("users.user_id"))
    serial: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """How often its refresh token was exchanged. A token says which of them it is, so that none need be kept."""
    device: str = Field(default="", sa_column=Column(String(200), nullable=False, server_default=""))
    """What the browser calls itself; a help for whoever looks for a session that is not theirs."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    refreshed_at: datetime = Field(default=None, sa_column=time_column(default=True))
    expires_at: datetime = Field(sa_column=time_column())
    ended_at: datetime | None = Field(default=None, sa_column=time_column())
    ended_why: str | None = Field(default=None, sa_column=Column(String(50)))


class OAuthAccountRow(Row, table=True):
    """Whom a provider takes somebody for who has an account here."""

    __tablename__ = "oauth_accounts"
    __table_args__ = (
        CheckConstraint(one_of("provider", OAuthProvider), name="provider"),
        # One of a provider: else whoever was given an address after somebody else would come into their account.
        UniqueConstraint("user_id", "provider"),
    )

    provider: OAuthProvider = Field(sa_column=Column(words_of(OAuthProvider), primary_key=True))
    subject: str = Field(sa_column=Column(String(255), primary_key=True))
    """The provider's own name for them, which is never given to somebody else; addresses are."""
    user_id: UUID = Field(sa_column=id_column("users.user_id"))
    email: str = Field(sa_column=Column(String(255), nullable=False))
    """Their address there, when they last came."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    used_at: datetime = Field(default=None, sa_column=time_column(default=True))


class LinkRow(Row, table=True):
    """A secret that was mailed to somebody, and does one thing once."""

    __tablename__ = "mailed_links"
    __table_args__ = (
        CheckConstraint(one_of("purpose", LinkPurpose), name="purpose"),
        Index("ix_mailed_links_user_id", "user_id"),
    )

    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    """SHA-256 of the secret."""
    user_id: UUID = Field(sa_column=id_column("users.user_id"))
    purpose: LinkPurpose = Field(sa_column=Column(words_of(LinkPurpose), nullable=False))
    password_hash: str | None = Field(default=None, sa_column=Column(String(255)))
    """Of the password with which somebody registered: it becomes the account's with this link, and with no other."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    expires_at: datetime = Field(sa_column=time_column())
    used_at: datetime | None = Field(default=None, sa_column=time_column())


class ApiKeyRow(Row, table=True):
    """A key by which a program acts for somebody, within its scopes."""

    __tablename__ = "api_keys"
    __table_args__ = (Index("ix_api_keys_user_id_created_at", "user_id", "created_at"),)

    key_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    user_id: UUID = Field(sa_column=id_column("users.user_id"))
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    """SHA-256 of the key: 256 random bits need no slow hash."""
    name: str = Field(sa_column=Column(String(100), nullable=False))
    hint: str = Field(sa_column=Column(String(20), nullable=False))
    """How it begins, by which its owner knows it again."""
    scopes: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    expires_at: datetime | None = Field(default=None, sa_column=time_column())
    used_at: datetime | None = Field(default=None, sa_column=time_column())
    """When it was last used, to the hour."""
    revoked_at: datetime | None = Field(default=None, sa_column=time_column())


class MailRow(Row, table=True):
    """A letter that is to be sent: written in the transaction of what it is about."""

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_unsent", "next_try_at", postgresql_where=text("sent_at IS NULL")),)

    mail_id: UUID = Field(default_factory=new_id, sa_column=id_column(primary=True))
    recipient: str = Field(sa_column=Column(String(255), nullable=False))
    subject: str = Field(sa_column=Column(String(200), nullable=False))
    body: str = Field(sa_column=Column(Text, nullable=False))
    """Plain text; emptied when it was sent, since it may hold a secret."""
    created_at: datetime = Field(default=None, sa_column=time_column(default=True))
    next_try_at: datetime = Field(default=None, sa_column=time_column(default=True))
    sent_at: datetime | None = Field(default=None, sa_column=time_column())
    attempts: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    last_error: str | None = Field(default=None, sa_column=Column(Text))


class TallyRow(Row, table=True):
    """How often something was done in a stretch of time, by whoever is limited in it."""

    __tablename__ = "tallies"
    __table_args__ = (Index("ix_tallies_ends_at", "ends_at"),)

    who: str = Field(sa_column=Column(String(200), primary_key=True))
    """What is limited and for whom, such as `login:anna@example.org`."""
    count: int = Field(sa_column=Column(BigInteger, nullable=False))
    ends_at: datetime = Field(sa_column=time_column(default=True))
