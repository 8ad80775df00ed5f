"""The prompts of a revised film: the script's own, and others for the shots whose picture was edited."""

from __future__ import annotations

from film.direction.edits import apply_edits
from film.direction.recast import recast
from film.prompting.tokens import TokenCounter
from film.prompting.write import write_prompts
from schemas.edits import Edits
from schemas.prompt import FilmPrompts, ShotPrompt
from schemas.script import Breakdown
from schemas.style import StyleSpec


def edit_prompts(
    script: Breakdown,
    prompts: FilmPrompts,
    edits: Edits,
    *,
    style: StyleSpec,
    project_seed: int,
    tokens: TokenCounter | None = None,
    continuous: bool = False,
) -> FilmPrompts:
    """Write the prompts of a film after its edits.

    A prompt depends on the film around its shot: who sat goes on sitting, a season reaches every scene. Those of shots
    that were not edited are therefore taken as they were, and each edited one is written as if it alone were: an edit
    never reaches another picture. Where somebody looks otherwise, or is somebody else, all are written anew first: they
    are then in every picture that shows them.

    Args:
        script: The breakdown of the script, without edits.
        prompts: Its prompts.
        edits: All edits of the film.
        style: The film's style.
        project_seed: The film's seed.
        tokens: As in `write_prompts`.
        continuous: As in `write_prompts`, and as the script's own prompts were written.

    Returns:
        One prompt a shot, in the order and with the numbers of the edited breakdown.
    """
    if edits.cast:
        script = recast(script, edits.cast)
        prompts = _written(script, prompts, style, project_seed, tokens, continuous)
        edits = edits.model_copy(update={"cast": {}})
    by_key = {shot.key: prompt for shot, prompt in zip(script.shots, prompts.prompts, strict=True)}
    scripted = {shot.key: shot.id for shot in script.shots}

    def written(key: str) -> ShotPrompt:
        edit = edits.shots.get(key)
        if edit is None or not edit.redraws:
            return by_key[key]
        prompt = by_key[key]
        if edit.prompt or edit.added or edit.size:
            alone = apply_edits(script, Edits(shots={key: edit})).breakdown
            every = _written(alone, prompts, style, project_seed, tokens, continuous)
            prompt = next(one for one in every.prompts if one.shot == scripted[key])
        return prompt if edit.seed is None else prompt.model_copy(update={"seed": edit.seed})

    shots = apply_edits(script, edits).breakdown.shots
    return prompts.model_copy(
        update={
            "prompts": tuple(
                written(shot.key).model_copy(update={"shot": shot.id, "scene": shot.scene}) for shot in shots
            )
        }
    )


def _written(
    film: Breakdown,
    like: FilmPrompts,
    style: StyleSpec,
    project_seed: int,
    tokens: TokenCounter | None,
    continuous: bool,
) -> FilmPrompts:
    return write_prompts(
        film,
        style=style,
        width=like.width,
        height=like.height,
        project_seed=project_seed,
        tokens=tokens,
        continuous=continuous,
    )
