"""Stage 2: a prompt for each shot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from film.collecting import uncollected
from film.direction.identity import identify, picture_keys
from film.direction.storyplaces import Setting
from film.prompting import words
from film.prompting.acts import acts_of
from film.prompting.blocking import MAX_FIGURES
from film.prompting.continuity import shared_seeds
from film.prompting.fitting import FIRST, SECOND, Fitted, Fitter, Kind, Phrase, clauses
from film.prompting.plan import plan_picture
from film.prompting.seen import Seen
from film.prompting.sexes import with_sexes
from film.prompting.sheets import sheets_of
from film.prompting.skies import Sky, skies_of
from film.prompting.style import style_named
from film.prompting.things import paints_of
from film.prompting.tokens import EstimatedTokens, TokenCounter
from film.prompting.traits import traits_at, traits_of
from film.prompting.whereabouts import settings_of
from schemas.base import unchecked
from schemas.enums import IntExt, ShotSize
from schemas.prompt import FilmPrompts, Picture, ShotPrompt
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
    continuous: bool = False,
) -> FilmPrompts:
    """Write the prompts of a film.

    A shot's seed depends on the project's seed and on the shot's key: on what the shot and its scene say, not on where
    they stand. An edit elsewhere leaves it, unless shots are continuous and the edit parts two of them.

    Args:
        breakdown: Stage 1's result.
        style: The style, or the name of one of ours; `film.prompting.styles` lists them.
        width: Width of the pictures in pixels, even.
        height: Height of the pictures in pixels, even.
        project_seed: Any integer of at most 64 bits; two projects with one script get different pictures.
        tokens: Counts what the painter's text encoders read; by default an upper bound that needs no vocabulary.
        continuous: Whether shots that go on where another ends (`film.prompting.continuity`) have its seed, so that
            both show the same of what does not move: for films in which more than the camera moves.

    Returns:
        One prompt a shot, in the order of the film.

    Raises:
        InvalidRequest: There is no such style.
    """
    chosen = style if isinstance(style, StyleSpec) else style_named(style)
    film = _Film(breakdown, chosen, tokens or EstimatedTokens(), project_seed)
    negative = film.fitter.fit(list(_negative(chosen)))
    shots, acts = _identified(breakdown), acts_of(breakdown, film.people)
    own = picture_keys(shots)
    seeds = [_seed(project_seed, "shot", own[shot.id]) for shot in shots]
    numbers: dict[Seen, int] = {}
    """What is seen, each once."""
    wheres, skies = settings_of(breakdown), skies_of(breakdown)
    seen = [
        numbers.setdefault(Seen.of(shot, acts[shot.id], wheres.get(shot.id), skies.get(shot.id)), len(numbers))
        for shot in shots
    ]
    shown = [film.plan(one) for one in numbers]
    # A painter is told the size in which what happens can be seen, as the draughtsman is.
    said = [film.positive(one._replace(size=picture.size)) for one, picture in zip(numbers, shown, strict=True)]
    if continuous:
        seeds = shared_seeds(shots, [shown[number] for number in seen], seeds)
    prompts = []
    for shot, seed, number in zip(shots, seeds, seen, strict=True):
        positive, picture = said[number], shown[number]
        prompts.append(
            _prompt(
                shot=shot.id,
                scene=shot.scene,
                positive=positive.first,
                negative=negative.first,
                seed=seed,
                width=width,
                height=height,
                style=chosen.name,
                picture=picture,
                positive_2=positive.second,
                negative_2=negative.second,
                left_out=(*positive.left_out, *negative.left_out),
            )
        )
    return FilmPrompts(style=chosen.name, width=width, height=height, prompts=tuple(prompts))


class _Stand(NamedTuple):
    """Where shots play."""

    scene: Scene
    layout: int
    traits: tuple[str, ...]
    around: tuple[Phrase, ...]
    """What a painter reads of it."""


class _Film:
    """What the prompts of one film share: who is in it, where it plays, how it looks."""

    def __init__(self, breakdown: Breakdown, style: StyleSpec, counter: TokenCounter, project_seed: int) -> None:
        locations = {location.id: location for location in breakdown.locations}
        self._scenes = {scene.index: scene for scene in breakdown.scenes}
        self._places = places = {index: _place_name(scene, locations) for index, scene in self._scenes.items()}
        self._layouts = {
            index: _seed(project_seed, "layout", scene.int_ext, scene.place, places[index])
            for index, scene in self._scenes.items()
        }
        self.people = with_sexes(breakdown)
        """The cast, each with the pronoun that the film has for them."""
        sheets = sheets_of(breakdown, self.people)
        self._looks = {who: sheet.look for who, sheet in sheets.items()}
        self._identities = {who: Phrase(sheet.words, Kind.IDENTITY, FIRST) for who, sheet in sheets.items()}
        self._briefs = {who: sheet.brief for who, sheet in sheets.items()}
        self._traits, self._paints = traits_of(breakdown), paints_of(breakdown.shots)
        self._palette = style.palette
        self._medium = Phrase(style.medium, Kind.FRAME, FIRST), Phrase(style.medium, Kind.FRAME, SECOND)
        self._read: dict[tuple[object, ...], tuple[str | None]] = {}
        """What each encoder reads; None where there is no room for all of it."""
        manner = tuple(Phrase(text, Kind.STYLE, SECOND) for text in (style.light, style.lens, *style.modifiers))
        self._manner, self._project_seed = manner, project_seed
        self._stands: dict[tuple[int, Setting | None, Sky | None], _Stand] = {}
        self._around = {
            index: (*_setting_words(scene, places[index]), *manner) for index, scene in self._scenes.items()
        }
        self._counter = counter
        self.fitter = Fitter(counter)

    def plan(self, seen: Seen) -> Picture:
        """The plan of a shot's picture."""
        stand = self._stand(seen.scene, seen.where, seen.sky)
        return plan_picture(seen, stand.scene, self._looks, self._palette, stand.layout, stand.traits, self._paints)

    def _stand(self, index: int, where: Setting | None, sky: Sky | None) -> _Stand:
        """Where and when a shot plays: its scene, or where its action goes, under its sky."""
        if (index, where, sky) not in self._stands:
            scene, traits = self._scenes[index], self._traits[index]
            if sky is not None:
                scene = scene.model_copy(update={"time_of_day": sky.time, "weather": sky.weather})
            if where is None:
                around = self._around[index]
                if sky is not None:
                    around = (*_setting_words(scene, self._places[index]), *self._manner)
                stand = _Stand(scene, self._layouts[index], traits, around)
            else:
                scene = scene.model_copy(update={"place": where.place, "int_ext": where.int_ext, "heading": None})
                layout = _seed(self._project_seed, "layout", where.int_ext, where.place, where.name)
                around = (*_setting_words(scene, where.name), *self._manner)
                stand = _Stand(scene, layout, traits_at(where.name, scene, traits), around)
            self._stands[index, where, sky] = stand
        return self._stands[index, where, sky]

    def positive(self, seen: Seen) -> Fitted:
        """The words of a shot's picture.

        Where there is room for all of them, as there is for most, each encoder's are put together by what they depend
        on: fewer shots differ in what one of them reads.
        """
        faces = tuple([(one.character, one.expression, one.pose) for one in seen.staging])
        first = self._whole((seen.size, seen.angle, seen.subjects, faces, seen.action, seen.props), FIRST, seen)
        second = self._whole((seen.size, seen.subjects, seen.scene, seen.where, seen.sky), SECOND, seen)
        if first is not None and second is not None:
            return Fitted(first, second, ())
        return self.fitter.fit(
            [
                *self._frame(seen, FIRST),
                *self._frame(seen, SECOND),
                *self._brief(seen),
                *self._who(seen),
                *self._stand(seen.scene, seen.where, seen.sky).around,
            ]
        )

    def _whole(self, key: tuple[object, ...], home: int, seen: Seen) -> str | None:
        """All that an encoder shall read of a shot, once for each key; None where it has no room for that."""
        known = self._read.get(key)
        if known is None:
            more = (
                self._who(seen)
                if home == FIRST
                else (*self._brief(seen), *self._stand(seen.scene, seen.where, seen.sky).around)
            )
            known = self._read[key] = (self.fitter.whole([*self._frame(seen, home), *more]),)
        return known[0]

    def _frame(self, seen: Seen, home: int) -> tuple[Phrase, Phrase]:
        """Say to an encoder what the picture is."""
        return self._medium[home], (_SIZE if seen.subjects else _INSERT)[seen.size][home]

    def _brief(self, seen: Seen) -> tuple[Phrase, ...]:
        """Say to the second encoder in short who is in the picture, or it would see nobody.

        Its summary of its whole text steers the picture as a whole, which is why it hears of everything.
        """
        briefs = dict.fromkeys([self._briefs[who] for who in self._present(seen)[:MAX_FIGURES]])
        # As doing, not as identity: it goes before the place, and may be left out.
        return (Phrase(" and ".join(briefs), Kind.DOING, SECOND),) if briefs else ()

    def _who(self, seen: Seen) -> list[Phrase]:
        """Say who is in the picture and what happens."""
        phrases = list(self._people(seen, self._present(seen)))
        if seen.action:
            phrases += [Phrase(clause, Kind.ACTION, FIRST) for clause in clauses(seen.action, self._counter)]
        return [*phrases, *[Phrase(prop, Kind.PROP, FIRST) for prop in seen.props], _ANGLE[seen.angle]]

    def _present(self, seen: Seen) -> list[str]:
        return [subject for subject in seen.subjects if subject in self._looks]

    def _people(self, seen: Seen, present: Sequence[str]) -> Iterator[Phrase]:
        """Describe those in the picture, each by the words of their sheet; more than five bodies are a crowd."""
        staged = {staging.character: staging for staging in seen.staging}
        for subject in present[:MAX_FIGURES]:
            staging = staged.get(subject)
            yield self._identities[subject]
            if staging is None:
                continue
            yield _EXPRESSION[staging.expression]
            if seen.size not in _FACES:
                yield _POSE[staging.pose]
        if len(present) > MAX_FIGURES:
            yield Phrase("a crowd", Kind.DOING, FIRST)


