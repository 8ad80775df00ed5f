"""Stage 4: shots get their camera moves."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import heartbeats
from film.motion import plan_move
from schemas.enums import Movement
from schemas.jobs import MAX_SCENE_SHOTS, FilmInput
from schemas.payloads import MotionInput, MotionResult
from schemas.script import Breakdown, Shot
from schemas.stages import Stage
from schemas.timeline import ScenePlan, ShotMove


def motion_spec(film: FilmInput, shots: tuple[Shot, ...]) -> str:
    """Hash what the camera moves of some shots depend on."""
    options = film.options
    moves = [shot.model_dump(mode="json", include={"id", "movement", "size", "frames"}) for shot in shots]
    return stage_spec(film, Stage.MOTION, {"shots": moves, "size": [options.width, options.height], "fps": options.fps})


def parts_of(shots: tuple[Shot, ...]) -> list[tuple[Shot, ...]]:
    """Divide a scene's shots as its workflows do."""
    return [shots[first : first + MAX_SCENE_SHOTS] for first in range(0, len(shots), MAX_SCENE_SHOTS)]


@dataclass
class MotionActivities:
    """Moves the camera."""

    deps: Deps

    @activity.defn
    async def plan_motion(self, given: MotionInput) -> MotionResult:
        """Plan the camera move of each shot of a scene, or of a part of one."""
        film, cache = given.film, self.deps.artifacts
        async with heartbeats():
            breakdown = await cache.load(Breakdown, given.breakdown)
            shots = breakdown.shots_of(given.scene)[given.first_shot : given.first_shot + given.shots]
            spec = motion_spec(film, shots)
            found = await cache.find(film.project_id, Stage.MOTION, [spec], "json")
            plan = found.get(spec) or await cache.keep_document(film.project_id, Stage.MOTION, spec, _plan(film, shots))
        return MotionResult(plan=plan, moving=sum(shot.movement is not Movement.STATIC for shot in shots))


def _plan(film: FilmInput, shots: tuple[Shot, ...]) -> ScenePlan:
    options = film.options
    return ScenePlan(
        moves=tuple(
            ShotMove(
                shot=shot.id,
                move=plan_move(shot, width=options.width, height=options.height, fps=options.fps),
            )
            for shot in shots
        )
    )
