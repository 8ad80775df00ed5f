"""From a spec to a PNG: choose the framing, build the set, place the figures, light, grade."""

from __future__ import annotations

import math
from collections.abc import Sequence

from film.layers import FOCUS_DEPTH, LENS, LayeredPicture, LayerName, write_layers
from film.png import encode_png
from film.render.storyboard import depths, weather
from film.render.storyboard.canvas import Box, Canvas
from film.render.storyboard.cast import place_cast
from film.render.storyboard.light import Light, light_of
from film.render.storyboard.overhead import paint_overhead
from film.render.storyboard.sets_indoor import INDOOR, INDOOR_WITH
from film.render.storyboard.sets_outdoor import OUTDOOR, OUTDOOR_WITH
from film.render.storyboard.sheets import Frame, Sheet, develop
from film.render.storyboard.sky import paint_sky
from film.render.storyboard.stage import Stage
from schemas.enums import Angle, FocusOn, IntExt, Place, ShotSize
from schemas.errors import InvalidRequest
from schemas.prompt import KeyframeSpec, Picture

LOGICAL_HEIGHT = 720.0
"""All painting is done on a frame of this height; only the last step knows pixels."""

_ZOOM = {
    ShotSize.EWS: 1.06,
    ShotSize.WS: 1.1,
    ShotSize.FS: 1.42,
    ShotSize.MS: 1.6,
    ShotSize.MCU: 1.85,
    ShotSize.CU: 2.2,
    ShotSize.ECU: 2.7,
}
"""How much of the set the camera sees: longer lenses for closer shots."""

_BLUR = {ShotSize.MS: 3.2, ShotSize.MCU: 5.5, ShotSize.CU: 8.5, ShotSize.ECU: 12.0}
"""How much a lens focused on the figure softens the set, in logical pixels."""

_HORIZON = {Angle.EYE: 0.57, Angle.HIGH: 0.34, Angle.LOW: 0.80, Angle.OVERHEAD: 0.57, Angle.DUTCH: 0.57}
_FOOT = {Angle.EYE: 0.92, Angle.HIGH: 0.90, Angle.LOW: 0.965, Angle.OVERHEAD: 0.92, Angle.DUTCH: 0.92}


def frame_of(width: int, height: int) -> Frame:
    """Work out the logical frame of a picture of so many pixels."""
    w = LOGICAL_HEIGHT * width / height
    return Frame(w, LOGICAL_HEIGHT, min(LOGICAL_HEIGHT, math.sqrt(w * LOGICAL_HEIGHT)))


def draw_keyframe(spec: KeyframeSpec) -> bytes:
    """Draw a keyframe: what its layers are together.

    Args:
        spec: What to draw. Equal specs give equal bytes on one machine.

    Returns:
        A PNG of the spec's size, 8 bits a channel, without alpha.

    Raises:
        InvalidRequest: The spec holds no picture plan, as those for other renderers do.
    """
    return encode_png(draw_layers(spec).flatten())


def draw_with_layers(spec: KeyframeSpec) -> tuple[bytes, bytes]:
    """Draw a keyframe and its layers.

    Args:
        spec: What to draw. Equal specs give equal bytes on one machine.

    Returns:
        The PNG of `draw_keyframe`, and an OpenRaster file of the layers that it is made of (`film.layers`).

    Raises:
        InvalidRequest: The spec holds no picture plan.
    """
    picture = draw_layers(spec)
    flat = picture.flatten()
    png = encode_png(flat)
    return png, write_layers(picture, merged=(flat, png))


def draw_layers(spec: KeyframeSpec) -> LayeredPicture:
    """Draw the layers of a keyframe; flattened they are its picture, to the last bit.

    Args:
        spec: What to draw.

    Raises:
        InvalidRequest: The spec holds no picture plan.
    """
    if spec.picture is None:
        raise InvalidRequest("The storyboard renderer draws from a picture plan and the spec holds none.")
    picture = spec.picture if not spec.stand_in else spec.picture.model_copy(update={"figures": (), "crowd": False})
    frame = frame_of(spec.width, spec.height)
    s = _stage(picture, light_of(picture), frame, spec.seed)
    sheets = _from_above(s, frame) if picture.angle is Angle.OVERHEAD else _upright(s, frame)
    tilt = {Angle.LOW: 0.26, Angle.HIGH: -0.24}.get(picture.angle, 0.0)
    return develop(sheets, frame, (spec.width, spec.height), picture.palette, tilt)


