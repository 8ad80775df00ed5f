"""Whether this process lives, whether it can work, and what it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from importlib.metadata import version as version_of

from fastapi import APIRouter, Response
from pydantic import Field

from api.deps import Uses
from api.models.base import Answer
from infrastructure.db.tables import REVISION
from schemas.errors import DependencyDown

PATIENCE_S = 2.0
"""How long a part may take to answer."""

router = APIRouter(tags=["health"])


class Lives(Answer):
    """This process answers."""

    status: str = "ok"


class Ready(Answer):
    """What this process needs, and whether it is there."""

    ready: bool = Field(examples=[True])
    database: bool = Field(examples=[True])
    store: bool = Field(examples=[True])


class Version(Answer):
    """What runs here."""

    version: str = Field(examples=["0.1.0"])
    schema_revision: str = Field(examples=["0003"])
    """The newest migration that this code needs."""


@router.get("/healthz")
async def healthz() -> Lives:
    """Whether this process lives: nothing else is asked."""
    return Lives()


@router.get("/readyz", responses={503: {"model": Ready, "description": "Something is away"}})
async def readyz(uses: Uses, response: Response) -> Ready:
    """Whether this process can work: database and store are asked, for two seconds at most."""
    database, store = await asyncio.gather(_answers(uses.db.ready()), _answers(uses.store.ping()))
    if not (database and store):
        response.status_code = 503
    return Ready(ready=database and store, database=database, store=store)


@router.get("/version")
async def version() -> Version:
    """What runs here."""
    return Version(version=version_of("ai-film-studio"), schema_revision=REVISION)


async def _answers(asked: Awaitable[object]) -> bool:
    try:
        await asyncio.wait_for(asked, PATIENCE_S)
    except (DependencyDown, TimeoutError):
        return False
    return True
