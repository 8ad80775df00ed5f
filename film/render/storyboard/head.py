"""Heads and faces. Local coordinates: the head's middle is 0, 0; it is 100 high; a turned head looks right."""

from __future__ import annotations

from dataclasses import dataclass

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, luminance, mix
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


@dataclass(frozen=True)
class HeadInk:
    """The colours of one head under the picture's light."""

    skin: str
    shade: str
    hair: str
    cloth: str
    hat: str = ""
    """Of what is worn on the head; that of the clothes, darker, where empty."""


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
    _hair_behind(c, look, ink, turned)
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
        _beard(c, ink, turned)
    _features(c, look, ink, mood, turned, talking, pixels)
    if look.old and pixels > 40:
        _years(c, ink, turned, beard=look.beard)
    _hair_before(c, look, ink, turned)
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


def _beard(c: Canvas, ink: HeadInk, turned: bool) -> None:
    data = (
        "M-28 6C-28 30 -18 50 0 58C14 63 32 56 36 38C38 30 37 22 36 18C30 20 26 22 22 21"
        "C12 19 2 20 -6 24C-16 22 -24 16 -28 6Z"
        if turned
        else "M-38 2C-37 26 -28 50 -13 57C-5 61 5 61 13 57C28 50 37 26 38 2C33 16 27 21 18 22"
        "C8 19 -8 19 -18 22C-27 21 -33 16 -38 2Z"
    )
    c.path(data, ink.hair)


def _glasses(c: Canvas, turned: bool) -> None:
    left, right, wide = (-3.0, 27.0, 10.0) if turned else (-16.0, 16.0, 13.0)
    for x, r in ((left, 13.0), (right, wide)):
        c.ellipse(x, 0, r, 11, "#dfeef5", opacity=0.22, ink=False)
        c.stroke(f"M{x - r:.1f} 0a{r:.1f} 11 0 1 0 {2 * r:.1f} 0a{r:.1f} 11 0 1 0 {-2 * r:.1f} 0Z", "#20202a", 2.6)
    c.stroke(f"M{left + 13:.1f} -2Q{(left + right) / 2:.1f} -5 {right - wide:.1f} -2", "#20202a", 2.6)
    c.stroke(f"M{left - 13:.1f} -2L-34 -4", "#20202a", 2.4)


def _hair_behind(c: Canvas, look: Look, ink: HeadInk, turned: bool) -> None:
    back = darker(ink.hair, 0.25)
    if look.hair == "long":
        c.path(
            "M-44 -14C-54 -74 40 -74 34 -20C26 20 -2 40 -8 92C-26 98 -50 96 -58 84C-46 50 -48 20 -44 -14Z"
            if turned
            else "M-43 -10C-52 -72 52 -72 43 -10C44 30 56 62 50 92C34 100 -34 100 -50 92C-56 62 -44 30 -43 -10Z",
            back,
        )
    elif look.hair == "curly":
        for x, y, r in (
            (-34, -26, 22),
            (-40, 0, 18),
            (34 - 12 * turned, -26, 22),
            (40 - 24 * turned, 0, 16),
            (0, -46, 26),
        ):
            c.circle(x, y, r, back)
    elif look.hair == "bun":
        c.circle(-38 if turned else 0, -50 if turned else -60, 19, back)
    elif look.hair == "hood":
        c.path("M-48 60C-66 -10 -56 -76 0 -76C56 -76 64 -10 48 60Z", darker(ink.cloth, 0.3))


def _hair_before(c: Canvas, look: Look, ink: HeadInk, turned: bool) -> None:
    shine = lighter(ink.hair, 0.2)
    style = look.hair
    if style == "bald":
        c.ellipse(-10, -38, 12, 5, lighter(ink.skin, 0.4), opacity=0.5, ink=False)
        return
    if style in {"cap", "hat"}:
        _headgear(c, ink, style, turned)
        return
    if style == "hood":
        c.path(
            "M-48 60C-66 -10 -56 -76 0 -76C56 -76 64 -10 48 60C44 40 42 20 40 -4"
            "C36 -50 -36 -50 -40 -4C-42 20 -44 40 -48 60Z",
            ink.cloth,
        )
        return
    if style == "short":
        data = (
            "M-40 14C-48 -30 -40 -66 -2 -66C30 -66 42 -44 36 -20C30 -32 22 -36 8 -36"
            "C-6 -34 -16 -30 -18 -10C-22 -12 -28 -6 -27 2"
            "C-30 6 -34 12 -40 14Z"
            if turned
            else "M-40 2C-47 -66 47 -66 40 2C38 -14 35 -24 29 -31C12 -24 -10 -27 -26 -33C-34 -25 -38 -13 -40 2Z"
        )
    elif style == "curly":
        spots = ((-30, -36), (-14, -48), (6, -52), (24, -44), (-38, -18)) + (() if turned else ((36, -28),))
        for x, y in spots:
            c.circle(x, y, 15, ink.hair)
        c.ellipse(-8, -50, 9, 4, shine, opacity=0.4, ink=False)
        return
    else:
        data = (
            "M-42 26C-50 -30 -42 -66 -2 -66C30 -66 40 -42 36 -18C30 -34 18 -40 2 -40"
            "C-14 -34 -22 -18 -24 2C-26 14 -32 24 -42 26Z"
            if turned
            else "M-41 16C-49 -68 49 -68 41 16C38 -14 28 -36 2 -42C-22 -36 -36 -16 -41 16Z"
        )
    c.path(data, ink.hair)
    c.path("M-28 -40C-18 -56 8 -60 20 -54C4 -54 -14 -48 -24 -36Z", shine, opacity=0.35, ink=False)


def _headgear(c: Canvas, ink: HeadInk, style: str, turned: bool) -> None:
    c.path("M-40 2C-42 -14 -40 -24 -38 -30L-26 -30C-32 -20 -36 -10 -40 2Z", ink.hair, ink=False)
    cloth = ink.hat or darker(ink.cloth, 0.28)
    if style == "cap":
        c.path("M-41 -22C-44 -66 40 -68 40 -24C20 -32 -20 -32 -41 -22Z", cloth)
        c.path(
            "M2 -28C24 -34 50 -28 62 -16C46 -20 24 -22 4 -20Z"
            if turned
            else "M-34 -26C-20 -38 20 -38 34 -26C24 -14 -24 -14 -34 -26Z",
            darker(cloth, 0.3),
        )
        return
    c.path("M-34 -28C-38 -76 -14 -72 0 -68C14 -72 38 -76 34 -28Z", cloth)
    c.path("M-34 -34C-20 -28 20 -28 34 -34L34 -26C20 -20 -20 -20 -34 -26Z", darker(cloth, 0.4), ink=False)
    c.path("M-62 -26C-40 -36 40 -36 62 -26C44 -12 -44 -12 -62 -26Z", cloth)
