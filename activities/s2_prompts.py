"""Stage 2: a breakdown becomes prompts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from uuid import UUID

from temporalio import activity

from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import heartbeats
from film.prompting import write_prompts
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
                "project": str(film.project_id),
            },
        )
        async with heartbeats():
            found = await cache.find(film.project_id, Stage.PROMPTS, [spec], "json")
            if spec in found:
                return PromptsResult(prompts=found[spec])
            breakdown = await cache.load(Breakdown, given.breakdown)
            prompts = await asyncio.to_thread(
                _write, breakdown, options.style, options.width, options.height, project_seed(film.project_id)
            )
            return PromptsResult(prompts=await cache.keep_document(film.project_id, Stage.PROMPTS, spec, prompts))


def project_seed(project_id: UUID) -> int:
    """Derive the seed that all seeds of a project's films derive from: 0 ≤ seed < 2**62."""
    return project_id.int % 2**62


def _write(breakdown: Breakdown, style: str, width: int, height: int, seed: int) -> FilmPrompts:
    return write_prompts(breakdown, style=style, width=width, height=height, project_seed=seed)
