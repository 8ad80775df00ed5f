"""What the API asks of the craft: handed in by whoever starts it, since of `film` it knows scripts alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.usecases.references import ExamineReference
from api.usecases.shots import ListShots
from api.usecases.submit_film import CheckAids, CheckGraphics


@dataclass(frozen=True)
class Craft:
    """Functions of `film`."""

    check_style: Callable[[str], object]
    """Raises InvalidRequest for a style that there is not; `film.prompting.style_named` does."""
    check_aids: CheckAids
    """Looks at LoRA, refiner, upscaler and reference pictures; `film.render.ordered.check_aids` does."""
    check_graphics: CheckGraphics
    """Looks at font, logo and credits; `film.edit.graphics.check_graphics` does."""
    examine_reference: ExamineReference
    """Reads a picture or a sound of the user's own; `film.references.examine_reference` does."""
    list_shots: ListShots
    """Says what shots are; `cli.shots.list_shots` does."""
