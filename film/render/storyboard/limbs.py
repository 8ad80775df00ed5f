"""What animals have in common: legs, eyes."""

from __future__ import annotations

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker
from film.render.storyboard.skeleton import capsule
from schemas.enums import Expression, Pose


def legs(c: Canvas, spots: tuple[float, ...], hip: float, width: float, colour: str, pose: Pose) -> None:
    """Four legs under hips at these places, those of the far side darker."""
    swing = {Pose.RUN: 34.0, Pose.WALK: 15.0, Pose.FIGHT: 20.0}.get(pose, 2.0)
    for index, x in enumerate(spots):
        side = 1 if index % 2 else -1
        foot = (x + side * swing, -width * 0.5)
        knee = (x + side * swing * 0.3 + 3, hip * 0.5)
        tone = darker(colour, 0.25) if index % 2 else colour
        c.path(capsule((x, hip), width, knee, width * 0.75) + capsule(knee, width * 0.75, foot, width * 0.6), tone)


def look_at(c: Canvas, x: float, y: float, r: float, expression: Expression) -> None:
    """An eye, with what the face expresses."""
    if expression is Expression.ASLEEP:
        c.stroke(f"M{x - r * 1.5:.1f} {y:.1f}q{r * 1.5:.1f} {r * 1.3:.1f} {r * 3:.1f} 0", "#15131a", r * 0.7)
        return
    wide = {Expression.SURPRISED: 1.4, Expression.AFRAID: 1.35, Expression.HAPPY: 0.85}.get(expression, 1.0)
    c.circle(x, y, r * wide * 1.5, "#f6f1e6", ink=False)
    c.circle(x + r * 0.25, y, r * wide, "#15131a", ink=False)
    c.circle(x - r * 0.1, y - r * 0.4, r * 0.35, "#ffffff", ink=False)
    brow = {Expression.ANGRY: 0.7, Expression.SAD: -0.7, Expression.AFRAID: -0.6}.get(expression)
    if brow is not None:
        c.line_to(x - r * 1.6, y - r * (2.2 + brow), x + r * 1.6, y - r * (2.2 - brow), "#15131a", r * 0.6)
