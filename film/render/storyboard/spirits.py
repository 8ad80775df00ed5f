"""Bodies that no nature made: machines, spirits, clouds with a face. They face right; the ground is y = 0."""

from __future__ import annotations

from film.render.storyboard.canvas import Canvas, Point
from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.limbs import look_at
from film.render.storyboard.skeleton import capsule
from schemas.enums import Expression, Pose


def robot(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A robot on two legs."""
    shade, dark, glow = darker(coat, 0.28), "#33383f", "#6ff0ff" if expression is not Expression.ANGRY else "#ff6a5a"
    lean = {Pose.RUN: 12, Pose.FIGHT: 8, Pose.WALK: 4}.get(pose, 0)
    swing = {Pose.RUN: 60, Pose.WALK: 32, Pose.FIGHT: 40}.get(pose, 6)
    low = {Pose.SIT: 90, Pose.KNEEL: 80}.get(pose, 0)
    c.push(f"translate(0 {low}) rotate({lean})")
    for side in (-1, 1):
        knee: Point = (side * 34 + side * swing * 0.4, -110)
        foot: Point = (side * 34 + side * swing, -16 - low)
        if low:
            knee, foot = (side * 36 + 60, -150 - low * 0.2), (side * 36 + 66, -16 - low)
        c.path(capsule((side * 34, -200), 20, knee, 17) + capsule(knee, 17, foot, 15), shade if side > 0 else coat)
        c.circle(*knee, 15, dark, ink=False)
        c.rect(foot[0] - 28, foot[1] - 6, 62, 22, dark, r=9)
    arm = {
        Pose.POINT: (130, -330, 196, -330),
        Pose.HOLD: (104, -262, 150, -282),
        Pose.TALK: (108, -256, 146, -316),
        Pose.FIGHT: (126, -300, 150, -372),
    }
    elbow_x, elbow_y, hand_x, hand_y = arm.get(pose, (100 + swing * 0.4, -260, 96 + swing, -196))
    c.path(
        capsule((-84, -336), 20, (-104 - swing * 0.3, -256), 15)
        + capsule((-104 - swing * 0.3, -256), 15, (-94 - swing * 0.2, -190), 14),
        shade,
    )
    c.rect(
        -86,
        -370,
        172,
        178,
        c.linear(((0, lighter(coat, 0.15), 1), (0.6, coat, 1), (0.72, shade, 1), (1, shade, 1)), x2=1, y2=0.1),
        r=26,
    )
    c.rect(-48, -330, 96, 66, dark, r=10)
    for index in range(3):
        c.circle(-26 + 26 * index, -306, 8, (glow, "#ffb84a", "#7fe07a")[index], ink=False)
    c.rect(-34, -286, 68, 9, glow, ink=False)
    c.path(
        capsule((84, -336), 21, (elbow_x, elbow_y), 16) + capsule((elbow_x, elbow_y), 16, (hand_x, hand_y), 15), coat
    )
    c.circle(hand_x, hand_y, 19, dark)
    c.rect(-18, -388, 36, 24, dark)
    c.line_to(0, -490, 0, -522, dark, 6)
    c.circle(0, -526, 10, glow, ink=False)
    c.rect(
        -66,
        -494,
        132,
        110,
        c.linear(((0, lighter(coat, 0.2), 1), (0.62, coat, 1), (0.74, shade, 1), (1, shade, 1)), x2=1, y2=0.1),
        r=30,
    )
    c.rect(-50, -472, 100, 56, "#14202b", r=24)
    tall = {Expression.SURPRISED: 1.4, Expression.AFRAID: 1.3, Expression.HAPPY: 0.7, Expression.SAD: 0.6}.get(
        expression, 1.0
    )
    for x in (-20, 24):
        c.glow(x, -446, 26, glow, 0.8)
        c.ellipse(x, -446, 11, 12 * tall, glow, ink=False)
    if expression is Expression.HAPPY:
        c.stroke("M-20 -404Q0 -392 20 -404", dark, 6)
    else:
        c.line_to(-18, -400, 18, -400, dark, 5)
    c.pop()


def ghost(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A ghost that floats."""
    pale = mix(coat, "#ffffff", 0.35)
    c.glow(0, -300, 330, pale, 0.5)
    c.path(
        "M-120 -40Q-140 -300 -96 -400Q-60 -476 0 -476Q60 -476 96 -400Q140 -300 120 -40"
        "Q96 -84 70 -44Q36 -96 0 -48Q-36 -96 -70 -44Q-96 -84 -120 -40Z",
        c.linear(((0, pale, 0.96), (0.6, pale, 0.85), (1, pale, 0.25))),
        ink=False,
    )
    reach = -60 if pose in {Pose.POINT, Pose.FIGHT, Pose.RUN, Pose.HOLD} else 20
    c.path(
        capsule((88, -300), 30, (160, -280 + reach), 18) + capsule((-88, -300), 30, (-150, -250), 18), pale, opacity=0.9
    )
    for x in (-26, 38):
        c.ellipse(x, -390, 15, 22, "#1d2233", ink=False)
    tall = {Expression.SURPRISED: 26, Expression.AFRAID: 22, Expression.ANGRY: 8}.get(expression, 14)
    if expression is Expression.HAPPY:
        c.stroke("M-16 -340Q6 -316 28 -340", "#1d2233", 8)
    else:
        c.ellipse(6, -334, 15, tall, "#1d2233", ink=False)


def cloud(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A cloud with a face."""
    shade = mix(coat, "#6f86b0", 0.4)
    bumps = ((-120, -190, 66), (-60, -250, 80), (30, -266, 90), (110, -212, 74), (0, -180, 100))
    disc = "".join(f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z" for x, y, r in bumps)
    c.push("translate(0 16)")
    c.path(disc, shade)
    c.pop()
    c.path(disc, coat, ink=False)
    for x in (-34, 48):
        look_at(c, x, -232, 13, expression)
        c.ellipse(x + (26 if x > 0 else -26), -196, 18, 10, "#f09a9a", opacity=0.5, ink=False)
    if expression in {Expression.SAD, Expression.AFRAID}:
        c.stroke("M-20 -172Q8 -194 36 -172", "#3a4258", 8)
    elif expression is Expression.SURPRISED or pose is Pose.TALK:
        c.ellipse(8, -178, 16, 18, "#5a2a3a", ink=False)
    else:
        c.stroke("M-20 -188Q8 -162 36 -188", "#3a4258", 8)
