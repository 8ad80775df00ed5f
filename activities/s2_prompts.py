"""Stage 2: a breakdown becomes prompts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from temporalio import activity

from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import heartbeats
from film.prompting import write_prompts
from schemas.jobs import FilmOptions
from schemas.payloads import PromptsInput, PromptsResult
from schemas.prompt import FilmPrompts
from schemas.script import Breakdown
from schemas.stages import Stage


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
        spec = stage_spec(
            film,
            Stage.PROMPTS,
            {
                "breakdown": given.breakdown.sha256,
                "style": options.style,
                "width": options.width,
                "height": options.height,
                "seed": options.seed,
            },
        )
        async with heartbeats():
            found = await cache.find(film.project_id, Stage.PROMPTS, [spec], "json")
            if spec in found:
                return PromptsResult(prompts=found[spec])
            breakdown = await cache.load(Breakdown, given.breakdown)
            prompts = await asyncio.to_thread(_write, breakdown, options)
            return PromptsResult(prompts=await cache.keep_document(film.project_id, Stage.PROMPTS, spec, prompts))


def _write(breakdown: Breakdown, options: FilmOptions) -> FilmPrompts:
    return write_prompts(
        breakdown, style=options.style, width=options.width, height=options.height, project_seed=options.seed
    )
