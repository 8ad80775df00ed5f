"""Makes a film with moviepy 2, as its own documentation would: `python moviepy_film.py plan.json`.

It runs in an environment that has moviepy and none of this project's modules; `others.moviepy` writes the plan. Each
shot is an `ImageClip` that is resized and placed anew in each frame, dissolves are `CrossFadeIn` over an overlap, the
watermark is a `TextClip` over all, and `write_videofile` encodes with libx264, the same preset and CRF.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from moviepy import CompositeVideoClip, ImageClip, TextClip, vfx

RAMP = 0.25


def _ease(progress: float) -> float:
    """Travel as `film.motion.easing` does."""
    if progress <= 0.0 or progress >= 1.0:
        return min(max(progress, 0.0), 1.0)
    if progress > 0.5:
        return 1.0 - _ease(1.0 - progress)
    steady = 1.0 / (1.0 - RAMP)
    if progress < RAMP:
        phase = progress / RAMP
        return steady * RAMP * (phase - math.sin(math.pi * phase) / math.pi) / 2.0
    return steady * (progress - RAMP / 2.0)


def _shot(
    item: dict[str, Any], path: str, size: tuple[int, int], fps: float, first: float, dissolve: int, tail: int
) -> Any:
    """Make a shot that begins at a second of the film, with what dissolves need before and behind it."""
    width, height = size
    start, end = item["move"]["start"], item["move"]["end"]
    last = max(item["move"]["frames"] - 1, 1) / fps
    lead = dissolve // 2 / fps

    def at(name: str) -> Callable[[float], float]:
        return lambda t: start[name] + (end[name] - start[name]) * _ease((t - lead) / last)

    scale, x, y = at("scale"), at("x"), at("y")
    still = ImageClip(path).with_duration((item["frames"] + dissolve // 2 + tail) / fps)
    if start != end:
        # A window of this scale fills the frame when the whole picture is larger by its inverse.
        still = still.resized(lambda t: 1.0 / scale(t)).with_position(
            lambda t: (width * (0.5 - x(t) / scale(t)), height * (0.5 - y(t) / scale(t)))
        )
    shot = CompositeVideoClip([still], size=size, bg_color=(0, 0, 0)).with_duration(still.duration)
    if dissolve:
        shot = shot.with_effects([vfx.CrossFadeIn(dissolve / fps)])
    return shot.with_start(first - lead)


def main(plan: Path) -> None:
    """Make the film of a plan."""
    order = json.loads(plan.read_text(encoding="utf-8"))
    cut = order["cut"]
    size, fps = (cut["width"], cut["height"]), float(cut["fps"])
    dissolves = [item["transition_in_frames"] if item["transition_in"] == "dissolve" else 0 for item in cut["items"]]
    clips, first = [], 0
    for item, dissolve, following in zip(cut["items"], dissolves, [*dissolves[1:], 0], strict=True):
        tail = following - following // 2
        clips.append(_shot(item, order["stills"][item["media_sha256"]], size, fps, first / fps, dissolve, tail))
        first += item["frames"]
    if order["watermark"]:
        em = order["em"]
        mark = TextClip(
            font=order["font"],
            text=order["watermark"],
            font_size=round(em),
            color="white",
            stroke_color="black",
            stroke_width=1,
            margin=(round(em), round(em)),
        ).with_opacity(0.72)
        clips.append(mark.with_duration(first / fps).with_position(("right", "bottom")))
    whole = CompositeVideoClip(clips, size=size, bg_color=(0, 0, 0)).with_duration(first / fps)
    whole.write_videofile(
        order["out"],
        fps=fps,
        codec="libx264",
        preset=order["preset"],
        audio=False,
        threads=order["threads"],
        ffmpeg_params=["-crf", str(order["crf"]), "-pix_fmt", "yuv420p"],
        logger=None,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
