"""How much longer composition takes than encoding the same frames with nothing else to do.

    python -m benchmarks.compose [--size 1280x720] [--shots 6] [--preset veryfast] [--runs 3]

Prints one JSON object. `compose_over_bare`: wall time of rendering, encoding and joining, on as many processes as
there are cores, over that of one FFmpeg with its own threads encoding the same frames, ready in memory; medians of
interleaved runs. `jitter_px`: mean second difference of the displacement of three patches, by phase correlation, over
a push-in on a 1/f picture at 1920×1080.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import multiprocessing
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import cv2
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from film.edit.cut import fit_transitions
from film.edit.encode import render_segment
from film.edit.frames import recipes
from film.edit.join import join_segments
from film.edit.painter import Painter
from film.edit.segments import plan_segments
from film.motion import StillCamera
from film.motion.i420 import Planes, empty_planes
from schemas.enums import TransitionKind
from schemas.timeline import CameraMove, Cut, CutItem, EncoderSettings, Framing, Segment

FPS = 24
SHOT_FRAMES = 96
WHOLE = Framing(x=0.5, y=0.5, scale=1.0)
MOVES = (
    (WHOLE, Framing(x=0.47, y=0.46, scale=0.9)),
    (Framing(x=0.44, y=0.5, scale=0.88), Framing(x=0.56, y=0.5, scale=0.88)),
    (Framing(x=0.5, y=0.47, scale=0.9), WHOLE),
    (WHOLE, WHOLE),
    (Framing(x=0.5, y=0.55, scale=0.9), Framing(x=0.5, y=0.45, scale=0.9)),
)


def flat_picture(width: int, height: int, seed: int) -> NDArray[np.uint8]:
    """Draw a picture like a storyboard's: a graded ground and flat shapes with clean outlines."""
    chance = np.random.default_rng(seed)
    upper, lower = chance.integers(40, 230, (2, 3))
    shade = np.linspace(0, 1, height)[:, None, None]
    picture = np.ascontiguousarray(np.repeat(upper + (lower - upper) * shade, width, axis=1).astype(np.uint8))
    for _ in range(24):
        corners = chance.random((6, 2)) * (width / 4, height / 2) + chance.random(2) * (width * 0.9, height * 0.8)
        hull = cv2.convexHull(corners.astype(np.int32))
        cv2.fillPoly(picture, [hull], [int(value) for value in chance.integers(20, 240, 3)], cv2.LINE_AA)
    return picture


def film(
    width: int, height: int, shots: int, folder: Path, shot_frames: int = SHOT_FRAMES
) -> tuple[Cut, dict[str, Path]]:
    """Make a cut of moving and standing shots, a dissolve into every fourth, and its pictures."""
    items, stills = [], {}
    for index in range(shots):
        path = folder / f"{index}.png"
        cv2.imwrite(str(path), flat_picture(width, height, index))
        name = hashlib.sha256(path.read_bytes()).hexdigest()
        stills[name] = path
        start, end = MOVES[index % len(MOVES)]
        dissolves = index % 4 == 2
        items.append(
            CutItem(
                shot=f"s001-{index + 1:03d}",
                name="",
                media_key=path.name,
                media_sha256=name,
                move=CameraMove(start=start, end=end, frames=shot_frames),
                frames=shot_frames,
                transition_in=TransitionKind.DISSOLVE if dissolves else TransitionKind.CUT,
                transition_in_frames=shot_frames // 8 if dissolves else 0,
            )
        )
    return Cut(title="bench", fps=FPS, width=width, height=height, items=fit_transitions(items)), stills


def _render(task: tuple[Segment, dict[str, Path], Path]) -> float:
    """Encode one segment in a worker; return its CPU seconds."""
    segment, stills, out = task
    began = time.process_time()
    render_segment(segment, stills, out, lambda _: None)
    return time.process_time() - began


def compose(
    pool: multiprocessing.pool.Pool, segments: Sequence[Segment], stills: dict[str, Path], folder: Path
) -> float:
    """Render, encode and join; return the seconds it took."""
    began = time.perf_counter()
    tasks = [(segment, stills, folder / f"{index}.mp4") for index, segment in enumerate(segments)]
    pool.map(_render, sorted(tasks, key=lambda task: -task[0].frames), chunksize=1)
    join_segments([task[2] for task in tasks], None, folder / "film.mp4", "bench", rate=FPS)
    return time.perf_counter() - began


