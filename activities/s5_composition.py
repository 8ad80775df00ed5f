"""Stage 5: shots become a timeline, and the timeline becomes encoded segments."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from temporalio import activity

from activities import making
from activities.deps import Deps
from activities.heartbeat import Heart, heartbeats
from activities.intermediate import put_intermediate
from activities.lettering import letter
from activities.s3_keyframes import layers_spec
from activities.s4_motion import motion_spec, parts_of
from activities.takes import CLIPS, PlannedTake, planned_takes
from film.edit.cards import cards_around
from film.edit.checked import render_checked_segment
from film.edit.cut import Media, make_cut
from film.edit.encoders import choose
from film.edit.segments import plan_segments
from film.edit.timeline import read_timeline, write_timeline
from film.edit.watermark import mark_of
from film.sound.layout import lay_out
from schemas.artifact import ArtifactRef, graphics_key, sound_key
from schemas.composition import plan_spec, segment_spec
from schemas.enums import MediaKind, MovedBy, ProfileName, ShotOutcome
from schemas.errors import ArtifactMissing, SegmentFailed
from schemas.jobs import FilmInput
from schemas.payloads import CutInput, CutResult, EncoderChoice, SegmentInput, SegmentResult, ShotOrder
from schemas.profiles import MEDIA_TYPES, PROFILES
from schemas.prompt import FilmPrompts
from schemas.script import Breakdown, Shot
from schemas.sound import SoundOrder, Soundtrack
from schemas.stages import SHOT_ERRORS, WORKERS_LOST, Stage
from schemas.timeline import Cut, EncoderSettings, ScenePlan, Segment, SegmentPlan, ShotMove

DOWNLOADS_AT_ONCE = 8


def encoder_settings(film: FilmInput, profile: ProfileName | None = None) -> EncoderSettings:
    """Choose the encoder's settings: the free tier's film carries a watermark, in the same encode.

    Args:
        film: The job.
        profile: What was chosen instead of the film's own, if anything.
    """
    encoder = PROFILES[profile or film.options.profile].encoder
    return encoder.model_copy(update={"watermark": mark_of(film.options.tier)})


@dataclass
class CompositionActivities:
    """Cuts and encodes."""

    deps: Deps

    @activity.defn
    async def choose_encoder(self, given: FilmInput) -> EncoderChoice:
        """Try the film's encoder on a machine that encodes. All segments of the film follow the choice."""
        async with heartbeats():
            return await self.deps.pool.run(choose, given.options.profile)

    @activity.defn
    async def plan_cut(self, given: CutInput) -> CutResult:
        """Write the film's timeline, read it back, and divide what was read among encoders.

        Raises:
            ArtifactMissing: A picture that stood has expired meanwhile.
        """
        film, cache = given.film, self.deps.artifacts
        async with heartbeats():
            text, notes = await self._timeline(given)
            timeline = await self._keep_timeline(film, text)
            # The film is made from the timeline as it was written, not from what it was written from.
            encoder = encoder_settings(film, given.profile)
            played, plan = await asyncio.to_thread(plan_of, text, encoder)
            spec = plan_spec(film, timeline.sha256, encoder)
            segments = await cache.keep_document(film.project_id, Stage.COMPOSITION, spec, plan)
            standing = await self._standing(film, plan) if film.rev else ()
        return CutResult(
            timeline=timeline,
            segments=segments,
            count=len(plan.segments),
            frames=played.frames,
            lengths=tuple(segment.frames for segment in plan.segments),
            notes=notes,
            standing=standing,
        )

    async def _timeline(self, given: CutInput) -> tuple[str, tuple[str, ...]]:
        """Write the film's timeline: what it is written from is gone from memory when it is read back.

        Returns:
            It, and which letters of the film no font has.
        """
        film = given.film
        breakdown = await self.deps.artifacts.load_shots(given.breakdown, again=False)
        moves = await self._moves(film, breakdown)
        media = await self._media(given, breakdown, moves)
        sound = await self._sound(given)
        cut = await asyncio.to_thread(cut_of, film, breakdown, moves, media, sound)
        del breakdown, moves, media
        lettered = await letter(film, cut, self.deps.artifacts)
        return await asyncio.to_thread(write_timeline, lettered.cut), lettered.notes

    async def _standing(self, film: FilmInput, plan: SegmentPlan) -> tuple[int, ...]:
        """Find the segments of a revision that were encoded before it: a look for all, instead of an activity each."""
        specs = [segment_spec(film, segment) for segment in plan.segments]
        found = await self.deps.artifacts.find(
            film.project_id, Stage.COMPOSITION, specs, plan.segments[0].encoder.container
        )
        making.reused(Stage.COMPOSITION, len(found))
        return tuple(index for index, spec in enumerate(specs) if spec in found)

    @activity.defn
    async def render_segment(self, given: SegmentInput) -> SegmentResult:
        """Encode one segment, unless it stands already.

        Raises:
            RenderRefused: What was encoded does not decode to what was asked for.
            StorageFull: No space is left.
        """
        film, cache = given.film, self.deps.artifacts
        async with heartbeats() as heart:
            segment = (await cache.load(SegmentPlan, given.segments)).segments[given.index]
            spec = segment_spec(film, segment)
            kind = segment.encoder.container
            if await cache.find(film.project_id, Stage.COMPOSITION, [spec], kind):
                making.reused(Stage.COMPOSITION, 1)
                kept = bool(await making.kept(self.deps, film, [spec]))
                return SegmentResult(frames=segment.frames, encoded=False, kept=kept)
            await self._give_up_if_hopeless(film, spec, given.index)
            act = making.Making(f"segment {given.index + 1}", spec)
            async with making.acts_of_making(self.deps, film, Stage.COMPOSITION, [act]):
                with self.deps.scratch("segment") as folder:
                    out = await self._encode(film, segment, folder, heart)
                    await cache.keep_file(film.project_id, Stage.COMPOSITION, spec, kind, out, MEDIA_TYPES[kind])
        return SegmentResult(frames=segment.frames, encoded=True, kept=False)

    async def _media(self, given: CutInput, breakdown: Breakdown, moves: Mapping[str, ShotMove]) -> dict[str, Media]:
        """Find what each shot's frames are made from."""
        film, prompts = given.film, await self.deps.artifacts.load(FilmPrompts, given.prompts, again=False)
        stand_ins = {e.shot for e in given.exceptions if e.outcome is ShotOutcome.STAND_IN}

        def order(shot: str) -> ShotOrder:
            # A stand-in is drawn as the prompt says, whatever seeds were tried before.
            drawn = shot in stand_ins
            return ShotOrder(shot=shot, seed=None if drawn else given.seeds.get(shot), stand_in=drawn)

        by_shot = {prompt.shot: prompt for prompt in prompts.prompts}
        sources = {
            take.shot.id: source_of(film, take, moves[take.shot.id])
            for part in runs_of(breakdown)
            for take in planned_takes(film, part, by_shot, order, breakdown.shots)
        }
        media: dict[str, Media] = {}
        for kind in set(MediaKind) - {MediaKind.CARD}:
            specs = {shot: spec for shot, (of, spec) in sources.items() if of is kind}
            stage = Stage.MOTION if kind is MediaKind.CLIP else Stage.KEYFRAMES
            found = await self.deps.artifacts.find(film.project_id, stage, list(specs.values()), kind.extension)
            media |= {
                shot: Media(found[spec].key, found[spec].sha256, kind) for shot, spec in specs.items() if spec in found
            }
        gone = [shot for shot in sources if shot not in media]
        if gone:
            raise ArtifactMissing(f"The pictures of {', '.join(gone[:5])} are gone from the store; run the film again.")
        return media

    async def _moves(self, film: FilmInput, breakdown: Breakdown) -> dict[str, ShotMove]:
        specs = [motion_spec(film, part) for part in runs_of(breakdown)]
        found = await self.deps.artifacts.find(film.project_id, Stage.MOTION, specs, "json")
        if any(spec not in found for spec in specs):
            raise ArtifactMissing("Plans of the camera's moves are gone from the store; run the film again.")
        plans = [await self.deps.artifacts.load(ScenePlan, found[spec], again=False) for spec in specs]
        return {move.shot: move for plan in plans for move in plan.moves}

    async def _sound(self, given: CutInput) -> Soundtrack | None:
        film, load = given.film, self.deps.artifacts.load
        if film.sound is None:
            return None
        breakdown, ref = await load(Breakdown, given.breakdown, again=False), given.script_breakdown
        script = None if ref is None else await load(Breakdown, ref, again=False)
        order = await load(SoundOrder, film.sound)
        around = cards_around(film.options.graphics, film.options.fps)
        return lay_out(order, breakdown, partial(sound_key, film.project_id), script, around=around)

    async def _keep_timeline(self, film: FilmInput, text: str) -> ArtifactRef:
        return await put_intermediate(self.deps.store, film, "timeline.json", text)

    async def _give_up_if_hopeless(self, film: FilmInput, spec: str, index: int) -> None:
        tally = (await making.tally(self.deps, film, [spec], 0)).get(spec)
        if tally is not None and tally.lost >= WORKERS_LOST:
            raise SegmentFailed(f"{tally.lost} workers died while they encoded segment {index + 1}.")
        if tally is not None and tally.failed >= SHOT_ERRORS:
            raise SegmentFailed(f"Segment {index + 1} failed {tally.failed} times: {tally.message}")

    async def _encode(self, film: FilmInput, segment: Segment, folder: Path, heart: Heart) -> Path:
        media = await self._fetch(film, segment, folder)
        out = folder / f"segment.{segment.encoder.container}"
        await self.deps.pool.run_reporting(
            render_checked_segment,
            segment,
            media,
            out,
            report=lambda done: heart.says(f"{done} of {segment.frames} frames"),
        )
        return out

    async def _fetch(self, film: FilmInput, segment: Segment, folder: Path) -> dict[str, Path]:
        """Fetch the segment's pictures and clips, and the user's own font and logo: sha256 → file."""
        window = asyncio.Semaphore(DOWNLOADS_AT_ONCE)

        async def fetch(digest: str, key: str, extension: str) -> tuple[str, Path]:
            async with window:
                path = folder / f"{digest}.{extension}"
                await self.deps.store.get_file(key, path, sha256=digest)
                return digest, path

        wanted = {item.media_sha256: (item.media_key, item.media_kind.extension) for item in segment.items}
        own = {digest: (graphics_key(film.project_id, digest), "graphics") for digest in segment.files}
        return dict(await asyncio.gather(*(fetch(digest, *where) for digest, where in (wanted | own).items())))


