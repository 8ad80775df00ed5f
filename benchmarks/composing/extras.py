"""What watermark, fades and burnt subtitles cost: together, to the encoder alone, and in drawing alone."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.composing import others
from benchmarks.composing.material import film, with_burnt_subtitles, with_fades, write_ready_frames
from benchmarks.composing.others import Took
from benchmarks.composing.place import Place, Way, drawing, in_turns, ours, ratio, seconds
from film.edit.segments import plan_segments
from film.edit.watermark import WORDS
from schemas.timeline import Cut, EncoderSettings


def extras(place: Place, crf: int) -> dict[str, Any]:
    """Hold a film with extras against the same without them, in three ways that take turns.

    Shots are named, as those of a script are: without names, a fade would move the boundaries of segments, and the two
    films be shared otherwise between the processes.

    Args:
        place: Where.
        crf: The encoder's rate factor.

    Returns:
        `extras_over_plain`: both as the service makes them, wall time over wall time. `extras_over_plain_bare`: the
        frames of both, ready in memory, encoded by one FFmpeg on all cores: what the encoder asks for other frames,
        whoever drew them. `extras_drawing_over_plain`: the plain film's time, and what painting the frames of the other
        takes more than painting its own, over the plain film's time: what extras would cost if the encoder asked for
        nothing. The same in CPU seconds, and `extras` names what was drawn.
    """
    cut, stills = film(*place.size, place.shots, place.folder)
    cut = cut.model_copy(update={"items": tuple(item.model_copy(update={"key": item.shot}) for item in cut.items)})
    rich, named = _with_extras(cut)
    plain = EncoderSettings(preset="veryfast", crf=crf)
    marked = plain.model_copy(update={"watermark": WORDS})
    ways: dict[str, Way] = {}
    for name, made, encoder in (("plain", cut, plain), ("extras", rich, marked)):
        ways[name] = partial(ours, place, made, stills, encoder, place.folder / f"{name}.mp4")
        ways[f"{name}_bare"] = partial(_bare, place, made, stills, encoder)
        ways[f"{name}_drawing"] = partial(drawing, place, plan_segments(made, encoder), stills)
    took = in_turns(ways, place.close_runs())
    return {
        "extras_over_plain": ratio(took["extras"].wall, took["plain"].wall),
        "extras_cpu_over_plain": ratio(took["extras"].cpu, took["plain"].cpu),
        "extras_over_plain_bare": ratio(took["extras_bare"].wall, took["plain_bare"].wall),
        "extras_cpu_over_plain_bare": ratio(took["extras_bare"].cpu, took["plain_bare"].cpu),
        "extras_drawing_over_plain": ratio(_drawn(took, "wall"), took["plain"].wall),
        "extras_drawing_cpu_over_plain": ratio(_drawn(took, "cpu"), took["plain"].cpu),
        "extras_seconds": {name: seconds(one) for name, one in took.items()},
        "extras": named,
    }


def _with_extras(cut: Cut) -> tuple[Cut, list[str]]:
    """Give a film all that is drawn into frames besides its pictures, and name it."""
    rich, named = with_fades(cut), ["watermark", "fades"]
    burnt = with_burnt_subtitles(rich)
    return (rich, named) if burnt is None else (burnt, [*named, "burnt subtitles"])


def _bare(place: Place, cut: Cut, stills: dict[str, Path], encoder: EncoderSettings) -> Took:
    """Encode ready frames. They are written anew, unmeasured: there is room in memory for those of one film."""
    frames = place.folder / "frames.yuv"
    write_ready_frames(plan_segments(cut, encoder), stills, frames)
    took = others.bare(cut, frames, encoder, place.folder / "bare.mp4")
    frames.unlink()
    return took


def _drawn(took: dict[str, Took], what: str) -> float:
    """Add to what a plain film takes what painting takes more with extras."""
    plain, more, less = (getattr(took[name], what) for name in ("plain", "extras_drawing", "plain_drawing"))
    added: float = plain + more - less
    return added
