"""Stage 2: a prompt for each shot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from film.collecting import uncollected
from film.direction.identity import identify, picture_keys
from film.prompting import words
from film.prompting.acts import acts_of
from film.prompting.blocking import MAX_FIGURES
from film.prompting.fitting import FIRST, SECOND, Fitted, Kind, Phrase, clauses, fit
from film.prompting.plan import plan_picture
from film.prompting.sheets import Sheet, sheets_of
from film.prompting.style import style_named
from film.prompting.things import paints_of
from film.prompting.tokens import EstimatedTokens, TokenCounter
from film.prompting.traits import traits_of
from schemas.enums import IntExt, ShotSize
from schemas.prompt import FilmPrompts, ShotPrompt
from schemas.script import Breakdown, Location, Scene, Shot
from schemas.style import StyleSpec

_NEVER = (
    "low quality",
    "blurry",
    "jpeg artifacts",
    "bad anatomy",
    "deformed hands",
    "extra fingers",
    "extra limbs",
    "duplicate person",
)
_NEVER_IN_THE_FRAME = ("text", "letters", "watermark", "logo", "subtitles", "frame border", "split screen")


@uncollected()
def write_prompts(
    breakdown: Breakdown,
    *,
    style: StyleSpec | str,
    width: int,
    height: int,
    project_seed: int,
    tokens: TokenCounter | None = None,
) -> FilmPrompts:
    """Write the prompts of a film.

    A shot's seed depends on the project's seed and on the shot's key: on what the shot and its scene say, not on where
    they stand. An edit elsewhere leaves it.

    Args:
        breakdown: Stage 1's result.
        style: The style, or the name of one of ours; `film.prompting.styles` lists them.
        width: Width of the pictures in pixels, even.
        height: Height of the pictures in pixels, even.
        project_seed: Any integer of at most 64 bits; two projects with one script get different pictures.
        tokens: Counts what the painter's text encoders read; by default an upper bound that needs no vocabulary.

    Returns:
        One prompt a shot, in the order of the film.

    Raises:
        InvalidRequest: There is no such style.
    """
    chosen = style if isinstance(style, StyleSpec) else style_named(style)
    counter = tokens or EstimatedTokens()
    sheets = sheets_of(breakdown)
    looks = {who: sheet.look for who, sheet in sheets.items()}
    scenes = {scene.index: scene for scene in breakdown.scenes}
    locations = {location.id: location for location in breakdown.locations}
    traits, paints, acts = traits_of(breakdown), paints_of(breakdown.shots), acts_of(breakdown)
    negative = fit(list(_negative(chosen)), counter)
    shots = _identified(breakdown)
    own = picture_keys(shots)
    places = {index: _place_name(scene, locations) for index, scene in scenes.items()}
    layouts = {
        index: _seed(project_seed, "layout", scene.int_ext, scene.place, places[index])
        for index, scene in scenes.items()
    }
    manner = tuple(Phrase(text, Kind.STYLE, SECOND) for text in (chosen.light, chosen.lens, *chosen.modifiers))
    settings = {index: tuple(_setting_words(scene, places[index])) for index, scene in scenes.items()}
    prompts = []
    for shot in shots:
        scene = scenes[shot.scene]
        positive = _positive(shot, sheets, chosen.medium, (*settings[shot.scene], *manner), counter)
        prompts.append(
            ShotPrompt(
                shot=shot.id,
                scene=shot.scene,
                positive=positive.first,
                positive_2=positive.second,
                negative=negative.first,
                negative_2=negative.second,
                left_out=(*positive.left_out, *negative.left_out),
                seed=_seed(project_seed, "shot", own[shot.id]),
                width=width,
                height=height,
                style=chosen.name,
                picture=plan_picture(
                    shot,
                    scene,
                    looks,
                    chosen.palette,
                    layouts[shot.scene],
                    traits[scene.index],
                    paints,
                    acts[shot.id],
                ),
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


def _negative(style: StyleSpec) -> Iterator[Phrase]:
    for text in _NEVER:
        yield Phrase(text, Kind.ACTION, FIRST)
    for text in (*style.negative, *_NEVER_IN_THE_FRAME):
        yield Phrase(text, Kind.STYLE, SECOND)


def _positive(
    shot: Shot, sheets: Mapping[str, Sheet], medium: str, around: Iterable[Phrase], counter: TokenCounter
) -> Fitted:
    return fit(
        [
            *_frame(shot, sheets, medium),
            *_people(shot, sheets),
            *(Phrase(clause, Kind.ACTION, FIRST) for clause in clauses(shot.action, counter)),
            *(Phrase(prop, Kind.PROP, FIRST) for prop in shot.props),
            Phrase(words.ANGLE[shot.angle], Kind.CAMERA, FIRST),
            *around,
        ],
        counter,
    )


def _frame(shot: Shot, sheets: Mapping[str, Sheet], medium: str) -> Iterator[Phrase]:
    """Say to both encoders what the picture is; the second hears in short who is in it, or it would see an empty set.

    The second encoder's summary of its whole text steers the picture as a whole, which is why it hears of everything.
    """
    size = words.SIZE[shot.size] if shot.subjects else words.INSERT.get(shot.size, words.SIZE[shot.size])
    for home in (FIRST, SECOND):
        yield Phrase(medium, Kind.FRAME, home)
        yield Phrase(size, Kind.FRAME, home)
    present = [sheets[subject].brief for subject in shot.subjects if subject in sheets]
    if present:
        # As doing, not as identity: it goes before the place, and may be left out.
        yield Phrase(" and ".join(dict.fromkeys(present[:MAX_FIGURES])), Kind.DOING, SECOND)


def _people(shot: Shot, sheets: Mapping[str, Sheet]) -> Iterator[Phrase]:
    """Describe those in the picture, each by the words of their sheet; more than five bodies are a crowd."""
    staged = {staging.character: staging for staging in shot.staging}
    present = [subject for subject in shot.subjects if subject in sheets]
    for subject in present[:MAX_FIGURES]:
        staging = staged.get(subject)
        yield Phrase(sheets[subject].words, Kind.IDENTITY, FIRST)
        if staging is None:
            continue
        yield Phrase(words.EXPRESSION[staging.expression], Kind.DOING, FIRST)
        if shot.size not in {ShotSize.CU, ShotSize.ECU}:
            yield Phrase(words.POSE[staging.pose], Kind.DOING, FIRST)
    if len(present) > MAX_FIGURES:
        yield Phrase("a crowd", Kind.DOING, FIRST)


def _setting_words(scene: Scene, place: str) -> Iterator[Phrase]:
    family = words.place_words(scene.place, scene.int_ext)
    yield Phrase(family, Kind.PLACE, SECOND)
    yield Phrase(place.lower() if place.lower() not in family else "", Kind.PLACE, SECOND)
    yield Phrase(words.TIME[scene.time_of_day], Kind.TIME, SECOND)
    weather = words.WEATHER[scene.weather]
    outside = " outside the windows" if scene.int_ext is IntExt.INT else ""
    yield Phrase(f"{weather}{outside}" if weather else "", Kind.WEATHER, SECOND)
