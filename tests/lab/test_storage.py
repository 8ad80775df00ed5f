import asyncio
import hashlib
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from infrastructure import transfer
from infrastructure.aws import client
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef
from schemas.errors import ArtifactMissing, DependencyDown, InvalidRequest, RenderRefused
from tests import servers

pytestmark = pytest.mark.lab

KEY = "artifacts/p/keyframes/a.png"


@pytest.fixture
async def store(s3_settings: Settings) -> AsyncIterator[ObjectStore]:
    async with ObjectStore(s3_settings) as opened:
        assert await opened.ensure_bucket() == []
        yield opened


@pytest.fixture
async def raw(s3_settings: Settings) -> AsyncIterator[Any]:
    async with client("s3", s3_settings, s3_settings.s3_endpoint_url) as opened:
        yield opened


def _status(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=120) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


async def _fetch(url: str) -> tuple[int, bytes]:
    return await asyncio.to_thread(_status, url)


async def test_bytes_come_back_with_their_digest_and_type(store: ObjectStore) -> None:
    ref = await store.put_bytes(KEY, b"picture", "image/png")
    assert ref == ArtifactRef(key=KEY, sha256=hashlib.sha256(b"picture").hexdigest(), bytes=7, media_type="image/png")
    assert await store.get_bytes(KEY) == await store.get_bytes(ref) == b"picture"
    assert await store.head(KEY) == ref
    assert await store.exists(KEY)
    assert store.uri(KEY) == f"s3://{store.bucket}/{KEY}"


async def test_what_is_not_there_is_missing(store: ObjectStore, tmp_path: Path) -> None:
    assert await store.head(KEY) is None
    assert not await store.exists(KEY)
    with pytest.raises(ArtifactMissing, match=KEY):
        await store.get_bytes(KEY)
    with pytest.raises(ArtifactMissing, match=KEY):
        await store.get_file(KEY, tmp_path / "file")
    with pytest.raises(ArtifactMissing, match=KEY):
        await store.copy(ArtifactRef(key=KEY, sha256="0" * 64, bytes=1, media_type="image/png"), "jobs/j/a.png")
    await store.delete(KEY)
    assert list(tmp_path.iterdir()) == []


async def test_nothing_is_not_stored(store: ObjectStore, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(RenderRefused, match="empty"):
        await store.put_bytes(KEY, b"", "image/png")
    with pytest.raises(RenderRefused, match="empty"):
        await store.put_file(KEY, tmp_path / "empty", "image/png")
    assert not await store.exists(KEY)


async def test_what_differs_from_the_record_is_refused(store: ObjectStore, tmp_path: Path) -> None:
    ref = await store.put_bytes(KEY, b"before", "image/png")
    await store.put_bytes(KEY, b"after", "image/png")
    with pytest.raises(ArtifactMissing, match="digest differs"):
        await store.get_bytes(ref)
    target = tmp_path / "file"
    target.write_bytes(b"what was here")
    with pytest.raises(ArtifactMissing, match="digest differs"):
        await store.get_file(KEY, target, sha256=ref.sha256)
    assert target.read_bytes() == b"what was here"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("size", [1, transfer.PART, transfer.PART + 1, 2 * transfer.PART + 4321])
async def test_files_come_back_whole_in_one_piece_or_in_parts(store: ObjectStore, tmp_path: Path, size: int) -> None:
    data = hashlib.shake_128(b"film").digest(size)
    (tmp_path / "sent.mp4").write_bytes(data)
    ref = await store.put_file("jobs/j/output/final.mp4", tmp_path / "sent.mp4", "video/mp4")
    assert (ref.bytes, ref.sha256) == (size, hashlib.sha256(data).hexdigest())
    assert await store.head(ref.key) == ref
    await store.get_file(ref, tmp_path / "new" / "got.mp4")
    assert (tmp_path / "new" / "got.mp4").read_bytes() == data


async def test_an_upload_that_breaks_off_leaves_no_parts(store: ObjectStore, tmp_path: Path, raw: Any) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(transfer.PART + 1))
    with pytest.raises(FileNotFoundError):
        # Its size was taken before it went away.
        await transfer.put_parts(raw, tmp_path / "gone", path.stat().st_size, {"Bucket": store.bucket, "Key": KEY}, {})
    assert not (await raw.list_multipart_uploads(Bucket=store.bucket)).get("Uploads")


async def test_a_copy_carries_digest_and_type(store: ObjectStore) -> None:
    ref = await store.put_bytes(KEY, b"picture", "image/png")
    copied = await store.copy(ref, "jobs/j/scenes/scene_001.png")
    assert copied == ref.model_copy(update={"key": "jobs/j/scenes/scene_001.png"})
    assert await store.head(copied.key) == copied
    assert await store.get_bytes(copied) == b"picture"


