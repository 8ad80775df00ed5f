"""Paints batches of keyframes. Begin reading here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import torch

from film.diffusion.device import find_device, free_memory, is_out_of_memory
from film.render.check import check_keyframe
from film.render.sdxl import gate, lora
from film.render.sdxl.aids import Aids
from film.render.sdxl.decode import decode, to_png
from film.render.sdxl.enlarge import Enlargers
from film.render.sdxl.loading import load_pipeline, use_scheduler
from film.render.sdxl.prompts import PromptEncoder
from film.render.sdxl.references import References
from film.render.sdxl.refine import Refiners
from film.render.sdxl.sizes import Pixels, fit, size_to_paint
from schemas.errors import GpuOutOfMemory, InvalidRequest, PaintingCancelled, RenderRefused, StudioError
from schemas.models import ModelManifest
from schemas.painting import LoraUse, Painting, PaintingDevice, Scheduler
from schemas.prompt import KeyframeSpec

OnStep = Callable[[int, int], None]
"""Is told how many steps are done, and how many there are; the second grows when a batch must be painted again."""

_NEXT_SEED = 0x9E37_79B9_7F4A_7C15
"""Added to a seed for the next try: odd, so that no seed comes back before all others were used."""


@dataclass(frozen=True)
class _Job:
    """A picture to be painted."""

    index: int
    spec: KeyframeSpec
    painting: Painting
    size: tuple[int, int]
    tries: int = 0

    @property
    def seed(self) -> int:
        return (self.spec.seed + self.tries * _NEXT_SEED) % 2**63

    @property
    def shared(self) -> tuple[str, tuple[int, int]]:
        """What the pictures of a batch have in common."""
        return self.painting.model_dump_json(), self.size


class _Steps:
    """Counts steps for a heartbeat, and stops at the next one when asked to."""

    def __init__(self, on_step: OnStep, cancelled: Callable[[], bool]) -> None:
        self._tell, self._cancelled = on_step, cancelled
        self.done, self.total = 0, 0

    def check(self) -> None:
        if self._cancelled():
            raise PaintingCancelled(f"Painting was called off after {self.done} of {self.total} steps.")

    def count(self) -> None:
        self.done += 1
        self.total = max(self.total, self.done)
        self._tell(self.done, self.total)
        self.check()

    def __call__(self, _pipeline: Any, _step: int, _time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        self.count()
        return tensors


class Painter:
    """Paints with one model on one device. Not for several threads at once."""

    def __init__(
        self, pipeline: Any, folder: Path, manifest: ModelManifest, device: PaintingDevice, aids: Aids
    ) -> None:
        """Take a loaded pipeline; `load_painter` makes one."""
        self.pipeline = pipeline
        self.manifest = manifest
        self._device = device
        self._published = pipeline.scheduler.config
        self._base = pipeline.unet.config.sample_size * pipeline.vae_scale_factor
        self._prompts = PromptEncoder(pipeline)
        self._references = References(pipeline, folder, aids.references)
        self._refiners, self._enlargers = Refiners(device, aids), Enlargers(device, aids)
        self._aids = aids
        self._moderator = aids.moderator or _own_moderator(folder, manifest, pipeline.device)
        self._wearing: LoraUse | None = None
        self._scheduler: Scheduler | None = None
        self._most: dict[tuple[int, int], int] = {}

    def paint(
        self, specs: Sequence[KeyframeSpec], *, on_step: OnStep, cancelled: Callable[[], bool]
    ) -> list[bytes | StudioError]:
        """Paint keyframes.

        Those that share settings and size are painted together, as many at once as the device was set to, in the order
        given; a picture does not depend on what it is painted with, but for rounding.

        Args:
            specs: What to paint, with `painting` set to this painter's model.
            on_step: Is told the steps done and to be done, from this thread.
            cancelled: Is asked after each step, and before each batch and each picture's finish, whether to stop.

        Returns:
            For each spec, in order, a PNG of its size, or why there is none: GpuOutOfMemory, RenderRefused,
            ModelRefused, InvalidRequest.

        Raises:
            PaintingCancelled: `cancelled` said so; nothing of the batch in hand is left.
        """
        results: list[bytes | StudioError] = [RenderRefused("Not painted.")] * len(specs)
        jobs: list[_Job] = []
        for index, spec in enumerate(specs):
            try:
                jobs.append(self._job(index, spec))
            except StudioError as error:
                results[index] = error
        steps = _Steps(on_step, cancelled)
        while jobs:
            batches = list(self._batches(jobs))
            steps.total += sum(_steps_of(batch) for batch in batches)
            outcomes = [pair for batch in batches for pair in self._batch(batch, steps)]
            jobs = []
            for job, outcome in outcomes:
                results[job.index] = outcome
                if isinstance(outcome, RenderRefused) and job.tries + 1 < self._device.tries:
                    jobs.append(replace(job, tries=job.tries + 1))
        return results

    def _job(self, index: int, spec: KeyframeSpec) -> _Job:
        if spec.painting is None:
            raise InvalidRequest("The keyframe does not say how it is painted; give its film a painting.")
        if spec.painting.model != self.manifest.digest:
            raise InvalidRequest(
                f"The keyframe is to be painted by the model {spec.painting.model[:12]}…, and this worker has "
                f"{self.manifest.name} ({self.manifest.digest[:12]}…)."
            )
        return _Job(index, spec, spec.painting, size_to_paint(spec.width, spec.height, self._base))

    def _batches(self, jobs: Iterable[_Job]) -> Iterator[list[_Job]]:
        for _, group in groupby(sorted(jobs, key=lambda job: (job.shared, job.index)), key=lambda job: job.shared):
            together = list(group)
            most = min(self._device.batch, self._most.get(together[0].size, self._device.batch))
            for first in range(0, len(together), most):
                yield together[first : first + most]

    def _batch(self, jobs: list[_Job], steps: _Steps) -> list[tuple[_Job, bytes | StudioError]]:
        """Paint a batch; when memory runs out, in halves."""
        steps.check()
        try:
            return list(zip(jobs, self._pictures(jobs, steps), strict=True))
        except StudioError as error:
            if isinstance(error, PaintingCancelled):
                raise
            return [(job, error) for job in jobs]
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
        # Outside of the handler: the error's traceback holds on to the batch's tensors.
        free_memory(self.pipeline.device)
        if len(jobs) == 1:
            return [(jobs[0], _too_large(jobs[0], self._device))]
        half = len(jobs) // 2
        self._most[jobs[0].size] = max(half, 1)
        steps.total += jobs[0].painting.steps
        return self._batch(jobs[:half], steps) + self._batch(jobs[half:], steps)

    def _pictures(self, jobs: list[_Job], steps: _Steps) -> list[bytes | StudioError]:
        latents = self._latents(jobs, steps)
        vae = self._refiners.vae(jobs[0].painting) or self.pipeline.vae
        painted, finite = decode(vae, latents)
        del latents
        refused = self._moderator.refuses(painted) if self._moderator else [False] * len(jobs)
        return [
            gate.not_numbers() if not whole else gate.immoderate() if bad else self._finish(job, picture, steps)
            for job, picture, whole, bad in zip(jobs, painted, finite, refused, strict=True)
        ]

    def _latents(self, jobs: list[_Job], steps: _Steps) -> torch.Tensor:
        """Paint up to the latents, batch × 4 × height/8 × width/8."""
        painting, (width, height) = jobs[0].painting, jobs[0].size
        self._wear(painting.lora)
        if painting.scheduler is not self._scheduler:
            use_scheduler(self.pipeline, painting.scheduler, self._published)
            self._scheduler = painting.scheduler
        guided = painting.guidance > 1
        specs = [job.spec for job in jobs]
        words = self._prompts.embed(specs, guided=guided)
        # On the CPU, so that a picture's noise is the same on every device and in every batch.
        chance = [torch.Generator("cpu").manual_seed(job.seed) for job in jobs]
        common = {"num_inference_steps": painting.steps, "generator": chance, "output_type": "latent"}
        latents: torch.Tensor = self.pipeline(
            prompt_embeds=words.prompt,
            pooled_prompt_embeds=words.pooled,
            negative_prompt_embeds=words.negative,
            negative_pooled_prompt_embeds=words.negative_pooled,
            width=width,
            height=height,
            guidance_scale=painting.guidance,
            denoising_end=painting.refiner.start if painting.refiner else None,
            callback_on_step_end=steps,
            return_dict=False,
            **self._references.arguments(painting.references, guided=guided),
            **common,
        )[0]
        return self._refiners.refine(latents, specs, painting, steps, common)

    def _finish(self, job: _Job, picture: Pixels, steps: _Steps) -> bytes | StudioError:
        """Bring a picture to the film's size and look at it."""
        spec = job.spec
        steps.check()
        try:
            larger = self._enlargers.enlarge(picture, spec, job.painting, job.seed, steps.count)
            png = to_png(fit(larger, spec.width, spec.height))
            # Whoever stores the picture looks at it again; here the look decides whether another seed is tried.
            check_keyframe(png, spec.width, spec.height)
        except PaintingCancelled:
            raise
        except StudioError as error:
            return error
        return png

    def _wear(self, wanted: LoraUse | None) -> None:
        """Change the LoRA if this painting wants another than the last."""
        if wanted == self._wearing:
            return
        if self._wearing is not None:
            lora.take_off(self.pipeline)
        self._wearing = None
        self._prompts.forget()
        if wanted is not None:
            try:
                lora.put_on(self.pipeline, wanted, self._aids.loras(wanted.sha256))
            except StudioError:
                lora.take_off(self.pipeline)
                raise
        self._wearing = wanted


