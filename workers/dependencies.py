"""What activities stand on, built once a process."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from activities.animators import Animator, FlowInPool
from activities.artifacts import ArtifactCache
from activities.craft_pool import CraftPool
from activities.deps import Deps
from activities.renderers import KeyframeRenderer, StoryboardInPool
from film.prompting.clip import ClipTokens
from film.prompting.tokens import EstimatedTokens
from film.render.consistency import Eye
from infrastructure.db.engine import Database
from infrastructure.queueing import Queues
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.enums import MotionKind, RendererName
from workers.connecting import until_up
from workers.director import director_of

DATABASE_CONNECTIONS = 10


@asynccontextmanager
async def dependencies(
    settings: Settings,
    renderers: Mapping[RendererName, KeyframeRenderer] | None = None,
    animators: Mapping[MotionKind, Animator] | None = None,
    eye: Eye | None = None,
) -> AsyncIterator[Deps]:
    """Build what activities stand on, and take it down again.

    Args:
        settings: The installation's.
        renderers: Who makes keyframes; by default the storyboard, in the pool, which is then started at once.
        animators: Who makes clips; by default optical flow, in the pool.
        eye: Sees how alike pictures are; by default only their colours are compared.
    """
    async with AsyncExitStack() as stack:
        db = Database(settings.database_url, pool_size=DATABASE_CONNECTIONS)
        stack.push_async_callback(db.close)
        pool = CraftPool(settings.render_processes)
        stack.callback(pool.close)
        if renderers is None:
            pool.warm()
        store = await stack.enter_async_context(ObjectStore(settings))
        await until_up("store", store.ensure_bucket)
        await until_up("database", db.ready)
        yield Deps(
            db=db,
            store=store,
            queues=await stack.enter_async_context(Queues(settings)),
            pool=pool,
            artifacts=ArtifactCache(db, store),
            renderers={RendererName.STORYBOARD: StoryboardInPool(pool)} if renderers is None else renderers,
            animators={MotionKind.FLOW: FlowInPool(pool)} if animators is None else animators,
            eye=eye,
            work_dir=settings.work_dir or Path(tempfile.gettempdir()),
            worker=f"{socket.gethostname()}:{os.getpid()}",
            tokens=ClipTokens(settings.tokenizer) if settings.tokenizer else EstimatedTokens(),
            director=await stack.enter_async_context(director_of(settings)),
        )
