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
from activities.s5_composition import DOWNLOADS_AT_ONCE, segment_key
from film.edit.cues import to_srt, to_vtt
from film.edit.dialogue import compare_dialogue, lines_of
from film.edit.guard import Guard
from film.edit.join import join_command, most_bytes, write_concat_list
from film.edit.poster import poster
from film.edit.shown import shown_subtitles
from film.edit.subtitles import write_subtitles
from film.edit.timeline import read_timeline
from film.edit.verify import FilmReport, check_film
from film.script.second_reader import READERS, SecondReading, read_again
from schemas.artifact import ArtifactRef, job_key
from schemas.enums import MediaKind, SubtitleMode
from schemas.errors import ProcessDied
from schemas.jobs import DialogueFigures, FilmInput
from schemas.payloads import DiscardInput, FinishInput, FinishResult
from schemas.script import Breakdown
from schemas.timeline import Cut, SegmentPlan

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
        """Join the segments, add subtitles, verify the film, and upload it with all that belongs to it.

        Nothing is encoded here: the segments are copied as they are. Doing it again has the same effect.

        Raises:
            RenderRefused: The film is not what the timeline says.
            DialogueLost: It does not say what the script says.
            EncoderFailed: FFmpeg could not join the segments.
        """
        film, cut = given.film, given.cut
        async with heartbeats() as heart:
            with self.deps.scratch("film") as folder:
                text = (await self.deps.artifacts.read(cut.timeline)).decode("utf-8")
                played = await asyncio.to_thread(read_timeline, text)
                breakdown = await self._breakdown(given)
                again = asyncio.ensure_future(self._read_again(film, breakdown))
                try:
                    plan = await self.deps.artifacts.load(SegmentPlan, cut.segments)
                    path = await self._join(film, plan, played, folder, heart)
                    heart.says("verifying")
                    report, dialogue = await asyncio.gather(
                        self._verify(path, played), self._verify_dialogue(path, played, plan, breakdown, again)
                    )
                finally:
                    again.cancel()
                heart.says("uploading")
                output = await self._upload(film, played, path, folder)
        return FinishResult(output=output, frames=report.frames, duration_s=report.duration_s, dialogue=dialogue)

    @activity.defn
    async def discard_output(self, given: DiscardInput) -> None:
        """Remove what was uploaded for delivery. Finished artifacts stay: the next attempt finds them."""
        prefix = job_key(given.film.job_id, "output") + "/"
        async for key in self.deps.store.list_keys(prefix):
            await self.deps.store.delete(key)

    async def _join(self, film: FilmInput, plan: SegmentPlan, played: Cut, folder: Path, heart: Heart) -> Path:
        heart.says("joining")
        paths = await self._fetch(film, plan, folder)
        out = folder / "final.mp4"
        subtitles = _write_subtitles(played, folder)
        listing = folder / "segments.txt"
        write_concat_list(paths, listing)
        guard = Guard(most_bytes=most_bytes(paths), progress=partial(heart.says, "joining"))
        await run_ffmpeg(join_command(listing, subtitles, out, film.title, rate=played.fps), out, guard)
        return out

    async def _fetch(self, film: FilmInput, plan: SegmentPlan, folder: Path) -> list[Path]:
        window = asyncio.Semaphore(DOWNLOADS_AT_ONCE)

        async def fetch(index: int, key: str) -> Path:
            async with window:
                path = folder / f"segment_{index:05d}.mp4"
                await self.deps.store.get_file(key, path)
                return path

        keys = [segment_key(film, segment) for segment in plan.segments]
        return await asyncio.gather(*(fetch(index, key) for index, key in enumerate(keys)))

    async def _verify(self, path: Path, played: Cut) -> FilmReport:
        check = partial(
            check_film, path, frames=played.frames, fps=played.fps, width=played.width, height=played.height
        )
        return await self.deps.pool.run(check)

    async def _breakdown(self, given: FinishInput) -> Breakdown | None:
        return None if given.breakdown is None else await self.deps.artifacts.load(Breakdown, given.breakdown)

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
        played: Cut,
        plan: SegmentPlan,
        breakdown: Breakdown | None,
        again: asyncio.Future[SecondReading | None],
    ) -> DialogueFigures | None:
        second = await again
        if breakdown is None or second is None:
            return None
        srt = path.with_name("subtitles.srt")
        beside = srt.read_text(encoding="utf-8") if srt.exists() else ""
        shown = await asyncio.to_thread(shown_subtitles, played, plan.segments, path, beside)
        return await self.deps.pool.run(compare_dialogue, shown, lines_of(breakdown), second)

    async def _upload(self, film: FilmInput, played: Cut, path: Path, folder: Path) -> ArtifactRef:
        store, job_id = self.deps.store, film.job_id
        first = next((item for item in played.items if item.media_kind is not MediaKind.CARD), played.items[0])
        media = await store.get_bytes(first.media_key)
        picture = await asyncio.to_thread(poster, media, played.width, first.media_kind)
        await store.put_bytes(job_key(job_id, "output", "poster.jpg"), picture, "image/jpeg")
        for name, media_type in SUBTITLES.items():
            if (folder / name).exists():
                await store.put_file(job_key(job_id, "output", name), folder / name, media_type)
        # The film last: where it is, everything is.
        return await store.put_file(job_key(job_id, "output", "final.mp4"), path, "video/mp4")


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
