"""The GPU worker: one model, loaded once, and one thread that paints or films with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog
from temporalio.client import Client
from temporalio.worker import Worker

from activities.animators import Animator
from activities.demand import TicketsInHand
from activities.deps import Deps
from activities.failures import StudioFailures
from activities.observing import Observed
from activities.registry import activities_of
from activities.renderers import KeyframeRenderer
from film.render.consistency import Eye
from infrastructure.gpu_figures import gpu_figures
from infrastructure.settings import Settings
from infrastructure.tickets import Tickets
from schemas.enums import MotionKind, RendererName
from schemas.errors import ModelRefused
from schemas.models import ModelFamily
from schemas.painting import PaintingDevice
from schemas.stages import Queue
from workers.connecting import connect_temporal, until_up
from workers.dependencies import dependencies
from workers.gpu.filming import FilmingThread
from workers.gpu.painting import PaintingThread, ReferencePictures
from workers.gpu.telling import tell_with_us
from workers.running import HEARTBEAT_THROTTLE, run_until
from workers.spot import heed_notices
from workers.versioning import GPU, deployment

MODELS = Path(".studio/models")
"""Where models lie unless the settings say otherwise."""

QUEUES = {ModelFamily.SDXL: Queue.GPU_KEYFRAME, ModelFamily.LTX: Queue.GPU_MOTION}
"""One family a queue, and a process: its weights stay on the device."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Artist:
    """What a GPU worker can do with its model."""

    queue: Queue
    hand: PaintingThread | FilmingThread
    renderers: Mapping[RendererName, KeyframeRenderer] = field(default_factory=dict)
    animators: Mapping[MotionKind, Animator] = field(default_factory=dict)
    eye: Eye | None = None


@asynccontextmanager
async def artist(settings: Settings, family: ModelFamily) -> AsyncIterator[Artist]:
    """Load a model.

    Nothing is asked of Temporal or the store before the model has been found whole and the device is there.

    Args:
        settings: Name the model and the device.
        family: Which of its models.

    Raises:
        ModelRefused: No model is set, or it is missing, damaged or unsafe.
        DeviceMissing: There is no such device here.
    """
    load = {ModelFamily.SDXL: _painter, ModelFamily.LTX: _filmer}[family]
    found = await asyncio.to_thread(load, settings)
    try:
        yield found
    finally:
        await asyncio.to_thread(found.hand.close)


def _painter(settings: Settings) -> Artist:
    if not settings.sdxl_model:
        raise ModelRefused("No model is set to paint with; name one in STUDIO_SDXL_MODEL, see: studio models list.")
    tell_with_us()
    from film.models import find_lora, find_model, has_adapter, lora_names, names_of
    from film.render.sdxl.aids import Aids
    from film.render.sdxl.eye import ImageEncoderEye, has_image_encoder
    from film.render.sdxl.painter import load_painter

    models, pictures, device = settings.models or MODELS, ReferencePictures(), _device(settings)
    folder, manifest = find_model(models, settings.sdxl_model)
    aids = Aids(models=partial(find_model, models), loras=partial(find_lora, models), references=pictures.fetch)
    thread = PaintingThread(load_painter(folder, manifest, device, aids), device.batch, pictures)
    log.info(
        "model loaded",
        model=manifest.name,
        digest=manifest.digest,
        device=device.device,
        loras=lora_names(models),
        references=has_adapter(manifest),
        refiners=names_of(models, ModelFamily.SDXL_REFINER),
        upscalers=["lanczos", *names_of(models, ModelFamily.UPSCALER)],
    )
    # On the CPU, out of the painter's way: it looks once a film.
    eye = ImageEncoderEye(folder, manifest) if has_image_encoder(folder) else None
    return Artist(QUEUES[ModelFamily.SDXL], thread, renderers={RendererName.SDXL: thread}, eye=eye)


def _filmer(settings: Settings) -> Artist:
    if not settings.ltx_model:
        raise ModelRefused("No model is set to film with; name one in STUDIO_LTX_MODEL, see: studio models list.")
    tell_with_us()
    from film.models import find_model

    folder, manifest = find_model(settings.models or MODELS, settings.ltx_model)
    device = _device(settings)
    thread = FilmingThread(folder, manifest, device)
    log.info("model loaded", model=manifest.name, digest=manifest.digest, device=device.device)
    return Artist(QUEUES[ModelFamily.LTX], thread, animators={MotionKind.VIDEO: thread})


def _device(settings: Settings) -> PaintingDevice:
    return PaintingDevice(
        device=settings.gpu_device,
        precision=settings.gpu_precision,
        compile=settings.gpu_compile,
        batch=settings.gpu_batch,
    )


def worker(client: Client, deps: Deps, settings: Settings, queue: Queue) -> Worker:
    """Build the worker of a GPU queue: one activity at a time, since there is one device.

    Args:
        client: Connected to Temporal.
        deps: What activities stand on, the artist among it.
        settings: For the time to drain.
        queue: Of the artist.
    """
    return Worker(
        client,
        task_queue=queue.value,
        activities=activities_of(queue, deps),
        # The outer one sees errors as Temporal will: whether they are tried again.
        interceptors=[Observed(), TicketsInHand(Tickets(deps.queues, queue)), StudioFailures()],
        max_concurrent_activities=1,
        max_heartbeat_throttle_interval=HEARTBEAT_THROTTLE,
        graceful_shutdown_timeout=timedelta(seconds=settings.drain_s),
        identity=deps.worker,
        deployment_config=deployment(GPU, settings),
    )


async def serve(family: ModelFamily, settings: Settings, stop: asyncio.Event) -> None:
    """Paint, or film, until told to stop, then drain.

    Args:
        family: Which kind of model this worker serves.
        settings: The installation's.
        stop: Set by whoever wants the worker to end.

    Raises:
        ModelRefused: There is no model.
        DeviceMissing: There is no device.
    """
    with gpu_figures():
        async with (
            heed_notices(settings, stop),
            artist(settings, family) as found,
            dependencies(settings, found.renderers, found.animators, eye=found.eye) as deps,
        ):
            client = await until_up("Temporal", lambda: connect_temporal(settings))
            await run_until([worker(client, deps, settings, found.queue)], stop)