def runs_of(breakdown: Breakdown) -> list[tuple[Shot, ...]]:
    """List the runs of shots that were made together."""
    return [part for scene in breakdown.scenes for part in parts_of(breakdown.shots_of(scene.index))]


def source_of(film: FilmInput, take: PlannedTake, move: ShotMove) -> tuple[MediaKind, str]:
    """Say what a shot's frames are made from, and the hash of its spec."""
    moved_by = move.motion.kind if move.motion is not None else MovedBy.CAMERA
    if moved_by in CLIPS:
        return MediaKind.CLIP, take.spec
    if moved_by in {MovedBy.PARALLAX, MovedBy.FOCUS}:
        return MediaKind.LAYERS, layers_spec(film, take.first)
    return MediaKind.STILL, take.first


def cut_of(
    film: FilmInput,
    breakdown: Breakdown,
    moves: Mapping[str, ShotMove],
    media: Mapping[str, Media],
    sound: Soundtrack | None,
) -> Cut:
    """Cut a film's shots, with their subtitles and captions; title and credits are lettered later."""
    framings, options = {shot: move.move for shot, move in moves.items()}, film.options
    size = {"width": options.width, "height": options.height}
    cut = make_cut(breakdown, framings, media, **size, captions=options.graphics.captions, soundtrack=sound)
    return cut.model_copy(update={"title": film.title})


def plan_of(text: str, encoder: EncoderSettings) -> tuple[Cut, SegmentPlan]:
    """Read a timeline back, and divide it among encoders."""
    played = read_timeline(text)
    return played, SegmentPlan(segments=tuple(plan_segments(played, encoder)))
