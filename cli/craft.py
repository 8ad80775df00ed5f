"""What the API asks of the craft: of `film` it knows scripts alone, and is handed the rest."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from api.craft import Craft
from cli.lab.config import models_folder
from cli.lettering import choose_lettering
from cli.painting import PaintingOrder, plan_filming, plan_painting, use_lora
from cli.shots import list_shots
from film.casting import looks_in_words, looks_of_film, spare_colour, suggest_cast
from film.edit.graphics import check_graphics
from film.hearing import hear, must_be_said
from film.models import check_lora, find_model, lora_names
from film.models.loras import LORAS
from film.prompting import style_named
from film.references import examine_reference
from film.render.ordered import check_aids
from infrastructure.settings import Settings
from schemas.enums import MotionKind, RendererName
from schemas.errors import InvalidRequest, ModelRefused
from schemas.motion import VideoModel
from schemas.painting import LoraChoice, LoraUse, Painting, PaintingChoice

_NAMED = 20
"""LoRAs that a message names."""


def craft_of(settings: Settings) -> Craft:
    """Hand in what an installation makes films with.

    Args:
        settings: The installation's.
    """

    def painting(renderer: RendererName, choice: PaintingChoice, /) -> Painting | None:
        order = PaintingOrder(steps=choice.steps, guidance=choice.guidance, scheduler=choice.scheduler)
        if choice.references and renderer is not RendererName.SDXL:
            raise InvalidRequest("A picture shows how somebody is painted; this film is drawn.")
        if choice.lora is not None and renderer is not RendererName.SDXL:
            raise InvalidRequest("A LoRA changes how a film is painted; this film is drawn.")
        painting = plan_painting(order, renderer, settings.sdxl_model, ()).painting
        if painting is None or choice.lora is None:
            return painting
        return painting.model_copy(update={"lora": _lora(choice.lora, settings.sdxl_model)})

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
        hear=hear,
        must_be_said=must_be_said,
        list_loras=partial(_fitting_loras, settings.sdxl_model),
        suggest_cast=suggest_cast,
        looks_in_words=looks_in_words,
        spare_colour=spare_colour,
        looks_of_film=looks_of_film,
    )


def _lora(choice: LoraChoice, model: str) -> LoraUse:
    """Find one of the installation's LoRAs. Messages are for people who know no folder of ours."""
    names = lora_names(models_folder())
    if choice.name not in names:
        there = ", ".join(names[:_NAMED]) or "none"
        raise InvalidRequest(f"This installation has no LoRA “{choice.name}”; it has: {there}.")
    _, manifest = find_model(models_folder(), model)
    try:
        return use_lora(choice.name, choice.scale, manifest)
    except ModelRefused as error:
        raise ModelRefused(str(error).replace(str(_file_of(choice.name)), f"The LoRA “{choice.name}”")) from error


def _fitting_loras(model: str) -> list[str]:
    """Name the LoRAs that go with the model that paints; none where none does."""
    if not model:
        return []
    _, manifest = find_model(models_folder(), model)

    def goes(name: str) -> bool:
        try:
            check_lora(_file_of(name), manifest)
        except ModelRefused:
            return False
        return True

    return [name for name in lora_names(models_folder()) if goes(name)]


def _file_of(name: str) -> Path:
    return models_folder() / LORAS / f"{name}.safetensors"
