"""What docs/scaling.md and docs/cost.md say is what their arithmetic gives."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from benchmarks.fleet import bound, cost, saturation
from benchmarks.fleet.inputs import load

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def scaling() -> str:
    return (DOCS / "scaling.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def costs() -> str:
    return (DOCS / "cost.md").read_text(encoding="utf-8")


def test_the_table_of_limits_is_what_is_computed(scaling: str) -> None:
    assert saturation.table() in scaling


def test_limits_are_in_the_order_in_which_they_are_met() -> None:
    rows = list(saturation.rows())
    assert [row.full_at for row in rows] == sorted(row.full_at for row in rows)
    for row in rows:
        assert row.at(row.full_at) == pytest.approx(row.limit)
        assert row.at(1) <= row.limit, f"{row.what} is too little even for the load it is meant for"


def test_the_mean_film_is_that_of_the_inputs(scaling: str) -> None:
    film, inputs = saturation.mean_film(), load()
    # Cut at two hours, a lognormal's mean is a little less.
    assert film.seconds == pytest.approx(inputs.film_mean_s, rel=0.05)
    assert film.batches >= film.pictures / 6
    assert saturation.described(film) in scaling


def test_costs_are_what_is_computed(costs: str) -> None:
    assert cost.table() in costs
    assert cost.facts() in costs


def test_every_price_has_a_source() -> None:
    import tomllib

    prices = tomllib.loads(cost.PRICES.read_text(encoding="utf-8"))
    assert all(entry["source"] and "read" in entry for entry in prices.values())


def test_the_specifications_sums_are_its_lines() -> None:
    lines = list(cost.lines())
    assert sum(line.said_dev for line in lines) == 335
    assert sum(line.said_prod for line in lines) == 2650


def test_what_cannot_be_had_is_what_arithmetic_says() -> None:
    """1.2 times the ideal's 95th percentile takes more GPU-hours than queue depth has, whatever the policy."""
    figures = json.loads((DOCS / "benchmarks.json").read_text(encoding="utf-8"))["fleet_simulation"]["result"]["loads"]
    seconds, inputs = 1.2 * figures["1x"]["ideal"]["film_p95_s"], load()
    # 95 of 100 starts take longer.
    assert inputs.cold_start_s * math.exp(-1.645 * inputs.cold_start_sigma) >= seconds
    hours = bound.least_hours(inputs, seconds)
    assert hours > figures["1x"]["queue_depth"]["gpu_hours"]
    decision = next((DOCS / "adr").glob("0029-*.md")).read_text(encoding="utf-8")
    assert f"it would take {hours:.0f} machine-hours a day" in decision
    # With all the time there is, machines need only be there: one paints for ever.
    assert bound.least_hours(inputs, 1e6) < 24
