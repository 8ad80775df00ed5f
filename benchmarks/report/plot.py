"""Draws what was measured as a share of each reach: an SVG with no need of anything to draw it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

from benchmarks.report.reaches import BENCHMARKS, Benchmark, Reach
from benchmarks.report.table import Run, figure

WIDTH, ROW, HEAD, TITLE = 960, 26, 64, 34
LEFT, RIGHT = 290, 700
"""Where bars begin, and where the scale ends."""
LEAST, MOST = 0.1, 2.0
"""The scale's ends, as shares of the reach; it is logarithmic. What lies outside is drawn at its end, with an arrow."""
TICKS = (0.1, 0.2, 0.5, 1.0, 2.0)
GROUND, INK, SOFT, LINE = "#fbfaf7", "#22262b", "#6b7280", "#dcdad3"
MET, MISSED = "#2f7d6b", "#c4532b"
_FONT = "font-family=\"system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif\""


def plot(runs: Mapping[str, Run]) -> str:
    """Draw the plot.

    Each bar ends where its figure lies between a tenth and twice its reach; left of the line is better, whichever way
    a reach counts.

    Args:
        runs: By benchmark; what was not measured has no bar.

    Returns:
        The SVG.
    """
    body, y = [], float(HEAD)
    for benchmark in BENCHMARKS:
        body.append(_text(24, y + 22, benchmark.title, size=13, weight=600))
        y += TITLE
        for reach in benchmark.reaches:
            body += _bar(reach, _measured(benchmark, reach, runs), y)
            y += ROW
    height = y + 24
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
            f'height="{height:.0f}" {_FONT}>',
            "<title>What was measured, as a share of each reach</title>",
            f'<rect width="{WIDTH}" height="{height:.0f}" rx="10" fill="{GROUND}"/>',
            *_scale(height),
            *body,
            "</svg>\n",
        ]
    )


def place(share: float) -> float:
    """Find where a share lies on the scale, in pixels from the left."""
    bounded = min(max(share, LEAST), MOST)
    return LEFT + (RIGHT - LEFT) * math.log(bounded / LEAST) / math.log(MOST / LEAST)


def _measured(benchmark: Benchmark, reach: Reach, runs: Mapping[str, Run]) -> float | None:
    run = runs.get(benchmark.name)
    return None if run is None else reach.measured(run.result)


def _scale(height: float) -> list[str]:
    drawn = [_text(24, 32, "Measured, as a share of the reach", size=16, weight=600)]
    for tick in TICKS:
        x, reach = place(tick), tick == 1.0
        colour, width = (INK, 1.5) if reach else (LINE, 1)
        drawn.append(f'<path d="M{x:.1f} {HEAD - 6}V{height - 20:.1f}" stroke="{colour}" stroke-width="{width}"/>')
        words = "reach" if reach else f"{tick:g} ×"
        drawn.append(_text(x, HEAD - 14, words, size=11, colour=INK if reach else SOFT, anchor="middle"))
    return drawn


def _bar(reach: Reach, measured: float | None, y: float) -> list[str]:
    middle = y + ROW / 2
    drawn = [
        _text(LEFT - 12, middle + 4, reach.key, size=11.5, anchor="end", colour=INK if measured is not None else SOFT)
    ]
    asked = f"{reach.sense} {figure(reach.bound)}"
    if measured is None:
        return [*drawn, _text(LEFT + 6, middle + 4, f"not measured; {asked}", size=11, colour=SOFT)]
    share, colour = reach.share(measured), MET if reach.met(measured) else MISSED
    end = place(share)
    # A bar of nothing would not be seen.
    drawn.append(
        f'<rect x="{LEFT}" y="{middle - 6:.1f}" width="{max(end - LEFT, 3):.1f}" height="12" rx="2" fill="{colour}"/>'
    )
    if share > MOST:
        drawn.append(f'<path d="M{end:.1f} {middle - 9:.1f}l9 9l-9 9z" fill="{colour}"/>')
    said = f"{figure(measured)}  ({asked})"
    return [
        *drawn,
        _text(RIGHT + 22, middle + 4, said, size=11.5, colour=colour, weight=600 if colour == MISSED else 400),
    ]


def _text(
    x: float, y: float, words: str, *, size: float, colour: str = INK, weight: int = 400, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )
