"""What a film costs, what a tier gives, what can be bought. The figures are data: `prices.toml`."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import cache
from math import ceil
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from schemas.base import Document
from schemas.credits import MAX_CREDITS
from schemas.enums import MotionKind, RendererName, Tier
from schemas.errors import InvalidRequest
from schemas.jobs import FilmOptions

PRICES = Path(__file__).with_name("prices.toml")

_Credits = Annotated[int, Field(ge=0, le=MAX_CREDITS)]
_Some = Annotated[int, Field(ge=1, le=MAX_CREDITS)]


class TierTerms(Document):
    """What a tier gives."""

    allowance: _Some
    """Credits a month; what is left of them lapses."""
    watermark: bool
    films_at_once: _Some
    """Films in work at the same time, drafts among them."""
    drafts_a_day: _Some
    """Films a day that cost nothing."""


class PerMinute(Document):
    """Credits for each minute that a film has begun: the picture's and the motion's are added."""

    renderers: dict[RendererName, _Credits]
    motion: dict[MotionKind, _Credits]


class Package(Document):
    """Credits that can be bought at once."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    credits: _Some
    price: Annotated[int, Field(gt=0)]
    """In the currency's smallest unit, such as cents."""
    currency: Annotated[str, Field(pattern=r"^[a-z]{3}$")]
    """ISO 4217, in small letters, as Stripe writes it."""


class PriceList(Document):
    """All prices."""

    tiers: dict[Tier, TierTerms]
    per_minute: PerMinute
    packages: tuple[Package, ...]

    @model_validator(mode="after")
    def _whole(self) -> PriceList:
        for named, kinds in (
            (self.tiers, Tier),
            (self.per_minute.renderers, RendererName),
            (self.per_minute.motion, MotionKind),
        ):
            missing = set(kinds) - set(named)
            if missing:
                raise ValueError(f"there is no price for {', '.join(sorted(missing))}")
        if len({package.id for package in self.packages}) < len(self.packages):
            raise ValueError("two packages share an id")
        return self

    def terms(self, tier: Tier) -> TierTerms:
        """What a tier gives."""
        return self.tiers[tier]

    def package(self, package_id: str) -> Package:
        """Find what can be bought.

        Raises:
            InvalidRequest: There is no such package.
        """
        for package in self.packages:
            if package.id == package_id:
                return package
        names = ", ".join(package.id for package in self.packages)
        raise InvalidRequest(f"There is no package {package_id!r}: choose one of {names}.")

    def a_minute(self, options: FilmOptions) -> int:
        """Credits for each minute that a film with such options has begun; 0 for a draft."""
        return self.per_minute.renderers[options.renderer] + self.per_minute.motion[options.motion]

    def film(self, options: FilmOptions, frames: int) -> int:
        """Price a film: what is reserved for it, and, with the frames that were delivered, what is captured.

        A price never falls as frames are added, so that delivering less than was asked for never costs more.

        Args:
            options: How it is made, and at which rate.
            frames: How many it has; for what is captured, those of shots for which no draft stands in.

        Returns:
            Credits: 0 for a draft, else at least those of one minute where it has any frame.
        """
        if frames < 0:
            raise ValueError(f"a film has no {frames} frames")
        # The last frame may reach into a minute: a film that shall last one is met to the frame, at 23.976 a second by
        # a frame that ends 18 ms after it.
        minutes = max(frames > 0, ceil(Fraction(frames - 1) / (60 * options.fps)))
        return self.a_minute(options) * minutes


@cache
def prices() -> PriceList:
    """Read the prices that come with this version."""
    return PriceList.model_validate(tomllib.loads(PRICES.read_text(encoding="utf-8")))
