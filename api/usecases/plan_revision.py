"""Planning what is asked of a film that has ended: so that it can be quoted, and then be ordered as it was quoted.

One that waits for its review or for a decision is changed where it runs: see `api.usecases.revise_waiting`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from api.apart import apart
from api.usecases.film_sources import edits_of, load
from api.usecases.submit_film import short_title
from film.direction import direct
from film.direction.edits import apply_edits, edits_asked, remembered
from film.direction.successors import carried_over, placed_otherwise, successors
from film.script import read
from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.versions import Versions
from infrastructure.db.tables import JobRow, VersionRow
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef
from schemas.cast import CastMember, FilmCast
from schemas.edits import Changes, Edits, compose
from schemas.enums import DirectedBy
from schemas.errors import InvalidRequest
from schemas.jobs import FilmInput, FilmResult
from schemas.rate import Rate
from schemas.script import Breakdown
from schemas.sound import SoundOrder


@dataclass(frozen=True)
class NewScript:
    """An edited script, read and found fit to be filmed."""

    text: str
    file_name: str
    title: str


@dataclass(frozen=True)
class Plan:
    """A revision that was thought through, and not ordered yet."""

    film: FilmInput
    """What its workflow would be given; its edits and script are not stored yet."""
    base: VersionRow
    """The version that it is asked of."""
    asked: Changes
    edits: Edits
    """All edits of the film after it."""
    script: Breakdown
    """The breakdown of the script, before its edits."""
    breakdown: Breakdown
    """That of the film, after them."""
    before: Breakdown
    """That of the version it is asked of."""
    old_script: Breakdown
    """That of its script, before its edits."""
    old_edits: Edits
    """All edits of that version."""
    since: int
    """Number of the job's last event: whoever watches begins after it."""
    dropped: tuple[str, ...] = ()
    """What lost its edits: shots that an edited script, or another cast, no longer has, by their numbers in that
    version, or, where they were removed and are there again, in its script; and people, by their names there."""
    became: Mapping[str, str] | None = None
    """By the ids of those in the script so far those with another cast; None where its cast is left."""
    new_script: NewScript | None = None
    new_cast: FilmCast | None = None
    """The cast that it has from now on, not stored yet; None leaves it."""
    lent: tuple[ArtifactRef, ...] = ()
    """Pictures of that cast that were put where its shots look for them."""


async def plan_revision(
    job_id: UUID,
    asked: Changes,
    *,
    db: Database,
    store: ObjectStore,
    script: NewScript | None = None,
    cast: FilmCast | None = None,
) -> Plan:
    """Think a revision through.

    Args:
        job_id: The job.
        asked: What shall be changed, by the numbers of its current version's shots.
        db: The database.
        store: The store.
        script: An edited script; None leaves the script.
        cast: The cast that it shall have; None leaves the one that it has. One of the two can be given.

    Raises:
        InvalidRequest: There is no such job, it has no film, or what is asked cannot be done; the sentence says why.
        ArtifactMissing: Its breakdown is gone from the store.
    """
    job, base = await _current(job_id, db)
    summary = None if base.summary is None else FilmResult.model_validate({**base.summary, "output": base.output})
    if summary is None or summary.script_breakdown is None or summary.breakdown is None:
        raise InvalidRequest(
            f"The film of job {job_id} was made by an older version of this software: make it once more with `studio "
            "film`, which draws nothing that stands, and revise that."
        )
    was = base.film_input
    old_script = await load(store, Breakdown, summary.script_breakdown)
    before = await load(store, Breakdown, summary.breakdown)
    old_edits = await edits_of(was, store)
    kept = compose(old_edits, remembered(before, summary.seeds, summary.stand_ins))
    edits = compose(kept, edits_asked(before, asked))
    await _must_fit(was, script, store)
    ref = became = None
    lost: tuple[str, ...] = ()
    if script is not None:
        people = () if was.cast is None else (await load(store, FilmCast, was.cast)).members
        breakdown = await asyncio.to_thread(_directed, script, was, people)
    elif cast is not None:
        breakdown = await _recast(was, old_script, cast, store)
        await _voices_stay(was, old_script, breakdown, store)
        became = successors(old_script, breakdown)
        edits, lost = await asyncio.to_thread(carried_over, edits, old_script, breakdown, became)
    else:
        breakdown, ref = old_script, summary.script_breakdown
    edited = await asyncio.to_thread(apply_edits, breakdown, edits)
    # Whoever revises has read the quote: a second review would ask the same once more.
    changes = {"review": False, **({"tier": asked.tier} if asked.tier else {})}
    film = was.model_copy(
        update={
            "rev": job.rev + 1,
            "base": base.rev,
            "breakdown": ref,
            "edits": None,
            "title": was.title if script is None else short_title(script.title),
            "file_name": was.file_name if script is None else script.file_name,
            "options": was.options.model_copy(update=changes),
            "review_reason": "",
            "cast": was.cast if cast is None else None,
        }
    )
    return Plan(
        film=film,
        base=base,
        asked=asked,
        edits=_only(edits, edited.dropped),
        script=breakdown,
        breakdown=edited.breakdown,
        before=before,
        old_script=old_script,
        old_edits=old_edits,
        since=job.last_seq,
        dropped=(*_numbers(edited.dropped, old_script, before), *names_of(lost, old_script)),
        became=became,
        new_script=script,
        new_cast=cast,
    )


