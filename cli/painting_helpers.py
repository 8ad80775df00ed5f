"""The refiner and the upscaler that a user ordered, checked before anything is started."""

from __future__ import annotations

from pathlib import Path

from cli import output
from cli.lab.config import models_folder
from schemas.errors import InvalidRequest
from schemas.models import ModelFamily, ModelManifest
from schemas.painting import Refining, Upscaling

LANCZOS = "lanczos"
"""The upscaling that needs no model, and is used where none is ordered."""

_LARGE = 200_000_000
"""Bytes from which on reading a file takes so long that it is said."""

MAX_STEPS = 150
"""Steps that a picture may take, and that enlarging one may."""


def plan_refining(given: str | None) -> Refining | None:
    """Read `NAME` or `NAME:START`, and look at the model.

    Args:
        given: As ordered; None for no refiner.

    Raises:
        InvalidRequest: The share is no number, or out of range.
        ModelRefused: The model cannot be used.
    """
    if given is None:
        return None
    name, colon, start = given.partition(":")
    shares = {"start": number(f"--refiner {given}", start, 0.01, 0.99)} if colon else {}
    return Refining.model_validate({"model": _model(name, ModelFamily.SDXL_REFINER), **shares})


def plan_upscaling(given: str | None) -> Upscaling | None:
    """Read `lanczos`, `NAME` or `NAME:STEPS`, and look at the model.

    Args:
        given: As ordered; None is `lanczos`.

    Returns:
        The upscaler; None for `lanczos`.

    Raises:
        InvalidRequest: The steps are no whole number, or out of range.
        ModelRefused: The model cannot be used.
    """
    if given is None or given == LANCZOS:
        return None
    name, colon, text = given.partition(":")
    if name == LANCZOS:
        raise InvalidRequest(f"--upscale {given}: lanczos takes no steps; write --upscale lanczos.")
    steps = number(f"--upscale {given}", text, 1, MAX_STEPS) if colon else None
    if steps is not None and not steps.is_integer():
        raise InvalidRequest(f"--upscale {given}: {text} is no whole number of steps.")
    taken = {} if steps is None else {"steps": int(steps)}
    return Upscaling.model_validate({"model": _model(name, ModelFamily.UPSCALER), **taken})


def _model(name: str, family: ModelFamily) -> str:
    from film.models import find_helper, find_model

    digest = find_helper(models_folder(), name, family).digest
    read_whole(*find_model(models_folder(), digest))
    return digest


def read_whole(folder: Path, manifest: ModelManifest) -> None:
    """Hold a model against its manifest to the last byte: what was read before and has not changed is not read again.

    Args:
        folder: The model's folder.
        manifest: Its manifest.

    Raises:
        ModelRefused: It is not as its manifest says.
    """
    from film.models import verify_once

    told: set[str] = set()

    def tell(path: str, _done: int, size: int) -> None:
        if path not in told and size >= _LARGE:
            told.add(path)
            output.tell(f"{manifest.name}: reading {path}, {size / 1e9:.1f} GB, once")

    verify_once(folder, manifest, progress=tell)


def number(option: str, text: str, low: float, high: float) -> float:
    """Read a number that stands in an option.

    Args:
        option: The option with all that was given, for the sentence.
        text: The number.
        low: The least that is taken.
        high: The most.

    Raises:
        InvalidRequest: It is none, or out of range.
    """
    try:
        value = float(text)
    except ValueError as error:
        raise InvalidRequest(f"{option}: {text!r} is no number.") from error
    if not low <= value <= high:
        raise InvalidRequest(f"{option}: {text} is out of range, which is {low:g} to {high:g}.")
    return value
