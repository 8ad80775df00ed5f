"""Files on their way to the store and back: digests, parts, and files that appear whole or not at all."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from schemas.errors import StorageFull

CHUNK = 1 << 20
"""Bytes that are read at a time."""
PART = 16 << 20
"""Bytes of one part of an upload; what is not larger is sent at once. S3 allows 10,000 parts of 5 MiB and more."""
PARTS_AT_ONCE = 4


@contextmanager
def disk(path: Path) -> Iterator[None]:
    """Raise a full disk as the error that the rest of the software knows.

    Raises:
        StorageFull: There is no space, or no quota, left for `path`.
    """
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull(f"No space is left to write {path}: free some, then try again.") from error
        raise


def digest_file(path: Path) -> tuple[str, int]:
    """Hash a file.

    Returns:
        Its SHA-256 as 64 hexadecimal digits, and its size in bytes.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size


@asynccontextmanager
async def appearing(path: Path) -> AsyncIterator[BinaryIO]:
    """Write a file that appears under its name when the block ends, and not at all when it raises.

    Args:
        path: Where the file shall be; its folder is made if need be.

    Yields:
        A file to write to, beside its later place so that the last step is a rename.

    Raises:
        StorageFull: There is no space left.
    """
    with disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            part.chmod(0o644)  # mkstemp's files are for their owner alone
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


async def put_parts(client: Any, path: Path, size: int, target: dict[str, str], attributes: dict[str, Any]) -> None:
    """Upload a large file in parts, a few at once; after an error nothing of it is left in the store.

    Args:
        client: An open S3 client.
        path: The file.
        size: Its size in bytes, above 0.
        target: `Bucket` and `Key`.
        attributes: What else the object gets: `ContentType`, `Metadata`.
    """
    upload = {**target, "UploadId": (await client.create_multipart_upload(**target, **attributes))["UploadId"]}
    window = asyncio.Semaphore(PARTS_AT_ONCE)

    async def put(number: int) -> dict[str, Any]:
        async with window:
            data = await asyncio.to_thread(_read, path, (number - 1) * PART)
            answer = await client.upload_part(**upload, PartNumber=number, Body=data)
        return {"PartNumber": number, "ETag": answer["ETag"]}

    try:
        async with asyncio.TaskGroup() as group:
            parts = [group.create_task(put(number)) for number in range(1, -(-size // PART) + 1)]
        await client.complete_multipart_upload(**upload, MultipartUpload={"Parts": [part.result() for part in parts]})
    except BaseException as error:
        await asyncio.shield(client.abort_multipart_upload(**upload))
        if isinstance(error, BaseExceptionGroup):
            raise error.exceptions[0] from None
        raise


def _read(path: Path, offset: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(PART)
