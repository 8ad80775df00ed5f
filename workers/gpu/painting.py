"""A painter behind the port of keyframe renderers: one thread owns the device."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from activities.renderers import Drawing
from schemas.enums import RendererName
from schemas.errors import ArtifactMissing, DependencyDown, PictureRefused, RenderRefused
from schemas.models import ModelManifest
from schemas.prompt import KeyframeSpec
from workers.gpu.threads import Cancelled, DeviceThread, OnStep


class Painter(Protocol):
    """Paints pictures in batches; `film.render.sdxl.Painter` is one."""

    @property
    def manifest(self) -> ModelManifest:
        """Which model it paints with."""
        ...

    def paint(
        self,
        specs: Sequence[KeyframeSpec],
        *,
        on_step: OnStep,
        cancelled: Cancelled,
    ) -> Sequence[bytes | Exception]:
        """Paint a batch.

        Args:
            specs: What to paint.
            on_step: Told after each step: steps done, steps in all.
            cancelled: Asked after each step; when it says yes, painting ends with an error.

        Returns:
            A PNG or an error a spec, in order.
        """
        ...


class ReferencePictures:
    """The reference pictures of the batch in hand, where the painter looks for them."""

    def __init__(self) -> None:
        self._pictures: Mapping[str, bytes] = {}

    def lay_out(self, pictures: Mapping[str, bytes]) -> None:
        """Replace the last batch's pictures.

        Args:
            pictures: By sha256.
        """
        self._pictures = pictures

    def fetch(self, sha256: str) -> bytes:
        """Find a picture.

        Raises:
            ArtifactMissing: It is not among those that came with the batch.
        """
        try:
            return self._pictures[sha256]
        except KeyError as error:
            raise ArtifactMissing(f"The reference picture {sha256[:12]}… did not come with its shot.") from error


class PaintingThread:
    """Paints in one thread, so that the event loop beside it can heartbeat, and hear of a cancel."""

    name = RendererName.SDXL

    def __init__(self, painter: Painter, batch: int, pictures: ReferencePictures) -> None:
        """Use a painter, whose weights are loaded.

        Args:
            painter: Called from one thread alone.
            batch: How many pictures it makes at once.
            pictures: Where the painter looks for reference pictures.
        """
        self.batch = batch
        self._painter, self._pictures = painter, pictures
        self._thread = DeviceThread("painting")

    async def draw(
        self, specs: Sequence[KeyframeSpec], references: Mapping[str, bytes], report: Callable[[str], None]
    ) -> list[Drawing | Exception]:
        """Paint; see `KeyframeRenderer`. A cancel takes effect after the step in hand."""
        model = self._painter.manifest.digest
        other = next((s.painting.model for s in specs if s.painting is not None and s.painting.model != model), None)
        if other is not None:
            # Not the shots' fault: another worker may have it.
            raise DependencyDown(
                f"The film is painted by the model {other[:12]}…, and this worker has "
                f"{self._painter.manifest.name} ({model[:12]}…); start one with that model."
            )

        def paint(on_step: OnStep, cancelled: Cancelled) -> Sequence[bytes | Exception]:
            self._pictures.lay_out(references)
            return self._painter.paint(specs, on_step=on_step, cancelled=cancelled)

        painted = await self._thread.run(paint, report)
        return [_drawing(made) for made in painted]

    def close(self) -> None:
        """Wait until the thread is done."""
        self._thread.close()


def _drawing(made: bytes | Exception) -> Drawing | Exception:
    """Take what was painted; what was refused with every seed the painter tries would be refused again."""
    if isinstance(made, bytes):
        return Drawing(made)
    return PictureRefused(str(made)) if isinstance(made, RenderRefused) else made
