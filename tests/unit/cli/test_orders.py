from __future__ import annotations

from pathlib import Path

import pytest

from cli.analyze import analyze_script
from cli.orders import parse_runtime
from schemas.errors import InvalidRequest

_FERRY = Path(__file__).parents[3] / "examples" / "the_last_ferry.fountain"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("1:30", 90), (" 0:05.5 ", 5.5), ("1:02:03", 3723), ("120:00", 7200)],
)
def test_a_runtime_is_read(text: str, seconds: float) -> None:
    assert parse_runtime(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "0", "-5", "1:75", "1:90:00", "7:00:00", "nan", "1e3"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="--runtime"):
        parse_runtime(text)


def test_the_analysis_shows_rules_pacing_and_the_runtime(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    analyze_script(_FERRY, as_json=False, runtime="1:00")
    shown = capsys.readouterr().out
    assert "60.0 s" in shown
    assert "establ" in shown
    assert any(bar in shown for bar in "▁▂▃▄▅▆▇█")


def test_a_narrow_terminal_keeps_shots_cameras_rules_and_what_is_seen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    analyze_script(_FERRY, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    first = next(line for line in lines if "s001-001" in line)
    assert "EWS pan left" in first
    assert "Fog lies over the harbour." in first
    assert "establishing" in lines[lines.index(first) + 1]
    assert any("‹NILA, ›OTTO" in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_a_runtime_that_is_too_short_names_the_shortest() -> None:
    with pytest.raises(InvalidRequest, match="at least"):
        analyze_script(_FERRY, as_json=True, runtime="5")
