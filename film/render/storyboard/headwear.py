"""What people wear on the head by their trade; see `film.prompting.trades`."""

from __future__ import annotations

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.light import Light

Pair = tuple[str, str]
"""A colour in the light and in the shade."""

_CROWN = "M-36 -30L-44 -72L-20 -52L0 -82L20 -52L44 -72L36 -30Q0 -20 -36 -30Z"


def draw_headwear(c: Canvas, name: str, top: Pair, *, turned: bool, light: Light) -> None:
    """Draw what a trade wears on the head; an unknown name draws nothing.

    Args:
        c: The layer, in the head's group: the head's middle is 0, 0 and it is 100 high.
        name: A name of `film.prompting.trades.HEADWEAR`.
        top: The colours of what is worn above the waist, light included.
        turned: Whether the head looks right rather than at the camera.
        light: The picture's light.
    """

    def seen(colour: str) -> str:
        return mix(light.lit(colour), colour, 0.36)

    if name == "knit":
        wool = seen("#39465c")
        c.path("M-43 -16C-48 -72 42 -76 42 -22C20 -30 -20 -28 -43 -16Z", wool)
        c.path(
            "M-45 -14C-48 -24 -46 -32 -42 -36C-16 -46 20 -48 42 -40C46 -34 46 -26 44 -20C18 -32 -20 -28 -45 -14Z",
            lighter(wool, 0.12),
        )
        c.stroke("M-34 -34v12M-20 -38v12M-6 -40v10M8 -41v11M22 -40v12M34 -38v13", darker(wool, 0.3), 2)
    elif name == "peaked":
        cloth = darker(top[0], 0.1)
        c.path("M-50 -44C-52 -74 46 -82 56 -50C40 -38 -28 -34 -50 -44Z", cloth)
        c.path("M-41 -22C-42 -36 -40 -44 -38 -46H40V-24C18 -32 -20 -30 -41 -22Z", darker(cloth, 0.4), ink=False)
        peak = (
            "M0 -30C26 -36 50 -28 60 -14C42 -20 22 -22 2 -20Z"
            if turned
            else "M-36 -28C-20 -38 20 -38 36 -28C26 -12 -26 -12 -36 -28Z"
        )
        c.path(peak, "#17161b")
        c.circle(26 if turned else 0, -46, 7, seen("#dcb65a"), ink=False)
    elif name == "toque":
        white = seen("#f3f1ea")
        c.path("M-34 -48C-70 -62 -58 -112 -22 -104C-10 -128 24 -126 28 -104C62 -110 68 -62 36 -48Z", white)
        c.path("M-39 -22C-40 -44 -38 -52 -36 -54H38V-24C18 -32 -18 -32 -39 -22Z", darker(white, 0.08))
        c.stroke("M-18 -92v36M4 -98v42M24 -90v34", darker(white, 0.2), 2)
    elif name == "crown":
        gold = seen("#dcb04a")
        c.path(_CROWN, gold)
        c.path("M-36 -30L-38 -40Q0 -30 38 -40L36 -30Q0 -20 -36 -30Z", darker(gold, 0.25), ink=False)
        for x, y in ((-44, -72), (0, -82), (44, -72)):
            c.circle(x, y, 5, seen("#b8322e"), ink=False)
    elif name == "straw":
        straw = seen("#d9b968")
        c.path("M-34 -30C-36 -74 34 -76 36 -30Z", straw)
        c.path("M-34 -40Q0 -30 36 -40V-30Q0 -20 -34 -30Z", darker(straw, 0.45), ink=False)
        c.path("M-72 -24C-44 -40 46 -40 74 -24C50 -8 -48 -8 -72 -24Z", lighter(straw, 0.08))
    elif name == "pointed":
        felt = darker(top[0], 0.2)
        c.path("M-36 -30Q-14 -90 -26 -148Q10 -110 38 -30Z", felt)
        c.path("M-36 -40Q0 -28 37 -42L38 -28Q0 -16 -36 -28Z", seen("#c9a24a"), ink=False)
        c.path("M-68 -24C-40 -38 42 -38 70 -24C48 -10 -46 -10 -68 -24Z", felt)
    elif name == "coif":
        white = seen("#f5f5f1")
        c.path("M-32 -40C-34 -78 32 -80 36 -42Q2 -56 -32 -40Z", white)
        c.stroke("M2 -70v18M-7 -61h18", seen("#c23b3b"), 6)
    elif name == "veil":
        dark = top[0]
        c.path(
            "M-42 70C-70 -10 -54 -78 0 -78C40 -78 46 -50 40 -24C20 -44 -20 -44 -30 -8C-34 20 -30 50 -22 66Z"
            if turned
            else "M-54 70C-70 -10 -54 -78 0 -78C54 -78 70 -10 54 70L38 60C42 20 44 -36 0 -40C-44 -36 -42 20 -38 60Z",
            dark,
        )
        c.stroke("M-30 -8C-20 -44 20 -44 40 -24" if turned else "M-40 10C-44 -40 44 -40 40 10", seen("#f4f1ea"), 10)
    elif name == "wig":
        white = seen("#efece2")
        c.path(
            "M-50 46C-62 -4 -56 -80 2 -80C46 -80 48 -44 41 -24C24 -44 -16 -44 -24 -8C-26 14 -24 34 -30 48Z"
            if turned
            else "M-56 48C-66 -8 -56 -82 0 -82C56 -82 66 -8 56 48L38 46C44 12 40 -38 0 -42C-40 -38 -44 12 -38 46Z",
            white,
        )
        far = "" if turned else "M40 -30q10 5 15 0M43 -10q10 5 14 0M43 10q10 5 14 0M42 30q10 5 14 0"
        c.stroke(
            f"M-50 -30q9 5 16 0M-54 -10q9 5 16 0M-54 10q9 5 16 0M-52 30q9 5 16 0{far}"
            "M-34 -56q10 8 18 2q8 6 16 0q8 6 18 -2",
            darker(white, 0.28),
            3,
        )
    elif name == "stetson":
        felt = seen("#7a5a3c")
        c.path("M-36 -28C-40 -70 -26 -84 -8 -78Q0 -74 8 -78C28 -84 40 -70 36 -28Z", felt)
        c.path("M-37 -40Q0 -28 37 -40V-28Q0 -16 -37 -28Z", darker(felt, 0.45), ink=False)
        c.path("M-78 -36C-56 -22 56 -22 80 -38C70 -12 44 -10 0 -10C-46 -10 -70 -12 -78 -36Z", lighter(felt, 0.06))
    elif name == "helmet":
        steel = darker(top[0], 0.12)
        c.path("M-48 -14C-52 -78 50 -80 50 -18C22 -30 -22 -28 -48 -14Z", steel)
        c.stroke("M-50 -14C-22 -28 22 -30 52 -18", darker(steel, 0.3), 7)
        c.path("M-30 -50C-16 -66 6 -66 18 -60C2 -60 -14 -54 -26 -42Z", lighter(steel, 0.3), opacity=0.5, ink=False)
