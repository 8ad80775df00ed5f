"""Painted films: the tiny SDXL on the painters' queue, and what happens when something goes wrong there."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from structlog.testing import capture_logs
from temporalio.api.common.v1 import Priority
from temporalio.client import WorkflowFailureError, WorkflowHandle
from temporalio.exceptions import CancelledError
from temporalio.service import RPCError

from api.usecases.cancel_film import cancel_film
from api.usecases.decide import retry_shot, skip_shot
from api.usecases.submit_film import Submitted
from cli.painting import PaintingOrder, plan_painting
from infrastructure.db.repositories import Jobs, Renders
from infrastructure.ids import new_id
from schemas.enums import JobStatus, RendererName
from schemas.errors import GpuOutOfMemory, InvalidRequest, ModelRefused
from schemas.events import EventKind
from schemas.jobs import ConsistencyFigures, FilmOptions, ShotCommand, scene_workflow_id
from schemas.models import ModelFamily, ModelManifest
from schemas.painting import LoraUse, Painting, PaintingDevice, Reference, Refining, Upscaling
from schemas.prompt import KeyframeSpec
from schemas.stages import Queue
from schemas.turns import HEAVIEST
from tests import servers
from tests.studio import Studio, gpu_workers

pytestmark = pytest.mark.lab

Model = tuple[Path, ModelManifest]

SCRIPT = """\
INT. KITCHEN - NIGHT

MARA, 30, in a red coat, sits at the table and holds a letter.

MARA
He said he would be here.

Mara stands and walks to the window.

OLD TOM, 70, with a white beard, opens the door.

TOM
I never left.
"""
ONE_SHOT = "INT. KITCHEN - NIGHT\n\nA letter lies on the table.\n"
BATCH = 3


@pytest.fixture
def painted(studio: Studio) -> Studio:
    """The installation, with a model to paint with."""
    return replace(studio, settings=studio.settings.model_copy(update={"sdxl_model": "tiny"}))


@pytest.fixture
def options(tiny: Model) -> FilmOptions:
    painting = Painting(model=tiny[1].digest, steps=4, guidance=5.0)
    return FilmOptions(renderer=RendererName.SDXL, width=128, height=128, fps=12, painting=painting)


@pytest.fixture
def painter(tiny: Model) -> Any:
    from film.render.sdxl.painter import load_painter

    return load_painter(*tiny, PaintingDevice(device="cpu", batch=BATCH))


@asynccontextmanager
async def painting(studio: Studio, painter: Any) -> AsyncIterator[None]:
    """Run the CPU worker, and a GPU worker with this painter."""
    from workers.gpu.painting import PaintingThread, ReferencePictures
    from workers.gpu.worker import worker

    thread = PaintingThread(painter, BATCH, ReferencePictures())
    deps = replace(studio.deps, renderers={RendererName.SDXL: thread})
    running = worker(studio.client, deps, studio.settings, Queue.GPU_KEYFRAME)
    task = asyncio.create_task(running.run())
    try:
        async with studio.working():
            yield
    finally:
        await running.shutdown()
        await task
        thread.close()


async def pictures(studio: Studio, submitted: Submitted) -> dict[str, np.ndarray[Any, Any]]:
    """The film's pictures, by the end of their keys."""
    prefix = f"jobs/{submitted.film.job_id}/scenes/"
    found = {}
    for key in sorted(await studio.keys(prefix)):
        data = await studio.deps.store.get_bytes(key)
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        assert image is not None
        found[key.removeprefix(prefix)] = image.astype(np.int16)
    return found


async def test_a_painted_film_is_painted_in_batches_each_shot_once(
    painted: Studio, painter: Any, options: FilmOptions
) -> None:
    calls: list[int] = []
    async with painting(painted, Counting(painter, calls)):
        submitted, result = await painted.make(SCRIPT, options=options)
    acts = [render for render in await painted.renders(submitted) if render.stage == "keyframes"]
    assert len(acts) == result.shots == sum(calls)
    assert set(Counter(act.spec_hash for act in acts).values()) == {1}
    assert max(calls) == BATCH
    assert not result.stand_ins
    assert len(await pictures(painted, submitted)) == result.shots + result.scenes


