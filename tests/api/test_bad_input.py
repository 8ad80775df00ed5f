"""What nobody should send: refused in a sentence, wherever it comes, and never a failure of ours."""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from api.app import PREFIX
from api.openapi import current, operations
from tests.api.gate import Gate, role_for
from tests.api.matrix import PUBLIC, ROWS, Row
from tests.api.people import problem
from tests.api.things import somebody

pytestmark = pytest.mark.lab

IN_ADDRESSES = (
    *(
        "%00",
        "a%00b",
        "%ed%a0%80",
        "%ff%fe",
        "%0d%0aX-Evil:%201",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%5c..%5cboot.ini",
    ),
    *(
        "9" * 400,
        "-1",
        "1e999",
        "NaN",
        "0x10",
        "null",
        "%7B%22a%22:1%7D",
        "'%20OR%201=1--",
        "%25",
        "%F0%9F%8E%AC" * 500,
    ),
)
"""Percent-encoded, as they go over the wire."""

BODIES = [row for row in ROWS if isinstance(row.body, dict)]
_DOCUMENT = current()


def _by_operation(row: Row) -> str:
    return row.operation


def _parameters(row: Row) -> list[dict[str, Any]]:
    wanted = (row.operation, f"{row.method} {PREFIX}{row.path}")
    (operation,) = [operation for name, operation in operations(_DOCUMENT) if name in wanted]
    found: list[dict[str, Any]] = operation.get("parameters", [])
    return found


def _is_refused(answer: httpx.Response) -> None:
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        problem(answer, answer.status_code)


async def _person(gate: Gate, row: Row) -> tuple[dict[str, str], Callable[[Any], Any]]:
    who = await somebody(gate.stage, role=role_for(row))
    fill = await gate.filled(row, who)
    headers = {} if row.who == PUBLIC else {"Authorization": f"Bearer {await who.token()}"}
    return {**headers, **fill(row.headers)}, fill


@pytest.mark.parametrize("row", [row for row in ROWS if _parameters(row)], ids=_by_operation)
async def test_addresses_may_hold_anything(gate: Gate, row: Row) -> None:
    headers, fill = await _person(gate, row)
    body = fill(row.body)
    content: dict[str, Any] = {"content": body} if isinstance(body, str) else {} if body is None else {"json": body}
    for parameter in _parameters(row):
        for wild in IN_ADDRESSES:
            path, query = fill(row.path), ""
            if parameter["in"] == "path":
                path = fill(row.path.replace(f"{{{parameter['name']}}}", wild))
            elif parameter["in"] == "query":
                query = f"?{parameter['name']}={wild}"
            else:
                continue
            answer = await gate.client.request(row.method, f"{PREFIX}{path}{query}", headers=headers, **content)
            _is_refused(answer)
            if parameter["in"] == "path":
                assert answer.status_code in {404, 405, 422}


@pytest.mark.parametrize("row", [row for row in ROWS if _parameters(row)], ids=_by_operation)
async def test_headers_may_hold_anything(gate: Gate, row: Row) -> None:
    headers, fill = await _person(gate, row)
    body = fill(row.body)
    content: dict[str, Any] = {"content": body} if isinstance(body, str) else {} if body is None else {"json": body}
    for parameter in _parameters(row):
        if parameter["in"] == "header":
            for wild in (b"\xff\xfe", b"9" * 400, b"-1", b"99999999999999999999", b'"', b"W/", b"*", b"a\tb", b""):
                sent = {
                    **{name.lower(): value.encode() for name, value in headers.items()},
                    parameter["name"].lower(): wild,
                }
                answer = await gate.client.request(
                    row.method, PREFIX + fill(row.path), headers=list(sent.items()), **content
                )
                _is_refused(answer)


def _wild_bodies(row: Row, body: dict[str, Any]) -> Iterator[bytes]:
    """JSON that is no body of an operation, or barely."""
    for wild in (None, [], "text", 1, True, [body]):
        yield json.dumps(wild).encode()
    for name in body or ("seed",):
        for raw in (
            *(
                r'"a\u0000b"',
                r'"\ud800"',
                r'"\udfff\ud800"',
                "1e999",
                "-1e999",
                "NaN",
                "Infinity",
                "1" * 5000,
                "{}",
                "[]",
            ),
            *("[" * 500 + "]" * 500, '{"a":' * 500 + "1" + "}" * 500, '"' + "x" * 60_000 + '"', "true", "null", "-0"),
        ):
            kept = "".join(f", {json.dumps(key)}: {json.dumps(value)}" for key, value in body.items() if key != name)
            yield f"{{{json.dumps(name)}: {raw}{kept}}}".encode()
    yield '{"a": 1}'.encode("utf-16")
    yield b'{"a": 1}garbage'
    yield b"[" * 60_000


