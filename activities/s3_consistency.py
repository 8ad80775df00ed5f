"""Stage 3, last: how much alike each character looks from shot to shot."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass

from temporalio import activity

from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import heartbeats
from activities.intermediate import put_intermediate
from activities.s3_keyframes import keyframe_spec
from film.render.consistency import ColourEye, Eye, compare
from schemas.base import canonical_json
from schemas.enums import ShotOutcome
from schemas.jobs import CharacterLikeness, ConsistencyFigures
from schemas.payloads import ConsistencyInput
from schemas.prompt import FilmPrompts, ShotPrompt
from schemas.stages import Stage

PICTURES = 24
"""Pictures of a character that are compared; the first ones."""

CHARACTERS = 40
"""Characters of whom a result tells; those with the most pictures."""


@dataclass
class ConsistencyActivities:
    """Looks whether people stay themselves."""

    deps: Deps

    @activity.defn
    async def score_consistency(self, given: ConsistencyInput) -> ConsistencyFigures:
        """Compare the pictures of each character, and keep what was found beside the job's timeline.

        Pictures that show somebody alone are compared where there are two of them, since an eye looks at whole
        pictures; else those in which they are the first.
        """
        film, eye = given.film, self.deps.eye or ColourEye()
        async with heartbeats():
            prompts = (await self.deps.artifacts.load(FilmPrompts, given.prompts)).prompts
            stand_ins = {e.shot for e in given.exceptions if e.outcome is ShotOutcome.STAND_IN}
            painted = [prompt for prompt in prompts if prompt.shot not in stand_ins]
            hashes = {
                prompt.shot: stage_spec(
                    film,
                    Stage.KEYFRAMES,
                    keyframe_spec(prompt, film.options, seed=given.seeds.get(prompt.shot)),
                )
                for prompt in painted
            }
            chosen = _chosen(painted)
            wanted = list(dict.fromkeys(hashes[shot] for shots in chosen.values() for shot in shots))
            found = await self.deps.artifacts.find(film.project_id, Stage.KEYFRAMES, wanted, "png")
            likenesses = []
            for character, shots in chosen.items():
                there = [shot for shot in shots if hashes[shot] in found]
                pictures = [await self.deps.artifacts.read(found[hashes[shot]]) for shot in there]
                if len(there) > 1:
                    likenesses.append(await asyncio.to_thread(_compare, eye, character, there, pictures))
            figures = ConsistencyFigures(eye=eye.name, characters=tuple(likenesses))
            await put_intermediate(self.deps.store, film, "consistency.json", canonical_json(figures))
        # The shots are in the document; the workflow is told the scores alone.
        return figures.model_copy(
            update={"characters": tuple(one.model_copy(update={"shots": {}}) for one in figures.characters)}
        )


def _chosen(prompts: list[ShotPrompt]) -> dict[str, list[str]]:
    """Choose the shots by which each character is judged."""
    alone: dict[str, list[str]] = defaultdict(list)
    first: dict[str, list[str]] = defaultdict(list)
    for prompt in prompts:
        figures = prompt.picture.figures
        if figures:
            first[figures[0].character].append(prompt.shot)
        if len(figures) == 1:
            alone[figures[0].character].append(prompt.shot)
    chosen = {who: (alone[who] if len(alone[who]) > 1 else shots)[:PICTURES] for who, shots in first.items()}
    most = sorted((who for who in chosen if len(chosen[who]) > 1), key=lambda who: -len(chosen[who]))[:CHARACTERS]
    return {who: chosen[who] for who in most}


def _compare(eye: Eye, character: str, shots: list[str], pictures: list[bytes]) -> CharacterLikeness:
    """Score a character, and each of its shots by how much it is like the others."""
    whole, each = compare(eye, pictures)
    scores = {shot: round(score, 4) for shot, score in zip(shots, each, strict=True)}
    return CharacterLikeness(character=character, score=round(whole, 4), pictures=len(pictures), shots=scores)
