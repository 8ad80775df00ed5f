"""`/admin`: users, the audit log, and how the installation is doing."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from accounts.acting import Acting
from accounts.administration import Wanted, account_of, ban_account, change_account, grant_credits
from api.deps import Admin, Key, Moderator, RequestId, Uses
from api.models import admin as models
from api.paging import Cursor, Limit, Page, cursor_of, page_of, place_of
from api.usecases.dead_letters import discard, films_of, letters_in, redrive
from api.usecases.examine_health import examine_health
from infrastructure.db.repositories.audit import AuditLog
from infrastructure.db.repositories.directory import Directory
from schemas.credits import Balance
from schemas.enums import Tier
from schemas.errors import InvalidRequest
from schemas.people import Role

router = APIRouter(prefix="/admin", tags=["admin"])


@router.get("/users")
async def users(
    _admin: Admin,
    uses: Uses,
    request: Request,
    response: Response,
    limit: Limit = 25,
    cursor: Cursor = None,
    search: Annotated[str, Query(max_length=100, description="What addresses shall hold, in any case.")] = "",
    role: Annotated[Role | None, Query(description="Of which role; of all without.")] = None,
    tier: Annotated[Tier | None, Query(description="Of which tier; of all without.")] = None,
    disabled: Annotated[bool | None, Query(description="Whether those that are shut, or the others.")] = None,
) -> Page[models.UserShown]:
    """All users, the newest first."""
    if "\x00" in search:
        raise InvalidRequest("search: holds a character that is none.")
    async with uses.db.begin() as session:
        rows = await Directory(session).page(
            limit + 1, place_of(cursor), search=search, role=role, tier=tier, disabled=disabled
        )
    return page_of(
        rows,
        limit,
        lambda row: cursor_of((row.created_at, row.user_id)),
        models.UserShown.model_validate,
        request,
        response,
    )


@router.get("/users/{user_id}")
async def user(user_id: UUID, _admin: Admin, uses: Uses) -> models.UserCounted:
    """A user, and what belongs to them."""
    account = await account_of(user_id, db=uses.db)
    shown = models.UserShown.model_validate(account.user)
    return models.UserCounted(**shown.model_dump(), **account.counted._asdict())


@router.patch("/users/{user_id}")
async def change_user(
    user_id: UUID, body: models.ChangeUser, admin: Admin, uses: Uses, request_id: RequestId
) -> models.UserShown:
    """Give somebody another role or tier, or shut or open their account. It holds everywhere within five seconds."""
    wanted = Wanted(body.role, body.tier, body.disabled)
    acting = Acting(admin.user_id, body.reason, request_id)
    changed = await change_account(user_id, wanted, acting, db=uses.db)
    uses.people.look_again(user_id)
    return models.UserShown.model_validate(changed)


@router.post("/users/{user_id}/ban", status_code=204)
async def ban(user_id: UUID, body: models.Reasoned, moderator: Moderator, uses: Uses, request_id: RequestId) -> None:
    """Shut somebody out: moderators may do that to users, administrators to everybody but themselves."""
    acting = Acting(moderator.user_id, body.reason, request_id)
    await ban_account(user_id, acting, db=uses.db)
    uses.people.look_again(user_id)


@router.post("/users/{user_id}/credits")
async def give_credits(
    user_id: UUID,
    body: models.GiveCredits,
    admin: Admin,
    uses: Uses,
    response: Response,
    request_id: RequestId,
    key: Key,
) -> Balance:
    """Give somebody credits, which last. The answer is what they have then."""
    acting = Acting(admin.user_id, body.reason, request_id)
    granted = await grant_credits(user_id, body.credits, key, acting, db=uses.db)
    response.headers["idempotent-replayed"] = "false" if granted.new else "true"
    return granted.balance


@router.get("/audit")
async def audit(
    _admin: Admin,
    uses: Uses,
    request: Request,
    response: Response,
    limit: Limit = 25,
    cursor: Cursor = None,
    actor_id: Annotated[UUID | None, Query(description="By whom; by all without.")] = None,
    target_id: Annotated[UUID | None, Query(description="To which user or job; to all without.")] = None,
) -> Page[models.AuditShown]:
    """What administrators, moderators and the operator did, the newest first."""
    async with uses.db.begin() as session:
        found = await AuditLog(session).page(limit + 1, place_of(cursor), actor_id, target_id)
    return page_of(
        found,
        limit,
        lambda one: cursor_of((one.row.at, one.row.audit_id)),
        lambda one: models.AuditShown.model_validate(one.row.model_dump() | {"actor": one.actor}),
        request,
        response,
    )


@router.get("/dead-letters")
async def dead_letters(_admin: Admin, uses: Uses, limit: Limit = 25) -> list[models.DeadLetterShown]:
    """What failed for good, the newest first. What somebody else looks at in the same moment is left out."""
    found = await letters_in(uses.queues, limit)
    films = await films_of(found, db=uses.db)
    return [
        models.DeadLetterShown(
            message_id=one.message_id,
            receives=one.receives,
            letter=one.letter,
            film=models.FilmNamed.model_validate(film) if (film := films.get(one.message_id)) else None,
            body=one.body[:2000] if one.letter is None else None,
        )
        for one in found
    ]


@router.post("/dead-letters/{message_id}/redrive")
async def redrive_letter(
    message_id: UUID, body: models.Reasoned, admin: Admin, uses: Uses, request_id: RequestId
) -> models.Redriven:
    """Run again what failed for good: a shot where its film waits, a film as its next revision.

    The letter is gone when Temporal has accepted it. Doing it twice does no more than doing it once.
    """
    acting = Acting(admin.user_id, body.reason, request_id)
    done = await redrive(message_id, acting, db=uses.db, queues=uses.queues, client=uses.temporal)
    letter = done.letter
    return models.Redriven(kind=letter.kind, job_id=letter.job_id, rev=done.rev, shot=letter.shot)


@router.post("/dead-letters/{message_id}/discard", status_code=204)
async def discard_letter(
    message_id: UUID, body: models.Reasoned, admin: Admin, uses: Uses, request_id: RequestId
) -> None:
    """Set a dead letter aside for good; what it tells of stays as it is."""
    acting = Acting(admin.user_id, body.reason, request_id)
    await discard(message_id, acting, db=uses.db, queues=uses.queues)


@router.get("/health")
async def health(_admin: Admin, uses: Uses) -> models.SystemHealth:
    """How the installation is doing. What is away says so: the answer is there all the same."""
    return await examine_health(uses)