async def test_an_object_of_others_is_not_taken_for_ours(store: ObjectStore, raw: Any) -> None:
    await raw.put_object(Bucket=store.bucket, Key=KEY, Body=b"?")
    with pytest.raises(ArtifactMissing, match="without a digest"):
        await store.head(KEY)


async def test_keys_are_listed_by_prefix_over_pages(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infrastructure.storage.PAGE_KEYS", 3)
    keys = [f"artifacts/p/{n:04d}" for n in range(10)]
    await asyncio.gather(*(store.put_bytes(key, b"x", "text/plain") for key in [*keys, "jobs/j/a"]))
    assert [key async for key in store.list_keys("artifacts/")] == keys
    assert [key async for key in store.list_keys("jobs/")] == ["jobs/j/a"]


async def test_the_bucket_is_versioned_encrypted_and_forgets(store: ObjectStore, raw: Any) -> None:
    assert await store.ensure_bucket() == []  # again
    await store.put_bytes(KEY, b"one", "image/png")
    await store.put_bytes(KEY, b"two", "image/png")
    versions = await raw.list_object_versions(Bucket=store.bucket, Prefix=KEY)
    assert len(versions["Versions"]) == 2
    assert (await raw.head_object(Bucket=store.bucket, Key=KEY))["ServerSideEncryption"] == "AES256"
    rules = (await raw.get_bucket_lifecycle_configuration(Bucket=store.bucket))["Rules"]
    assert {rule["Filter"]["Prefix"]: rule.get("Expiration", {}).get("Days") for rule in rules} == {
        "artifacts/": 90,
        "jobs/": 90,
        "": None,
    }
    await store.delete(KEY)
    assert await store.head(KEY) is None


async def test_an_artifact_about_to_expire_counts_as_gone(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    film = await store.put_bytes("jobs/j/output/final.mp4", b"film", "video/mp4")
    picture = await store.put_bytes(KEY, b"picture", "image/png")
    assert await store.head(KEY) == picture
    monkeypatch.setattr("infrastructure.retention.REUSE_DAYS", -1)  # as if it had been written long ago
    assert await store.head(KEY) is None
    assert await store.exists(KEY)
    assert await store.head(film.key) == film


async def test_a_link_opens_one_object_for_a_while(store: ObjectStore) -> None:
    await store.put_bytes(KEY, b"picture", "image/png")
    await store.put_bytes("jobs/j/secret.png", b"of somebody else", "image/png")
    url = await store.presign_get(KEY, file_name="Ünïcode; film.png")
    assert await _fetch(url) == (200, b"picture")
    assert int(parse_qs(urlsplit(url).query)["X-Amz-Expires"][0]) == 900
    tampered = {
        "another object": url.replace(KEY, "jobs/j/secret.png"),
        "a longer time": url.replace("X-Amz-Expires=900", "X-Amz-Expires=86400"),
        "another signature": url[:-4] + ("0000" if not url.endswith("0000") else "1111"),
        "another name": url.replace("film.png", "film.exe"),
        "nothing signed": url.partition("?")[0],
    }
    for what, other in tampered.items():
        status, body = await _fetch(other)
        assert (what, status) == (what, 403)
        assert b"of somebody else" not in body


async def test_a_link_ends(store: ObjectStore) -> None:
    await store.put_bytes(KEY, b"picture", "image/png")
    url = await store.presign_get(KEY, expires_s=1)
    for _ in range(100):
        status, body = await _fetch(url)
        if status != 200:
            break
        await asyncio.sleep(0.1)
    assert status == 403
    assert b"picture" not in body
    for seconds in (0, 901):
        with pytest.raises(InvalidRequest, match="1 to 900"):
            await store.presign_get(KEY, expires_s=seconds)


async def test_a_store_that_is_away_or_refuses_is_named(s3_settings: Settings) -> None:
    [port] = servers.free_ports(1)
    async with ObjectStore(s3_settings.model_copy(update={"s3_endpoint_url": f"http://127.0.0.1:{port}"})) as away:
        with pytest.raises(DependencyDown, match=f"127.0.0.1:{port}.*does not answer"):
            await away.ping()
    async with ObjectStore(s3_settings, bucket="no-such-bucket") as empty:
        with pytest.raises(DependencyDown, match="no-such-bucket"):
            await empty.ping()
    stranger = s3_settings.model_copy(update={"aws_access_key_id": s3_settings.aws_secret_access_key})
    async with ObjectStore(stranger) as refused:
        with pytest.raises(DependencyDown, match="refused"):
            await refused.put_bytes(KEY, b"x", "text/plain")
