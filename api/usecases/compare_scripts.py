"""What differs between two versions of a project's script: in its lines, and in the film that the rules make of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from uuid import UUID

from api.apart import apart
from api.usecases.keep_cast import cast_of
from api.usecases.projects import script_of
from film.direction import direct
from film.direction.diff import diff_films
from film.script import read
from infrastructure.db.engine import Database
from infrastructure.storage import ObjectStore
from schemas.cast import CastMember
from schemas.diff import Change, SceneDiff, ScriptDiff, ShotDiff
from schemas.errors import InvalidRequest, InvalidScript
from schemas.script import Breakdown

MOST_SCENES = 200
MOST_SHOTS = 500
MOST_LINES = 1000
"""How much of each is told, at most: an answer stays below a megabyte, and its counts hold all the same."""
MOST_WORDS = 300
"""Code points of a line, or of what a shot shows, that are told."""
MATCHED = 20_000
"""Lines, of both versions together, that are held against each other; where more differ, they are told as one."""


@dataclass(frozen=True)
class LinesChanged:
    """Neighbouring lines that are others in the newer version."""

    old_line: int
    """Number of the first of them in the old version, from 1; where none were there, of the one that follows."""
    old: list[str]
    new_line: int
    new: list[str]


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions."""

    number: int
    against: int
    film: ScriptDiff
    """Counts are of everything; of its scenes and shots those are left that are not the same."""
    lines: list[LinesChanged]
    complete: bool
    """Whether all that changed is told."""


async def compare_scripts(
    user_id: UUID, project_id: UUID, number: int, against: int | None, *, db: Database, store: ObjectStore
) -> Comparison:
    """Compare two versions of a project's script.

    The rules direct both, whoever directs a film of them, each for as long as it plays by itself, and with the cast
    that the project keeps.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        number: The version that is asked about.
        against: The one it is held against; None for the one before.
        db: The database.
        store: Where their texts lie.

    Raises:
        NotFound: They have no such project, or it has no such version.
        InvalidRequest: The first version has none before it.
        InvalidScript: There is nothing in one of them that could be shown.
        DependencyDown: So many are compared that its turn did not come.
    """
    new = await script_of(user_id, project_id, number, db=db)
    if against is None and number == 1:
        raise InvalidRequest("against: version 1 is the first; name the one to compare it with.")
    old = await script_of(user_id, project_id, number - 1 if against is None else against, db=db)
    texts = await asyncio.gather(*(store.get_bytes(row.key, sha256=row.sha256) for row in (old, new)))
    before, after = (
        (row.number, row.file_name, text.decode("utf-8")) for row, text in zip((old, new), texts, strict=True)
    )
    kept = (await cast_of(user_id, project_id, db=db)).cast.film_cast()
    return await apart(_compared, before, after, kept.members)


_Version = tuple[int, str, str]
"""Its number, its file's name, its text."""


def _compared(old: _Version, new: _Version, kept: Sequence[CastMember]) -> Comparison:
    """Compare, in a process of its own: directing hundreds of pages takes seconds."""
    film = diff_films(_film(old, kept), _film(new, kept))
    scenes, told_scenes = _scenes(film.scenes)
    lines, told_lines = _told(_lines(old[2].splitlines(), new[2].splitlines()))
    return Comparison(
        number=new[0],
        against=old[0],
        film=film.model_copy(update={"scenes": scenes}),
        lines=lines,
        complete=told_scenes and told_lines,
    )


def _film(version: _Version, kept: Sequence[CastMember]) -> Breakdown:
    number, name, text = version
    try:
        return direct(read(text, name), kept=kept)
    except InvalidScript as error:
        raise InvalidScript(f"Version {number}: {error}") from error


def _scenes(scenes: Sequence[SceneDiff]) -> tuple[tuple[SceneDiff, ...], bool]:
    """Leave out what stays, and what is too much; say whether that was nothing."""
    changed = [scene for scene in scenes if scene.change is not Change.SAME]
    room, complete, told = MOST_SHOTS, len(changed) <= MOST_SCENES, []
    for scene in changed[:MOST_SCENES]:
        shots = [shot for shot in scene.shots if shot.change is not Change.SAME]
        told.append(scene.model_copy(update={"title": _cut(scene.title), "shots": tuple(map(_short, shots[:room]))}))
        complete, room = complete and len(shots) <= room, max(0, room - len(shots))
    return tuple(told), complete


def _short(shot: ShotDiff) -> ShotDiff:
    return shot.model_copy(update={"text": _cut(shot.text), "before": _cut(shot.before)})


def _cut(words: str) -> str:
    return words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1]}…"


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[LinesChanged]:
    """Find the lines that differ. Those at both ends that do not are passed over first: most changes are small."""
    shortest = min(len(old), len(new))
    first = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    last = next((at for at in range(shortest - first) if old[-1 - at] != new[-1 - at]), shortest - first)
    a, b = old[first : len(old) - last], new[first : len(new) - last]
    if len(a) + len(b) > MATCHED:
        yield LinesChanged(first + 1, list(a), first + 1, list(b))
        return
    for tag, i, j, k, m in SequenceMatcher(None, a, b).get_opcodes():
        if tag != "equal":
            yield LinesChanged(first + i + 1, list(a[i:j]), first + k + 1, list(b[k:m]))


def _told(changes: Iterator[LinesChanged]) -> tuple[list[LinesChanged], bool]:
    """Leave out what is too much; say whether that was nothing."""
    room = MOST_LINES
    told: list[LinesChanged] = []
    for change in changes:
        if not room:
            return told, False
        old = [_cut(line) for line in islice(change.old, room)]
        new = [_cut(line) for line in islice(change.new, room - len(old))]
        told.append(LinesChanged(change.old_line, old, change.new_line, new))
        room -= len(old) + len(new)
        if len(old) + len(new) < len(change.old) + len(change.new):
            return told, False
    return told, True
