"""What a user ordered of a painter, checked before anything is started."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cli.lab.config import models_folder
from cli.painting_helpers import MAX_STEPS, number, plan_refining, plan_upscaling, read_whole
from schemas.enums import MotionKind, RendererName
from schemas.errors import InvalidRequest
from schemas.models import ModelManifest
from schemas.motion import VideoModel
from schemas.painting import MAX_REFERENCES, LoraUse, Painting, Reference, Scheduler
from schemas.script import Character, character_named

MAX_GUIDANCE = 30.0
WEIGHT = 0.6
"""How much of a reference picture is taken, where the order does not say."""


@dataclass(frozen=True)
class PaintingOrder:
    """The arguments of `studio film` that only a painter heeds, as given."""

    model: str | None = None
    steps: int | None = None
    guidance: float | None = None
    scheduler: Scheduler | None = None
    lora: str | None = None
    """`NAME` or `NAME:SCALE`."""
    references: Sequence[str] = field(default_factory=tuple)
    """`WHO=FILE` or `WHO=FILE:WEIGHT`, each."""
    refiner: str | None = None
    """`NAME` or `NAME:START`."""
    upscale: str | None = None
    """`lanczos`, `NAME` or `NAME:STEPS`."""

    @property
    def given(self) -> list[str]:
        """Name the options that were given."""
        options = {
            "--model": self.model,
            "--steps": self.steps,
            "--guidance": self.guidance,
            "--scheduler": self.scheduler,
            "--lora": self.lora,
            "--reference": self.references or None,
            "--refiner": self.refiner,
            "--upscale": self.upscale,
        }
        return [name for name, value in options.items() if value is not None]


@dataclass(frozen=True)
class PaintingPlan:
    """How a film is painted, and from which pictures."""

    painting: Painting | None = None
    references: tuple[bytes, ...] = ()


def plan_painting(
    order: PaintingOrder, renderer: RendererName, model: str, characters: Sequence[Character]
) -> PaintingPlan:
    """Check the order of a painter.

    Args:
        order: What was ordered.
        renderer: Who makes the keyframes.
        model: The installation's model; empty where it has none.
        characters: The film's, of whom reference pictures may be given.

    Returns:
        The painting; none for a film that is drawn.

    Raises:
        InvalidRequest: A value cannot be used, or nothing is painted.
        ModelRefused: The model, the LoRA, the refiner, the upscaler or a picture cannot be used.
    """
    if renderer is not RendererName.SDXL:
        if order.given:
            raise InvalidRequest(f"{order.given[0]} is for painted films; add --renderer sdxl.")
        return PaintingPlan()
    if not model:
        raise InvalidRequest(
            "No model is set to paint with: name one in STUDIO_SDXL_MODEL and start the lab anew (studio down); "
            "see: studio models list."
        )
    from film.models import check_adapter, find_model
    from film.render.ordered import check_shares

    if order.model is not None and find_model(models_folder(), order.model) != find_model(models_folder(), model):
        raise InvalidRequest(f"--model {order.model} is not the model that this installation paints with, {model}.")
    folder, manifest = find_model(models_folder(), model)
    read_whole(folder, manifest)
    if order.references:
        check_adapter(manifest)
    references, pictures = _references(order.references, characters)
    painting = Painting(
        model=manifest.digest,
        lora=_lora(order.lora, manifest),
        refiner=plan_refining(order.refiner),
        upscaler=plan_upscaling(order.upscale),
        references=references,
    ).model_copy(update=_numbers(order))
    check_shares(painting)
    return PaintingPlan(painting, pictures)


def plan_filming(motion: MotionKind, model: str) -> VideoModel | None:
    """Check the order of a video model.

    Args:
        motion: What shall move.
        model: The installation's video model; empty where it has none.

    Raises:
        InvalidRequest: There is none.
        ModelRefused: It cannot be used.
    """
    if motion is not MotionKind.VIDEO:
        return None
    if not model:
        raise InvalidRequest(
            "No model is set to film with: name one in STUDIO_LTX_MODEL and start the lab anew (studio down); "
            "see: studio models list."
        )
    from film.models import check_tokenizer, find_model

    folder, manifest = find_model(models_folder(), model)
    read_whole(folder, manifest)
    check_tokenizer(manifest)
    return VideoModel(model=manifest.digest)


def _numbers(order: PaintingOrder) -> dict[str, object]:
    if order.steps is not None and not 1 <= order.steps <= MAX_STEPS:
        raise InvalidRequest(f"--steps {order.steps} is out of range: a picture takes 1 to {MAX_STEPS} steps.")
    if order.guidance is not None and not 0 <= order.guidance <= MAX_GUIDANCE:
        raise InvalidRequest(f"--guidance {order.guidance} is out of range: it is 0 to {MAX_GUIDANCE:g}.")
    numbers = {"steps": order.steps, "guidance": order.guidance, "scheduler": order.scheduler}
    return {name: value for name, value in numbers.items() if value is not None}


def _lora(given: str | None, manifest: ModelManifest) -> LoraUse | None:
    """Read `NAME` or `NAME:SCALE`, and hold the LoRA against the model."""
    if given is None:
        return None
    name, _, scale = given.partition(":")
    return use_lora(name, number(f"--lora {given}", scale or "1", -4, 4), manifest)


def use_lora(name: str, scale: float, manifest: ModelManifest) -> LoraUse:
    """Hold one of this machine's LoRAs against a model.

    Args:
        name: Of its file, or its sha256.
        scale: How much it changes.
        manifest: The model's.

    Raises:
        ModelRefused: There is none, or it does not go with the model.
    """
    from film.models import check_lora, find_lora, list_loras

    path = find_lora(models_folder(), name)
    check_lora(path, manifest)
    return LoraUse(sha256=list_loras(models_folder())[path.stem], scale=scale)


def _references(
    given: Sequence[str], characters: Sequence[Character]
) -> tuple[tuple[Reference, ...], tuple[bytes, ...]]:
    if len(given) > MAX_REFERENCES:
        raise InvalidRequest(f"There are {len(given)} reference pictures; a film takes up to {MAX_REFERENCES}.")
    pairs = [_reference(one, characters) for one in given]
    return tuple(reference for reference, _ in pairs), tuple({r.sha256: picture for r, picture in pairs}.values())


def _reference(given: str, characters: Sequence[Character]) -> tuple[Reference, bytes]:
    """Read `WHO=FILE` or `WHO=FILE:WEIGHT`, and the file."""
    from film.render.reference import MAX_BYTES, read_reference

    who, equals, place = given.partition("=")
    if not equals or not who.strip() or not place:
        raise InvalidRequest(f"--reference {given} says not who it shows; write WHO=FILE, such as MARA=mara.jpg.")
    character = _character(who.strip(), characters)
    file, _, weight = place.rpartition(":") if not Path(place).exists() and ":" in place else (place, "", "")
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidRequest(f"The reference picture {file} cannot be read: {error.strerror}.") from error
    read_reference(data, character.name)
    strength = number(f"--reference {given}", weight or str(WEIGHT), 0.01, 1)
    return Reference(character=character.id, sha256=hashlib.sha256(data).hexdigest(), weight=strength), data


def _character(who: str, characters: Sequence[Character]) -> Character:
    found = character_named(who, characters)
    if found is not None:
        return found
    names = ", ".join(character.name for character in characters[:8]) or "nobody"
    raise InvalidRequest(f"--reference {who}=… shows nobody of this film; in it are {names}.")
