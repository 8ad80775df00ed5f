"""Heads and faces. Local coordinates: the head's middle is 0, 0; it is 100 high; a turned head looks right."""

from __future__ import annotations

from dataclasses import dataclass

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, luminance, mix
from film.render.storyboard.hair import HeadInk, beard, hair_before, hair_behind
from schemas.enums import Expression
from schemas.script import Look

_FRONT = "M-37 -8C-39 -62 39 -62 37 -8C36 18 27 36 14 46C8 51 -8 51 -14 46C-27 36 -36 18 -37 -8Z"
_TURNED = (
    "M-36 -10C-39 -62 30 -66 35 -16C36 -10 34 -6 36 2C38 12 36 20 33 29C30 42 22 51 12 51"
    "C-1 51 -15 44 -23 34C-32 22 -36 8 -36 -10Z"
)


@dataclass(frozen=True)
class Mood:
    """What an expression does to a face."""

    inner: float
    """How far the inner ends of the brows go down."""
    outer: float
    open: float
    """How far the eyes are open; 1 is at rest."""
    mouth: str


MOODS: dict[Expression, Mood] = {
    Expression.NEUTRAL: Mood(0, 0, 1.0, "rest"),
    Expression.HAPPY: Mood(-3, -1, 0.78, "smile"),
    Expression.SAD: Mood(-7, 5, 0.75, "frown"),
    Expression.ANGRY: Mood(7, -4, 0.82, "clench"),
    Expression.AFRAID: Mood(-8, 2, 1.3, "gasp"),
    Expression.SURPRISED: Mood(-9, -8, 1.45, "round"),
    Expression.LAUGHING: Mood(-4, -3, 0.0, "laugh"),
    Expression.CRYING: Mood(-9, 6, 0.0, "wail"),
    Expression.SCREAMING: Mood(-9, 3, 1.4, "scream"),
    Expression.ASLEEP: Mood(0, 2, 0.0, "rest"),
}


def draw_head(
    c: Canvas,
    look: Look,
    ink: HeadInk,
    expression: Expression,
    *,
    turned: bool,
    talking: bool,
    pixels: float,
    lit_right: bool,
) -> None:
    """Draw a head into the canvas's present group.

    Args:
        c: The layer; a head is 100 units high in its present group.
        look: Whose head.
        ink: Its colours, light included.
        expression: What the face shows.
        turned: Whether it looks right rather than at the camera.
        talking: Whether the mouth is open in speech.
        pixels: Height of the head on screen, which decides how much detail it gets.
        lit_right: Whether the light comes from the right.
    """
    hair_behind(c, look, ink, turned)
    shape = _TURNED if turned else _FRONT
    if not turned:
        c.ellipse(-37, 4, 7, 11, ink.skin)
        c.ellipse(37, 4, 7, 11, ink.shade)
    x2 = 1.0
    stops = ((0.0, ink.skin, 1.0), (0.58, ink.skin, 1.0), (0.74, ink.shade, 1.0), (1.0, ink.shade, 1.0))
    if lit_right:
        stops = ((0.0, ink.shade, 1.0), (0.26, ink.shade, 1.0), (0.42, ink.skin, 1.0), (1.0, ink.skin, 1.0))
    c.path(shape, c.linear(stops, x2=x2, y2=0.25))
    if turned:
        c.ellipse(-22, 5, 7, 11, mix(ink.skin, ink.shade, 0.35), ink=False)
        c.path("M-25 0Q-18 -6 -17 4Q-18 10 -22 12Q-20 6 -22 3Z", ink.shade, ink=False)
    mood = MOODS[expression]
    if look.beard:
        beard(c, ink, turned)
    _features(c, look, ink, mood, turned, talking, pixels)
    if look.old and pixels > 40:
        _years(c, ink, turned, beard=look.beard)
    hair_before(c, look, ink, turned)
    if look.glasses:
        _glasses(c, turned)


def _years(c: Canvas, ink: HeadInk, turned: bool, *, beard: bool) -> None:
    """The lines of age: brow, eyes, and cheeks that no beard covers. On dark skin they are nearer to its colour."""
    line = mix(darker(ink.shade, 0.28), ink.shade, 0.45 if luminance(ink.skin) < 0.35 else 0.0)
    x = 10 if turned else 0
    cheeks = "" if beard else f"M{x - 14} 20Q{x - 20} 30 {x - 15} 38M{x + 15} 20Q{x + 20} 30 {x + 14} 38"
    c.stroke(
        f"M{x - 20} -25q18 -4 34 0M{x - 16} -30q14 -3 28 0M{x - 24} 9q6 6 14 5M{x + 10} 10q8 4 12 -1{cheeks}"
        f"M{x - 30} -4l-5 -3M{x - 30} 1l-6 2",
        line, 1.9,
    )  # fmt: skip


