"""Stage 2: a prompt for each shot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from film.direction.identity import identify
from film.prompting import words
from film.prompting.looks import looks_of, words_of
from film.prompting.plan import plan_picture
from film.prompting.style import Style, style_named
from schemas.enums import IntExt, ShotSize
from schemas.prompt import FilmPrompts, ShotPrompt
from schemas.script import Breakdown, Location, Scene, Shot

ACTION_CHARACTERS = 160
"""SDXL's text encoders read 77 tokens at a time; an action longer than this would push the place out of the first."""

_ALWAYS_NEGATIVE = (
    "text",
    "letters",
    "watermark",
    "logo",
    "subtitles",
    "frame border",
    "split screen",
    "low quality",
    "blurry",
    "jpeg artifacts",
    "extra fingers",
    "deformed hands",
    "extra limbs",
    "bad anatomy",
    "duplicate person",
)


def write_prompts(breakdown: Breakdown, *, style: str, width: int, height: int, project_seed: int) -> FilmPrompts:
    """Write the prompts of a film.

    A shot's seed depends on the project's seed and on the shot's key: on what the shot and its scene say, not on where
    they stand. An edit elsewhere leaves it.

    Args:
        breakdown: Stage 1's result.
        style: Name of a style; `film.prompting.styles` lists them.
        width: Width of the pictures in pixels, even.
        height: Height of the pictures in pixels, even.
        project_seed: Any integer of at most 64 bits; two projects with one script get different pictures.

    Returns:
        One prompt a shot, in the order of the film.

    Raises:
        InvalidRequest: There is no such style.
    """
    chosen = style_named(style)
    looks = looks_of(breakdown.characters)
    described = {person.id: words_of(person, looks[person.id]) for person in breakdown.characters}
    scenes = {scene.index: scene for scene in breakdown.scenes}
    locations = {location.id: location for location in breakdown.locations}
    prompts = []
    for shot in _identified(breakdown):
        scene = scenes[shot.scene]
        layout = _seed(project_seed, "layout", scene.int_ext, scene.place, _place_name(scene, locations))
        prompts.append(
            ShotPrompt(
                shot=shot.id,
                scene=shot.scene,
                positive=_positive(shot, scene, locations, described, chosen),
                negative=", ".join((*chosen.negative, *_ALWAYS_NEGATIVE)),
                seed=_seed(project_seed, "shot", shot.key),
                width=width,
                height=height,
                style=chosen.name,
                picture=plan_picture(shot, scene, looks, chosen.palette, layout),
            )
        )
    return FilmPrompts(style=chosen.name, width=width, height=height, prompts=tuple(prompts))


def _seed(*parts: object) -> int:
    text = "\n".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1


def _place_name(scene: Scene, locations: Mapping[str, Location]) -> str:
    location = locations.get(scene.location)
    return location.name if location else scene.location


def _identified(breakdown: Breakdown) -> tuple[Shot, ...]:
    """The shots with their keys, which breakdowns of older versions lack."""
    if all(shot.key for shot in breakdown.shots):
        return breakdown.shots
    return identify(breakdown.shots, breakdown.scenes, breakdown.locations)


def _positive(
    shot: Shot, scene: Scene, locations: Mapping[str, Location], described: Mapping[str, str], style: Style
) -> str:
    inside = scene.int_ext is IntExt.INT
    size = words.SIZE[shot.size] if shot.subjects else words.INSERT.get(shot.size, words.SIZE[shot.size])
    return ", ".join(
        _present(
            (
                style.medium,
                size,
                words.ANGLE[shot.angle],
                *_people(shot, described),
                *shot.props,
                _clip(shot.action),
                words.place_words(scene.place, scene.int_ext),
                _place_name(scene, locations).lower(),
                words.TIME[scene.time_of_day],
                f"{words.WEATHER[scene.weather]} outside the windows"
                if inside and words.WEATHER[scene.weather]
                else words.WEATHER[scene.weather],
                style.light,
                style.lens,
                *style.modifiers,
            )
        )
    )


def _people(shot: Shot, described: Mapping[str, str]) -> Iterable[str]:
    staged = {staging.character: staging for staging in shot.staging}
    for subject in shot.subjects:
        if subject not in described:
            continue
        staging = staged.get(subject)
        yield described[subject]
        if staging is not None:
            yield words.EXPRESSION[staging.expression]
            if shot.size not in {ShotSize.CU, ShotSize.ECU}:
                yield words.POSE[staging.pose]


def _clip(action: str) -> str:
    text = " ".join(action.split()).rstrip(".")
    if len(text) <= ACTION_CHARACTERS:
        return text
    return text[:ACTION_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:")


def _present(phrases: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(phrase for phrase in phrases if phrase))
