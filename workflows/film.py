"""FilmWorkflow: one job, from script to delivered film."""

from __future__ import annotations

import asyncio

from temporalio import workflow
from temporalio.exceptions import ApplicationError, is_cancelled_exception
from temporalio.workflow import ParentClosePolicy

from schemas.edits import RevisionCommand, digest_of
from schemas.enums import JobStatus
from schemas.errors import Gone, Outdated
from schemas.events import EventKind
from schemas.jobs import (
    FilmInput,
    FilmResult,
    FilmState,
    KeptFigures,
    ParkedShot,
    SceneInput,
    SceneResult,
    SceneRevised,
    ShotCommand,
    ShotDecision,
    ShotReleased,
    scene_workflow_id,
)
from schemas.messages import DeadLetter
from schemas.motion import MotionFigures
from schemas.payloads import (
    AnalyzeResult,
    CutResult,
    DiscardInput,
    FinishInput,
    FinishResult,
    PromptsInput,
    PromptsResult,
    PublishInput,
    StandingInput,
    StandingResult,
)
from schemas.shots import shot_indices
from schemas.stages import Stage
from workflows import attributes, steps
from workflows.attention import Attention
from workflows.compensation import Compensations
from workflows.cutting import CuttingRoom
from workflows.logbook import Logbook
from workflows.parts import home_of, many, scene_parts
from workflows.scene import SceneWorkflow
from workflows.window import Place, Window
from workflows.wording import counted, directed_words, scene_details, scene_name, scene_summary, total

REVIEW = "review"
"""What the search attribute `Stage` says of a film that waits for its review."""
SCENES_AT_ONCE = 8
GONE = Gone.code
"""How activities fail once the film's job was deleted."""


