"""The cutting room: stage 5 of a film, from the shots' pictures to its encoded segments."""

from __future__ import annotations

from collections.abc import Sequence

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception
from temporalio.workflow import ParentClosePolicy

from schemas.enums import ProfileName, RendererName
from schemas.events import EventKind
from schemas.jobs import ConsistencyFigures, FilmInput, ShotException, reel_workflow_id
from schemas.payloads import (
    REEL_SEGMENTS,
    AnalyzeResult,
    ConsistencyInput,
    CutInput,
    CutResult,
    EncoderChoice,
    MixInput,
    MixResult,
    PromptsResult,
    ReelInput,
)
from schemas.stages import Stage
from schemas.turns import next_turn
from workflows import attributes, steps
from workflows.logbook import Logbook
from workflows.reel import ReelWorkflow, encode_segment, reels, segment_words
from workflows.window import Window
from workflows.wording import counted, reel_summary, total

SEGMENTS_AT_ONCE = 16
REELS_AT_ONCE = 2


class CuttingRoom:
    """Cuts one film."""

    def __init__(self, film: FilmInput, log: Logbook) -> None:
        """Prepare to cut.

        Args:
            film: The job; what it is when it is cut, `cut` is told.
            log: Where it is said what was made.
        """
        self._film = film
        self._log = log
        self._window = Window(SEGMENTS_AT_ONCE)
        self._kept: list[int | None] = []
        self._chosen: EncoderChoice | None = None

    @property
    def encoder(self) -> EncoderChoice:
        """How the film is encoded: as was asked for, or as is possible."""
        return self._chosen or EncoderChoice(profile=self._film.options.profile)

    @property
    def kept(self) -> int | None:
        """Segments that stood before; None where somebody did not count."""
        return total(self._kept)

    async def cut(
        self,
        film: FilmInput,
        script: AnalyzeResult,
        prompts: PromptsResult,
        seeds: dict[str, int],
        exceptions: tuple[ShotException, ...],
    ) -> tuple[CutResult, ConsistencyFigures | None]:
        """Cut a film and encode it, and meanwhile see whether painted people stay themselves.

        Args:
            film: The job, as it is when its pictures are made.
            script: What its script became.
            prompts: Its prompts.
            seeds: For each shot that was tried again, its seed.
            exceptions: The shots for which a draft stands in.

        Returns:
            The cut, all of whose segments stand; and how alike people look, None where nobody is painted.
        """
        self._film = film
        if self._film.options.renderer is not RendererName.SDXL:
            return await self._compose(script, prompts, seeds, exceptions), None
        figures: list[ConsistencyFigures] = []
        cuts: list[CutResult] = []

        async def compare() -> None:
            figures.append(await self._compare(prompts, exceptions, seeds))

        async def compose() -> None:
            cuts.append(await self._compose(script, prompts, seeds, exceptions))

        await steps.all_of([compose(), compare()])
        return cuts[0], figures[0]

    async def _compare(
        self, prompts: PromptsResult, exceptions: tuple[ShotException, ...], seeds: dict[str, int]
    ) -> ConsistencyFigures:
        """Score how alike people look. It is worth knowing, and no reason to fail a film, or to keep it waiting."""
        try:
            return await steps.run(
                "score_consistency",
                ConsistencyInput(film=self._film, prompts=prompts.prompts, exceptions=exceptions, seeds=seeds),
                ConsistencyFigures,
                summary="how alike the characters look",
                turn=next_turn(str(self._film.user_id), "alike"),
            )
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            workflow.logger.error("score_consistency failed: %s", error)
            return ConsistencyFigures(eye="", said=f"Not scored: {steps.words_of(error)[1]}")

    async def _compose(
        self,
        script: AnalyzeResult,
        prompts: PromptsResult,
        seeds: dict[str, int],
        exceptions: tuple[ShotException, ...],
    ) -> CutResult:
        async with attributes.during(self._log, Stage.COMPOSITION):
            # New with the profile, which no film had before: older histories never come here.
            if self._film.options.profile is ProfileName.NVENC:
                self._chosen = await steps.run(
                    "choose_encoder", self._film, EncoderChoice, summary="whether the graphics card encodes"
                )
            cut = await steps.run(
                "plan_cut",
                CutInput(
                    film=self._film,
                    breakdown=script.breakdown,
                    prompts=prompts.prompts,
                    exceptions=exceptions,
                    seeds=seeds,
                    script_breakdown=script.script_breakdown,
                    profile=None if self._chosen is None else self._chosen.profile,
                ),
                CutResult,
                summary="from the shots to the timeline",
            )
            if cut.standing:
                await self._stand(cut)
            if self._film.sound is None:
                await self._encode(cut)
            else:
                # New with sound, which no film had before; the last stage finds the mix.
                await steps.all_of([self._encode(cut), self._mix(cut)])
        return cut

    async def _encode(self, cut: CutResult) -> None:
        # 2026-11-30: films that were being encoded before encode the longest segments first.
        order = cut.in_order() if workflow.patched("2026-11-30-in-order") else cut.longest_first()
        # 2026-11-29: longer films that began before encode all of their segments themselves.
        if len(order) > REEL_SEGMENTS and workflow.patched("2026-11-29-reels"):
            await self._reels(cut, order)
        else:
            await steps.all_of(self._segment(cut, index) for index in order)

    async def _mix(self, cut: CutResult) -> None:
        given = MixInput(film=self._film, cut=cut)
        await steps.run("mix_sound", given, MixResult, summary="music and voices")

    async def _stand(self, cut: CutResult) -> None:
        """Take note of the segments that stand."""
        frames = sum(cut.lengths[index] for index in cut.standing)
        self._kept.append(len(cut.standing))
        await self._log.counted(
            EventKind.SEGMENT_MADE,
            Stage.COMPOSITION,
            f"{counted(len(cut.standing), 'segment')} of {cut.count}: {counted(frames, 'frame')}, made before",
            once="standing",
            count=frames,
            of=cut.frames,
        )

    async def _reels(self, cut: CutResult, order: Sequence[int]) -> None:
        """Have the segments of a long film encoded by children: its own history does not grow with its length."""
        self._window = Window(REELS_AT_ONCE)
        await steps.all_of(self._reel(number, reel) for number, reel in enumerate(reels(self._film, cut, order)))

    async def _reel(self, number: int, reel: ReelInput) -> None:
        film_id, place = workflow.info().workflow_id, await self._window.enter()
        try:
            made = await workflow.execute_child_workflow(
                ReelWorkflow.run,
                reel,
                id=reel_workflow_id(film_id, number),
                parent_close_policy=ParentClosePolicy.REQUEST_CANCEL,
                static_summary=reel_summary(number, reel),
                search_attributes=attributes.of_children(self._film),
            )
        finally:
            place.leave()
        self._kept.append(made.kept)
        self._log.worked(Stage.COMPOSITION, made.frames, of=reel.film_frames)
        self._log.show()

    async def _segment(self, cut: CutResult, index: int) -> None:
        made = await encode_segment(self._film, cut.segments, index, cut.count, self._window)
        self._kept.append(made.kept)
        await self._log.counted(
            EventKind.SEGMENT_MADE,
            Stage.COMPOSITION,
            segment_words(index, cut.count, made),
            once=f"segment-{index}",
            count=made.frames,
            of=cut.frames,
        )