def _stage(picture: Picture, light: Light, frame: Frame, seed: int) -> Stage:
    wide = picture.size is ShotSize.EWS
    # Rooms are smaller than landscapes: an extreme wide shot shows all of one, not a hall.
    metre = frame.reach * ((0.18 if light.inside else 0.115) if wide else 0.265)
    hz, foot = _HORIZON[picture.angle] * frame.h, _FOOT[picture.angle] * frame.h
    if wide and picture.angle is Angle.EYE:
        foot = 0.88 * frame.h
    return Stage(picture, light, w=frame.w, h=frame.h, hz=hz, foot=foot, u=metre, seed=seed)


def _from_above(s: Stage, frame: Frame) -> list[Sheet]:
    """Paint a picture seen from straight above: the ground, who is on it, what falls."""
    ground, people = s.c, Canvas(line=s.c.line, tag="f")
    metre = frame.reach * _OVERHEAD_METRE[s.picture.size]
    paint_overhead(s, s.picture.figures, s.picture.props, metre, people)
    return [
        Sheet(LayerName.BACKGROUND, depths.FLOOR, ((ground, ""),)),
        Sheet(LayerName.FIGURES, depths.FIGURES, ((people, ""), (s.front, ""))),
        *_before(s, 1.0, ""),
    ]


def _upright(s: Stage, frame: Frame) -> list[Sheet]:
    """Paint a picture seen from where people stand."""
    picture, size = s.picture, s.picture.size
    heavens, scenery, between = (Canvas(line=s.c.line, tag=tag) for tag in "hsb")
    sky, lamps, glows, mist = (Canvas(tag=tag) for tag in "ylgm")
    people = Canvas(line=picture.palette.line, tag="f")
    s.c, s.front = heavens, lamps
    _paint_set(s, sky, scenery)
    camera = _camera(s, frame, picture)
    s.c, s.front = between, glows
    cast = place_cast(s, people, picture, frame.reach)
    s.front = mist
    roll = _roll(frame) if picture.angle is Angle.DUTCH else ""
    view = f"{roll} {camera}".strip()
    before = _before(s, _CLOSE.get(size, 1.0), roll)
    # Where the focus moves, what is out of it is blurred frame by frame: it is drawn sharp.
    blur = _BLUR.get(size, 0.0) if cast and picture.focus_on is None else 0.0
    # A set that nobody stands before is drawn at the picture's size; else a little below it, which focuses the eye.
    share = _FOCUS.get(size, 0.5) if blur else 0.75 if people.parts and picture.focus_on is None else 1.0
    far = FOCUS_DEPTH[FocusOn.SET] if picture.focus_on else depths.set_depth(size, inside=s.inside)
    amid = FOCUS_DEPTH[FocusOn.FAR] if picture.behind else far if picture.focus_on else depths.between(far)
    scene, veil = [(scenery, view), (lamps, view), (glows, roll)], [(mist, roll)]
    # The mist hangs before whoever stands before the set; where nobody does, it takes no layer of its own.
    crowd = [(between, view), *veil] if between.parts else []
    scene += [] if crowd else veil
    return [
        Sheet(LayerName.BACKGROUND, depths.SKY, ((sky, view), (heavens, view)), share, blur),
        Sheet(LayerName.MIDDLE, far, tuple(scene), share, blur),
        Sheet(LayerName.MIDDLE, amid, tuple(crowd), share, blur),
        Sheet(LayerName.FIGURES, depths.FIGURES, ((people, roll),), box=None if roll else _around(people.bounds)),
        *before,
    ]


def _before(s: Stage, close: float, roll: str) -> list[Sheet]:
    """What lies between the figures and the eye: what falls, and what the lens does."""
    falling, lens = Canvas(tag="w"), Canvas(tag="v")
    if not s.inside:
        weather.before(s, falling, close=close)
    _vignette(s, lens)
    return [
        # What falls is out of focus anyway: half the size will do.
        Sheet(LayerName.FOREGROUND, depths.WEATHER, ((falling, roll),), share=0.5),
        Sheet(LayerName.LENS, LENS, ((lens, ""),), share=1 / 6, tint=s.light.shade),
    ]


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


