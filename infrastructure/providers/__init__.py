"""Providers of identities: Google and GitHub say who somebody is. Imported by the API alone."""

from __future__ import annotations

from infrastructure.providers.asking import Provider
from infrastructure.providers.github import GitHub
from infrastructure.providers.google import Google
from infrastructure.settings import Settings


def offered(settings: Settings) -> list[Provider]:
    """Those that know this installation: each that has a client id."""
    providers: list[Provider] = []
    if settings.google_client_id:
        providers.append(Google(settings))
    if settings.github_client_id:
        providers.append(GitHub(settings))
    return providers
