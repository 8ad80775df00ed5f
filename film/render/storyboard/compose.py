"""From a spec to a PNG: choose the framing, build the set, place the figures, light, grade."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2

from film.render.storyboard import raster, weather
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.cast import place_cast
from film.render.storyboard.light import Light, light_of
from film.render.storyboard.overhead import paint_overhead
from film.render.storyboard.sets_indoor import INDOOR, INDOOR_WITH
from film.render.storyboard.sets_outdoor import OUTDOOR, OUTDOOR_WITH
from film.render.storyboard.sky import paint_sky
from film.render.storyboard.stage import Stage
from schemas.enums import Angle, IntExt, Place, ShotSize, Texture
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


@dataclass(frozen=True)
class Frame:
    """The logical frame."""

    w: float
    h: float
    reach: float
    """What sizes are fractions of: the height of a wide frame, less of a tall one."""


def frame_of(width: int, height: int) -> Frame:
    """Work out the logical frame of a picture of so many pixels."""
    w = LOGICAL_HEIGHT * width / height
    return Frame(w, LOGICAL_HEIGHT, min(LOGICAL_HEIGHT, math.sqrt(w * LOGICAL_HEIGHT)))


def draw_keyframe(spec: KeyframeSpec) -> bytes:
    """Draw a keyframe.

    Args:
        spec: What to draw. Equal specs give equal bytes on one machine.

    Returns:
        A PNG of the spec's size, 8 bits a channel, without alpha.

    Raises:
        InvalidRequest: The spec holds no picture plan, as those for other renderers do.
    """
    if spec.picture is None:
        raise InvalidRequest("The storyboard renderer draws from a picture plan and the spec holds none.")
    picture = spec.picture if not spec.stand_in else spec.picture.model_copy(update={"figures": (), "crowd": False})
    frame = frame_of(spec.width, spec.height)
    light = light_of(picture)
    image = _layers(picture, light, frame, spec)
    palette = picture.palette
    image = raster.grade(raster.expose(image), palette)
    if palette.texture is Texture.PAPER:
        image = raster.hand_drawn(image)
    return raster.encode(raster.surface(image, palette.texture))


def _stage(picture: Picture, light: Light, frame: Frame, seed: int) -> Stage:
    wide = picture.size is ShotSize.EWS
    # Rooms are smaller than landscapes: an extreme wide shot shows all of one, not a hall.
    metre = frame.reach * ((0.18 if light.inside else 0.115) if wide else 0.265)
    hz, foot = _HORIZON[picture.angle] * frame.h, _FOOT[picture.angle] * frame.h
    if wide and picture.angle is Angle.EYE:
        foot = 0.88 * frame.h
    return Stage(picture, light, w=frame.w, h=frame.h, hz=hz, foot=foot, u=metre, seed=seed)


def _layers(picture: Picture, light: Light, frame: Frame, spec: KeyframeSpec) -> raster.Image:
    width, height = spec.width, spec.height
    s = _stage(picture, light, frame, spec.seed)
    sky, people, falling = Canvas(), Canvas(line=picture.palette.line), Canvas()
    small = max(16, width // 6), max(16, height // 6)
    if picture.angle is Angle.OVERHEAD:
        metre = frame.reach * _OVERHEAD_METRE[picture.size]
        paint_overhead(s, picture.figures, picture.props, metre, sky)
        _vignette(s)
        if not s.inside:
            weather.before(s, s.c, close=1.0)
        image = _rgb(sky, frame, small, (width, height))
        image = raster.over(image, raster.rasterise(s.c.svg(frame.w, frame.h), width, height))
        return _soft(image, s.front, frame, small, "")
    _paint_set(s, sky)
    camera = _camera(s, frame, picture)
    cast = place_cast(s, people, picture, frame.reach)
    _vignette(s)
    if not s.inside:
        weather.before(
            s, falling, close={ShotSize.CU: 1.8, ShotSize.ECU: 2.4, ShotSize.MCU: 1.5}.get(picture.size, 1.0)
        )
    blur = _BLUR.get(picture.size, 0.0) if cast else 0.0
    roll = _roll(frame) if picture.angle is Angle.DUTCH else ""
    view = f"{roll} {camera}".strip()
    # A set that nobody stands before is drawn at the picture's size; else a little below it, which focuses the eye.
    share = _FOCUS.get(picture.size, 0.5) if blur else 0.75 if people.parts else 1.0
    size = max(16, round(width * share)), max(16, round(height * share))
    image = raster.over(_rgb(sky, frame, small, size, roll), raster.rasterise(s.c.svg(frame.w, frame.h, view), *size))
    image = raster.soften(image, blur * size[1] / frame.h)
    image = raster.enlarge(_soft(image, s.front, frame, small, view), width, height)
    image = _people(image, people, frame, roll)
    if falling.parts:
        # What falls is out of focus anyway: half the size will do.
        half = max(16, width // 2), max(16, height // 2)
        drops = raster.rasterise(falling.svg(frame.w, frame.h, roll), *half)
        image = raster.over(image, raster.enlarge(drops, width, height))
    lens = {Angle.LOW: 0.26, Angle.HIGH: -0.24}.get(picture.angle)
    return raster.converge(image, lens) if lens else image


_FOCUS = {ShotSize.MS: 0.5, ShotSize.MCU: 0.4, ShotSize.CU: 0.34, ShotSize.ECU: 0.3}
"""How large a set out of focus is rasterised, in fractions of the picture: blur hides the rest."""


def _people(image: raster.Image, people: Canvas, frame: Frame, roll: str) -> raster.Image:
    """Lay the figures' layer over a picture, rasterising no more than the box they stand in."""
    if not people.parts:
        return image
    height, width = image.shape[:2]
    boxes = people.bounds if people.bounds and not roll else [(0.0, 0.0, frame.w, frame.h)]
    k = width / frame.w, height / frame.h
    x0 = max(0, math.floor(min(box[0] for box in boxes) * k[0]))
    y0 = max(0, math.floor(min(box[1] for box in boxes) * k[1]))
    x1 = min(width, math.ceil(max(box[2] for box in boxes) * k[0]))
    y1 = min(height, math.ceil(max(box[3] for box in boxes) * k[1]))
    if x1 - x0 < 1 or y1 - y0 < 1:
        return image
    box = (x0 / k[0], y0 / k[1], x1 / k[0], y1 / k[1])
    layer = raster.rasterise(people.svg(frame.w, frame.h, roll, box), x1 - x0, y1 - y0)
    image[y0:y1, x0:x1] = raster.over(image[y0:y1, x0:x1], layer)
    return image


