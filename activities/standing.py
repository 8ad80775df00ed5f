"""What of a revision stands: one look at everything, instead of a workflow a scene that finds nothing to do."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities import making
from activities.deps import Deps
from activities.forecast import takes_of
from activities.heartbeat import heartbeats
from activities.s3_keyframes import layers_spec
from activities.s4_motion import motion_spec, parts_of
from activities.s5_composition import source_of
from schemas.edits import Edits
from schemas.enums import MediaKind
from schemas.jobs import FilmInput
from schemas.motion import MotionFigures
from schemas.payloads import StandingInput, StandingResult
from schemas.prompt import FilmPrompts
from schemas.script import Breakdown
from schemas.stages import Stage
from schemas.timeline import ScenePlan, ShotMove


@dataclass
class StandingActivities:
    """Looks before anything is asked for."""

    deps: Deps

    @activity.defn
    async def find_standing(self, given: StandingInput) -> StandingResult:
        """Find the scenes of a revision of which every picture and every move stands.

        A scene in which a draft stands in, and one in which more than the camera is to move, is asked as ever: what
        stands in it is found there.
        """
        film, cache = given.film, self.deps.artifacts
        async with heartbeats():
            breakdown = await cache.load_shots(given.breakdown)
            prompts = {prompt.shot: prompt for prompt in (await cache.load(FilmPrompts, given.prompts)).prompts}
            edits = Edits() if film.edits is None else await cache.load(Edits, film.edits)
            plans = await self._plans(film, breakdown)
            moves = {move.shot: move for found in plans.values() for move in found}
            takes = takes_of(film, breakdown, prompts, edits)
            pictures = {take.first for take in takes.values()}
            found = await cache.find(film.project_id, Stage.KEYFRAMES, list(pictures), "png")
            layers = {
                shot: layers_spec(film, take.first)
                for shot, take in takes.items()
                if shot in moves and source_of(film, take, moves[shot])[0] is MediaKind.LAYERS
            }
            deep = await cache.find(film.project_id, Stage.KEYFRAMES, list(layers.values()), MediaKind.LAYERS.extension)
            stands = {
                shot
                for shot, take in takes.items()
                if take.first in found
                and not take.order.stand_in
                and shot in moves
                and (shot not in layers or layers[shot] in deep)
            }
        shots: dict[int, list[str]] = {scene.index: [] for scene in breakdown.scenes}
        for shot in breakdown.shots:
            shots[shot.scene].append(shot.id)
        whole = {scene for scene, ids in shots.items() if stands.issuperset(ids)}
        parts = tuple(at for at, (first, last) in enumerate(given.parts) if whole.issuperset(range(first, last + 1)))
        scenes = sorted({scene for at in parts for scene in range(given.parts[at][0], given.parts[at][1] + 1)})
        making.reused(Stage.KEYFRAMES, sum(len(shots[scene]) for scene in scenes))
        motions = [moves[shot].motion for scene in scenes for shot in shots[scene]]
        return StandingResult(parts=parts, motion=MotionFigures.of([one for one in motions if one is not None]))

    async def _plans(self, film: FilmInput, breakdown: Breakdown) -> dict[str, tuple[ShotMove, ...]]:
        """Find the plans of the camera's moves, by the hashes of their specs."""
        cache = self.deps.artifacts
        runs = [part for scene in breakdown.scenes for part in parts_of(breakdown.shots_of(scene.index))]
        found = await cache.find(film.project_id, Stage.MOTION, [motion_spec(film, run) for run in runs], "json")
        return {spec: (await cache.load(ScenePlan, ref)).moves for spec, ref in found.items()}
