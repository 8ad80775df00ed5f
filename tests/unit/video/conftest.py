"""The tiny video model, written once a session, and a painter of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schemas.models import ModelManifest
from schemas.painting import PaintingDevice


@pytest.fixture(scope="session")
def tiny_ltx(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ModelManifest]:
    torch = pytest.importorskip("torch", reason="the extra gpu is not installed")
    torch.set_num_threads(1)
    from film.motion.video.tiny import write_tiny_ltx

    folder = tmp_path_factory.mktemp("models") / "tiny-ltx"
    return folder, write_tiny_ltx(folder)


@pytest.fixture(scope="session")
def video_painter(tiny_ltx: tuple[Path, ModelManifest]) -> Any:
    from film.motion.video.animator import load_video_painter

    return load_video_painter(*tiny_ltx, PaintingDevice(device="cpu"), steps=3)
