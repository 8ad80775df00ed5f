"""Rain, snow, fog, wind and lightning."""

from __future__ import annotations

import random

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import mix
from film.render.storyboard.stage import Stage
from schemas.enums import Weather


def rain(c: Canvas, rng: random.Random, box: tuple[float, float, float, float], count: int, scale: float) -> None:
    """Draw streaks of rain in a box (x, y, width, height), in few paths: one a brightness."""
    x0, y0, w, h = box
    for opacity, width, share in ((0.30, 1.1, 0.6), (0.5, 1.7, 0.4)):
        data = []
        for _ in range(int(count * share)):
            x, y, length = x0 + rng.uniform(0, w), y0 + rng.uniform(-0.1, 0.95) * h, rng.uniform(16, 46) * scale
            data.append(f"M{x:.1f} {y:.1f}l{-length * 0.22:.1f} {length:.1f}")
        c.stroke("".join(data), "#dbe8f4", width * scale, opacity=opacity)


def snow(c: Canvas, rng: random.Random, box: tuple[float, float, float, float], count: int, scale: float) -> None:
    """Draw snowflakes in a box (x, y, width, height), near ones larger."""
    x0, y0, w, h = box
    for _ in range(count):
        r = rng.choice((1.4, 1.8, 2.4, 3.2, 4.6)) * scale
        c.circle(x0 + rng.uniform(0, w), y0 + rng.uniform(0, h), r, "#ffffff", opacity=0.88, ink=False)


def lightning(c: Canvas, rng: random.Random, x: float, top: float, bottom: float, width: float) -> None:
    """Draw a bolt between two heights."""
    points = [(x, top)]
    steps = 7
    for step in range(1, steps + 1):
        px = points[-1][0] + rng.uniform(-1, 1) * (bottom - top) * 0.09
        points.append((px, top + (bottom - top) * step / steps))
    data = "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points)
    fork = points[3]
    data += (
        f"M{fork[0]:.1f} {fork[1]:.1f}l{(bottom - top) * 0.12:.1f} {(bottom - top) * 0.2:.1f}"
        f"l{-width:.1f} {(bottom - top) * 0.1:.1f}"
    )
    c.stroke(data, "#cfd8ff", width * 2.6, opacity=0.4)
    c.stroke(data, "#ffffff", width)


def behind(s: Stage) -> None:
    """Add what the weather does to the sky: lightning, before the set is built."""
    if s.weather is Weather.STORM:
        x = s.w * s.detail.uniform(0.2, 0.8)
        lightning(s.c, s.detail, x, 0, s.hz, 3.2 * s.h / 720)
        s.glow(x, s.hz * 0.4, s.h * 0.6, "#cdd6ff", 0.4)


def before(s: Stage, sharp: Canvas, *, close: float) -> None:
    """Add what falls or drifts between the camera and the scene.

    Args:
        s: The stage.
        sharp: The layer that lies over the figures.
        close: 1 in wide shots, more where the camera is near: drops get larger.
    """
    box, scale = (0.0, 0.0, s.w, s.h), s.h / 720 * close
    area = s.w / s.h / 1.78
    if s.weather in {Weather.RAIN, Weather.STORM}:
        rain(sharp, s.detail, box, int(260 * area / close), scale)
        s.front.rect(0, s.h * 0.75, s.w, s.h * 0.25, s.front.linear(((0, "#c8d6e2", 0.0), (1, "#c8d6e2", 0.22))))
    elif s.weather is Weather.SNOW:
        snow(sharp, s.detail, box, int(170 * area / close), scale)
    elif s.weather is Weather.FOG:
        haze = mix(s.light.haze, "#ffffff", 0.0 if s.light.night else 0.35)
        for _ in range(4):
            y = s.h * s.detail.uniform(0.3, 0.85)
            paint = s.front.radial(((0, haze, 0.85), (0.55, haze, 0.5), (1, haze, 0.0)))
            s.front.ellipse(s.w * s.detail.uniform(0.1, 0.9), y, s.w * 0.75, s.h * 0.16, paint)
        s.front.rect(-0.1 * s.w, -0.1 * s.h, 1.2 * s.w, 1.2 * s.h, haze, opacity=0.14)
        sharp.rect(-0.1 * s.w, -0.1 * s.h, 1.2 * s.w, 1.2 * s.h, haze, opacity=0.2 if close <= 1 else 0.08, ink=False)
    elif s.weather is Weather.WIND:
        for _ in range(9):
            x, y, run = (
                s.detail.uniform(-0.1, 0.8) * s.w,
                s.detail.uniform(0.1, 0.9) * s.h,
                s.w * s.detail.uniform(0.12, 0.3),
            )
            sharp.stroke(
                f"M{x:.1f} {y:.1f}q{run * 0.4:.1f} {-run * 0.12:.1f} {run * 0.7:.1f} 0"
                f"t{run * 0.3:.1f} {-run * 0.05:.1f}",
                "#ffffff",
                2.0 * scale,
                opacity=0.45,
            )
        for _ in range(22):
            x, y, r = s.detail.uniform(0, s.w), s.detail.uniform(0, s.h), s.detail.uniform(4, 8) * scale
            sharp.path(
                f"M{x:.1f} {y:.1f}q{r:.1f} {-r:.1f} {2 * r:.1f} 0q{-r:.1f} {r:.1f} {-2 * r:.1f} 0Z",
                s.detail.choice(("#b8702e", "#8f9a3c", "#c9a24a")),
                ink=False,
            )
