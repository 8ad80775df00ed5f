"""`/auth`: accounts, sessions and keys."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from accounts.dossier import dossier
from accounts.limits import EXPORTS
from accounts.people import Tokens
from api import cookies
from api.deps import Anyone, Device, From, Person, Uses
from api.models import auth as models
from schemas.errors import NotSignedIn

router = APIRouter(prefix="/auth", tags=["auth"])

EXPORT = {"format": 1, "account": [{"email": "anna@example.org", "…": "…"}], "projects": [], "films": [], "credits": []}


@router.post("/register", status_code=202)
async def register(body: models.Register, uses: Uses, place: From) -> None:
    """Register. A letter with a link follows, whether or not the address has an account: nobody learns which."""
    await uses.registering.register(body.email, body.password, place)


@router.post("/verify")
async def verify(body: models.Verify, uses: Uses, place: From, device: Device, response: Response) -> models.SignedIn:
    """Confirm an address with the link that was mailed there, and sign in."""
    tokens = await uses.registering.verify(body.token, body.password, place, device)
    return _signed_in(tokens, body.transport, response)


@router.post("/login")
async def login(body: models.SignIn, uses: Uses, place: From, device: Device, response: Response) -> models.SignedIn:
    """Sign in."""
    tokens = await uses.people.sign_in(body.email, body.password, place, device)
    return _signed_in(tokens, body.transport, response)


@router.post("/refresh")
async def refresh(
    request: Request, uses: Uses, response: Response, body: models.Refresh | None = None
) -> models.SignedIn:
    """Exchange a refresh token, from the body or the cookie, for new tokens. Each can be exchanged once."""
    token = body.refresh_token if body is not None else cookies.refresh_of(request)
    if token is None:
        raise NotSignedIn("Sign in first.")
    tokens = await uses.people.refresh(token)
    return _signed_in(tokens, models.Transport.TOKEN if body is not None else models.Transport.COOKIE, response)


@router.post("/logout", status_code=204)
async def logout(principal: Person, uses: Uses, response: Response) -> None:
    """Sign out: the session of this request ends."""
    await uses.people.sign_out(principal)
    cookies.clear_cookies(response)


@router.get("/me")
async def me(principal: Anyone) -> models.Account:
    """Who makes this request."""
    return _account(principal)


@router.get(
    "/me/export",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/json": {"example": EXPORT}}, "description": "All that is known of you"}},
)
async def export(principal: Person, uses: Uses) -> StreamingResponse:
    """All that this installation knows of you, as one JSON document. Links in it are good for a quarter of an hour."""
    await uses.limits.hold(EXPORTS, str(principal.user_id))
    return StreamingResponse(
        dossier(principal.user_id, db=uses.db, store=uses.store),
        media_type="application/json",
        headers={"content-disposition": 'attachment; filename="ai-film-studio.json"', "cache-control": "no-store"},
    )


@router.delete("/me", status_code=204)
async def leave(principal: Person, uses: Uses, response: Response, body: models.Leave) -> None:
    """Delete your account, with all projects, scripts and films, and sign out everywhere. It cannot be undone.

    Films that are being made are called off. What lies in the store goes within minutes.
    """
    await uses.people.leave(principal, body.password)
    cookies.clear_cookies(response)


@router.post("/password/forgot", status_code=202)
async def forgot(body: models.Forgot, uses: Uses) -> None:
    """Ask for a letter with a link that sets another password. Nobody learns whether the address has an account."""
    await uses.registering.forgot(body.email)


@router.post("/password/reset", status_code=204)
async def reset(body: models.Reset, uses: Uses, response: Response) -> None:
    """Set another password with the link that was mailed. Every session of the account ends."""
    await uses.registering.reset(body.token, body.password)
    cookies.clear_cookies(response)


@router.get("/sessions")
async def sessions(principal: Person, uses: Uses) -> list[models.SessionShown]:
    """Where you are signed in, the newest first."""
    return [
        models.SessionShown.model_validate(row).model_copy(update={"current": row.session_id == principal.session_id})
        for row in await uses.people.sessions(principal)
    ]


@router.delete("/sessions/{session_id}", status_code=204)
async def end_session(session_id: UUID, principal: Person, uses: Uses) -> None:
    """Sign out somewhere else."""
    await uses.people.sign_out(principal, session_id)


@router.post("/api-keys", status_code=201)
async def make_key(body: models.MakeKey, principal: Person, uses: Uses) -> models.KeyMade:
    """Make a key for a program. It is shown once."""
    made = await uses.keys.make(principal, body.name, frozenset(body.scopes), body.expires_at)
    shown = models.KeyShown.model_validate(made.row)
    return models.KeyMade(key=made.key, **shown.model_dump())


@router.get("/api-keys")
async def keys(principal: Person, uses: Uses) -> list[models.KeyShown]:
    """Your keys, the newest first."""
    return [models.KeyShown.model_validate(row) for row in await uses.keys.all_of(principal)]


@router.delete("/api-keys/{key_id}", status_code=204)
async def revoke_key(key_id: UUID, principal: Person, uses: Uses) -> None:
    """Revoke a key: whatever uses it is refused from now on."""
    await uses.keys.revoke(principal, key_id)


def _signed_in(tokens: Tokens, transport: models.Transport, response: Response) -> models.SignedIn:
    told = {"account": _account(tokens.principal), "expires_in": int(tokens.access_lasts.total_seconds())}
    if transport is models.Transport.COOKIE:
        cookies.set_cookies(response, tokens)
        return models.SignedIn.model_validate(told)
    return models.SignedIn.model_validate(told | {"access_token": tokens.access, "refresh_token": tokens.refresh})


def _account(principal: Anyone) -> models.Account:
    return models.Account.model_validate(principal)
