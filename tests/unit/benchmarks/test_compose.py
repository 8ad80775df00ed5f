"""What `benchmarks.compose` holds against what, tried with a film of stamps."""

from __future__ import annotations

import sys
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest

from benchmarks import compose
from benchmarks.composing.extras import extras
from benchmarks.composing.place import Place


def test_one_preset_is_measured_with_bare_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["compose", "--preset", "medium"])
    with pytest.raises(SystemExit) as ended:
        compose.main()
    assert ended.value.code == 2
    assert "--only bare" in capsys.readouterr().err


def test_extras_are_held_against_their_frames_and_their_drawing(tmp_path: Path) -> None:
    with ThreadPool(1) as pool:
        place = Place(tmp_path, pool, (64, 64), 3, runs=1, quick=True, presets=("veryfast",))
        found = extras(place, crf=30)
    assert found["extras"] == ["watermark", "fades", "burnt subtitles"]
    took = found["extras_seconds"]
    assert set(took) == {f"{film}{way}" for film in ("plain", "extras") for way in ("", "_bare", "_drawing")}
    assert all(found[key] > 0 for key in found if "_over_" in key)
    assert not list(tmp_path.glob("*.yuv")), "ready frames are as large as memory"
