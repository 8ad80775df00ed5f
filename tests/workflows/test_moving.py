"""Films in which more than the camera moves: in-betweens by optical flow, and clips by the tiny video model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from film.edit.verify import check_film
from schemas.enums import MediaKind, MotionKind, MovedBy
from schemas.errors import GpuOutOfMemory, InvalidRequest
from schemas.jobs import FilmOptions
from schemas.models import ModelManifest
from schemas.motion import ClipSpec, VideoModel
from schemas.painting import PaintingDevice
from schemas.stages import Queue
from tests import servers
from tests.studio import SMALL, Studio, gpu_workers

pytestmark = pytest.mark.lab

ONE_SHOT = "EXT. BEACH - DAY\n\nA dog runs along the water.\n"

FACES = """\
INT. KITCHEN - NIGHT

MARA, 30, in a red coat, sits at the table.

Mara smiles. [[medium shot]]

Mara looks up. [[medium shot]]

Mara cries. [[medium shot]]
"""
"""Its second shot goes on in the third, and the third in the fourth."""


async def test_flow_leads_from_one_keyframe_to_the_next_and_says_where_it_cannot(studio: Studio, folder: Path) -> None:
    options = SMALL.model_copy(update={"motion": MotionKind.FLOW})
    async with studio.working():
        submitted, result = await studio.make(FACES, options=options, project="faces")
        again, _ = await studio.make(FACES, options=options, project="faces")
    assert sum(result.motion.shots.values()) == result.shots
    flows = result.motion.shots[MovedBy.FLOW]
    assert flows
    assert result.motion.otherwise == len(result.motion.notes) == result.shots - flows
    assert {note.partition(": ")[0] for note in result.motion.notes} >= {"s001-001", "s001-004"}
    assert len([render for render in await studio.renders(submitted) if render.stage == "motion"]) >= flows
    await studio.deps.store.get_file(result.output, folder / "film.mp4")
    check_film(folder / "film.mp4", frames=result.frames, fps=12, width=320, height=180, full=True)
    made = [render for render in await studio.renders(submitted) if render.stage == "motion"]
    assert len({render.spec_hash for render in made}) == len(made)
    assert not [render for render in await studio.renders(again) if render.stage != "motion"]


async def test_a_camera_that_moves_moves_through_layers(studio: Studio) -> None:
    async with studio.working():
        submitted, result = await studio.make("EXT. BEACH - DAY\n\nA dog runs along the water. PUSH IN.\n")
    timeline = await studio.deps.store.get_bytes(f"jobs/{submitted.film.job_id}/intermediate/timeline.json")
    assert result.motion.shots.get(MovedBy.PARALLAX)
    assert MediaKind.LAYERS.value in timeline.decode()


@pytest.fixture(scope="session")
def tiny_ltx(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ModelManifest]:
    torch = pytest.importorskip("torch", reason="the extra gpu is not installed")
    torch.set_num_threads(1)
    from film.motion.video.tiny import write_tiny_ltx

    folder = tmp_path_factory.mktemp("models") / "tiny-ltx"
    return folder, write_tiny_ltx(folder)


@pytest.fixture
def filmed(studio: Studio) -> Studio:
    """The installation, with a model that makes clips."""
    return replace(studio, settings=studio.settings.model_copy(update={"ltx_model": "tiny-ltx"}))


@pytest.fixture
def hand(tiny_ltx: tuple[Path, ModelManifest]) -> Iterator[Any]:
    """What makes clips by the tiny model, on the CPU."""
    from workers.gpu.filming import FilmingThread

    made = FilmingThread(*tiny_ltx, PaintingDevice(device="cpu"))
    yield made
    made.close()


@asynccontextmanager
async def filming(studio: Studio, **hands: Any) -> AsyncIterator[None]:
    """Run the CPU worker, and for each hand that makes clips a GPU worker of that name."""
    deps = [replace(studio.deps, animators={MotionKind.VIDEO: hand}, worker=name) for name, hand in hands.items()]
    async with gpu_workers(studio, Queue.GPU_MOTION, deps):
        yield


def video_options(model: ModelManifest) -> FilmOptions:
    video = VideoModel(model=model.digest, steps=2, guidance=1.0)
    return SMALL.model_copy(
        update={"motion": MotionKind.VIDEO, "video": video, "width": 128, "height": 96, "runtime_s": 6.0}
    )


async def test_a_video_model_makes_each_clip_once(
    filmed: Studio, tiny_ltx: tuple[Path, ModelManifest], hand: Any, folder: Path
) -> None:
    script = "EXT. BEACH - DAY\n\nA dog runs along the water.\n\nThe dog sleeps.\n"
    async with filming(filmed, only_one=hand):
        submitted, result = await filmed.make(script, options=video_options(tiny_ltx[1]), project="waves")
        again, _ = await filmed.make(script, options=video_options(tiny_ltx[1]), project="waves")
    clips = [render for render in await filmed.renders(submitted) if render.stage == "motion"]
    assert len({render.spec_hash for render in clips}) == len(clips) == result.shots
    assert result.motion.shots == {MovedBy.VIDEO: result.shots}
    assert not await filmed.renders(again)
    await filmed.deps.store.get_file(result.output, folder / "film.mp4")
    check_film(folder / "film.mp4", frames=result.frames, fps=12, width=128, height=96, full=True)


class Remembered:
    """Makes clips, and remembers from which pictures."""

    def __init__(self, hand: Any) -> None:
        self._hand = hand
        self.asked: dict[str, tuple[bytes, bytes | None]] = {}

    async def animate(self, spec: ClipSpec, first: bytes, last: bytes | None, report: Any) -> bytes:
        self.asked[spec.positive] = first, last
        made: bytes = await self._hand.animate(spec, first, last, report)
        return made


async def test_a_clip_of_a_continuous_shot_ends_on_the_next_keyframe(
    filmed: Studio, tiny_ltx: tuple[Path, ModelManifest], hand: Any
) -> None:
    remembered = Remembered(hand)
    async with filming(filmed, only_one=remembered):
        submitted, result = await filmed.make(FACES, options=video_options(tiny_ltx[1]))
    assert result.motion.shots == {MovedBy.VIDEO: 4}
    names = ("scene_001", *[f"scene_001_shot_00{number}" for number in (2, 3, 4)])
    scenes = f"jobs/{submitted.film.job_id}/scenes"
    keyframes = [await filmed.deps.store.get_bytes(f"{scenes}/{name}.png") for name in names]
    pairs = dict(remembered.asked.values())
    assert [pairs[keyframe] for keyframe in keyframes] == [None, keyframes[2], keyframes[3], None]


async def test_clips_that_fail_are_said_and_the_camera_moves_instead(
    filmed: Studio, tiny_ltx: tuple[Path, ModelManifest]
) -> None:
    class Clumsy:
        async def animate(self, *_: object) -> bytes:
            raise ValueError("the reel tore")

    async with filming(filmed, only_one=Clumsy()):
        submitted, result = await filmed.make(
            "EXT. BEACH - DAY\n\nA dog runs along the water.\n", options=video_options(tiny_ltx[1])
        )
    assert MovedBy.VIDEO not in result.motion.shots
    assert result.motion.otherwise == result.shots
    assert "the reel tore" in result.motion.notes[0]
    tries = [render for render in await filmed.renders(submitted) if render.stage == "motion"]
    assert len(tries) == 3 * result.shots


class Cramped:
    """Makes clips, unless nobody was asked before it: then its memory is too small."""

    def __init__(self, hand: Any, beside: Cramped | None = None) -> None:
        self._hand = hand
        self._asked: list[Cramped] = [] if beside is None else beside._asked

    async def animate(self, *arguments: Any) -> bytes:
        if not self._asked:
            self._asked.append(self)
        if self._asked[0] is self:
            raise GpuOutOfMemory("25 frames of 128×96 do not fit into the memory of cuda.")
        made: bytes = await self._hand.animate(*arguments)
        return made


async def test_a_clip_that_does_not_fit_is_made_by_another_worker(
    filmed: Studio, tiny_ltx: tuple[Path, ModelManifest], hand: Any
) -> None:
    one = Cramped(hand)
    async with filming(filmed, one=one, other=Cramped(hand, beside=one)):
        submitted, result = await filmed.make(ONE_SHOT, options=video_options(tiny_ltx[1]))
    assert result.motion.shots == {MovedBy.VIDEO: result.shots}
    acts = [render for render in await filmed.renders(submitted) if render.stage == "motion"]
    assert {act.worker for act in acts} == {"one", "other"}
    assert len(acts) == 2 * result.shots  # what is handed back untried is no act of making


async def test_a_clip_that_fits_nowhere_is_said_and_the_camera_moves_instead(
    filmed: Studio, tiny_ltx: tuple[Path, ModelManifest]
) -> None:
    async with servers.temporal() as environment:  # It has heard of no other workers yet.
        alone = replace(filmed, client=environment.client)
        async with filming(alone, only_one=Cramped(None)):
            submitted, result = await alone.make(ONE_SHOT, options=video_options(tiny_ltx[1]))
    assert MovedBy.VIDEO not in result.motion.shots
    assert "fits nowhere (25 frames of 128×96 do not fit" in result.motion.notes[0]
    acts = [render for render in await filmed.renders(submitted) if render.stage == "motion"]
    assert len(acts) == result.shots


async def test_clips_need_a_model_that_is_there(studio: Studio) -> None:
    filming = replace(studio, settings=studio.settings.model_copy(update={"ltx_model": "any"}))
    with pytest.raises(InvalidRequest, match="needs to know its model"):
        await filming.submit(options=SMALL.model_copy(update={"motion": MotionKind.VIDEO}))
    video = VideoModel(model="0" * 64)
    with pytest.raises(InvalidRequest, match="No video model is available"):
        await studio.submit(options=SMALL.model_copy(update={"motion": MotionKind.VIDEO, "video": video}))
