"""FilmWorkflow: one job, from script to delivered film."""

from __future__ import annotations

import asyncio

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from schemas.edits import RevisionCommand, digest_of
from schemas.enums import JobStatus
from schemas.errors import Outdated
from schemas.events import EventKind
from schemas.jobs import (
    FilmInput,
    FilmResult,
    FilmState,
    KeptFigures,
    ParkedShot,
    SceneResult,
    SceneRevised,
    ShotCommand,
    ShotDecision,
    ShotReleased,
)
from schemas.motion import MotionFigures
from schemas.payloads import (
    AnalyzeResult,
    CutResult,
    PromptsInput,
    PromptsResult,
)
from schemas.stages import Stage
from workflows import attributes, steps
from workflows.attention import Attention
from workflows.cutting import CuttingRoom
from workflows.ending import Ending
from workflows.logbook import Logbook
from workflows.shooting import Shooting
from workflows.wording import counted, directed_words, total

REVIEW = "review"
"""What the search attribute `Stage` says of a film that waits for its review."""


@workflow.defn(name="FilmWorkflow")
class FilmWorkflow:
    """Runs the pipeline of `schemas.stages` for one film; nothing that stands is made again."""

    @workflow.init
    def __init__(self, film: FilmInput) -> None:
        """Prepare for Updates and signals, which may arrive before `run`."""
        self._film = film
        self._log = Logbook(film)
        self._approved = False
        self._attention = Attention(self._log)
        self._script: AnalyzeResult | None = None
        self._prompts: PromptsResult | None = None
        self._revising = asyncio.Lock()
        self._shooting = Shooting(self._log)
        self._cutting_room = CuttingRoom(film, self._log)
        self._ending = Ending(self._log)

    @workflow.run
    async def run(self, film: FilmInput) -> FilmResult:
        """Make the film.

        Returns:
            The delivered file, and what is worth knowing of how it came to be.

        Raises:
            ApplicationError: The film failed; its job says why, and nothing half-made is left to download.
            asyncio.CancelledError: The film was cancelled.
        """
        try:
            result = await self._make(film)
        except (Exception, asyncio.CancelledError) as error:
            # No other BaseException: a workflow that is evicted from memory unwinds with those, and must not await.
            await steps.undisturbed(self._ending.undo(self._film, error, self._attention.parked))
            await workflow.wait_condition(workflow.all_handlers_finished)
            raise
        await workflow.wait_condition(workflow.all_handlers_finished)
        return result

    # What may be asked of a running film -----------------------------------------------------------------------

    @workflow.update
    async def approve(self) -> FilmState:
        """Let a film go on that waits for its review. Approving twice does no more than approving once."""
        self._approved = True
        return self._state()

    @approve.validator
    def _may_approve(self) -> None:
        if not self._film.reviewed:
            raise ApplicationError("This film was not asked to wait for a review.", type="NotWaiting")

    @workflow.update
    async def retry_shot(self, command: ShotCommand) -> FilmState:
        """Try a shot again that failed for good, with another seed if one is given."""
        return await self._decide(ShotDecision(shot=command.shot, seed=command.seed))

    @workflow.update
    async def skip_shot(self, command: ShotCommand) -> FilmState:
        """Let the draft's picture stand in for a shot that failed for good."""
        return await self._decide(ShotDecision(shot=command.shot, skip=True))

    @retry_shot.validator
    def _may_retry(self, command: ShotCommand) -> None:
        self._attention.must_hold(command)

    @skip_shot.validator
    def _may_skip(self, command: ShotCommand) -> None:
        self._attention.must_hold(command)

    @workflow.update
    async def revise(self, command: RevisionCommand) -> FilmState:
        """Make a film that waits otherwise: one that waits for its review, or the shots of it that failed for good."""
        async with self._revising:
            self._must_build_on(command)
            await self._revise(command)
        return self._state()

    @revise.validator
    def _may_revise(self, command: RevisionCommand) -> None:
        if self._log.status is JobStatus.AWAITING_REVIEW and not self._approved:
            return
        asked, waiting = command.asked, {shot.shot for shot in self._attention.parked}
        shots = [change.shot for change in asked.shots]
        if not shots or asked.cast or asked.order or asked.removed or asked.tier or not waiting.issuperset(shots):
            parked = f" Only {', '.join(sorted(waiting))} may be changed meanwhile." if waiting else ""
            raise ApplicationError(
                f"The film is being made: wait until it is finished, or cancel it, and revise it then.{parked}",
                type="NotWaiting",
            )

    @workflow.query
    def state(self) -> FilmState:
        """Answer where the film stands: for a look from the command line, not for pages."""
        return self._state()

    @workflow.signal
    async def shot_parked(self, shot: ParkedShot) -> None:
        """Take note of a shot that failed for good; the other shots go on."""
        self._shooting.waits(shot.shot)
        await self._attention.park(shot)

    @workflow.signal
    async def shot_released(self, shot: ShotReleased) -> None:
        """Take note of how a parked shot ended."""
        await self._attention.release(shot)

    async def _decide(self, decision: ShotDecision) -> FilmState:
        await self._attention.decide(decision, self._shooting.scene_id(decision.shot))
        return self._state()

    def _must_build_on(self, command: RevisionCommand) -> None:
        """See that what is asked continues the edits that the film has: of two who change it at once, one asks again.

        Commands of before 2026-11-29 do not say what they continue: histories that hold them replay.
        """
        if command.builds_on not in {None, digest_of(self._film.edits)}:
            raise ApplicationError(
                "The film was changed meanwhile: read its breakdown again, and ask for what is still to be changed.",
                type=Outdated.code,
            )

    async def _revise(self, command: RevisionCommand) -> None:
        """Take other edits, read them once more, and let scenes that wait know."""
        script = await self._read_script(command.film)
        prompts = await self._read_prompts(command.film, script)
        self._film, self._script, self._prompts = command.film, script, prompts
        update = workflow.current_update_info()
        await self._log.event(
            EventKind.REVISED,
            "The film is made otherwise than it was ordered.",
            once=str(self._log.next_number()),
            data={
                "input": command.film.model_dump(mode="json"),
                "asked": command.asked.model_dump(mode="json"),
                "key": update.id if update else None,
            },
        )
        if self._log.status is JobStatus.AWAITING_REVIEW:
            self._log.scope(*_scope(script, self._film))
            return
        revised = SceneRevised(film=self._film, prompts=prompts.prompts, breakdown=script.breakdown)
        for change in command.asked.shots:
            self._attention.must_hold(ShotCommand(shot=change.shot))
            scene = workflow.get_external_workflow_handle(self._shooting.scene_id(change.shot))
            await scene.signal("take_revision", revised)
            await self._decide(ShotDecision(shot=change.shot, seed=change.seed))

    def _state(self) -> FilmState:
        script = self._script
        return FilmState(
            status=self._log.status,
            stage=self._log.stage,
            progress=self._log.progress,
            parked=self._attention.parked,
            script_breakdown=(script.script_breakdown or script.breakdown) if script else None,
            breakdown=script.breakdown if script else None,
            edits=self._film.edits,
        )

    # The pipeline ----------------------------------------------------------------------------------------------

    async def _make(self, film: FilmInput) -> FilmResult:
        await self._log.event(EventKind.STARTED, f"“{film.title}” is being made.", status=JobStatus.RUNNING, progress=1)
        self._script = await self._analyze()
        self._prompts = await self._write_prompts(self._script)
        await self._review()
        scenes = await self._shooting.shoot(self._film, self._script, self._prompts)
        script, prompts = self._script, self._prompts  # shots that waited may have been revised
        exceptions = tuple(exception for scene in scenes for exception in scene.exceptions)
        seeds = {shot: seed for scene in scenes for shot, seed in scene.seeds.items()}
        cut, consistency = await self._cutting_room.cut(self._film, script, prompts, seeds, exceptions)
        finished = await self._ending.finish(self._film, cut, script)
        stand_ins = tuple(exception.shot for exception in exceptions)
        result = FilmResult(
            output=finished.output,
            frames=finished.frames,
            duration_s=finished.duration_s,
            scenes=len(script.scene_shots),
            shots=sum(script.scene_shots),
            directed_by=script.directed_by,
            director_notes=script.director_notes,
            stand_ins=stand_ins,
            motion=MotionFigures.together([scene.motion for scene in scenes]),
            dialogue=finished.dialogue,
            consistency=consistency,
            sound=finished.sound,
            profile=self._cutting_room.encoder.profile,
            profile_note=self._cutting_room.encoder.note,
            kept=self._kept(script, scenes, cut),
            notes=cut.notes,
            stages=self._log.seconds,
            script_breakdown=script.script_breakdown or script.breakdown,
            breakdown=script.breakdown,
            timeline=cut.timeline,
            seeds={shot: seed for shot, seed in seeds.items() if shot not in stand_ins},
        )
        await self._ending.deliver(self._film, result)
        return result

    def _kept(self, script: AnalyzeResult, scenes: list[SceneResult], cut: CutResult) -> KeptFigures | None:
        """Count what stood before this job; None where somebody did not count."""
        pictures, segments = total([scene.kept for scene in scenes]), self._cutting_room.kept
        if pictures is None or segments is None:
            return None
        return KeptFigures(
            pictures=sum(script.scene_shots),
            pictures_kept=pictures,
            segments=cut.count,
            segments_kept=segments,
        )

    async def _analyze(self) -> AnalyzeResult:
        async with attributes.during(self._log, Stage.SCRIPT):
            script = await self._read_script(self._film)
        if script.director_model:
            data = script.model_dump(mode="json", include={"directed_by", "director_model", "director_notes"})
            await self._log.event(EventKind.DIRECTED, directed_words(script), data=data)
        return script

    async def _read_script(self, film: FilmInput) -> AnalyzeResult:
        return await steps.run("analyze_script", film, AnalyzeResult, summary="from the script to scenes and shots")

    async def _write_prompts(self, script: AnalyzeResult) -> PromptsResult:
        self._log.scope(*_scope(script, self._film))
        async with attributes.during(self._log, Stage.PROMPTS):
            return await self._read_prompts(self._film, script)

    async def _read_prompts(self, film: FilmInput, script: AnalyzeResult) -> PromptsResult:
        return await steps.run(
            "write_prompts",
            PromptsInput(film=film, breakdown=script.breakdown, script_breakdown=script.script_breakdown),
            PromptsResult,
            summary=f"{counted(sum(script.scene_shots), 'prompt')}, {film.options.style}",
        )

    async def _review(self) -> None:
        if not self._film.reviewed:
            return
        await self._log.event(
            EventKind.AWAITING_REVIEW,
            " ".join(
                ["The breakdown waits for an approval; no picture has been made yet.", self._film.review_reason]
            ).strip(),
            status=JobStatus.AWAITING_REVIEW,
        )
        workflow.upsert_search_attributes([attributes.STAGE.value_set(REVIEW)])
        asked = workflow.now()
        await workflow.wait_condition(lambda: self._approved and not self._revising.locked())
        waited = (workflow.now() - asked).total_seconds()
        await self._log.event(EventKind.APPROVED, f"Approved after {waited:.1f} s.", status=JobStatus.RUNNING)


def _scope(script: AnalyzeResult, film: FilmInput) -> tuple[int, int, float]:
    """Scenes, shots and seconds of a film."""
    return len(script.scene_shots), sum(script.scene_shots), float(script.frames / film.options.fps)
