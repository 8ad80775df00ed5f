"""The names of what stage 5 makes, for those who make it and for those who look how far it is."""

from __future__ import annotations

from typing import Any

from schemas.artifact import artifact_key
from schemas.base import spec_hash
from schemas.jobs import FilmInput
from schemas.stages import Stage
from schemas.timeline import EncoderSettings, Segment


def _spec(film: FilmInput, spec: dict[str, Any]) -> str:
    return spec_hash(Stage.COMPOSITION.value, film.versions[Stage.COMPOSITION.value], spec)


def plan_spec(film: FilmInput, timeline_sha256: str, encoder: EncoderSettings) -> str:
    """Hash what a film's division among encoders depends on.

    Args:
        film: The job.
        timeline_sha256: Digest of its timeline.
        encoder: How it is encoded.
    """
    plain = encoder.model_copy(update={"watermark": None})
    other = {} if plain == EncoderSettings() else {"encoder": plain.model_dump(mode="json")}
    return _spec(film, {"plan": timeline_sha256, "tier": film.options.tier, **other})


def plan_key(film: FilmInput, timeline_sha256: str, encoder: EncoderSettings) -> str:
    """Build the key under which that division, a `schemas.timeline.SegmentPlan`, is kept."""
    return artifact_key(film.project_id, Stage.COMPOSITION.value, plan_spec(film, timeline_sha256, encoder), "json")


def segment_spec(film: FilmInput, segment: Segment) -> str:
    """Hash what a segment's frames depend on."""
    return _spec(film, segment.spec())


def segment_key(film: FilmInput, segment: Segment) -> str:
    """Build the key under which an encoded segment is kept."""
    return artifact_key(
        film.project_id, Stage.COMPOSITION.value, segment_spec(film, segment), segment.encoder.container
    )
