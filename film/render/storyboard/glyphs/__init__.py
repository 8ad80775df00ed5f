"""What things look like: each a few shapes, by its name of `film.prompting.thing_names.THINGS`."""

from __future__ import annotations

from collections.abc import Mapping

from film.render.storyboard.glyphs.base import Shape
from film.render.storyboard.glyphs.furniture import FURNITURE
from film.render.storyboard.glyphs.household import HOUSEHOLD
from film.render.storyboard.glyphs.keepsakes import KEEPSAKES
from film.render.storyboard.glyphs.leisure import LEISURE
from film.render.storyboard.glyphs.outdoors import OUTDOORS
from film.render.storyboard.glyphs.table import TABLE
from film.render.storyboard.glyphs.tools import TOOLS
from film.render.storyboard.glyphs.vehicles import VEHICLES

GLYPHS: Mapping[str, tuple[Shape, ...]] = {
    **VEHICLES,
    **FURNITURE,
    **TABLE,
    **TOOLS,
    **LEISURE,
    **KEEPSAKES,
    **HOUSEHOLD,
    **OUTDOORS,
}
"""All of them."""
