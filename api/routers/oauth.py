"""`/auth/oauth`: signing in by a provider. Browsers come here themselves, and are told by redirects."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from accounts.oauth import Returned
from api import cookies
from api.deps import Device, From, Person, Uses
from api.models import oauth as models
from api.services import Services
from schemas.errors import SignInRefused
from schemas.people import SignInRefusal

router = APIRouter(prefix="/auth", tags=["auth"])

log = structlog.get_logger(__name__)


@router.get("/providers")
async def providers(request: Request, uses: Uses) -> list[models.Provider]:
    """By whom one may sign in here, besides with a password."""
    return [
        models.Provider(provider=name, start=request.app.url_path_for("oauth_start", provider=name))
        for name in uses.oauth.offered
    ]


@router.get("/oauth")
async def linked(principal: Person, uses: Uses) -> list[models.Linked]:
    """By whom you sign in, besides with a password."""
    return [models.Linked.model_validate(row) for row in await uses.oauth.linked(principal)]


@router.delete("/oauth/{provider}", status_code=204)
async def unlink(provider: str, principal: Person, uses: Uses) -> None:
    """Let a provider sign you in no longer. Not if it is your only way in: set a password first."""
    await uses.oauth.unlink(principal, provider)


@router.get("/oauth/{provider}/start", status_code=303, response_class=RedirectResponse)
async def oauth_start(
    provider: str,
    request: Request,
    uses: Uses,
    path: Annotated[str, Query(alias="next", description="A path of this site, where one goes when signed in.")] = "/",
) -> RedirectResponse:
    """Sign in by a provider: a browser is sent there. Other errors than of the request lead to `/login#error=…`."""
    # Of the installation's own address, not of what the request says its host is.
    came_back = f"{_site(uses)}{request.app.url_path_for('oauth_callback', provider=provider)}"
    try:
        sent = await uses.oauth.leave(provider, came_back, path)
    except SignInRefused as refusal:
        return _refused(uses, provider, refusal)
    response = RedirectResponse(sent.address, 303)
    cookies.set_leaving(response, sent.sealed, sent.lasts)
    return response


@router.get("/oauth/{provider}/callback", status_code=303, response_class=RedirectResponse)
async def oauth_callback(
    provider: str,
    request: Request,
    uses: Uses,
    place: From,
    device: Device,
    state: str | None = None,
    code: str | None = None,
    error: str | None = None,
    iss: str | None = None,
) -> RedirectResponse:
    """Come back from a provider: a browser is signed in and goes on, or to `/login#error=…` with the reason."""
    returned = Returned(cookies.leaving_of(request), state, code, error, iss)
    try:
        tokens, path = await uses.oauth.come_back(provider, returned, place, device)
    except SignInRefused as refusal:
        response = _refused(uses, provider, refusal)
        if refusal.reason != SignInRefusal.STATE:  # else somebody could end an attempt that is not theirs
            cookies.clear_leaving(response)
        return response
    response = RedirectResponse(f"{_site(uses)}{path}", 303)
    cookies.clear_leaving(response)
    cookies.set_cookies(response, tokens)
    return response


def _refused(uses: Services, provider: str, refusal: SignInRefused) -> RedirectResponse:
    log.info("nobody signed in", provider=provider, reason=refusal.reason, cause=str(refusal.__cause__ or ""))
    return RedirectResponse(f"{_site(uses)}/login#error={refusal.reason}", 303)


def _site(uses: Services) -> str:
    return str(uses.settings.public_url).rstrip("/")
