"""How a film is painted: what changes its pictures, and what only changes how fast they come."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Document, is_none
from schemas.models import Sha256

MAX_REFERENCES = 16
"""Reference pictures of one film."""


def _is_empty(value: tuple[object, ...]) -> bool:
    return not value


class Scheduler(StrEnum):
    """Ways from noise to a picture."""

    EULER = "euler"
    """The one that SDXL was published with."""
    EULER_ANCESTRAL = "euler-ancestral"
    """Adds noise at each step: never settles, livelier."""
    DPM = "dpm"
    """DPM-Solver++ of second order on Karras's noise levels: good pictures from 20 steps on."""
    DDIM = "ddim"
    """Needs more steps for the same picture."""
    UNIPC = "unipc"
    LCM = "lcm"
    """For LoRAs and models distilled to 4 to 8 steps; wants a guidance of 1."""
    EULER_TRAILING = "euler-trailing"
    """Euler from the last step of training on: what few-step LoRAs such as Lightning's are made for."""


class LoraUse(Document):
    """A LoRA that changes the model."""

    sha256: Sha256
    """Of its file."""
    scale: Annotated[float, Field(ge=-4, le=4)] = 1.0


class Refining(Document):
    """A second model that ends the picture."""

    model: Sha256
    """Digest of its manifest."""
    start: Annotated[float, Field(gt=0, lt=1)] = 0.8
    """The share of the steps after which it takes over."""


class Upscaling(Document):
    """A model that enlarges the picture before it is brought to the film's size."""

    model: Sha256
    """Digest of its manifest."""
    steps: Annotated[int, Field(ge=1, le=150)] = 20


class Reference(Document):
    """A picture that shows what a character looks like."""

    character: str
    sha256: Sha256
    """Of its file."""
    weight: Annotated[float, Field(gt=0, le=1)] = 0.6
    """How much of it the picture takes."""


class Painting(Document):
    """All that changes a painted picture, but for the prompt, the seed and the size: part of a keyframe's name.

    What is not used is left out of the name, so that a new kind of aid renames no picture.
    """

    model: Sha256
    """Digest of the manifest of the model that paints."""
    steps: Annotated[int, Field(ge=1, le=150)] = 30
    guidance: Annotated[float, Field(ge=0, le=30)] = 6.0
    """How closely the words are followed; at 1 and below the negative prompt has no effect, and a step costs half."""
    scheduler: Scheduler = Scheduler.EULER
    lora: Annotated[LoraUse | None, Field(exclude_if=is_none)] = None
    refiner: Annotated[Refining | None, Field(exclude_if=is_none)] = None
    upscaler: Annotated[Upscaling | None, Field(exclude_if=is_none)] = None
    """None brings the picture to the film's size by Lanczos alone."""
    references: Annotated[tuple[Reference, ...], Field(exclude_if=_is_empty, max_length=MAX_REFERENCES)] = ()

    def for_characters(self, characters: frozenset[str]) -> Painting:
        """Leave out the reference pictures of those who are not seen.

        Args:
            characters: Ids of who is in the shot.
        """
        seen = tuple(reference for reference in self.references if reference.character in characters)
        return self.model_copy(update={"references": seen})


class ReferenceChoice(Document):
    """A picture that shall show what somebody looks like."""

    character: str
    """Name, or id, of somebody in the film."""
    sha256: Sha256
    """Of the file."""
    weight: Annotated[float, Field(gt=0, le=1)] = 0.6


class LoraChoice(Document):
    """One of the installation's LoRAs."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    """As the installation calls it."""
    scale: Annotated[float, Field(ge=-4, le=4)] = 1.0


class PaintingChoice(Document):
    """What somebody may choose about how their film is painted; None leaves it to the installation."""

    steps: Annotated[int, Field(ge=1, le=150)] | None = None
    guidance: Annotated[float, Field(ge=0, le=30)] | None = None
    scheduler: Scheduler | None = None
    lora: LoraChoice | None = None
    references: Annotated[tuple[ReferenceChoice, ...], Field(max_length=MAX_REFERENCES)] = ()


class Precision(StrEnum):
    """The numbers that a device calculates in."""

    AUTO = "auto"
    """bfloat16 where the device has it, else float16; float32 on a CPU."""
    FLOAT32 = "float32"
    FLOAT16 = "float16"
    BFLOAT16 = "bfloat16"


class PaintingDevice(Document):
    """What paints, and how: changes no picture beyond rounding."""

    device: Annotated[str, Field(pattern=r"^(cpu|cuda(:\d{1,2})?|mps)$")] = "cuda"
    precision: Precision = Precision.AUTO
    compile: bool = False
    """Compile the model's repeated blocks: minutes once, then some tenths faster; worth it from 50 pictures on."""
    batch: Annotated[int, Field(ge=1, le=64)] = 4
    """The most pictures at once; halved when memory runs out."""
    tries: Annotated[int, Field(ge=1, le=10)] = 3
    """With how many seeds a picture is tried that is black, broken or refused by moderation."""
