"""The formats of a hand-over, as a table: what each is called, how it is written, and what it loses of a film."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from film.edit.cues import to_srt, to_vtt
from film.export.edl import write_edl
from film.export.fcp7xml import write_fcp7xml
from film.export.fcpxml import write_fcpxml
from film.export.otio import write_otio, write_otioz
from film.export.reel import Reel
from film.export.shotlist import write_csv
from schemas.enums import ExportFormat


def _no_loss(_: Reel) -> list[str]:
    return []


def _levels(reel: Reel) -> list[str]:
    if reel.cut.soundtrack is None:
        return []
    return ["how the sound was levelled, and how music made room for voices: sounds are as they were given"]


def _gains(reel: Reel) -> list[str]:
    track = reel.cut.soundtrack
    count = sum(bool(clip.gain_db) for clip in track.clips) if track is not None else 0
    return [f"the gain of {count} {'sounds' if count > 1 else 'sound'}"] if count else []


def _sounds(reel: Reel) -> list[str]:
    count = len(reel.cut.soundtrack.clips) if reel.cut.soundtrack is not None else 0
    return [f"{count} {'sounds' if count > 1 else 'sound'}: the files lie beside it"] if count else []


def _fades(reel: Reel) -> str:
    count = sum(bool(clip.fade_in) + bool(clip.fade_out) for clip in reel.clips)
    return f"{count} {'fades' if count > 1 else 'fade'}" if count else ""


def _wipes(reel: Reel) -> list[str]:
    count = sum(clip.wipes for clip in reel.clips)
    return [f"{count} {'wipes' if count > 1 else 'wipe'}: written as dissolves"] if count else []


def _whites(reel: Reel) -> list[str]:
    count = sum(clip.whites for clip in reel.clips)
    return [f"{count} {'fades' if count > 1 else 'fade'} from or to white: written as fades of black"] if count else []


def _lost_by_fcpx(reel: Reel) -> list[str]:
    return [*_wipes(reel), *_whites(reel), *_subtitles(reel), *_levels(reel)]


def _subtitles(reel: Reel) -> list[str]:
    count = len(reel.cut.cues)
    return [f"{count} subtitles: import the .srt that lies beside it"] if count else []


def _lost_by_otio(reel: Reel) -> list[str]:
    fades = _fades(reel)
    lost = [f'{fades}: written as custom transitions ("Dip to black"), which some programs pass over'] if fades else []
    wipes = sum(clip.wipes for clip in reel.clips)
    named = "wipes" if wipes > 1 else "wipe"
    lost += [f"{wipes} {named}: written as custom transitions, which some programs pass over"] if wipes else []
    return [*lost, *_whites(reel), *_gains(reel), *_levels(reel)]


def _lost_by_fcp7(reel: Reel) -> list[str]:
    fades = _fades(reel)
    return [
        *([f"{fades} from and to black"] if fades else []),
        *_wipes(reel),
        *_subtitles(reel),
        *_gains(reel),
        *_levels(reel),
    ]


def _lost_by_edl(reel: Reel) -> list[str]:
    return ["names longer than a line, the film's size, and reel names: every shot is AX, found by its file's name",
            *_whites(reel), *_subtitles(reel), *_sounds(reel)]  # fmt: skip


def _lost_by_subtitles(_: Reel) -> list[str]:
    return ["everything but the subtitles"]


def _lost_by_csv(_: Reel) -> list[str]:
    return ["everything but the list of shots"]


def _srt(reel: Reel, _: Path) -> bytes:
    return to_srt(reel.cut.cues, reel.fps).encode("utf-8", "replace")


def _vtt(reel: Reel, _: Path) -> bytes:
    return to_vtt(reel.cut.cues, reel.fps).encode("utf-8", "replace")


class Format(NamedTuple):
    """A format."""

    suffix: str
    write: Callable[[Reel, Path], bytes]
    """Given a reel and the folder in which its media lies in `media/`."""
    lost: Callable[[Reel], list[str]] = _no_loss
    """What it cannot carry of a film, a line each."""
    media: bool = True
    """Whether the shots lie beside it, a file each."""
    subtitles: bool = False
    """Whether a .srt lies beside it."""


FORMATS: Mapping[ExportFormat, Format] = {
    ExportFormat.OTIO: Format(".otio", write_otio, _lost_by_otio),
    ExportFormat.OTIOZ: Format(".otioz", write_otioz, _lost_by_otio),
    ExportFormat.FCP7XML: Format(".xml", write_fcp7xml, _lost_by_fcp7, subtitles=True),
    ExportFormat.FCPXML: Format(".fcpxml", write_fcpxml, _lost_by_fcpx, subtitles=True),
    ExportFormat.EDL: Format(".edl", write_edl, _lost_by_edl, subtitles=True),
    ExportFormat.SRT: Format(".srt", _srt, _lost_by_subtitles, media=False),
    ExportFormat.VTT: Format(".vtt", _vtt, _lost_by_subtitles, media=False),
    ExportFormat.CSV: Format(".csv", write_csv, _lost_by_csv, media=False),
}
"""All formats that are one document; `frames` are pictures, and `film.export.media.write_frames` makes them."""


def export(reel: Reel, to: ExportFormat, folder: Path, name: str) -> Path:
    """Write a reel's document, and its subtitles beside it where the format cannot carry them.

    Args:
        reel: The film.
        to: The format; not `FRAMES`.
        folder: Where to; its `media` folder holds the shots already where the format has media.
        name: The document's name without a suffix.

    Returns:
        The document.
    """
    form = FORMATS[to]
    path = folder / f"{name}{form.suffix}"
    write_whole(path, form.write(reel, folder))
    if form.subtitles and reel.cut.cues:
        write_whole(folder / f"{name}.srt", _srt(reel, folder))
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that appears only when it is whole, in the place of one that may be there."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
