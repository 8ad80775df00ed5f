"""What titles cost: watermark, fades and burnt subtitles over the same film without them.

    python -m benchmarks.lettered [--size 1920x1080] [--shots 6] [--preset veryfast] [--runs 5]

Prints one JSON object. `extras_over_plain`: CPU time of rendering and encoding all segments with a watermark, a fade at
both ends of every third shot and a subtitle of two lines three quarters of the time, over that without; median of
interleaved pairs. `painted_over_plain`: the same of painting the frames alone, without the encoder.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.compose import film
from film.edit.encode import render_segment
from film.edit.frames import recipes
from film.edit.painter import Painter
from film.edit.segments import plan_segments
from film.edit.watermark import WORDS
from film.motion.i420 import empty_planes
from schemas.enums import SubtitleMode, TransitionKind
from schemas.timeline import Cue, Cut, EncoderSettings

LINES = (
    "You said the last ferry leaves at nine.\nIt is ten past nine.",
    "I am still standing here, Tom,\nand nobody is.",
)


def with_extras(cut: Cut) -> Cut:
    """Add to a film what viewers get besides its pictures: fades, and subtitles that are burnt in.

    Args:
        cut: Any film. Its length and its pictures stay what they are.
    """
    items, cues, begin = [], [], 0
    for index, item in enumerate(cut.items):
        if index % 3 == 0 and item.transition_in is TransitionKind.CUT:
            fade = {"transition_in": TransitionKind.FADE, "transition_in_frames": item.frames // 8}
            item = item.model_copy(update=fade)
        items.append(item)
        start, end = begin + item.frames // 8, begin + item.frames * 7 // 8
        cues.append(Cue(start=start, end=end, text=LINES[index % len(LINES)]))
        begin += item.frames
    return cut.model_copy(update={"items": tuple(items), "cues": tuple(cues), "subtitles": SubtitleMode.BURNT})


def cpu_seconds(cut: Cut, media: dict[str, Path], encoder: EncoderSettings, folder: Path) -> tuple[float, float]:
    """Make a film's segments one after another; CPU seconds with the encoder, and of painting alone."""
    segments = plan_segments(cut, encoder)
    began = time.process_time()
    for index, segment in enumerate(segments):
        render_segment(segment, media, folder / f"{index}.mp4", lambda _: None)
    encoded = time.process_time() - began
    began = time.process_time()
    for segment in segments:
        with Painter(segment, media, empty_planes(segment.width, segment.height)) as painter:
            for recipe in recipes(segment.items):
                painter.paint(recipe)
    return encoded, time.process_time() - began


def measure(width: int, height: int, shots: int, preset: str, runs: int) -> dict[str, object]:
    """Measure pairs, interleaved."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain, media = film(width, height, shots, folder)
        extra = with_extras(plain)
        marked = EncoderSettings(preset=preset, watermark=WORDS)
        pairs = []
        for _ in range(runs):
            without = cpu_seconds(plain, media, EncoderSettings(preset=preset), folder)
            pairs.append((cpu_seconds(extra, media, marked, folder), without))
    ratios = [tuple(one / other for one, other in zip(*pair, strict=True)) for pair in pairs]
    return {
        "extras_over_plain": round(statistics.median(ratio[0] for ratio in ratios), 4),
        "painted_over_plain": round(statistics.median(ratio[1] for ratio in ratios), 4),
        "all": [[round(part, 4) for part in ratio] for ratio in ratios],
        "frames": plain.frames,
        "size": f"{width}x{height}",
        "preset": preset,
        "encoded_s": round(statistics.median(pair[1][0] for pair in pairs), 3),
        "painted_s": round(statistics.median(pair[1][1] for pair in pairs), 3),
    }


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--shots", type=int, default=6)
    parser.add_argument("--preset", default="veryfast")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    width, height = map(int, given.size.split("x"))
    print(json.dumps(measure(width, height, given.shots, given.preset, given.runs)))


if __name__ == "__main__":
    main()
