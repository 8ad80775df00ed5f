"""What a set painter is given: a frame to fill, a scale, a horizon, the light and two sources of chance."""

from __future__ import annotations

import random
from collections.abc import Iterable

from film.render.storyboard.canvas import Canvas, Point
from film.render.storyboard.colour import mix
from film.render.storyboard.light import Light
from schemas.enums import Weather
from schemas.prompt import Picture


class Stage:
    """A set under construction. Coordinates are logical pixels; y points down.

    Colours given to its methods are those of the things themselves; the light is added here.

    Attributes:
        w: Width of the frame.
        h: Height of the frame.
        hz: Height of the horizon, which is the camera's height.
        foot: Height on the frame of the ground where the figures stand.
        u: Pixels a metre there.
        layout: Chance that is equal in all shots of a place.
        detail: Chance that differs from shot to shot.
        c: The sharp layer.
        front: The soft layer, over everything.
        traits: What the place is besides its family; see `film.prompting.traits`.
        tops: Where small things can stand: tables and benches, each (x, y, pixels a metre) on the set.
        sills: The same for window sills.
        view: What the camera makes of the set: zoom, and the shift it ends with.
        sun_in_window: Whether a window shows the sun or the moon already; there is one of each.
    """

    def __init__(
        self, picture: Picture, light: Light, *, w: float, h: float, hz: float, foot: float, u: float, seed: int
    ) -> None:
        self.picture = picture
        self.light = light
        self.w, self.h, self.hz, self.foot, self.u = w, h, hz, foot, u
        self.layout = random.Random(picture.layout_seed)
        self.detail = random.Random(seed)
        self.c = Canvas(line=picture.palette.line * 0.5 * h / 720)
        self.front = Canvas()
        self.inside = light.inside
        self.sun_in_window = False
        self.weather: Weather = picture.weather
        self.traits = frozenset(picture.traits)
        self.tops: list[tuple[float, float, float]] = []
        self.sills: list[tuple[float, float, float]] = []
        self.view: tuple[float, float, float] = (1.0, 0.0, 0.0)

    def k(self, y: float) -> float:
        """Scale of things that stand on the ground at `y`; 1 at the figures' feet."""
        return max(0.012, (y - self.hz) / (self.foot - self.hz))

    def m(self, y: float, metres: float = 1.0) -> float:
        """Pixels that so many metres take on the ground at `y`."""
        return self.u * self.k(y) * metres

    def framed(self, x: float, y: float, pixels: float) -> tuple[float, float, float]:
        """Where a spot on the set lies in the frame, and how many pixels a metre takes there."""
        zoom, dx, dy = self.view
        return x * zoom + dx, y * zoom + dy, pixels * zoom

    def ground(self, far: float) -> float:
        """Height on the frame of ground so far away: 0 at the figures' feet, 1 at the horizon."""
        return self.foot + (self.hz - self.foot) * far

    def depth(self, y: float) -> float:
        """How much air lies before ground at `y`, 0–1."""
        return max(0.0, min(1.0, 1.0 - self.k(y)))

    def col(self, colour: str, d: float = 0.0) -> str:
        """Light a colour; `d` is the depth, 0–1."""
        return self.light.lit(colour, d)

    def soil(self, colour: str, share: float = 0.3) -> str:
        """Take a ground's colour towards the style's; snow stays nearly white in all of them."""
        share *= 0.3 if self.light.snowy and not self.inside else 1.0
        return mix(colour, self.light.ground, share)

    def rect(
        self, x: float, y: float, w: float, h: float, colour: str, d: float = 0.0, *, r: float = 0.0, o: float = 1.0
    ) -> None:
        """Add a lit rectangle."""
        self.c.rect(x, y, w, h, self.col(colour, d), r=r, opacity=o)

    def poly(self, corners: Iterable[Point], colour: str, d: float = 0.0, *, o: float = 1.0) -> None:
        """Add a lit polygon."""
        self.c.poly(corners, self.col(colour, d), opacity=o)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str, d: float = 0.0, *, o: float = 1.0) -> None:
        """Add a lit ellipse."""
        self.c.ellipse(x, y, rx, ry, self.col(colour, d), opacity=o)

    def path(self, data: str, colour: str, d: float = 0.0, *, o: float = 1.0) -> None:
        """Add a lit shape."""
        self.c.path(data, self.col(colour, d), opacity=o)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float, d: float = 0.0, *, o: float = 1.0
    ) -> None:
        """Add a lit line."""
        self.c.line_to(x1, y1, x2, y2, self.col(colour, d), width, opacity=o)

    def shadow(self, x: float, y: float, rx: float, ry: float, o: float = 0.3) -> None:
        """Add a contact shadow on the ground."""
        self.c.ellipse(x, y, rx, ry, self.light.shade, opacity=o, ink=False)

    def glow(self, x: float, y: float, r: float, colour: str, o: float = 0.6) -> None:
        """Add a soft light over everything."""
        self.front.glow(x, y, r, colour, o)

    def ridge(self, base: float, height: float, steps: int, colour: str, d: float, *, rough: float = 1.0) -> None:
        """Add a range of hills from one edge of the frame to the other, down to the ground."""
        pad = 0.1 * self.w
        span = (self.w + 2 * pad) / steps
        heights = [self.layout.uniform(0.25, 1.0) for _ in range(steps + 1)]
        corners: list[str] = [f"M{-pad:.1f} {base - heights[0] * height:.1f}"]
        for index in range(steps):
            x = -pad + span * (index + 1)
            y = base - heights[index + 1] * height
            last = base - heights[index] * height
            bend = span * 0.5 * rough
            corners.append(f"C{x - span + bend:.1f} {last:.1f} {x - bend:.1f} {y:.1f} {x:.1f} {y:.1f}")
        corners.append(f"L{self.w + pad:.1f} {self.h + pad:.1f}L{-pad:.1f} {self.h + pad:.1f}Z")
        self.path("".join(corners), colour, d)

    def peaks(self, base: float, height: float, count: int, colour: str, d: float, *, snow: bool = False) -> None:
        """Add a range of pointed mountains."""
        for _ in range(count):
            x = self.layout.uniform(-0.1, 1.1) * self.w
            tall = height * self.layout.uniform(0.55, 1.0)
            half = tall * self.layout.uniform(0.8, 1.25)
            lean = self.layout.uniform(-0.15, 0.15) * half
            top = (x + lean, base - tall)
            self.poly(((x - half, base), top, (x + half, base)), colour, d)
            self.c.poly(
                (top, (x + half, base), (x + half * 0.1, base), (x + lean * 0.4 + half * 0.12, base - tall * 0.5)),
                self.light.shade,
                opacity=0.2 * (1 - d * 0.6),
            )
            if snow:
                left, right = 0.30, 0.26
                self.poly(
                    (
                        top,
                        (x + lean + half * right, base - tall * 0.72),
                        (x + lean + half * 0.08, base - tall * 0.76),
                        (x + lean - half * 0.06, base - tall * 0.66),
                        (x + lean - half * 0.12, base - tall * 0.76),
                        (x + lean - half * left, base - tall * 0.70),
                    ),
                    "#f3f6fb",
                    d * 0.6,
                )

    def floor_plane(self, colour: str, y: float | None = None) -> None:
        """Fill the ground from `y` (the horizon unless given) to the lower edge; it lightens towards the distance."""
        start = self.hz if y is None else y
        near, far = self.col(self.soil(colour)), self.col(self.soil(colour), 0.75 if not self.inside else 0.3)
        edge = self.h * 1.1 - start
        for step in range(6):
            top = start + edge * (step / 6) ** 1.7
            self.c.rect(-0.1 * self.w, top, 1.2 * self.w, self.h * 1.1 - top, mix(far, near, step / 5), ink=False)
