"""What the API asks of the craft: of `film` it knows scripts alone, and is handed the rest."""

from __future__ import annotations

from functools import partial

from api.craft import Craft
from cli.lab.config import models_folder
from cli.lettering import choose_lettering
from cli.painting import PaintingOrder, plan_filming, plan_painting
from cli.shots import list_shots
from film.casting import looks_in_words, looks_of_film, spare_colour, suggest_cast
from film.edit.graphics import check_graphics
from film.prompting import style_named
from film.references import examine_reference
from film.render.ordered import check_aids
from infrastructure.settings import Settings
from schemas.enums import MotionKind, RendererName
from schemas.errors import InvalidRequest
from schemas.motion import VideoModel
from schemas.painting import Painting, PaintingChoice


def craft_of(settings: Settings) -> Craft:
    """Hand in what an installation makes films with.

    Args:
        settings: The installation's.
    """

    def painting(renderer: RendererName, choice: PaintingChoice, /) -> Painting | None:
        order = PaintingOrder(steps=choice.steps, guidance=choice.guidance, scheduler=choice.scheduler)
        if choice.references and renderer is not RendererName.SDXL:
            raise InvalidRequest("A picture shows how somebody is painted; this film is drawn.")
        return plan_painting(order, renderer, settings.sdxl_model, ()).painting

    def filming(motion: MotionKind) -> VideoModel | None:
        return plan_filming(motion, settings.ltx_model)

    return Craft(
        check_style=style_named,
        check_aids=partial(check_aids, models_folder()),
        check_graphics=check_graphics,
        plan_painting=painting,
        plan_lettering=choose_lettering,
        plan_filming=filming,
        examine_reference=examine_reference,
        list_shots=list_shots,
        suggest_cast=suggest_cast,
        looks_in_words=looks_in_words,
        spare_colour=spare_colour,
        looks_of_film=looks_of_film,
    )