_prompt = unchecked(ShotPrompt)
_FACES = frozenset({ShotSize.CU, ShotSize.ECU})
"""Sizes that show nothing of a body's pose."""
_SIZE = {size: (Phrase(text, Kind.FRAME, FIRST), Phrase(text, Kind.FRAME, SECOND)) for size, text in words.SIZE.items()}
_INSERT = _SIZE | {
    size: (Phrase(text, Kind.FRAME, FIRST), Phrase(text, Kind.FRAME, SECOND)) for size, text in words.INSERT.items()
}
_ANGLE = {angle: Phrase(text, Kind.CAMERA, FIRST) for angle, text in words.ANGLE.items()}
_EXPRESSION = {face: Phrase(text, Kind.DOING, FIRST) for face, text in words.EXPRESSION.items()}
_POSE = {pose: Phrase(text, Kind.DOING, FIRST) for pose, text in words.POSE.items()}


def _seed(*parts: object) -> int:
    text = "\n".join(map(str, parts))
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


def _setting_words(scene: Scene, place: str) -> Iterator[Phrase]:
    family = words.place_words(scene.place, scene.int_ext)
    yield Phrase(family, Kind.PLACE, SECOND)
    yield Phrase(place.lower() if place.lower() not in family else "", Kind.PLACE, SECOND)
    yield Phrase(words.TIME[scene.time_of_day], Kind.TIME, SECOND)
    weather = words.WEATHER[scene.weather]
    outside = " outside the windows" if scene.int_ext is IntExt.INT else ""
    yield Phrase(f"{weather}{outside}" if weather else "", Kind.WEATHER, SECOND)