_CLOSE = {ShotSize.MCU: 1.5, ShotSize.CU: 1.8, ShotSize.ECU: 2.4}
"""How much larger drops and flakes are where the camera is near."""

_FOCUS = {ShotSize.MS: 0.5, ShotSize.MCU: 0.4, ShotSize.CU: 0.34, ShotSize.ECU: 0.3}
"""How large a set out of focus is rasterised, in fractions of the picture: blur hides the rest."""

_OVERHEAD_METRE = {
    ShotSize.EWS: 0.07,
    ShotSize.WS: 0.14,
    ShotSize.FS: 0.2,
    ShotSize.MS: 0.27,
    ShotSize.MCU: 0.34,
    ShotSize.CU: 0.45,
    ShotSize.ECU: 0.6,
}


def _paint_set(s: Stage, sky: Canvas, scenery: Canvas) -> None:
    """Paint the sky, and before it the set on a canvas of its own."""
    place = s.picture.place
    inside = s.picture.int_ext is not IntExt.EXT
    special = INDOOR_WITH if inside else OUTDOOR_WITH
    painter = next((special[place, trait] for trait in s.picture.traits if (place, trait) in special), None)
    painter = painter or (INDOOR if inside else OUTDOOR).get(place) or (OUTDOOR if inside else INDOOR).get(place)
    painter = painter or (INDOOR[Place.ROOM] if inside else OUTDOOR[Place.LANDSCAPE])
    open_air = painter in OUTDOOR.values() or painter in OUTDOOR_WITH.values()
    paint_sky(s, sky)
    if open_air and place is not Place.SPACE:
        weather.behind(s)
    s.c = scenery
    painter(s)
    if s.inside and s.picture.palette.saturation == 0 and s.picture.palette.contrast > 1.2:
        _blinds(s)


def _camera(s: Stage, frame: Frame, picture: Picture) -> str:
    """Zoom into the set and shift it a little: two shots at a place never see quite the same of it."""
    zoom = _ZOOM[picture.size]
    main = picture.figures[0] if picture.figures else None
    lean = {"left": -1.0, "right": 1.0, "centre": 0.0}[main.side.value] if main else 0.0
    reach = (zoom - 1) / 2 * frame.w
    shift = max(-1.0, min(1.0, s.detail.uniform(-0.5, 0.5) - 0.6 * lean)) * reach
    level = s.foot if picture.size in {ShotSize.EWS, ShotSize.WS, ShotSize.FS} else s.hz
    y = level - zoom * level
    if level == s.hz:
        y += 0.05 * frame.h
    y = max(frame.h * (1 - zoom), min(0.0, y))
    x = frame.w * (1 - zoom) / 2 + shift
    x = max(frame.w * (1 - zoom), min(0.0, x))
    s.view = (zoom, x, y)
    return f"matrix({zoom:.4f} 0 0 {zoom:.4f} {x:.2f} {y:.2f})"


def _roll(frame: Frame) -> str:
    angle = math.radians(9)
    ratio = max(frame.w / frame.h, frame.h / frame.w)
    scale = math.cos(angle) + ratio * math.sin(angle)
    cx, cy = frame.w / 2, frame.h / 2
    return f"translate({cx:.1f} {cy:.1f}) rotate(9) scale({scale:.3f}) translate({-cx:.1f} {-cy:.1f})"


def _blinds(s: Stage) -> None:
    """Light through a venetian blind: what a black-and-white style of high contrast hangs before every lamp."""
    w, h = s.w, s.h
    for index in range(8):
        y = h * (0.06 + 0.085 * index)
        band = ((w * 0.18, y), (w * 0.74, y + h * 0.16), (w * 0.74, y + h * 0.20), (w * 0.18, y + h * 0.04))
        s.front.poly(band, s.picture.palette.light, opacity=0.26, ink=False)


def _vignette(s: Stage, lens: Canvas) -> None:
    shade = s.light.shade
    paint = lens.radial(((0, shade, 0), (0.62, shade, 0), (1, shade, 0.42)), r=0.74)
    lens.rect(-0.05 * s.w, -0.05 * s.h, 1.1 * s.w, 1.1 * s.h, paint)
