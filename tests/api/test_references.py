"""Pictures and sounds of the user's own: announced, uploaded straight to the store, looked at, used."""

from __future__ import annotations

import asyncio
import hashlib
import io
import struct
import uuid
import wave
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import font_roboto
import httpx
import numpy as np
import pytest
from PIL import Image
from sqlalchemy import text

from api.usecases.references import lend, usable
from infrastructure.references import sweep_references
from schemas.errors import InvalidRequest
from tests.api.gate import PREFIX, Gate
from tests.api.people import problem
from tests.api.things import Somebody, somebody

pytestmark = pytest.mark.lab

FONT = Path(font_roboto.RobotoLight).read_bytes()


@dataclass
class Owner:
    """Somebody with a project, who speaks with the API and with the store."""

    gate: Gate
    who: Somebody
    headers: dict[str, str]
    project_id: uuid.UUID

    @property
    def path(self) -> str:
        return f"{PREFIX}/projects/{self.project_id}/references"

    async def ask(self, method: str, path: str = "", **more: Any) -> httpx.Response:
        return await self.gate.client.request(method, self.path + path, headers=self.headers, **more)

    async def announce(self, data: bytes, kind: str = "character", media_type: str = "image/png", **more: Any) -> Any:
        body = {
            "name": "Anna",
            "kind": kind,
            "media_type": media_type,
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            **more,
        }
        answer = await self.ask("POST", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def complete(self, announced: Any) -> httpx.Response:
        return await self.ask("POST", f"/{announced['reference']['reference_id']}/complete")

    async def give(self, data: bytes, kind: str = "character", media_type: str = "image/png", **more: Any) -> Any:
        announced = await self.announce(data, kind, media_type, **more)
        assert (await put(announced, data)).status_code == 200
        answer = await self.complete(announced)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
async def owner(gate: Gate) -> Owner:
    who = await somebody(gate.stage)
    project_id = uuid.UUID(await who.thing("project_id"))
    return Owner(gate, who, {"Authorization": f"Bearer {await who.token()}"}, project_id)


async def put(
    announced: Any,
    data: bytes | None,
    *,
    url: str | None = None,
    method: str = "PUT",
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    """Send a file to the store, as a browser does: it says by itself how long the body is."""
    told = announced["upload"]["headers"] if headers is None else headers
    sent = {name: value for name, value in told.items() if name != "content-length"}
    async with httpx.AsyncClient() as store:
        return await store.request(method, url or announced["upload"]["url"], content=data, headers=sent)


def picture(colour: int = 0, size: tuple[int, int] = (64, 48), kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (colour, 120, 200)).save(out, kind)
    return out.getvalue()


def sound(seconds: float = 0.5, level: float = 0.3, *, after_s: int = 0) -> bytes:
    """A tone, after some silence."""
    out = io.BytesIO()
    tone = (np.sin(np.arange(int(48000 * seconds)) * 0.05) * level * 32767).astype("<i2")
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes(bytes(2 * 48000 * after_s) + tone.tobytes())
    return out.getvalue()


async def test_a_picture_is_announced_uploaded_looked_at_and_fetched(owner: Owner) -> None:
    data = picture()
    announced = await owner.announce(data, name="  Old   Anna ")
    reference = announced["reference"]
    assert (reference["name"], reference["state"], reference["url"]) == ("Old Anna", "awaited", None)
    assert set(announced["upload"]["headers"]) == {
        "content-length",
        "content-type",
        "x-amz-checksum-sha256",
        "x-amz-meta-sha256",
    }
    assert (await put(announced, data)).status_code == 200
    ready = (await owner.complete(announced)).json()
    assert (ready["state"], ready["width"], ready["height"], ready["seconds"]) == ("ready", 64, 48, None)
    async with httpx.AsyncClient() as store:
        fetched = await store.get(ready["url"])
    assert (fetched.content, fetched.headers["content-type"]) == (data, "image/png")
    again = (await owner.complete(announced)).json()
    assert {**again, "url": ""} == {**ready, "url": ""}
    read = (await owner.ask("GET", f"/{reference['reference_id']}")).json()
    assert {**read, "url": ""} == {**ready, "url": ""}


@pytest.mark.parametrize(("form", "media_type"), [("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
async def test_other_pictures_are_read_too(owner: Owner, form: str, media_type: str) -> None:
    given = await owner.give(picture(kind=form), "style", media_type)
    assert (given["kind"], given["media_type"], given["width"]) == ("style", media_type, 64)


async def test_music_and_voices_have_a_length(owner: Owner) -> None:
    music = await owner.give(sound(1.5), "music", "audio/wav", name="Theme")
    voice = await owner.give(sound(0.5), "voice", "audio/x-wav", name="Line 1")
    assert (music["seconds"], voice["seconds"], voice["width"]) == (1.5, 0.5, None)


async def test_fonts_and_logos_are_files_too(owner: Owner) -> None:
    font = await owner.give(FONT, "font", "font/ttf", name="Light")
    logo = await owner.give(picture(1), "logo", name="Ours")
    assert (font["state"], font["width"], font["seconds"]) == ("ready", None, None)
    assert (logo["width"], logo["height"]) == (64, 48)


async def test_lists_hold_the_newest_first_by_kind_and_in_pages(owner: Owner) -> None:
    names = [(await owner.give(picture(number), name=f"Anna {number}"))["name"] for number in range(3)]
    await owner.give(sound(), "music", "audio/wav", name="Theme")
    listed = (await owner.ask("GET")).json()
    assert [one["name"] for one in listed["items"]] == ["Theme", *reversed(names)]
    assert all(one["url"] for one in listed["items"])
    pictures = (await owner.ask("GET", params={"kind": "character", "limit": 2})).json()
    assert [one["name"] for one in pictures["items"]] == ["Anna 2", "Anna 1"]
    rest = (await owner.ask("GET", params={"kind": "character", "cursor": pictures["next"]})).json()
    assert ([one["name"] for one in rest["items"]], rest["next"]) == (["Anna 0"], None)


# What the store refuses by itself --------------------------------------------------------------------------------


async def test_the_store_takes_these_bytes_alone(owner: Owner) -> None:
    data, other = picture(1), picture(2)
    announced = await owner.announce(data)
    url, good = announced["upload"]["url"], announced["upload"]["headers"]
    reference_id = announced["reference"]["reference_id"]
    another = await owner.announce(other)
    signed_of_another = url.partition("?")[0] + "?" + another["upload"]["url"].partition("?")[2]
    same_size = data[:-1] + bytes([data[-1] ^ 1])
    foreign = {
        "content-type": "text/html",
        "x-amz-checksum-sha256": another["upload"]["headers"]["x-amz-checksum-sha256"],
    }
    refused = {
        "another key": await put(announced, data, url=url.replace(reference_id, str(uuid.uuid4()))),
        "another project": await put(announced, data, url=url.replace(str(owner.project_id), str(uuid.uuid4()))),
        "the signature of another": await put(announced, data, url=signed_of_another),
        "a longer time": await put(announced, data, url=url.replace("X-Amz-Expires=900", "X-Amz-Expires=90000")),
        "fewer signed headers": await put(announced, data, url=url.replace("content-length%3B", "")),
        "another signature": await put(announced, data, url=url[:-4] + ("0000" if url[-4:] != "0000" else "1111")),
        "no signature": await put(announced, data, url=url.partition("?")[0]),
        "a read": await put(announced, None, method="GET"),
        "a look": await put(announced, None, method="HEAD"),
        "a deletion": await put(announced, None, method="DELETE"),
        "a post": await put(announced, data, method="POST"),
        "a larger body": await put(announced, data + b"x"),
        "a smaller body": await put(announced, data[:-1]),
        "no body": await put(announced, b""),
        "other bytes": await put(announced, same_size),
        "a right to all": await put(announced, data, headers={**good, "x-amz-acl": "public-read"}),
        "a copy": await put(announced, b"", headers={**good, "x-amz-copy-source": "/b/k"}),
        **{
            f"another {name}": await put(announced, data, headers={**good, name: value})
            for name, value in foreign.items()
        },
        **{
            f"no {name}": await put(announced, data, headers={key: value for key, value in good.items() if key != name})
            for name in good
            if name != "content-length"  # the client's own says it
        },
    }
    assert {
        what: answer.status_code for what, answer in refused.items() if answer.status_code not in {400, 403, 405}
    } == {}
    problem(await owner.complete(announced), 409)
    assert (await put(announced, data)).status_code == 200
    assert (await owner.complete(announced)).status_code == 200


async def test_pages_of_our_site_alone_may_upload(owner: Owner) -> None:
    announced = await owner.announce(picture())
    sent = ",".join(name for name in announced["upload"]["headers"] if name != "content-length")
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": sent}
    async with httpx.AsyncClient() as store:
        ours, evil = [
            await store.options(announced["upload"]["url"], headers={"Origin": origin, **asked})
            for origin in ("http://studio.test", "http://evil.test")
        ]
    assert ours.status_code == 200
    assert ours.headers["access-control-allow-origin"] == "http://studio.test"
    assert "PUT" in ours.headers["access-control-allow-methods"]
    assert "access-control-allow-origin" not in evil.headers


async def test_an_address_ends(owner: Owner) -> None:
    data = picture()
    announced = await owner.announce(data)
    row_key = f"projects/{owner.project_id}/uploads/{announced['reference']['reference_id']}"
    store = owner.gate.stage.store
    ref = await store.put_bytes(row_key, data, "image/png")
    await store.delete(row_key)
    short = await store.presign_put(ref, expires_s=1)
    await asyncio.sleep(2.1)  # the store's clock has whole seconds, and no other sign
    assert (await put(announced, data, url=short.url, headers=short.headers)).status_code == 403
    problem(await owner.complete(announced), 409)


# What `complete` finds -------------------------------------------------------------------------------------------


async def _smuggled(owner: Owner, announced: Any, data: bytes, media_type: str = "image/png") -> None:
    """Let something lie in the store that a worse store than ours might have let in."""
    key = f"projects/{owner.project_id}/uploads/{announced['reference']['reference_id']}"
    await owner.gate.stage.store.put_bytes(key, data, media_type)


async def test_what_is_not_what_was_announced_is_not_taken(owner: Owner) -> None:
    data = picture(1)
    announced = await owner.announce(data)
    for other, media_type in ((picture(2), "image/png"), (data + b"x", "image/png"), (data, "text/html")):
        await _smuggled(owner, announced, other, media_type)
        told = problem(await owner.complete(announced), 422)
        assert "upload it again" in told["detail"]
        problem(await owner.complete(announced), 409)  # it was removed
    # A digest that was claimed and is not the bytes'.
    store = owner.gate.stage.store
    key = f"projects/{owner.project_id}/uploads/{announced['reference']['reference_id']}"
    claimed = {"sha256": hashlib.sha256(data).hexdigest()}
    lie = data[:-1] + bytes([data[-1] ^ 1])
    await store._client.put_object(Bucket=store.bucket, Key=key, Body=lie, ContentType="image/png", Metadata=claimed)
    problem(await owner.complete(announced), 422)
    assert (await put(announced, data)).status_code == 200
    assert (await owner.complete(announced)).status_code == 200


def _bomb() -> bytes:
    """A picture of a few kilobytes that would be 40,000 pixels each way."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "kind", "media_type", "said"),
    [
        (_bomb(), "character", "image/png", "pixels|too large"),
        (
            b"INT. KITCHEN - DAY\n\nThis is a text.\n",
            "character",
            "image/png",
            "is no PNG, JPEG, WEBP that can be read",
        ),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "style", "image/png", "is no PNG, JPEG, WEBP that can be read"),
        (picture(3)[:80], "style", "image/png", "broken|is no PNG"),
        (picture(4, (8, 8)), "style", "image/png", "8×8 pixels"),
        (picture(5, kind="JPEG"), "character", "image/png", "is image/jpeg, and was announced as image/png"),
        (b"Not a sound at all.\n" * 50, "music", "audio/mpeg", "is no sound file that can be read"),
        (b"#EXTM3U\n/etc/passwd\n", "music", "audio/mpeg", "is no sound file that can be read"),
        (picture(6), "voice", "audio/wav", "sound"),
        (sound(1.0, 0.0), "music", "audio/wav", "is silent"),
        (sound(0.001), "voice", "audio/wav", "nothing can be heard of it"),
        (FONT[: len(FONT) // 3], "font", "font/ttf", "My file is cut short"),
        (b"wOF2" + FONT[4:], "font", "font/ttf", "is no font; give a TrueType or OpenType file"),
        (picture(7), "font", "font/otf", "is no font; give a TrueType or OpenType file"),
        (FONT, "logo", "image/png", "is no PNG that can be read"),
        (picture(8, kind="JPEG"), "logo", "image/png", "is no PNG that can be read"),
        (_bomb(), "logo", "image/png", "pixels|too large"),
    ],
    ids=[
        "bomb",
        "text",
        "svg",
        "cut off",
        "tiny",
        "other picture",
        "no sound",
        "playlist",
        "a picture",
        "silence",
        "click",
        "broken font",
        "web font",
        "no font",
        "no logo",
        "other logo",
        "logo bomb",
    ],
)
async def test_what_cannot_be_used_is_refused_in_a_sentence_and_gone(
    owner: Owner, data: bytes, kind: str, media_type: str, said: str
) -> None:
    import re

    announced = await owner.announce(data, kind, media_type, name="My file")
    assert (await put(announced, data)).status_code == 200
    told = problem(await owner.complete(announced), 422)
    assert "My file" in told["detail"]
    assert re.search(said, told["detail"]), told["detail"]
    assert "/" not in told["detail"].replace("image/jpeg", "").replace("image/png", "")  # no path of ours
    problem(await owner.ask("GET", f"/{announced['reference']['reference_id']}"), 404)
    store = owner.gate.stage.store
    assert [key async for key in store.list_keys(f"projects/{owner.project_id}/")] == []


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"bytes": 0}, "/bytes"),
        ({"bytes": -1}, "/bytes"),
        ({"bytes": "9"}, "/bytes"),
        ({"bytes": True}, "/bytes"),
        ({"bytes": (32 << 20) + 1}, None),
        ({"bytes": 2**60}, "/bytes"),
        ({"kind": "music", "media_type": "audio/wav", "bytes": (256 << 20) + 1}, None),
        ({"kind": "font", "media_type": "font/ttf", "bytes": (32 << 20) + 1}, None),
        ({"kind": "font", "media_type": "font/woff2"}, None),
        ({"kind": "logo", "media_type": "image/jpeg"}, None),
        ({"kind": "film"}, "/kind"),
        ({"kind": "music"}, None),
        ({"media_type": "image/svg+xml"}, None),
        ({"media_type": "image/png\r\nX-Evil: 1"}, None),
        ({"media_type": "audio/wav"}, None),
        ({"sha256": "0" * 63}, "/sha256"),
        ({"sha256": "G" * 64}, "/sha256"),
        ({"sha256": ("0" * 64) + "\n"}, "/sha256"),
        ({"name": ""}, "/name"),
        ({"name": "x" * 256}, "/name"),
        ({"name": "a\u0000b"}, None),
        ({"state": "ready"}, "/state"),
        ({"reference_id": str(uuid.uuid4())}, "/reference_id"),
    ],
)
async def test_announcements_are_held_against_what_may_be(
    owner: Owner, wrong: dict[str, Any], where: str | None
) -> None:
    body = {"name": "Anna", "kind": "character", "media_type": "image/png", "bytes": 9, "sha256": "0" * 64, **wrong}
    told = problem(await owner.ask("POST", json=body), 422)
    if where is not None:
        assert [fault["pointer"] for fault in told["errors"]] == [where]
    assert (await owner.ask("GET")).json()["items"] == []


# What is whose, and how much of it -------------------------------------------------------------------------------


async def test_a_file_is_one_thing_of_a_kind(owner: Owner) -> None:
    data = picture()
    first = await owner.announce(data, name="Anna")
    second = await owner.announce(data, name="Anna, older")
    assert second["reference"]["reference_id"] == first["reference"]["reference_id"]
    assert second["reference"]["name"] == "Anna, older"
    assert (await put(first, data)).status_code == 200  # both addresses are good
    assert (await owner.complete(second)).status_code == 200
    body = {"name": "B", "kind": "character", "media_type": "image/png", "bytes": len(data)}
    told = problem(await owner.ask("POST", json={**body, "sha256": hashlib.sha256(data).hexdigest()}), 409)
    assert "Anna, older" in told["detail"]
    await owner.give(data, "style", name="Look")  # the same picture may say how films look, too


async def test_nobody_reaches_a_file_by_another_project(owner: Owner, gate: Gate) -> None:
    given = await owner.give(picture())
    path = f"/{given['reference_id']}"
    stranger = await somebody(gate.stage)
    theirs = Owner(
        gate,
        stranger,
        {"Authorization": f"Bearer {await stranger.token()}"},
        uuid.UUID(await stranger.thing("project_id")),
    )
    mine = (await gate.client.post(f"{PREFIX}/projects", json={"title": "B"}, headers=owner.headers)).json()
    other = Owner(gate, owner.who, owner.headers, uuid.UUID(mine["project_id"]))
    foreign = Owner(gate, stranger, theirs.headers, owner.project_id)
    for asker in (theirs, other, foreign):
        for method, more in (("GET", ""), ("DELETE", ""), ("POST", "/complete")):
            problem(await asker.ask(method, path + more), 404)
    assert (await owner.ask("GET", path)).status_code == 200


async def test_what_is_deleted_is_gone_from_the_store(owner: Owner) -> None:
    data = picture()
    given = await owner.give(data)
    store = owner.gate.stage.store
    keys = [key async for key in store.list_keys(f"projects/{owner.project_id}/")]
    assert keys == [f"projects/{owner.project_id}/references/{given['reference_id']}"]
    assert (await owner.ask("DELETE", f"/{given['reference_id']}")).status_code == 204
    problem(await owner.ask("DELETE", f"/{given['reference_id']}"), 404)
    assert [key async for key in store.list_keys(f"projects/{owner.project_id}/")] == []
    assert (await owner.ask("GET")).json()["items"] == []
    assert (await owner.give(data))["reference_id"] != given["reference_id"]  # and may come again


async def test_two_who_complete_one_file_at_once_find_it_ready(owner: Owner) -> None:
    data = picture()
    announced = await owner.announce(data)
    await put(announced, data)
    answers = await asyncio.gather(*(owner.complete(announced) for _ in range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert (await owner.ask("GET")).json()["items"][0]["state"] == "ready"


async def _aged(owner: Owner) -> None:
    """Let a day pass for what was announced in a project."""
    async with owner.gate.stage.db.begin() as session:
        await session.execute(
            text(
                "UPDATE project_references SET upload_until = upload_until - interval '25 hours' WHERE project_id = :of"
            ),
            {"of": owner.project_id},
        )


async def test_what_never_came_is_dropped_after_a_day_and_what_is_left_behind_is_removed(owner: Owner) -> None:
    stage = owner.gate.stage
    ready, late, deleted = picture(1), picture(2), picture(3)
    kept = await owner.give(ready)
    gone = await owner.give(deleted)
    awaited = await owner.announce(late)
    await put(awaited, late)
    await owner.ask("DELETE", f"/{gone['reference_id']}")
    folder = f"projects/{owner.project_id}/uploads"
    for row in (kept, gone):  # uploaded once more over what was completed: nobody uses it
        await stage.store.put_bytes(f"{folder}/{row['reference_id']}", b"again", "image/png")
    await sweep_references(stage.db, stage.store)
    assert len([key async for key in stage.store.list_keys(folder)]) == 3  # nothing is due yet
    await _aged(owner)
    while await sweep_references(stage.db, stage.store):
        pass
    keys = [key async for key in stage.store.list_keys(f"projects/{owner.project_id}/")]
    assert keys == [f"projects/{owner.project_id}/references/{kept['reference_id']}"]
    assert [one["reference_id"] for one in (await owner.ask("GET")).json()["items"]] == [kept["reference_id"]]
    problem(await owner.complete(awaited), 404)
    async with stage.db.begin() as session:
        left = await session.scalar(
            text("SELECT count(*) FROM project_references WHERE project_id = :of"), {"of": owner.project_id}
        )
    assert left == 1


async def test_films_find_a_file_by_its_digest(owner: Owner) -> None:
    stage, who = owner.gate.stage, owner.who.user_id
    data, tone = picture(7), sound()
    await owner.give(data)
    await owner.give(data, "style")
    await owner.give(tone, "music", "audio/wav")
    digests = [hashlib.sha256(one).hexdigest() for one in (data, tone)]
    lent = await lend(await usable(who, owner.project_id, digests, db=stage.db), stage.store)
    assert {ref.key.rpartition(".")[2]: ref.sha256 for ref in lent} == dict(
        zip(("image", "sound"), digests, strict=True)
    )
    assert sorted([await stage.store.get_bytes(ref) for ref in lent]) == sorted([data, tone])
    again = await lend(await usable(who, owner.project_id, digests, db=stage.db), stage.store)
    assert again == lent
    thief = await somebody(stage)
    for user_id, wanted in ((thief.user_id, digests), (who, ["0" * 64])):
        with pytest.raises(InvalidRequest, match="upload it first"):
            await usable(user_id, owner.project_id, wanted, db=stage.db)