async def test_likeness_is_scored_and_kept_beside_the_timeline(
    painted: Studio, painter: Any, options: FilmOptions
) -> None:
    async with painting(painted, painter):
        submitted, result = await painted.make(SCRIPT, options=options)
    assert result.consistency is not None
    assert all(-1 <= one.score <= 1 and one.pictures > 1 for one in result.consistency.characters)
    kept = await painted.deps.store.get_bytes(f"jobs/{submitted.film.job_id}/intermediate/consistency.json")
    figures = ConsistencyFigures.model_validate_json(kept)
    assert [len(one.shots) for one in figures.characters] == [one.pictures for one in figures.characters]


async def test_a_film_with_a_refiner_and_an_upscaler_is_painted_with_both_at_its_size(
    painted: Studio, tiny: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from film.render.sdxl.tiny_aids import write_tiny_refiner, write_tiny_upscaler
    from workers.gpu.worker import artist, worker

    shutil.copytree(tiny[0], tmp_path / "tiny")
    ends, grows = write_tiny_refiner(tmp_path / "ends"), write_tiny_upscaler(tmp_path / "grows")
    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path))
    wanted = {"models": tmp_path, "gpu_device": "cpu", "gpu_batch": BATCH}
    studio = replace(painted, settings=painted.settings.model_copy(update=wanted))
    plain = FilmOptions(renderer=RendererName.SDXL, width=192, height=108, fps=12)
    found, seen = {}, list[KeyframeSpec]()
    with capture_logs() as logs:
        async with artist(studio.settings, ModelFamily.SDXL) as hand:
            deps = replace(studio.deps, renderers={RendererName.SDXL: Noting(hand.hand, seen)})
            async with studio.working(), worker(studio.client, deps, studio.settings, Queue.GPU_KEYFRAME):
                for order in (PaintingOrder(steps=4), PaintingOrder(steps=4, refiner="ends:0.5", upscale="grows:2")):
                    how = plan_painting(order, RendererName.SDXL, "tiny", []).painting
                    options = plain.model_copy(update={"painting": how})
                    submitted, result = await studio.make("EXT. SEA - DAY\n\nWaves.\n", options=options)
                    assert not result.stand_ins
                    found[order.refiner] = await pictures(studio, submitted)
    (loaded,) = [entry for entry in logs if entry["event"] == "model loaded"]
    assert (loaded["refiners"], loaded["upscalers"], loaded["references"]) == (["ends"], ["lanczos", "grows"], True)
    assert {spec.painting for spec in seen if spec.painting is not None and spec.painting.refiner is not None} == {
        Painting(
            model=tiny[1].digest,
            steps=4,
            refiner=Refining(model=ends.digest, start=0.5),
            upscaler=Upscaling(model=grows.digest, steps=2),
        )
    }
    helped, alone = found["ends:0.5"], found[None]
    assert helped.keys() == alone.keys()
    assert {picture.shape for picture in helped.values()} == {(108, 192, 3)}
    assert all(np.abs(helped[name] - alone[name]).mean() > 0.5 for name in alone)


async def test_memory_that_runs_out_costs_time_and_changes_no_picture(
    painted: Studio, painter: Any, options: FilmOptions, short_of_memory: list[int]
) -> None:
    async with painting(painted, painter):
        tight, _ = await painted.make(SCRIPT, options=options)
        assert short_of_memory
        short_of_memory.append(-1)
        calm, _ = await painted.make(SCRIPT, options=options)
    in_halves, whole = await pictures(painted, tight), await pictures(painted, calm)
    assert in_halves.keys() == whole.keys()
    assert max(np.abs(in_halves[name] - whole[name]).max() for name in whole) <= 1
    acts = Counter(render.spec_hash for render in await painted.renders(tight))
    assert set(acts.values()) == {1}


