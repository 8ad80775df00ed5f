"""Stage 5: shots become a timeline, and the timeline becomes encoded segments."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from temporalio import activity

from activities import making
from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import Heart, heartbeats
from activities.s3_keyframes import layers_spec
from activities.s4_motion import motion_spec, parts_of
from activities.takes import CLIPS, PlannedTake, planned_takes
from film.edit.cards import Card, item_of
from film.edit.checked import render_checked_segment
from film.edit.cut import Media, make_cut
from film.edit.graphics import draw_cards, lettering_of, letters_missing, plan_cards, with_graphics
from film.edit.segments import plan_segments
from film.edit.timeline import read_timeline, write_timeline
from film.edit.watermark import mark_of
from schemas.artifact import ArtifactRef, artifact_key, graphics_key, job_key
from schemas.enums import MediaKind, MovedBy, ShotOutcome
from schemas.errors import ArtifactMissing, SegmentFailed
from schemas.jobs import FilmInput
from schemas.payloads import CutInput, CutResult, SegmentInput, SegmentResult, ShotOrder
from schemas.prompt import FilmPrompts
from schemas.script import Breakdown, Shot
from schemas.stages import SHOT_ERRORS, WORKERS_LOST, Stage
from schemas.timeline import Cut, CutItem, EncoderSettings, ScenePlan, Segment, SegmentPlan, ShotMove

DOWNLOADS_AT_ONCE = 8


def encoder_settings(film: FilmInput) -> EncoderSettings:
    """Choose the encoder's settings: the free tier's film carries a watermark, in the same encode."""
    return EncoderSettings(watermark=mark_of(film.options.tier))


def segment_spec(film: FilmInput, segment: Segment) -> str:
    """Hash what a segment's frames depend on."""
    return stage_spec(film, Stage.COMPOSITION, segment.spec())


