"""Stage 6: segments become the film that is delivered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from temporalio import activity

from activities.deps import Deps
from activities.ffmpeg import run_ffmpeg
from activities.heartbeat import Heart, heartbeats
from activities.s5_composition import DOWNLOADS_AT_ONCE
from activities.s6_sound import Mixed, mixed_sound, verify_sound
from activities.versions import keep_finished, standing_film
from film.edit.cues import to_srt, to_vtt
from film.edit.dialogue import check_dialogue, check_rearranged, is_rearranged, lines_of
from film.edit.guard import Guard
from film.edit.join import join_command, most_bytes, write_concat_list
from film.edit.poster import poster
from film.edit.subtitles import write_subtitles
from film.edit.timeline import read_timeline
from film.edit.verify import FilmReport, check_film
from film.script.second_reader import READERS, SecondReading, read_again
from infrastructure.publishing import OUTPUT
from schemas.artifact import ArtifactRef, version_key
from schemas.composition import segment_key
from schemas.errors import ProcessDied
from schemas.jobs import DialogueFigures, FilmInput
from schemas.payloads import FinishInput, FinishResult
from schemas.profiles import Profile, profile_of
from schemas.script import Breakdown
from schemas.timeline import Cut, EncoderSettings, SegmentPlan
from schemas.versions import FinishedFilm

SUBTITLES = {"subtitles.srt": "application/x-subrip", "subtitles.vtt": "text/vtt"}
"""What lies beside a film in which somebody speaks."""

SECOND_READING_S = 30
"""How long the second reader may take: it was not written for hostile scripts. The film does not wait longer."""


@dataclass
class PostActivities:
    """Joins, verifies and delivers."""

    deps: Deps

    @activity.defn
    async def finish_film(self, given: FinishInput) -> FinishResult:
        """Join the segments, add sound and subtitles, verify the film, and upload it with all that belongs to it.

        No picture is encoded here: the segments are copied as they are; the sound is mixed unless it stands. Doing it
        again has the same effect.

        Raises:
            RenderRefused: The film is not what the timeline says.
            DialogueLost: It does not say what the script says.
            EncoderFailed: FFmpeg could not join the segments.
        """
        async with heartbeats() as heart:
            finished = await standing_film(self.deps, given)
            if finished is None:
                finished = await self._make(given, heart)
            await keep_finished(self.deps, given, finished)
        return FinishResult(
            output=finished.film,
            frames=finished.frames,
            duration_s=finished.duration_s,
            dialogue=finished.dialogue,
            sound=finished.sound,
        )

    async def _make(self, given: FinishInput, heart: Heart) -> FinishedFilm:
        film, cut = given.film, given.cut
        with self.deps.scratch("film") as folder:
            text = (await self.deps.artifacts.read(cut.timeline)).decode("utf-8")
            played = await asyncio.to_thread(read_timeline, text)
            breakdown = await self._breakdown(given.breakdown)
            script = await self._breakdown(given.script_breakdown) or breakdown
            again = asyncio.ensure_future(self._read_again(film, breakdown))
            try:
                plan = await self.deps.artifacts.load(SegmentPlan, cut.segments)
                profile = profile_of(plan.segments[0].encoder)
                mixed = await mixed_sound(self.deps, film, played, profile.sound, folder, heart)
                path = await self._join(film, plan, played, mixed, folder, heart)
                heart.says("verifying")
                report, dialogue, sound = await asyncio.gather(
                    self._verify(path, played, profile.encoder),
                    self._verify_dialogue(path, breakdown, script, again),
                    verify_sound(self.deps, film, path, played, mixed, breakdown, script),
                )
            finally:
                again.cancel()
            heart.says("uploading")
            output, beside = await self._upload(film, played, profile, path, folder)
        return FinishedFilm(
            film=output,
            beside=beside,
            frames=report.frames,
            duration_s=report.duration_s,
            dialogue=dialogue,
            sound=sound,
        )

    async def _join(
        self, film: FilmInput, plan: SegmentPlan, played: Cut, mixed: Mixed | None, folder: Path, heart: Heart
    ) -> Path:
        heart.says("joining")
        paths = await self._fetch(film, plan, folder)
        container = plan.segments[0].encoder.container
        out = folder / f"final.{container}"
        subtitles = _write_subtitles(played, folder)
        listing = folder / "segments.txt"
        write_concat_list(paths, listing)
        sound = mixed.path if mixed is not None else None
        parts = paths if sound is None else [*paths, sound]
        guard = Guard(most_bytes=most_bytes(parts), progress=partial(heart.says, "joining"))
        command = join_command(listing, subtitles, out, film.title, rate=played.fps, sound=sound, container=container)
        await run_ffmpeg(command, out, guard)
        return out

    async def _fetch(self, film: FilmInput, plan: SegmentPlan, folder: Path) -> list[Path]:
        window = asyncio.Semaphore(DOWNLOADS_AT_ONCE)

        async def fetch(index: int, key: str) -> Path:
            async with window:
                path = folder / f"segment_{index:05d}{Path(key).suffix}"
                await self.deps.store.get_file(key, path)
                return path

        keys = [segment_key(film, segment) for segment in plan.segments]
        return await asyncio.gather(*(fetch(index, key) for index, key in enumerate(keys)))

    async def _verify(self, path: Path, played: Cut, encoder: EncoderSettings) -> FilmReport:
        width, height = encoder.size_of(played.width, played.height)
        check = partial(
            check_film, path, frames=played.frames, fps=played.fps, width=width, height=height, encoder=encoder
        )
        return await self.deps.pool.run(check)

    async def _breakdown(self, ref: ArtifactRef | None) -> Breakdown | None:
        return None if ref is None else await self.deps.artifacts.load(Breakdown, ref)

    async def _read_again(self, film: FilmInput, breakdown: Breakdown | None) -> SecondReading | None:
        """Let a second reader read the script, in a process that can be killed if it does not come to an end."""
        if breakdown is None:
            return None
        text = (await self.deps.artifacts.read(film.script)).decode("utf-8")
        try:
            return await asyncio.wait_for(self.deps.pool.run(read_again, text, breakdown.format), SECOND_READING_S)
        except TimeoutError:
            return SecondReading(READERS[breakdown.format], (), f"it did not finish within {SECOND_READING_S} s")
        except ProcessDied:
            return SecondReading(READERS[breakdown.format], (), "its process died")

    async def _verify_dialogue(
        self,
        path: Path,
        breakdown: Breakdown | None,
        script: Breakdown | None,
        again: asyncio.Future[SecondReading | None],
    ) -> DialogueFigures | None:
        second = await again
        if breakdown is None or script is None or second is None:
            return None
        if is_rearranged(script, breakdown):
            return await self.deps.pool.run(check_rearranged, path, script, breakdown, second)
        return await self.deps.pool.run(check_dialogue, path, lines_of(breakdown), second)

    async def _upload(
        self, film: FilmInput, played: Cut, profile: Profile, path: Path, folder: Path
    ) -> tuple[ArtifactRef, tuple[ArtifactRef, ...]]:
        store, at = self.deps.store, partial(version_key, film.job_id, OUTPUT, film.rev)
        first = played.items[0]
        media = await store.get_bytes(first.media_key)
        picture = await asyncio.to_thread(poster, media, played.width, first.media_kind)
        beside = [await store.put_bytes(at("poster.jpg"), picture, "image/jpeg")]
        for name, media_type in SUBTITLES.items():
            if (folder / name).exists():
                beside.append(await store.put_file(at(name), folder / name, media_type))
        # The film last: where it is, everything is.
        return await store.put_file(at(profile.file_name), path, profile.media_type), tuple(beside)


def _write_subtitles(played: Cut, folder: Path) -> Path | None:
    """Write the subtitles beside the film; a film in which nobody speaks has none.

    Returns:
        The track that goes into the film, or None.
    """
    if not played.cues:
        return None
    (folder / "subtitles.vtt").write_text(to_vtt(played.cues, played.fps), encoding="utf-8")
    (folder / "subtitles.srt").write_text(to_srt(played.cues, played.fps), encoding="utf-8")
    track = folder / "subtitles.mp4"
    write_subtitles(played.cues, played.fps, track)
    return track