@pytest.fixture
def short_of_memory(painter: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Memory for one picture at a time; sizes that were refused, until -1 is appended."""
    import torch

    refused: list[int] = []
    real = painter.pipeline.unet.forward

    def forward(sample: Any, *arguments: Any, **named: Any) -> Any:
        if sample.shape[0] > 2 and -1 not in refused:  # two a picture, with guidance
            refused.append(sample.shape[0])
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB.")
        return real(sample, *arguments, **named)

    monkeypatch.setattr(painter.pipeline.unet, "forward", forward)
    monkeypatch.setattr(painter, "_most", {})
    return refused


@asynccontextmanager
async def painters(studio: Studio, **hands: Any) -> AsyncIterator[None]:
    """Run the CPU worker, and a GPU worker for each painter, under the names given."""
    from workers.gpu.painting import PaintingThread, ReferencePictures

    threads = {name: PaintingThread(painter, BATCH, ReferencePictures()) for name, painter in hands.items()}
    deps = [
        replace(studio.deps, renderers={RendererName.SDXL: thread}, worker=name) for name, thread in threads.items()
    ]
    try:
        async with gpu_workers(studio, Queue.GPU_KEYFRAME, deps):
            yield
    finally:
        for thread in threads.values():
            thread.close()


async def test_a_shot_that_does_not_fit_is_painted_by_another_worker(
    painted: Studio, painter: Any, options: FilmOptions
) -> None:
    # Whoever is asked first has the small device: which worker that is, Temporal decides.
    one = Cramped(painter)
    other = Cramped(painter, beside=one)
    async with painters(painted, one=one, other=other):
        submitted, result = await painted.make(ONE_SHOT, options=options)
    assert not result.stand_ins
    acts = [render for render in await painted.renders(submitted) if render.stage == "keyframes"]
    outcomes = await _outcomes(painted, submitted)
    assert [outcomes[act.render_id] for act in acts] == ["failed", "made"]
    assert {act.worker for act in acts} == {"one", "other"}  # what is handed back untried is no act of making


@asynccontextmanager
async def alone(painted: Studio, *, skip_time: bool = False) -> AsyncIterator[Studio]:
    """The installation with a Temporal that has heard of no other painters yet."""
    async with servers.temporal(skip_time=skip_time) as environment:
        yield replace(painted, client=environment.client)


async def test_a_shot_that_fits_nowhere_needs_attention_and_is_tried_again_when_asked(
    painted: Studio, painter: Any, options: FilmOptions
) -> None:
    cramped = Cramped(painter)
    async with alone(painted) as painted, painters(painted, only_one=cramped):
        submitted = await painted.submit(ONE_SHOT, options=options)
        await painted.relay()
        parked = await painted.until(submitted, EventKind.SHOT_PARKED)
        assert parked.data["error_type"] == "GpuOutOfMemory"
        assert "s001-001" in parked.message
        assert "does not fit" in parked.message
        cramped.roomy = True
        command, job = ShotCommand(shot="s001-001"), submitted.film.job_id
        await retry_shot(job, command, key=str(new_id()), db=painted.deps.db, client=painted.client)
        result = await painted.workflow(submitted).result()
        film = submitted.film.workflow_id
        [first, again] = await _turns(painted, scene_workflow_id(film, 0, None), "draw_keyframes")
        [alike] = await _turns(painted, film, "score_consistency")
    assert not result.stand_ins
    acts = [render for render in await painted.renders(submitted) if render.stage == "keyframes"]
    assert [(act.worker, act.round) for act in acts] == [("only_one", 0), ("only_one", 1)]
    # What is tried again and what is compared at the end come next, as no part of the film's turns.
    user = submitted.film.user_id
    assert first.fairness_key == f"{user}/0.0-1"
    assert (again.fairness_key, again.fairness_weight) == (f"{user}/again/s001-001", HEAVIEST)
    assert (alike.fairness_key, alike.fairness_weight) == (f"{user}/alike", HEAVIEST)


async def _turns(studio: Studio, workflow_id: str, name: str) -> list[Priority]:
    """With which turns a workflow asked for an activity, in order."""
    history = await studio.client.get_workflow_handle(workflow_id).fetch_history()
    scheduled = [event.activity_task_scheduled_event_attributes for event in history.events]
    return [one.priority for one in scheduled if one.activity_type.name == name]


async def test_a_shot_is_not_handed_back_for_ever_to_a_worker_that_went_home(
    painted: Studio, painter: Any, options: FilmOptions
) -> None:
    async with alone(painted, skip_time=True) as painted:
        async with painters(painted, gone=painter):
            await painted.make("EXT. SEA - DAY\n\nWaves.\n", options=options)
        async with painters(painted, only_one=Cramped(painter)):
            submitted, result = await painted.make(ONE_SHOT, options=options)
    # Nobody decided within a time that this clock leaps over.
    assert result.stand_ins == ("s001-001",)
    parked = next(event for event in await painted.events(submitted) if event.kind is EventKind.SHOT_PARKED)
    assert parked.data["error_type"] == "GpuOutOfMemory"
    acts = [render for render in await painted.renders(submitted) if render.label == "s001-001"]
    assert len(acts) == 2  # tried once, and the draft


async def _outcomes(studio: Studio, submitted: Submitted) -> dict[Any, str]:
    async with studio.deps.db.begin() as session:
        return dict(await Renders(session).outcomes_of_job(submitted.film.job_id))


async def shots_of(studio: Studio, submitted: Submitted) -> dict[str, bytes]:
    """The film's pictures as they were stored, by shot."""
    prefix = f"jobs/{submitted.film.job_id}/scenes/"
    keys = [key for key in await studio.keys(prefix) if "_shot_" in key]
    return {key.removeprefix(prefix): await studio.deps.store.get_bytes(key) for key in keys}


async def painted_acts(studio: Studio, submitted: Submitted) -> list[tuple[str, str]]:
    """What was painted for the film, and what came of it, in the order of the shots."""
    outcomes = await _outcomes(studio, submitted)
    acts = [act for act in await studio.renders(submitted) if act.stage == "keyframes"]
    return sorted((act.label, outcomes[act.render_id]) for act in acts)


async def test_a_black_picture_is_tried_with_another_seed_and_changes_no_other_of_its_batch(
    painted: Studio, painter: Any, options: FilmOptions, darken: Callable[[int], None]
) -> None:
    calls: list[int] = []
    async with painting(painted, Counting(painter, calls)):
        calm, _ = await painted.make(SCRIPT, options=options)
        darken(1)
        stormy, result = await painted.make(SCRIPT, options=options)
    assert not result.stand_ins
    undisturbed, disturbed = await shots_of(painted, calm), await shots_of(painted, stormy)
    assert disturbed.keys() == undisturbed.keys()
    assert calls[0] == BATCH
    assert len([name for name in undisturbed if disturbed[name] != undisturbed[name]]) == 1
    assert all(image.mean() > 12 for image in (await pictures(painted, stormy)).values())
    # The other seed is the painter's affair: each shot was painted once, as in the film that nothing disturbed.
    assert await painted_acts(painted, stormy) == await painted_acts(painted, calm)
    assert {outcome for _, outcome in await painted_acts(painted, calm)} == {"made"}


async def test_a_shot_that_stays_black_waits_for_a_decision_and_its_draft_may_stand_in(
    painted: Studio, painter: Any, options: FilmOptions, darken: Callable[[int], None]
) -> None:
    darken(10**6)
    script = "INT. KITCHEN - NIGHT\n\nA letter lies on the table.\n"
    async with painting(painted, painter):
        submitted = await painted.submit(script, options=options)
        await painted.relay()
        parked = await painted.until(submitted, EventKind.SHOT_PARKED)
        assert "black" in parked.message
        command, job = ShotCommand(shot="s001-001"), submitted.film.job_id
        await skip_shot(job, command, key=str(new_id()), db=painted.deps.db, client=painted.client)
        result = await painted.workflow(submitted).result()
    assert result.stand_ins == ("s001-001",)
    failed = [render for render in await painted.renders(submitted) if render.label == "s001-001"]
    assert len(failed) == 2  # one attempt with three seeds, and the draft


@pytest.fixture
def darken(painter: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the model's decoder give black for the first picture of so many calls."""
    real, left = painter.pipeline.vae.decode, 0

    def decode(*arguments: Any, **named: Any) -> Any:
        nonlocal left
        made = real(*arguments, **named)
        if left:
            left -= 1
            first = made[0] if isinstance(made, tuple) else made.sample
            first[0] = -1.0
        return made

    def darken(times: int) -> None:
        nonlocal left
        left = times

    monkeypatch.setattr(painter.pipeline.vae, "decode", decode)
    return darken


async def test_a_cancel_in_mid_batch_takes_effect_at_the_next_step(
    painted: Studio, painter: Any, options: FilmOptions
) -> None:
    patient = Patient(painter)
    async with painting(painted, patient):
        submitted = await painted.submit(SCRIPT, options=options)
        await painted.relay()
        await asyncio.to_thread(patient.painting.wait)
        await cancel_film(submitted.film.job_id, db=painted.deps.db)
        await painted.relay()
        with pytest.raises(WorkflowFailureError) as ended:
            await painted.workflow(submitted).result()
    assert isinstance(ended.value.cause, CancelledError)
    assert patient.steps == 1
    assert await painted.status(submitted) is JobStatus.CANCELLED
    assert not await pictures(painted, submitted)


async def test_a_cancel_in_the_second_batch_costs_that_batch_alone_when_the_film_is_ordered_again(
    painted: Studio, painter: Any, options: FilmOptions
) -> None:
    patient, calls = Patient(painter, after=1), list[int]()
    async with painting(painted, patient):
        first = await painted.submit(SCRIPT, options=options, project="called-off")
        await painted.relay()
        await asyncio.to_thread(patient.painting.wait)
        scene = painted.client.get_workflow_handle(scene_workflow_id(first.film.workflow_id, 0))
        while (told := await _last_heartbeat(scene)) != "step 1 of 4":
            await asyncio.sleep(0.05)
        await cancel_film(first.film.job_id, db=painted.deps.db)
        await painted.relay()
        with pytest.raises(WorkflowFailureError):
            await painted.workflow(first).result()
    assert told
    assert patient.steps == 1
    before = Counter(outcome for _, outcome in await painted_acts(painted, first))
    assert before["made"] == BATCH
    async with painting(painted, Counting(painter, calls)):
        again, result = await painted.make(SCRIPT, options=options, project="called-off")
        calm, _ = await painted.make(SCRIPT, options=options)
    assert not result.stand_ins
    acts = [*await painted.renders(first), *await painted.renders(again)]
    outcomes = await _outcomes(painted, first) | await _outcomes(painted, again)
    made = Counter(act.spec_hash for act in acts if outcomes.get(act.render_id) == "made" and act.stage == "keyframes")
    assert len(made) == result.shots
    assert set(made.values()) == {1}, "something that was finished was painted twice"
    assert sum(calls) == result.shots - BATCH + result.shots  # the rest, and the film that nothing disturbed
    found, undisturbed = await pictures(painted, again), await pictures(painted, calm)
    assert found.keys() == undisturbed.keys()
    assert max(np.abs(found[name] - undisturbed[name]).max() for name in undisturbed) <= 1


async def _last_heartbeat(handle: WorkflowHandle[Any, Any]) -> str:
    """What the activity in hand last told of its steps; empty where it told nothing."""
    description = await handle.describe()
    for pending in description.raw_description.pending_activities:
        for payload in pending.heartbeat_details.payloads:
            return str(json.loads(payload.data)).partition(": ")[2]
    return ""


async def test_a_film_of_another_model_waits_for_a_worker_that_has_it(
    painted: Studio, painter: Any, options: FilmOptions
) -> None:
    assert options.painting is not None
    other = options.model_copy(update={"painting": options.painting.model_copy(update={"model": "0" * 64})})
    async with painting(painted, painter):
        submitted = await painted.submit("EXT. SEA - DAY\n\nWaves.\n", options=other)
        await painted.relay()
        scene = painted.client.get_workflow_handle(scene_workflow_id(submitted.film.workflow_id, 0))
        while not (message := await _last_failure(scene)):
            await asyncio.sleep(0.05)
        assert "000000000000" in message
        assert await painted.status(submitted) is JobStatus.RUNNING
        await cancel_film(submitted.film.job_id, db=painted.deps.db)
        await painted.relay()
        with pytest.raises(WorkflowFailureError):
            await painted.workflow(submitted).result()
    assert {render.stage for render in await painted.renders(submitted)} == {"keyframes"}


async def _last_failure(handle: WorkflowHandle[Any, Any]) -> str:
    """What the activity in hand said when it last failed; empty where none did."""
    try:
        description = await handle.describe()
    except RPCError:
        return ""
    pending = description.raw_description.pending_activities
    return next((one.last_failure.message for one in pending if one.last_failure.message), "")


async def test_an_order_must_say_how_it_is_painted(painted: Studio, options: FilmOptions) -> None:
    with pytest.raises(InvalidRequest, match="needs to know its model"):
        await painted.submit(options=options.model_copy(update={"painting": None}))


async def test_an_order_with_what_cannot_be_used_is_refused_before_there_is_a_job(
    painted: Studio, tiny: Model, options: FilmOptions
) -> None:
    studio = replace(painted, settings=painted.settings.model_copy(update={"models": tiny[0].parent}))
    no_picture = b"no picture"
    face = Reference(character="mara", sha256=hashlib.sha256(no_picture).hexdigest())
    job = new_id()
    refused: list[tuple[dict[str, object], tuple[bytes, ...], type[Exception], str]] = [
        ({"lora": LoraUse(sha256="0" * 64)}, (), ModelRefused, "There is no LoRA"),
        ({"upscaler": Upscaling(model=tiny[1].digest)}, (), ModelRefused, "of the family sdxl, not upscaler"),
        ({"references": (face,)}, (no_picture,), ModelRefused, "The reference picture of mara is no PNG"),
        ({"references": (face,)}, (), InvalidRequest, "are not those that it names"),
    ]
    assert options.painting is not None
    for aids, pictures_given, kind, words in refused:
        order = options.model_copy(update={"painting": options.painting.model_copy(update=aids)})
        with pytest.raises(kind, match=words):
            await studio.submit(options=order, references=pictures_given, job_id=job)
    async with studio.deps.db.begin() as session:
        assert await Jobs(session).get(job) is None


class Cramped:
    """A painter whose device holds no picture at all, until it is roomy; of two beside each other, the first asked."""

    def __init__(self, painter: Any, beside: Cramped | None = None) -> None:
        self._painter = painter
        self._beside = beside
        self.manifest = painter.manifest
        self.roomy = False
        if beside is not None:
            beside._beside = self

    def paint(self, specs: Sequence[KeyframeSpec], **hooks: Any) -> Any:
        if self.roomy:
            return self._painter.paint(specs, **hooks)
        if self._beside is not None:
            self._beside.roomy = True
        return [GpuOutOfMemory("A single picture does not fit into the memory of cuda.") for _ in specs]


class Counting:
    """A painter who counts the pictures of each call."""

    def __init__(self, painter: Any, calls: list[int]) -> None:
        self._painter, self._calls = painter, calls
        self.manifest = painter.manifest

    def paint(self, specs: Sequence[KeyframeSpec], **hooks: Any) -> Any:
        self._calls.append(len(specs))
        return self._painter.paint(specs, **hooks)


class Noting:
    """A hand whose specs are noted down."""

    name = RendererName.SDXL

    def __init__(self, hand: Any, seen: list[KeyframeSpec]) -> None:
        self._hand, self._seen = hand, seen
        self.batch: int = hand.batch

    async def draw(self, specs: Sequence[KeyframeSpec], *others: Any) -> Any:
        self._seen.extend(specs)
        return await self._hand.draw(specs, *others)


class Patient:
    """A painter who stops after the first step until it is told to, once it has painted so many batches."""

    def __init__(self, painter: Any, after: int = 0) -> None:
        self._painter, self._after = painter, after
        self.manifest = painter.manifest
        self.painting = threading.Event()
        self.steps = 0

    def paint(
        self, specs: Sequence[KeyframeSpec], *, on_step: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> Any:
        called_off = threading.Event()
        if self._after:
            self._after -= 1
            return self._painter.paint(specs, on_step=on_step, cancelled=cancelled)

        def tell(step: int, steps: int) -> None:
            self.steps += 1
            on_step(step, steps)
            self.painting.set()
            while not cancelled():
                called_off.wait(0.01)

        return self._painter.paint(specs, on_step=tell, cancelled=cancelled)
