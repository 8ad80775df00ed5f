"""Writes SVG. Kept as text: a frame has hundreds of shapes and a budget of milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in logical pixels."""

Stop = tuple[float, str, float]
"""Offset 0–1, colour, opacity."""


def number(value: float) -> str:
    """Format a coordinate: one decimal is a fifteenth of a pixel at 3840×2160 and keeps the text short."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def points(corners: Iterable[Point]) -> str:
    """Format a closed polygon as path data."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "Z"


class Canvas:
    """One layer of a picture, in logical pixels.

    Outlines (`ink`) are drawn under the fill, so that only the outside of a shape made of parts is lined.
    """

    def __init__(self, line: float = 0.0, ink: str = "#17151f", tag: str = "") -> None:
        self.line = line
        self.ink = ink
        self.tag = tag
        """What its paints are called by: canvases that share a document have different ones."""
        self.parts: list[str] = []
        self.bounds: list[Box] = []
        """What the shapes lie in, when whoever draws says so: a small box costs less to rasterise."""
        self._paints: dict[str, str] = {}

    def path(
        self, data: str, fill: str, *, opacity: float = 1.0, ink: bool = True, stroke: str = "", width: float = 0.0
    ) -> None:
        """Add a filled shape.

        Args:
            data: SVG path data.
            fill: #rrggbb, a paint from `linear` or `radial`, or `none`.
            opacity: 0–1.
            ink: Whether the style's outline goes round it; never round a translucent shape.
            stroke: Colour of a line of its own.
            width: Width of that line.
        """
        if ink and self.line and opacity == 1.0 and not stroke:
            self.parts.append(
                f'<path d="{data}" fill="none" stroke="{self.ink}" stroke-width="{number(2 * self.line)}"'
                ' stroke-linejoin="round"/>'
            )
        # A fill's or a stroke's own opacity costs nothing; an element's is a layer of its own in the rasteriser.
        kind = "" if stroke and fill != "none" else "stroke-" if stroke else "fill-"
        extra = f' {kind}opacity="{opacity:.3f}"' if opacity < 1.0 else ""
        if stroke:
            extra += f' stroke="{stroke}" stroke-width="{number(width)}" stroke-linecap="round" stroke-linejoin="round"'
        self.parts.append(f'<path d="{data}" fill="{fill}"{extra}/>')

    def poly(self, corners: Iterable[Point], fill: str, *, opacity: float = 1.0, ink: bool = True) -> None:
        """Add a filled polygon."""
        self.path(points(corners), fill, opacity=opacity, ink=ink)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str,
        *,
        r: float = 0.0,
        opacity: float = 1.0,
        ink: bool = True,
    ) -> None:
        """Add a rectangle, with corners of radius `r`."""
        if w <= 0 or h <= 0:
            return
        r = min(r, w / 2, h / 2)
        if r <= 0:
            data = f"M{number(x)} {number(y)}h{number(w)}v{number(h)}h{number(-w)}Z"
        else:
            arc = f"a{number(r)} {number(r)} 0 0 1 "
            data = (
                f"M{number(x + r)} {number(y)}h{number(w - 2 * r)}{arc}{number(r)} {number(r)}v{number(h - 2 * r)}"
                f"{arc}{number(-r)} {number(r)}h{number(2 * r - w)}{arc}{number(-r)} {number(-r)}"
                f"v{number(2 * r - h)}{arc}{number(r)} {number(-r)}Z"
            )
        self.path(data, fill, opacity=opacity, ink=ink)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: str, *, opacity: float = 1.0, ink: bool = True
    ) -> None:
        """Add an ellipse about its centre."""
        data = (
            f"M{number(x - rx)} {number(y)}a{number(rx)} {number(ry)} 0 1 0 {number(2 * rx)} 0"
            f"a{number(rx)} {number(ry)} 0 1 0 {number(-2 * rx)} 0Z"
        )
        self.path(data, fill, opacity=opacity, ink=ink)

    def circle(self, x: float, y: float, r: float, fill: str, *, opacity: float = 1.0, ink: bool = True) -> None:
        """Add a circle about its centre."""
        self.ellipse(x, y, r, r, fill, opacity=opacity, ink=ink)

    def stroke(self, data: str, colour: str, width: float, *, opacity: float = 1.0) -> None:
        """Add a line along path data, with round ends."""
        self.path(data, "none", opacity=opacity, ink=False, stroke=colour, width=width)

    def line_to(
        self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float, *, opacity: float = 1.0
    ) -> None:
        """Add a straight line."""
        data = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
        self.stroke(data, colour, width, opacity=opacity)

    def linear(self, stops: Sequence[Stop], *, x2: float = 0.0, y2: float = 1.0) -> str:
        """Make a linear gradient over the shape it fills, from its upper left corner to (x2, y2), in fractions."""
        return self._paint(f'<linearGradient id="{{}}" x2="{x2:g}" y2="{y2:g}">{_stops(stops)}</linearGradient>')

    def radial(self, stops: Sequence[Stop], *, cx: float = 0.5, cy: float = 0.5, r: float = 0.5) -> str:
        """Make a radial gradient over the shape it fills, in fractions of it."""
        return self._paint(
            f'<radialGradient id="{{}}" cx="{cx:g}" cy="{cy:g}" r="{r:g}">{_stops(stops)}</radialGradient>'
        )

    def glow(self, x: float, y: float, r: float, colour: str, opacity: float) -> None:
        """Add a soft round light (or shade)."""
        paint = self.radial(((0, colour, opacity), (0.35, colour, opacity * 0.45), (1, colour, 0.0)))
        self.circle(x, y, r, paint, ink=False)

    def push(self, transform: str) -> None:
        """Open a group."""
        self.parts.append(f'<g transform="{transform}">')

    def pop(self) -> None:
        """Close a group."""
        self.parts.append("</g>")

    def clip(self, data: str) -> None:
        """Open a group that shows only inside path data."""
        name = f"{self.tag}c{len(self._paints)}"
        self._paints[f"{name}|{data}"] = f'<clipPath id="{name}"><path d="{data}"/></clipPath>'
        self.parts.append(f'<g clip-path="url(#{name})">')

    def _paint(self, definition: str) -> str:
        if definition not in self._paints:
            name = f"{self.tag}p{len(self._paints)}"
            self._paints[definition] = definition.format(name)
            return f"url(#{name})"
        text = self._paints[definition]
        return f"url(#{text.split(chr(34), 2)[1]})"

    def svg(self, width: float, height: float, transform: str = "", box: Box | None = None) -> str:
        """Write the layer as a document.

        Args:
            width: Logical width of the frame.
            height: Logical height of the frame.
            transform: What the camera does to the whole layer.
            box: The part of the frame to show; all of it where None.
        """
        return document([(self, transform)], width, height, box)

    def body(self, transform: str = "") -> str:
        """Write what is drawn, in a group of its own where the camera transforms it."""
        drawn = "".join(self.parts)
        return f'<g transform="{transform}">{drawn}</g>' if transform and drawn else drawn

    def paints(self) -> str:
        """Write the gradients and clips that `body` uses."""
        return "".join(self._paints.values())


def document(sheets: Sequence[tuple[Canvas, str]], width: float, height: float, box: Box | None = None) -> str:
    """Write canvases as one document, each over the one before it.

    Args:
        sheets: Canvases with different tags, each with what the camera does to it.
        width: Logical width of the frame.
        height: Logical height of the frame.
        box: The part of the frame to show; all of it where None.
    """
    left, top, right, bottom = box or (0.0, 0.0, width, height)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg"'
        f' viewBox="{left:.4f} {top:.4f} {right - left:.4f} {bottom - top:.4f}" preserveAspectRatio="none">'
        f"<defs>{''.join(canvas.paints() for canvas, _ in sheets)}</defs>"
        f"{''.join(canvas.body(transform) for canvas, transform in sheets)}</svg>"
    )


def _stops(stops: Sequence[Stop]) -> str:
    return "".join(
        f'<stop offset="{offset:g}" stop-color="{colour}"'
        + (f' stop-opacity="{opacity:.3f}"' if opacity < 1.0 else "")
        + "/>"
        for offset, colour, opacity in stops
    )
