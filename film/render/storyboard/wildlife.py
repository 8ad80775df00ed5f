"""Animals that have a shape of their own within their kind: `film.prompting.species.SPECIES`. They face right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from film.render.storyboard.beasts import Build, sheep
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.creatures import cat, horse
from film.render.storyboard.limbs import legs, look_at
from film.render.storyboard.skeleton import capsule
from schemas.enums import Expression, Pose

_FLIES = {Pose.RUN, Pose.WALK, Pose.FIGHT, Pose.FLY}
_DOWN = {Pose.LIE, Pose.SLEEP}


def fox(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A fox: a brush with a white tip, black legs, pointed ears and muzzle."""
    dark, white = darker(coat, 0.68), mix(coat, "#f6efe4", 0.85)
    down = pose in _DOWN
    if down:
        c.push("translate(0 44)")
    c.path("M-66 -92Q-120 -124 -176 -84Q-196 -58 -170 -52Q-118 -50 -70 -74Z", coat)
    c.path("M-176 -84Q-196 -58 -170 -52Q-158 -52 -150 -54Q-168 -66 -152 -96Q-166 -94 -176 -84Z", white, ink=False)
    if not down:
        legs(c, (-56, -44, 48, 60), -66, 11, dark, pose)
    c.path("M-78 -80Q-78 -108 -30 -106Q30 -114 64 -118Q90 -100 74 -64Q30 -52 -56 -56Q-80 -60 -78 -80Z", coat)
    c.path("M76 -112Q92 -84 66 -62Q54 -74 60 -104Z", white, ink=False)
    c.path(capsule((60, -102), 24, (84, -130), 19), coat)
    c.path("M64 -146L66 -188L92 -160ZM92 -160L112 -186L114 -148Z", coat)
    c.path("M69 -158L70 -178L82 -164ZM100 -162L109 -176L110 -158Z", dark, ink=False)
    c.path("M62 -142Q66 -164 92 -164Q112 -162 122 -140L156 -122Q154 -114 142 -112Q96 -104 74 -118Z", coat)
    c.path("M80 -118Q112 -128 154 -120Q152 -114 142 -112Q104 -104 80 -118Z", white, ink=False)
    c.circle(153, -121, 6, "#1d1a1f", ink=False)
    look_at(c, 106, -142, 4.2, expression)
    if down:
        c.path(capsule((58, -72), 10, (110, -52), 8), dark)
        c.pop()


