"""How others make the same film: FFmpeg with frames that are ready, FFmpeg with one large filter graph, moviepy."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import font_roboto
import imageio_ffmpeg

from film.edit.watermark import LETTER
from film.motion.easing import RAMP
from schemas.enums import TransitionKind
from schemas.errors import InvalidRequest
from schemas.timeline import Cut, CutItem, EncoderSettings

MOVIEPY = Path(".bench") / "moviepy" / "bin" / "python"
"""The Python of the environment that has moviepy: it asks for an older Pillow than ours, and so lives apart."""

OVERSAMPLED = 2
"""How many times larger zoompan is given a picture: it moves by whole pixels of what it is given."""


@dataclass(frozen=True)
class Took:
    """What something took, in seconds."""

    wall: float
    cpu: float
    """Of all its processes together."""


def ffmpeg(*arguments: str | Path) -> list[str]:
    """Begin a command line of FFmpeg."""
    return [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-y",
        "-nostdin",
        "-hide_banner",
        "-loglevel",
        "error",
        *map(str, arguments),
    ]


def timed(command: Sequence[str], cwd: Path | None = None) -> Took:
    """Run a command and measure it, with the processes it starts."""
    before, began = children_cpu(), time.perf_counter()
    subprocess.run(command, check=True, cwd=cwd)
    return Took(time.perf_counter() - began, children_cpu() - before)


def children_cpu() -> float:
    """Return the CPU seconds of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def raw(cut: Cut, frames: Path) -> list[str | Path]:
    """Let FFmpeg read ready frames."""
    size = f"{cut.width}x{cut.height}"
    return ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", str(cut.fps), "-i", frames]


def x264(encoder: EncoderSettings) -> list[str]:
    """Let FFmpeg encode with our settings, on all cores and with its own number of threads."""
    return ["-an", "-c:v", "libx264", "-preset", encoder.preset, "-crf", str(encoder.crf), "-pix_fmt", "yuv420p"]


def bare(cut: Cut, frames: Path, encoder: EncoderSettings, out: Path) -> Took:
    """Encode ready frames, and do nothing else."""
    return timed(ffmpeg(*raw(cut, frames), *x264(encoder), out))


# One graph ---------------------------------------------------------------------------------------------------------


def graph(cut: Cut, stills: dict[str, Path], encoder: EncoderSettings, folder: Path, out: Path) -> Took:
    """Make the film as one filter graph: zoompan moves, xfade dissolves, concat cuts, drawtext marks.

    Args:
        cut: The film.
        stills: For each sha256, a picture.
        encoder: How to encode; its watermark is drawn, if it has one.
        folder: Where the graph and the watermark's words are written.
        out: The film.
    """
    script = folder / "graph.txt"
    script.write_text(graph_of(cut, encoder, folder), encoding="utf-8")
    inputs: list[str | Path] = []
    for item in cut.items:
        inputs += ["-i", stills[item.media_sha256]]
    return timed(ffmpeg(*inputs, "-/filter_complex", script, "-map", "[film]", "-r", str(cut.fps), *x264(encoder), out))


def graph_of(cut: Cut, encoder: EncoderSettings, folder: Path) -> str:
    """Write the graph.

    A dissolve of n frames lies half before the cut and half behind it: both shots are longer by their halves, and
    xfade takes the n frames back.
    """
    steps = []
    for index, item in enumerate(cut.items):
        following = cut.items[index + 1] if index + 1 < len(cut.items) else None
        steps.append(f"[{index}:v]{_zoompan(cut, item, _handles(item, following))}[shot{index}]")
    film, length = "shot0", cut.items[0].frames + _handles(cut.items[0], cut.items[1] if len(cut.items) > 1 else None)
    for index, item in enumerate(cut.items[1:], 1):
        following = cut.items[index + 1] if index + 1 < len(cut.items) else None
        frames = item.frames + _handles(item, following)
        joined = f"film{index}"
        if item.transition_in is TransitionKind.DISSOLVE:
            n = item.transition_in_frames
            offset = (length - n) / cut.fps
            steps.append(
                f"[{film}][shot{index}]xfade=transition=fade:duration={n / cut.fps:.6f}:offset={offset:.6f}[{joined}]"
            )
            length += frames - n
        else:
            steps.append(f"[{film}][shot{index}]concat=n=2:v=1,fps={cut.fps}[{joined}]")
            length += frames
        film = joined
    mark = _drawtext(cut, encoder.watermark, folder) if encoder.watermark else ""
    steps.append(f"[{film}]{mark}format=yuv420p[film]")
    return ";\n".join(steps)


