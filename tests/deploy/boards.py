"""What is on Grafana's dashboards, for the tests that look at it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.deploy.helm import CHART

Board = dict[str, Any]

BOARDS: dict[str, Board] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((CHART / "dashboards").glob("*.json"))
}

ELSEWHERE = {
    "kube_node_info",  # kube-state-metrics
    "container_cpu_usage_seconds_total", "container_memory_working_set_bytes",  # the kubelet
    "up",  # Prometheus itself
}  # fmt: skip
"""Figures that no process of ours tells."""

OF_CARDS = {"studio_gpu_busy_ratio", "studio_gpu_memory_used_bytes", "studio_gpu_memory_bytes"}
"""Figures that a GPU worker tells where its machine has a card: tests/unit/infrastructure/test_gpu_figures.py."""

_GRAFANAS = {"$__rate_interval": "5m", "$__interval": "1m", "$__range": "1h"}
_NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9_:]*(?=\s*[{[)])|(?<=\()[A-Za-z_]\w*(?=\))")


def panels(board: Board) -> Iterator[dict[str, Any]]:
    """Those of a board that ask something."""
    return (panel for panel in board["panels"] if "targets" in panel)


def expressions(panel: dict[str, Any]) -> list[str]:
    """What a panel asks."""
    return [target["expr"] for target in panel["targets"]]


def plain(expression: str) -> str:
    """An expression as Prometheus is asked it, once Grafana has put in what it knows."""
    for name, value in _GRAFANAS.items():
        expression = expression.replace(name, value)
    return expression


def figures_in(expression: str) -> set[str]:
    """The figures that an expression is of."""
    bare = re.sub(r"\b(?:by|without|on|ignoring|group_left|group_right) *\([^)]*\)", "", expression)
    return {found for found in _NAME.findall(bare) if found not in _FUNCTIONS}


_FUNCTIONS = {"sum", "max", "min", "avg", "count", "rate", "increase", "topk", "histogram_quantile"}


def all_figures() -> set[str]:
    """All that are on the boards."""
    return {
        figure
        for board in BOARDS.values()
        for panel in panels(board)
        for expression in expressions(panel)
        for figure in figures_in(expression)
    }