def lion(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A lion: a cat with a mane and a tufted tail."""
    mane = darker(coat, 0.42)
    c.circle(-70, -122, 13, mane)
    low = 36 if pose is Pose.SLEEP else 0
    for x, y in ((38, -112), (44, -84), (62, -66), (88, -68), (102, -88), (98, -116), (78, -134), (54, -132)):
        c.circle(x, y + low, 22, mane)
    cat(c, coat, pose, expression)


def donkey(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A donkey: long ears, a pale muzzle."""
    horse(c, coat, pose, expression)
    c.push("translate(0 64)" if pose in _DOWN else "translate(0 0)")
    c.path("M108 -284Q88 -340 100 -364Q124 -340 128 -292ZM130 -292Q128 -342 146 -360Q160 -330 146 -286Z", coat)
    c.path("M110 -296Q100 -334 105 -350Q118 -330 122 -298Z", darker(coat, 0.4), ink=False)
    c.path("M160 -244L186 -226Q184 -206 164 -210L146 -230Z", lighter(coat, 0.55), ink=False)
    c.pop()


def deer(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A stag: antlers, a white tail."""
    c.push("translate(0 64)" if pose in _DOWN else "translate(0 0)")
    left = "M120 -300Q96 -350 60 -372M104 -334Q104 -366 92 -392"
    right = "M132 -298Q150 -350 186 -366M148 -336Q142 -366 156 -394"
    c.stroke(left + right, mix("#cdb48c", coat, 0.2), 8)
    c.pop()
    horse(c, coat, pose, expression)
    c.push("translate(0 64)" if pose in _DOWN else "translate(0 0)")
    c.path("M46 -196Q66 -252 112 -300Q100 -240 84 -196Q66 -180 46 -196Z", coat, ink=False)
    c.path("M-104 -182Q-134 -176 -128 -140Q-108 -144 -98 -160Z", "#f2ece0", ink=False)
    c.pop()


def owl(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """An owl: upright, a broad face with two great eyes to the front."""
    shade, pale = darker(coat, 0.32), lighter(coat, 0.45)
    if pose in _FLIES:
        c.push("translate(0 -50)")
        c.path("M-20 -60Q-70 -130 -124 -112Q-96 -60 -30 -30ZM30 -60Q76 -130 132 -112Q104 -60 36 -30Z", shade)
        c.pop()
        c.push("translate(0 -50)")
    else:
        c.push("translate(0 0)")
        c.stroke("M-10 -8v8M-4 -8v8M12 -8v8M18 -8v8", "#c9853f", 5)
    c.path("M-34 -10Q-52 -60 -34 -100Q4 -128 42 -100Q58 -60 40 -10Q4 6 -34 -10Z", coat)
    c.path("M-14 -12Q-26 -50 4 -60Q34 -50 22 -12Q4 -2 -14 -12Z", pale, ink=False)
    c.stroke("M-8 -40q6 6 12 0q6 6 12 0M-8 -26q6 6 12 0q6 6 12 0", shade, 3)
    if pose not in _FLIES:
        c.path("M-34 -76Q-60 -40 -36 -8Q-20 -30 -24 -70Z", shade)
    c.path("M-38 -92L-34 -126L-6 -110ZM46 -92L42 -126L14 -110Z", coat)
    for x in (-14, 22):
        c.circle(x, -88, 19, pale, ink=False)
        if expression is Expression.ASLEEP:
            c.stroke(f"M{x - 10} -88q10 9 20 0", "#15131a", 3)
        else:
            c.circle(x, -88, 12, "#f2c53a", ink=False)
            c.circle(x + 2, -88, 6.5, "#15131a", ink=False)
    c.path("M-2 -84L4 -66L10 -84Z", "#d98a2f")
    c.pop()


def hen(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A hen or a cock: a comb, wattles, a tail that stands up."""
    shade = darker(coat, 0.3)
    if pose not in _DOWN:
        c.stroke("M-6 -22v20h12M12 -22v20h12", "#d99a35", 4)
    c.path("M-36 -50Q-76 -76 -70 -104Q-40 -98 -22 -70Z", shade)
    c.path("M-52 -56Q-40 -20 6 -16Q46 -20 46 -64Q44 -92 28 -92Q16 -64 -16 -62Q-40 -60 -52 -56Z", coat)
    c.path("M-34 -50Q-10 -62 16 -46Q4 -24 -22 -30Z", shade, ink=False)
    c.path("M16 -102Q10 -118 20 -114Q22 -126 30 -116Q38 -124 38 -110Q44 -108 40 -100Z", "#c8322c")
    c.circle(30, -92, 16, coat)
    c.path("M43 -95L60 -88L43 -84Z", "#e0a53a")
    c.path("M38 -82q6 8 2 14q-8 2 -8 -8Z", "#c8322c", ink=False)
    look_at(c, 34, -95, 2.6, expression)


def goose(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A goose, a swan, a heron: a long neck, a flat bill."""
    shade, bill = darker(coat, 0.16), "#e08a2f"
    flies = pose in _FLIES - {Pose.WALK}
    if flies:
        c.push("translate(0 -70)")
        c.path("M-30 -30Q-70 -110 -120 -112Q-92 -60 -20 -22Z", shade)
    else:
        c.push("translate(0 0)")
        if pose not in _DOWN:
            c.stroke("M-8 -20v18h12M12 -20v18h12", bill, 4.5)
    c.path("M-66 -46Q-50 -10 4 -12Q40 -14 46 -44Q20 -64 -14 -58Q-44 -56 -66 -46Z", coat)
    neck = "M34 -40Q70 -56 104 -54" if flies else "M36 -36Q56 -64 38 -98"
    c.stroke(neck, coat, 15)
    x, y = (108, -56) if flies else (42, -106)
    c.circle(x, y, 13, coat)
    c.path(f"M{x + 9} {y - 5}L{x + 34} {y + 4}L{x + 9} {y + 8}Z", bill)
    look_at(c, x + 3, y - 3, 2.4, expression)
    if flies:
        c.path("M-10 -44Q0 -120 54 -138Q50 -80 26 -36Z", lighter(coat, 0.1))
    else:
        c.path("M-50 -46Q-20 -58 14 -44Q4 -20 -24 -24Z", shade, ink=False)
    c.pop()


def raptor(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """An eagle, a hawk, a vulture: broad fingered wings, a hooked beak."""
    shade, pale = darker(coat, 0.3), lighter(coat, 0.6)
    if pose in _FLIES:
        c.push("translate(0 -70)")
        c.path("M-16 -40Q-60 -92 -128 -84L-150 -70L-126 -66L-144 -52L-116 -52L-128 -38L-96 -42Q-56 -36 -20 -22Z", shade)
        c.path("M16 -44Q60 -96 128 -92L150 -80L126 -74L144 -60L116 -60L126 -46L92 -48Q50 -40 16 -22Z", coat)
        c.path("M-18 -22L-34 16L0 4L22 14L16 -24Z", shade)
        c.path("M-22 -34Q0 -58 24 -36Q20 -12 0 -8Q-18 -12 -22 -34Z", coat)
        x, y = 22, -48
    else:
        c.push("translate(0 0)")
        c.stroke("M-4 -16v12M14 -16v12", "#d9a53a", 7)
        c.path("M-34 -20L-58 6L-14 -8Z", shade)
        c.path("M-40 -26Q-30 -94 22 -98Q52 -60 26 -18Q-10 -6 -40 -26Z", coat)
        c.path("M-42 -20Q-30 -74 4 -74Q8 -40 -42 -20Z", shade)
        x, y = 26, -98
    c.circle(x, y, 17, pale)
    c.path(f"M{x + 12} {y - 8}Q{x + 36} {y - 6} {x + 32} {y + 12}Q{x + 24} {y + 2} {x + 12} {y + 4}Z", "#e0a83a")
    look_at(c, x + 5, y - 4, 2.8, expression)
    c.pop()


def goat(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A goat: horns that bend back, a beard, a short tail that stands up."""
    shade = darker(coat, 0.26)
    down = pose in _DOWN
    c.push("translate(0 66)" if down else "translate(0 0)")
    c.path("M-108 -158L-134 -182L-120 -140Z", coat)
    if not down:
        legs(c, (-84, -66, 60, 78), -96, 13, coat, pose)
    c.path("M-114 -150Q-104 -172 -30 -166Q40 -172 86 -168Q108 -140 86 -98Q0 -76 -92 -92Q-118 -116 -114 -150Z", coat)
    c.path("M-96 -108Q-10 -86 88 -108Q76 -94 40 -90Q-40 -84 -96 -108Z", shade, ink=False)
    c.path("M58 -160Q82 -200 108 -222L140 -196Q120 -160 92 -126Z", coat)
    c.stroke("M108 -228Q92 -268 56 -270M122 -228Q112 -274 76 -290", "#6b5f52", 10)
    c.path("M102 -228Q122 -244 142 -224L180 -184Q182 -166 160 -168L116 -192Z", coat)
    c.path("M150 -170Q154 -140 146 -124Q140 -144 136 -172Z", lighter(coat, 0.3))
    c.path("M104 -212Q80 -208 70 -192Q92 -188 110 -200Z", shade)
    c.circle(175, -178, 3.6, "#1d1a1f", ink=False)
    look_at(c, 138, -208, 4.6, expression)
    c.pop()


def squirrel(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A squirrel: upright, a tail as large as itself."""
    del pose  # All drawers take the same.
    shade = darker(coat, 0.2)
    c.path("M-30 -8Q-92 -14 -84 -78Q-78 -128 -40 -124Q-18 -114 -34 -96Q-52 -90 -44 -66Q-38 -44 -18 -36Z", coat)
    c.path("M-34 -4Q-40 -62 4 -68Q34 -62 30 -6Z", coat)
    c.path("M4 -8Q4 -50 22 -52Q32 -30 26 -8Z", lighter(coat, 0.6), ink=False)
    c.ellipse(-12, -14, 24, 15, shade, ink=False)
    c.path("M12 -98L14 -118L28 -102Z", coat)
    c.circle(24, -84, 21, coat)
    c.circle(44, -80, 4, "#2a1d1a", ink=False)
    c.path(capsule((22, -54), 7, (46, -50), 5), shade)
    look_at(c, 31, -90, 4, expression)


def frog(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A frog or a toad: wide, low, the eyes on top."""
    shade = darker(coat, 0.25)
    up = -30 if pose in {Pose.JUMP, Pose.RUN} else 0
    c.push(f"translate(0 {up})")
    c.path("M-58 -4Q-84 -30 -52 -50Q-24 -44 -18 -12L-34 0Z", shade)
    c.path("M-64 0h46l-8 -10h-30ZM14 0h40l-10 -12h-24Z", shade)
    c.path("M-54 -14Q-50 -62 6 -76Q66 -78 72 -46Q70 -22 30 -10Q-30 0 -54 -14Z", coat)
    c.path("M66 -40Q48 -12 8 -10Q36 -24 40 -38Z", lighter(coat, 0.5), ink=False)
    for x in (28, 54):
        c.circle(x, -80, 13, coat)
        look_at(c, x + 2, -82, 4.6, expression)
    c.stroke("M38 -46Q58 -40 72 -48", darker(coat, 0.5), 4)
    c.pop()


def walker(c: Canvas, coat: str, pose: Pose, expression: Expression) -> None:
    """A machine on four jointed legs, with a lens where others have a head."""
    del expression  # All drawers take the same.
    shade, joint = darker(coat, 0.35), darker(coat, 0.6)
    down = pose in _DOWN
    swing = {Pose.RUN: 34, Pose.WALK: 18}.get(pose, 0)
    c.push("translate(0 96)" if down else "translate(0 0)")
    for number, x in enumerate((-92, -66, 70, 96) if not down else ()):
        lean = swing if number % 2 else -swing
        colour = shade if number % 2 else coat
        c.path(capsule((x, -118), 15, (x - 20, -62), 11) + capsule((x - 20, -62), 10, (x + lean, -8), 8), colour)
        c.circle(x - 20, -62, 11, joint)
        c.path(f"M{x + lean - 14} -10h30v10h-30Z", joint)
    c.path("M-124 -178H112L128 -150V-116H-124Z", coat)
    c.path("M-124 -140H128V-116H-124Z", shade, ink=False)
    c.stroke("M-70 -178V-116M-8 -178V-116M56 -178V-116", joint, 4)
    for x in (-98, -38, 24, 88):
        c.circle(x, -160, 5, joint, ink=False)
    c.path("M-60 -178h90v-16h-90Z", shade)
    c.path("M108 -166L136 -196H160V-172L126 -140Z", shade)
    c.circle(158, -184, 16, joint)
    c.circle(160, -184, 9, "#8fe4ff", ink=False)
    c.stroke("M-110 -178V-226", joint, 5)
    c.circle(-110, -228, 6, "#d8302c", ink=False)
    c.pop()


WILDLIFE: Mapping[str, Callable[[Canvas, str, Pose, Expression], None]] = {
    "fox": fox,
    "lion": lion,
    "donkey": donkey,
    "deer": deer,
    "owl": owl,
    "hen": hen,
    "goose": goose,
    "raptor": raptor,
    "goat": goat,
    "sheep": sheep,
    "squirrel": squirrel,
    "frog": frog,
    "walker": walker,
}
"""How each is drawn."""

WILD_BUILDS: Mapping[str, Build] = {
    "owl": Build(0.34, 124, (4, -88), 60),
    "goose": Build(0.62, 120, (42, -100), 36),
    "raptor": Build(0.5, 116, (26, -98), 40),
    "hen": Build(0.42, 116, (30, -92), 40),
    "goat": Build(1.5, 250, (140, -196), 90),
    "fox": Build(0.85, 180, (98, -138), 66),
    "sheep": Build(1.12, 220, (126, -160), 110),
    "frog": Build(0.3, 96, (40, -72), 60),
    "walker": Build(1.5, 236, (140, -176), 90),
    "deer": Build(2.2, 330, (136, -256), 84),
}
"""Their sizes, where they are not their kind's."""
