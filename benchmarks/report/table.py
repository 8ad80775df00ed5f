"""Writes what was measured as a page: `docs/benchmarks.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.report.reaches import BENCHMARKS, Benchmark, Reach


@dataclass(frozen=True)
class Run:
    """What one benchmark printed, where, and how long it took."""

    result: Mapping[str, Any]
    machine: Mapping[str, Any]
    seconds: float
    error: str = ""
    """Why it printed nothing; else empty."""
    caveat: str = ""
    """How the figures came about where the command was not simply run and timed; else empty."""

    @property
    def said(self) -> str:
        """On which machine."""
        on = self.machine
        return f"{on['cpu']}, {on['cores']} cores, {on['memory_gb']} GB, Python {on['python']}, FFmpeg {on['ffmpeg']}"


PLOT = "images/benchmarks.svg"
_HEAD = """# Benchmarks

`make bench` runs these on a machine that does nothing else, and writes this page; the figures whole are in
[benchmarks.json](benchmarks.json). A reach that is missed stays here until it is met.

![What was measured, as a share of each reach](images/benchmarks.svg)
"""


def page(runs: Mapping[str, Run]) -> str:
    """Write the page.

    Args:
        runs: By benchmark; one that is missing was not run.
    """
    parts = [_HEAD]
    for benchmark in BENCHMARKS:
        parts.append(_section(benchmark, runs.get(benchmark.name)))
    return "\n".join(parts)


def _section(benchmark: Benchmark, run: Run | None) -> str:
    lines = [f"## {benchmark.title}", "", f"`{benchmark.command}`, {_how(run)}", ""]
    lines += ["| key | meaning | reach | measured | |", "|---|---|---|---|---|"]
    lines += [_row(reach, run) for reach in benchmark.reaches]
    told = {} if run is None else {key: run.result[key] for key in benchmark.beside if key in run.result}
    beside = [f"Beside it, `{key}`: {figure(value)} ({benchmark.beside[key]})." for key, value in told.items()]
    return "\n".join([*lines, *(["", *beside] if beside else []), ""])


def _how(run: Run | None) -> str:
    if run is None:
        return "not run"
    if run.error:
        return f"failed: {run.error}"
    took = run.caveat or f"{run.seconds / 60:.0f} min"
    return f"{took} on {run.said}"


def _row(reach: Reach, run: Run | None) -> str:
    measured = None if run is None else reach.measured(run.result)
    told = "" if measured is None else figure(measured)
    verdict = "not measured" if measured is None else "met" if reach.met(measured) else "**missed**"
    return f"| `{reach.key}` | {reach.meaning} | {reach.sense} {figure(reach.bound)} | {told} | {verdict} |"


def figure(value: float) -> str:
    """Write a figure as briefly as it can be without losing what matters: four digits."""
    return f"{value:,.0f}" if value == round(value) and abs(value) < 10**9 else f"{value:.4g}"