def ready_frames(segments: Sequence[Segment], stills: dict[str, Path], path: Path) -> None:
    """Write all frames, uncompressed, for the reference."""
    with path.open("wb") as file:
        for segment in segments:
            canvas = empty_planes(segment.width, segment.height)
            painter = Painter(segment, stills, canvas)
            for recipe in recipes(segment.items):
                painter.paint(recipe)
                for plane in canvas:
                    file.write(plane.tobytes())


def bare(cut: Cut, frames: Path, encoder: EncoderSettings, out: Path) -> float:
    """Encode the ready frames with FFmpeg alone; return the seconds it took."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-nostdin", "-loglevel", "error", "-f", "rawvideo"]
    command += ["-pix_fmt", "yuv420p", "-s", f"{cut.width}x{cut.height}", "-r", str(cut.fps), "-i", str(frames)]
    command += ["-c:v", "libx264", "-preset", encoder.preset, "-crf", str(encoder.crf), str(out)]
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - began


def jitter(width: int = 1920, height: int = 1080, frames: int = 48) -> float:
    """Measure the camera's jitter in pixels a frame squared."""
    chance = np.random.default_rng(1)
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None])
    frequency[0, 0] = 1.0
    noise = np.fft.ifft2(np.fft.fft2(chance.standard_normal((height, width))) / frequency).real
    grey = ((noise - noise.min()) / np.ptp(noise) * 255).astype(np.uint8)
    move = CameraMove(start=WHOLE, end=Framing(x=0.5, y=0.5, scale=0.95), frames=96)
    camera = StillCamera(np.dstack([grey] * 3), move, width, height)
    patches = [(slice(top, top + 256), slice(left, left + 256)) for top, left in ((60, 60), (412, 1600), (760, 300))]
    window = cv2.createHanningWindow((256, 256), cv2.CV_64F)
    canvas: Planes = empty_planes(width, height)
    tracks: list[list[NDArray[np.float64]]] = [[] for _ in patches]
    for frame in range(24, 24 + frames):
        camera.render(frame, canvas)
        for track, patch in zip(tracks, patches, strict=True):
            track.append(canvas.y[patch].astype(np.float64))
    seconds = []
    for track in tracks:
        steps = [cv2.phaseCorrelate(one, other, window)[0] for one, other in itertools.pairwise(track)]
        seconds.append(np.hypot(*np.diff(np.array(steps), axis=0).T).mean())
    return float(np.mean(seconds))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--shots", type=int, default=6)
    parser.add_argument("--preset", default="veryfast")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    encoder = EncoderSettings(preset=options.preset)
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as place, multiprocessing.get_context("spawn").Pool(cores) as pool:
        folder = Path(place)
        cut, stills = film(width, height, options.shots, folder)
        segments = plan_segments(cut, encoder)
        ready_frames(segments, stills, folder / "frames.yuv")
        pool.map(_render, [(segments[0], stills, folder / f"warm-{core}.mp4") for core in range(cores)], chunksize=1)
        ours, theirs = [], []
        for _ in range(options.runs):
            theirs.append(bare(cut, folder / "frames.yuv", encoder, folder / "bare.mp4"))
            ours.append(compose(pool, segments, stills, folder))
        result = {
            "compose_over_bare": round(statistics.median(ours) / statistics.median(theirs), 3),
            "jitter_px": round(jitter(), 4),
            "compose_s": round(statistics.median(ours), 3),
            "bare_s": round(statistics.median(theirs), 3),
            "frames_per_second": round(cut.frames / statistics.median(ours), 1),
            "size_over_bare": round((folder / "film.mp4").stat().st_size / (folder / "bare.mp4").stat().st_size, 3),
            "frames": cut.frames,
            "segments": len(segments),
            "processes": cores,
            "preset": encoder.preset,
            "crf": encoder.crf,
            "size": options.size,
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
