"""Fetches models from a hub, at a pinned revision."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from schemas.errors import DependencyDown, InvalidRequest, ModelRefused

_COMMIT = re.compile(r"^[0-9a-f]{40}$")
_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}$")

_REACH_S = 10.0
"""How long the hub may take to answer a question, in seconds."""


_STEP = 1 << 20
"""How much of a file is hashed at once, in bytes."""


@dataclass(frozen=True)
class HubFile:
    """What a file is to be, as it was published."""

    bytes: int
    sha256: str = ""
    """Of its content: known of large files, which all weights are; empty where it is not."""
    blob: str = ""
    """Git's name of its content, known of small files; empty where it is not."""

    @property
    def pinned(self) -> bool:
        """Whether its content is known."""
        return bool(self.sha256 or self.blob)


def check_pin(source: str, revision: str) -> None:
    """Refuse what does not name one model once and for all.

    Raises:
        InvalidRequest: The id is none, or the revision is a branch or tag, which may move.
    """
    if not _ID.match(source):
        raise InvalidRequest(f"{source!r} is no hub's id; it looks like owner/name.")
    if not _COMMIT.match(revision):
        raise InvalidRequest(
            f"{revision!r} is no commit: give its 40 hexadecimal digits, since branches and tags move."
        )


def list_files(source: str, revision: str) -> dict[str, HubFile]:
    """List a model's files on the hub.

    Args:
        source: The hub's id.
        revision: The commit, 40 hexadecimal digits.

    Returns:
        What the hub published of each file, by its path: its size, 0 where the hub does not say, and its digest.

    Raises:
        DependencyDown: The hub did not answer.
        ModelRefused: The hub has no such model or revision.
    """
    check_pin(source, revision)
    hub = _library()
    found = _asking(
        source, lambda: hub.HfApi().model_info(source, revision=revision, files_metadata=True, timeout=_REACH_S)
    )
    return {file.rfilename: _hub_file(file) for file in found.siblings or []}


def _hub_file(file: Any) -> HubFile:
    if file.lfs is not None:  # then the blob is of a note that names the content
        return HubFile(file.size or file.lfs.size or 0, sha256=file.lfs.sha256 or "")
    return HubFile(file.size or 0, blob=file.blob_id or "")


def fetch_files(
    source: str,
    revision: str,
    files: Mapping[str, HubFile],
    folder: Path,
    *,
    on_file: Callable[[str], None] = lambda _: None,
) -> None:
    """Fetch files into a folder; what was fetched before and is whole is not fetched again.

    Each is held against what was published of it as soon as it is there; one that is something else is removed.

    The hub is asked for the first file once, without trying again, so that a machine without network hears of it at
    once; after that, a network that goes away for some seconds is waited for.

    Args:
        source: The hub's id.
        revision: The commit, 40 hexadecimal digits.
        files: Which files, by their paths, and what each is to be.
        folder: Where they go, each under its path; the hub's library keeps its notes in `.cache` there.
        on_file: Told each path before it is fetched.

    Raises:
        DependencyDown: The hub did not answer.
        ModelRefused: The hub has no such model, revision or file, or sent another than was published.
    """
    check_pin(source, revision)
    hub = _library()
    for path in list(files)[:1]:
        url = hub.hf_hub_url(source, path, revision=revision)
        _asking(f"{source}/{path}", partial(hub.get_hf_file_metadata, url, timeout=_REACH_S))
    for path, file in files.items():
        on_file(path)
        _asking(f"{source}/{path}", partial(hub.hf_hub_download, source, path, revision=revision, local_dir=folder))
        if not _is(folder / path, file):
            (folder / path).unlink()
            raise ModelRefused(
                f"{path} came otherwise than {source} published it at {revision[:7]}: its digest is another. "
                "Nothing of it was kept; try again, and do not trust where it came from if it comes so again."
            )


def _is(path: Path, file: HubFile) -> bool:
    """Say whether a file has the published content; True where nothing is known of that."""
    if file.sha256:
        return _digest(path, hashlib.sha256()) == file.sha256
    if file.blob:
        head = f"blob {path.stat().st_size}\0".encode()
        return _digest(path, hashlib.sha1(head, usedforsecurity=False)) == file.blob
    return True


def _digest(path: Path, hasher: Any) -> str:
    with path.open("rb") as file:
        while block := file.read(_STEP):
            hasher.update(block)
    digest: str = hasher.hexdigest()
    return digest


def _library() -> Any:
    try:
        import huggingface_hub
    except ImportError as error:
        raise InvalidRequest("Fetching models needs the extra “gpu”: pip install -e '.[gpu]'.") from error
    return huggingface_hub


def _asking(what: str, ask: Any) -> Any:
    from huggingface_hub.errors import FileMetadataError, HfHubHTTPError, HTTPError, LocalEntryNotFoundError

    try:
        return ask()
    except HfHubHTTPError as error:
        status = getattr(error.response, "status_code", 0)
        if status in (401, 403):
            raise ModelRefused(
                f"The hub does not give out {what}; log in with its own command, or ask there."
            ) from error
        if status == 404:
            raise ModelRefused(f"The hub has no {what} at that revision.") from error
        raise DependencyDown(f"The hub answered {status} for {what}; try again later.") from error
    except FileMetadataError as error:
        raise DependencyDown(
            f"The hub's answer for {what} lacks what identifies a file; is HF_ENDPOINT a hub?"
        ) from error
    except (HTTPError, LocalEntryNotFoundError, ConnectionError, TimeoutError) as error:
        raise DependencyDown(f"The hub cannot be reached for {what}; try again where there is a network.") from error
