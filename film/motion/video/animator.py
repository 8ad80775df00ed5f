"""Makes a shot's clip from its first and last keyframe with LTX. Begin reading here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from diffusers import LTXConditionPipeline
from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition
from numpy.typing import NDArray
from PIL import Image

from film.diffusion.device import free_memory, is_out_of_memory
from film.diffusion.loading import load, quiet
from film.models import check_tokenizer
from film.motion.clips import check_clip, encode_clip
from film.motion.i420 import Planes, from_bgr
from film.motion.video.lengths import frames_to_make, frames_to_show, pieces, size_to_make
from film.render.sdxl.sizes import Pixels, fit
from schemas.errors import ArtifactMissing, GpuOutOfMemory, PaintingCancelled, RenderRefused
from schemas.models import ModelFamily, ModelManifest
from schemas.painting import PaintingDevice
from schemas.rate import Rate

OnStep = Callable[[int, int], None]
"""Is told how many steps are done, and how many there are."""

TOKENS = 128
"""Tokens of a prompt that the model was trained to read; the rest is not read."""

DECODE_AT, DECODE_NOISE = 0.05, 0.025
"""Noise level at which the decoder is told that it works, and what it is given of it (as published with LTX 0.9.5);
decoders that were not trained for it take no notice."""


_NEXT_SEED = 0x9E37_79B9_7F4A_7C15
"""Added to the seed for the next piece of a shot: odd, so that no two pieces begin from the same noise."""


class VideoPainter:
    """Makes clips with one model on one device. Not for several threads at once."""

    def __init__(
        self, pipeline: Any, manifest: ModelManifest, device: PaintingDevice, *, steps: int = 30, guidance: float = 3.0
    ) -> None:
        """Take a loaded pipeline; `load_video_painter` makes one.

        Args:
            pipeline: diffusers' LTXConditionPipeline, on its device.
            manifest: Of its model.
            device: Where it runs.
            steps: Steps from noise to frames.
            guidance: How closely the words are followed; at 1 the negative prompt has no effect.
        """
        self.pipeline = pipeline
        self.manifest = manifest
        self._device = device
        self._steps = steps
        self._guidance = guidance

    def animate(
        self,
        first: bytes,
        last: bytes | None,
        *,
        prompt: str,
        negative: str,
        frames: int,
        fps: Rate,
        seed: int,
        on_step: OnStep,
        cancelled: Callable[[], bool],
    ) -> bytes:
        """Make the clip of a shot; of one longer than the model can make, in pieces that go on from each other.

        Args:
            first: The keyframe it begins with, as PNG; its size is the film's.
            last: The keyframe it ends with, of the same size; None leaves the end open.
            prompt: What is seen, and what happens.
            negative: What must not be seen.
            frames: Length of the shot, at least 1.
            fps: Frames per second.
            seed: Of the noise. The same one gives the same clip on the same device.
            on_step: Is told the steps done and to be done, of all pieces together, from this thread.
            cancelled: Is asked after each step whether to stop.

        Returns:
            The clip (see `film.motion.clips`), checked.

        Raises:
            RenderRefused: What was made is not numbers, black or frozen; another seed may do better.
            GpuOutOfMemory: The frames do not fit into the device's memory.
            PaintingCancelled: `cancelled` said so.
        """
        begin, end = _decoded(first), None if last is None else _decoded(last)
        height, width = begin.shape[:2]
        lengths = pieces(frames)
        asked = {
            "prompt": prompt,
            "negative_prompt": negative,
            "callback_on_step_end": _Steps(self._steps * len(lengths), on_step, cancelled),
        }
        made = self._pieces(lengths, begin, end, fps, seed, asked)
        clip = encode_clip((_planes(pixels, width, height) for pixels in made), width=width, height=height, fps=fps)
        check_clip(clip, frames=frames, width=width, height=height, fps=fps)
        return clip

    def _pieces(
        self, lengths: list[int], begin: Pixels, end: Pixels | None, fps: Rate, seed: int, asked: dict[str, Any]
    ) -> Iterator[Pixels]:
        """Make a shot piece by piece, each from the last frame of the one before: its frames, as large as made."""
        size = size_to_make(begin.shape[1], begin.shape[0])
        for number, frames in enumerate(lengths):
            count = frames_to_make(frames)
            conditions = [_condition(begin, size, 0)]
            if end is not None and number == len(lengths) - 1:
                conditions.append(_condition(end, size, count - 1))
            wanted = asked | {
                "conditions": conditions,
                "num_frames": count,
                # As long as the piece, whatever the number of frames: the model knows what speed looks like.
                "frame_rate": float(fps) * (count - 1) / max(frames - 1, 1),
            }
            made = self._make(wanted, size, (seed + number * _NEXT_SEED) % 2**63)
            # A piece's first frame is the last of the piece before, and was shown already.
            for shown in frames_to_show(count, frames)[min(number, 1) :]:
                begin = _pixels(made[shown])
                yield begin

    def _make(self, asked: dict[str, Any], size: tuple[int, int], seed: int) -> NDArray[np.float32]:
        """Run the model: frames × height × width × 3, red first, 0–1."""
        asked["callback_on_step_end"].check()
        settings = {
            "width": size[0],
            "height": size[1],
            "num_inference_steps": self._steps,
            "guidance_scale": self._guidance,
            # On the CPU, so that the noise is the same on every device.
            "generator": torch.Generator("cpu").manual_seed(seed),
            "decode_timestep": DECODE_AT,
            "decode_noise_scale": DECODE_NOISE,
            "max_sequence_length": TOKENS,
        }
        try:
            with quiet():
                made = self.pipeline(output_type="np", return_dict=False, **settings, **asked)[0][0]
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
        else:
            return np.asarray(made, np.float32)
        # Outside of the handler: the error's traceback holds on to the frames' tensors.
        free_memory(self.pipeline.device)
        raise GpuOutOfMemory(
            f"A clip of {asked['num_frames']} frames of {size[0]}×{size[1]} pixels does not fit into the memory of "
            f"{self._device.device}; use a device with more, or half precision."
        )


class _Steps:
    """Counts the steps of all pieces for a heartbeat, and stops at the next one when asked to."""

    def __init__(self, total: int, tell: OnStep, cancelled: Callable[[], bool]) -> None:
        self._done, self._total, self._tell, self._cancelled = 0, total, tell, cancelled

    def check(self) -> None:
        if self._cancelled():
            when = f"after {self._done} of {self._total} steps" if self._done else "before its first step"
            raise PaintingCancelled(f"Making the clip was called off {when}.")

    def __call__(self, _pipeline: Any, _step: int, _time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        self._done += 1
        self._tell(self._done, self._total)
        self.check()
        return tensors


_pipelines: dict[tuple[str, str], Any] = {}


def load_video_painter(
    folder: Path, manifest: ModelManifest, device: PaintingDevice, *, steps: int = 30, guidance: float = 3.0
) -> VideoPainter:
    """Load a video painter; its weights once in the life of a process for each model and device.

    Args:
        folder: The model's folder.
        manifest: What must lie there; every byte is held against it first.
        device: Where it shall run, and in which precision.
        steps: See `VideoPainter`.
        guidance: See `VideoPainter`.

    Raises:
        ModelRefused: The model is missing, damaged, unsafe or of another family.
        DeviceMissing: There is no such device.
    """
    key = (manifest.digest, device.model_dump_json())
    if key not in _pipelines:
        _pipelines[key] = _load(folder, manifest, device)
    return VideoPainter(_pipelines[key], manifest, device, steps=steps, guidance=guidance)


def _load(folder: Path, manifest: ModelManifest, device: PaintingDevice) -> Any:
    if manifest.family is ModelFamily.LTX:
        check_tokenizer(manifest)
    # Whichever of LTX's pipelines the folder names: their parts are the same.
    pipeline, where, _ = load(folder, manifest, device, ModelFamily.LTX, LTXConditionPipeline)
    if where.type != "cpu":
        pipeline.vae.enable_tiling()  # Decoding a whole clip at once takes more memory than making it.
    if device.compile:
        pipeline.transformer.compile_repeated_blocks(fullgraph=True)
    return pipeline


def _decoded(png: bytes) -> Pixels:
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR_RGB) if png else None
    if picture is None:
        raise ArtifactMissing("A keyframe of the clip cannot be decoded; make its shot again.")
    return np.asarray(picture, np.uint8)


def _condition(picture: Pixels, size: tuple[int, int], frame: int) -> Any:
    return LTXVideoCondition(image=Image.fromarray(fit(picture, *size)), frame_index=frame)


def _pixels(frame: NDArray[np.float32]) -> Pixels:
    """Bring a frame from 0–1 to bytes, red first."""
    if not np.isfinite(frame).all():
        raise RenderRefused("The video model made something that is no number; make the clip with another seed.")
    return np.asarray(np.rint(frame * 255.0).clip(0, 255), np.uint8)


def _planes(pixels: Pixels, width: int, height: int) -> Planes:
    """Bring a frame to the film's size and planes."""
    return from_bgr(np.asarray(cv2.cvtColor(fit(pixels, width, height), cv2.COLOR_RGB2BGR), np.uint8))