@dataclass
class CompositionActivities:
    """Cuts and encodes."""

    deps: Deps

    @activity.defn
    async def plan_cut(self, given: CutInput) -> CutResult:
        """Write the film's timeline, read it back, and divide what was read among encoders.

        Raises:
            ArtifactMissing: A picture that stood has expired meanwhile.
        """
        film, cache = given.film, self.deps.artifacts
        async with heartbeats():
            breakdown = await cache.load(Breakdown, given.breakdown)
            prompts = await cache.load(FilmPrompts, given.prompts)
            moves = await self._moves(film, breakdown)
            media = await self._media(given, breakdown, prompts, moves)
            text, notes = await self._lettered(film, await asyncio.to_thread(_cut, film, breakdown, moves, media))
            timeline = await self._keep_timeline(film, text)
            # The film is made from the timeline as it was written, not from what it was written from.
            played, plan = await asyncio.to_thread(_plan, film, text)
            spec = stage_spec(film, Stage.COMPOSITION, {"plan": timeline.sha256, "tier": film.options.tier})
            segments = await cache.keep_document(film.project_id, Stage.COMPOSITION, spec, plan)
        return CutResult(
            timeline=timeline,
            segments=segments,
            count=len(plan.segments),
            frames=played.frames,
            lengths=tuple(segment.frames for segment in plan.segments),
            notes=notes,
        )

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
            if await cache.find(film.project_id, Stage.COMPOSITION, [spec], "mp4"):
                kept = bool(await making.kept(self.deps, film, [spec]))
                return SegmentResult(frames=segment.frames, encoded=False, kept=kept)
            await self._give_up_if_hopeless(film, spec, given.index)
            act = making.Making(f"segment {given.index + 1}", spec)
            async with making.acts_of_making(self.deps, film, Stage.COMPOSITION, [act]):
                with self.deps.scratch("segment") as folder:
                    out = await self._encode(film, segment, folder, heart)
                    await cache.keep_file(film.project_id, Stage.COMPOSITION, spec, "mp4", out, "video/mp4")
        return SegmentResult(frames=segment.frames, encoded=True, kept=False)

    async def _lettered(self, film: FilmInput, cut: Cut) -> tuple[str, tuple[str, ...]]:
        """Bring title, credits, captions, subtitles and logo into the cut.

        Returns:
            The timeline's text, and which letters no font has.
        """
        graphics, cache = film.options.graphics, self.deps.artifacts
        files = {
            digest: await cache.read_as(graphics_key(film.project_id, digest), digest) for digest in graphics.files
        }
        font = files[graphics.font] if graphics.font is not None else None
        size = {"width": cut.width, "height": cut.height}
        cards = plan_cards(graphics, files, **size, fps=cut.fps)
        lettering = lettering_of(cut, graphics, cards)
        specs = {
            card.id: stage_spec(film, Stage.COMPOSITION, card.spec(**size, lettering=lettering.model_dump(mode="json")))
            for card in cards.all
        }
        found = await cache.find(film.project_id, Stage.COMPOSITION, list(specs.values()), MediaKind.CARD.extension)
        wanted = [card for card in cards.all if specs[card.id] not in found]
        for card, png in zip(wanted, await asyncio.to_thread(draw_cards, wanted, lettering, font, **size), strict=True):
            kind = MediaKind.CARD
            spec = specs[card.id]
            found[spec] = await cache.keep_bytes(
                film.project_id, Stage.COMPOSITION, spec, kind.extension, png, kind.media_type
            )

        def items(part: tuple[Card, ...]) -> list[CutItem]:
            refs = [found[specs[card.id]] for card in part]
            return [item_of(card, ref.key, ref.sha256) for card, ref in zip(part, refs, strict=True)]

        whole = with_graphics(cut, graphics, lettering, items(cards.before), items(cards.after))
        notes = await asyncio.to_thread(letters_missing, whole, cards, font)
        return await asyncio.to_thread(write_timeline, whole), notes

    async def _media(
        self, given: CutInput, breakdown: Breakdown, prompts: FilmPrompts, moves: Mapping[str, ShotMove]
    ) -> dict[str, Media]:
        """Find what each shot's frames are made from."""
        film = given.film
        stand_ins = {e.shot for e in given.exceptions if e.outcome is ShotOutcome.STAND_IN}

        def order(shot: str) -> ShotOrder:
            # A stand-in is drawn as the prompt says, whatever seeds were tried before.
            drawn = shot in stand_ins
            return ShotOrder(shot=shot, seed=None if drawn else given.seeds.get(shot), stand_in=drawn)

        by_shot = {prompt.shot: prompt for prompt in prompts.prompts}
        sources = {
            take.shot.id: _source(film, take, moves[take.shot.id])
            for part in _parts(breakdown)
            for take in planned_takes(film, part, by_shot, order)
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
        specs = [motion_spec(film, part) for part in _parts(breakdown)]
        found = await self.deps.artifacts.find(film.project_id, Stage.MOTION, specs, "json")
        if any(spec not in found for spec in specs):
            raise ArtifactMissing("Plans of the camera's moves are gone from the store; run the film again.")
        plans = [await self.deps.artifacts.load(ScenePlan, found[spec]) for spec in specs]
        return {move.shot: move for plan in plans for move in plan.moves}

    async def _keep_timeline(self, film: FilmInput, text: str) -> ArtifactRef:
        key = job_key(film.job_id, "intermediate", "timeline.json")
        return await self.deps.store.put_bytes(key, text.encode("utf-8"), "application/json")

    async def _give_up_if_hopeless(self, film: FilmInput, spec: str, index: int) -> None:
        tally = (await making.tally(self.deps, film, [spec], 0)).get(spec)
        if tally is not None and tally.lost >= WORKERS_LOST:
            raise SegmentFailed(f"{tally.lost} workers died while they encoded segment {index + 1}.")
        if tally is not None and tally.failed >= SHOT_ERRORS:
            raise SegmentFailed(f"Segment {index + 1} failed {tally.failed} times: {tally.message}")

    async def _encode(self, film: FilmInput, segment: Segment, folder: Path, heart: Heart) -> Path:
        media = await self._fetch(film, segment, folder)
        out = folder / "segment.mp4"
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


def _parts(breakdown: Breakdown) -> list[tuple[Shot, ...]]:
    """List the runs of shots that were made together."""
    return [part for scene in breakdown.scenes for part in parts_of(breakdown.shots_of(scene.index))]


def _source(film: FilmInput, take: PlannedTake, move: ShotMove) -> tuple[MediaKind, str]:
    """Say what a shot's frames are made from, and the hash of its spec."""
    moved_by = move.motion.kind if move.motion is not None else MovedBy.CAMERA
    if moved_by in CLIPS:
        return MediaKind.CLIP, take.spec
    if moved_by in {MovedBy.PARALLAX, MovedBy.FOCUS}:
        return MediaKind.LAYERS, layers_spec(film, take.first)
    return MediaKind.STILL, take.first


def _cut(film: FilmInput, breakdown: Breakdown, moves: dict[str, ShotMove], media: dict[str, Media]) -> Cut:
    framings, options = {shot: move.move for shot, move in moves.items()}, film.options
    size = {"width": options.width, "height": options.height}
    cut = make_cut(breakdown, framings, media, **size, captions=options.graphics.captions)
    return cut.model_copy(update={"title": film.title})


def _plan(film: FilmInput, text: str) -> tuple[Cut, SegmentPlan]:
    played = read_timeline(text)
    return played, SegmentPlan(segments=tuple(plan_segments(played, encoder_settings(film))))


def segment_key(film: FilmInput, segment: Segment) -> str:
    """Build the key under which an encoded segment is kept."""
    return artifact_key(film.project_id, Stage.COMPOSITION.value, segment_spec(film, segment), "mp4")
