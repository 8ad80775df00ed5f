"""Directs a script: from elements to scenes and shots."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from film.collecting import uncollected
from film.direction.cast import NARRATOR, Cast, screenplay_cast
from film.direction.graph import scene_graph
from film.direction.idea import develop, is_idea
from film.direction.identity import Keys
from film.direction.importance import weighed
from film.direction.kept import with_kept
from film.direction.lengths import fitted
from film.direction.moments import Moment
from film.direction.prose import prose_cast, prose_scenes
from film.direction.reading import MomentReader
from film.direction.scenes import SceneDraft, screenplay_scenes
from film.direction.shooting import Crew, Take
from film.direction.transitions import ending, join_shots
from schemas.cast import CastMember
from schemas.enums import ScriptFormat
from schemas.errors import InvalidScript
from schemas.rate import Rate, seconds_of
from schemas.script import Breakdown, Element, Location, Screenplay


@uncollected()
def direct(
    screenplay: Screenplay, *, fps: Rate = 24, runtime_s: float | None = None, kept: Sequence[CastMember] = ()
) -> Breakdown:
    """Break a screenplay or a story down into scenes and shots.

    The same screenplay always gives the same breakdown. A shot depends on its own scene; of other scenes it matters
    only who is in the cast, which places have been shown, and how the scene before ends.

    Args:
        screenplay: As `film.script.read` returns it.
        fps: Frames a second of the film; every length is a whole number of frames.
        runtime_s: How long the film shall last, in seconds; it is met to the frame. None for as long as the script
            plays by itself.
        kept: People whom the project keeps: `film.direction.kept`.

    Returns:
        The breakdown. Each line of dialogue is in it exactly once, in the order of the script.

    Raises:
        InvalidScript: There is nothing in the script that could be shown: only a title page, notes or headings of
            nothing.
        InvalidRequest: Not everything that is said can be said and read in `runtime_s`.
    """
    cast, drafts, locations, moments, left_over = _analysed(screenplay, kept)
    crew = Crew(cast, fps)
    takes: list[Take] = []
    shown = any(draft.scene.heading for draft in drafts)
    for draft, group in zip(drafts, moments, strict=True):
        shown = shown or bool(group)
        takes += crew.shoot(draft, group, last=draft is drafts[-1])
    if not shown:
        raise _nothing(screenplay)
    frames = fitted([take.length for take in takes], runtime_s, fps)
    scenes = tuple(draft.scene for draft in drafts)
    keys = Keys(scenes, locations)
    contents = [take.content for take in takes]
    given = [keys.key(content, take.scene.index) for take, content in zip(takes, contents, strict=True)]
    unjoined = [
        take.shot(content, key, length, fps)
        for take, content, key, length in zip(takes, contents, given, frames, strict=True)
    ]
    shots = tuple(join_shots(unjoined, [take.join for take in takes], fps, ending(left_over())))
    return Breakdown(
        title=screenplay.title,
        format=screenplay.format,
        characters=cast.characters,
        locations=locations,
        elements=_numbered(screenplay, drafts),
        scenes=scenes,
        shots=shots,
        graph=scene_graph(cast.characters, locations, scenes, shots),
        fps=fps,
        runtime_s=seconds_of(sum(frames), fps),
    )


def _nothing(screenplay: Screenplay) -> InvalidScript:
    return InvalidScript(f"{screenplay.title!r} holds nothing that can be shown: write a scene, an action or a line.")


class _Analysis(NamedTuple):
    """What there is to shoot."""

    cast: Cast
    drafts: list[SceneDraft]
    locations: tuple[Location, ...]
    moments: Iterable[list[Moment]]
    """Those of each scene. They are read as they are asked for: so the words of a scene are still known when it is
    shot."""
    left_over: Callable[[], tuple[str, ...]]
    """The transitions after the last scene, when it has been read."""


def _analysed(screenplay: Screenplay, kept: Sequence[CastMember]) -> _Analysis:
    if is_idea(screenplay):
        cast, drafts, locations, planned = develop(screenplay, kept)
        ordered = [[moment._replace(step=step) for step, moment in enumerate(group)] for group in planned]
        return _Analysis(cast, drafts, locations, ordered, tuple)
    if screenplay.format is ScriptFormat.PROSE:
        cast = with_kept(prose_cast(screenplay.elements), kept, screenplay.elements)
        drafts, locations = prose_scenes(screenplay, cast)
    else:
        cast = with_kept(screenplay_cast(screenplay.elements), kept, screenplay.elements)
        drafts, locations = screenplay_scenes(screenplay)
    cast = weighed(cast, [draft.elements for draft in drafts])
    reader = MomentReader(cast, screenplay.format)
    return _Analysis(cast, drafts, locations, map(reader.read, drafts), lambda: reader.left_over)


def _numbered(screenplay: Screenplay, drafts: Sequence[SceneDraft]) -> tuple[Element, ...]:
    """The elements with their scenes: known from the headings in a screenplay, from the direction in prose."""
    if screenplay.format is not ScriptFormat.PROSE:
        return screenplay.elements
    scenes = [draft.scene for draft in drafts]
    starts = [scene.span.start for scene in scenes]
    numbered = []
    for element in screenplay.elements:
        found = bisect_right(starts, element.span.start) - 1
        inside = found >= 0 and element.span.start < scenes[found].span.end
        numbered.append(element.model_copy(update={"scene": scenes[found].index if inside else None}))
    return tuple(numbered)


__all__ = ["NARRATOR", "direct"]
