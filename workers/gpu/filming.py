"""A video model behind the port of animators: one thread owns the device."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.enums import MovedBy
from schemas.errors import DependencyDown, InvalidRequest
from schemas.models import ModelManifest
from schemas.motion import ClipSpec, VideoModel
from schemas.painting import PaintingDevice
from workers.gpu.threads import Cancelled, DeviceThread, OnStep

if TYPE_CHECKING:
    from film.motion.video.animator import VideoPainter


class FilmingThread:
    """Makes clips in one thread; see `activities.animators.Animator`."""

    kind = MovedBy.VIDEO

    def __init__(self, folder: Path, manifest: ModelManifest, device: PaintingDevice) -> None:
        """Load the model.

        Raises:
            ModelRefused: It is missing, damaged, unsafe or of another family.
            DeviceMissing: There is no such device.
        """
        self._folder, self._manifest, self._device = folder, manifest, device
        self._painter(VideoModel(model=manifest.digest))
        self._thread = DeviceThread("filming")

    async def animate(self, spec: ClipSpec, first: bytes, last: bytes | None, report: Callable[[str], None]) -> bytes:
        """Make a clip; see `Animator`. A cancel takes effect after the step in hand."""
        if spec.video is None:
            raise InvalidRequest("The film does not say how its clips are made; give it a video model.")
        if spec.video.model != self._manifest.digest:
            raise DependencyDown(
                f"The clip is to be made by the model {spec.video.model[:12]}…, and this worker has "
                f"{self._manifest.name} ({self._manifest.digest[:12]}…)."
            )
        painter = self._painter(spec.video)

        def film(on_step: OnStep, cancelled: Cancelled) -> bytes:
            return painter.animate(
                first,
                last,
                prompt=spec.positive,
                negative=spec.negative,
                frames=spec.frames,
                fps=spec.fps,
                seed=spec.seed,
                on_step=on_step,
                cancelled=cancelled,
            )

        return await self._thread.run(film, report)

    def close(self) -> None:
        """Wait until the thread is done."""
        self._thread.close()

    def _painter(self, video: VideoModel) -> VideoPainter:
        """Take the model with a film's settings; its weights are loaded once."""
        from film.motion.video.animator import load_video_painter

        return load_video_painter(
            self._folder, self._manifest, self._device, steps=video.steps, guidance=video.guidance
        )
