"""Animals about the house, and all drawers of what is not human. They face right; the ground is y = 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from film.render.storyboard.beasts import BEAST_DRAWERS, BEASTS, Build
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.limbs import legs, look_at
from film.render.storyboard.skeleton import capsule
from film.render.storyboard.spirits import cloud, ghost, robot
from schemas.enums import Expression, FigureKind, Pose

BUILDS: Mapping[FigureKind, Build] = {
    FigureKind.DOG: Build(0.85, 170, (96, -138), 66),
    FigureKind.CAT: Build(0.55, 130, (66, -100), 58),
    FigureKind.HORSE: Build(2.2, 300, (136, -256), 84),
    FigureKind.BIRD: Build(0.34, 100, (28, -82), 38),
    FigureKind.ROBOT: Build(1.75, 500, (0, -440), 110),
    FigureKind.GHOST: Build(1.8, 480, (0, -380), 130),
    FigureKind.CLOUD: Build(1.7, 330, (0, -230), 150),
    **BEASTS,
}


def _oval(c: Canvas, x: float, y: float, rx: float, ry: float, colour: str) -> None:
    c.ellipse(x, y, rx, ry, colour)


def dog(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A dog."""
    shade = darker(coat, 0.28)
    asleep, pose = pose is Pose.SLEEP, Pose.LIE if pose is Pose.SLEEP else pose
    if asleep:
        expression = Expression.ASLEEP
    if pose is Pose.LIE:
        c.stroke("M-70 -22Q-104 -26 -124 -6", coat, 13)
        c.push("translate(0 46) scale(1 0.82)")
    else:
        c.stroke("M-78 -96Q-112 -112 -104 -146", coat, 13)
    if pose is Pose.SIT:
        legs(c, (52, 66), -60, 13, coat, Pose.STAND)
        c.path("M-70 -4Q-92 -60 -40 -84Q10 -120 66 -112Q86 -80 70 -34Q30 0 -70 -4Z", coat)
        c.ellipse(-42, -26, 36, 28, shade, ink=False)
    else:
        if pose is not Pose.LIE:
            legs(c, (-58, -46, 50, 62), -72, 14, coat, pose)
        c.path("M-82 -84Q-80 -116 -30 -112Q30 -118 66 -120Q92 -100 76 -64Q30 -50 -60 -56Q-84 -60 -82 -84Z", coat)
        c.path("M-76 -70Q-20 -50 72 -64Q60 -50 20 -52Q-50 -46 -76 -70Z", shade, ink=False)
    if asleep:
        c.push("translate(26 58)")
    c.path(capsule((62, -104), 26, (88, -134), 22), coat)
    _oval(c, 94, -142, 32, 29, coat)
    c.path("M108 -150Q140 -148 142 -132Q140 -120 108 -120Z", lighter(coat, 0.25))
    c.circle(139, -138, 7, "#1d1a1f", ink=False)
    c.path("M78 -166Q58 -160 62 -116Q76 -108 88 -136Z", shade)
    look_at(c, 106, -150, 4.2, expression)
    c.stroke("M136 -126Q124 -116 112 -122", "#2a2024", 2.6)
    if pose is Pose.TALK or expression in {Expression.ANGRY, Expression.SCREAMING, Expression.LAUGHING}:
        # It barks, or speaks.
        c.path("M108 -126L144 -130Q140 -104 118 -104Q106 -108 108 -126Z", "#6d2130")
        c.path("M114 -112Q126 -118 136 -114Q130 -104 118 -104Z", "#e0707a", ink=False)
    elif expression is Expression.HAPPY or pose is Pose.RUN:
        c.path("M120 -121Q126 -100 134 -120Z", "#e0707a", ink=False)
    c.stroke("M68 -116Q80 -104 92 -112", "#b8322e", 7)
    if asleep:
        c.pop()
    if pose is Pose.LIE:
        c.pop()
        # Fore paws before the chest, a hind leg folded at the side.
        c.path(capsule((58, -26), 14, (112, -9), 9), shade)
        c.path(capsule((48, -22), 14, (96, -8), 9), coat)
        c.path("M-74 -4Q-84 -46 -44 -50Q-14 -46 -16 -16L14 -6Q12 0 6 0H-64Q-72 0 -74 -4Z", mix(coat, shade, 0.4))


