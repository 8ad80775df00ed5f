"""The commands that read scripts and start nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from cli import main
from schemas.script import SceneGraph

SCRIPT = "INT. KITCHEN - NIGHT\n\nANNA\nWho is [there]?\n\nEXT. SEA - DAY\n\nAnna rows.\n\nBO\nRow on.\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "old.fountain"
    path.write_text(SCRIPT)
    return path


def studio(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Type a command."""
    monkeypatch.setattr(sys, "argv", ["studio", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main.main()
    return int(ended.value.code or 0)


def test_diff_of_a_script_with_itself(
    script: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert studio(monkeypatch, "diff", script, script) == 0
    assert "Nothing changes" in capsys.readouterr().out


def test_diff_of_a_changed_line(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new.fountain"
    new.write_text(SCRIPT.replace("[there]", "[here]"))
    assert studio(monkeypatch, "diff", script, new) == 0
    table = capsys.readouterr().out
    assert "INT. KITCHEN - NIGHT" in table
    assert "Who is [here]?" in table
    assert "A new film draws 1 of" in table
    assert studio(monkeypatch, "diff", script, new, "--json") == 0
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert report["draw"] == report["shot_counts"]["changed"] == 1
    assert [scene["change"] for scene in report["scenes"]] == ["changed", "same"]
    assert report["encode"]["segments"] == 1


def test_brackets_in_a_script_are_its_own(
    script: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script.write_text(SCRIPT.replace("[there]", "[/bold]"))
    assert studio(monkeypatch, "analyze", script) == 0
    assert "[/bold]" in capsys.readouterr().out


def test_diff_of_what_is_not_there(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert studio(monkeypatch, "diff", script, tmp_path / "gone.fountain") == 2
    assert "gone.fountain" in capsys.readouterr().err


@pytest.mark.parametrize(("suffix", "begins"), [(".svg", b"<svg "), (".PNG", b"\x89PNG"), (".mmd", b"flowchart LR\n")])
def test_the_graph_as_a_picture(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, begins: bytes
) -> None:
    graph = tmp_path / f"graph{suffix}"
    assert studio(monkeypatch, "analyze", script, "--graph", graph) == 0
    assert graph.read_bytes().startswith(begins)


def test_the_graph_as_data(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "graph.json"
    assert studio(monkeypatch, "analyze", script, "--json", "--graph", graph) == 0
    found = SceneGraph.model_validate_json(graph.read_bytes())
    assert found == SceneGraph.model_validate(json.loads(capsys.readouterr().out)["graph"])
    assert "speaks_to" not in {edge.relation for edge in found.edges}
    assert {"appears_in", "set_at", "follows"} <= {edge.relation for edge in found.edges}


def test_a_graph_that_cannot_be_written(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert studio(monkeypatch, "analyze", script, "--graph", tmp_path / "graph.gif") == 2
    assert ".svg, .png, .mmd, .json" in capsys.readouterr().err
    assert studio(monkeypatch, "analyze", script, "--graph", tmp_path / "no" / "graph.svg") == 2
    assert [path.name for path in tmp_path.iterdir()] == ["old.fountain"]
