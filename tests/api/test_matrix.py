"""Who may do what, asked of the running API, for every operation that it has."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from api.app import PREFIX
from api.openapi import current, example_of, operations
from infrastructure.db.tables import UserRow
from tests.api.gate import Gate, role_for, targets
from tests.api.matrix import ADMINS, MODERATORS, PUBLIC, ROWS, Caller, Row
from tests.api.things import Somebody, Stage, somebody
from tests.api.unguarded import application

pytestmark = pytest.mark.lab


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return current()


def _by_operation(row: Row) -> str:
    return row.operation


def test_every_operation_has_an_expectation_and_every_expectation_an_operation(document: dict[str, Any]) -> None:
    expected = [row.operation for row in ROWS]
    assert len(expected) == len(set(expected))
    assert {name.replace(PREFIX, "") for name, _ in operations(document)} == set(expected)


def test_no_operation_is_left_out_of_the_document(stage: Stage) -> None:
    app = application(stage.settings)
    documented = {name for name, _ in operations(app.openapi())}
    served = {f"{method} {path}" for method, path in _routes(app.routes)}
    assert documented <= served
    assert served - documented == {f"GET {PREFIX}/openapi.json", f"HEAD {PREFIX}/openapi.json"}


def _routes(routes: Any, prefix: str = "") -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for route in routes:
        if hasattr(route, "original_router"):  # as FastAPI keeps a router that was included
            found |= _routes(route.original_router.routes, prefix + route.include_context.prefix)
        else:
            found |= {(method, prefix + route.path) for method in route.methods}
    return found


def test_there_are_enough_of_them() -> None:
    assert sum(len(targets(row)) * len(Caller) for row in ROWS) >= 600


@pytest.mark.parametrize("row", ROWS, ids=_by_operation)
async def test_everybody_gets_what_is_expected(gate: Gate, row: Row) -> None:
    assert [mismatch async for mismatch in gate.mismatches(row)] == []


FORBIDDEN: dict[str, object] = {
    "role": "admin",
    "tier": "studio",
    "credits": 1_000_000,
    "status": "completed",
    "email_verified_at": "2026-11-29T18:30:00Z",
    "disabled_at": None,
    "scopes": ["read", "write"],
}
"""What somebody would give themselves if they could."""


def _fields(document: dict[str, Any]) -> dict[str, object]:
    """All fields of all answers, and all columns of people and films, each with a value that it might have."""
    schemas = document["components"]["schemas"]
    found: dict[str, object] = {}
    for schema in schemas.values():
        found |= {name: example_of(part, schemas, name) for name, part in schema.get("properties", {}).items()}
    columns = UserRow.metadata.tables
    found |= {
        column.name: "1"
        for table in ("users", "projects", "jobs", "scripts", "sessions", "api_keys", "webhooks", "webhook_deliveries")
        for column in columns[table].columns
        if column.name not in found
    }
    return found | FORBIDDEN


def _own_fields(row: Row, document: dict[str, Any]) -> set[str]:
    path = row.path if PREFIX + row.path not in document["paths"] else PREFIX + row.path
    schema = document["paths"][path][row.method.lower()]["requestBody"]["content"]["application/json"]["schema"]
    parts = [one["$ref"] for one in (schema, *schema.get("anyOf", ())) if "$ref" in one]
    return {name for ref in parts for name in document["components"]["schemas"][ref.rpartition("/")[2]]["properties"]}


WITH_BODY = [row for row in ROWS if isinstance(row.body, dict)]


@pytest.mark.parametrize("row", WITH_BODY, ids=_by_operation)
async def test_nobody_gives_themselves_anything(gate: Gate, row: Row, document: dict[str, Any]) -> None:
    """Every field of every answer, sent along with a body: refused by name, and nothing has changed."""
    who, token, fill = await _asking(gate, row)
    before = await _standing(gate.stage, who)
    fields = _fields(document)
    assert len(fields) > 60
    for name in sorted(fields.keys() - _own_fields(row, document)):
        answer = await gate.send(row, fill, token, more={name: fields[name]})
        assert answer.status_code == 422, f"{name}: {answer.status_code} {answer.text}"
        assert [fault["pointer"] for fault in answer.json()["errors"]] == [f"/{name}"]
    assert await _standing(gate.stage, who) == before


CHANGING = [row for row in ROWS if row.method != "GET" and row.who not in (ADMINS, MODERATORS)]


@pytest.mark.parametrize("row", CHANGING, ids=_by_operation)
async def test_nothing_is_given_by_query_or_header_either(gate: Gate, row: Row) -> None:
    who, token, fill = await _asking(gate, row)
    other = await somebody(gate.stage)
    before = await _standing(gate.stage, who)
    more = {name: str(value) for name, value in FORBIDDEN.items()} | {"user_id": str(other.user_id)}
    asked = Row(row.operation, row.who, row.own, body=row.body, query={**row.query, **more}, headers=row.headers)
    answer = await gate.send(asked, fill, token)
    assert answer.status_code in {row.own, 422}, answer.text
    # Of what was there before, nothing belongs to somebody else, is worth more or stands otherwise, unless it is gone.
    after = await _standing(gate.stage, who)
    for kind, rows in after.items():
        assert all(before[kind].get(key, value) == value for key, value in rows.items())
    assert (await _standing(gate.stage, other))["projects"] == {}


async def _asking(gate: Gate, row: Row) -> tuple[Somebody, str | None, Callable[[Any], Any]]:
    who = await somebody(gate.stage, role=role_for(row))
    await who.thing("project_id")
    await who.thing("finished_job")
    token = None if row.who == PUBLIC else await who.token()
    return who, token, await gate.filled(row, who)


async def _standing(stage: Stage, who: Somebody) -> dict[str, dict[str, str]]:
    """What somebody is and has, without what a rightful change would change."""
    asked = {
        "users": "SELECT user_id AS id, role, tier, credits, disabled_at, email FROM users WHERE user_id = :who",
        "projects": "SELECT project_id AS id, user_id, status FROM projects WHERE user_id = :who",
        "jobs": "SELECT job_id AS id, user_id, status, progress, version FROM jobs WHERE user_id = :who",
    }
    found = {}
    async with stage.db.begin() as session:
        for name, statement in asked.items():
            rows = (await session.execute(text(statement), {"who": who.user_id})).mappings().all()
            found[name] = {str(row["id"]): json.dumps(dict(row), default=str) for row in rows}
    return found
