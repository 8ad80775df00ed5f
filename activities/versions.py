"""The files of each version of a film, and which of them are the job's."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from temporalio import activity

from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import heartbeats
from infrastructure.publishing import OUTPUT, files_in, publish
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef, job_key, version_key
from schemas.jobs import FilmInput
from schemas.payloads import DiscardInput, FinishInput, PublishInput
from schemas.stages import Stage
from schemas.versions import FinishedFilm


def finished_spec(given: FinishInput) -> dict[str, Any]:
    """List what a finished film depends on: its cut as it was encoded, and what it was held against."""
    return {
        "timeline": given.cut.timeline.sha256,
        "segments": given.cut.segments.sha256,
        "script": given.film.script.sha256,
        "breakdowns": [ref and ref.sha256 for ref in (given.breakdown, given.script_breakdown)],
        "title": given.film.title,
        # What was ordered and found no place is told with the film.
        **({"sound": given.film.sound.sha256} if given.film.sound is not None else {}),
    }


async def standing_film(deps: Deps, given: FinishInput) -> FinishedFilm | None:
    """Find the film that is about to be joined, where it was joined and verified before; its files become this one's.

    Returns:
        It, in this revision's own folder; None where it must be joined.
    """
    film, cache = given.film, deps.artifacts
    spec = stage_spec(film, Stage.POST, finished_spec(given))
    found = await cache.find(film.project_id, Stage.POST, [spec], "json")
    if spec not in found:
        return None
    stood = await cache.load(FinishedFilm, found[spec])
    refs = (stood.film, *stood.beside)
    if await asyncio.gather(*(deps.store.head(ref.key) for ref in refs)) != list(refs):
        return None  # expired, or taken back
    first, *beside = await asyncio.gather(*(_own(deps.store, film, ref) for ref in refs))
    return stood.model_copy(update={"film": first, "beside": tuple(beside)})


async def _own(store: ObjectStore, film: FilmInput, ref: ArtifactRef) -> ArtifactRef:
    key = version_key(film.job_id, OUTPUT, film.rev, PurePosixPath(ref.key).name)
    return ref if key == ref.key else await store.copy(ref, key)


async def keep_finished(deps: Deps, given: FinishInput, finished: FinishedFilm) -> None:
    """Remember a film that was joined and verified; and where it is a job's first, make it the job's."""
    film = given.film
    spec = stage_spec(film, Stage.POST, finished_spec(given))
    await deps.artifacts.keep_document(film.project_id, Stage.POST, spec, finished)
    if film.rev == 0:
        for ref in (*finished.beside, finished.film):  # the film last: where it is, everything is
            await deps.store.copy(ref, job_key(film.job_id, OUTPUT, PurePosixPath(ref.key).name))


@dataclass
class VersionActivities:
    """Publishes and takes back."""

    deps: Deps

    @activity.defn
    async def publish_version(self, given: PublishInput) -> None:
        """Make the files of a delivered revision those of its job.

        The database leads to the revision's own files already: nobody waits for this.
        """
        async with heartbeats():
            await publish(self.deps.store, given.film.job_id, given.film.rev)

    @activity.defn
    async def discard_output(self, given: DiscardInput) -> None:
        """Remove what was uploaded for delivery. Finished artifacts stay: the next attempt finds them.

        Only what is this revision's own: other versions of the film, and the job's files, are not touched by a revision
        that is not delivered.
        """
        film, store = given.film, self.deps.store
        folders = [version_key(film.job_id, OUTPUT, film.rev, "")]
        for folder in folders + ([job_key(film.job_id, OUTPUT) + "/"] if film.rev == 0 else []):
            async for key in files_in(store, folder):
                await store.delete(key)
