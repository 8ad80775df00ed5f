from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from accounts.prices import PriceList, prices
from film.edit.watermark import mark_of
from schemas.enums import MotionKind, RendererName, Tier
from schemas.errors import InvalidRequest
from schemas.jobs import FilmOptions
from schemas.rate import NTSC

RATES = st.sampled_from([24, 25, 30, 60, *NTSC.values()])


def _options(renderer: str, motion: str = "camera", fps: Any = 24) -> FilmOptions:
    return FilmOptions(renderer=RendererName(renderer), motion=MotionKind(motion), fps=fps)


def test_free_is_what_was_promised() -> None:
    free = prices().terms(Tier.FREE)
    assert (free.allowance, free.watermark, free.films_at_once) == (3, True, 1)
    for paid in (Tier.PRO, Tier.STUDIO):
        terms = prices().terms(paid)
        assert terms.allowance > free.allowance
        assert terms.films_at_once > free.films_at_once
        assert not terms.watermark


@pytest.mark.parametrize("tier", Tier)
def test_films_carry_the_watermark_that_the_tier_says(tier: Tier) -> None:
    assert prices().terms(tier).watermark == (mark_of(tier) is not None)


@given(frames=st.integers(0, 10**6), fps=RATES)
def test_a_draft_costs_nothing(frames: int, fps: Any) -> None:
    assert prices().film(_options("storyboard", fps=fps), frames) == 0


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (Fraction(1, 24), 1), (59, 1), (60, 1), (61, 2), (119, 2), (120, 2), (125, 3)]
)
def test_a_painted_film_costs_by_started_minute(seconds: Fraction | int, minutes: int) -> None:
    frames = int(seconds * 24)
    assert prices().film(_options("sdxl"), frames) == minutes
    assert prices().film(_options("sdxl", "video"), frames) == 5 * minutes
    assert prices().film(_options("storyboard", "video"), frames) == 4 * minutes


@given(minutes=st.integers(1, 360), fps=RATES)
def test_a_film_that_lasts_whole_minutes_pays_for_no_other(minutes: int, fps: Any) -> None:
    """Its length is met to the frame, so that at a rate of NTSC's it ends some milliseconds late."""
    assert prices().film(_options("sdxl", fps=fps), ceil(60 * minutes * fps)) == minutes


@given(frames=st.integers(0, 10**6), more=st.integers(0, 10**5), fps=RATES, motion=st.sampled_from(MotionKind))
def test_more_film_never_costs_less(frames: int, more: int, fps: Any, motion: MotionKind) -> None:
    options = _options("sdxl", motion, fps)
    assert prices().film(options, frames) <= prices().film(options, frames + more)


def test_packages_are_found_by_their_names() -> None:
    for package in prices().packages:
        assert prices().package(package.id) == package
    with pytest.raises(InvalidRequest, match=r"no package 'gold': choose one of reel, "):
        prices().package("gold")


def test_more_credits_at_once_are_never_dearer() -> None:
    packages = sorted(prices().packages, key=lambda package: package.credits)
    each = [Fraction(package.price, package.credits) for package in packages]
    assert each == sorted(each, reverse=True)


def _listed() -> dict[str, Any]:
    return prices().model_dump(mode="json")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda listed: listed["tiers"].pop("pro"), "no price for pro"),
        (lambda listed: listed["per_minute"]["renderers"].pop("sdxl"), "no price for sdxl"),
        (lambda listed: listed["per_minute"]["motion"].update(video=-1), "greater than or equal to 0"),
        (lambda listed: listed["tiers"]["free"].update(allowance=0), "greater than or equal to 1"),
        (lambda listed: listed["packages"].append(listed["packages"][0]), "share an id"),
        (lambda listed: listed["packages"][0].update(price=0), "greater than 0"),
        (lambda listed: listed.update(tierz={}), "Extra inputs"),
    ],
)
def test_a_list_that_cannot_be_is_refused(change: Any, why: str) -> None:
    listed = _listed()
    change(listed)
    with pytest.raises(ValidationError, match=why):
        PriceList.model_validate(listed)
