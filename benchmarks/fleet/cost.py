"""What a month costs: `python -m benchmarks.fleet.cost` prints the table of docs/cost.md.

GPU-hours are those of the simulation, as docs/benchmarks.json has them; prices are those of `prices.toml`.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.fleet.inputs import load
from benchmarks.fleet.saturation import CORE_S_A_FRAME, FPS, mean_film

HOURS = 730
DAYS = 30.4
KEPT_DAYS = 90
"""How long artifacts and films are kept: the bucket's lifecycle."""
DEV_FILMS = 5
"""Films a day in development: each wakes a machine of its own."""
VIEWS = 1.0
"""How often a film is fetched through the CDN."""
PICTURE_MB = 1.6
FILM_MB_A_SECOND = 14.4 / 16.5
"""1080p at CRF 18, veryfast (notes on performance, 1.1); it lies there twice, in segments and whole."""
FREE_CDN_GB = 1024
CALLS_A_TICKET = 6
"""Send, receive, extend twice, delete, and a share of what is asked in vain."""
POLL_S = 15
"""How often KEDA counts tickets."""
PRICES = Path(__file__).with_name("prices.toml")
BENCHMARKS = Path(__file__).parents[2] / "docs" / "benchmarks.json"


@dataclass(frozen=True)
class Line:
    """A service's month, in USD."""

    service: str
    dev: float
    prod: float
    said_dev: float
    """What the specification's 8.1 says."""
    said_prod: float
    how: str


@cache
def price(name: str) -> float:
    """Look up a price, in USD."""
    return float(tomllib.loads(PRICES.read_text(encoding="utf-8"))[name]["value"])


def gpu_hours(policy: str = "tickets") -> float:
    """GPU-hours of a day at 1×, by a policy, as simulated.

    Raises:
        LookupError: The simulation was not run: `python -m benchmarks fleet_simulation` does.
    """
    simulated = json.loads(BENCHMARKS.read_text(encoding="utf-8"))["fleet_simulation"]["result"]
    return float(simulated["loads"]["1x"][policy]["gpu_hours"])


def gb_a_film() -> float:
    """What the mean film leaves in the store."""
    film = mean_film()
    return (film.pictures * PICTURE_MB + 2 * film.seconds * FILM_MB_A_SECOND) / 1024


def lines() -> Iterator[Line]:
    """Compute the specification's lines."""
    inputs, film = load(), mean_film()
    films = inputs.films_per_day
    spot = (price("g5_xlarge_spot_hour") + price("g4dn_xlarge_spot_hour")) / 2
    pace = (inputs.picture_fast_s + inputs.picture_slow_s) / 2
    # A lone film of development: its machine starts, paints, and waits for ten minutes.
    alone = (inputs.cold_start_s + film.pictures * pace + 600) / 3600
    encode = film.seconds * FPS * CORE_S_A_FRAME / 3600 / 4  # hours of a worker of four cores
    cpu = price("cpu_worker_hour")
    yield Line(
        "EC2, workers",
        DAYS * DEV_FILMS * alone * spot + HOURS * cpu,
        DAYS * gpu_hours() * spot + max(2 * HOURS, 2 * DAYS * films * encode) * cpu,
        200,
        1500,
        "GPU-hours × the mean of spot g5.xlarge and g4dn.xlarge, and CPU workers on spot: twice what encoding needs, "
        "and no fewer than `cpu.min`",
    )
    cluster = HOURS * price("cluster_hour")
    yield Line(
        "ECS/EKS",
        cluster + HOURS * (2 * price("node_hour") + price("nat_hour")) + price("alb_month"),
        cluster + HOURS * (6 * price("node_hour") + 2 * price("nat_hour")) + price("alb_month"),
        50,
        300,
        "a cluster; two nodes in dev, six in prod, for API, relay, Temporal and the cluster's own; NAT gateways and "
        "the load balancer, which the specification has no line for",
    )
    yield Line(
        "RDS",
        HOURS * price("database_dev_hour") + 20 * price("database_gb_month") / 2,
        HOURS * price("database_prod_hour") * price("reserved") + 100 * price("database_gb_month"),
        50,
        500,
        "db.t3.medium with 20 GB; db.r6g.xlarge, Multi-AZ, reserved for a year, with 100 GB. Temporal's store lies "
        "there, too",
    )
    puts, gets = 2 * film.pictures + film.segments + 10, 2 * film.pictures + 3 * film.segments + 20

    def store(films_a_day: float) -> float:
        calls = DAYS * films_a_day * (puts * price("s3_put") + gets * price("s3_get"))
        return films_a_day * KEPT_DAYS * gb_a_film() * price("s3_gb_month") + calls

    yield Line("S3", store(DEV_FILMS), store(films), 20, 200, "what the films of 90 days left, and its calls")

    def cdn(films_a_day: float) -> float:
        fetched = DAYS * films_a_day * VIEWS * film.seconds * FILM_MB_A_SECOND / 1024
        return max(0.0, fetched - FREE_CDN_GB) * price("cdn_gb")

    yield Line("CloudFront", cdn(DEV_FILMS), cdn(films), 10, 100, "each film fetched once; the first TB is free")

    def calls(films_a_day: float) -> float:
        return (DAYS * films_a_day * film.batches * CALLS_A_TICKET + HOURS * 3600 / POLL_S) * price("sqs_call")

    yield Line("SQS", calls(DEV_FILMS), calls(films), 5, 50, "six calls a ticket, and KEDA's count every 15 s")


def table() -> str:
    """Write the lines as docs/cost.md has them."""
    found = list(lines())
    rows = ["| service | dev | specification | prod | specification | how |", "|---" * 6 + "|"]
    rows += [
        f"| {one.service} | {one.dev:,.0f} | {one.said_dev:,.0f} | {one.prod:,.0f} | {one.said_prod:,.0f} | {one.how} |"
        for one in found
    ]
    dev, prod = sum(line.dev for line in found), sum(line.prod for line in found)
    said = sum(line.said_dev for line in found), sum(line.said_prod for line in found)
    return "\n".join(
        [*rows, f"| **total** | {dev:,.0f} | {said[0]:,.0f} | {prod:,.0f} | {said[1]:,.0f} | USD a month |"]
    )


def facts() -> str:
    """Say what follows for a film, in sentences that docs/cost.md holds."""
    films = load().films_per_day * DAYS
    total = sum(line.prod for line in lines())
    workers = next(iter(lines())).prod
    spot = (price("g5_xlarge_spot_hour") + price("g4dn_xlarge_spot_hour")) / 2
    full = (price("g5_xlarge_hour") + price("g4dn_xlarge_hour")) / 2
    day, depth = gpu_hours(), gpu_hours("queue_depth")
    return (
        f"- A film of the mean length costs {total / films:.2f} USD, {workers / films:.2f} of it for workers, "
        f"and leaves {gb_a_film() * 1024:.0f} MB.\n"
        f"- GPU-hours of a day: {day:.0f}, by the specification's queue depth {depth:.0f}. On demand ours would cost "
        f"{DAYS * day * (full - spot):,.0f} USD more a month."
    )


def main() -> int:
    """Print both."""
    sys.stdout.write(f"{table()}\n\n{facts()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
