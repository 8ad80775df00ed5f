"""What the light of a picture does to its colours: time of day, weather, inside or outside, the style's palette."""

from __future__ import annotations

from dataclasses import dataclass

from film.render.storyboard.colour import RGB, hexed, mix, multiply, rgb
from schemas.enums import IntExt, Place, TimeOfDay, Weather
from schemas.prompt import Palette, Picture

_SKIES: dict[TimeOfDay, tuple[str, str, str]] = {
    TimeOfDay.DAWN: ("#5a6ea8", "#e79a9a", "#ffd7a3"),
    TimeOfDay.MORNING: ("#4f9bd6", "#a9d6ec", "#fff0cf"),
    TimeOfDay.DAY: ("#2f86d6", "#7fc0ee", "#d9f0fa"),
    TimeOfDay.AFTERNOON: ("#4a8fc7", "#b9cfcf", "#ffdf9e"),
    TimeOfDay.DUSK: ("#2c2a63", "#b4496f", "#ff9a4d"),
    TimeOfDay.NIGHT: ("#070c24", "#13204a", "#2c4274"),
}
"""Zenith, middle and horizon of a clear sky."""

_AMBIENT: dict[TimeOfDay, RGB] = {
    TimeOfDay.DAWN: (0.90, 0.78, 0.84),
    TimeOfDay.MORNING: (1.02, 0.98, 0.92),
    TimeOfDay.DAY: (1.0, 1.0, 1.0),
    TimeOfDay.AFTERNOON: (1.04, 0.92, 0.76),
    TimeOfDay.DUSK: (0.80, 0.56, 0.62),
    TimeOfDay.NIGHT: (0.30, 0.38, 0.62),
}
_INSIDE: dict[TimeOfDay, RGB] = {
    TimeOfDay.DAWN: (0.80, 0.74, 0.80),
    TimeOfDay.MORNING: (1.0, 0.96, 0.90),
    TimeOfDay.DAY: (0.97, 0.97, 0.96),
    TimeOfDay.AFTERNOON: (1.0, 0.90, 0.76),
    TimeOfDay.DUSK: (0.93, 0.77, 0.70),
    TimeOfDay.NIGHT: (0.80, 0.64, 0.54),
}
_SUN: dict[TimeOfDay, tuple[float, float, str]] = {
    TimeOfDay.DAWN: (0.24, 0.93, "#ffd9a0"),
    TimeOfDay.MORNING: (0.22, 0.50, "#fff3cf"),
    TimeOfDay.DAY: (0.70, 0.30, "#fffbe8"),
    TimeOfDay.AFTERNOON: (0.78, 0.46, "#ffe7a6"),
    TimeOfDay.DUSK: (0.74, 0.93, "#ffb066"),
    TimeOfDay.NIGHT: (0.72, 0.24, "#f4f1dd"),
}
"""Where sun or moon stands: across the frame, down from its top to the horizon; and its colour."""

_GREY: dict[Weather, float] = {
    Weather.CLEAR: 0.0,
    Weather.CLOUDY: 0.55,
    Weather.RAIN: 0.75,
    Weather.STORM: 0.85,
    Weather.SNOW: 0.6,
    Weather.FOG: 0.8,
    Weather.WIND: 0.25,
}
_LIT_BY_LAMPS = {
    Place.BAR,
    Place.THEATRE,
    Place.BASEMENT,
    Place.CORRIDOR,
    Place.PRISON,
    Place.WAREHOUSE,
    Place.CAVE,
    Place.SPACESHIP,
}
_NO_SUN = {Place.SPACE, Place.CAVE}


