"""The language model that directs, where the settings name one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from film.direction.model import Director, Patience
from infrastructure.settings import Settings


@asynccontextmanager
async def director_of(settings: Settings) -> AsyncIterator[Director | None]:
    """Open a connection to the model.

    Nothing is sent before a film is directed. Whether the model answers is found out then: a worker without it can
    do all else.

    Args:
        settings: The installation's.

    Yields:
        The model and how long to wait for it, or None where the rules direct.
    """
    if settings.director_url is None:
        yield None
        return
    from infrastructure.language_model import LanguageModel

    patience = Patience(at_once=settings.director_concurrency, total_s=settings.director_total_s)
    async with LanguageModel(settings) as model:
        yield Director(model, patience)