def _handles(item: CutItem, following: CutItem | None) -> int:
    """Frames that a shot needs beyond its own, for the dissolves it takes part in."""
    before = item.transition_in_frames // 2 if item.transition_in is TransitionKind.DISSOLVE else 0
    if following is None or following.transition_in is not TransitionKind.DISSOLVE:
        return before
    return before + following.transition_in_frames - following.transition_in_frames // 2


def _zoompan(cut: Cut, item: CutItem, handles: int) -> str:
    """Move over a picture as `film.motion.easing` does, in zoompan's language."""
    last = max(item.move.frames - 1, 1)
    before = item.transition_in_frames // 2 if item.transition_in is TransitionKind.DISSOLVE else 0
    at = f"clip((on-{before})/{last},0,1)"
    way = _eased(at)
    start, end = item.move.start, item.move.end
    scale, x, y = (f"({a}+({b - a})*{way})" for a, b in ((start.scale, end.scale), (start.x, end.x), (start.y, end.y)))
    size = f"{cut.width}x{cut.height}"
    return (
        f"scale=iw*{OVERSAMPLED}:ih*{OVERSAMPLED}:flags=lanczos,zoompan=z='1/{scale}':x='iw*{x}-iw*{scale}/2'"
        f":y='ih*{y}-ih*{scale}/2':d={item.frames + handles}:s={size}:fps={cut.fps},setsar=1,settb=1/({cut.fps})"
    )


def _eased(at: str) -> str:
    steady = 1 / (1 - RAMP)

    def first(t: str) -> str:
        ramp = f"{steady * RAMP / 2}*({t}/{RAMP}-sin(PI*{t}/{RAMP})/PI)"
        return f"if(lt({t},{RAMP}),{ramp},{steady}*({t}-{RAMP / 2}))"

    return f"if(lte({at},0.5),{first(at)},1-{first(f'(1-{at})')})"


def _drawtext(cut: Cut, words: str, folder: Path) -> str:
    text = folder / "watermark.txt"
    text.write_text(words, encoding="utf-8")
    em = cut.height * LETTER
    return (
        f"drawtext=textfile={text}:expansion=none:fontfile={font_roboto.RobotoMedium}:fontsize={em:.1f}"
        f":fontcolor=white@0.72:borderw={em * 0.055:.1f}:bordercolor=black@0.38:x=w-tw-{em:.1f}:y=h-th-{em:.1f},"
    )


# moviepy -----------------------------------------------------------------------------------------------------------


def moviepy(cut: Cut, stills: dict[str, Path], encoder: EncoderSettings, folder: Path, out: Path) -> Took:
    """Make the film with moviepy's own means, in its own environment; see `benchmarks.composing.moviepy_film`.

    Raises:
        InvalidRequest: The environment is not there.
    """
    if not MOVIEPY.exists():
        raise InvalidRequest(f"{MOVIEPY} is not there; make it with `make {MOVIEPY.parents[1]}`, or leave moviepy out.")
    plan = folder / "moviepy.json"
    order = {
        "cut": cut.model_dump(mode="json"),
        "stills": {name: str(path) for name, path in stills.items()},
        "preset": encoder.preset,
        "crf": encoder.crf,
        "watermark": encoder.watermark,
        "font": font_roboto.RobotoMedium,
        "em": cut.height * LETTER,
        "threads": os.cpu_count() or 1,
        "out": str(out),
    }
    plan.write_text(json.dumps(order), encoding="utf-8")
    return timed([str(MOVIEPY.absolute()), str(Path(__file__).with_name("moviepy_film.py")), str(plan)], cwd=folder)