@dataclass(frozen=True)
class Light:
    """The light of one picture. Colours are #rrggbb."""

    zenith: str
    middle: str
    horizon: str
    ambient: RGB
    haze: str
    haze_amount: float
    sun_x: float
    sun_y: float
    sun: str
    sun_seen: bool
    """Whether the sun or the moon is not behind clouds."""
    night: bool
    lamps: bool
    """Whether lamps burn and windows are lit."""
    shade: str
    warm: str
    inside: bool
    wet: bool
    snowy: bool
    accent: str
    ground: str

    def lit(self, colour: str, depth: float = 0.0) -> str:
        """Say what a surface looks like.

        Args:
            colour: Its own colour.
            depth: 0 near the camera, 1 at the horizon: the air in between takes the colour away.
        """
        seen = multiply(colour, self.ambient)
        return mix(seen, self.haze, round(min(0.94, depth * self.haze_amount), 2)) if depth > 0 else seen


def _grey(colour: str, amount: float, level: float) -> str:
    red, green, blue = rgb(colour)
    value = (red + green + blue) / 3 * level
    return mix(colour, hexed(value * 0.96, value * 1.0, value * 1.06), amount)


def _sky(picture: Picture) -> tuple[str, str, str]:
    amount = _GREY[picture.weather]
    level = {Weather.STORM: 0.55, Weather.RAIN: 0.78, Weather.SNOW: 1.12, Weather.FOG: 1.15}.get(picture.weather, 1.0)
    tint = multiply(picture.palette.sky, _AMBIENT[picture.time_of_day])
    zenith, middle, horizon = (
        _grey(mix(colour, tint, share), amount, level)
        for colour, share in zip(_SKIES[picture.time_of_day], (0.28, 0.34, 0.16), strict=True)
    )
    return zenith, middle, horizon


def light_of(picture: Picture) -> Light:
    """Work out the light of a picture."""
    inside = picture.int_ext is not IntExt.EXT or picture.place in _LIT_BY_LAMPS
    zenith, middle, horizon = _sky(picture)
    night = picture.time_of_day is TimeOfDay.NIGHT
    dim = {Weather.STORM: 0.66, Weather.RAIN: 0.82, Weather.CLOUDY: 0.9, Weather.FOG: 0.95}.get(picture.weather, 1.0)
    if night:
        # The night is dark enough: what falls may not take the rest.
        dim = max(dim, 0.92)
    base = (_INSIDE if inside else _AMBIENT)[picture.time_of_day]
    if inside and picture.place in _LIT_BY_LAMPS and not night:
        base = tuple(0.5 * (a + b) for a, b in zip(base, _INSIDE[TimeOfDay.NIGHT], strict=True))  # type: ignore[assignment]
    cool = (0.94, 1.0, 1.04) if picture.weather in {Weather.RAIN, Weather.STORM, Weather.SNOW} else (1.0, 1.0, 1.0)
    share = 1.0 if not inside else 0.55
    red, green, blue = (a * (1 - share + share * dim * c) for a, c in zip(base, cool, strict=True))
    sun_x, sun_y, sun = _SUN[picture.time_of_day]
    haze_amount = {Weather.FOG: 1.35, Weather.SNOW: 1.0, Weather.RAIN: 0.95, Weather.STORM: 0.9}.get(
        picture.weather, 0.78
    )
    return Light(
        zenith=zenith,
        middle=middle,
        horizon=horizon,
        ambient=(red, green, blue),
        haze=mix(horizon, middle, 0.45) if not inside else mix(middle, multiply("#8d7f74", base), 0.6),
        haze_amount=haze_amount if not inside else 0.35,
        sun_x=sun_x,
        sun_y=sun_y,
        sun=sun,
        sun_seen=_GREY[picture.weather] < 0.5 and picture.place not in _NO_SUN,
        night=night,
        lamps=night
        or picture.time_of_day is TimeOfDay.DUSK
        or (inside and picture.place in _LIT_BY_LAMPS)
        or picture.weather is Weather.STORM,
        shade=_shade(picture.palette, night),
        warm=mix("#ffc873", picture.palette.light, 0.25),
        inside=inside,
        wet=picture.weather in {Weather.RAIN, Weather.STORM},
        snowy=picture.weather is Weather.SNOW or "snow" in picture.traits,
        accent=picture.palette.accent,
        ground=picture.palette.ground,
    )


def _shade(palette: Palette, night: bool) -> str:
    return mix(palette.shadow, "#05060f", 0.4 if night else 0.1)
