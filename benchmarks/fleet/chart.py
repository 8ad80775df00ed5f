"""Reads from the chart what decides how many GPU machines there are, so that what is simulated is what is deployed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CHART = Path(__file__).parents[2] / "deploy" / "helm" / "ai-film-studio"


@dataclass(frozen=True)
class Chart:
    """Values of production, by what they mean here."""

    least: int
    most: int
    polling_s: float
    cooldown_s: float
    step_s: float
    step: int
    step_share: float
    per_worker: float
    share: float
    root: float
    drain_s: float


def read(folder: Path = CHART) -> Chart:
    """Read what production says; the fleet is the one that counts tickets."""
    found = values(folder)
    [fleet] = [fleet for fleet in found["gpu"]["fleets"].values() if fleet.get("countsTickets")]
    scaling = found["scaling"]["tickets"]
    return Chart(
        least=fleet["min"],
        most=fleet["max"],
        polling_s=found["scaling"]["pollingSeconds"],
        cooldown_s=scaling["cooldownSeconds"],
        step_s=scaling["stepSeconds"],
        step=scaling["stepWorkers"],
        step_share=scaling["stepPercent"] / 100,
        per_worker=scaling["perWorker"],
        share=scaling["foreseen"]["share"],
        root=scaling["foreseen"]["root"],
        drain_s=found["gpu"]["drainSeconds"],
    )


def values(folder: Path = CHART) -> dict[str, Any]:
    """Read `values.yaml` with `values-prod.yaml` over it."""
    found: dict[str, Any] = {}
    for name in ("values.yaml", "values-prod.yaml"):
        _merge(found, yaml.safe_load((folder / name).read_text(encoding="utf-8")))
    return found


def _merge(into: dict[str, Any], over: dict[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value
