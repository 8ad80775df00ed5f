"""ReelWorkflow: the segments of one reel of a long film.

A segment costs the workflow that encodes it two activities, one that encodes and one that tells of it. Films of up to
`REEL_SEGMENTS` segments encode their own; longer ones hand theirs to children, so that their history does not grow
with their length.
"""

from __future__ import annotations

from collections.abc import Sequence

from temporalio import workflow

from schemas.artifact import ArtifactRef
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput
from schemas.payloads import REEL_SEGMENTS, CutResult, ReelInput, ReelResult, SegmentInput, SegmentResult
from schemas.stages import Stage, progress_of
from workflows import steps
from workflows.window import Window
from workflows.wording import counted, total

SEGMENTS_AT_ONCE = 8
"""Encodings of one reel in flight."""


def reels(film: FilmInput, cut: CutResult, order: Sequence[int]) -> list[ReelInput]:
    """Divide a film's segments among reels, in the order in which a film without reels encodes them."""
    return [
        ReelInput(
            film=film,
            segments=cut.segments,
            indices=tuple(order[first : first + REEL_SEGMENTS]),
            count=cut.count,
            film_frames=cut.frames,
        )
        for first in range(0, len(order), REEL_SEGMENTS)
    ]


async def encode_segment(
    film: FilmInput, segments: ArtifactRef, index: int, count: int, window: Window
) -> SegmentResult:
    """Have a segment encoded, unless it stands.

    Args:
        film: The job.
        segments: The plan of its segments.
        index: Which of them.
        count: How many there are, for people.
        window: How many may be in flight.
    """
    place = await window.enter()
    try:
        return await steps.run(
            "render_segment",
            SegmentInput(film=film, segments=segments, index=index),
            SegmentResult,
            summary=segment_name(index, count),
        )
    finally:
        place.leave()


def segment_name(index: int, count: int) -> str:
    """Name a segment."""
    return f"segment {index + 1} of {count}"


def segment_words(index: int, count: int, made: SegmentResult) -> str:
    """Say that a segment stands."""
    return f"{segment_name(index, count)}: {counted(made.frames, 'frame')}{'' if made.encoded else ', made before'}"


@workflow.defn(name="ReelWorkflow")
class ReelWorkflow:
    """Encodes the segments of a reel, and tells of each."""

    @workflow.init
    def __init__(self, reel: ReelInput) -> None:
        """Prepare."""
        self._reel = reel
        self._window = Window(SEGMENTS_AT_ONCE)
        self._frames = 0
        self._made = 0
        self._kept: list[int | None] = []

    @workflow.run
    async def run(self, reel: ReelInput) -> ReelResult:
        """Encode what does not stand yet.

        Raises:
            ActivityError: A segment failed for good; those that were encoded stand.
        """
        self._show()
        await steps.all_of(self._segment(index) for index in reel.indices)
        return ReelResult(frames=self._frames, kept=total(self._kept))

    async def _segment(self, index: int) -> None:
        made = await encode_segment(self._reel.film, self._reel.segments, index, self._reel.count, self._window)
        self._frames += made.frames
        self._made += 1
        self._kept.append(made.kept)
        self._show()
        await self._tell(index, made)

    async def _tell(self, index: int, made: SegmentResult) -> None:
        film, (before, after) = self._reel.film, progress_of(Stage.COMPOSITION)
        message = segment_words(index, self._reel.count, made)
        await steps.tell(
            "record_event",
            NewEvent(
                job_id=film.job_id,
                rev=film.rev,
                key=f"r{film.rev}/{EventKind.SEGMENT_MADE}/segment-{index}",
                kind=EventKind.SEGMENT_MADE,
                stage=Stage.COMPOSITION,
                message=message,
                count=made.frames,
                count_of=self._reel.film_frames,
                progress_from=before,
                progress_to=after,
            ),
            summary=message,
        )

    def _show(self) -> None:
        """Keep the Web UI's details of this reel true."""
        of = counted(len(self._reel.indices), "segment")
        workflow.set_current_details(f"**{self._made} of {of}** stand: {counted(self._frames, 'frame')}.")
