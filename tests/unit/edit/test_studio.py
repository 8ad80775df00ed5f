from __future__ import annotations

from pathlib import Path

import av
import pytest

from film.edit.subtitles import read_subtitles
from film.edit.verify import check_film
from film.studio import make_film
from schemas.enums import RendererName
from schemas.errors import InvalidRequest, InvalidScript
from schemas.jobs import FilmOptions
from schemas.rate import NTSC

SCRIPT = """Title: The Lamp

INT. KITCHEN - NIGHT

ANNA lights a lamp.

ANNA
There you are.

EXT. BEACH - DAY

Anna walks along the sea.

Behind Anna, a DOG barks. PULL FOCUS TO the lighthouse.

FADE OUT.
"""
SMALL = FilmOptions(width=160, height=90, fps=12)


def test_a_script_becomes_a_film(tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    report = make_film(SCRIPT, "lamp.fountain", out, SMALL)
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]
    assert report.subtitles
    assert report.bytes == out.stat().st_size
    full = check_film(out, frames=report.frames, fps=12, width=160, height=90, full=True)
    assert full.decoded == report.frames


@pytest.mark.parametrize("name", NTSC)
def test_a_film_has_the_rates_of_ntsc_exactly(name: str, tmp_path: Path) -> None:
    rate, out = NTSC[name], tmp_path / "film.mp4"
    report = make_film(SCRIPT, "lamp.fountain", out, SMALL.model_copy(update={"fps": rate}))
    check_film(out, frames=report.frames, fps=rate, width=160, height=90, full=True)
    with av.open(str(out)) as film:
        (stream,) = film.streams.video
        assert stream.average_rate == stream.base_rate == rate
        assert (stream.duration or 0) * (stream.time_base or 0) == report.frames / rate
    shown = [round(float(edge * rate), 2) % 1 for said in read_subtitles(out) for edge in (said.start_s, said.end_s)]
    assert shown
    assert set(shown) == {0.0}


def test_the_same_script_becomes_the_same_film(tmp_path: Path) -> None:
    for name in ("1.mp4", "2.mp4"):
        make_film("A cat sleeps.", "cat.txt", tmp_path / name, SMALL)
    assert (tmp_path / "1.mp4").read_bytes() == (tmp_path / "2.mp4").read_bytes()


def test_what_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="storyboard"):
        make_film(SCRIPT, "x", tmp_path / "film.mp4", SMALL.model_copy(update={"renderer": RendererName.SDXL}))
    with pytest.raises(InvalidScript):
        make_film("Title: Nothing\n\n", "x.fountain", tmp_path / "film.mp4", SMALL)
    assert list(tmp_path.iterdir()) == []
