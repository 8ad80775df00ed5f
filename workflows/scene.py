"""SceneWorkflow: the pictures and camera moves of one scene, of one part of a long scene, or of a few short scenes."""

from __future__ import annotations

from datetime import timedelta
from itertools import zip_longest

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from schemas.artifact import ArtifactRef
from schemas.enums import MotionKind, RendererName, ShotOutcome
from schemas.events import EventKind, NewEvent
from schemas.jobs import (
    PARKED_HOURS,
    ParkedShot,
    SceneInput,
    SceneResult,
    SceneRevised,
    ShotDecision,
    ShotException,
    ShotReleased,
    ShotRun,
)
from schemas.messages import DeadLetter
from schemas.motion import MotionFigures
from schemas.payloads import (
    BATCH_SHOTS,
    AnimateInput,
    AnimateResult,
    KeyframesInput,
    KeyframesResult,
    MotionInput,
    MotionResult,
    ShotFailure,
    ShotOrder,
)
from schemas.shots import shot_indices, shot_number
from schemas.stages import STAGE_ROWS, Stage, queue_of_keyframes, queue_of_motion
from schemas.turns import Turn, next_turn, turn_of
from workflows import steps
from workflows.window import Window
from workflows.wording import counted, plain, shots_named, total

BATCHES_AT_ONCE = 4
"""Keyframe activities of one scene in flight."""
SCENES_AT_ONCE = 8
"""Scenes of one film in flight."""


