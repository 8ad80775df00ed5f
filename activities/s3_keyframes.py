"""Stage 3: prompts become keyframes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from temporalio import activity

from activities import making
from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.elsewhere import Elsewhere, raise_again
from activities.heartbeat import Heart, heartbeats
from activities.renderers import Drawing
from film.render.check import check_keyframe
from film.render.thumbnail import LONGEST, thumbnail
from infrastructure.db.repositories.renders import Tally
from schemas.artifact import ArtifactRef, job_key, reference_key
from schemas.enums import MediaKind
from schemas.errors import GpuOutOfMemory, ShotFailed, WorkerLost
from schemas.jobs import FilmInput, FilmOptions
from schemas.payloads import KeyframesInput, KeyframesResult, ShotFailure, ShotOrder
from schemas.prompt import FilmPrompts, KeyframeSpec, ShotPrompt
from schemas.shots import shot_indices
from schemas.stages import SHOT_ERRORS, WORKERS_LOST, Stage


@dataclass(frozen=True)
class _Picture:
    """A picture to be made."""

    order: ShotOrder
    spec: KeyframeSpec
    hash: str


def keyframe_spec(
    prompt: ShotPrompt, options: FilmOptions, *, seed: int | None = None, stand_in: bool = False
) -> KeyframeSpec:
    """Say what a shot's keyframe depends on, after what was decided about the shot.

    Args:
        prompt: The shot's prompt.
        options: The job's: who makes the pictures, and how.
        seed: Instead of the prompt's own.
        stand_in: Whether the draft stands in for it.
    """
    reseeded = prompt if seed is None else prompt.model_copy(update={"seed": seed})
    return KeyframeSpec.of(reseeded, options.renderer, stand_in=stand_in, painting=options.painting)


def layers_spec(film: FilmInput, keyframe: str) -> str:
    """Name the layers of a keyframe: an artifact of its own, since an artifact is one object.

    Args:
        film: The job.
        keyframe: Hash of the keyframe's spec.
    """
    return stage_spec(film, Stage.KEYFRAMES, {"layers_of": keyframe})


def thumbnail_spec(film: FilmInput, keyframe: str) -> str:
    """Name the small picture of a keyframe: an artifact of its own, which those from before 2026-11-30 lack.

    Args:
        film: The job.
        keyframe: Hash of the keyframe's spec.
    """
    return stage_spec(film, Stage.KEYFRAMES, {"thumbnail_of": keyframe, "longest": LONGEST})


@dataclass
class KeyframeActivities:
    """Draws shots."""

    deps: Deps
    _elsewhere: Elsewhere = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing handed back."""
        self._elsewhere = Elsewhere(self.deps)

    @activity.defn
    async def draw_keyframes(self, given: KeyframesInput) -> KeyframesResult:
        """Draw those shots of a batch whose pictures do not stand yet, and keep each as soon as it is made.

        Returns:
            Counts, and the shots that failed for good. One shot's failure does not keep the others from being made.

        Raises:
            ShotFailed: Shots failed that may be tried again; those that were made stand.
            GpuOutOfMemory: Shots do not fit into this worker's memory, and somebody else may take them.
        """
        film, cache = given.film, self.deps.artifacts
        async with heartbeats() as heart:
            prompts = {prompt.shot: prompt for prompt in (await cache.load(FilmPrompts, given.prompts)).prompts}
            pictures = [self._picture(film, order, prompts[order.shot]) for order in given.orders]
            standing = await cache.find(film.project_id, Stage.KEYFRAMES, [picture.hash for picture in pictures], "png")
            missing = [picture for picture in pictures if picture.hash not in standing]
            making.reused(Stage.KEYFRAMES, len(pictures) - len(missing))
            for picture in pictures:
                if picture.hash in standing and not film.rev:  # a revision's were delivered by whoever drew them
                    await self._deliver(film, picture, standing[picture.hash])
            final = await self._failed_for_good(film, missing)
            open_ = [picture for picture in missing if picture.order.shot not in final]
            again = self._known_too_large(film, open_)
            for batch in self._batches([picture for picture in open_ if picture.order.shot not in again]):
                for picture, error in await self._try(film, batch, heart):
                    if making.is_final(error):
                        final[picture.order.shot] = _failure(picture, ShotFailed.code, making.describe(error), 1)
                    else:
                        self._elsewhere.remember(film, picture.hash, picture.order.round, error)
                        again[picture.order.shot] = error
            if again:
                failed = [picture for picture in missing if picture.order.shot in again]
                final |= await self._failed_for_good(film, failed) | await self._fit_nowhere(film, failed, again)
                raise_again({shot: error for shot, error in again.items() if shot not in final})
            standing_now = [picture.hash for picture in pictures if picture.order.shot not in final]
            kept = await making.kept(self.deps, film, standing_now)
        drawn = len(missing) - len(final)
        return KeyframesResult(made=len(standing_now), drawn=drawn, kept=kept, failed=tuple(final.values()))

    def _picture(self, film: FilmInput, order: ShotOrder, prompt: ShotPrompt) -> _Picture:
        spec = keyframe_spec(prompt, film.options, seed=order.seed, stand_in=order.stand_in)
        return _Picture(order, spec, stage_spec(film, Stage.KEYFRAMES, spec))

    def _batches(self, pictures: list[_Picture]) -> Iterator[list[_Picture]]:
        """Group pictures as their renderer makes them: in order, so that a batch tried again is the same batch."""
        for name in dict.fromkeys(picture.spec.renderer for picture in pictures):
            ours = [picture for picture in pictures if picture.spec.renderer is name]
            size = self.deps.renderers[name].batch
            yield from (ours[first : first + size] for first in range(0, len(ours), size))

    async def _try(self, film: FilmInput, batch: list[_Picture], heart: Heart) -> list[tuple[_Picture, Exception]]:
        """Make a batch of pictures; return those that failed, with their errors."""
        failed: list[tuple[_Picture, Exception]] = []
        shots = ", ".join(picture.order.shot for picture in batch)
        things = [making.Making(picture.order.shot, picture.hash, picture.order.round) for picture in batch]
        async with making.acts_of_making(self.deps, film, Stage.KEYFRAMES, things) as acts:
            specs = [picture.spec for picture in batch]
            drawings = await self.deps.renderers[specs[0].renderer].draw(
                specs, await self._references(film, specs), lambda words: heart.says(f"{shots}: {words}")
            )
            made: list[tuple[_Picture, ArtifactRef]] = []
            for picture, drawing, act in zip(batch, drawings, acts, strict=True):
                try:
                    ref = await self._store(film, picture, drawing)
                    act.made(ref)
                    made.append((picture, ref))
                except Exception as error:
                    if making.is_environment(error):
                        raise
                    act.failed(error)
                    failed.append((picture, error))
        for picture, ref in made:
            await self._deliver(film, picture, ref)
        return failed

    async def _references(self, film: FilmInput, specs: Sequence[KeyframeSpec]) -> dict[str, bytes]:
        """Fetch the reference pictures that specs name."""
        wanted = {one.sha256 for spec in specs if spec.painting is not None for one in spec.painting.references}
        return {
            sha256: await self.deps.artifacts.read_as(reference_key(film.project_id, sha256), sha256)
            for sha256 in wanted
        }

    async def _store(self, film: FilmInput, picture: _Picture, drawing: Drawing | Exception) -> ArtifactRef:
        """Look at a picture and store it: what belongs to it first, since it counts as made once the picture stands.

        Returns:
            The picture, whose row is left to whoever writes down that it was made.
        """
        if isinstance(drawing, Exception):
            raise drawing
        small = await asyncio.to_thread(_small, drawing.png, picture.spec.width, picture.spec.height)
        put = partial(self.deps.artifacts.put_bytes, film.project_id, Stage.KEYFRAMES)
        spec = thumbnail_spec(film, picture.hash)
        beside = {spec: await put(spec, "jpg", small, "image/jpeg")}
        if drawing.layers is not None:
            spec, kind = layers_spec(film, picture.hash), MediaKind.LAYERS
            beside[spec] = await put(spec, kind.extension, drawing.layers, kind.media_type)
        await self.deps.artifacts.keep_rows(film.project_id, Stage.KEYFRAMES, beside)
        return await put(picture.hash, "png", drawing.png, "image/png")

    async def _deliver(self, film: FilmInput, picture: _Picture, ref: ArtifactRef) -> None:
        """Show the picture under the job's own keys, where its users look."""
        scene, shot = shot_indices(picture.order.shot)
        names = [f"scene_{scene + 1:03d}_shot_{shot + 1:03d}.png"] + (
            [f"scene_{scene + 1:03d}.png"] if shot == 0 else []
        )
        for name in names:
            await self.deps.store.copy(ref, job_key(film.job_id, "scenes", name))

    def _known_too_large(self, film: FilmInput, pictures: list[_Picture]) -> dict[str, Exception]:
        """Find the shots known not to fit here."""
        known = {
            picture.order.shot: self._elsewhere.known(film, picture.hash, picture.order.round) for picture in pictures
        }
        return {shot: error for shot, error in known.items() if error is not None}

    async def _fit_nowhere(
        self, film: FilmInput, pictures: list[_Picture], errors: Mapping[str, Exception]
    ) -> dict[str, ShotFailure]:
        """Find the shots that ran out of memory and that nobody is left to try."""
        large = [picture for picture in pictures if isinstance(errors[picture.order.shot], GpuOutOfMemory)]
        others = await self._elsewhere.others() if large else set()
        failures: dict[str, ShotFailure] = {}
        for picture in large:
            tried = await self._elsewhere.tried_by(film, picture.hash, picture.order.round)
            if others <= tried:
                message = making.describe(errors[picture.order.shot])
                failures[picture.order.shot] = _failure(picture, GpuOutOfMemory.code, message, max(1, len(tried)))
        return failures

    async def _failed_for_good(self, film: FilmInput, pictures: list[_Picture]) -> dict[str, ShotFailure]:
        """Find the shots that used up their attempts, or that killed too many workers."""
        failures: dict[str, ShotFailure] = {}
        tallies: dict[int, dict[str, Tally]] = {}
        for round_ in {picture.order.round for picture in pictures}:
            specs = [picture.hash for picture in pictures if picture.order.round == round_]
            tallies[round_] = await making.tally(self.deps, film, specs, round_)
        for picture in pictures:
            tally = tallies[picture.order.round][picture.hash]
            if tally.failed >= SHOT_ERRORS:
                failures[picture.order.shot] = _failure(picture, ShotFailed.code, tally.message, tally.failed)
            elif tally.lost >= WORKERS_LOST:
                message = f"{tally.lost} workers died with this shot in hand."
                failures[picture.order.shot] = _failure(picture, WorkerLost.code, message, tally.lost)
        return failures


def _small(png: bytes, width: int, height: int) -> bytes:
    """Look at a picture, and make a small one of it."""
    return thumbnail(check_keyframe(png, width, height))


def _failure(picture: _Picture, error_type: str, message: str, attempts: int) -> ShotFailure:
    return ShotFailure(
        shot=picture.order.shot, error_type=error_type, message=message, attempts=attempts, spec=picture.hash
    )
