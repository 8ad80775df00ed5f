"""The pipeline, as one table.

Workflows take names, queues, timeouts and retries from here; a wiring test holds workflows, worker registries
and activity signatures against it. A new activity is one row here and one function in `activities/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from pydantic import BaseModel

from schemas.enums import MotionKind, RendererName
from schemas.events import NewEvent
from schemas.housekeeping import AllowancesRenewed, BygonesForgotten, ChoreInput, ReservationsReleased, StoreSwept
from schemas.jobs import ConsistencyFigures, FilmInput
from schemas.messages import DeadLetter
from schemas.payloads import (
    BATCH_SHOTS,
    AnalyzeResult,
    AnimateInput,
    AnimateResult,
    ConsistencyInput,
    CutInput,
    CutResult,
    DiscardInput,
    EncoderChoice,
    FinishInput,
    FinishResult,
    GpuDemand,
    KeyframesInput,
    KeyframesResult,
    MixInput,
    MixResult,
    MotionInput,
    MotionResult,
    PromptsInput,
    PromptsResult,
    PublishInput,
    SegmentInput,
    SegmentResult,
    StandingInput,
    StandingResult,
)


class Stage(StrEnum):
    """The stages of a film, in order. The value is a job's `current_step`."""

    SCRIPT = "script"
    PROMPTS = "prompts"
    KEYFRAMES = "keyframes"
    MOTION = "motion"
    COMPOSITION = "composition"
    POST = "post"


class Queue(StrEnum):
    """Task queues. One kind of machine each."""

    FILM_CPU = "film-cpu"
    """Workflows and light activities."""
    MEDIA_CPU = "media-cpu"
    """Drawing and encoding: as many at once as there are cores."""
    GPU_KEYFRAME = "gpu-keyframe"
    GPU_MOTION = "gpu-motion"


GPU_QUEUES = (Queue.GPU_KEYFRAME, Queue.GPU_MOTION)
"""Queues whose machines come and go by what there is to do: by tickets, see `infrastructure.tickets`."""


@dataclass(frozen=True)
class StageRow:
    """A stage: what users read, and the version of what it makes."""

    stage: Stage
    title: str
    version: int
    """Raise it when the same input gives another output; artifacts of a lower version are then made anew."""
    progress_to: int
    """The job's progress, in percent, when the stage is done."""


PIPELINE: tuple[StageRow, ...] = (
    StageRow(Stage.SCRIPT, "Script analysis", version=8, progress_to=5),
    StageRow(Stage.PROMPTS, "Prompts", version=9, progress_to=8),
    StageRow(Stage.KEYFRAMES, "Keyframes", version=7, progress_to=45),
    StageRow(Stage.MOTION, "Motion", version=4, progress_to=48),
    StageRow(Stage.COMPOSITION, "Composition", version=4, progress_to=92),
    StageRow(Stage.POST, "Post-processing", version=2, progress_to=99),
)
"""100 is reached only with the event that says that the file can be downloaded."""

STAGE_ROWS = {row.stage: row for row in PIPELINE}


def progress_of(stage: Stage) -> tuple[int, int]:
    """Return a job's progress before and after a stage, in percent."""
    at = [row.stage for row in PIPELINE].index(stage)
    return (PIPELINE[at - 1].progress_to if at else 0), PIPELINE[at].progress_to


def stage_versions() -> dict[str, int]:
    """Return the version of each stage, to be pinned in a job."""
    return {row.stage.value: row.version for row in PIPELINE}


def queue_of_keyframes(renderer: RendererName) -> Queue:
    """Choose the machines that draw: CPUs for the storyboard, GPUs for everything painted."""
    return Queue.MEDIA_CPU if renderer is RendererName.STORYBOARD else Queue.GPU_KEYFRAME


def queue_of_motion(motion: MotionKind) -> Queue:
    """Choose the machines that make the frames between keyframes: GPUs for a video model, CPUs for all else."""
    return Queue.GPU_MOTION if motion is MotionKind.VIDEO else Queue.MEDIA_CPU


