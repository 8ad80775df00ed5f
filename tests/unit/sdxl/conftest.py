"""The tiny model, written once a session, and a painter of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from schemas.enums import RendererName
from schemas.errors import StudioError
from schemas.models import ModelManifest
from schemas.painting import Painting, PaintingDevice
from schemas.prompt import KeyframeSpec

WORDS = (
    "a man in the rain at night",
    "woman, close shot, red door",
    "the sea, wide, blue light",
    "old house, dark room with window",
)
CPU = PaintingDevice(device="cpu")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ModelManifest]:
    torch = pytest.importorskip("torch", reason="the extra gpu is not installed")
    torch.set_num_threads(1)
    from film.render.sdxl.tiny import write_tiny

    folder = tmp_path_factory.mktemp("models") / "tiny"
    return folder, write_tiny(folder)


@pytest.fixture(scope="session")
def painter(tiny: tuple[Path, ModelManifest]) -> Any:
    from film.render.sdxl.painter import load_painter

    return load_painter(*tiny, CPU)


@pytest.fixture(scope="session")
def specs(tiny: tuple[Path, ModelManifest]) -> list[KeyframeSpec]:
    painting = Painting(model=tiny[1].digest, steps=4, guidance=5.0)
    return [
        KeyframeSpec(
            renderer=RendererName.SDXL,
            width=128,
            height=128,
            seed=seed,
            positive=words,
            positive_2="film grain, soft light",
            negative="text",
            negative_2="dark",
            painting=painting,
        )
        for seed, words in enumerate(WORDS)
    ]


def paint(
    painter: Any,
    specs: Sequence[KeyframeSpec],
    on_step: Callable[[int, int], None] = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[bytes | StudioError]:
    results: list[bytes | StudioError] = painter.paint(specs, on_step=on_step, cancelled=cancelled)
    return results


def pixels(png: bytes | StudioError) -> np.ndarray[Any, np.dtype[np.int16]]:
    assert isinstance(png, bytes), png
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB).astype(np.int16)
