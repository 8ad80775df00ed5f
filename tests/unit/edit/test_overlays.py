"""What lies over the frames: where, when, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from film.edit.encode import render_segment
from film.edit.overlays import placed_words
from film.edit.safe import safe_box
from film.edit.verify import check_segment
from film.lettering import Faces
from schemas.enums import Corner, OverlayKind
from schemas.errors import ArtifactMissing, InvalidRequest
from schemas.graphics import Lettering, Logo, Overlay
from schemas.timeline import Segment
from tests.unit.edit.films import (
    HEIGHT,
    WHOLE,
    WIDTH,
    dissolve,
    fade_out,
    item,
    lumas,
    quiet,
    segment,
    stills,
)
from tests.unit.edit.lettered import font, logo, sha

FACES = Faces()
SIZES = {"16:9": (1280, 720), "9:16": (406, 720), "1:1": (720, 720), "2.39:1": (1280, 536), "tiny": (64, 64)}


def said(start: int, end: int, text: str = "Where were you?") -> Overlay:
    return Overlay(kind=OverlayKind.SUBTITLE, start=start, end=end, text=text)


def titled(start: int, end: int, text: str = "PARIS, 1942") -> Overlay:
    return Overlay(kind=OverlayKind.CAPTION, start=start, end=end, text=text)


def made(spec: Segment, folder: Path, name: str, **files: Path) -> list[NDArray[np.int64]]:
    path = folder / f"{name}.mp4"
    render_segment(spec, {**stills(folder), **files}, path, quiet)
    check_segment(path, spec, stills(folder))
    return [frame.astype(int) for frame in lumas(path)]


def changed(plain: list[NDArray[np.int64]], other: list[NDArray[np.int64]]) -> list[NDArray[np.bool_]]:
    return [np.abs(one - two) > 24 for one, two in zip(plain, other, strict=True)]


def inside(box: tuple[float, ...], overlay: Overlay) -> tuple[slice, slice]:
    """The part of a frame in which words may stand, their shadow included."""
    block, place = placed_words(overlay, FACES, WIDTH, HEIGHT)
    spare = block.size * 0.7 + 2
    return (
        slice(max(0, int(place.top - spare)), int(place.bottom + spare)),
        slice(max(0, int(place.left - spare)), int(place.right + spare)),
    )


@pytest.mark.parametrize("move", [True, False], ids=["moving", "static"])
@pytest.mark.parametrize("overlay", [said(5, 13), titled(5, 13)], ids=["subtitle", "caption"])
def test_words_stand_in_their_place_at_exactly_their_frames(tmp_path: Path, overlay: Overlay, move: bool) -> None:
    shot = item("b", 20) if move else item("b", 20, move={"start": WHOLE, "end": WHOLE, "frames": 20})
    plain = made(segment(shot), tmp_path, "plain")
    lettered = made(segment(shot).model_copy(update={"overlays": (overlay,)}), tmp_path, "lettered")
    place = inside((), overlay)
    for number, where in enumerate(changed(plain, lettered)):
        # A caption that comes and goes is faint at its first and its last frame.
        faint = overlay.kind is OverlayKind.CAPTION and number in {5, 6, 11, 12}
        if overlay.start <= number < overlay.end:
            assert where[place].sum() > (0 if faint else 60)
        else:
            assert not where.any()
        where[place] = False
        assert not where.any()


def test_words_over_a_dissolve_and_a_fade_can_be_read(tmp_path: Path) -> None:
    shots = (item("a", 12), item("d", 12, **dissolve(6), **fade_out(6)))
    overlay = said(8, 24)
    frames = made(segment(*shots).model_copy(update={"overlays": (overlay,)}), tmp_path, "x")
    rows, columns = inside((), overlay)
    for frame in frames[8:]:
        part = frame[rows, columns]
        assert part.max() > 200
        assert part.min() < 60


def test_one_word_after_another(tmp_path: Path) -> None:
    spec = segment(item("b", 9)).model_copy(update={"overlays": (said(0, 3, "MMMMMM"), said(3, 6, "ll"))})
    bright = [int((frame > 150).sum()) for frame in made(spec, tmp_path, "x")]
    assert min(bright[:3]) > 4 * max(bright[3:6]) > 0
    assert max(bright[6:]) == 0


def test_a_caption_comes_and_goes(tmp_path: Path) -> None:
    spec = segment(item("a", 48)).model_copy(update={"overlays": (titled(2, 46),)})
    level = [float(np.sort(frame.ravel())[-40:].mean()) for frame in made(spec, tmp_path, "x")]
    assert level[2] < level[5] < level[8] < level[20]
    assert level[45] < level[40] < level[20]
    assert level[20] == pytest.approx(level[30], abs=6)


def test_a_caption_leaves_room_for_subtitles() -> None:
    for width, height in SIZES.values():
        caption = placed_words(titled(0, 1).model_copy(update={"raised": True}), FACES, width, height)[1]
        subtitle = placed_words(said(0, 1, "Two lines\nof words"), FACES, width, height)[1]
        assert caption.bottom <= subtitle.top + 1e-6 or (width, height) == (64, 64)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("text", ["Hello", "word " * 40, "W" * 200, "ש" * 90, "東" * 120, "one\ntwo\nthree"])
@pytest.mark.parametrize("kind", OverlayKind)
def test_words_stay_inside_the_title_safe_area(size: tuple[int, int], text: str, kind: OverlayKind) -> None:
    block, box = placed_words(Overlay(kind=kind, start=0, end=1, text=text), FACES, *size)
    safe = safe_box(*size)
    assert block.lines
    assert box.left >= safe.left - 0.5
    assert box.right <= safe.right + 0.5
    assert box.top >= safe.top - 0.5
    assert box.bottom <= safe.bottom + 0.5


def test_what_runs_leftwards_begins_at_the_right() -> None:
    assert placed_words(titled(0, 1, "שלום עולם"), FACES, 1280, 720)[1].right == pytest.approx(1216)
    assert placed_words(titled(0, 1, "Hello"), FACES, 1280, 720)[1].left == pytest.approx(64)


def test_words_that_no_font_can_write_are_no_boxes(tmp_path: Path) -> None:
    spec = segment(item("b", 4))
    plain = made(spec, tmp_path, "plain")
    lettered = made(spec.model_copy(update={"overlays": (said(0, 4, "😀🎬"),)}), tmp_path, "lettered")
    assert not any(where.any() for where in changed(plain, lettered))


@pytest.mark.parametrize("corner", Corner)
def test_a_logo_stands_in_its_corner_in_every_frame(tmp_path: Path, corner: Corner) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(logo())
    mark = Logo(sha256=sha(logo()), corner=corner, share=0.2)
    spec = segment(item("a", 3), item("b", 3)).model_copy(update={"logo": mark})
    frames = made(spec, tmp_path, "x", **{mark.sha256: path})
    for frame in frames:
        white = frame > 200
        rows, columns = np.nonzero(white)
        assert len(rows) > 500
        assert (rows.max() < HEIGHT / 2) == corner.is_upper
        assert (columns.max() < WIDTH / 2) == corner.is_left
        assert rows.min() >= HEIGHT * 0.05 - 1
        assert rows.max() <= HEIGHT * 0.95 + 1


def test_a_logos_colours_are_kept(tmp_path: Path) -> None:
    picture = np.zeros((40, 40, 4), np.uint8)
    picture[...] = (30, 60, 200, 255)
    path = tmp_path / "logo.png"
    cv2.imwrite(str(path), picture)
    mark = Logo(sha256=sha(path.read_bytes()), share=0.4)
    spec = segment(item("b", 2)).model_copy(update={"logo": mark})
    out = tmp_path / "x.mp4"
    render_segment(spec, {**stills(tmp_path), mark.sha256: path}, out, quiet)
    import av

    with av.open(str(out)) as container:
        shown = next(container.decode(video=0)).to_ndarray(format="bgr24")
    assert shown[40, 280].astype(int) == pytest.approx([30, 60, 200], abs=6)


def test_a_font_of_the_users_own_is_drawn_with(tmp_path: Path) -> None:
    path = tmp_path / "font.ttf"
    path.write_bytes(font())
    lettering = Lettering(font=sha(font()))
    usual = segment(item("b", 2)).model_copy(update={"overlays": (said(0, 2),)})
    own = usual.model_copy(update={"lettering": lettering})
    one, two = made(usual, tmp_path, "usual")[0], made(own, tmp_path, "own", **{sha(font()): path})[0]
    assert (two > 200).sum() > 1.15 * (one > 200).sum(), "its letters are heavier"


def test_files_that_are_gone_are_named(tmp_path: Path) -> None:
    spec = segment(item("b", 2))
    with pytest.raises(ArtifactMissing, match="logo"):
        made(spec.model_copy(update={"logo": Logo(sha256=sha(b"x"))}), tmp_path, "x")
    lettered = spec.model_copy(update={"overlays": (said(0, 2),), "lettering": Lettering(font=sha(b"x"))})
    with pytest.raises(ArtifactMissing, match="font"):
        made(lettered, tmp_path, "x")
    (tmp_path / "font").write_bytes(b"no font")
    with pytest.raises(InvalidRequest, match="font"):
        made(lettered, tmp_path, "x", **{sha(b"x"): tmp_path / "font"})
