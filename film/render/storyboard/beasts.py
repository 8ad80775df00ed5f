"""More bodies that are not human: cattle, vermin, fish, dragons, visitors. They face right; the ground is y = 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.skeleton import capsule
from schemas.enums import Expression, FigureKind, Pose


@dataclass(frozen=True)
class Build:
    """How large a body is."""

    metres: float
    """Height of the standing body."""
    height: float
    """The same in local units."""
    head: tuple[float, float]
    """The middle of its head, in local units."""
    size: float
    """Height of its head, in local units."""


BEASTS: Mapping[FigureKind, Build] = {
    FigureKind.COW: Build(1.5, 220, (130, -176), 110),
    FigureKind.PIG: Build(0.8, 130, (92, -84), 90),
    FigureKind.BEAR: Build(1.7, 260, (118, -186), 130),
    FigureKind.RABBIT: Build(0.42, 120, (34, -70), 80),
    FigureKind.MOUSE: Build(0.22, 80, (50, -34), 84),
    FigureKind.FISH: Build(1.3, 150, (20, -80), 150),
    FigureKind.SNAKE: Build(0.6, 110, (30, -60), 84),
    FigureKind.DRAGON: Build(3.2, 420, (120, -300), 210),
    FigureKind.ALIEN: Build(1.6, 500, (0, -400), 170),
}
"""Their sizes."""


def _legs(c: Canvas, spots: tuple[float, ...], hip: float, width: float, colour: str, pose: Pose) -> None:
    swing = {Pose.RUN: 30.0, Pose.WALK: 14.0, Pose.FIGHT: 16.0}.get(pose, 0.0)
    for index, x in enumerate(spots):
        side = 1 if index % 2 else -1
        tone = darker(colour, 0.25) if index % 2 else colour
        c.path(capsule((x, hip), width, (x + side * swing, -width * 0.4), width * 0.66), tone)


_DOWN = {Pose.LIE, Pose.SLEEP}


def _eye(c: Canvas, x: float, y: float, r: float) -> None:
    c.circle(x, y, r * 1.4, "#f6f1e6", ink=False)
    c.circle(x + r * 0.3, y, r, "#15131a", ink=False)


def _lying(c: Canvas, pose: Pose, low: float) -> None:
    c.push(f"translate(0 {low if pose in _DOWN else 0:.0f})")


def cow(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A cow, and what is built like one."""
    del expression  # All drawers take the same.
    shade = darker(coat, 0.25)
    _lying(c, pose, 70)
    c.stroke("M-118 -160Q-140 -120 -132 -70", shade, 8)
    if pose not in _DOWN:
        _legs(c, (-90, -72, 66, 84), -90, 17, coat, pose)
    c.path("M-122 -164Q-60 -186 96 -172Q116 -130 92 -84Q-20 -62 -104 -80Q-126 -120 -122 -164Z", coat)
    c.path(
        "M-70 -172Q-20 -176 -24 -130Q-64 -116 -84 -140ZM20 -110Q60 -126 70 -90Q40 -74 16 -84Z",
        lighter(coat, 0.6),
        ink=False,
    )
    c.path("M92 -170L118 -206Q150 -206 168 -164Q172 -146 154 -142L116 -138Z", coat)
    c.ellipse(158, -154, 18, 15, "#e2b0a4", ink=False)
    c.stroke("M116 -204Q104 -222 112 -234M138 -206Q146 -222 140 -234", "#e9e0c8", 8)
    c.ellipse(100, -196, 16, 8, shade, ink=False)
    _eye(c, 136, -184, 5)
    c.ellipse(-6, -70, 28, 14, "#e8b8b0", ink=False)
    c.pop()