@pytest.mark.parametrize("row", BODIES, ids=_by_operation)
async def test_bodies_may_hold_anything(gate: Gate, row: Row) -> None:
    headers, fill = await _person(gate, row)
    for body in _wild_bodies(row, fill(row.body)):
        answer = await gate.client.request(
            row.method,
            PREFIX + fill(row.path),
            content=body,
            headers={**headers, "Content-Type": "application/json", "X-Forwarded-For": "10.3.3.3"},
        )
        _is_refused(answer)
        if row.body and body.startswith((b"[", b'"', b"\xff", b"1", b"true")):
            assert answer.status_code in {400, 413, 422}, body[:80]


@pytest.mark.parametrize("row", BODIES, ids=_by_operation)
async def test_bodies_of_other_kinds_are_refused(gate: Gate, row: Row) -> None:
    headers, fill = await _person(gate, row)
    whole = json.dumps(fill(row.body) or {"seed": 1}).encode()
    for kind, body, more in (
        ("text/plain", whole, {}),
        ("application/x-www-form-urlencoded", b"title=x&email=a%40b.c", {}),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
            {},
        ),
        ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', {}),
        ("application/json", gzip.compress(whole), {"Content-Encoding": "gzip"}),
        ("application/json", gzip.compress(b"0" * 10_000_000), {"Content-Encoding": "gzip"}),
        ("application/json", whole, {"Content-Encoding": "br, gzip"}),
        ("application/json", b"0" * 10_000_000, {}),
        ("nonsense", whole, {}),
    ):
        answer = await gate.client.request(
            row.method, PREFIX + fill(row.path), content=body, headers={**headers, "Content-Type": kind, **more}
        )
        assert answer.status_code in {400, 413, 415, 422}, (kind, answer.status_code, answer.text)
        problem(answer, answer.status_code)


async def test_who_uses_a_wrong_method_is_told_all_right_ones(gate: Gate) -> None:
    for path, methods in (
        ("/api/v1/jobs", "GET, POST"),
        (f"/api/v1/projects/{uuid.uuid4()}", "DELETE, GET, PATCH"),
        ("/healthz", "GET"),
    ):
        answer = await gate.client.request("OPTIONS", path)
        problem(answer, 405)
        assert answer.headers["allow"] == methods


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/projects", {"title": 1}),
        ("/projects", {"title": True}),
        ("/auth/api-keys", {"name": "x", "scopes": "read"}),
        ("/auth/api-keys", {"name": "x", "scopes": ["all"]}),
        ("/auth/api-keys", {"name": "x", "expires_at": "2031-01-01T00:00:00"}),
        ("/auth/api-keys", {"name": "x", "expires_at": "9999-12-31T23:59:59-23:00"}),
        ("/auth/api-keys", {"name": "x", "expires_at": 4102444800}),
        ("/jobs", {"width": "640"}),
        ("/jobs", {"seed": True}),
        ("/jobs", {"review": 1}),
        ("/jobs", {"runtime_s": True}),
        ("/jobs", {"fps": True}),
    ],
)
async def test_bodies_are_taken_at_their_word(gate: Gate, path: str, body: dict[str, Any]) -> None:
    who = await somebody(gate.stage)
    whole = {**body, "project_id": await who.thing("project_id")} if path == "/jobs" else body
    headers = {"Authorization": f"Bearer {await who.token()}", "Idempotency-Key": uuid.uuid4().hex}
    told = problem(await gate.client.post(PREFIX + path, json=whole, headers=headers), 422)
    assert told["errors"][0]["pointer"].startswith(f"/{list(body)[-1]}")


async def test_names_of_files_are_never_paths(gate: Gate) -> None:
    who = await somebody(gate.stage)
    path = f"{PREFIX}/projects/{await who.thing('project_id')}/script"
    headers = {"Authorization": f"Bearer {await who.token()}"}
    for name in ("../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "a\x00.fdx", "\u202ecod.exe", "....//", "."):
        answer = await gate.client.put(path, params={"name": name}, content=b"INT. A - DAY\n\nB.\n", headers=headers)
        assert answer.status_code in {201, 422}, answer.text
        if answer.status_code == 201:
            kept = answer.json()["file_name"]
            assert kept
            assert "/" not in kept
            assert kept.isprintable()
