"""Stage 4: shots get their camera moves, or frames in which more than the camera moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from temporalio import activity

from activities import making
from activities.animators import Animator, Take
from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import Heart, heartbeats
from activities.takes import PlannedTake, planned_takes
from film.motion import plan_move
from film.motion.clips import check_clip
from schemas.artifact import ArtifactRef
from schemas.enums import MediaKind, MotionKind, MovedBy, Movement, RendererName
from schemas.errors import ArtifactMissing, MotionRefused, ShotFailed
from schemas.jobs import MAX_SCENE_SHOTS, FilmInput
from schemas.payloads import AnimateInput, AnimateResult, MotionInput, MotionResult
from schemas.prompt import FilmPrompts
from schemas.script import Breakdown, Shot
from schemas.shots import shot_indices
from schemas.stages import SHOT_ERRORS, WORKERS_LOST, Stage
from schemas.timeline import ScenePlan, ShotMotion, ShotMove

SAID = 120
"""Characters of the sentence that says why a shot does not move as was asked."""


def motion_spec(film: FilmInput, shots: Sequence[Shot]) -> str:
    """Hash what the camera moves of some shots depend on.

    Where clips are made, what a shot ends up with depends on how that went: such plans are the job's own.
    """
    options = film.options
    moves = [shot.model_dump(mode="json", include={"id", "movement", "size", "frames"}) for shot in shots]
    spec: dict[str, Any] = {
        "shots": moves,
        "size": [options.width, options.height],
        "fps": options.fps,
        "layers": options.renderer is RendererName.STORYBOARD,
    }
    if options.motion is not MotionKind.CAMERA:
        spec["job"] = [str(film.job_id), film.rev]
    return stage_spec(film, Stage.MOTION, spec)


def parts_of(shots: tuple[Shot, ...]) -> list[tuple[Shot, ...]]:
    """Divide a scene's shots as its workflows do."""
    return [shots[first : first + MAX_SCENE_SHOTS] for first in range(0, len(shots), MAX_SCENE_SHOTS)]


