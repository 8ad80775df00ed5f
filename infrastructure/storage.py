"""The object store: scripts, artifacts and films, each with its digest."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from botocore.exceptions import ClientError

from infrastructure import bucket as bucket_settings
from infrastructure import transfer
from infrastructure.aws import AwsService, error_code, translated
from infrastructure.retention import fading
from infrastructure.settings import Settings
from schemas.artifact import ArtifactRef
from schemas.errors import ArtifactMissing, InvalidRequest, RenderRefused

PRESIGN_S = 900
"""How long a link to an object is good, in seconds: long enough to begin a download, too short to be passed on."""

PAGE_KEYS = 1000
"""Keys that are listed with one call; S3 allows no more."""

_DIGEST = "sha256"  # the key of an object's metadata


class Stored(NamedTuple):
    """An object, as a list shows it."""

    key: str
    bytes: int
    written_at: datetime


class OpenUpload(NamedTuple):
    """An upload in parts that was begun."""

    key: str
    upload_id: str
    begun_at: datetime


class Upload(NamedTuple):
    """A request that was signed for somebody else to make."""

    url: str
    """Where to PUT the bytes."""
    headers: dict[str, str]
    """What must come with them, word for word."""


class ObjectStore(AwsService):
    """The assets bucket. `async with` opens it; all its methods may be called at once from one event loop."""

    def __init__(self, settings: Settings, bucket: str | None = None) -> None:
        """Prepare the store; nothing is opened yet.

        Args:
            settings: Where it is, and with which credentials.
            bucket: Another bucket than the installation's.
        """
        super().__init__("s3", settings, settings.s3_endpoint_url)
        self.bucket = bucket or settings.assets_bucket
        self._name = f"The store at {settings.s3_endpoint_url or 'AWS'} (bucket {self.bucket})"

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": key}

    def uri(self, key: str) -> str:
        """Name an object for people and for the database: `s3://bucket/key`."""
        return f"s3://{self.bucket}/{key}"

    async def ping(self) -> None:
        """Ask the store for a sign of life, and whether the bucket is there.

        Raises:
            DependencyDown: The store does not answer, or the bucket is missing.
        """
        with translated(self._name, "its bucket"):
            await self._client.list_objects_v2(Bucket=self.bucket, MaxKeys=1)

    async def ensure_bucket(self) -> list[str]:
        """Create the bucket unless it exists, and set it up: versioned, SSE-S3, with expiry (see `retention`).

        Of all sites, the pages of `Settings.public_url` alone may upload to it.

        Returns:
            A sentence for each setting the store at hand does not support; empty where it supports all.

        Raises:
            DependencyDown: The store does not answer, or refuses.
        """
        site = urlsplit(str(self._settings.public_url))
        origin = f"{site.scheme}://{site.netloc}"
        with translated(self._name, "its bucket"):
            return await bucket_settings.ensure(self._client, self.bucket, self._settings.s3_region, origin)

    async def put_bytes(self, key: str, data: bytes, media_type: str) -> ArtifactRef:
        """Store bytes.

        Args:
            key: Where; what lies there becomes an old version.
            data: The bytes, at least one.
            media_type: IANA media type.

        Returns:
            A reference with the digest of `data`.

        Raises:
            RenderRefused: There are no bytes.
            DependencyDown: The store does not answer, or refuses.
            StorageFull: The store has no space left.
        """
        ref = self._describe(key, hashlib.sha256(data).hexdigest(), len(data), media_type)
        with translated(self._name, key):
            await self._client.put_object(**self._at(key), Body=data, **_attributes(ref))
        return ref

    async def put_file(self, key: str, path: Path, media_type: str) -> ArtifactRef:
        """Store a file; a large one goes in parts, and memory stays flat.

        Args:
            key: Where; what lies there becomes an old version.
            path: The file, which must not change meanwhile.
            media_type: IANA media type.

        Returns:
            A reference with the digest of the file.

        Raises:
            RenderRefused: The file is empty.
            DependencyDown: The store does not answer, or refuses.
            StorageFull: The store has no space left.
        """
        sha256, size = await asyncio.to_thread(transfer.digest_file, path)
        ref = self._describe(key, sha256, size, media_type)
        with translated(self._name, key):
            if size <= transfer.PART:
                data = await asyncio.to_thread(path.read_bytes)
                await self._client.put_object(**self._at(key), Body=data, **_attributes(ref))
            else:
                await transfer.put_parts(self._client, path, size, self._at(key), _attributes(ref))
        return ref

    def _describe(self, key: str, sha256: str, size: int, media_type: str) -> ArtifactRef:
        if size == 0:
            raise RenderRefused(f"{key} would be empty: nothing was made, so nothing is stored.")
        return ArtifactRef(key=key, sha256=sha256, bytes=size, media_type=media_type)

    async def copy(self, source: ArtifactRef, key: str) -> ArtifactRef:
        """Store an object a second time, inside the store.

        Args:
            source: What is copied.
            key: Where to.

        Returns:
            A reference to the copy.

        Raises:
            ArtifactMissing: The source is gone.
            DependencyDown: The store does not answer, or refuses.
        """
        ref = source.model_copy(update={"key": key})
        with translated(self._name, source.key):
            await self._client.copy_object(
                **self._at(key), CopySource=self._at(source.key), MetadataDirective="REPLACE", **_attributes(ref)
            )
        return ref

    async def get_bytes(self, source: str | ArtifactRef, *, sha256: str | None = None) -> bytes:
        """Read an object.

        Args:
            source: Its key; or a reference, whose digest must match.
            sha256: The digest that must match, where only the key is given.

        Raises:
            ArtifactMissing: It is gone, or differs from what was recorded.
            DependencyDown: The store does not answer, or refuses.
        """
        key, wanted = _expected(source, sha256)
        with translated(self._name, key):
            answer = await self._client.get_object(**self._at(key))
            async with answer["Body"]:
                data: bytes = await answer["Body"].read()
        _check(key, hashlib.sha256(data).hexdigest(), wanted)
        return data

    async def get_file(self, source: str | ArtifactRef, path: Path, *, sha256: str | None = None) -> None:
        """Fetch an object into a file, which appears when it is whole and right, and not before.

        Args:
            source: Its key; or a reference, whose digest must match.
            path: The file; its folder is made if need be.
            sha256: The digest that must match, where only the key is given.

        Raises:
            ArtifactMissing: It is gone, or differs from what was recorded.
            StorageFull: No space is left for the file.
            DependencyDown: The store does not answer, or refuses.
        """
        key, wanted = _expected(source, sha256)
        digest = hashlib.sha256()
        async with transfer.appearing(path) as file:
            with translated(self._name, key):
                answer = await self._client.get_object(**self._at(key))
                async with answer["Body"]:
                    async for chunk in answer["Body"].iter_chunks(transfer.CHUNK):
                        digest.update(chunk)
                        with transfer.disk(path):  # before the store's errors: both are OSErrors
                            file.write(chunk)
            _check(key, digest.hexdigest(), wanted)

    async def head(self, key: str) -> ArtifactRef | None:
        """Look up what can be used: an artifact that is about to expire counts as gone (see `retention`).

        Returns:
            A reference to it, or None where there is none.

        Raises:
            ArtifactMissing: It was not written by this software: it has no digest.
            DependencyDown: The store does not answer, or refuses.
        """
        answer = await self._head(key)
        if answer is None or fading(key, answer["LastModified"]):
            return None
        sha256 = answer["Metadata"].get(_DIGEST)
        if sha256 is None or answer["ContentLength"] == 0:
            raise ArtifactMissing(f"{key} holds an object without a digest: delete it, and it is made again.")
        return ArtifactRef(
            key=key, sha256=sha256, bytes=answer["ContentLength"], media_type=answer.get("ContentType", "")
        )

    async def exists(self, key: str) -> bool:
        """Tell whether there is an object under a key, however old."""
        return await self._head(key) is not None

    async def _head(self, key: str) -> dict[str, Any] | None:
        with translated(self._name, key):
            try:
                answer: dict[str, Any] = await self._client.head_object(**self._at(key))
            except ClientError as error:
                if error_code(error) in {"404", "NoSuchKey"}:
                    return None
                raise
        return answer

    async def delete(self, key: str) -> None:
        """Delete an object; its versions stay for `retention.OLD_VERSION_DAYS`. What is not there stays away.

        Raises:
            DependencyDown: The store does not answer, or refuses.
        """
        with translated(self._name, key):
            await self._client.delete_object(**self._at(key))

    async def list_keys(self, prefix: str) -> AsyncIterator[str]:
        """List the keys that begin with a prefix, in order.

        Raises:
            DependencyDown: The store does not answer, or refuses.
        """
        async for page in self.list_pages(prefix):
            for item in page:
                yield item.key

    async def list_pages(self, prefix: str) -> AsyncIterator[list[Stored]]:
        """List what lies below a prefix, in the order of keys, as many at once as one call gives.

        Raises:
            DependencyDown: The store does not answer, or refuses.
        """
        more: dict[str, str] = {}
        while True:
            with translated(self._name, prefix):
                page = await self._client.list_objects_v2(Bucket=self.bucket, Prefix=prefix, MaxKeys=PAGE_KEYS, **more)
            yield [Stored(item["Key"], item["Size"], item["LastModified"]) for item in page.get("Contents", ())]
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    async def written_at(self, key: str) -> datetime | None:
        """Tell when an object was last written; None where there is none."""
        answer = await self._head(key)
        return None if answer is None else answer["LastModified"]

    async def open_uploads(self) -> list[OpenUpload]:
        """List uploads in parts that nobody has finished or called off.

        Raises:
            DependencyDown: The store does not answer, or refuses.
        """
        found: list[OpenUpload] = []
        more: dict[str, str] = {}
        while True:
            with translated(self._name, "uploads"):
                page = await self._client.list_multipart_uploads(Bucket=self.bucket, **more)
            found.extend(OpenUpload(one["Key"], one["UploadId"], one["Initiated"]) for one in page.get("Uploads") or ())
            if not page.get("IsTruncated"):
                return found
            more = {"KeyMarker": page["NextKeyMarker"], "UploadIdMarker": page["NextUploadIdMarker"]}

    async def end_upload(self, upload: OpenUpload) -> None:
        """Call an upload in parts off, with the parts that it has. One that has ended meanwhile stays as it ended.

        Raises:
            DependencyDown: The store does not answer, or refuses.
        """
        with translated(self._name, upload.key):
            try:
                await self._client.abort_multipart_upload(**self._at(upload.key), UploadId=upload.upload_id)
            except ClientError as error:
                if error_code(error) != "NoSuchUpload":
                    raise

    async def presign_get(self, key: str, expires_s: int = PRESIGN_S, file_name: str | None = None) -> str:
        """Sign a link with which anybody may download one object for a while.

        Args:
            key: The object; not looked up.
            expires_s: Seconds, from 1 to `PRESIGN_S`.
            file_name: The name under which a browser saves it; None shows it in place.

        Returns:
            The link.

        Raises:
            InvalidRequest: The time is out of range.
        """
        _must_be_short(expires_s)
        asked: dict[str, str] = self._at(key)
        if file_name is not None:
            asked["ResponseContentDisposition"] = f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"
        with translated(self._name, key):
            link: str = await self._client.generate_presigned_url("get_object", Params=asked, ExpiresIn=expires_s)
        return link

    async def presign_put(self, ref: ArtifactRef, expires_s: int = PRESIGN_S) -> Upload:
        """Sign a request with which anybody may upload one object for a while: these bytes alone, as this type.

        Size, type and digest are signed: the store refuses a request that names others, and a body that differs.

        Args:
            ref: The object as it shall be.
            expires_s: Seconds, from 1 to `PRESIGN_S`.

        Raises:
            InvalidRequest: The time is out of range.
        """
        _must_be_short(expires_s)
        checksum = base64.b64encode(bytes.fromhex(ref.sha256)).decode("ascii")
        asked = {**self._at(ref.key), "ContentLength": ref.bytes, "ChecksumSHA256": checksum, **_attributes(ref)}
        with translated(self._name, ref.key):
            url: str = await self._client.generate_presigned_url("put_object", Params=asked, ExpiresIn=expires_s)
        headers = {
            "content-length": str(ref.bytes),
            "content-type": ref.media_type,
            "x-amz-checksum-sha256": checksum,
            f"x-amz-meta-{_DIGEST}": ref.sha256,
        }
        return Upload(url, headers)


def _must_be_short(expires_s: int) -> None:
    if not 1 <= expires_s <= PRESIGN_S:
        raise InvalidRequest(f"A link is good for 1 to {PRESIGN_S} seconds, not {expires_s}.")


def _attributes(ref: ArtifactRef) -> dict[str, Any]:
    return {"ContentType": ref.media_type, "Metadata": {_DIGEST: ref.sha256}}


def _expected(source: str | ArtifactRef, sha256: str | None) -> tuple[str, str | None]:
    return (source.key, source.sha256) if isinstance(source, ArtifactRef) else (source, sha256)


def _check(key: str, found: str, wanted: str | None) -> None:
    if wanted is not None and found != wanted:
        raise ArtifactMissing(f"{key} is not what was stored there: its digest differs from the record; make it again.")
