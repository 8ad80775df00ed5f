"""Stage 2: a breakdown becomes prompts."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from functools import partial
from typing import Any

from temporalio import activity

from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import heartbeats
from film.prompting import style_named, write_prompts
from film.prompting.edited import edit_prompts
from film.prompting.tokens import TokenCounter
from schemas.artifact import ArtifactRef
from schemas.base import canonical_json
from schemas.edits import Edits
from schemas.enums import MotionKind
from schemas.jobs import FilmInput, FilmOptions
from schemas.payloads import PromptsInput, PromptsResult
from schemas.prompt import FilmPrompts
from schemas.script import Breakdown
from schemas.stages import Stage
from schemas.style import StyleSpec


@dataclass
class PromptActivities:
    """Says what each picture shall show."""

    deps: Deps

    @activity.defn
    async def write_prompts(self, given: PromptsInput) -> PromptsResult:
        """Write the prompts of the whole film.

        Raises:
            InvalidRequest: The style is unknown.
        """
        film, cache = given.film, self.deps.artifacts
        style = await self._style(film)
        async with heartbeats():
            script = given.script_breakdown
            if script is None or film.edits is None:
                return PromptsResult(prompts=await self._written(film, given.breakdown, style))
            plain = await self._written(film, script, style)
            edits = await cache.load(Edits, film.edits)
            spec = stage_spec(film, Stage.PROMPTS, edited_spec(plain, edits))
            found = await cache.find(film.project_id, Stage.PROMPTS, [spec], "json")
            if spec in found:
                return PromptsResult(prompts=found[spec])
            edit = partial(
                edit_prompts,
                await cache.load(Breakdown, script, again=False),
                await cache.load(FilmPrompts, plain, again=False),
                edits,
                style=style,
                project_seed=film.options.seed,
                tokens=self.deps.tokens,
                continuous=is_continuous(film.options),
            )
            edited = await asyncio.to_thread(edit)
            return PromptsResult(prompts=await cache.keep_document(film.project_id, Stage.PROMPTS, spec, edited))

    async def _written(self, film: FilmInput, breakdown: ArtifactRef, style: StyleSpec) -> ArtifactRef:
        """Find the prompts of a breakdown, or write them."""
        cache = self.deps.artifacts
        spec = stage_spec(film, Stage.PROMPTS, prompts_spec(film.options, breakdown, style, self.deps.tokens))
        found = await cache.find(film.project_id, Stage.PROMPTS, [spec], "json")
        if spec in found:
            return found[spec]
        shots = await cache.load_shots(breakdown, script=True, again=False)
        prompts = await asyncio.to_thread(_write, shots, style, film.options, self.deps.tokens)
        return await cache.keep_document(film.project_id, Stage.PROMPTS, spec, prompts)

    async def _style(self, film: FilmInput) -> StyleSpec:
        """Take the style that came with the job; a job without one names a style that comes with this code."""
        if film.style is None:
            return style_named(film.options.style)
        return await self.deps.artifacts.load(StyleSpec, film.style)


def prompts_spec(
    options: FilmOptions, breakdown: ArtifactRef, style: StyleSpec, tokens: TokenCounter
) -> dict[str, Any]:
    """List what the prompts of a breakdown depend on."""
    told = {
        "breakdown": breakdown.sha256,
        "style": hashlib.sha256(canonical_json(style).encode()).hexdigest(),
        "width": options.width,
        "height": options.height,
        "seed": options.seed,
        "tokens": tokens.name,
    }
    return told | {"continuous": True} if is_continuous(options) else told


def is_continuous(options: FilmOptions) -> bool:
    """Say whether pictures of shots that go on where another ends are to show the same of what does not move.

    Where only the camera moves they are not: a cut between two pictures that are the same but for a hand would jump.
    """
    return options.motion is not MotionKind.CAMERA


def edited_spec(plain: ArtifactRef, edits: Edits) -> dict[str, Any]:
    """List what the prompts of an edited film depend on: those of its script, and the edits."""
    return {"prompts": plain.sha256, "edits": edits.model_dump(mode="json")}


def _write(breakdown: Breakdown, style: StyleSpec, options: FilmOptions, tokens: TokenCounter) -> FilmPrompts:
    return write_prompts(
        breakdown,
        style=style,
        width=options.width,
        height=options.height,
        project_seed=options.seed,
        tokens=tokens,
        continuous=is_continuous(options),
    )
