"""Those who govern a studio of the tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from accounts.administration import make_admin
from accounts.tokens import Access, Signer
from infrastructure.db.repositories.directory import Directory
from infrastructure.db.repositories.sessions import Sessions
from infrastructure.db.repositories.users import Users
from schemas.enums import Tier
from schemas.people import Role
from tests.api.people import PASSWORD, Studio

ROOT = "root@example.org"


async def user_id_of(studio: Studio, email: str) -> str:
    """The id of somebody's account."""
    async with studio.db.begin() as session:
        user = await Users(session).by_email(email)
    assert user is not None
    return str(user.user_id)


async def give_role(studio: Studio, email: str, role: Role) -> None:
    """Give somebody another role, beside the API: what it remembers of them is out of date then."""
    async with studio.db.begin() as session:
        await Directory(session).change(
            UUID(await user_id_of(studio, email)), role=role, tier=Tier.FREE, disabled=False
        )


async def sign_in(studio: Studio, email: str) -> httpx.AsyncClient:
    """Somebody who signs in once more."""
    body = {"email": email, "password": PASSWORD, "transport": "token"}
    answer = await studio.client().post("/auth/login", json=body)
    assert answer.status_code == 200, answer.text
    return studio.client(answer.json()["access_token"])


async def arrive(studio: Studio, email: str, role: Role = Role.USER) -> httpx.AsyncClient:
    """Somebody with an account who is signed in. Nothing is asked of them: no password is hashed, no letter sent."""
    async with studio.db.begin() as session:
        user = await Users(session).create(email)
        assert user is not None
        await Users(session).verified(user.user_id)
        await Directory(session).change(user.user_id, role=role, tier=Tier.FREE, disabled=False)
        session_id = await Sessions(session).begin(user.user_id, "tests", timedelta(hours=1))
    return studio.client(Signer(studio.settings).access(Access(user.user_id, session_id)))


async def administrator(studio: Studio, email: str = ROOT) -> httpx.AsyncClient:
    """An administrator, made as an installation's first is made."""
    somebody = await arrive(studio, email)
    assert await make_admin(email, db=studio.db)
    return somebody


async def moderator(studio: Studio, email: str = "mod@example.org") -> httpx.AsyncClient:
    """A moderator."""
    return await arrive(studio, email, Role.MODERATOR)


async def acts(admin: httpx.AsyncClient, **which: str) -> list[dict[str, Any]]:
    """What the audit log has, the newest first."""
    answer = await admin.get("/admin/audit", params=which)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found
