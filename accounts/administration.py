"""Administering accounts: roles, tiers, credits, and who is shut out."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from accounts import ledger
from accounts.acting import Acting
from accounts.addresses import folded
from infrastructure.db.engine import Database
from infrastructure.db.repositories.directory import Counted, Directory
from infrastructure.db.repositories.sessions import Sessions
from infrastructure.db.repositories.users import Users
from infrastructure.db.tables import UserRow
from schemas.audit import AuditAct, TargetKind
from schemas.credits import Balance
from schemas.enums import Tier
from schemas.errors import Conflict, InvalidRequest, NotAllowed, NotFound
from schemas.people import Role


class Wanted(NamedTuple):
    """What shall become of an account; None leaves what is there."""

    role: Role | None = None
    tier: Tier | None = None
    disabled: bool | None = None


class Account(NamedTuple):
    """An account, and what belongs to it."""

    user: UserRow
    counted: Counted


async def account_of(user_id: UUID, *, db: Database) -> Account:
    """Find an account.

    Raises:
        NotFound: There is none.
    """
    async with db.begin() as session:
        user = await Users(session).get(user_id)
        if user is None:
            raise _unknown()
        return Account(user, await Directory(session).count(user_id))


async def change_account(user_id: UUID, wanted: Wanted, acting: Acting, *, db: Database) -> UserRow:
    """Change an account. Who is shut out is signed out everywhere, and their keys work no more while they are.

    Args:
        user_id: Whose.
        wanted: What it shall be.
        acting: An administrator.
        db: The database.

    Returns:
        The account as it is now. Where nothing changes, nothing is written down.

    Raises:
        NotFound: There is no such account.
        Conflict: They would shut out or demote themselves, or the last administrator.
        NotAllowed: They are no administrator any more.
    """
    async with db.begin() as session:
        locked = await Directory(session).lock(user_id, *filter(None, (acting.user_id,)))
        role = acting.must_still_be(locked.get(acting.user_id) if acting.user_id else None, Role.ADMIN)
        if user_id not in locked:
            raise _unknown()
        loses = wanted.disabled or wanted.role not in {None, Role.ADMIN}
        if user_id == acting.user_id and loses:
            raise Conflict("You cannot shut out or demote yourself: another administrator can.")
        return await _changed(session, locked, user_id, wanted, acting, role, AuditAct.USER_CHANGED)


async def ban_account(user_id: UUID, acting: Acting, *, db: Database) -> UserRow:
    """Shut somebody out. A moderator may do that to users, an administrator to everybody but themselves.

    Args:
        user_id: Whom.
        acting: A moderator or an administrator.
        db: The database.

    Raises:
        NotFound: There is no such account.
        Conflict: It is their own, or that of the last administrator.
        NotAllowed: It is that of a moderator or an administrator, and they are none; or they are neither any more.
    """
    async with db.begin() as session:
        locked = await Directory(session).lock(user_id, *filter(None, (acting.user_id,)))
        who = locked.get(acting.user_id) if acting.user_id else None
        role = acting.must_still_be(who, Role.MODERATOR, Role.ADMIN)
        if user_id not in locked:
            raise _unknown()
        if user_id == acting.user_id:
            raise Conflict("You cannot shut out yourself.")
        if role is not Role.ADMIN and locked[user_id].role is not Role.USER:
            raise NotAllowed("Only administrators may shut out moderators and administrators.")
        wanted = Wanted(disabled=True)
        return await _changed(session, locked, user_id, wanted, acting, role, AuditAct.USER_BANNED)


class Granted(NamedTuple):
    """What somebody has after a grant, and whether it was made now."""

    balance: Balance
    new: bool


async def grant_credits(user_id: UUID, credits: int, key: str, acting: Acting, *, db: Database) -> Granted:
    """Give somebody credits, once for a key of whoever gives.

    Args:
        user_id: To whom.
        credits: How many; they last.
        key: Idempotency key: granting twice with one grants once.
        acting: An administrator; the reason is what the user reads, too.
        db: The database.

    Raises:
        NotFound: There is no such account.
        NotAllowed: They are no administrator any more.
        InvalidRequest: The key was used for another grant.
    """
    async with db.begin() as session:
        locked = await Directory(session).lock(user_id, *filter(None, (acting.user_id,)))
        role = acting.must_still_be(locked.get(acting.user_id) if acting.user_id else None, Role.ADMIN)
        if user_id not in locked:
            raise _unknown()
        before = await ledger.balance(session, user_id)
        named = sha256(f"{acting.user_id}\n{key}".encode()).hexdigest()
        new = await ledger.grant(session, user_id=user_id, credits=credits, reason=acting.reason, key=f"admin:{named}")
        after = await ledger.balance(session, user_id)
        if new:
            was, now = ({"credits": one.credits, "owed": one.owed} for one in (before, after))
            await acting.record(session, role, AuditAct.CREDITS_GRANTED, TargetKind.USER, user_id, was, now)
    return Granted(after, new)


async def make_admin(address: str, *, db: Database) -> bool:
    """Make somebody an administrator, as the operator: how an installation gets its first.

    Args:
        address: Their e-mail address.
        db: The database.

    Returns:
        Whether they were none before.

    Raises:
        InvalidRequest: The address has no account, it was not shown yet that it is theirs, or it is shut.
    """
    email = folded(address)
    async with db.begin() as session:
        found = await Users(session).by_email(email)
        locked = {} if found is None else await Directory(session).lock(found.user_id)
        user = locked.get(found.user_id) if found is not None else None
        if user is None:
            raise InvalidRequest(f"{email} has no account here: register with it first.")
        if user.email_verified_at is None:
            raise InvalidRequest(f"{email} is not confirmed yet: open the link in the letter that went there first.")
        if user.disabled_at is not None:
            raise InvalidRequest(f"The account of {email} is shut.")
        acting = Acting(None, "studio user admin")
        wanted = Wanted(role=Role.ADMIN)
        was = user.role
        await _changed(session, locked, user.user_id, wanted, acting, None, AuditAct.USER_CHANGED)
    return was is not Role.ADMIN


async def _changed(
    session: AsyncSession,
    locked: dict[UUID, UserRow],
    user_id: UUID,
    wanted: Wanted,
    acting: Acting,
    role: Role | None,
    act: AuditAct,
) -> UserRow:
    """Change an account that is locked, with all administrators, and write it down."""
    user = locked[user_id]
    before = _state(user)
    after = before | {name: value for name, value in wanted._asdict().items() if value is not None}
    if after == before:
        return user
    others = [one for one in locked.values() if _governs(_state(one)) and one.user_id != user_id]
    if _governs(before) and not _governs(after) and not others:
        raise Conflict("That is the last administrator: make somebody else one first.")
    changed = await Directory(session).change(user_id, **after)
    if after["disabled"] and not before["disabled"]:
        await Sessions(session).end(user_id, "shut out")
    differs = [name for name in after if after[name] != before[name]]
    was, now = ({name: state[name] for name in differs} for state in (before, after))
    await acting.record(session, role, act, TargetKind.USER, user_id, was, now)
    return changed


def _state(user: UserRow) -> dict[str, Any]:
    return {"role": user.role, "tier": user.tier, "disabled": user.disabled_at is not None}


def _governs(state: dict[str, Any]) -> bool:
    return state["role"] is Role.ADMIN and not state["disabled"]


def _unknown() -> NotFound:
    return NotFound("There is no such user.")
