"""What activities stand on. Built once a worker, by the worker."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from activities.animators import Animator
from activities.artifacts import ArtifactCache
from activities.craft_pool import CraftPool
from activities.renderers import KeyframeRenderer
from film.direction.model import Director
from film.prompting.tokens import EstimatedTokens, TokenCounter
from film.render.consistency import Eye
from infrastructure.db.engine import Database
from infrastructure.queueing import Queues
from infrastructure.storage import ObjectStore
from schemas.enums import MotionKind, RendererName


@dataclass(frozen=True)
class Deps:
    """The clients and processes of one worker."""

    db: Database
    store: ObjectStore
    queues: Queues
    pool: CraftPool
    artifacts: ArtifactCache
    renderers: Mapping[RendererName, KeyframeRenderer]
    work_dir: Path
    """Where temporary files go; all of them are gone when the activity that made them ends."""
    worker: str
    """Name of the worker process, for the record of who made what."""
    animators: Mapping[MotionKind, Animator] = field(default_factory=dict)
    """Who makes the frames of shots in which more than the camera moves."""
    eye: Eye | None = None
    """Sees how alike pictures are; None leaves that to their colours."""
    tokens: TokenCounter = field(default_factory=EstimatedTokens)
    """How prompts are measured."""
    director: Director | None = None
    """The language model that directs; None leaves it to the rules."""

    @contextmanager
    def scratch(self, purpose: str) -> Iterator[Path]:
        """Lend an empty folder, and remove it afterwards."""
        self.work_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f"{purpose}-", dir=self.work_dir) as folder:
            yield Path(folder)
