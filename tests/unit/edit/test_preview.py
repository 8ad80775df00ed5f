from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest

from film.edit.encode import render_segment
from film.edit.preview import PreviewWriter
from schemas.enums import ProfileName
from schemas.errors import EncoderFailed
from schemas.profiles import PROFILES
from schemas.rate import Rate
from schemas.timeline import Segment
from tests.unit.edit.films import HEIGHT, LUMA, WIDTH, item, quiet, stills

pytestmark = pytest.mark.slow

LENGTHS = (("a", 30), ("b", 26), ("c", 41))


def parts(folder: Path, profile: ProfileName, fps: Rate) -> list[Path]:
    encoder, files, paths = PROFILES[profile].encoder, stills(folder), []
    width, height = encoder.size_of(WIDTH, HEIGHT)
    for name, frames in LENGTHS:
        path = folder / f"{name}.{encoder.container}"
        shot = Segment(width=width, height=height, fps=fps, items=(item(name, frames),), encoder=encoder)
        render_segment(shot, files, path, quiet)
        paths.append(path)
    return paths


def played(playlist: Path) -> list[tuple[Fraction, float]]:
    """Time and mean luma of each frame, as a player gets them."""
    with av.open(str(playlist)) as container:
        base = Fraction(container.streams.video[0].time_base or 1)
        frames = container.decode(video=0)
        return [((frame.pts or 0) * base, float(frame.to_ndarray()[: frame.height].mean())) for frame in frames]


@pytest.mark.parametrize("fps", [12, 24, Fraction(24000, 1001)])
@pytest.mark.parametrize("profile", [ProfileName.H264, ProfileName.HEVC, ProfileName.AV1])
def test_a_playlist_grows_and_plays_at_every_length(tmp_path: Path, profile: ProfileName, fps: Rate) -> None:
    source, folder = tmp_path / "source", tmp_path / "preview"
    source.mkdir()
    folder.mkdir()
    writer, lumas = PreviewWriter(folder, fps), []
    for path, (name, frames) in zip(parts(source, profile, fps), LENGTHS, strict=True):
        writer.add(path, frames)
        lumas += [LUMA[name]] * frames
        text = (folder / "index.m3u8").read_text()
        assert "EVENT" in text
        assert "ENDLIST" not in text
        # A player that begins now is given all there is; the list is closed for it, so that it does not wait for more.
        closed = folder / "now.m3u8"
        closed.write_text(f"{text}#EXT-X-ENDLIST\n")
        frames_now = played(closed)
        assert [luma for _, luma in frames_now] == pytest.approx(lumas, abs=4)
        steps = {after[0] - before[0] for before, after in zip(frames_now, frames_now[1:], strict=False)}
        assert all(abs(step - 1 / Fraction(fps)) < Fraction(1, 20_000) for step in steps)
    writer.end()
    assert (folder / "index.m3u8").read_text().endswith("#EXT-X-ENDLIST\n")
    assert len(played(folder / "index.m3u8")) == sum(frames for _, frames in LENGTHS)
    names = {path.name for path in folder.iterdir()} - {"now.m3u8"}
    assert names == {"index.m3u8", "init.mp4", "piece_00001.m4s", "piece_00002.m4s", "piece_00003.m4s"}


def test_what_is_no_segment_is_refused_and_not_listed(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film" * 100)
    writer = PreviewWriter(tmp_path, 24)
    with pytest.raises(EncoderFailed):
        writer.add(broken, 24)
    assert {path.name for path in tmp_path.iterdir()} == {"broken.mp4"}
