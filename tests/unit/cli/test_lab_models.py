"""A film that asks for another model than the lab's workers were started with."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from cli.lab import Lab, state
from cli.lab_models import Asked, must_have
from film.models import MANIFEST, write_manifest
from schemas.errors import LabError
from schemas.models import ModelFamily, ModelFile, ModelManifest

STARTED = time.time() - 100


@pytest.fixture
def models(tmp_path: Path) -> dict[str, ModelManifest]:
    """Two models that were there before the lab was started."""
    found = {}
    for name in ("tiny", "other"):
        folder = tmp_path / "models" / name
        folder.mkdir(parents=True)
        digest = {"tiny": "a", "other": "b"}[name] * 64
        file = ModelFile(path="model_index.json", bytes=1, sha256=digest)
        found[name] = ModelManifest(family=ModelFamily.SDXL, name=name, pipeline="P", files=(file,))
        write_manifest(folder, found[name])
        os.utime(folder / MANIFEST, (STARTED - 100, STARTED - 100))
    return found


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    """A lab whose painter was started with the first of them."""
    root = tmp_path / "lab"
    root.mkdir()
    gpu = {
        "STUDIO_SDXL_MODEL": "tiny",
        "STUDIO_LTX_MODEL": "",
        "STUDIO_GPU_DEVICE": "",
        "STUDIO_MODELS": str(tmp_path / "models"),
    }
    record = state.ServiceRecord(state="running", since=STARTED)
    state.write(root, state.Snapshot(1, "then", ready=True, services={"worker-sdxl": record}, gpu=gpu))
    return Lab(root)


def asked(manifest: ModelManifest, device: str | None = None) -> Asked:
    return Asked("worker-sdxl", "STUDIO_SDXL_MODEL", manifest.name, manifest.digest, device)


def test_the_same_model_will_do(lab: Lab, models: dict[str, ModelManifest]) -> None:
    must_have(lab, asked(models["tiny"]))
    must_have(lab, asked(models["tiny"], device="cuda"))


def test_another_model_is_named_beside_what_was_asked_for(lab: Lab, models: dict[str, ModelManifest]) -> None:
    with pytest.raises(LabError, match=r"has tiny \(.*asks for other \(.*studio down") as refused:
        must_have(lab, asked(models["other"]))
    assert refused.value.exit_code == 1


def test_a_model_that_was_changed_after_the_start_is_another(lab: Lab, models: dict[str, ModelManifest]) -> None:
    os.utime(lab.root.parent / "models" / "tiny" / MANIFEST, (STARTED + 10, STARTED + 10))
    with pytest.raises(LabError, match="started before tiny was changed"):
        must_have(lab, asked(models["tiny"]))


def test_a_model_that_is_gone_from_the_labs_folder_is_another(lab: Lab, models: dict[str, ModelManifest]) -> None:
    (lab.root.parent / "models" / "tiny" / MANIFEST).unlink()
    with pytest.raises(LabError, match="which is gone from"):
        must_have(lab, asked(models["other"]))


def test_another_device_is_named(lab: Lab, models: dict[str, ModelManifest]) -> None:
    with pytest.raises(LabError, match="started for cuda, and STUDIO_GPU_DEVICE asks for cpu"):
        must_have(lab, asked(models["tiny"], device="cpu"))


def test_a_lab_of_an_older_version_and_a_missing_worker_say_nothing_here(
    lab: Lab, models: dict[str, ModelManifest]
) -> None:
    must_have(lab, Asked("worker-ltx", "STUDIO_LTX_MODEL", "other", models["other"].digest))
    snapshot = state.read(lab.root)
    assert snapshot is not None
    snapshot.gpu = {}
    state.write(lab.root, snapshot)
    must_have(lab, asked(models["other"]))