@workflow.defn(name="FilmWorkflow")
class FilmWorkflow:
    """Runs the pipeline of `schemas.stages` for one film; nothing that stands is made again."""

    @workflow.init
    def __init__(self, film: FilmInput) -> None:
        """Prepare for Updates and signals, which may arrive before `run`."""
        self._film = film
        self._log = Logbook(film)
        self._undo = Compensations()
        self._approved = False
        self._attention = Attention(self._log)
        self._scene_shots: tuple[int, ...] = ()
        self._parts: list[SceneInput] = []
        self._stood: frozenset[int] = frozenset()
        self._window = Window(SCENES_AT_ONCE)
        self._places: dict[str, Place] = {}
        self._script: AnalyzeResult | None = None
        self._prompts: PromptsResult | None = None
        self._revising = asyncio.Lock()
        self._cutting_room = CuttingRoom(film, self._log)

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
            await steps.undisturbed(self._end(error))
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
        # A scene that waits for a decision, for up to three days, must not keep other scenes from being made.
        self._places[self._scene_id(shot.shot)].leave()
        await self._attention.park(shot)

    @workflow.signal
    async def shot_released(self, shot: ShotReleased) -> None:
        """Take note of how a parked shot ended."""
        await self._attention.release(shot)

    async def _decide(self, decision: ShotDecision) -> FilmState:
        await self._attention.decide(decision, self._scene_id(decision.shot))
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
            scene = workflow.get_external_workflow_handle(self._scene_id(change.shot))
            await scene.signal("take_revision", revised)
            await self._decide(ShotDecision(shot=change.shot, seed=change.seed))

    def _scene_id(self, number: str) -> str:
        """Find the workflow that a shot belongs to."""
        part = home_of(self._parts, *shot_indices(number))
        return scene_workflow_id(workflow.info().workflow_id, part.scene, part.part)

    def _cancelled_words(self) -> str:
        if self._log.status is JobStatus.AWAITING_REVIEW:
            return "The film was cancelled while it waited for its review."
        parked = ", ".join(shot.shot for shot in self._attention.parked)
        waiting = f", while {parked} waited for a decision" if parked else ""
        return f"The film was cancelled at {self._log.progress} %{waiting}."

    def _elapsed(self) -> float:
        return (workflow.now() - workflow.info().workflow_start_time).total_seconds()

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
        scenes = await self._shoot(self._script, self._prompts)
        script, prompts = self._script, self._prompts  # shots that waited may have been revised
        exceptions = tuple(exception for scene in scenes for exception in scene.exceptions)
        seeds = {shot: seed for scene in scenes for shot, seed in scene.seeds.items()}
        cut, consistency = await self._cutting_room.cut(self._film, script, prompts, seeds, exceptions)
        finished = await self._finish(cut, script)
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
            kept=self._kept(scenes, cut),
            notes=cut.notes,
            stages=self._log.seconds,
            script_breakdown=script.script_breakdown or script.breakdown,
            breakdown=script.breakdown,
            timeline=cut.timeline,
            seeds={shot: seed for shot, seed in seeds.items() if shot not in stand_ins},
        )
        await self._deliver(result)
        return result

    def _kept(self, scenes: list[SceneResult], cut: CutResult) -> KeptFigures | None:
        """Count what stood before this job; None where somebody did not count."""
        pictures, segments = total([scene.kept for scene in scenes]), self._cutting_room.kept
        if pictures is None or segments is None:
            return None
        return KeptFigures(
            pictures=sum(self._scene_shots),
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

    async def _shoot(self, script: AnalyzeResult, prompts: PromptsResult) -> list[SceneResult]:
        async with attributes.during(self._log, Stage.KEYFRAMES):
            self._scene_shots = script.scene_shots
            # 2026-11-29: films of many scenes that began before have a child for each of them.
            shared = many(script) and workflow.patched("2026-11-29-short-scenes-share-a-child")
            self._parts = parts = scene_parts(self._film, script, prompts, shared=shared)
            self._log.scenes({scene_name(part): part.all_shots for part in parts})
            stood = await self._standing(script, prompts) if self._film.rev else []
            results = [*stood, *await steps.all_of(self._scene(part) for part in self._parts_to_make())]
        await self._log.passed(Stage.MOTION, within=Stage.KEYFRAMES, seconds=max(r.motion_s for r in results))
        return results

    async def _standing(self, script: AnalyzeResult, prompts: PromptsResult) -> list[SceneResult]:
        """Find what of a revision stands already: its scenes need no child."""
        parts = self._parts
        found = await steps.run(
            "find_standing",
            StandingInput(
                film=self._film,
                breakdown=script.breakdown,
                prompts=prompts.prompts,
                parts=tuple((part.runs[0].scene, part.runs[-1].scene) for part in parts),
            ),
            StandingResult,
            summary="what stands already",
        )
        stood = [parts[index] for index in found.parts]
        if not stood:
            return []
        shots = sum(part.all_shots for part in stood)
        self._stood = frozenset(found.parts)
        for part in stood:
            self._log.scene(scene_name(part), "stands")
        await self._log.counted(
            EventKind.SHOTS_MADE,
            Stage.KEYFRAMES,
            f"{counted(shots, 'keyframe')} of the film's {stood[0].film_shots} stand already",
            once="standing",
            count=shots,
            of=stood[0].film_shots,
            data={"shots": shots},
        )
        return [SceneResult(scene=stood[0].scene, made=shots, kept=shots, motion=found.motion)]

    def _parts_to_make(self) -> list[SceneInput]:
        return [part for index, part in enumerate(self._parts) if index not in self._stood]

    async def _scene(self, part: SceneInput) -> SceneResult:
        film_id, name = workflow.info().workflow_id, scene_name(part)
        scene_id = scene_workflow_id(film_id, part.scene, part.part)
        self._places[scene_id] = place = await self._window.enter()
        began = workflow.now()
        self._log.scene(name, "being made")
        try:
            made = await workflow.execute_child_workflow(
                SceneWorkflow.run,
                part,
                id=scene_id,
                parent_close_policy=ParentClosePolicy.REQUEST_CANCEL,
                static_summary=scene_summary(part),
                static_details=scene_details(part, film_id),
                search_attributes=attributes.of_children(self._film),
            )
        finally:
            place.leave()
        stand_ins = f", {counted(len(made.exceptions), 'stand-in')}" if made.exceptions else ""
        self._log.worked(Stage.KEYFRAMES, part.all_shots, of=part.film_shots)
        self._log.scene(name, f"done in {(workflow.now() - began).total_seconds():.2f} s{stand_ins}")
        return made

    async def _finish(self, cut: CutResult, script: AnalyzeResult) -> FinishResult:
        self._undo.before(
            "discard_output",
            DiscardInput(film=self._film, reason="the film was not delivered"),
            summary="take back the undelivered film",
        )
        async with attributes.during(self._log, Stage.POST):
            return await steps.run(
                "finish_film",
                FinishInput(
                    film=self._film,
                    cut=cut,
                    breakdown=script.breakdown,
                    script_breakdown=script.script_breakdown,
                ),
                FinishResult,
                summary="join, subtitles, verify, upload",
            )

    async def _deliver(self, result: FilmResult) -> None:
        """Say that the film can be downloaded: the last thing a film does, and the only one that says 100.

        From here on a cancel comes too late. It must not reach the activity: the job might be completed in the
        database, and its file then taken back by the compensation.
        """
        await steps.undisturbed(
            self._log.end(
                EventKind.COMPLETED,
                JobStatus.COMPLETED,
                f"“{self._film.title}” is finished: {result.duration_s:.1f} s of film, "
                f"{result.output.bytes / 1e6:.1f} MB, made in {self._elapsed():.1f} s.{_warning(result)}",
                data={
                    "output": result.output.model_dump(mode="json"),
                    "summary": result.model_dump(mode="json", exclude={"output"}),
                },
            )
        )
        self._undo.dismiss()
        if self._film.rev:
            await steps.undisturbed(
                steps.try_to_tell(
                    "publish_version", PublishInput(film=self._film), summary="make this version the job's"
                )
            )

    async def _end(self, error: BaseException) -> None:
        """Undo what was not delivered, and say how the film ended. What is said last, users take for the end."""
        await self._undo.undo()
        if is_cancelled_exception(error):
            await self._log.end(EventKind.CANCELLED, JobStatus.CANCELLED, f"{self._cancelled_words()}{self._stays()}")
            return
        error_type, message = steps.words_of(error)
        # 2026-11-29: a film that was deleted while it was made has failed nobody, and nobody shall be told.
        deleted = error_type == GONE and workflow.patched("2026-11-29-deleted-films-end-quietly")
        if not deleted:
            await self._send_dead_letter(error_type, message)
        data = {"error_type": error_type}
        await self._log.end(EventKind.FAILED, JobStatus.FAILED, f"{message}{self._stays()}", data=data)

    def _stays(self) -> str:
        """Say what the job still has when a revision of it is not delivered."""
        return "" if self._film.base is None else f" Version {self._film.base} of the film stays."

    async def _send_dead_letter(self, error_type: str, message: str) -> None:
        info = workflow.info()
        letter = DeadLetter(
            kind="film",
            job_id=self._film.job_id,
            rev=self._film.rev,
            stage=self._log.stage,
            workflow_id=info.workflow_id,
            run_id=info.run_id,
            failure_type=error_type,
            message=message,
            attempts=1,
            occurred_at=workflow.now(),
        )
        await steps.try_to_tell("send_dead_letter", letter, summary="dead letter: the film failed")


def _scope(script: AnalyzeResult, film: FilmInput) -> tuple[int, int, float]:
    """Scenes, shots and seconds of a film."""
    return len(script.scene_shots), sum(script.scene_shots), float(script.frames / film.options.fps)


def _warning(result: FilmResult) -> str:
    """What the users of a finished film should look at."""
    warnings = (*(result.dialogue.warnings if result.dialogue else ()), *result.notes)
    return "".join(f" Warning: {warning}" for warning in warnings)
