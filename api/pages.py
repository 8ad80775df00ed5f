"""The pages, where they were built: the files of `frontend/out`, on the same origin as the API that they speak to."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from infrastructure.settings import Settings
from schemas.errors import InvalidRequest

_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MOVING = (
    (re.compile(rf"/projects/{_ID}"), "/projects/_"),
    (re.compile(rf"/projects/{_ID}/jobs/{_ID}"), "/projects/_/jobs/_"),
)
"""Pages of which there is one file for all addresses: it reads its own address."""
_NOT_FOUND = "/404"
_OURS = ("/api/", "/healthz", "/readyz", "/version", "/metrics")
"""Addresses of the API: what it does not know, it says itself."""
_FOREVER = "public, max-age=31536000, immutable"
"""Of files whose names hold a digest of what is in them."""
_ASK = "no-cache"
"""Of all others: kept, and asked for whether it is still so."""
_UNLISTED = {"watch.html"}
"""Pages that no search engine lists: what is seen there is for whoever was given the link."""
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_SAFE = {"GET", "HEAD"}


@dataclass(frozen=True)
class Page:
    """A file, and the headers that it goes out with."""

    path: Path
    headers: Mapping[str, str]


class Pages:
    """Answers for the pages' addresses; whatever is none of theirs goes on to the API.

    Only what was found at the start is served: no address is ever turned into a path.
    """

    def __init__(self, app: ASGIApp, pages: Mapping[str, Page]) -> None:
        """Stand before the API.

        Args:
            app: The API.
            pages: What `find_pages` found.
        """
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a page, or pass a request on."""
        if scope["type"] != "http" or scope["method"] not in _SAFE:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        page = self._page(scope["path"])
        if page is not None:
            await _answer(page, headers)(scope, receive, send)
        elif _is_read_by_people(scope["path"], headers) and (lost := self._pages.get(_NOT_FOUND)) is not None:
            await FileResponse(lost.path, 404, headers=lost.headers)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _page(self, path: str) -> Page | None:
        page = self._pages.get(path)
        if page is None and path.startswith("/projects/"):
            name = next((name for pattern, name in _MOVING if pattern.fullmatch(path)), None)
            page = self._pages.get(name) if name else None
        return page


def store_origin(settings: Settings) -> str:
    """The origin of signed links: the store's own address, or the bucket's at AWS."""
    if settings.s3_endpoint_url is None:
        return f"https://{settings.assets_bucket}.s3.{settings.s3_region}.amazonaws.com"
    parts = urlsplit(settings.s3_endpoint_url)
    return f"{parts.scheme}://{parts.netloc}"


def find_pages(folder: Path, store: str) -> dict[str, Page]:
    """All files of a folder, by their addresses.

    Args:
        folder: What `next build` exported.
        store: Origin of the store, from which pictures and films come.

    Raises:
        InvalidRequest: The folder holds no pages.
    """
    if not (folder / "index.html").is_file():
        raise InvalidRequest(f"STUDIO_PAGES: {folder} holds no pages; build them (make pages), or leave it empty.")
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            found[_address(name)] = Page(path, _headers(path, name, store))
    return found


def _address(name: str) -> str:
    """Where a file is served: pages without their ending."""
    if name == "index.html":
        return "/"
    return "/" + name.removesuffix(".html")


def _headers(path: Path, name: str, store: str) -> dict[str, str]:
    data = path.read_bytes()
    headers = {
        "cache-control": _FOREVER if name.startswith("_next/static/") else _ASK,
        "etag": f'"{hashlib.sha256(data).hexdigest()[:32]}"',
    }
    if name.endswith(".html"):
        headers["content-type"] = "text/html; charset=utf-8"
        headers["content-security-policy"] = _policy(data, store)
        if name in _UNLISTED:
            headers["x-robots-tag"] = "noindex, nofollow"
    else:
        headers["content-type"] = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return headers


def _policy(page: bytes, store: str) -> str:
    """What a page may do: run its own scripts, those inside it by their digests, and show what lies in the store."""
    digests = {base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE.findall(page) if script}
    inside = "".join(f" 'sha256-{digest}'" for digest in sorted(digests))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{inside}",
            "style-src 'self' 'unsafe-inline'",  # React Aria adds a rule of its own; styles run nothing
            f"img-src 'self' data: {store}",
            f"media-src 'self' blob: {store}",
            f"connect-src 'self' {store}",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _answer(page: Page, asked: Headers) -> Response:
    """The file, or that whoever asks has it."""
    known = {tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")}
    if page.headers["etag"] in known:
        kept = {name: value for name, value in page.headers.items() if name != "content-type"}
        return Response(status_code=304, headers=kept)
    return FileResponse(page.path, headers=page.headers)


def _is_read_by_people(path: str, headers: Headers) -> bool:
    """Whether somebody at a browser asks, for an address that is none of the API's."""
    return not path.startswith(_OURS) and "text/html" in headers.get("accept", "")
