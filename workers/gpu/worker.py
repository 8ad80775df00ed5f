"""The GPU worker: one model, loaded once, and one thread that paints with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog
from temporalio.client import Client
from temporalio.worker import Worker

from activities.deps import Deps
from activities.failures import StudioFailures
from activities.registry import activities_of
from film.render.consistency import Eye
from infrastructure.settings import Settings
from schemas.enums import RendererName
from schemas.errors import ModelRefused
from schemas.painting import PaintingDevice
from schemas.stages import Queue
from workers.connecting import connect_temporal, until_up
from workers.dependencies import dependencies
from workers.gpu.painting import PaintingThread, ReferencePictures
from workers.running import HEARTBEAT_THROTTLE, run_until

MODELS = Path(".studio/models")
"""Where models lie unless the settings say otherwise."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def painting(settings: Settings) -> AsyncIterator[tuple[PaintingThread, Eye | None]]:
    """Load the painter, and an eye that sees faces where its model has one.

    Nothing is asked of Temporal or the store before the model has been found whole and the device is there.

    Args:
        settings: Name the model and the device.

    Raises:
        ModelRefused: No model is set, or it is missing, damaged or unsafe.
        DeviceMissing: There is no such device here.
    """
    thread, eye = await asyncio.to_thread(_load, settings)
    try:
        yield thread, eye
    finally:
        await asyncio.to_thread(thread.close)


def _load(settings: Settings) -> tuple[PaintingThread, Eye | None]:
    if not settings.sdxl_model:
        raise ModelRefused("No model is set to paint with; name one in STUDIO_SDXL_MODEL, see: studio models list.")
    from film.models import find_lora, find_model
    from film.render.sdxl.aids import Aids
    from film.render.sdxl.eye import ImageEncoderEye, has_image_encoder
    from film.render.sdxl.painter import load_painter

    models, pictures = settings.models or MODELS, ReferencePictures()
    folder, manifest = find_model(models, settings.sdxl_model)
    device = PaintingDevice(
        device=settings.gpu_device,
        precision=settings.gpu_precision,
        compile=settings.gpu_compile,
        batch=settings.gpu_batch,
    )
    aids = Aids(models=partial(find_model, models), loras=partial(find_lora, models), references=pictures.fetch)
    painter = load_painter(folder, manifest, device, aids)
    log.info("model loaded", model=manifest.name, digest=manifest.digest, device=device.device)
    # On the CPU, out of the painter's way: it looks once a film.
    eye = ImageEncoderEye(folder, manifest) if has_image_encoder(folder) else None
    return PaintingThread(painter, device.batch, pictures), eye


def worker(client: Client, deps: Deps, settings: Settings) -> Worker:
    """Build the worker of the painters' queue: one batch at a time, since there is one device.

    Args:
        client: Connected to Temporal.
        deps: What activities stand on, the painter among it.
        settings: For the time to drain.
    """
    return Worker(
        client,
        task_queue=Queue.GPU_KEYFRAME.value,
        activities=activities_of(Queue.GPU_KEYFRAME, deps),
        interceptors=[StudioFailures()],
        max_concurrent_activities=1,
        max_heartbeat_throttle_interval=HEARTBEAT_THROTTLE,
        graceful_shutdown_timeout=timedelta(seconds=settings.drain_s),
        identity=deps.worker,
    )


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Paint until told to stop, then drain.

    Args:
        settings: The installation's.
        stop: Set by whoever wants the worker to end.

    Raises:
        ModelRefused: There is nothing to paint with.
        DeviceMissing: There is nothing to paint on.
    """
    async with (
        painting(settings) as (painter, eye),
        dependencies(settings, {RendererName.SDXL: painter}, eye=eye) as deps,
    ):
        client = await until_up("Temporal", lambda: connect_temporal(settings))
        await run_until([worker(client, deps, settings)], stop)
