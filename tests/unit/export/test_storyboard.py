"""The storyboard of a finished film: its own first frames, in its own order, beside its script."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pypdfium2

from film.direction import direct
from film.edit.cut import Media, make_cut
from film.edit.timeline import read_timeline, write_timeline
from film.export import Reel, make_reel
from film.export.media import first_frames
from film.export.storyboard import Script, write_storyboard
from film.motion import plan_move
from film.script import read
from film.sheet import rasterise
from schemas.enums import ShotSize
from schemas.script import Breakdown
from schemas.timeline import EncoderSettings

TEXT = """\
Title: Two Rooms

INT. KITCHEN - NIGHT

MARA opens a letter.

MARA
He said he would be here.

EXT. HARBOUR - DAY

A dog runs along the quay.
"""
WIDTH, HEIGHT = 320, 180


def film(folder: Path) -> tuple[Breakdown, Reel, dict[str, Path]]:
    """A film whose pictures are plain grey, each of another lightness."""
    breakdown = direct(read(TEXT, "rooms.fountain"))
    media, files = {}, {}
    for number, shot in enumerate(breakdown.shots):
        sha256 = f"{number:064d}"
        files[sha256] = folder / f"{sha256}.png"
        cv2.imwrite(str(files[sha256]), np.full((HEIGHT, WIDTH, 3), lightness(number), np.uint8))
        media[shot.id] = Media(f"{sha256}.png", sha256)
    moves = {shot.id: plan_move(shot, width=WIDTH, height=HEIGHT, fps=24) for shot in breakdown.shots}
    cut = make_cut(breakdown, moves, media, width=WIDTH, height=HEIGHT)
    return breakdown, make_reel(read_timeline(write_timeline(cut))), files


def lightness(number: int) -> int:
    return 60 + 30 * number


def test_each_shot_is_shown_as_it_begins_without_its_fade(tmp_path: Path) -> None:
    breakdown, reel, media = film(tmp_path)
    frames = list(first_frames(reel, [shot.id for shot in breakdown.shots], EncoderSettings(), media))
    assert len(frames) == len(breakdown.shots) > 2
    for number, png in enumerate(frames):
        picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        assert picture.shape == (HEIGHT, WIDTH, 3)
        assert abs(float(picture.mean()) - lightness(number)) < 3


def test_a_film_is_printed_and_twice_the_same(tmp_path: Path) -> None:
    breakdown, reel, media = film(tmp_path)
    script = Script(breakdown, TEXT, "Cinematic")
    sheets = [write_storyboard(reel, script, EncoderSettings(), media) for _ in range(2)]
    assert sheets[0].pdf == sheets[1].pdf
    assert not sheets[0].missing
    pages = list(rasterise(sheets[0].pdf, ".png"))
    assert len(pages) == sheets[0].pages


def test_the_size_in_which_a_shot_is_drawn_is_printed(tmp_path: Path) -> None:
    breakdown, reel, media = film(tmp_path)
    first = breakdown.shots[0]
    script = Script(breakdown, TEXT, "Cinematic", {first.id: ShotSize.FS})
    made = write_storyboard(reel, script, EncoderSettings(), media)
    with pypdfium2.PdfDocument(made.pdf) as document:
        words = document[0].get_textpage().get_text_bounded()
    assert f"{first.size.value}, drawn FS, full" in " ".join(words.split())


def test_a_shot_that_was_taken_out_is_not_printed(tmp_path: Path) -> None:
    breakdown, reel, media = film(tmp_path)
    shorter = make_reel(reel.cut.model_copy(update={"items": reel.cut.items[:1], "cues": ()}))
    whole = write_storyboard(reel, Script(breakdown, TEXT, "Noir"), EncoderSettings(), media)
    less = write_storyboard(shorter, Script(breakdown, TEXT, "Noir"), EncoderSettings(), media)
    assert len(less.pdf) < len(whole.pdf)
