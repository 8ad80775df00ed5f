"""How long composition takes: against FFmpeg that only encodes, against moviepy, and against one large filter graph.

    python -m benchmarks.compose [--json] [--quick] [--runs 5] [--only NAME …] [--size 1920x1080] [--shots 24]
    python -m benchmarks.compose --only bare --preset veryfast

The film: 24 shots of four seconds at 1920×1080 and 24 frames a second (15 shots a minute), four in five moving by a
tenth of the picture, a dissolve into every fourth, a watermark; pictures with the spectrum of photographs. Ours renders
and encodes its segments in as many processes as there are cores, one thread of x264 each, and joins them. Ways that
are compared take turns, and each is the median of its runs; `wall` and `cpu` are seconds, those of all its processes.

- `compose_over_bare.medium`, `.veryfast`: wall time over that of one FFmpeg which encodes the same frames, ready in
  memory, with libx264 on all cores and its own number of threads, the same preset, CRF 18. `compose_cpu_over_bare` is
  the same in CPU seconds, and `compose_over_bare_drawn` the same with flat pictures like a storyboard's, which cost the
  encoder half as much. `vmaf`: of our film against the frames it was made from.
- `moviepy_over_ours`, `giant_graph_over_ours`: the first `SHORT` shots by moviepy 2, and by FFmpeg as one graph of
  zoompan, xfade and concat; preset veryfast, over ours on the same shots.
- `extras_over_plain`: watermark, fades and burnt subtitles over the film without them; `extras` names those it had.
  `extras_over_plain_bare` is the limit beneath it: the frames of both films, ready in memory, by bare FFmpeg, so that
  it holds what the encoder asks for harder frames and nothing of ours. `extras_drawing_over_plain` is what painting
  them takes more, as if the encoder asked for nothing: see `benchmarks.composing.extras`.
- `jitter_px`: see `benchmarks.jitter`.
- `segmented_size_over_single`, `ssim_delta`: our film over the same encoded in one piece: bytes, and how much less
  similar it is to its frames.

It takes an hour and more on two idle cores. `--preset` measures bare with one preset alone. `--quick` makes a short,
small film once, to try the code.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.composing import extras as costs
from benchmarks.composing import others, quality
from benchmarks.composing.material import drawn, film, write_ready_frames
from benchmarks.composing.others import Took
from benchmarks.composing.place import Place, Way, in_turns, ours, ratio, render, seconds
from benchmarks.jitter import jitter_px
from film.edit.segments import plan_segments
from film.edit.watermark import WORDS
from schemas.timeline import Cut, EncoderSettings, Segment

SHOTS, SHORT = 24, 6
RUNS = 5
"""How often; where the reach is within 5 % of 1, more often."""
CRF = 18
PRESETS = ("medium", "veryfast")


def bare(place: Place) -> dict[str, Any]:
    """Measure against FFmpeg with ready frames, preset by preset; and what the film is worth."""
    result: dict[str, Any] = {"compose_over_bare": {}, "compose_cpu_over_bare": {}, "seconds": {}, "vmaf": {}}
    cut, stills = film(*place.size, place.shots, place.folder)
    frames, out = place.folder / "frames.yuv", place.folder / "film.mp4"
    write_ready_frames(plan_segments(cut, EncoderSettings(watermark=WORDS)), stills, frames)
    for preset in place.presets:
        encoder = EncoderSettings(preset=preset, crf=CRF, watermark=WORDS)
        took = _against_bare(place, cut, stills, encoder, frames, out)
        result["compose_over_bare"][preset] = ratio(took["ours"].wall, took["bare"].wall)
        result["compose_cpu_over_bare"][preset] = ratio(took["ours"].cpu, took["bare"].cpu)
        result["seconds"][preset] = {name: seconds(one) for name, one in took.items()}
        result["vmaf"][preset] = round(quality.vmaf(cut, out, frames, place.folder), 2)
    result["vmaf_least"] = min(result["vmaf"].values())
    result |= {"frames": cut.frames, "segments": len(plan_segments(cut, encoder))}
    result |= _price_of_segments(place, cut, stills, frames, out)
    frames.unlink()
    return result


def flat(place: Place) -> dict[str, Any]:
    """Measure the same with flat pictures, which leave the encoder less to do."""
    cut, stills = film(*place.size, place.shots, place.folder, drawn)
    encoder = EncoderSettings(preset="veryfast", crf=CRF, watermark=WORDS)
    frames = place.folder / "frames.yuv"
    write_ready_frames(plan_segments(cut, encoder), stills, frames)
    took = _against_bare(place, cut, stills, encoder, frames, place.folder / "film.mp4")
    frames.unlink()
    return {"compose_over_bare_drawn": {"veryfast": ratio(took["ours"].wall, took["bare"].wall)}}


def _against_bare(
    place: Place, cut: Cut, stills: dict[str, Path], encoder: EncoderSettings, frames: Path, out: Path
) -> dict[str, Took]:
    ways: dict[str, Way] = {
        "bare": partial(others.bare, cut, frames, encoder, place.folder / "bare.mp4"),
        "ours": partial(ours, place, cut, stills, encoder, out),
    }
    return in_turns(ways, place.runs)


def _price_of_segments(
    place: Place, cut: Cut, stills: dict[str, Path], frames: Path, segmented: Path
) -> dict[str, Any]:
    """Hold the film, as made last, against the same in one piece: nothing here depends on speed."""
    single = place.folder / "single.mp4"
    encoder = EncoderSettings(preset=place.presets[-1], crf=CRF, watermark=WORDS)
    whole = Segment(width=cut.width, height=cut.height, fps=cut.fps, items=cut.items, encoder=encoder)
    render(whole, stills, single)
    similar = [quality.ssim(cut, path, frames) for path in (segmented, single)]
    return {
        "segmented_size_over_single": ratio(segmented.stat().st_size, single.stat().st_size, 4),
        "ssim_delta": round(abs(similar[0] - similar[1]), 5),
        "ssim": similar[0],
        "megabytes": round(segmented.stat().st_size / 1e6, 2),
    }


def graph(place: Place) -> dict[str, Any]:
    """Measure against one filter graph."""
    return _against("giant_graph", others.graph, place)


def moviepy(place: Place) -> dict[str, Any]:
    """Measure against moviepy."""
    return _against("moviepy", others.moviepy, place)


def _against(name: str, way: Callable[..., Took], place: Place) -> dict[str, Any]:
    cut, stills = film(*place.size, min(SHORT, place.shots), place.folder)
    encoder = EncoderSettings(preset="veryfast", crf=CRF, watermark=WORDS)
    ways: dict[str, Way] = {
        name: partial(way, cut, stills, encoder, place.folder, place.folder / f"{name}.mp4"),
        "ours": partial(ours, place, cut, stills, encoder, place.folder / "film.mp4"),
    }
    took = in_turns(ways, place.runs)
    return {
        f"{name}_over_ours": ratio(took[name].wall, took["ours"].wall),
        f"{name}_cpu_over_ours": ratio(took[name].cpu, took["ours"].cpu),
        f"{name}_seconds": {one: seconds(spent) for one, spent in took.items()},
    }


def extras(place: Place) -> dict[str, Any]:
    """Measure what watermark, fades and burnt subtitles cost, and what of it is the encoder's."""
    return costs.extras(place, CRF)


