"""References to bytes. Bytes themselves never travel through Temporal."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from schemas.base import Message

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""64 lower-case hexadecimal digits."""


class ArtifactRef(Message):
    """Where bytes lie in the assets bucket, and what they are."""

    key: str
    """Key in the assets bucket."""
    sha256: Sha256
    """Digest of the bytes."""
    bytes: Annotated[int, Field(gt=0)]
    """Size. An empty artifact does not exist."""
    media_type: str
    """IANA media type, such as `image/png`."""


def artifact_key(project_id: UUID, stage: str, spec: str, extension: str) -> str:
    """Build the key under which an artifact is kept.

    Args:
        project_id: Owner of the artifact; artifacts are never shared between projects.
        stage: The stage that made it.
        spec: `schemas.base.spec_hash` of what it was made from.
        extension: File name extension, without the dot.

    Returns:
        A key in the assets bucket.
    """
    return f"artifacts/{project_id}/{stage}/{spec}.{extension}"


def reference_key(project_id: UUID, sha256: str) -> str:
    """Build the key of a reference picture: its digest names it, so that nothing else need travel."""
    return artifact_key(project_id, "source", sha256, "image")


def sound_key(project_id: UUID, sha256: str) -> str:
    """Build the key of music or a voice as it was given, likewise."""
    return artifact_key(project_id, "source", sha256, "sound")


def job_key(job_id: UUID, *parts: str) -> str:
    """Build the key of something a job delivers, such as `jobs/{job}/output/final.mp4`."""
    return "/".join(("jobs", str(job_id), *parts))


def version_key(job_id: UUID, folder: str, rev: int, name: str) -> str:
    """Build the key of what one version of a film consists of, such as `jobs/{job}/output/r1/final.mp4`.

    Nothing is ever written over it. What the job delivers, `jobs/{job}/output/final.mp4`, is a copy of the version that
    counts.
    """
    return job_key(job_id, folder, f"r{rev}", name)


def project_key(project_id: UUID, *parts: str) -> str:
    """Build the key of something a project owns, such as `projects/{project}/script.txt`."""
    return "/".join(("projects", str(project_id), *parts))
