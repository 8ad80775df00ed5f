"""`/loras`: what may change how films are painted here."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter

from api.deps import Reader, Uses
from api.models.jobs import LoraShown

router = APIRouter(prefix="/loras", tags=["loras"])


@router.get("")
async def index(_principal: Reader, uses: Uses) -> list[LoraShown]:
    """The LoRAs that this installation has for the model that it paints with."""
    return [LoraShown(name=name) for name in await asyncio.to_thread(uses.craft.list_loras)]