def _features(c: Canvas, look: Look, ink: HeadInk, mood: Mood, turned: bool, talking: bool, pixels: float) -> None:
    at = 13.0 if turned else 0.0
    eyes = ((at - 16, 1.0), (at + (14 if turned else 16), 0.78 if turned else 1.0))
    dark = darker(ink.hair, 0.45) if luminance(ink.hair) < 0.4 else darker(ink.shade, 0.6)
    if pixels < 20:
        for x, _ in eyes:
            c.circle(x, 0, 5.5, "#191620", ink=False)
        return
    white = mix(ink.skin, "#ffffff", 0.82)
    for index, (x, wide) in enumerate(eyes):
        if mood.open == 0.0:
            # Laughing eyes are arches, weeping and sleeping ones hang.
            bow = -7 if mood.mouth == "laugh" else 6
            c.stroke(f"M{x - 9 * wide:.1f} 1Q{x:.1f} {1 + bow} {x + 9 * wide:.1f} 1", dark, 3.4)
        else:
            _eye(c, x, wide, mood, white, dark, at / 13 * 2.2, pixels)
        if mood.mouth == "wail":
            c.path(
                f"M{x - 5:.1f} 7Q{x - 8:.1f} 30 {x - 6:.1f} 46H{x + 4:.1f}Q{x + 7:.1f} 26 {x + 4:.1f} 7Z", "#9fdcf2",
                opacity=0.85, ink=False,
            )  # fmt: skip
        inner = 1 if index == 0 else -1
        y = -17.0
        c.stroke(
            f"M{x - inner * 10 * wide:.1f} {y + mood.outer + 2:.1f}Q{x:.1f} {y - 4 + (mood.inner + mood.outer) / 2:.1f}"
            f" {x + inner * 9 * wide:.1f} {y + mood.inner:.1f}",
            dark,
            4.0,
        )
    line = darker(ink.shade, 0.32)
    if turned:
        c.path("M22 0C26 8 33 15 31 19C29 22 22 22 19 19C22 14 22 8 22 0Z", darker(ink.shade, 0.1), ink=False)
    else:
        c.path("M1 2C4 8 8 15 6 18C3 21 -4 21 -7 18C-2 18 1 12 1 2Z", darker(ink.shade, 0.08), ink=False)
    for x in (at - 22, at + (9 if turned else 20)):
        c.ellipse(x, 17, 8, 5, "#e0604f", opacity=0.16, ink=False)
    if look.female:
        for x, wide in eyes:
            c.stroke(
                f"M{x - 10 * wide:.1f} 1Q{x:.1f} -13 {x + 11 * wide:.1f} -2L{x + 14 * wide:.1f} -6", "#17131c", 2.6
            )
        c.path(f"M{at * 0.92 - 9:.1f} 31"
               f"Q{at * 0.92:.1f} 26 {at * 0.92 + 9:.1f} 31Q{at * 0.92:.1f} 38 {at * 0.92 - 9:.1f} 31Z",
               mix(ink.shade, "#b8303f", 0.55), ink=False)  # fmt: skip
    _mouth(c, at * 0.92, "talk" if talking and mood.mouth in {"rest", "frown", "clench"} else mood.mouth, line)


def _eye(c: Canvas, x: float, wide: float, mood: Mood, white: str, dark: str, glance: float, pixels: float) -> None:
    rx, ry = 9.2 * wide, 5.6 * mood.open
    almond = f"M{x - rx:.1f} 1Q{x:.1f} {-2 * ry + 1:.1f} {x + rx:.1f} 0Q{x:.1f} {1.5 * ry + 1:.1f} {x - rx:.1f} 1Z"
    c.path(almond, white, ink=False)
    c.clip(almond)
    c.circle(x + glance, -0.8, 5.3, mix(dark, "#5d7f8f", 0.55), ink=False)
    if pixels > 200:
        c.circle(x + glance, 0.6, 3.8, mix(dark, "#86b0b8", 0.7), ink=False)
    c.circle(x + glance, -0.8, 2.9, "#0d0b12", ink=False)
    c.path(
        f"M{x - rx:.1f} {-2 * ry:.1f}h{2 * rx:.1f}v{ry + 1:.1f}Q{x:.1f} {-ry + 0.5:.1f} {x - rx:.1f} {-ry + 1.5:.1f}Z",
        dark,
        opacity=0.22,
        ink=False,
    )
    c.circle(x + glance - 1.8, -2.8, 1.4, "#ffffff", ink=False)
    c.pop()
    c.stroke(f"M{x - rx - 0.6:.1f} 1Q{x:.1f} {-2 * ry + 0.6:.1f} {x + rx + 0.8:.1f} -0.4", dark, 2.4)
    if pixels > 200:
        c.stroke(
            f"M{x - rx + 1:.1f} {-ry - 3:.1f}Q{x:.1f} {-2 * ry - 2:.1f} {x + rx - 1:.1f} {-ry - 3:.1f}",
            dark,
            0.9,
            opacity=0.5,
        )
        c.stroke(
            f"M{x - rx + 2:.1f} {ry + 3:.1f}Q{x:.1f} {ry + 7:.1f} {x + rx - 2:.1f} {ry + 2.4:.1f}",
            dark,
            0.9,
            opacity=0.35,
        )


