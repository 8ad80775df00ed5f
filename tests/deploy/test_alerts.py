"""Alerts: of figures that there are, tried firing and silent, each with a page that says what to do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml

from api.measure import REGISTRY
from tests.deploy.helm import CHART, ROOT
from tests.deploy.promtool import complaints, needs_promtool

ALERTS = CHART / "files" / "alerts.yaml"
TRIED = Path(__file__).with_name("alerts_test.yaml")


def names() -> set[str]:
    [group] = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return {rule["alert"] for rule in group["rules"]}


@needs_promtool
def test_each_fires_when_it_should_and_not_otherwise(tmp_path: Path) -> None:
    shutil.copy(ALERTS, tmp_path)
    shutil.copy(TRIED, tmp_path)
    assert complaints("check", tmp_path / ALERTS.name) == ""
    assert complaints("test", tmp_path / TRIED.name) == ""


def test_each_is_tried_firing() -> None:
    tests = yaml.safe_load(TRIED.read_text(encoding="utf-8"))["tests"]
    tried = {one["alertname"] for test in tests for one in test["alert_rule_test"] if one.get("exp_alerts")}
    assert tried == names()


def figures_of_alerts() -> set[str]:
    """Those that alerts are of."""
    return set(re.findall(r"\bstudio_[a-z_]+", ALERTS.read_text(encoding="utf-8")))


def test_each_is_of_figures_that_there_are() -> None:
    kinds = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"], "gauge": [""]}
    known = {one.name + suffix for one in REGISTRY.collect() for suffix in kinds[one.type]}
    asked = figures_of_alerts()
    assert asked <= known
    assert len(asked) > 4


def test_somebody_is_told_what_to_do_about_each() -> None:
    page = (ROOT / "docs" / "operations" / "alerts.md").read_text(encoding="utf-8")
    assert set(re.findall(r"(?m)^## (\w+)$", page)) == names()