def cat(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A cat; asleep it is curled up."""
    shade = darker(coat, 0.28)
    if pose is Pose.SLEEP:
        _curled(c, coat, shade)
        return
    c.stroke("M-56 -50Q-96 -60 -84 -108Q-80 -124 -68 -120", coat, 11)
    if pose in {Pose.SIT, Pose.TALK, Pose.HOLD}:
        c.path("M-48 -2Q-66 -54 -10 -84Q20 -104 52 -92Q62 -40 48 -2Z", coat)
        c.path(capsule((42, -50), 10, (50, -6), 9), shade)
    else:
        if pose is not Pose.LIE:
            legs(c, (-40, -30, 34, 44), -48, 9, coat, pose)
        low = 30 if pose is Pose.LIE else 0
        c.push(f"translate(0 {low})")
        c.path("M-60 -56Q-58 -84 -16 -80Q30 -88 56 -80Q66 -50 50 -40Q0 -30 -46 -36Q-62 -40 -60 -56Z", coat)
        c.stroke("M-30 -78v18M-10 -80v18M12 -82v18", shade, 5)
        c.pop()
    _oval(c, 66, -100, 28, 25, coat)
    c.path("M44 -112L42 -142L64 -124ZM72 -124L90 -142L90 -112Z", coat)
    c.path("M47 -118L46 -134L58 -124ZM78 -124L87 -134L87 -118Z", "#e0a0a0", ink=False)
    for x in (60, 80):
        c.ellipse(x, -103, 5.5, 6.5, "#d8e06a", ink=False)
        c.ellipse(x + 1, -103, 2 if expression is not Expression.AFRAID else 4, 5.5, "#15131a", ink=False)
    if pose is Pose.TALK:
        c.ellipse(74, -84, 7, 6, "#6d2130", ink=False)
    c.path("M70 -94l8 0l-4 5Z", "#c96a72", ink=False)
    c.stroke("M58 -90l-22 -3M58 -86l-20 4M88 -90l22 -3M88 -86l20 4", lighter(coat, 0.6), 1.4)


def _curled(c: Canvas, coat: str, shade: str) -> None:
    c.push("scale(0.82)")
    c.ellipse(0, -38, 74, 40, coat)
    c.stroke("M-30 -72q4 16 -2 26M-10 -76q4 18 -2 28M12 -76q4 18 -2 28", shade, 5)
    c.stroke("M-66 -22Q-30 8 40 -6", coat, 15)
    c.stroke("M-66 -22Q-30 8 40 -6", shade, 3)
    c.path("M38 -58L34 -86L56 -70ZM66 -72L86 -86L84 -58Z", coat)
    _oval(c, 61, -46, 28, 24, coat)
    c.stroke("M46 -48q6 6 12 0M66 -48q6 6 12 0", "#15131a", 3)
    c.path("M58 -36l8 0l-4 5Z", "#c96a72", ink=False)
    c.pop()


def horse(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A horse."""
    shade, mane = darker(coat, 0.25), darker(coat, 0.55)
    down = pose in {Pose.LIE, Pose.SLEEP}
    c.push("translate(0 64)" if down else "translate(0 0)")
    c.path("M-104 -176Q-150 -160 -136 -80Q-118 -110 -98 -140Z", mane)
    if down:
        c.path(capsule((-80, -96), 20, (-10, -76), 13) + capsule((70, -110), 19, (120, -76), 12), shade)
    else:
        legs(c, (-84, -66, 66, 84), -120, 19, coat, pose)
    c.path("M-112 -164Q-112 -206 -50 -196Q20 -206 84 -200Q112 -160 88 -118Q20 -100 -72 -108Q-110 -116 -112 -164Z", coat)
    c.path("M-100 -132Q-20 -104 92 -126Q70 -104 20 -108Q-70 -100 -100 -132Z", shade, ink=False)
    c.path("M52 -190Q84 -240 112 -282Q140 -296 148 -268Q136 -220 106 -150Q80 -140 52 -190Z", coat)
    c.path("M112 -290Q136 -304 150 -282L186 -226Q184 -206 164 -210L124 -250Z", coat)
    c.path("M46 -196Q66 -252 112 -300Q100 -240 84 -196Q66 -180 46 -196Z", mane)
    c.path("M116 -288L120 -318L134 -290Z", coat)
    c.circle(176, -222, 3.4, "#1d1a1f", ink=False)
    look_at(c, 140, -266, 5, expression)
    c.pop()


def bird(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A bird; it flies when it runs or walks."""
    shade = darker(coat, 0.3)
    if pose in {Pose.RUN, Pose.WALK, Pose.FIGHT, Pose.FLY}:
        c.push("translate(0 -60)")
        c.path("M-10 -50Q-50 -130 -92 -128Q-70 -86 -34 -44Z", shade)
        c.path("M-58 -48L-92 -58L-88 -34Z", shade)
        c.path("M-60 -46Q-30 -74 20 -66Q44 -56 30 -42Q-14 -22 -60 -46Z", coat)
        c.path("M6 -56Q-4 -130 34 -150Q44 -100 26 -50Z", lighter(coat, 0.1))
        c.pop()
        c.push("translate(8 -40)")
    else:
        if pose not in {Pose.LIE, Pose.SLEEP}:
            c.stroke("M-4 -22v20h10M10 -22v20h10", "#c9853f", 3.4)
        c.path("M-30 -34L-70 -14L-58 -32Z", shade)
        c.path("M-40 -40Q-10 -86 30 -82Q48 -54 24 -28Q-14 -12 -40 -40Z", coat)
        c.path("M-46 -34Q-10 -66 14 -56Q0 -26 -46 -34Z", shade)
        c.push("translate(0 -14)")
    _oval(c, 28, -68, 19, 18, coat)
    c.path("M42 -72L68 -64L42 -58Z", "#e09a35")
    look_at(c, 33, -72, 3.2, expression)
    c.pop()


DRAWERS: Mapping[FigureKind, Callable[[Canvas, str, Pose, Expression], None]] = {
    FigureKind.DOG: dog,
    FigureKind.CAT: cat,
    FigureKind.HORSE: horse,
    FigureKind.BIRD: bird,
    FigureKind.ROBOT: robot,
    FigureKind.GHOST: ghost,
    FigureKind.CLOUD: cloud,
    **BEAST_DRAWERS,
}
