"""The OpenAPI document: whole, as it is kept, and never breaking who relies on it unnoticed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest

from api.compatibility import breaks
from api.openapi import DOCUMENT, PROBLEM, current, media_of, operations, written

Document = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> Document:
    return current()


@pytest.fixture(scope="module")
def kept() -> Document:
    found: Document = json.loads(DOCUMENT.read_text("utf-8"))
    return found


def test_nothing_breaks_who_relies_on_the_document_that_is_kept(document: Document, kept: Document) -> None:
    assert breaks(kept, document) == []


def test_the_document_that_is_kept_is_that_of_the_code(document: Document) -> None:
    assert DOCUMENT.read_text("utf-8") == written(document), "run `python -m api.openapi`"


def test_every_body_and_every_answer_has_an_example_that_fits(document: Document) -> None:
    for name, operation in operations(document):
        for media in media_of(operation):
            assert "example" in media, name
            whole = {**media.get("schema", {}), "components": document["components"]}
            assert jsonschema_rs.is_valid(whole, media["example"], validate_formats=True), (name, media["example"])


def test_every_failure_is_a_problem(document: Document) -> None:
    for name, operation in operations(document):
        assert "default" in operation["responses"], name
        for status, answer in operation["responses"].items():
            if not status.startswith(("2", "3")) and status != "503":
                assert answer["content"] == {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}, name


def test_every_operation_is_named_described_and_says_who_may(document: Document) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    schemes = set(document["components"]["securitySchemes"])
    for name, operation in operations(document):
        assert operation["description"], name
        for one in operation.get("security", []):
            assert set(one) <= schemes
    public = {name for name, operation in operations(document) if "security" not in operation}
    about = {name for name in public if "{" in name}
    # Whoever comes from a provider, or goes there, is not signed in yet.
    assert about == {f"GET /api/v1/auth/oauth/{{provider}}/{way}" for way in ("start", "callback")}


def _at(document: Document, path: str) -> Any:
    found = document
    for part in path.split(" "):
        found = found[part]
    return found


def _removing(path: str, key: str) -> Callable[[Document], None]:
    return lambda document: _at(document, path).pop(key)


def _adding(path: str, key: str, value: Any) -> Callable[[Document], None]:
    return lambda document: _at(document, path).update({key: value})


_JOB = "components schemas JobShown"
_ORDER = "components schemas OrderFilm"
_PATCH = "paths /api/v1/projects/{project_id} patch"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_removing("paths /api/v1/jobs/{job_id}", "get"), "GET /api/v1/jobs/{job_id}: is gone"),
        (_removing("paths", "/version"), "GET /version: is gone"),
        (_removing(f"{_JOB} properties", "title"), "title is gone"),
        (_removing(f"{_ORDER} properties", "style"), "style is gone"),
        (_adding(_ORDER, "required", ["project_id", "style"]), "style must be sent now"),
        (_adding(_JOB, "required", ["job_id"]), "title may be missing now"),
        (_adding(f"{_JOB} properties progress", "type", "string"), "progress was integer, and is string"),
        (_adding(f"{_ORDER} properties width", "type", "string"), "width was integer, and is string"),
        (_adding("components schemas ProfileName", "enum", ["h264"]), "can no longer be"),
        (_adding("components schemas JobStatus", "enum", ["queued"]), "can no longer be"),
        (_adding(f"{_PATCH} responses", "200", {"description": "", "content": {}}), "is no longer application/json"),
        (_removing(f"{_PATCH} responses", "200"), "does not answer 200 any more"),
        (_adding("paths /version get", "security", [{"HTTPBearer": []}]), "one must be signed in now"),
        (_removing(_PATCH, "parameters"), "path project_id is gone"),
    ],
)
def test_what_breaks_is_named(document: Document, change: Callable[[Document], None], told: str) -> None:
    changed = copy.deepcopy(document)
    change(changed)
    assert any(told in one for one in breaks(document, changed)), breaks(document, changed)


@pytest.mark.parametrize(
    "change",
    [
        _adding("paths", "/api/v1/more", {"get": {"responses": {}}}),
        _adding(f"{_JOB} properties", "more", {"type": "string"}),
        _adding(f"{_ORDER} properties", "more", {"type": "string"}),
        lambda document: _at(document, "components schemas ProfileName enum").append("more"),
        _removing("paths /api/v1/jobs post", "description"),
    ],
)
def test_what_only_adds_breaks_nothing(document: Document, change: Callable[[Document], None]) -> None:
    changed = copy.deepcopy(document)
    change(changed)
    assert breaks(document, changed) == []


def test_a_number_that_must_be_sent_now_breaks(document: Document) -> None:
    changed = copy.deepcopy(document)
    parameters = changed["paths"]["/api/v1/jobs"]["get"]["parameters"]
    next(one for one in parameters if one["name"] == "limit")["required"] = True
    assert breaks(document, changed) == ["GET /api/v1/jobs: query limit must be sent now"]