def _mouth(c: Canvas, x: float, kind: str, line: str) -> None:
    if kind == "smile":
        c.path(
            f"M{x - 14:.1f} 26Q{x:.1f} 30 {x + 14:.1f} 26Q{x + 9:.1f} 39 {x:.1f} 39Q{x - 9:.1f} 39 {x - 14:.1f} 26Z",
            "#6d2130",
            ink=False,
        )
        c.path(
            f"M{x - 12:.1f} 27Q{x:.1f} 31 {x + 12:.1f} 27L{x + 9:.1f} 31Q{x:.1f} 34 {x - 9:.1f} 31Z",
            "#f6efe6",
            ink=False,
        )
    elif kind == "frown":
        c.stroke(f"M{x - 11:.1f} 34Q{x:.1f} 27 {x + 11:.1f} 34", line, 2.8)
        c.stroke(f"M{x - 4:.1f} 38h8", line, 1.6, opacity=0.5)
    elif kind == "clench":
        c.path(f"M{x - 12:.1f} 29L{x + 11:.1f} 27L{x + 12:.1f} 33L{x - 11:.1f} 35Z", "#f2e9df", ink=False)
        c.stroke(f"M{x - 12:.1f} 29L{x + 11:.1f} 27L{x + 12:.1f} 33L{x - 11:.1f} 35Z", line, 2.0)
    elif kind == "gasp":
        c.ellipse(x, 32, 8, 6, "#5a1a26", ink=False)
        c.stroke(f"M{x - 9:.1f} 33Q{x:.1f} 24 {x + 9:.1f} 33", line, 1.8)
    elif kind == "laugh":
        c.path(f"M{x - 18:.1f} 21"
               f"Q{x:.1f} 26 {x + 18:.1f} 21Q{x + 14:.1f} 46 {x:.1f} 46Q{x - 14:.1f} 46 {x - 18:.1f} 21Z",
               "#6d2130", ink=False)  # fmt: skip
        c.path(f"M{x - 16:.1f} 22Q{x:.1f} 27 {x + 16:.1f} 22L{x + 13:.1f} 28Q{x:.1f} 32 {x - 13:.1f} 28Z", "#f6efe6",
               ink=False)  # fmt: skip
        c.ellipse(x, 41, 8, 4, "#d8707c", ink=False)
    elif kind == "wail":
        c.path(f"M{x - 12:.1f} 40"
               f"Q{x - 10:.1f} 24 {x:.1f} 24Q{x + 10:.1f} 24 {x + 12:.1f} 40Q{x:.1f} 33 {x - 12:.1f} 40Z",
               "#5a1a26", ink=False)  # fmt: skip
    elif kind == "scream":
        c.ellipse(x, 35, 12, 16, "#4a1420", ink=False)
        c.ellipse(x, 45, 7, 4, "#c05a68", ink=False)
    elif kind == "round":
        c.ellipse(x, 33, 7, 9, "#5a1a26", ink=False)
    elif kind == "talk":
        c.ellipse(x, 31, 10, 6, "#6d2130", ink=False)
        c.path(f"M{x - 7:.1f} 27.5Q{x:.1f} 25.5 {x + 7:.1f} 27.5L{x + 6:.1f} 30H{x - 6:.1f}Z", "#f6efe6", ink=False)
    else:
        c.stroke(f"M{x - 9:.1f} 31Q{x:.1f} 33 {x + 10:.1f} 30", line, 2.6)
        c.stroke(f"M{x - 4:.1f} 36.5h8", line, 1.4, opacity=0.4)


def _glasses(c: Canvas, turned: bool) -> None:
    left, right, wide = (-3.0, 27.0, 10.0) if turned else (-16.0, 16.0, 13.0)
    for x, r in ((left, 13.0), (right, wide)):
        c.ellipse(x, 0, r, 11, "#dfeef5", opacity=0.22, ink=False)
        c.stroke(f"M{x - r:.1f} 0a{r:.1f} 11 0 1 0 {2 * r:.1f} 0a{r:.1f} 11 0 1 0 {-2 * r:.1f} 0Z", "#20202a", 2.6)
    c.stroke(f"M{left + 13:.1f} -2Q{(left + right) / 2:.1f} -5 {right - wide:.1f} -2", "#20202a", 2.6)
    c.stroke(f"M{left - 13:.1f} -2L-34 -4", "#20202a", 2.4)
