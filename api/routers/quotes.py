"""`/quotes`: what a film would be and cost."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Reader, Uses
from api.models import jobs as models
from api.usecases.quote_film import quote_film

router = APIRouter(prefix="/quotes", tags=["jobs"])


@router.post("")
async def quote(body: models.OrderFilm, principal: Reader, uses: Uses) -> models.QuoteShown:
    """What a film would be and cost. Nothing is ordered."""
    quoted = await quote_film(
        principal,
        body.project_id,
        body.choice(),
        db=uses.db,
        store=uses.store,
        settings=uses.settings,
        craft=uses.craft,
    )
    return models.QuoteShown.model_validate(quoted)
