"""Title, credits, captions, subtitles and logo come into a film's cut."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from activities.artifacts import ArtifactCache, stage_spec
from film.edit.cards import Card, item_of
from film.edit.graphics import CardPlan, draw_cards, lettering_of, letters_missing, plan_cards, with_graphics
from schemas.artifact import graphics_key
from schemas.enums import MediaKind
from schemas.graphics import Lettering
from schemas.jobs import FilmInput
from schemas.stages import Stage
from schemas.timeline import Cut, CutItem


class Lettered(NamedTuple):
    """A cut with all that is lettered."""

    cut: Cut
    notes: tuple[str, ...]
    """Which letters no font has."""


async def letter(film: FilmInput, cut: Cut, cache: ArtifactCache, *, keep: bool = True) -> Lettered:
    """Bring what the film's order wants lettered into its cut.

    Args:
        film: The film.
        cut: Its shots, with cues and captions.
        cache: Where the user's files lie, and where cards are kept.
        keep: Whether cards that are drawn are kept. Without it, their clips lead nowhere: for a forecast.

    Raises:
        ArtifactMissing: A file of the user's own is gone from the store.
    """
    graphics = film.options.graphics
    files = {digest: await cache.read_as(graphics_key(film.project_id, digest), digest) for digest in graphics.files}
    font = files[graphics.font] if graphics.font is not None else None
    cards = plan_cards(graphics, files, width=cut.width, height=cut.height, fps=cut.fps)
    lettering = lettering_of(cut, graphics, cards)
    items = await _items(film, cut, cards, lettering, font, cache, keep=keep)
    before, after = ([items[card.id] for card in part] for part in cards)
    whole = with_graphics(cut, graphics, lettering, before, after)
    return Lettered(whole, await asyncio.to_thread(letters_missing, whole, cards, font))


async def _items(
    film: FilmInput,
    cut: Cut,
    cards: CardPlan,
    lettering: Lettering,
    font: bytes | None,
    cache: ArtifactCache,
    *,
    keep: bool,
) -> dict[str, CutItem]:
    """Find the cards' pictures, draw those that are not there, and give each its place in the cut."""
    kind, letters = MediaKind.CARD, lettering.model_dump(mode="json")

    def spec(card: Card) -> str:
        return stage_spec(film, Stage.COMPOSITION, card.spec(cut.width, cut.height, letters))

    specs = [spec(card) for card in cards.all]
    found = await cache.find(film.project_id, Stage.COMPOSITION, specs, kind.extension) if specs else {}
    items = {card.id: item_of(card, found[spec(card)].key, found[spec(card)].sha256) for card in cards.all
             if spec(card) in found}  # fmt: skip
    wanted: Sequence[Card] = [card for card in cards.all if card.id not in items]
    drawn = await asyncio.to_thread(draw_cards, wanted, lettering, font, cut.width, cut.height)
    for card, png in zip(wanted, drawn, strict=True):
        key, digest = "", hashlib.sha256(png).hexdigest()
        if keep:
            ref = await cache.keep_bytes(
                film.project_id, Stage.COMPOSITION, spec(card), kind.extension, png, kind.media_type
            )
            key, digest = ref.key, ref.sha256
        items[card.id] = item_of(card, key or f"{card.id}.{kind.extension}", digest)
    return items