def jitter(place: Place) -> dict[str, Any]:
    """Measure how steadily the camera moves."""
    return jitter_px(*place.size)


MEASURES: dict[str, Callable[[Place], dict[str, Any]]] = {
    one.__name__: one for one in (bare, flat, extras, graph, moviepy, jitter)
}


def _in_memory(wanted: int) -> str | None:
    """Find a folder in memory with room for so many bytes; None for the system's own place."""
    shared = Path("/dev/shm")
    return str(shared) if shared.is_dir() and shutil.disk_usage(shared).free > 2 * wanted else None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON, which is what is printed anyway")
    parser.add_argument("--quick", action="store_true", help="a short film, once: to try the code, not to measure")
    parser.add_argument("--only", nargs="+", choices=list(MEASURES), default=list(MEASURES))
    parser.add_argument("--preset", choices=PRESETS, help="of bare, which is then to be measured alone; else both")
    parser.add_argument("--size", default=None, help="1920x1080 unless quick")
    parser.add_argument("--shots", type=int, default=None)
    parser.add_argument("--runs", type=int, default=None)
    options = parser.parse_args()
    if options.preset is not None and options.only != [bare.__name__]:
        parser.error("--preset chooses what bare measures: give --only bare with it")
    presets = PRESETS if options.preset is None else (options.preset,)
    width, height = map(int, (options.size or ("640x360" if options.quick else "1920x1080")).split("x"))
    shots, runs = options.shots or (SHORT if options.quick else SHOTS), options.runs or (1 if options.quick else RUNS)
    cores = os.cpu_count() or 1
    memory = _in_memory(width * height * 3 // 2 * shots * 96)
    result: dict[str, Any] = {}
    with (
        tempfile.TemporaryDirectory(prefix="compose-", dir=memory) as folder,
        multiprocessing.get_context("spawn").Pool(cores) as pool,
    ):
        place = Place(Path(folder), pool, (width, height), shots, runs, options.quick, presets)
        cut, stills = film(64, 64, 1, place.folder)
        small = plan_segments(cut, EncoderSettings())[0]
        warm = [(small, stills, place.folder / f"warm-{core}.mp4") for core in range(cores)]
        pool.starmap(render, warm, chunksize=1)
        for name in options.only:
            result |= MEASURES[name](place)
    result |= {"size": f"{width}x{height}", "shots": shots, "crf": CRF, "runs": runs, "processes": cores}
    print(json.dumps({**result, "frames_in_memory": memory is not None, "quick": options.quick}))


if __name__ == "__main__":
    main()