@dataclass(frozen=True)
class Retries:
    """How often, and how soon, an activity is tried again."""

    maximum_attempts: int
    initial_interval: timedelta = timedelta(seconds=1)
    maximum_interval: timedelta = timedelta(seconds=30)
    backoff: float = 2.0


_LIGHT = Retries(
    maximum_attempts=20, initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=15)
)
"""For short activities that fail only when a service is away: about four minutes of patience."""

_LETTER = Retries(
    maximum_attempts=6, initial_interval=timedelta(milliseconds=500), maximum_interval=timedelta(seconds=5)
)
"""For dead letters: somebody waits for what follows them, and they are not the only record."""

_TICKET = Retries(maximum_attempts=1)
"""For tickets of GPU demand: somebody waits, and what is short is made up for within a minute."""

_UNTIL_HEARD = Retries(
    maximum_attempts=10_000, initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=15)
)
"""For what the database must hear, however long it is away: about 40 hours."""

SHOT_ERRORS = 3
"""A shot's own error is final the third time it occurs."""

WORKERS_LOST = 5
"""A shot that was in hand when this many workers died is taken for their killer, and set aside."""

_RENDER = Retries(maximum_attempts=2 * WORKERS_LOST)
"""Temporal counts lost workers as attempts. A shot's own errors are counted in `renders`: three are final."""

_BATCH = Retries(maximum_attempts=BATCH_SHOTS * (WORKERS_LOST + SHOT_ERRORS))
"""Each shot of a batch may use up its own patience without taking another's."""


@dataclass(frozen=True)
class ActivityRow:
    """An activity: its name, where it runs, what goes in and comes out, how long it may take."""

    name: str
    stage: Stage | None
    """None for those that serve all stages."""
    queue: Queue
    takes: type[BaseModel]
    gives: type[BaseModel] | None
    start_to_close: timedelta
    heartbeat: timedelta | None = None
    """After this long without a sign of life the worker counts as lost. Set for all that may take over 10 s."""
    schedule_to_close: timedelta | None = None
    """How long it may take from being asked for, waiting and all attempts included; None for as long as it takes."""
    retries: Retries = field(default=_LIGHT)
    also: tuple[Queue, ...] = ()
    """Queues whose workers offer it as well: the workflow chooses by what the job asks for."""

    @property
    def queues(self) -> tuple[Queue, ...]:
        """All queues whose workers offer it."""
        return (self.queue, *self.also)