@dataclass
class MotionActivities:
    """Moves the camera, and more."""

    deps: Deps

    @activity.defn
    async def animate_shots(self, given: AnimateInput) -> AnimateResult:
        """Make the clips of some shots that do not stand yet, and keep each as soon as it is made.

        Returns:
            What moves in each shot. Where a clip cannot be had, the camera moves, and the shot says why.

        Raises:
            ShotFailed: Clips failed that may be tried again; those that were made stand.
        """
        film = given.film
        animator = self.deps.animators[film.options.motion]
        async with heartbeats() as heart:
            takes = await self._takes(given)
            specs = [take.spec for take in takes]
            standing = await self.deps.artifacts.find(film.project_id, Stage.MOTION, specs, MediaKind.CLIP.extension)
            said: dict[str, str] = {}
            again: dict[str, str] = {}
            for take in takes:
                if take.spec in standing:
                    continue
                try:
                    said |= await self._give_up(film, take) or await self._animate(film, take, animator, heart)
                except ShotFailed as error:
                    again[take.shot.id] = str(error)
            if again:
                raise ShotFailed("; ".join(f"Shot {shot}: {message}" for shot, message in again.items()))
        motions = tuple(
            ShotMotion(
                shot=take.shot.id,
                kind=MovedBy.CAMERA if take.shot.id in said else animator.moved_by,
                said=said.get(take.shot.id, ""),
            )
            for take in takes
        )
        return AnimateResult(motions=motions, made=len(takes) - len(standing) - len(said))

    async def _takes(self, given: AnimateInput) -> list[PlannedTake]:
        cache = self.deps.artifacts
        breakdown = await cache.load(Breakdown, given.breakdown)
        prompts = {prompt.shot: prompt for prompt in (await cache.load(FilmPrompts, given.prompts)).prompts}
        orders = {order.shot: order for order in given.orders}
        scene, _ = shot_indices(given.orders[0].shot)
        shots = [shot for shot in breakdown.shots_of(scene) if shot.id in orders]
        return planned_takes(given.film, shots, prompts, orders.__getitem__)[: given.shots]

    async def _give_up(self, film: FilmInput, take: PlannedTake) -> dict[str, str]:
        """Say why no clip is tried, or tried again."""
        if take.order.stand_in:
            return {take.shot.id: "the draft stands in for it"}
        tally = (await making.tally(self.deps, film, [take.spec], take.order.round))[take.spec]
        if tally.lost >= WORKERS_LOST:
            return {take.shot.id: f"{tally.lost} workers died with it in hand"}
        if tally.failed >= SHOT_ERRORS:
            return {take.shot.id: f"it failed {tally.failed} times: {tally.message}"[:SAID]}
        return {}

    async def _animate(self, film: FilmInput, take: PlannedTake, animator: Animator, heart: Heart) -> dict[str, str]:
        """Make a clip; say why not, where it cannot be done.

        Raises:
            ShotFailed: It failed, and may be tried again.
        """
        shot, options = take.shot, film.options
        pictures = await self._pictures(film, take)
        thing = making.Making(f"{shot.id} motion", take.spec, take.order.round)
        seed = take.prompt.seed if take.order.seed is None else take.order.seed
        try:
            async with making.acts_of_making(self.deps, film, Stage.MOTION, [thing]):
                clip = await animator.animate(
                    Take(take.prompt, *pictures, shot.frames, options.fps, seed, options.video),
                    lambda words: heart.says(f"{shot.id}: {words}"),
                )
                await self._keep_clip(film, take, clip)
        except MotionRefused as refused:
            return {shot.id: str(refused)[:SAID]}
        except Exception as error:
            if making.is_environment(error):
                raise
            given_up = await self._give_up(film, take)
            if not given_up:
                raise ShotFailed(making.describe(error)) from error
            return given_up
        return {}

    async def _keep_clip(self, film: FilmInput, take: PlannedTake, clip: bytes) -> None:
        """Look at every frame of a clip, and keep it."""
        options, kind = film.options, MediaKind.CLIP
        with self.deps.scratch("clip") as folder:
            path = folder / f"{take.shot.id}.{kind.extension}"
            path.write_bytes(clip)
            await self.deps.pool.run(
                partial(
                    check_clip, frames=take.shot.frames, width=options.width, height=options.height, fps=options.fps
                ),
                path,
            )
            await self.deps.artifacts.keep_file(
                film.project_id, Stage.MOTION, take.spec, kind.extension, path, kind.media_type
            )

    async def _pictures(self, film: FilmInput, take: PlannedTake) -> tuple[bytes, bytes | None]:
        """Fetch a shot's keyframe, and the one that it goes on to."""
        wanted = [spec for spec in (take.first, take.last) if spec is not None]
        found = await self.deps.artifacts.find(film.project_id, Stage.KEYFRAMES, wanted, "png")
        if take.first not in found:
            raise ArtifactMissing(f"The picture of {take.shot.id} is gone from the store; run the film again.")
        first = await self.deps.artifacts.read(found[take.first])
        last = found.get(take.last) if take.last is not None else None
        return first, None if last is None else await self.deps.artifacts.read(last)

    @activity.defn
    async def plan_motion(self, given: MotionInput) -> MotionResult:
        """Plan the camera move of each shot of a scene, or of a part of one, and say what moves in it."""
        film, cache = given.film, self.deps.artifacts
        async with heartbeats():
            breakdown = await cache.load(Breakdown, given.breakdown)
            shots = breakdown.shots_of(given.scene)[given.first_shot : given.first_shot + given.shots]
            plan = await self._keep_plan(film, shots, {motion.shot: motion for motion in given.motions})
        return MotionResult(plan=plan, moving=sum(shot.movement is not Movement.STATIC for shot in shots))

    async def _keep_plan(
        self, film: FilmInput, shots: tuple[Shot, ...], motions: Mapping[str, ShotMotion]
    ) -> ArtifactRef:
        cache, spec = self.deps.artifacts, motion_spec(film, shots)
        found = await cache.find(film.project_id, Stage.MOTION, [spec], "json") if not motions else {}
        plan = ScenePlan(moves=tuple(_move(film, shot, motions.get(shot.id)) for shot in shots))
        return found.get(spec) or await cache.keep_document(film.project_id, Stage.MOTION, spec, plan)


def _move(film: FilmInput, shot: Shot, motion: ShotMotion | None) -> ShotMove:
    """Plan the move of a shot: a clip plays as it is, over all else the camera may move."""
    options = film.options
    move = plan_move(shot, width=options.width, height=options.height, fps=options.fps)
    if motion is None or motion.kind is MovedBy.CAMERA:
        deep = options.renderer is RendererName.STORYBOARD and move.start != move.end
        kind = MovedBy.PARALLAX if deep else MovedBy.CAMERA
        motion = ShotMotion(shot=shot.id, kind=kind, said=motion.said if motion else "")
    return ShotMove(shot=shot.id, move=move, motion=motion)