@workflow.defn(name="SceneWorkflow")
class SceneWorkflow:
    """Draws a scene in batches, parks what fails for good, and plans the camera."""

    @workflow.init
    def __init__(self, scene: SceneInput) -> None:
        """Prepare for signals, which may arrive before `run`."""
        self._scene = scene
        self._film = scene.film
        self._made = 0
        self._kept: list[int | None] = []
        self._window = Window(BATCHES_AT_ONCE)
        self._decisions: dict[str, ShotDecision] = {}
        self._parked: dict[str, ShotFailure] = {}
        self._exceptions: list[ShotException] = []
        self._rounds: dict[str, int] = {}
        self._seeds: dict[str, int] = {}
        self._moving: int | None = None

    @workflow.run
    async def run(self, scene: SceneInput) -> SceneResult:
        """Make every shot of the scene, or of the scenes, then plan the camera moves.

        Returns:
            Counts and exceptions. The pictures' names follow from their specs.
        """
        self._show()
        shots = [shot for run in scene.runs for shot in _shots(run)]
        drawn = [shot for shot in shots if shot not in scene.stand_ins]
        batches = [drawn[start : start + BATCH_SHOTS] for start in range(0, len(drawn), BATCH_SHOTS)]
        work = [self._batch(number, batch) for number, batch in enumerate(batches, 1)]
        await steps.all_of([*work, *(self._stand_in_still(shot) for shot in scene.stand_ins)])
        began = workflow.now()
        # What a shot leads to is in its own scene, and so is the plan of its camera: batches alone cross scenes.
        figures = MotionFigures.together(await steps.all_of(self._move(run) for run in scene.runs))
        return SceneResult(
            scene=scene.scene,
            made=self._made,
            exceptions=tuple(sorted(self._exceptions, key=lambda exception: exception.shot)),
            rounds=self._rounds,
            seeds=self._seeds,
            motion_s=(workflow.now() - began).total_seconds(),
            motion=figures,
            kept=total(self._kept),
        )

    @workflow.signal
    def decide_shot(self, decision: ShotDecision) -> None:
        """Take the film's word on a parked shot."""
        self._decisions[decision.shot] = decision

    @workflow.signal
    def take_revision(self, revised: SceneRevised) -> None:
        """Go on from other words, sizes and lengths: of shots that wait, and of none that stands."""
        changes = {"film": revised.film, "prompts": revised.prompts, "breakdown": revised.breakdown}
        self._scene = self._scene.model_copy(update=changes)
        self._film = revised.film

    async def _batch(self, number: int, shots: list[str]) -> None:
        orders = tuple(ShotOrder(shot=shot) for shot in shots)
        place = await self._window.enter()
        try:
            result = await self._draw(orders, f"keyframes {shots_named(shots)}", turn_of_batch(self._scene, number))
        finally:
            # Whoever waits for a decision, for up to three days, must not keep other batches from being drawn.
            place.leave()
        self._made += result.made
        self._show()
        if result.made:
            await self._record_made(f"batch-{number}", result.made)
        # Parked shots wait side by side: the decision on one must not wait for the decision on another.
        await steps.all_of(self._park(failure) for failure in result.failed)

    async def _draw(self, orders: tuple[ShotOrder, ...], summary: str, turn: Turn | None = None) -> KeyframesResult:
        result = await steps.run(
            "draw_keyframes",
            KeyframesInput(film=self._film, prompts=self._scene.prompts, orders=orders),
            KeyframesResult,
            summary=summary,
            # Stand-ins are drawn by the draughtsman, whoever was to make the picture.
            queue=queue_of_keyframes(RendererName.STORYBOARD if orders[0].stand_in else self._film.options.renderer),
            turn=turn,
        )
        self._kept.append(result.kept)
        return result

    async def _park(self, failure: ShotFailure) -> None:
        """Wait until a shot that failed for good is drawn after all, or its draft stands in for it."""
        while True:
            decision = await self._ask(failure)
            if decision is None or decision.skip:
                reason = "skipped" if decision else f"nobody decided within {PARKED_HOURS} hours"
                await self._stand_in(failure, reason)
                return
            retried = await self._retry(failure.shot, decision)
            if not retried.failed:
                self._made += 1
                await self._record_made(f"{failure.shot}-round-{self._rounds[failure.shot]}", 1)
                await self._release(failure.shot, ShotOutcome.MADE, "drawn after a retry")
                return
            failure = retried.failed[0]

    async def _ask(self, failure: ShotFailure) -> ShotDecision | None:
        """Park a shot and wait for a decision; None when nobody answered in time."""
        self._parked[failure.shot] = failure
        self._show()
        await self._send_dead_letter(failure)
        await self._signal_film(
            "shot_parked",
            ParkedShot(
                shot=failure.shot,
                error_type=failure.error_type,
                message=failure.message,
                attempts=failure.attempts,
            ),
        )
        try:
            await workflow.wait_condition(
                lambda: failure.shot in self._decisions,
                timeout=timedelta(hours=PARKED_HOURS),
                timeout_summary=f"{failure.shot} waits for a decision",
            )
        except TimeoutError:
            pass  # nobody answered
        del self._parked[failure.shot]
        self._show()
        return self._decisions.pop(failure.shot, None)

    async def _retry(self, shot: str, decision: ShotDecision) -> KeyframesResult:
        self._rounds[shot] = self._rounds.get(shot, 0) + 1
        if decision.seed is not None:
            self._seeds[shot] = decision.seed
        order = ShotOrder(shot=shot, round=self._rounds[shot], seed=self._seeds.get(shot))
        # Somebody waits for this one shot, and so does the film: it is no part of the film's turns any more.
        turn = next_turn(str(self._film.user_id), f"again/{shot}")
        return await self._draw((order,), f"keyframe {shot}, tried again", turn)

    async def _stand_in_still(self, shot: str) -> None:
        """Let the draft stand in for a shot that failed in an earlier version: nobody asked to try it again."""
        failure = ShotFailure(shot=shot, error_type="", message="it failed in an earlier version", attempts=0, spec="")
        await self._stand_in(failure, "as in the version before")

    async def _stand_in(self, failure: ShotFailure, reason: str) -> None:
        order = ShotOrder(shot=failure.shot, round=self._rounds.get(failure.shot, 0), stand_in=True)
        result = await self._draw((order,), f"keyframe {failure.shot}, the draft that stands in")
        if result.failed:
            raise ApplicationError(
                f"Shot {failure.shot} could not be drawn ({failure.message}), nor could the draft that would stand "
                f"in for it ({result.failed[0].message}).",
                type="StandInFailed",
                non_retryable=True,
            )
        self._exceptions.append(ShotException(shot=failure.shot, outcome=ShotOutcome.STAND_IN, reason=reason))
        await self._record_made(f"{failure.shot}-stand-in", 1)
        await self._release(failure.shot, ShotOutcome.STAND_IN, reason)

    async def _move(self, run: ShotRun) -> MotionFigures:
        """Let the shots of one scene move: the camera, and more where that was asked for."""
        motions = [] if self._film.options.motion is MotionKind.CAMERA else await self._animate(_shots(run))
        return await self._plan_motion(run, motions)

    async def _animate(self, shots: list[str]) -> list[ArtifactRef]:
        """Let more than the camera move, where that can be done."""
        runs = [shots[start : start + BATCH_SHOTS] for start in range(0, len(shots), BATCH_SHOTS)]
        pairs = enumerate(zip_longest(runs, runs[1:]), 1)
        made = await steps.all_of(self._animate_run(number, *pair) for number, pair in pairs)
        return [result.motions for result in made]

    async def _animate_run(self, number: int, shots: list[str], following: list[str] | None) -> AnimateResult:
        place = await self._window.enter()
        try:
            return await steps.run(
                "animate_shots",
                AnimateInput(
                    film=self._film,
                    breakdown=self._scene.breakdown,
                    prompts=self._scene.prompts,
                    orders=tuple(self._order(shot) for shot in [*shots, *(following or [])[:1]]),
                    shots=len(shots),
                ),
                AnimateResult,
                summary=f"motion of {shots_named(shots)}",
                queue=queue_of_motion(self._film.options.motion),
                turn=turn_of_batch(self._scene, number),
            )
        finally:
            place.leave()

    def _order(self, shot: str) -> ShotOrder:
        """Say how a shot's keyframe was drawn in the end."""
        stand_ins = {exception.shot for exception in self._exceptions}
        seed = None if shot in stand_ins else self._seeds.get(shot)
        return ShotOrder(shot=shot, round=self._rounds.get(shot, 0), seed=seed, stand_in=shot in stand_ins)

    async def _plan_motion(self, run: ShotRun, motions: list[ArtifactRef]) -> MotionFigures:
        place = await self._window.enter()
        try:
            plan = await steps.run(
                "plan_motion",
                MotionInput(
                    film=self._film,
                    breakdown=self._scene.breakdown,
                    scene=run.scene,
                    first_shot=run.first_shot,
                    shots=run.shots,
                    motions=tuple(motions),
                ),
                MotionResult,
                summary=f"camera moves of {counted(run.shots, 'shot')}",
            )
        finally:
            place.leave()
        self._moving = (self._moving or 0) + plan.moving
        self._show()
        return plan.figures

    async def _record_made(self, key: str, count: int) -> None:
        message = f"{self._label}: {counted(count, 'keyframe')} of the film's {self._scene.film_shots}"
        await steps.tell(
            "record_event",
            NewEvent(
                job_id=self._film.job_id,
                rev=self._film.rev,
                key=f"r{self._film.rev}/{self._label}/{key}",
                kind=EventKind.SHOTS_MADE,
                stage=Stage.KEYFRAMES,
                message=message,
                data={"scene": self._scene.scene, "shots": count},
                count=count,
                count_of=self._scene.film_shots,
                progress_from=STAGE_ROWS[Stage.PROMPTS].progress_to,
                progress_to=STAGE_ROWS[Stage.KEYFRAMES].progress_to,
            ),
            summary=message,
        )

    async def _send_dead_letter(self, failure: ShotFailure) -> None:
        info = workflow.info()
        await steps.try_to_tell(
            "send_dead_letter",
            DeadLetter(
                kind="shot",
                job_id=self._film.job_id,
                rev=self._film.rev,
                scene=shot_indices(failure.shot)[0],
                shot=failure.shot,
                stage=Stage.KEYFRAMES,
                workflow_id=info.workflow_id,
                run_id=info.run_id,
                failure_type=failure.error_type,
                message=failure.message,
                attempts=failure.attempts,
                spec=failure.spec,
                occurred_at=workflow.now(),
            ),
            summary=f"dead letter: {failure.shot} failed for good",
        )

    async def _release(self, shot: str, outcome: ShotOutcome, reason: str) -> None:
        await self._signal_film("shot_released", ShotReleased(shot=shot, outcome=outcome, reason=reason))

    async def _signal_film(self, name: str, message: ParkedShot | ShotReleased) -> None:
        parent = workflow.info().parent
        if parent is not None:
            await workflow.get_external_workflow_handle(parent.workflow_id).signal(name, message)

    @property
    def _label(self) -> str:
        scene = f"s{self._scene.scene + 1:03d}"
        if self._scene.following:
            return f"{scene} to s{self._scene.scene + 1 + len(self._scene.following):03d}"
        return scene if self._scene.part is None else f"{scene} part {self._scene.part}"

    def _show(self) -> None:
        """Keep the Web UI's details of this scene true."""
        lines = [f"**{self._made} of {counted(self._scene.all_shots, 'shot')}** drawn."]
        lines += [
            f"**{shot} waits for a decision:** {plain(failure.message)} (asked through the film's workflow)"
            for shot, failure in self._parked.items()
        ]
        lines += [f"{exception.shot}: the draft stands in, {exception.reason}." for exception in self._exceptions]
        lines += [f"The camera moves in **{self._moving}** of them."] if self._moving is not None else []
        workflow.set_current_details("\n\n".join(lines))


def turn_of_batch(scene: SceneInput, number: int) -> Turn:
    """Say when a batch's turn is among those of other films.

    Args:
        scene: Whose batch it is.
        number: The batch's in it, from 1.
    """
    # Scenes whose film began before this was said take themselves for parts of a whole film.
    place = scene.scene if scene.place is None else scene.place
    drawn = scene.film_shots if scene.drawn is None else scene.drawn
    follows = number > BATCHES_AT_ONCE or place >= SCENES_AT_ONCE
    before = BATCHES_AT_ONCE * place + number - 1
    name = f"{scene.scene}.{scene.first_shot}-{number}"
    return turn_of(str(scene.film.user_id), drawn, name, before, follows=follows)


def _shots(run: ShotRun) -> list[str]:
    return [shot_number(run.scene, run.first_shot + index) for index in range(run.shots)]