ACTIVITIES: tuple[ActivityRow, ...] = (
    ActivityRow(
        "analyze_script",
        Stage.SCRIPT,
        Queue.FILM_CPU,
        FilmInput,
        AnalyzeResult,
        start_to_close=timedelta(minutes=15),  # a language model may direct, for 12 minutes at most
        heartbeat=timedelta(seconds=10),
    ),
    ActivityRow(
        "write_prompts",
        Stage.PROMPTS,
        Queue.FILM_CPU,
        PromptsInput,
        PromptsResult,
        start_to_close=timedelta(minutes=2),
        heartbeat=timedelta(seconds=10),
    ),
    ActivityRow(
        "draw_keyframes",
        Stage.KEYFRAMES,
        Queue.MEDIA_CPU,
        KeyframesInput,
        KeyframesResult,
        start_to_close=timedelta(minutes=30),
        heartbeat=timedelta(seconds=8),
        retries=_BATCH,
        also=(Queue.GPU_KEYFRAME,),
    ),
    ActivityRow(
        "find_standing",
        Stage.KEYFRAMES,
        Queue.FILM_CPU,
        StandingInput,
        StandingResult,
        start_to_close=timedelta(minutes=5),
        heartbeat=timedelta(seconds=10),
    ),
    ActivityRow(
        "score_consistency",
        Stage.KEYFRAMES,
        Queue.GPU_KEYFRAME,
        ConsistencyInput,
        ConsistencyFigures,
        start_to_close=timedelta(minutes=10),
        heartbeat=timedelta(seconds=10),
        schedule_to_close=timedelta(minutes=20),  # worth knowing, and not worth waiting for a GPU worker that went home
        retries=_RENDER,
    ),
    ActivityRow(
        "animate_shots",
        Stage.MOTION,
        Queue.MEDIA_CPU,
        AnimateInput,
        AnimateResult,
        start_to_close=timedelta(hours=2),  # a video model takes minutes for a shot
        heartbeat=timedelta(seconds=8),
        retries=_BATCH,
        also=(Queue.GPU_MOTION,),
    ),
    ActivityRow(
        "plan_motion",
        Stage.MOTION,
        Queue.FILM_CPU,
        MotionInput,
        MotionResult,
        start_to_close=timedelta(minutes=2),
        heartbeat=timedelta(seconds=10),
    ),
    ActivityRow(
        "choose_encoder",
        Stage.COMPOSITION,
        Queue.MEDIA_CPU,
        FilmInput,
        EncoderChoice,
        start_to_close=timedelta(minutes=1),
        heartbeat=timedelta(seconds=10),
    ),
    ActivityRow(
        "plan_cut",
        Stage.COMPOSITION,
        Queue.FILM_CPU,
        CutInput,
        CutResult,
        start_to_close=timedelta(minutes=5),
        heartbeat=timedelta(seconds=10),
    ),
    ActivityRow(
        "render_segment",
        Stage.COMPOSITION,
        Queue.MEDIA_CPU,
        SegmentInput,
        SegmentResult,
        start_to_close=timedelta(minutes=60),
        heartbeat=timedelta(seconds=8),
        retries=_RENDER,
    ),
    ActivityRow(
        "mix_sound",
        Stage.POST,
        Queue.MEDIA_CPU,
        MixInput,
        MixResult,
        start_to_close=timedelta(minutes=60),
        heartbeat=timedelta(seconds=10),
        retries=_RENDER,
    ),
    ActivityRow(
        "finish_film",
        Stage.POST,
        Queue.MEDIA_CPU,
        FinishInput,
        FinishResult,
        start_to_close=timedelta(minutes=60),
        heartbeat=timedelta(seconds=10),
        retries=_RENDER,
    ),
    ActivityRow(
        "discard_output",
        Stage.POST,
        Queue.FILM_CPU,
        DiscardInput,
        None,
        start_to_close=timedelta(seconds=30),
    ),
    ActivityRow(
        "publish_version",
        Stage.POST,
        Queue.FILM_CPU,
        PublishInput,
        None,
        start_to_close=timedelta(minutes=2),
        heartbeat=timedelta(seconds=10),
    ),
    ActivityRow(
        "record_event",
        None,
        Queue.FILM_CPU,
        NewEvent,
        None,
        start_to_close=timedelta(seconds=10),
        retries=_UNTIL_HEARD,
    ),
    ActivityRow(
        "send_dead_letter",
        None,
        Queue.FILM_CPU,
        DeadLetter,
        None,
        start_to_close=timedelta(seconds=20),
        retries=_LETTER,
    ),
    ActivityRow(
        "open_ticket",
        None,
        Queue.FILM_CPU,  # a local one: of the worker that has the workflow in hand
        GpuDemand,
        None,
        start_to_close=timedelta(seconds=5),
        retries=_TICKET,
    ),
    ActivityRow(
        "renew_allowances",
        None,
        Queue.FILM_CPU,
        ChoreInput,
        AllowancesRenewed,
        start_to_close=timedelta(minutes=30),
        heartbeat=timedelta(seconds=10),
    ),
    ActivityRow(
        "release_abandoned",
        None,
        Queue.FILM_CPU,
        ChoreInput,
        ReservationsReleased,
        start_to_close=timedelta(minutes=10),
        heartbeat=timedelta(seconds=10),
    ),
    ActivityRow(
        "sweep_store",
        None,
        Queue.FILM_CPU,
        ChoreInput,
        StoreSwept,
        start_to_close=timedelta(hours=6),  # millions of objects are listed by the thousand
        heartbeat=timedelta(seconds=10),
    ),
    ActivityRow(
        "forget_bygones",
        None,
        Queue.FILM_CPU,
        ChoreInput,
        BygonesForgotten,
        start_to_close=timedelta(hours=1),
        heartbeat=timedelta(seconds=10),
    ),
)

ACTIVITY_ROWS = {row.name: row for row in ACTIVITIES}
