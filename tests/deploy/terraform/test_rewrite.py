"""The function that the CDN runs on each request for a page, by Node.js: it leads where the API's own pages do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from api.pages import Page, Pages
from infrastructure.ids import new_id
from tests.deploy.helm import ROOT

SOURCE = ROOT / "deploy" / "terraform" / "modules" / "edge" / "rewrite.js"
APP = ROOT / "frontend" / "src" / "app"

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")

RUN = """
const handler = new Function(process.argv[1] + "; return handler;")();
const answers = JSON.parse(process.argv[2]).map((uri) => handler({ request: { method: "GET", uri, headers: {} } }));
console.log(JSON.stringify(answers));
"""


def pages() -> list[str]:
    """Addresses of the pages, as Terraform reads them off their sources."""
    found = [path.parent.relative_to(APP).as_posix() for path in APP.rglob("page.tsx")]
    return sorted("/" + re.sub(r"\([a-z]+\)/?", "", "" if one == "." else one).rstrip("/") for one in found)


@cache
def code() -> str:
    text = SOURCE.read_text(encoding="utf-8")
    assert text.count('["PAGES"]') == 1
    return text.replace('["PAGES"]', json.dumps(pages()))


def ask(*addresses: str) -> list[Any]:
    done = subprocess.run(
        ["node", "-e", RUN, code(), json.dumps(addresses)], capture_output=True, text=True, check=True
    )
    found: list[Any] = json.loads(done.stdout)
    return found


ID = "01a229ff-eabf-766b-8069-7d5f831ac6bc"
"""Of some project; the same in every process that tests, which name their tests by it."""


def test_pages_are_where_their_addresses_say() -> None:
    project, job = new_id(), new_id()
    wanted = {
        "/": "/index.html",
        "/login": "/login.html",
        "/login/reset": "/login/reset.html",
        "/dashboard": "/dashboard.html",
        f"/projects/{project}": "/projects/_.html",
        f"/projects/{project}/jobs/{job}": "/projects/_/jobs/_.html",
    }
    assert [one["uri"] for one in ask(*wanted)] == list(wanted.values())


def test_each_page_that_there_is_has_its_file() -> None:
    addresses = [re.sub(r"\[\w+\]", str(new_id()), page) for page in pages()]
    assert len(addresses) >= 7
    for page, answer in zip(pages(), ask(*addresses), strict=True):
        assert answer["uri"] == ("/index.html" if page == "/" else re.sub(r"\[\w+\]", "_", page) + ".html")


def test_files_are_left_where_they_are() -> None:
    files = ["/_next/static/chunks/a-0b1c.js", "/icon.svg", "/film/the_last_ferry.mp4"]
    assert [one["uri"] for one in ask(*files)] == files


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere", "/login/", "/login.html", "/index.html", "/projects/_", "/projects/_.html", "/projects/1",
        "/projects", "/projects/", "//", "/projects/../login", "/404.html",
        f"/projects/{ID}/", f"/projects/{ID}/jobs", f"/projects/{ID.upper()}",
        f"/projects/{ID}%2f", f"/x/projects/{ID}", f"/projects/{ID}/jobs/{ID}/x",
    ],
)  # fmt: skip
def test_whoever_is_lost_is_told(address: str) -> None:
    [answer] = ask(address)
    assert answer["statusCode"] == 404
    assert answer["headers"]["content-type"]["value"] == "text/html; charset=utf-8"
    assert 'href="/"' in answer["body"]["data"]


async def nobody(*_: Any) -> None:
    """No API stands behind these pages."""


def test_it_leads_where_the_api_leads() -> None:
    """Of the same export, both serve the same file at an address, or none."""
    files = {"/" if page == "/" else re.sub(r"\[\w+\]", "_", page): Page(Path(page), {}) for page in pages()}
    served = Pages(nobody, files)
    addresses = [f"{page}{end}" for page in pages() for end in ("", "/", "/x", "x")] + [
        re.sub(r"\[\w+\]", str(new_id()), page) + end for page in pages() for end in ("", "/", "/x", "0")
    ]
    for address, answer in zip(addresses, ask(*addresses), strict=True):
        page = served._page(address)
        if page is None or "/_" in address:
            assert "statusCode" in answer, address
        else:
            assert "uri" in answer, address


def test_it_is_small_enough_and_of_the_language_that_the_cdn_speaks() -> None:
    assert len(code().encode()) < 10_000
    for newer in ("?.", "??", " of ", "async", "import", "require("):
        assert newer not in re.sub(r"//.*|/\*.*?\*/|`[^`]*`", "", code())