async def _current(job_id: UUID, db: Database) -> tuple[JobRow, VersionRow]:
    """Find the version that is the job's film."""
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
        if job is None:
            raise InvalidRequest(f"There is no job {job_id}.")
        base = None if job.version is None else await Versions(session).get(job_id, job.version)
    if not job.status.terminal:
        raise InvalidRequest(
            f"The film of job {job_id} is {job.status.replace('_', ' ')}: wait until it is finished, or cancel it."
        )
    if base is None or base.film is None:
        raise InvalidRequest(f"Job {job_id} is {job.status} and has no film; make one with `studio film`.")
    return job, base


async def _must_fit(film: FilmInput, script: NewScript | None, store: ObjectStore) -> None:
    """Refuse an edited script for a film with voices: their numbers are of the lines of the script before."""
    if script is not None and film.sound is not None and (await load(store, SoundOrder, film.sound)).voices:
        raise InvalidRequest(
            "The film's voices were ordered for the lines of its script: make a film of the edited script with `studio "
            "film`, which draws and encodes nothing that stands."
        )


async def _voices_stay(film: FilmInput, old: Breakdown, new: Breakdown, store: ObjectStore) -> None:
    """Refuse another cast for a film with voices that begin with shots which it has otherwise then."""
    if film.sound is None:
        return
    shots = {voice.shot: voice for voice in (await load(store, SoundOrder, film.sound)).voices if voice.shot}
    for shot in placed_otherwise(shots, old, new):
        raise InvalidRequest(
            f"The voice {shots[shot].file.name} begins with shot {shot}, which is another one with the cast as it is "
            "by now: order a new film of the project, which has that cast."
        )


def names_of(people: Sequence[str], film: Breakdown) -> tuple[str, ...]:
    """Say what people of a film are called.

    Args:
        people: Their ids.
        film: The film.
    """
    return tuple(one.name for one in film.characters if one.id in people)


def _numbers(keys: Sequence[str], script: Breakdown, film: Breakdown) -> tuple[str, ...]:
    """Number shots as a film does; those that were removed from it, as its script does."""
    numbers = {shot.key: shot.id for shot in (*script.shots, *film.shots)}
    return tuple(numbers[key] for key in keys if key in numbers)


def _only(edits: Edits, dropped: tuple[str, ...]) -> Edits:
    """Leave out what is said of shots that are gone."""
    gone = set(dropped)
    return edits.model_copy(
        update={
            "shots": {key: edit for key, edit in edits.shots.items() if key not in gone},
            "order": tuple(place for place in edits.order if not {place.shot, place.anchor} & gone),
            "removed": tuple(key for key in edits.removed if key not in gone),
        }
    )


def _directed(script: NewScript, film: FilmInput, kept: Sequence[CastMember]) -> Breakdown:
    screenplay = read(script.text, script.file_name)
    return direct(screenplay, fps=film.options.fps, runtime_s=film.options.runtime_s, kept=kept)


async def _recast(film: FilmInput, before: Breakdown, cast: FilmCast, store: ObjectStore) -> Breakdown:
    """Direct a film's script again, with another cast."""
    if before.direction.by is not DirectedBy.RULES:
        raise InvalidRequest(
            "A language model directed this film, and would direct it otherwise now: order a new film of the project, "
            "which has the cast as it is."
        )
    text = (await store.get_bytes(film.script)).decode("utf-8")
    # To the frame as long as it is: what its cards take is taken already.
    runtime_s = None if film.options.runtime_s is None else before.runtime_s
    return await apart(_with_cast, text, film.file_name, film.options.fps, runtime_s, cast.members)


def _with_cast(text: str, name: str, fps: Rate, runtime_s: float | None, kept: Sequence[CastMember]) -> Breakdown:
    return direct(read(text, name), fps=fps, runtime_s=runtime_s, kept=kept)
