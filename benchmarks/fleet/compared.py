"""Which policies are compared, on which days, and what is told of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace

import numpy as np

from benchmarks.fleet.chart import Chart
from benchmarks.fleet.day import by_the_film, draw
from benchmarks.fleet.foreseen import expected
from benchmarks.fleet.inputs import Inputs
from benchmarks.fleet.policies import Always, AtOnce, Policy, QueueDepth, Tickets
from benchmarks.fleet.simulator import Machines, Outcome, simulate

IDEAL = "ideal"
BY_THE_FILM = "queue_depth_of_films"


@dataclass(frozen=True)
class Figures:
    """What is told of a policy at a load: of all films of all days, and of the mean day."""

    first_frame_p50_s: float
    first_frame_p95_s: float
    film_p50_s: float
    film_p95_s: float
    gpu_hours: float
    """Of a day; of these, so many painted what is in the films."""
    work_hours: float
    lost_hours: float
    """Of a day, painted and lost with the machine."""
    launches: float
    """Machines ordered in a day."""
    most_machines: int
    films: float
    """In a day."""


def policies(chart: Chart, inputs: Inputs, load: int) -> dict[str, Callable[[], Policy]]:
    """Build the policies at a load; each day takes a new one.

    Args:
        chart: What is deployed. The most machines grow with the load, for all policies alike.
        inputs: Of the world.
        load: Times the load that the chart is for.
    """
    least, most = chart.least, chart.most * load

    def tickets(foreseen: bool = True) -> Policy:
        hours = expected(inputs, load, share=chart.share, root=chart.root) if foreseen else None
        return Tickets(
            least,
            most,
            per_worker=chart.per_worker,
            cooldown_s=chart.cooldown_s,
            step_s=chart.step_s,
            step=chart.step,
            step_share=chart.step_share,
            expected=hours,
            period_s=chart.polling_s,
        )

    def queue_depth(pause_s: float = 300.0) -> Policy:
        return QueueDepth.at(load, least, chart.most, pause_s=pause_s)

    return {
        "tickets": tickets,
        "queue_depth": queue_depth,
        "queue_depth_short_first": queue_depth,
        "queue_depth_each_minute": lambda: queue_depth(60.0),
        BY_THE_FILM: queue_depth,
        "tickets_in_turns": tickets,
        "tickets_unforeseen": lambda: tickets(False),
        "at_once": lambda: AtOnce(most, keep_s=inputs.cold_start_s),
        IDEAL: lambda: Always(most),
    }


SHORT_FIRST = ("tickets", "tickets_unforeseen", "queue_depth_short_first", "at_once", IDEAL)
"""Under these, short films have more turns, as workflows order it; under the others all have as many."""


def compare(
    inputs: Inputs, chart: Chart, *, load: int = 1, seeds: Iterable[int] = (1,), names: Iterable[str] | None = None
) -> dict[str, Figures]:
    """Let policies live through the same days.

    Args:
        inputs: What days are drawn from.
        chart: What is deployed.
        load: Times `films_per_day`.
        seeds: One of each day.
        names: Of the policies; all of them by default.

    Returns:
        Figures by policy.
    """
    built = policies(chart, inputs, load)
    outcomes: dict[str, list[Outcome]] = {name: [] for name in (names or built)}
    machines = Machines(
        cold_start_s=inputs.cold_start_s,
        cold_start_sigma=inputs.cold_start_sigma,
        pools=max(1, round(inputs.spot_pools)),
        drain_s=chart.drain_s,
        notice_s=inputs.spot_notice_s,
        warm=chart.least,
    )
    for seed in seeds:
        day = draw(inputs, load=load, seed=seed)
        for name, runs in outcomes.items():
            # The ideal has all machines from the first second, and nobody takes them: it is billed for what it needs.
            its = replace(machines, warm=chart.most * load, lost=False) if name == IDEAL else machines
            its_day, first = by_the_film(day) if name == BY_THE_FILM else day, name in SHORT_FIRST
            runs.append(simulate(its_day, built[name](), its, seed=seed, short_first=first))
    return {name: figures(runs, needed=name == IDEAL) for name, runs in outcomes.items()}


def figures(days: list[Outcome], *, needed: bool = False) -> Figures:
    """Sum up days.

    Args:
        days: What became of each.
        needed: Bill what was needed, rather than what was there.
    """
    first = np.concatenate([day.first_frame_s for day in days])
    film = np.concatenate([day.film_s for day in days])
    hours = len(days) * 3600
    return Figures(
        first_frame_p50_s=float(np.percentile(first, 50)),
        first_frame_p95_s=float(np.percentile(first, 95)),
        film_p50_s=float(np.percentile(film, 50)),
        film_p95_s=float(np.percentile(film, 95)),
        gpu_hours=sum(day.needed_s if needed else day.billed_s for day in days) / hours,
        work_hours=sum(day.work_s for day in days) / hours,
        lost_hours=sum(day.lost_s for day in days) / hours,
        launches=sum(day.launches for day in days) / len(days),
        most_machines=max(day.peak for day in days),
        films=len(film) / len(days),
    )


def ratios(by: Mapping[str, Figures]) -> dict[str, float]:
    """What the reaches are about."""
    tickets, depth, ideal, same = by["tickets"], by["queue_depth"], by[IDEAL], by["queue_depth_short_first"]
    return {
        "p95_film_tickets_over_queue_depth": round(tickets.film_p95_s / depth.film_p95_s, 3),
        "gpu_hours_tickets_over_queue_depth": round(tickets.gpu_hours / depth.gpu_hours, 3),
        "p95_film_tickets_over_ideal": round(tickets.film_p95_s / ideal.film_p95_s, 3),
        "p95_film_tickets_over_queue_depth_short_first": round(tickets.film_p95_s / same.film_p95_s, 3),
        "gpu_hours_tickets_over_ideal": round(tickets.gpu_hours / ideal.gpu_hours, 3),
    }


def told(by: Mapping[str, Figures]) -> dict[str, dict[str, float]]:
    """Write figures as JSON has them."""
    return {name: {key: round(value, 1) for key, value in asdict(one).items()} for name, one in by.items()}
