"""The set: stages 3 and 4 of a film, the pictures of its shots and how they move, by a child a scene."""

from __future__ import annotations

from temporalio import workflow
from temporalio.workflow import ParentClosePolicy

from schemas.events import EventKind
from schemas.jobs import FilmInput, SceneInput, SceneResult, scene_workflow_id
from schemas.payloads import AnalyzeResult, PromptsResult, StandingInput, StandingResult
from schemas.shots import shot_indices
from schemas.stages import Stage
from workflows import attributes, steps
from workflows.logbook import Logbook
from workflows.parts import home_of, many, scene_parts, to_make
from workflows.scene import SCENES_AT_ONCE, SceneWorkflow
from workflows.window import Place, Window
from workflows.wording import counted, scene_details, scene_name, scene_summary


class Shooting:
    """Shoots one film."""

    def __init__(self, log: Logbook) -> None:
        """Prepare to shoot.

        Args:
            log: Where it is said what was made.
        """
        self._log = log
        self._parts: list[SceneInput] = []
        self._stood: frozenset[int] = frozenset()
        self._window = Window(SCENES_AT_ONCE)
        self._places: dict[str, Place] = {}

    async def shoot(self, film: FilmInput, script: AnalyzeResult, prompts: PromptsResult) -> list[SceneResult]:
        """Have all shots of a film made that do not stand.

        Args:
            film: The job.
            script: What its script became.
            prompts: Its prompts.

        Returns:
            A result a child, and one for all that stood.
        """
        async with attributes.during(self._log, Stage.KEYFRAMES):
            # 2026-11-29: films of many scenes that began before have a child for each of them.
            shared = many(script) and workflow.patched("2026-11-29-short-scenes-share-a-child")
            self._parts = parts = scene_parts(film, script, prompts, shared=shared)
            self._log.scenes({scene_name(part): part.all_shots for part in parts})
            stood = await self._standing(film, script, prompts) if film.rev else []
            results = [*stood, *await steps.all_of(self._scene(part) for part in to_make(parts, self._stood))]
        await self._log.passed(Stage.MOTION, within=Stage.KEYFRAMES, seconds=max(r.motion_s for r in results))
        return results

    def scene_id(self, shot: str) -> str:
        """Find the workflow that a shot belongs to.

        Args:
            shot: The shot's number.
        """
        part = home_of(self._parts, *shot_indices(shot))
        return scene_workflow_id(workflow.info().workflow_id, part.scene, part.part)

    def waits(self, shot: str) -> None:
        """Let the next scene begin: one that waits for a decision, for up to three days, must not keep it from that.

        Args:
            shot: The number of the shot that its scene waits for.
        """
        self._places[self.scene_id(shot)].leave()

    async def _standing(self, film: FilmInput, script: AnalyzeResult, prompts: PromptsResult) -> list[SceneResult]:
        """Find what of a revision stands already: its scenes need no child."""
        parts = self._parts
        found = await steps.run(
            "find_standing",
            StandingInput(
                film=film,
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
                search_attributes=attributes.of_children(part.film),
            )
        finally:
            place.leave()
        stand_ins = f", {counted(len(made.exceptions), 'stand-in')}" if made.exceptions else ""
        self._log.worked(Stage.KEYFRAMES, part.all_shots, of=part.film_shots)
        self._log.scene(name, f"done in {(workflow.now() - began).total_seconds():.2f} s{stand_ins}")
        return made
