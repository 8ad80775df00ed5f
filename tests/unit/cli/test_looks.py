"""What `studio styles` and `studio analyze` print, and how a bad style or setting is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.analyze import analyze_script
from cli.diff import compare_scripts
from cli.orders import FilmOrder, read_settings
from cli.styles import show_styles
from schemas.errors import InvalidRequest
from schemas.script import Breakdown
from tests.unit.prompting.test_styles import MINE


def test_styles_lists_ours_and_those_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "linocut.toml").write_text(MINE, encoding="utf-8")
    monkeypatch.setenv("STUDIO_STYLES", str(tmp_path))
    show_styles(None, as_json=True)
    listed = json.loads(capsys.readouterr().out)
    assert {"noir", "claymation", "linocut"} <= set(listed)
    assert listed["linocut"]["palette"]["accent"] == "#aa0000"
    show_styles(None, as_json=False)
    assert "your own" in capsys.readouterr().out


def test_what_styles_prints_of_a_style_is_a_style_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("STUDIO_STYLES", raising=False)
    show_styles(None, as_json=True)
    noir = json.loads(capsys.readouterr().out)["noir"]
    palette = noir.pop("palette")
    lines = [f"{key} = {json.dumps(value)}" for key, value in noir.items()]
    lines += ["[palette]", *(f"{key} = {json.dumps(value)}" for key, value in palette.items())]
    (tmp_path / "copy.toml").write_text("\n".join(lines), encoding="utf-8")
    order = FilmOrder(Path("a"), Path("b"), style=str(tmp_path / "copy.toml"))
    assert order.look(None).palette == FilmOrder(Path("a"), Path("b"), style="noir").look(None).palette


def test_a_bad_style_file_ends_the_command_with_2_and_a_sentence_and_no_lab(tmp_path: Path) -> None:
    script, style = tmp_path / "a.fountain", tmp_path / "mine.toml"
    script.write_text("INT. BAR - DAY\n\nAnna waits.\n", encoding="utf-8")
    style.write_text(MINE.replace("line = 4.0", "line = 44"), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "cli.main", "film", str(script), "-o", str(tmp_path / "a.mp4"), "--style", str(style)],
        capture_output=True,
        text=True,
        env={"STUDIO_HOME": str(tmp_path / "lab"), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path.cwd())},
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "mine.toml" in ended.stderr
    assert "palette.line" in ended.stderr
    assert not (tmp_path / "lab").exists()


def test_analyze_tells_what_moderation_finds_and_keeps_it_out_of_the_breakdown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "a.fountain"
    script.write_text("INT. BAR - DAY\n\nAnna finds the h3roin.\n", encoding="utf-8")
    analyze_script(script, as_json=True)
    printed = capsys.readouterr()
    assert Breakdown.model_validate_json(printed.out).shots
    assert printed.err == "a.fountain, line 3: drugs (mild)\n"


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_MODERATION_REFUSE", "perhaps")
    with pytest.raises(InvalidRequest, match=r"STUDIO_MODERATION_REFUSE .*'off', 'mild'"):
        read_settings()


@pytest.mark.parametrize(("name", "word"), [("x.gif", ".png"), ("x", ".png"), ("nowhere/x.png", "does not exist")])
def test_a_sheet_of_styles_that_cannot_be_written_as_named_is_refused(tmp_path: Path, name: str, word: str) -> None:
    with pytest.raises(InvalidRequest, match=word):
        show_styles(tmp_path / name, as_json=True)
    assert list(tmp_path.iterdir()) == []


def test_diff_says_who_directs_and_takes_a_runtime(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "a.fountain", tmp_path / "b.fountain"
    old.write_text("INT. BAR - DAY\n\nAnna waits.\n", encoding="utf-8")
    new.write_text("INT. BAR - DAY\n\nAnna runs.\n", encoding="utf-8")
    compare_scripts(old, new, as_json=False, runtime="12")
    assert "directed by the rules, and 12 s long" in capsys.readouterr().out
    compare_scripts(old, new, as_json=True, runtime="12")
    found = json.loads(capsys.readouterr().out)
    assert (found["directed_by"], found["runtime_s"], found["seconds"]) == ("rules", 12.0, 12.0)
