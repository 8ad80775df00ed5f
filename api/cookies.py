"""The cookies of whoever is signed in: no script reads them, and no other host sets them."""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response

from accounts.people import Tokens

ACCESS, REFRESH = "__Host-studio", "__Host-studio-refresh"
NAMES = (ACCESS, REFRESH)
LEAVING = "__Host-studio-leaving"
"""Held while somebody is at a provider of identities; a newer attempt takes its place."""


def set_cookies(response: Response, tokens: Tokens) -> None:
    """Let a browser hold tokens."""
    for name, token, lasts in (
        (ACCESS, tokens.access, tokens.access_lasts),
        (REFRESH, tokens.refresh, tokens.refresh_lasts),
    ):
        response.set_cookie(
            name, token, max_age=int(lasts.total_seconds()), path="/", secure=True, httponly=True, samesite="lax"
        )


def clear_cookies(response: Response) -> None:
    """Let a browser forget them."""
    for name in NAMES:
        response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")


def access_of(request: Request) -> str | None:
    """The access token that a browser sent."""
    return request.cookies.get(ACCESS)


def refresh_of(request: Request) -> str | None:
    """The refresh token that a browser sent."""
    return request.cookies.get(REFRESH)


def set_leaving(response: Response, sealed: str, lasts: timedelta) -> None:
    """Let a browser hold an attempt to sign in by a provider."""
    response.set_cookie(
        LEAVING, sealed, max_age=int(lasts.total_seconds()), path="/", secure=True, httponly=True, samesite="lax"
    )


def clear_leaving(response: Response) -> None:
    """Let a browser forget it."""
    response.delete_cookie(LEAVING, path="/", secure=True, httponly=True, samesite="lax")


def leaving_of(request: Request) -> str | None:
    """The attempt that a browser holds."""
    return request.cookies.get(LEAVING)
