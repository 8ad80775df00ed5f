"""How a film's scenes are divided among child workflows."""

from __future__ import annotations

from schemas.jobs import MAX_SCENE_SHOTS, FilmInput, SceneInput
from schemas.payloads import AnalyzeResult, PromptsResult
from schemas.shots import shot_indices


def scene_parts(film: FilmInput, script: AnalyzeResult, prompts: PromptsResult) -> list[SceneInput]:
    """Give each scene a child; a scene with over `MAX_SCENE_SHOTS` shots as many as it needs."""
    total = sum(script.scene_shots)
    return [
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
