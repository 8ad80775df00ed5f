"""Title, credits, captions, subtitles, logo and font, through the doors users have, on real servers."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from film.edit.cards import card_frames
from film.edit.timeline import read_timeline
from film.edit.verify import check_film
from schemas.artifact import job_key
from schemas.enums import MediaKind, SubtitleMode
from schemas.errors import InvalidRequest
from schemas.graphics import Credits, Graphics, Logo, TitleCard
from tests.studio import SCRIPT, SMALL, Studio
from tests.unit.edit.films import lumas
from tests.unit.edit.lettered import CREDITS, font, logo, sha

pytestmark = pytest.mark.lab

TITLED = SCRIPT.replace("Fog over", 'SUPER: "BREST, 1942 \N{GRINNING FACE}"\n\nFog over')


def lit(frame: NDArray[np.uint8], rows: slice, columns: slice = slice(None)) -> int:
    """How many samples of a part of a frame are as light as letters."""
    return int((frame[rows, columns] > 200).sum())


async def test_a_film_with_all_of_it(studio: Studio, folder: Path) -> None:
    graphics = Graphics(
        card=TitleCard(title="The Pier", subtitle="after nobody"),
        credits=Credits(sha256=sha(CREDITS.encode()), lines=4),
        subtitles=SubtitleMode.BURNT,
        logo=Logo(sha256=sha(logo())),
        font=sha(font()),
    )
    options = SMALL.model_copy(update={"graphics": graphics, "runtime_s": 30.0})
    async with studio.working():
        submitted, result = await studio.make(TITLED, options=options, files=(CREDITS.encode(), logo(), font()))
    assert result.frames == 30 * 12, "the cards take of the runtime"
    assert len(result.notes) == 1
    assert "U+1F600" in result.notes[0]
    assert result.dialogue is not None
    assert (result.dialogue.lines, result.dialogue.verbatim) == (2, 2)

    path = folder / "film.mp4"
    await studio.deps.store.get_file(result.output, path)
    report = check_film(path, frames=result.frames, fps=12, width=320, height=180, full=True)
    assert not report.subtitles
    key = job_key(submitted.film.job_id, "intermediate", "timeline.json")
    cut = read_timeline((await studio.deps.store.get_bytes(key)).decode())
    assert [item.shot for item in cut.items if item.media_kind is MediaKind.CARD] == ["title", "credits-01"]
    assert sum(item.frames for item in cut.items if item.media_kind is MediaKind.CARD) == card_frames(graphics, 12)

    shown = lumas(path)
    title, last = shown[cut.items[0].frames // 2], shown[-cut.items[-1].frames // 2]
    assert lit(title, slice(60, 110), slice(60, 260)) > 100
    assert lit(last, slice(20, 160), slice(40, 260)) > 100
    for cue in cut.cues:
        assert lit(shown[(cue.start + cue.end) // 2], slice(155, 172), slice(60, 260)) > 30
    (caption,) = cut.captions
    assert lit(shown[(caption.start + caption.end) // 2], slice(150, 173), slice(10, 160)) > 30
    assert all(lit(frame, slice(8, 28), slice(270, 306)) > 200 for frame in shown), "the logo is in every frame"

    poster = await studio.deps.store.get_bytes(job_key(submitted.film.job_id, "output", "poster.jpg"))
    picture = np.asarray(cv2.imdecode(np.frombuffer(poster, np.uint8), cv2.IMREAD_GRAYSCALE))
    assert picture.std() > 20, "a shot is the poster, not a card"


async def test_subtitles_beside_a_film(studio: Studio, folder: Path) -> None:
    options = SMALL.model_copy(update={"graphics": Graphics(subtitles=SubtitleMode.SIDECAR)})
    async with studio.working():
        submitted, result = await studio.make(options=options)
    assert result.dialogue is not None
    assert (result.dialogue.verbatim, result.dialogue.cues) == (2, 2)
    keys = await studio.keys(f"jobs/{submitted.film.job_id}/output/")
    assert {"subtitles.srt", "subtitles.vtt"} <= {key.rsplit("/")[-1] for key in keys}
    await studio.deps.store.get_file(result.output, folder / "film.mp4")
    with av.open(str(folder / "film.mp4")) as container:
        assert not container.streams.subtitles


@pytest.mark.parametrize(
    ("graphics", "files", "words"),
    [
        (Graphics(font=sha(b"no font")), (b"no font",), "no font"),
        (Graphics(logo=Logo(sha256=sha(b"no picture"))), (b"no picture",), "no PNG"),
        (Graphics(font=sha(b"other")), (b"no font",), "not those"),
        (Graphics(), (b"unasked",), "not those"),
    ],
)
async def test_a_file_that_is_not_what_it_should_be_is_refused_before_there_is_a_job(
    studio: Studio, graphics: Graphics, files: tuple[bytes, ...], words: str
) -> None:
    with pytest.raises(InvalidRequest, match=words):
        await studio.submit(options=SMALL.model_copy(update={"graphics": graphics}), files=files)
