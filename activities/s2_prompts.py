"""Stage 2: a breakdown becomes prompts."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass

from temporalio import activity

from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import heartbeats
from film.prompting import style_named, write_prompts
from film.prompting.tokens import TokenCounter
from schemas.base import canonical_json
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
        film, options, cache = given.film, given.film.options, self.deps.artifacts
        style = await self._style(film)
        spec = stage_spec(
            film,
            Stage.PROMPTS,
            {
                "breakdown": given.breakdown.sha256,
                "style": hashlib.sha256(canonical_json(style).encode()).hexdigest(),
                "width": options.width,
                "height": options.height,
                "seed": options.seed,
                "tokens": self.deps.tokens.name,
            },
        )
        async with heartbeats():
            found = await cache.find(film.project_id, Stage.PROMPTS, [spec], "json")
            if spec in found:
                return PromptsResult(prompts=found[spec])
            breakdown = await cache.load(Breakdown, given.breakdown)
            prompts = await asyncio.to_thread(_write, breakdown, style, options, self.deps.tokens)
            return PromptsResult(prompts=await cache.keep_document(film.project_id, Stage.PROMPTS, spec, prompts))

    async def _style(self, film: FilmInput) -> StyleSpec:
        """Take the style that came with the job; a job without one names a style that comes with this code."""
        if film.style is None:
            return style_named(film.options.style)
        return await self.deps.artifacts.load(StyleSpec, film.style)


def _write(breakdown: Breakdown, style: StyleSpec, options: FilmOptions, tokens: TokenCounter) -> FilmPrompts:
    return write_prompts(
        breakdown,
        style=style,
        width=options.width,
        height=options.height,
        project_seed=options.seed,
        tokens=tokens,
    )
