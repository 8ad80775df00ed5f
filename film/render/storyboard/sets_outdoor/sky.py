"""Above the clouds, and beyond."""

from __future__ import annotations

from film.render.storyboard import sky as heaven
from film.render.storyboard.colour import mix
from film.render.storyboard.stage import Stage


def sky(s: Stage) -> None:
    """A sea of clouds, seen from above."""
    light = s.light
    for layer in range(5):
        y = s.hz + (s.h * 1.05 - s.hz) * (layer / 5) ** 1.3 - s.h * 0.03
        tone = mix(light.horizon, "#ffffff" if not light.night else "#8fa0c8", 0.18 + 0.13 * layer)
        shade = mix(tone, light.middle, 0.4)
        r = s.h * (0.035 + 0.035 * layer)
        data, x = "", -0.1 * s.w
        while x < 1.1 * s.w:
            k = r * s.layout.uniform(0.8, 1.6)
            data += (
                f"M{x - k:.1f} {y:.1f}a{k:.1f} {k * 0.8:.1f} 0 1 0 {2 * k:.1f} 0"
                f"a{k:.1f} {k * 0.8:.1f} 0 1 0 {-2 * k:.1f} 0Z"
            )
            x += k * 1.1
        s.c.path(data, tone, ink=False)
        s.c.rect(-0.1 * s.w, y + r * 0.2, 1.2 * s.w, s.h * 1.1 - y, mix(tone, shade, 0.45), ink=False)
        s.c.push(f"translate(0 {r * 0.35:.1f})")
        s.c.path(data, mix(tone, shade, 0.45), ink=False)
        s.c.pop()


def space(s: Stage) -> None:
    """Stars, a ringed planet and a moon."""
    s.c.rect(-0.2 * s.w, -0.2 * s.h, 1.4 * s.w, 1.4 * s.h, mix("#05060f", s.light.shade, 0.3), ink=False)
    for x, y, r, colour in (
        (0.2, 0.3, 0.55, "#5a2f78"),
        (0.75, 0.75, 0.6, "#1f4a7a"),
        (0.55, 0.2, 0.4, s.light.accent),
    ):
        s.c.glow(x * s.w, y * s.h, r * s.h, colour, 0.34)
    hz, s.hz = s.hz, s.h
    heaven.stars(s, 210)
    s.hz = hz
    x, y, r = s.w * s.layout.choice((0.74, 0.26)), s.h * 0.36, s.h * 0.2
    body, band = s.layout.choice((("#d9a066", "#b3713f"), ("#6fa3c9", "#3f6f9e"), ("#c97f86", "#8f4a5e")))
    ring = (
        f"M{x - r * 1.9:.1f} {y + r * 0.5:.1f}C{x - r * 2.2:.1f} {y + r * 0.1:.1f} {x + r * 1.6:.1f}"
        f" {y - r * 1.2:.1f} {x + r * 1.9:.1f} {y - r * 0.5:.1f}"
    )
    s.c.stroke(ring, mix(body, "#ffffff", 0.3), r * 0.09, opacity=0.6)
    s.c.circle(x, y, r, body, ink=False)
    s.c.clip(f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z")
    s.c.push(f"rotate(-20 {x:.1f} {y:.1f})")
    for up, tall in ((-0.6, 0.16), (-0.15, 0.24), (0.4, 0.14)):
        s.c.rect(x - r, y + up * r, 2 * r, tall * r, band, opacity=0.6)
    s.c.pop()
    s.c.circle(x - r * 0.45, y - r * 0.35, r * 1.35, "#ffffff", opacity=0.10, ink=False)
    s.c.path(
        f"M{x + r * 0.3:.1f} {y - r:.1f}A{r * 1.1:.1f} {r * 1.1:.1f} 0 0 1 {x - r * 0.6:.1f}"
        f" {y + r:.1f}H{x + r * 1.2:.1f}V{y - r:.1f}Z",
        "#03040a",
        opacity=0.55,
        ink=False,
    )
    s.c.pop()
    s.c.stroke(
        f"M{x - r * 1.9:.1f} {y + r * 0.5:.1f}"
        f"C{x - r * 1.4:.1f} {y + r * 1.1:.1f} {x + r * 2.3:.1f} {y - r * 0.1:.1f}"
        f" {x + r * 1.9:.1f} {y - r * 0.5:.1f}",
        mix(body, "#ffffff", 0.3),
        r * 0.09,
    )
    mx, my, mr = s.w - x + s.w * 0.05, s.h * 0.2, s.h * 0.05
    s.c.circle(mx, my, mr, "#c9c9cf", ink=False)
    s.c.circle(mx + mr * 0.3, my + mr * 0.2, mr * 0.25, "#a5a5ad", ink=False)
    ground = s.ground(0.3)
    s.path(
        f"M{-0.1 * s.w:.1f} {ground + s.h * 0.1:.1f}"
        f"Q{s.w * 0.5:.1f} {ground - s.h * 0.06:.1f} {1.1 * s.w:.1f} {ground + s.h * 0.1:.1f}"
        f"V{s.h * 1.2:.1f}H{-0.1 * s.w:.1f}Z",
        "#b9b6bd",
    )
    for _ in range(12):
        y = s.layout.uniform(ground + s.h * 0.06, s.h)
        rx = s.m(y, s.layout.uniform(0.2, 0.7))
        cx = s.layout.uniform(0, 1) * s.w
        s.c.ellipse(cx, y, rx, rx * 0.26, s.col("#7f7c86"), ink=False)
        s.c.ellipse(cx, y + rx * 0.05, rx * 0.9, rx * 0.2, s.col("#98959f"), ink=False)
