"""The pages beside the API: what is served is what was found, and everything else is the API's business."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message

from api.pages import Pages, find_pages, store_origin
from infrastructure.aws import client
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.errors import InvalidRequest

SCRIPT = "self.began = 1"
STORE = "https://store.example.org"
HTML = {"accept": "text/html,application/xhtml+xml"}


def build(folder: Path) -> Path:
    """What a build leaves, in small; with a secret beside it."""
    out = folder / "out"
    for name, text in {
        "index.html": f'<script src="/_next/static/a.js"></script><script>{SCRIPT}</script>the house',
        "login.html": "the door",
        "404.html": "nothing here",
        "watch.html": "a cinema",
        "projects/_.html": "a project",
        "projects/_/jobs/_.html": "a film",
        "_next/static/a.js": "1",
        "film/reel.mp4": "0123456789",
    }.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "secret").write_text("nobody's business", encoding="utf-8")
    return out


def around(folder: Path) -> ASGIApp:
    """The pages, before an API that says of everything that it is the API's."""
    return Pages(PlainTextResponse("api", 418), find_pages(folder, STORE))


def visiting(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://studio")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> ASGIApp:
    return around(build(tmp_path_factory.mktemp("pages")))


@pytest.fixture
async def visitor(pages: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    async with visiting(pages) as client:
        yield client


async def test_what_is_seen_by_a_link_is_listed_nowhere(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/watch")).headers["x-robots-tag"] == "noindex, nofollow"
    assert "x-robots-tag" not in (await visitor.get("/")).headers


async def test_each_page_stands_at_its_address(visitor: httpx.AsyncClient) -> None:
    project, job = new_id(), new_id()
    for address, text in {
        "/": "the house",
        "/login": "the door",
        f"/projects/{project}": "a project",
        f"/projects/{project}/jobs/{job}": "a film",
    }.items():
        answer = await visitor.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert text in answer.text
        assert (await visitor.head(address)).content == b""


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/projects",
        "/api/v1/nothing",
        "/healthz",
        "/metrics",
        "/readyz",
        "/version",
    ],
)
async def test_what_is_the_apis_reaches_it(visitor: httpx.AsyncClient, address: str) -> None:
    assert (await visitor.get(address, headers=HTML)).text == "api"


async def test_what_changes_something_reaches_the_api(visitor: httpx.AsyncClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert (await visitor.request(method, "/login")).text == "api"


async def test_somebody_who_is_lost_is_told_and_a_program_is_answered_by_the_api(visitor: httpx.AsyncClient) -> None:
    told = await visitor.get("/nowhere", headers=HTML)
    assert (told.status_code, told.text) == (404, "nothing here")
    assert (await visitor.get("/nowhere")).text == "api"
    assert (await visitor.get(f"/projects/{new_id()}/jobs", headers=HTML)).status_code == 404


async def test_files_that_never_change_are_kept_and_others_asked_for(visitor: httpx.AsyncClient) -> None:
    kept = await visitor.get("/_next/static/a.js")
    assert "immutable" in kept.headers["cache-control"]
    page = await visitor.get("/login")
    assert page.headers["cache-control"] == "no-cache"
    again = await visitor.get("/login", headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == page.headers["content-security-policy"]


async def test_a_film_can_be_entered_in_its_middle(visitor: httpx.AsyncClient) -> None:
    part = await visitor.get("/film/reel.mp4", headers={"range": "bytes=3-5"})
    assert (part.status_code, part.content) == (206, b"345")
    assert part.headers["content-type"] == "video/mp4"


async def test_a_page_runs_its_own_scripts_alone(visitor: httpx.AsyncClient) -> None:
    policy = (await visitor.get("/")).headers["content-security-policy"]
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "default-src 'none'" in policy
    assert f"media-src 'self' blob: {STORE}" in policy


@given(st.lists(st.sampled_from(["..", ".", "", "secret", "out", "%2e%2e", "projects", "_", "\\", "\0", "login.html"])))
async def test_no_way_leads_out_of_the_folder(pages: ASGIApp, parts: list[str]) -> None:
    assert b"nobody's business" not in await body_of(pages, "/".join(["", *parts]))


async def body_of(app: ASGIApp, path: str) -> bytes:
    """What is answered at a path, as a server may hand it over: clients would straighten it first."""
    body = b""

    async def send(message: Message) -> None:
        nonlocal body
        body += message.get("body", b"")

    async def receive() -> Message:
        return {"type": "http.request"}

    await app({"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}, receive, send)
    return body


def test_a_folder_without_pages_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="holds no pages"):
        around(tmp_path)


def test_pictures_come_from_the_store_that_signs_their_links() -> None:
    assert store_origin(Settings(s3_endpoint_url="http://127.0.0.1:8333/")) == "http://127.0.0.1:8333"
    assert store_origin(Settings(env="prod", s3_region="eu-west-1")) == (
        "https://ai-film-studio-assets-prod.s3.eu-west-1.amazonaws.com"
    )


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
async def test_links_to_aws_lead_to_the_origin_that_pages_name(region: str) -> None:
    settings = Settings(
        env="prod", s3_region=region, aws_access_key_id=SecretStr("AKIA"), aws_secret_access_key=SecretStr("secret")
    )
    async with client("s3", settings, None) as store:  # signing asks nobody
        link = await store.generate_presigned_url("get_object", {"Bucket": settings.assets_bucket, "Key": "a.png"})
    assert link.startswith(store_origin(settings) + "/a.png?")