def sheep(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A sheep or a lamb: wool, a dark face, thin legs."""
    del expression  # All drawers take the same.
    face = darker(coat, 0.72)
    _lying(c, pose, 70)
    if pose not in _DOWN:
        _legs(c, (-70, -52, 48, 66), -80, 12, face, pose)
    wool = ((-92, -128, 38), (-60, -158, 40), (-14, -168, 44), (36, -162, 42), (76, -138, 38), (62, -104, 36),
            (10, -96, 40), (-44, -96, 40), (-86, -104, 32))  # fmt: skip
    for x, y, r in wool:
        c.circle(x, y, r, darker(coat, 0.12))
    for x, y, r in wool:
        c.circle(x, y - 4, r * 0.9, coat, ink=False)
    c.ellipse(-4, -132, 92, 42, coat, ink=False)
    c.path("M94 -176Q122 -198 146 -172Q164 -136 150 -126Q126 -122 104 -142Z", face)
    c.ellipse(88, -170, 20, 9, face, ink=False)
    c.circle(108, -186, 22, coat, ink=False)
    _eye(c, 126, -166, 5)
    c.pop()


def pig(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A pig."""
    del expression  # All drawers take the same.
    shade = darker(coat, 0.2)
    _lying(c, pose, 26)
    if pose not in _DOWN:
        _legs(c, (-52, -40, 44, 58), -40, 13, coat, pose)
    c.stroke("M-86 -80q-18 -6 -8 -18q12 -2 6 12", shade, 5)
    c.ellipse(-4, -72, 86, 46, coat)
    c.ellipse(84, -82, 38, 34, coat)
    c.ellipse(116, -78, 13, 17, shade, ink=False)
    c.path("M62 -106L66 -134L88 -110Z", shade)
    _eye(c, 92, -92, 4)
    c.pop()


def bear(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A bear; it rises on its hind legs to fight."""
    shade = darker(coat, 0.25)
    up = pose in {Pose.FIGHT, Pose.STAND, Pose.CHEER} and expression in {Expression.ANGRY, Expression.SCREAMING}
    c.push("rotate(-46 -60 -60) translate(-20 20)" if up else "rotate(0)")
    _lying(c, pose, 76)
    if pose not in _DOWN:
        _legs(c, (-92, -70, 58, 82), -90, 27, coat, pose)
    c.path("M-128 -100Q-130 -204 -30 -206Q60 -230 108 -176Q118 -110 78 -76Q-40 -56 -110 -72Z", coat)
    c.circle(118, -186, 46, coat)
    c.circle(94, -228, 16, shade)
    c.circle(138, -228, 15, shade)
    c.ellipse(152, -172, 25, 19, lighter(coat, 0.25))
    c.circle(172, -178, 8, "#1d1a1f", ink=False)
    c.stroke("M168 -160Q156 -154 146 -160", "#1d1a1f", 4)
    _eye(c, 132, -198, 5)
    c.pop()
    c.pop()


def rabbit(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A rabbit."""
    del pose, expression  # All drawers take the same.
    shade = darker(coat, 0.2)
    c.circle(-52, -28, 13, lighter(coat, 0.5))
    c.ellipse(-8, -34, 46, 33, coat)
    c.ellipse(-24, -20, 26, 19, shade, ink=False)
    c.path(capsule((26, -30), 9, (38, -5), 7), coat)
    c.path("M20 -92Q2 -140 14 -156Q30 -140 32 -92ZM34 -92Q32 -146 48 -152Q56 -126 44 -88Z", coat)
    c.path("M22 -96Q12 -132 16 -146Q24 -130 28 -98Z", "#e2a8a4", ink=False)
    c.circle(34, -70, 24, coat)
    c.circle(57, -66, 4, "#c96a72", ink=False)
    _eye(c, 42, -76, 4)


def mouse(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A mouse or a rat."""
    del pose, expression  # All drawers take the same.
    c.stroke("M-44 -12Q-84 -4 -92 -40", "#d39a94", 5)
    c.path("M-50 -4Q-56 -50 0 -54Q44 -58 82 -26Q84 -10 66 -6Q0 2 -50 -4Z", coat)
    c.circle(28, -54, 17, coat)
    c.circle(28, -54, 10, "#e2a8a4", ink=False)
    c.circle(84, -24, 5, "#1d1a1f", ink=False)
    _eye(c, 58, -36, 4)
    c.stroke("M-24 -4v8M-14 -4v8M40 -4v8M50 -4v8", "#d39a94", 5)


def fish(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A large fish, a shark, a whale: it leaps from the water."""
    del pose, expression  # All drawers take the same.
    shade, belly = darker(coat, 0.25), lighter(coat, 0.6)
    c.push("rotate(-16) translate(-10 -6)")
    c.path("M-130 -84L-186 -132Q-176 -84 -186 -34Z", shade)
    c.path("M-140 -84Q-60 -156 70 -132Q140 -116 158 -76Q120 -30 30 -28Q-80 -30 -140 -84Z", coat)
    c.path("M150 -66Q110 -30 30 -28Q-50 -30 -104 -62Q20 -48 150 -66Z", belly, ink=False)
    c.path("M-20 -142L10 -206Q40 -170 44 -138Z", shade)
    c.path("M20 -48L-16 10Q40 -4 62 -40Z", shade)
    _eye(c, 112, -92, 5)
    c.stroke("M152 -66Q130 -58 108 -64M84 -108q-10 20 0 42M68 -110q-10 22 0 46", darker(coat, 0.45), 4)
    c.pop()
    for r, y in ((230, 0), (170, 14)):
        c.ellipse(0, y, r, 22, mix("#dff2fa", coat, 0.25), opacity=0.85, ink=False)


def snake(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A snake."""
    del pose, expression  # All drawers take the same.
    c.stroke("M-110 -8Q-60 -40 -30 -14T40 -12Q76 -14 62 -50Q52 -76 74 -92", coat, 22)
    c.stroke("M-100 -10Q-60 -36 -30 -14T40 -12", lighter(coat, 0.35), 6)
    c.ellipse(84, -94, 24, 15, coat)
    c.stroke("M106 -92h18l8 -6M124 -92l8 6", "#d8302c", 3)
    _eye(c, 92, -98, 4)


def dragon(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A dragon; it flies when it runs or flies, and breathes fire when it is angry or fights."""
    shade, belly = darker(coat, 0.28), lighter(coat, 0.4)
    flies = pose in {Pose.RUN, Pose.WALK, Pose.FLY}
    _lying(c, pose, 90)
    wing = "M-20 -230Q-120 -470 -300 -430Q-240 -390 -230 -330Q-180 -350 -160 -290Q-110 -310 -90 -240Z"
    far = "M30 -230Q0 -480 150 -520Q130 -450 160 -400Q100 -380 100 -320Q70 -310 60 -240Z"
    if not flies:
        wing = "M-20 -230Q-140 -400 -220 -330Q-190 -290 -190 -230Q-140 -250 -120 -190Z"
        far = "M10 -240Q-60 -400 -140 -380Q-110 -320 -90 -270Z"
    c.path(far, shade)
    c.stroke("M-110 -110Q-220 -60 -290 -100", coat, 38)
    c.path("M-276 -84L-330 -150L-330 -70Z", shade)
    if not flies:
        for x in (-84, 70):
            c.path(capsule((x, -110), 36, (x + 16, -14), 20), shade if x > 0 else coat)
            c.path(f"M{x - 6} -12h60l-10 14h-50Z", darker(shade, 0.3))
    c.path("M-150 -120Q-120 -240 0 -238Q70 -240 104 -180Q110 -100 30 -84Q-90 -66 -150 -120Z", coat)
    c.path("M96 -170Q110 -100 30 -84Q-40 -74 -100 -96Q30 -96 96 -170Z", belly, ink=False)
    c.path("M60 -226Q120 -250 140 -330L196 -300Q170 -200 96 -150Z", coat)
    for x, y in ((84, -236), (112, -264), (132, -300), (-30, -240), (20, -242)):
        c.path(f"M{x - 16} {y + 6}L{x - 10} {y - 34}L{x + 14} {y + 2}Z", shade)
    c.path("M136 -346Q170 -392 220 -366L276 -334Q282 -318 262 -314L190 -304Q150 -300 136 -346Z", coat)
    c.path("M196 -306L262 -312L246 -296L206 -290Z", shade)
    c.path("M160 -372L120 -430L186 -384Z", shade)
    _eye(c, 204, -350, 7)
    c.path(wing, mix(shade, "#8f2f33", 0.4))
    if pose is Pose.FIGHT or expression in {Expression.ANGRY, Expression.SCREAMING}:
        c.path("M276 -322Q420 -380 520 -300Q430 -300 500 -230Q400 -260 276 -310Z", "#ff7a2e", ink=False)
        c.path("M280 -318Q380 -340 440 -296Q370 -286 280 -312Z", "#ffe07a", ink=False)
    c.pop()


def alien(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A visitor from elsewhere: a large head, black eyes, thin limbs."""
    del expression  # All drawers take the same.
    shade = darker(coat, 0.25)
    swing = {Pose.RUN: 60, Pose.WALK: 34, Pose.CROUCH: 40, Pose.FIGHT: 40}.get(pose, 8)
    for side in (-1, 1):
        c.path(capsule((side * 20, -170), 17, (side * (24 + swing * 0.4), -90), 12)
               + capsule((side * (24 + swing * 0.4), -90), 12, (side * (24 + swing), -8), 10),
               coat if side > 0 else shade)  # fmt: skip
        reach = -40 if pose in {Pose.FIGHT, Pose.POINT, Pose.HOLD, Pose.CROUCH} and side > 0 else 60
        c.path(capsule((side * 36, -290), 13, (side * 86, -230), 10)
               + capsule((side * 86, -230), 10, (side * 86 + 50, -230 + reach), 9), shade)  # fmt: skip
    c.path("M-44 -306Q0 -320 44 -306L32 -166Q0 -150 -32 -166Z", coat)
    c.path("M-92 -420Q-96 -510 0 -514Q96 -510 92 -420Q84 -350 0 -312Q-84 -350 -92 -420Z", coat)
    for side in (-1, 1):
        c.push(f"translate({side * 42} -408) rotate({side * -24})")
        c.ellipse(0, 0, 34, 24, "#0d0b12", ink=False)
        c.circle(-8, -8, 6, "#ffffff", ink=False)
        c.pop()
    c.stroke("M-16 -344Q0 -338 16 -344", darker(coat, 0.5), 5)


BEAST_DRAWERS: Mapping[FigureKind, Callable[[Canvas, str, Pose, Expression], None]] = {
    FigureKind.COW: cow,
    FigureKind.PIG: pig,
    FigureKind.BEAR: bear,
    FigureKind.RABBIT: rabbit,
    FigureKind.MOUSE: mouse,
    FigureKind.FISH: fish,
    FigureKind.SNAKE: snake,
    FigureKind.DRAGON: dragon,
    FigureKind.ALIEN: alien,
}
"""How each is drawn."""
