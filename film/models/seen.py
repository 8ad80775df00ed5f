"""Reads a model's bytes once, and again only where a file has changed since.

Beside the model's folder lies a note of the files that were read: size, times and sha256. A file that was changed has
another time of change of its inode, which nobody sets by hand; so has one that was copied here, which costs a reading.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from film.models.folder import MAX_JSON, Progress, read_manifest, silent, verify_model
from schemas.models import ModelManifest

Stamps = dict[str, list[int]]


def verify_once(
    folder: Path, manifest: ModelManifest | None = None, *, anew: bool = False, progress: Progress = silent
) -> ModelManifest:
    """Hold a folder against its manifest to the last byte, and read only what was not read since it changed.

    Args:
        folder: The model's folder.
        manifest: What should lie there; by default what the folder's own manifest says.
        anew: Whether to read everything.
        progress: Is told how far the reading is.

    Returns:
        The manifest.

    Raises:
        ModelRefused: As `verify_model`.
    """
    manifest = manifest or read_manifest(folder)
    stamps, noted = _stamps(folder, manifest), {} if anew else _read(folder)
    known = {
        file.path
        for file in manifest.files
        if file.path in stamps and noted.get(file.path) == [*stamps[file.path], file.sha256]
    }
    verify_model(folder, manifest, known=known, progress=progress)
    if len(known) < len(manifest.files):
        _write(folder, manifest, stamps)
    return manifest


def note_read(folder: Path, manifest: ModelManifest) -> None:
    """Note that every byte of a model was just held against its manifest.

    Args:
        folder: The model's folder.
        manifest: Its manifest.
    """
    _write(folder, manifest, _stamps(folder, manifest))


def _stamps(folder: Path, manifest: ModelManifest) -> Stamps:
    """Take them before the reading: a file that is changed meanwhile is read again the next time."""
    stamps: Stamps = {}
    for file in manifest.files:
        with suppress(OSError):
            found = (folder / file.path).stat()
            stamps[file.path] = [found.st_size, found.st_mtime_ns, found.st_ctime_ns]
    return stamps


def _note(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.read.json")


def _read(folder: Path) -> dict[str, Any]:
    """Read the note; what is none says nothing."""
    try:
        path = _note(folder)
        found = json.loads(path.read_bytes()) if path.stat().st_size <= MAX_JSON else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(folder: Path, manifest: ModelManifest, stamps: Stamps) -> None:
    """Write the note; where that is not possible, everything is read each time."""
    noted = {file.path: [*stamps[file.path], file.sha256] for file in manifest.files if file.path in stamps}
    path = _note(folder)
    with suppress(OSError):
        part = path.with_suffix(".part")
        part.write_text(json.dumps(noted), encoding="utf-8")
        part.replace(path)
