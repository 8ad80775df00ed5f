"""Stage 4: shots get their camera moves, or frames in which more than the camera moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from temporalio import activity

from activities import making
from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.elsewhere import Elsewhere, raise_again
from activities.heartbeat import Heart, heartbeats
from activities.takes import CLIPS, PlannedTake, has_layers, planned_takes
from film.motion import plan_move
from film.motion.choice import choose_motion, followed, instead_of, shown_move
from film.motion.clips import check_clip
from schemas.enums import MediaKind, MotionKind, MovedBy, Movement
from schemas.errors import ArtifactMissing, GpuOutOfMemory, MotionRefused, ShotFailed
from schemas.jobs import MAX_SCENE_SHOTS, FilmInput
from schemas.motion import MotionFigures, ShotMotion, ShotMotions
from schemas.payloads import AnimateInput, AnimateResult, MotionInput, MotionResult
from schemas.prompt import FilmPrompts
from schemas.script import Shot
from schemas.shots import shot_indices
from schemas.stages import SHOT_ERRORS, WORKERS_LOST, Stage
from schemas.timeline import ScenePlan, ShotMove

SAID = 80
"""Characters of an error's own words in the sentence that says why a shot does not move as was asked."""


def motion_spec(film: FilmInput, shots: Sequence[Shot]) -> str:
    """Hash what the camera moves of some shots depend on.

    Where clips are made, what a shot ends up with depends on how that went: such plans are the job's own.
    """
    options = film.options
    moves = [shot.model_dump(mode="json", include={"id", "movement", "size", "frames", "rack"}) for shot in shots]
    for move, shot in zip(moves, shots, strict=True):
        if shot.rack is not None:  # whether the focus can move depends on it
            move["angle"] = shot.angle.value
    spec: dict[str, Any] = {
        "shots": moves,
        "size": [options.width, options.height],
        "fps": options.fps,
    }
    if film.versions[Stage.MOTION.value] > 1:  # before, there were no layers: films in work keep their plans
        spec["layers"] = has_layers(options)
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
    _elsewhere: Elsewhere = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing handed back."""
        self._elsewhere = Elsewhere(self.deps)

    @activity.defn
    async def animate_shots(self, given: AnimateInput) -> AnimateResult:
        """Make the clips of some shots that do not stand yet, and keep each as soon as it is made.

        Returns:
            What moves in each of the shots, and where a clip was wanted and none can be had, why.

        Raises:
            ShotFailed: Clips failed that may be tried again; those that were made stand.
            GpuOutOfMemory: Clips do not fit into this worker's memory, and somebody else may take them.
        """
        film = given.film
        async with heartbeats() as heart:
            takes = await self._takes(given)
            specs = [take.spec for take in takes if take.clip is not None]
            standing = await self.deps.artifacts.find(film.project_id, Stage.MOTION, specs, MediaKind.CLIP.extension)
            making.reused(Stage.MOTION, len(standing))
            motions: list[ShotMotion] = []
            again: dict[str, Exception] = {}
            for take in takes:
                try:
                    stands = take.clip is None or take.spec in standing
                    motions.append(take.motion if stands else await self._animate(film, take, heart))
                except (ShotFailed, GpuOutOfMemory) as error:
                    again[take.shot.id] = error
            raise_again(again)
            made = sum(motion.kind in CLIPS for motion in motions) - len(standing)
            told = stage_spec(
                film, Stage.MOTION, {"job": [str(film.job_id), film.rev], "told of": [given.orders[0].shot, *specs]}
            )
            ref = await self.deps.artifacts.keep_document(
                film.project_id, Stage.MOTION, told, ShotMotions(motions=tuple(motions))
            )
        return AnimateResult(motions=ref, made=made)

    async def _takes(self, given: AnimateInput) -> list[PlannedTake]:
        cache = self.deps.artifacts
        breakdown = await cache.load_shots(given.breakdown)
        prompts = {prompt.shot: prompt for prompt in (await cache.load(FilmPrompts, given.prompts)).prompts}
        orders = {order.shot: order for order in given.orders}
        scene, _ = shot_indices(given.orders[0].shot)
        shots = [shot for shot in breakdown.shots_of(scene) if shot.id in orders]
        return planned_takes(given.film, shots, prompts, orders.__getitem__, breakdown.shots)[: given.shots]

    async def _animate(self, film: FilmInput, take: PlannedTake, heart: Heart) -> ShotMotion:
        """Make a clip, or say why there is none.

        Raises:
            ShotFailed: It failed, and may be tried again.
            GpuOutOfMemory: It does not fit here, and somebody else may try it.
        """
        hopeless = await self._hopeless(film, take)
        if hopeless is not None:
            return self._instead(film, take, hopeless)
        try:
            await self._make_if_it_fits(film, take, heart)
        except GpuOutOfMemory as error:
            tried = await self._elsewhere.tried_by(film, take.spec, take.order.round)
            if not await self._elsewhere.others() <= tried:
                raise
            return self._instead(film, take, MotionRefused(f"Its clip fits nowhere ({str(error)[:SAID]})"))
        except MotionRefused as refused:
            return self._instead(film, take, refused)
        except Exception as error:
            if making.is_environment(error):
                raise
            hopeless = await self._hopeless(film, take)
            if hopeless is None:
                raise ShotFailed(making.describe(error)) from error
            return self._instead(film, take, hopeless)
        return take.motion

    async def _hopeless(self, film: FilmInput, take: PlannedTake) -> MotionRefused | None:
        """Say why no clip is tried, or tried again."""
        if take.order.stand_in:
            return MotionRefused("The draft stands in for its picture")
        tally = (await making.tally(self.deps, film, [take.spec], take.order.round))[take.spec]
        if tally.lost >= WORKERS_LOST:
            return MotionRefused(f"{tally.lost} workers died with its clip in hand")
        if tally.failed >= SHOT_ERRORS:
            return MotionRefused(f"Its clip failed {tally.failed} times ({tally.message[:SAID]})")
        return None

    def _instead(self, film: FilmInput, take: PlannedTake, refused: MotionRefused) -> ShotMotion:
        return instead_of(take.motion, refused, take.shot, take.move, layers=has_layers(film.options))

    async def _make_if_it_fits(self, film: FilmInput, take: PlannedTake, heart: Heart) -> None:
        """Make a clip, unless it is known not to fit into this worker's memory.

        Raises:
            GpuOutOfMemory: It does not.
        """
        known = self._elsewhere.known(film, take.spec, take.order.round)
        if known is not None:
            raise known
        try:
            await self._make(film, take, heart)
        except GpuOutOfMemory as error:
            self._elsewhere.remember(film, take.spec, take.order.round, error)
            raise

    async def _make(self, film: FilmInput, take: PlannedTake, heart: Heart) -> None:
        """Make a clip, look at every frame of it, and keep it."""
        if take.clip is None:
            return
        spec, kind, shot = take.clip, MediaKind.CLIP, take.shot
        first, last = await self._pictures(film, take)
        thing = making.Making(f"{shot.id} motion", take.spec, take.order.round)
        async with making.acts_of_making(self.deps, film, Stage.MOTION, [thing]) as (act,):
            try:
                clip = await self.deps.animators[film.options.motion].animate(
                    spec, first, last, lambda words: heart.says(f"{shot.id}: {words}")
                )
            except MotionRefused:
                act.set_aside()  # it was not tried and failed: it does not apply
                raise
            # What flow moves may move less than an eye sees; a video model that moves nothing has failed.
            check = partial(
                check_clip,
                frames=spec.frames,
                width=spec.width,
                height=spec.height,
                fps=spec.fps,
                still=spec.kind is MovedBy.FLOW,
            )
            await self.deps.pool.run(check, clip)
            await self.deps.artifacts.keep_bytes(
                film.project_id, Stage.MOTION, take.spec, kind.extension, clip, kind.media_type
            )

    async def _pictures(self, film: FilmInput, take: PlannedTake) -> tuple[bytes, bytes | None]:
        """Fetch a shot's keyframe, and the one that it leads to."""
        wanted = [spec for spec in (take.first, take.last) if spec is not None]
        found = await self.deps.artifacts.find(film.project_id, Stage.KEYFRAMES, wanted, "png")
        gone = [spec for spec in wanted if spec not in found]
        if gone:
            raise ArtifactMissing(f"Pictures of {take.shot.id} are gone from the store; run the film again.")
        first, *rest = [await self.deps.artifacts.read(found[spec]) for spec in wanted]
        return first, rest[0] if rest else None

    @activity.defn
    async def plan_motion(self, given: MotionInput) -> MotionResult:
        """Plan the camera move of each shot of a scene, or of a part of one, and say what moves in it."""
        film, cache = given.film, self.deps.artifacts
        async with heartbeats():
            breakdown = await cache.load_shots(given.breakdown)
            shots = breakdown.shots_of(given.scene)[given.first_shot : given.first_shot + given.shots]
            told = [await cache.load(ShotMotions, ref) for ref in given.motions]
            made = {motion.shot: motion for part in told for motion in part.motions}
            moves = tuple(
                _shown_in(film, shot, following, made.get(shot.id))
                for shot, following in followed(shots, breakdown.shots)
            )
            spec = motion_spec(film, shots)
            # A plan that says how its clips went is the job's own, and the last word on them.
            found = {} if made else await cache.find(film.project_id, Stage.MOTION, [spec], "json")
            plan = found.get(spec) or await cache.keep_document(
                film.project_id, Stage.MOTION, spec, ScenePlan(moves=moves)
            )
        figures = MotionFigures.of([move.motion for move in moves if move.motion is not None])
        return MotionResult(
            plan=plan, moving=sum(shot.movement is not Movement.STATIC for shot in shots), figures=figures
        )


def _shown_in(film: FilmInput, shot: Shot, following: Shot | None, made: ShotMotion | None) -> ShotMove:
    """Plan a shot's move; what was found when clips were made counts before what had been planned."""
    options = film.options
    move = plan_move(shot, width=options.width, height=options.height, fps=options.fps)
    motion = made or choose_motion(options.motion, shot, following, move, layers=has_layers(options))
    return ShotMove(shot=shot.id, move=shown_move(motion, move), motion=motion)
