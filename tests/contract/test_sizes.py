"""Bytes never travel through Temporal: the largest payloads stay under 10 KB."""

from __future__ import annotations

from pydantic import BaseModel

from infrastructure.ids import new_id
from schemas.artifact import ArtifactRef, artifact_key
from schemas.enums import RendererName
from schemas.jobs import (
    MAX_SCENE_SHOTS,
    SHARED_SHOTS,
    CharacterLikeness,
    ConsistencyFigures,
    FilmInput,
    FilmOptions,
    SceneInput,
)
from schemas.motion import NOTES, MotionFigures
from schemas.painting import MAX_REFERENCES, LoraUse, Painting, Reference, Refining, Upscaling
from schemas.payloads import (
    BATCH_SHOTS,
    REEL_SEGMENTS,
    AnimateInput,
    KeyframesInput,
    MotionInput,
    ReelInput,
    ShotOrder,
)
from schemas.stages import stage_versions

LIMIT = 10_000
DIGEST = "f" * 64


def reference(extension: str = "json") -> ArtifactRef:
    key = artifact_key(new_id(), "composition", DIGEST, extension)
    return ArtifactRef(key=key, sha256=DIGEST, bytes=10**9, media_type="application/json")


def largest_film() -> FilmInput:
    references = tuple(Reference(character="c" * 40, sha256=DIGEST, weight=0.55) for _ in range(MAX_REFERENCES))
    painting = Painting(
        model=DIGEST,
        lora=LoraUse(sha256=DIGEST),
        refiner=Refining(model=DIGEST),
        upscaler=Upscaling(model=DIGEST),
        references=references,
    )
    return FilmInput(
        job_id=new_id(),
        project_id=new_id(),
        user_id=new_id(),
        title="ö" * 120,
        script=reference("txt"),
        file_name="f" * 200,
        options=FilmOptions(renderer=RendererName.SDXL, painting=painting),
        versions=stage_versions(),
        style=reference(),
        review_reason="r" * 400,
    )


def size(model: BaseModel) -> int:
    return len(model.model_dump_json().encode())


def test_the_largest_inputs_of_pictures_and_motion_are_small() -> None:
    film = largest_film()
    orders = tuple(ShotOrder(shot=f"s1500-{n:03d}", round=9, seed=2**62, stand_in=True) for n in range(BATCH_SHOTS + 1))
    told = tuple(reference() for _ in range(-(-MAX_SCENE_SHOTS // BATCH_SHOTS)))
    keyframes = KeyframesInput(film=film, prompts=reference(), orders=orders[:BATCH_SHOTS])
    animate = AnimateInput(film=film, breakdown=reference(), prompts=reference(), orders=orders, shots=BATCH_SHOTS)
    motion = MotionInput(film=film, breakdown=reference(), scene=999, first_shot=999, shots=60, motions=told)
    assert {type(one).__name__: size(one) for one in (keyframes, animate, motion) if size(one) > LIMIT} == {}


def test_the_largest_children_of_a_film_are_told_little() -> None:
    film, ref = largest_film(), reference()
    scenes = SceneInput(
        film=film,
        prompts=ref,
        breakdown=ref,
        scene=9999,
        first_shot=0,
        shots=1,
        following=(1,) * (SHARED_SHOTS - 1),
        film_shots=10**6,
        drawn=10**6,
        place=9999,
        title="t" * 40,
    )
    indices = tuple(range(10**6 - REEL_SEGMENTS, 10**6))
    reel = ReelInput(film=film, segments=ref, indices=indices, count=10**6, film_frames=10**9)
    assert max(size(scenes), size(reel)) <= LIMIT


def test_what_results_tell_is_small() -> None:
    likeness = CharacterLikeness(character="c" * 60, score=-0.1234, pictures=24)
    figures = ConsistencyFigures(eye="clip-" + "f" * 16, characters=(likeness,) * 40)
    notes = MotionFigures(otherwise=60, notes=("n" * 300,) * (NOTES + 1))
    assert max(size(figures), size(notes)) <= LIMIT
