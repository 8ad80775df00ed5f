"""How a film's scenes are divided among child workflows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from schemas.jobs import MAX_SCENE_SHOTS, SHARED_SHOTS, FilmInput, SceneInput
from schemas.payloads import AnalyzeResult, PromptsResult
from schemas.shots import shot_indices
from workflows.wording import ROWS


def scene_parts(
    film: FilmInput, script: AnalyzeResult, prompts: PromptsResult, *, shared: bool = False
) -> list[SceneInput]:
    """Give each scene a child; a scene with over `MAX_SCENE_SHOTS` shots as many as it needs.

    Args:
        film: The job.
        script: What its script became.
        prompts: Its prompts.
        shared: Whether short scenes share children instead.
    """
    total = sum(script.scene_shots)
    parts = [
        SceneInput(
            film=film,
            prompts=prompts.prompts,
            breakdown=script.breakdown,
            scene=scene,
            first_shot=first,
            shots=min(MAX_SCENE_SHOTS, shots - first),
            part=part_number(shots, first),
            film_shots=total,
            title=script.scene_titles[scene] if scene < len(script.scene_titles) else "",
            stand_ins=tuple(shot for shot in script.stand_ins if _is_within(shot, scene, first)),
        )
        for scene, shots in enumerate(script.scene_shots)
        for first in range(0, shots, MAX_SCENE_SHOTS)
    ]
    return list(_sharing(parts)) if shared else parts


def to_make(parts: Sequence[SceneInput], stood: Container[int]) -> list[SceneInput]:
    """Choose the children that are to be made, and tell each how much that is, and where it comes in it.

    Args:
        parts: All children of the film.
        stood: Indices of those whose pictures stand.
    """
    made = [part for index, part in enumerate(parts) if index not in stood]
    drawn = sum(part.all_shots for part in made)
    return [part.model_copy(update={"drawn": drawn, "place": place}) for place, part in enumerate(made)]


def many(script: AnalyzeResult) -> bool:
    """Whether a film has more scenes than its details can name, so that short ones share children.

    Each child costs the film's history at least three events, and nine if nothing else happens meanwhile.
    """
    return len(script.scene_shots) > ROWS


def home_of(parts: Sequence[SceneInput], scene: int, shot: int) -> SceneInput:
    """Find the child that makes a shot.

    Args:
        parts: All children of the film.
        scene: The scene's index.
        shot: The shot's index within the scene.
    """
    return next(part for part in parts if part.holds(scene, shot))


def _is_within(number: str, scene: int, first: int) -> bool:
    at, shot = shot_indices(number)
    return at == scene and first <= shot < first + MAX_SCENE_SHOTS


def part_number(shots: int, shot: int) -> int | None:
    """Find the part of a scene that a shot belongs to.

    Args:
        shots: The number of the scene's shots.
        shot: The shot's index within the scene.

    Returns:
        The part's number, from 1, or None where the scene is not divided.
    """
    return shot // MAX_SCENE_SHOTS + 1 if shots > MAX_SCENE_SHOTS else None


def _sharing(parts: Sequence[SceneInput]) -> Iterator[SceneInput]:
    """Let neighbouring whole scenes share a child, up to `SHARED_SHOTS` shots together."""
    taken: list[SceneInput] = []
    for part in parts:
        if taken and not _fits(taken, part):
            yield _together(taken)
            taken = []
        taken.append(part)
    if taken:
        yield _together(taken)


def _fits(taken: Sequence[SceneInput], part: SceneInput) -> bool:
    whole = part.part is None and taken[-1].part is None
    # Scenes without a shot have no part; those who share a child are counted from its first.
    scenes = part.scene - taken[0].scene
    return whole and scenes <= SHARED_SHOTS and sum(one.shots for one in taken) + part.shots <= SHARED_SHOTS


def _together(taken: Sequence[SceneInput]) -> SceneInput:
    first, *more = taken
    shots = {part.scene: part.shots for part in more}
    scenes = range(first.scene + 1, taken[-1].scene + 1)
    following = tuple(shots.get(scene, 0) for scene in scenes)
    drafts = tuple(shot for part in taken for shot in part.stand_ins)
    return first.model_copy(update={"following": following, "stand_ins": drafts})