def _steps_of(batch: Sequence[_Job]) -> int:
    """Count a batch's steps: painted together, enlarged one by one."""
    painting = batch[0].painting
    return painting.steps + (painting.upscaler.steps * len(batch) if painting.upscaler else 0)


def _too_large(job: _Job, device: PaintingDevice) -> GpuOutOfMemory:
    width, height = job.size
    return GpuOutOfMemory(
        f"A single picture of {width}×{height} pixels does not fit into the memory of {device.device}; "
        "use a device with more, or half precision."
    )


def _own_moderator(folder: Path, manifest: ModelManifest, device: torch.device) -> gate.Moderator | None:
    if not any(file.path.startswith("safety_checker/") for file in manifest.files):
        return None
    return gate.SafetyChecker(folder, device)


_painters: dict[tuple[str, str, Aids], Painter] = {}


def load_painter(folder: Path, manifest: ModelManifest, device: PaintingDevice, aids: Aids | None = None) -> Painter:
    """Load a painter, once in the life of a process for each model, device and source of aids.

    What a picture wears (a LoRA, an adapter) is put on the pipeline: painters with other aids share none.

    Args:
        folder: The model's folder.
        manifest: Its manifest, against which every byte is held first.
        device: Where and how it paints.
        aids: Where LoRAs, other models and reference pictures come from.

    Raises:
        ModelRefused: The model is missing, damaged, unsafe or of another family.
        DeviceMissing: There is no such device.
    """
    find_device(device)
    helped = aids or Aids()
    key = (manifest.digest, device.model_dump_json(), helped)
    if key not in _painters:
        pipeline = load_pipeline(folder, manifest, device)
        _painters[key] = Painter(pipeline, folder, manifest, device, helped)
    return _painters[key]
