"""What a model for painting or motion is: its parts, its tensors, its files."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Annotated

from pydantic import Field, JsonValue, model_validator

from schemas.base import Document, canonical_json

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
ModelName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
RelativePath = Annotated[
    str, Field(max_length=200, pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$")
]
"""A file's place in its model's folder, with `/` between folders; it cannot leave the folder."""


class ModelFamily(StrEnum):
    """Kinds of model. A GPU process serves one."""

    SDXL = "sdxl"
    SDXL_REFINER = "sdxl-refiner"
    UPSCALER = "upscaler"
    LTX = "ltx"


class ModelComponent(Document):
    """A part of a pipeline."""

    library: str
    """The package its class is from, as `model_index.json` names it."""
    kind: str
    """The class."""
    config: dict[str, JsonValue] = {}
    """The published configuration, which the class is built from."""
    tensors: dict[str, tuple[int, ...]] = {}
    """The shape of each tensor by its name in the weights' file; empty for what has no weights."""


class ModelFile(Document):
    """A file of a model."""

    path: RelativePath
    bytes: Annotated[int, Field(ge=0)]
    sha256: Sha256


class ModelManifest(Document):
    """Which model it is, exactly: equal digests mean equal bytes."""

    family: ModelFamily
    name: ModelName
    source: str = ""
    """The hub's id it comes from, such as `stabilityai/stable-diffusion-xl-base-1.0`; empty for one made here."""
    revision: str = ""
    """The commit it was taken at, 40 hexadecimal digits; empty for one made here."""
    variant: str = ""
    """What stands in the names of the weights' files before `.safetensors`, such as `fp16`; empty for nothing."""
    pipeline: str
    """The class that puts the parts together."""
    components: dict[str, ModelComponent] = {}
    files: tuple[ModelFile, ...]

    @model_validator(mode="after")
    def _paths_differ(self) -> ModelManifest:
        paths = [file.path for file in self.files]
        if len(set(paths)) < len(paths):
            raise ValueError("a file is listed twice")
        return self

    @property
    def digest(self) -> str:
        """Name the model by its content: the sha256 of family, pipeline and files, whatever its name and origin."""
        files = sorted((file.path, file.bytes, file.sha256) for file in self.files)
        what = {"family": self.family.value, "pipeline": self.pipeline, "variant": self.variant, "files": files}
        return hashlib.sha256(canonical_json(what).encode()).hexdigest()

    @property
    def bytes(self) -> int:
        """How much room its files take."""
        return sum(file.bytes for file in self.files)

    @property
    def parameters(self) -> int:
        """How many numbers its tensors hold, all parts together."""
        return sum(_numel(shape) for part in self.components.values() for shape in part.tensors.values())


def _numel(shape: tuple[int, ...]) -> int:
    product = 1
    for side in shape:
        product *= side
    return product
