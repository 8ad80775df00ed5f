"""The page that goes through the specification line by line: what it names is there."""

from __future__ import annotations

import re

import pytest

from tests.deploy.helm import ROOT

PAGE = ROOT / "docs" / "operations" / "specification.md"
_PATH = re.compile(
    r"`((?:tests|docs|schemas|infrastructure|activities|tf|docker|templates|files|values|dashboards)[\w./*-]*)`"
)


def found(path: str) -> bool:
    """Whether it is somewhere: in the repository, in deploy or in the chart."""
    path = path.replace("tf/", "terraform/") if path.startswith("tf/") else path
    places = (ROOT, ROOT / "deploy", ROOT / "deploy" / "helm" / "ai-film-studio")
    return any(any(place.glob(path.rstrip("/"))) for place in places)


def test_every_file_that_it_names_is_there() -> None:
    named = _PATH.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > 40
    assert [path for path in named if path != "tf" and not found(path)] == []


def test_nothing_is_found_that_is_not_there() -> None:
    assert not found("templates/nothing.yaml")
    assert not found("tf/modules/nothing")


@pytest.mark.parametrize("section", ["2.3", "2.5", "2.6", "3", "4", "5", "6.2", "7", "8", "9"])
def test_every_section_is_gone_through(section: str) -> None:
    _, _, after = PAGE.read_text(encoding="utf-8").partition(f"\n## {section} ")
    lines = [line for line in after.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    assert len(lines) > 2
    # Each line says what became of it.
    assert all(line.split("|")[3].strip() for line in lines[1:])
