"""Stage 6: segments become the film that is delivered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from temporalio import activity

from activities.deps import Deps
from activities.ffmpeg import run_ffmpeg
from activities.heartbeat import Heart, heartbeats
from activities.s5_composition import DOWNLOADS_AT_ONCE
from activities.s6_sound import Mixed, mixed_sound, verify_sound
from activities.versions import keep_finished, standing_film
from film.edit.cues import to_srt, to_vtt
from film.edit.dialogue import compare_dialogue, compare_rearranged, is_rearranged, lines_of
from film.edit.guard import Guard
from film.edit.join import join_command, most_bytes, write_concat_list
from film.edit.poster import poster
from film.edit.shown import shown_subtitles
from film.edit.subtitles import write_subtitles
from film.edit.timeline import read_timeline
from film.edit.verify import FilmReport, check_film
from film.script.second_reader import READERS, SecondReading, Spoken, read_again
from infrastructure.publishing import OUTPUT
from schemas.artifact import ArtifactRef, version_key
from schemas.composition import segment_key
from schemas.enums import MediaKind, ScriptFormat, SubtitleMode
from schemas.errors import ProcessDied
from schemas.jobs import DialogueFigures, FilmInput
from schemas.payloads import CutResult, FinishInput, FinishResult
from schemas.profiles import Profile, profile_of
from schemas.script import Breakdown
from schemas.timeline import Cut, EncoderSettings, SegmentPlan
from schemas.versions import FinishedFilm

SUBTITLES = {"subtitles.srt": "application/x-subrip", "subtitles.vtt": "text/vtt"}
"""What lies beside a film in which somebody speaks."""

SECOND_READING_S = 30
"""How long the second reader may take: it was not written for hostile scripts. The film does not wait longer."""


class _Script(NamedTuple):
    """What a film is held against: of a breakdown, no more than is needed."""

    format: ScriptFormat
    lines: tuple[Spoken, ...]
    rearranged: tuple[Breakdown, Breakdown] | None
    """The script and the film, where shots were removed or moved."""


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
            script = await self._script(given)
            played = await self._played(cut)
            again = asyncio.ensure_future(self._read_again(film, script))
            try:
                plan = await self.deps.artifacts.load(SegmentPlan, cut.segments, again=False)
                profile = profile_of(plan.segments[0].encoder)
                mixed = await mixed_sound(self.deps, film, played, profile.sound, folder, heart)
                path = await self._join(film, plan, played, mixed, folder, heart)
                heart.says("verifying")
                report, dialogue, sound = await asyncio.gather(
                    self._verify(path, played, profile.encoder),
                    self._verify_dialogue(path, played, plan, script, again),
                    verify_sound(self.deps, film, path, played, mixed, given.breakdown, given.script_breakdown),
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

    async def _played(self, cut: CutResult) -> Cut:
        text = (await self.deps.artifacts.read(cut.timeline)).decode("utf-8")
        return await asyncio.to_thread(read_timeline, text)

    async def _script(self, given: FinishInput) -> _Script | None:
        """Read what the film is held against; None where nobody says what it should be."""
        if given.breakdown is None:
            return None
        load, before = partial(self.deps.artifacts.load_shots, script=True, again=False), given.script_breakdown
        film = await load(given.breakdown)
        script = film if before is None else await load(before)
        return _Script(film.format, lines_of(film), (script, film) if is_rearranged(script, film) else None)

    async def _read_again(self, film: FilmInput, script: _Script | None) -> SecondReading | None:
        """Let a second reader read the script, in a process that can be killed if it does not come to an end."""
        if script is None:
            return None
        text = (await self.deps.artifacts.read(film.script)).decode("utf-8")
        try:
            return await asyncio.wait_for(self.deps.pool.run(read_again, text, script.format), SECOND_READING_S)
        except TimeoutError:
            return SecondReading(READERS[script.format], (), f"it did not finish within {SECOND_READING_S} s")
        except ProcessDied:
            return SecondReading(READERS[script.format], (), "its process died")

    async def _verify_dialogue(
        self,
        path: Path,
        played: Cut,
        plan: SegmentPlan,
        script: _Script | None,
        again: asyncio.Future[SecondReading | None],
    ) -> DialogueFigures | None:
        second = await again
        if script is None or second is None:
            return None
        srt = path.with_name("subtitles.srt")
        beside = srt.read_text(encoding="utf-8") if srt.exists() else ""
        shown = await asyncio.to_thread(shown_subtitles, played, plan.segments, path, beside)
        if script.rearranged is not None:
            return await self.deps.pool.run(compare_rearranged, shown, *script.rearranged, second)
        return await self.deps.pool.run(compare_dialogue, shown, script.lines, second)

    async def _upload(
        self, film: FilmInput, played: Cut, profile: Profile, path: Path, folder: Path
    ) -> tuple[ArtifactRef, tuple[ArtifactRef, ...]]:
        store, at = self.deps.store, partial(version_key, film.job_id, OUTPUT, film.rev)
        first = next((item for item in played.items if item.media_kind is not MediaKind.CARD), played.items[0])
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
        The track that goes into the film; None where its subtitles are shown otherwise.
    """
    if not played.cues:
        return None
    (folder / "subtitles.vtt").write_text(to_vtt(played.cues, played.fps), encoding="utf-8")
    (folder / "subtitles.srt").write_text(to_srt(played.cues, played.fps), encoding="utf-8")
    if played.subtitles is not SubtitleMode.SOFT:
        return None
    track = folder / "subtitles.mp4"
    write_subtitles(played.cues, played.fps, track)
    return track
