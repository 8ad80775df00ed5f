"""What a film would draw and encode, before it is asked for: by the names that the stages themselves would look up."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from activities.artifacts import ArtifactCache, stage_spec
from activities.lettering import letter
from activities.s2_prompts import is_continuous, prompts_spec
from activities.s3_keyframes import layers_spec
from activities.s5_composition import cut_of, encoder_settings, plan_of, runs_of, source_of
from activities.takes import PlannedTake, planned_takes
from film.edit.cut import Media
from film.edit.timeline import write_timeline
from film.motion.choice import shown_move
from film.prompting import style_named, write_prompts
from film.prompting.edited import edit_prompts
from film.prompting.tokens import TokenCounter
from schemas.composition import segment_spec
from schemas.edits import Edits
from schemas.enums import MediaKind
from schemas.jobs import FilmInput
from schemas.payloads import ShotOrder
from schemas.prompt import FilmPrompts, ShotPrompt
from schemas.script import Breakdown
from schemas.stages import Stage
from schemas.style import StyleSpec
from schemas.timeline import ShotMove


@dataclass(frozen=True)
class Forecast:
    """What a film costs where much of it stands."""

    shots: int
    draw: tuple[str, ...]
    """Numbers of the shots that are drawn anew."""
    clips: int
    """Clips that are made anew."""
    segments: int
    encode: int
    """Of the segments, those that are encoded anew."""
    seconds: float
    """Length of the film."""
    seconds_encoded: float
    """Of these, those that are encoded anew."""


@dataclass(frozen=True)
class _Sources:
    """What a film's frames are made from, as far as it stands."""

    media: dict[str, Media]
    """For each shot; where nothing stands, its digest is that of nothing that does."""
    draw: tuple[str, ...]
    clips: frozenset[str]


async def forecast(
    film: FilmInput,
    script: Breakdown,
    breakdown: Breakdown,
    edits: Edits,
    *,
    cache: ArtifactCache,
    tokens: TokenCounter,
) -> Forecast:
    """Say what a film would draw and encode. Nothing is made.

    Args:
        film: What its workflow would be given.
        script: The breakdown of its script.
        breakdown: That of the film, after its edits.
        edits: The edits.
        cache: Where what stands is looked up.
        tokens: How prompts are measured, as the workers do.

    Returns:
        The counts. Where more than the camera moves, a clip that cannot be made is known only once it was tried.
    """
    prompts = await prompts_of(film, script, edits, cache, tokens)
    takes = takes_of(film, breakdown, prompts, edits)
    moves = {
        shot: ShotMove(shot=shot, move=shown_move(take.motion, take.move), motion=take.motion)
        for shot, take in takes.items()
    }
    sources = await _sources(film, takes, moves, cache)
    cut = await asyncio.to_thread(cut_of, film, breakdown, moves, sources.media, None)  # no frame is heard
    lettered = await letter(film, cut, cache, keep=False)
    text = await asyncio.to_thread(write_timeline, lettered.cut)
    encoder = encoder_settings(film)
    played, plan = await asyncio.to_thread(plan_of, text, encoder)
    unmade = {*sources.draw, *sources.clips}
    specs = [segment_spec(film, segment) for segment in plan.segments]
    found = await cache.find(film.project_id, Stage.COMPOSITION, specs, encoder.container)
    anew = [
        segment
        for segment, spec in zip(plan.segments, specs, strict=True)
        if spec not in found or any(item.shot in unmade for item in segment.items)
    ]
    return Forecast(
        shots=len(breakdown.shots),
        draw=sources.draw,
        clips=len(sources.clips),
        segments=len(plan.segments),
        encode=len(anew),
        seconds=float(played.frames / played.fps),
        seconds_encoded=float(sum(segment.frames for segment in anew) / played.fps),
    )


async def prompts_of(
    film: FilmInput, script: Breakdown, edits: Edits, cache: ArtifactCache, tokens: TokenCounter
) -> dict[str, ShotPrompt]:
    """Find or write the prompts of a film, by its shots' numbers; they are not kept."""
    style = style_named(film.options.style) if film.style is None else await cache.load(StyleSpec, film.style)
    plain = await _stored_prompts(film, style, cache, tokens)
    if plain is None:
        write = partial(
            write_prompts,
            script,
            style=style,
            width=film.options.width,
            height=film.options.height,
            project_seed=film.options.seed,
            tokens=tokens,
            continuous=is_continuous(film.options),
        )
        plain = await asyncio.to_thread(write)
    edit = partial(
        edit_prompts,
        script,
        plain,
        edits,
        style=style,
        project_seed=film.options.seed,
        tokens=tokens,
        continuous=is_continuous(film.options),
    )
    return {prompt.shot: prompt for prompt in (await asyncio.to_thread(edit)).prompts}


async def _stored_prompts(
    film: FilmInput, style: StyleSpec, cache: ArtifactCache, tokens: TokenCounter
) -> FilmPrompts | None:
    if film.breakdown is None:
        return None
    spec = stage_spec(film, Stage.PROMPTS, prompts_spec(film.options, film.breakdown, style, tokens))
    found = await cache.find(film.project_id, Stage.PROMPTS, [spec], "json")
    return await cache.load(FilmPrompts, found[spec]) if spec in found else None


def takes_of(
    film: FilmInput, breakdown: Breakdown, prompts: dict[str, ShotPrompt], edits: Edits
) -> dict[str, PlannedTake]:
    """Plan every shot of a film, by number."""
    drafts = {shot.id for shot in breakdown.shots if (edit := edits.shots.get(shot.key)) is not None and edit.stand_in}

    def order(shot: str) -> ShotOrder:
        return ShotOrder(shot=shot, stand_in=shot in drafts)

    return {
        take.shot.id: take
        for part in runs_of(breakdown)
        for take in planned_takes(film, part, prompts, order, breakdown.shots)
    }


async def _sources(
    film: FilmInput, takes: dict[str, PlannedTake], moves: dict[str, ShotMove], cache: ArtifactCache
) -> _Sources:
    pictures = await cache.find(film.project_id, Stage.KEYFRAMES, [take.first for take in takes.values()], "png")
    sources = {shot: source_of(film, take, moves[shot]) for shot, take in takes.items()}
    found = dict(pictures)
    for kind in (MediaKind.LAYERS, MediaKind.CLIP):
        specs = [spec for of, spec in sources.values() if of is kind]
        stage = Stage.MOTION if kind is MediaKind.CLIP else Stage.KEYFRAMES
        found |= await cache.find(film.project_id, stage, specs, kind.extension)
    media, seen = {}, set[str]()
    draw, clips = [], set()
    for shot, (kind, spec) in sources.items():
        picture = takes[shot].first
        lacks_layers = kind is MediaKind.LAYERS and layers_spec(film, picture) not in found
        if picture not in pictures or lacks_layers:
            draw += [] if picture in seen else [shot]  # two shots may share one
            seen.add(picture)
        if kind is MediaKind.CLIP and spec not in found:
            clips.add(shot)
        ref = found.get(spec)
        media[shot] = Media(spec, spec, kind) if ref is None else Media(ref.key, ref.sha256, kind)
    return _Sources(media, tuple(draw), frozenset(clips))