_OVERHEAD_METRE = {
    ShotSize.EWS: 0.07,
    ShotSize.WS: 0.14,
    ShotSize.FS: 0.2,
    ShotSize.MS: 0.27,
    ShotSize.MCU: 0.34,
    ShotSize.CU: 0.45,
    ShotSize.ECU: 0.6,
}


def _paint_set(s: Stage, sky: Canvas) -> None:
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


def _rgb(
    layer: Canvas, frame: Frame, small: tuple[int, int], full: tuple[int, int], transform: str = ""
) -> raster.Image:
    image = raster.rasterise(layer.svg(frame.w, frame.h, transform), *small)
    return raster.enlarge(cv2.cvtColor(image, cv2.COLOR_BGRA2BGR), *full)


def _soft(image: raster.Image, layer: Canvas, frame: Frame, small: tuple[int, int], transform: str) -> raster.Image:
    if not layer.parts:
        return image
    height, width = image.shape[:2]
    return raster.over(
        image, raster.enlarge(raster.rasterise(layer.svg(frame.w, frame.h, transform), *small), width, height)
    )


def _blinds(s: Stage) -> None:
    """Light through a venetian blind: what a black-and-white style of high contrast hangs before every lamp."""
    w, h = s.w, s.h
    for index in range(8):
        y = h * (0.06 + 0.085 * index)
        band = ((w * 0.18, y), (w * 0.74, y + h * 0.16), (w * 0.74, y + h * 0.20), (w * 0.18, y + h * 0.04))
        s.front.poly(band, s.picture.palette.light, opacity=0.26, ink=False)


def _vignette(s: Stage) -> None:
    shade = s.light.shade
    s.front.rect(
        -0.05 * s.w,
        -0.05 * s.h,
        1.1 * s.w,
        1.1 * s.h,
        s.front.radial(((0, shade, 0), (0.62, shade, 0), (1, shade, 0.42)), r=0.74),
    )
