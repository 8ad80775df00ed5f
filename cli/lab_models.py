"""Whether the GPU workers of the lab that runs have what a film asks for: a lab heeds variables when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cli.lab import Lab
from schemas.errors import LabError, ModelRefused

_DEVICE = "cuda"
"""The device of a worker that was told none."""


@dataclass(frozen=True)
class Asked:
    """What a film asks of a GPU worker.

    Attributes:
        worker: Its name in the lab.
        variable: Which names its model.
        model: The model's name, as the film's settings have it.
        digest: Of the model's manifest.
        device: The device that was asked for; None takes any.
    """

    worker: str
    variable: str
    model: str
    digest: str
    device: str | None = None


def must_have(lab: Lab, asked: Asked) -> None:
    """Refuse a film that would wait for a worker with another model, or run on another device than was asked for.

    Says nothing of a worker that is missing: `Lab.wait_for` does.

    Args:
        lab: The lab that runs.
        asked: What is needed.

    Raises:
        LabError: The worker was started with another model or device, or the model was changed since.
    """
    started = lab.gpu_start(asked.worker)
    if started is None:
        return
    runs, models = started.variables[asked.variable], Path(started.variables["STUDIO_MODELS"])
    difference = _other_model(asked, runs, models, started.since) or _other_device(
        asked, started.variables["STUDIO_GPU_DEVICE"] or _DEVICE
    )
    if difference:
        raise LabError(f"{difference}; end the lab with `studio down`, and start it again")


def _other_model(asked: Asked, runs: str, models: Path, since: float) -> str:
    from film.models import MANIFEST, find_model

    wanted = f"the film asks for {asked.model} ({asked.digest[:12]}…)"
    try:
        folder, manifest = find_model(models, runs)
        changed = (folder / MANIFEST).stat().st_mtime > since
    except (ModelRefused, OSError):
        return f"{asked.worker} of the lab that runs was started with {runs}, which is gone from {models}; {wanted}"
    if manifest.digest != asked.digest:
        return f"{asked.worker} of the lab that runs has {runs} ({manifest.digest[:12]}…), and {wanted}"
    if changed:
        return f"{asked.worker} of the lab that runs was started before {runs} was changed, and {wanted}"
    return ""


def _other_device(asked: Asked, runs: str) -> str:
    if asked.device is None or asked.device == runs:
        return ""
    return f"{asked.worker} of the lab that runs was started for {runs}, and STUDIO_GPU_DEVICE asks for {asked.device}"
