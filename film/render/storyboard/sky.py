"""Skies: gradient and sun in the soft layer; moon, stars and clouds in the sharp one."""

from __future__ import annotations

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import lighter, mix
from film.render.storyboard.stage import Stage
from schemas.enums import Weather


def paint_sky(s: Stage, soft: Canvas) -> None:
    """Paint the sky behind a set.

    Args:
        s: The stage; its sharp layer gets what has edges.
        soft: The layer behind it.
    """
    light = s.light
    end = max(0.2, min(1.0, s.hz / s.h + 0.04))
    soft.rect(
        0,
        0,
        s.w,
        s.h,
        soft.linear(
            ((0, light.zenith, 1), (0.55 * end, light.middle, 1), (end, light.horizon, 1), (1, light.horizon, 1))
        ),
    )
    x, y = light.sun_x * s.w, light.sun_y * s.hz
    if light.sun_seen:
        radius = 0.045 * s.h
        soft.glow(x, y, s.h * (0.32 if light.night else 0.62), light.sun, 0.35 if light.night else 0.85)
        if light.night:
            stars(s, 70)
            s.c.circle(x, y, radius, light.sun, ink=False)
            s.c.circle(x - radius * 0.3, y - radius * 0.2, radius * 0.22, "#d5d3c4", ink=False)
            s.c.circle(x + radius * 0.35, y + radius * 0.3, radius * 0.15, "#d5d3c4", ink=False)
        else:
            s.c.circle(x, y, radius * (1.5 if light.sun_y > 0.7 else 1.0), lighter(light.sun, 0.5), ink=False)
    count = {Weather.CLEAR: 3, Weather.WIND: 6, Weather.FOG: 0}.get(s.weather, 9)
    for _ in range(count if not light.night or s.weather is not Weather.CLEAR else 2):
        cloud(
            s,
            s.detail.uniform(-0.05, 1.05) * s.w,
            s.hz * s.detail.uniform(0.06, 0.72),
            s.w * s.detail.uniform(0.05, 0.12) * (1.6 if count > 6 else 1.0),
        )


def stars(s: Stage, count: int) -> None:
    """Scatter stars over the frame above the horizon."""
    for _ in range(count):
        x, y = s.detail.uniform(0, s.w), s.detail.uniform(0, max(s.hz, 0.4 * s.h)) * 0.95
        s.c.circle(
            x, y, s.detail.choice((0.8, 1.1, 1.8)) * s.h / 720, "#eef2ff", opacity=s.detail.uniform(0.4, 1), ink=False
        )


def cloud(s: Stage, x: float, y: float, size: float) -> None:
    """Draw a cloud, flat below and lit from above."""
    light = s.light
    grey = s.weather in {Weather.RAIN, Weather.STORM, Weather.CLOUDY, Weather.SNOW}
    bright = mix(light.horizon, "#ffffff" if not light.night else light.middle, 0.55 if not grey else 0.12)
    dark = mix(light.middle, light.zenith, 0.35) if grey else mix(light.horizon, light.middle, 0.45)
    bumps = [(s.detail.uniform(-1, 1), s.detail.uniform(0.22, 0.42)) for _ in range(5)] + [(0.0, 0.5)]
    for colour, lift, scale in ((dark, 0.0, 1.0), (bright, -0.10, 0.9)):
        data = (
            f"M{x - size:.1f} {y:.1f}a{size:.1f} {size * 0.16:.1f} 0 1 0 {2 * size:.1f} 0"
            f"a{size:.1f} {size * 0.16:.1f} 0 1 0 {-2 * size:.1f} 0Z"
        )
        for across, r in bumps:
            rx = r * size * scale
            cx, cy = x + across * size * 0.62, y - rx * 0.45 + lift * size
            data += (
                f"M{cx - rx:.1f} {cy:.1f}a{rx:.1f} {rx * 0.82:.1f} 0 1 0 {2 * rx:.1f} 0"
                f"a{rx:.1f} {rx * 0.82:.1f} 0 1 0 {-2 * rx:.1f} 0Z"
            )
        s.c.path(data, colour, opacity=0.92, ink=False)
