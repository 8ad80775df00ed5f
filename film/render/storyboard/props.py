"""How a thing is drawn: in its paint, on its feet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, luminance
from film.render.storyboard.glyphs import GLYPHS
from film.render.storyboard.glyphs.base import DARK, STEEL, WOOD

PAINTED: Mapping[str, tuple[str, ...]] = {
    "car": ("#b8402f",),
    "boat": ("#8f4232",),
    "rowboat": ("#7f5636",),
    "ferry": ("#a8362f",),
    "motorboat": ("#b8302c",),
    "raft": ("#94693c",),
    "cart": ("#94693c",),
    "lunchbox": ("#9fb0b8", "#c3d0d6"),
    "train": ("#34566b",),
    "door": ("#94603a", "#6d4328", "#7a4c2c"),
    "open door": ("#94603a", "#6d4328", "#7a4c2c"),
    "umbrella": ("#b3343a", "#d0505a"),
    "bicycle": ("#b8322e",),
    "suitcase": ("#94602f", "#5f3b1d"),
    "book": ("#8f2f33",),
    "hat": ("#5d4a3c", "#4a3a30"),
    "flower": ("#d8405c",),
    "ball": ("#d8503c", "#f0917f"),
    "cup": ("#f1ece0", "#e0d6c2"),
    "bottle": ("#2f6b4a",),
    "phone": (DARK,),
    "box": ("#b98850", "#d8ab70", "#8f6234"),
    "chair": ("#a8713f", WOOD),
    "table": ("#a8713f", "#c58f58"),
    "kite": ("#d8503c",),
    "sled": ("#c08a54",),
    "paper boat": ("#fbf8ee", "#f4f0e4", "#fffdf6", "#dcd7c8", "#d3cdbc"),
    "apple": ("#c8322c", "#ec7a6c"),
    "sword": ("#dfe6ec", STEEL),
    "spoon": (STEEL, "#c9d1d8"),
    "bench": ("#a8713f", "#8a5c38"),
    "barrel": ("#94603a",),
    "chest": ("#94603a", "#7a4a2a"),
    "lantern": ("#ffd678",),
    "lamp": ("#ffdf9a", "#fff0c4"),
    "coat": ("#5f6b78", "#4f5966"),
    "scarf": ("#b8402f",),
    "blanket": ("#6f86a8", "#566b8a"),
    "heart": ("#d0343f",),
    "truck": ("#5f7a52", "#4f6a44"),
    "bus": ("#d9a12f",),
    "van": ("#8fa3b0",),
    "taxi": ("#e0b03a",),
    "pickup": ("#7d5a3c",),
    "tractor": ("#3f7d43", "#2f5f33"),
    "motorcycle": ("#b8322e",),
    "stagecoach": ("#8a4a2c",),
    "helicopter": ("#4f7a9f", "#3f6480"),
    "balloon": ("#d8403c", "#f0917f"),
    "dress": ("#c8405c",),
    "flag": ("#c8402f",),
    "gift": ("#b8402f", "#c9503f"),
    "sofa": ("#7a4a52", "#8f5a60", "#9c666c"),
    "shoe": ("#5f3b24",),
    "cat": ("#c98343",),
    "tent": ("#b9803f", "#9c6a30"),
}
"""Which of a thing's colours are its paint, the main one first: what a script's `red` or `iron` means.

Of any other thing it is the colour of its first shape."""

_FEET = """
stump=40 stretcher=46 coat=46 shirt=40 scarf=48 blanket=36 scales=44
letter=36 lantern=42 car=32 boat=40 gun=40 book=36 cup=36 glass=44 bottle=50 key=22 umbrella=51 suitcase=38 knife=14
flower=50 camera=36 clock=47 hat=36 ring=46 ball=46 flashlight=34 rowboat=36 ferry=38 paper_boat=34 helm=52 net=44
sled=32 kite=52 telescope=24 window=49 open_door=50 bicycle=38 computer=36 radio=34 guitar=41 piano=46 map=40 box=40
money=32 door=50 table=42 bread=28 apple=44 fish=22 rope=41 plane=40 rocket=50 train=37 bell=44 mirror=50
cigarette=6 syringe=14 skull=40 crown=34 star=42 heart=44 fire=45 tree=50 egg=42 flames=40 case=50 rifle=20
newspaper=44 cards=30 pot=36 plate=34 bowl=32 cake=46 basket=40 bucket=42 barrel=46 chest=40 gift=40 baby=34 cat=30
chicken=48 violin=46 trumpet=28 drum=38 bench=37 bed=34 shell=36 stone=32 paper_plane=34 helmet=32 mask=18 shoe=34
dress=44 lever=46 button=42 tent=40 snowman=52 truck=30 bus=30
van=30 ambulance=30 taxi=32 police_car=32 fire_engine=30 pickup=31 tractor=32 motorcycle=35
stagecoach=42 cart=44 raft=30 motorboat=22 tablet=34 lunchbox=24 tank=28 helicopter=30
spaceship=34 wheelchair=40 sofa=32 stove=44 bomb=42 chalk=28 brush=38 sword=51 bow=51 scroll=44 balloon=51 doll=51
crutch=50 ladder=53 axe=48 broom=50 cannon=50 flag=50 microphone=50 shovel=50 statue=50 torch=50
handcuffs=38 hay=46 pram=50 rod=50 shield=51
"""
FEET: Mapping[str, int] = {
    thing.replace("_", " "): int(low) for thing, _, low in (pair.partition("=") for pair in _FEET.split())
}
"""How far below its middle a thing ends, where that is not 48: what it stands on lies there."""


def draw_glyph(c: Canvas, thing: str, lit: Callable[[str], str], paint: str = "") -> None:
    """Draw a thing into the canvas's present group, in a box from -50 to 50.

    Args:
        c: The layer.
        thing: A key of `GLYPHS`.
        lit: Lights a colour.
        paint: The colour that the script gives it, as #rrggbb; its own where empty.
    """
    own = PAINTED.get(thing, GLYPHS[thing][0][1:2]) if paint else ()
    for shape in GLYPHS[thing]:
        colour = shape[1]
        if colour in own:
            # Lighter and darker parts stay lighter and darker than the main one.
            step = luminance(colour) - luminance(own[0])
            colour = lighter(paint, min(0.6, 2 * step)) if step > 0 else darker(paint, min(0.6, -2 * step))
        if len(shape) == 3:
            c.stroke(shape[0], lit(colour), shape[2])
        else:
            c.path(shape[0], lit(colour))
