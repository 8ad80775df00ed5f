"""Grafana's dashboards: whole, laid out without a gap in their meaning, and of expressions that Prometheus takes.

That every figure on them is told by some process, `tests/workflows/test_figures.py` shows with real ones.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.boards import BOARDS, expressions, figures_in, panels, plain
from tests.deploy.promtool import complaints, needs_promtool

WANTED = {
    # Specification 5.2, a board each: what it lists, and by which figure that is shown.
    "api-health": {
        "Requests, last hour": "studio_http_requests_total",
        "Error rate": "studio_http_requests_total",
        "Latency": "studio_http_request_seconds_bucket",
        "Active connections": "studio_http_requests_in_hand",
    },
    "job-processing": {
        "Queue depth": "studio_queue_messages",
        "Jobs in progress": "studio_films",
        "Average processing time": "temporal_workflow_endtoend_latency_seconds_sum",
        "Failure rate, last hour": "studio_films_ended_total",
    },
    "infrastructure": {
        "Machines": "kube_node_info",
        "GPU utilisation": "studio_gpu_busy_ratio",
        "Database": "studio_database_up",
        "Written to the store, last day": "studio_stored_bytes_total",
    },
}


def test_each_board_shows_what_the_specification_lists() -> None:
    assert BOARDS.keys() == WANTED.keys()
    for name, wanted in WANTED.items():
        shown: dict[str, str] = {}
        for panel in panels(BOARDS[name]):
            shown[panel["title"]] = shown.get(panel["title"], "") + " ".join(expressions(panel))
        for title, figure in wanted.items():
            assert figure in shown[title], title
    latency = [panel for panel in panels(BOARDS["api-health"]) if panel["title"] == "Latency"]
    assert [one["legendFormat"] for one in latency[0]["targets"]] == ["p50", "p95", "p99"]


@pytest.mark.parametrize("name", sorted(BOARDS))
def test_a_board_is_whole(name: str) -> None:
    board = BOARDS[name]
    assert board["uid"] == f"studio-{name}"
    assert {one["name"] for one in board["templating"]["list"]} == {"datasource", "namespace"}
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids))
    for panel in panels(board):
        assert panel["datasource"]["uid"] == "${datasource}"
        refs = [target["refId"] for target in panel["targets"]]
        assert len(refs) == len(set(refs)) >= 1
        assert all(target["legendFormat"] for target in panel["targets"])
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        place = panel["gridPos"]
        cells = set(
            itertools.product(range(place["x"], place["x"] + place["w"]), range(place["y"], place["y"] + place["h"]))
        )
        assert place["x"] + place["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells


@pytest.mark.parametrize("name", sorted(BOARDS))
def test_figures_of_ours_are_of_one_installation(name: str) -> None:
    """Prometheus may know several; what the kubelet tells of pods is of all namespaces, too."""
    for panel in panels(BOARDS[name]):
        for expression in expressions(panel):
            for figure in figures_in(expression):
                if figure.startswith(("studio_", "temporal_", "container_")):
                    assert f'{figure}{{namespace="$namespace"' in expression, expression


@needs_promtool
def test_prometheus_takes_every_expression(tmp_path: Path) -> None:
    said = {
        f"{name}:{panel['id']}:{number}": plain(expression)
        for name, board in BOARDS.items()
        for panel in panels(board)
        for number, expression in enumerate(expressions(panel))
    }
    assert len(said) > 40
    assert checked(tmp_path, said) == ""
    assert "parse error" in checked(tmp_path, {"broken": "sum by (rate(studio_films[5m]))"})


def checked(folder: Path, said: dict[str, str]) -> str:
    """What promtool says against expressions, each as a rule; nothing where it takes them all."""
    rules = [
        {"record": f"board:{number}", "expr": expression, "labels": {"panel": where}}
        for number, (where, expression) in enumerate(said.items())
    ]
    document: dict[str, Any] = {"groups": [{"name": "boards", "rules": rules}]}
    file = folder / "rules.yaml"
    file.write_text(yaml.safe_dump(document), encoding="utf-8")
    return complaints("check", file)


def test_boards_are_written_as_grafana_reads_them() -> None:
    for name, board in BOARDS.items():
        text = json.dumps(board)
        assert "${DS_" not in text, name  # what a board that is exported for others to import asks for
        assert len(text) < 512 * 1024  # a ConfigMap holds a mebibyte
