"""What schemathesis is told, in its own process: who asks, whose things there are, and what came of each question.

Left to itself it would invent ids that nobody has. Here every other question that fits the document is asked about
things that are there, and the first of each operation is that of the matrix, which must succeed.
"""

from __future__ import annotations

import json
import os
import re
import threading
import uuid
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import AuthContext, Case, GenerationMode, HookContext, Response

from tests.api.matrix import ROWS, Row

PREFIX = "/api/v1"
_BRACES = re.compile(r"\{(\w+)\}")
_ROWS = {row.operation: row for row in ROWS}
_SEEDS: dict[str, Any] = json.loads(Path(os.environ["STUDIO_FUZZ_SEEDS"]).read_text("utf-8"))
_LOG = Path(os.environ["STUDIO_FUZZ_LOG"]).open("a", encoding="utf-8")
_POOLS: dict[str, list[str]] = _SEEDS["pools"]
_TOKENS: list[str] = _SEEDS["tokens"]
_STRANGER = bool(_SEEDS["stranger"])
_lock = threading.RLock()
_asked: Counter[str] = Counter()
_open_films = {*_POOLS["job_id"], *_POOLS["waiting_job"]}


def row_of(case: Case[Any]) -> Row:
    """What the matrix says of the operation that is asked."""
    return _ROWS[case.operation.label.replace(PREFIX, "")]


@schemathesis.auth(refresh_interval=None)
class SignedIn:
    """Who asks: a session that goes on, and one of its own for each that signs out."""

    def get(self, case: Case[Any], context: AuthContext) -> str:
        with _lock:
            return _TOKENS.pop() if row_of(case).path == "/auth/logout" and len(_TOKENS) > 10 else _TOKENS[0]

    def set(self, case: Case[Any], data: str, context: AuthContext) -> None:
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Let a question be about what is there."""
    row = row_of(case)
    case.headers["X-Forwarded-For"] = "10.2.2.2"
    with _lock:
        if case.meta is None or case.meta.generation.mode is GenerationMode.POSITIVE:
            _asked[row.operation] += 1
            turn = _asked[row.operation]
            if turn == 1 or (turn % 16 == 0 and row.body is not None):
                _ask_as_the_matrix_does(case, row)
            elif turn % 4 or row.path.endswith("/events"):
                for name in list(case.path_parameters):
                    case.path_parameters[name] = _thing(row, name)
        if row.path.endswith("/events") and case.path_parameters.get("job_id") in _open_films:
            # What happens to it has no end yet, and nobody here has the time.
            case.path_parameters["job_id"] = _POOLS["finished_job"][0]


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
    """Write down what came of it."""
    row = row_of(case)
    with _lock:
        if row.operation == "POST /jobs" and response.status_code == 202:
            _open_films.add(response.json()["job_id"])
        if response.status_code == 401 and case.headers.get("Authorization") == f"Bearer {_TOKENS[0]}":
            _TOKENS.pop(0)  # one of the questions has ended this very session
        _LOG.write(json.dumps([row.operation, response.status_code, _is_about_the_owners(case)]) + "\n")
        _LOG.flush()


@schemathesis.check
def nobody_elses(ctx: schemathesis.CheckContext, response: Response, case: Case[Any]) -> None:
    """A stranger gets nothing of what is the owner's."""
    if _STRANGER and _is_about_the_owners(case) and response.status_code != 404:
        assert not 200 <= response.status_code < 300, "a stranger was given what is the owner's"


def _is_about_the_owners(case: Case[Any]) -> bool:
    known = {thing for name in ("project_id", "job_id", "waiting_job", "finished_job") for thing in _POOLS[name]}
    return any(str(value) in known for value in case.path_parameters.values())


def _ask_as_the_matrix_does(case: Case[Any], row: Row) -> None:
    case.path_parameters = {name: _thing(row, name) for name in case.path_parameters}
    case.query = _filled(row, row.query)
    for name, value in _filled(row, row.headers).items():
        case.headers[name] = value
    if row.body is not None:
        case.body = _filled(row, row.body)
        case.media_type = "text/plain" if isinstance(row.body, str) else "application/json"


def _filled(row: Row, value: Any) -> Any:
    if isinstance(value, str):
        return _BRACES.sub(lambda found: _thing(row, found[1]), value)
    if isinstance(value, Mapping):
        return {key: _filled(row, part) for key, part in value.items()}
    return value


def _thing(row: Row, name: str) -> str:
    """Something that is there; what can be used once is used up, as long as there are several."""
    if name == "new_email":
        return f"{uuid.uuid4().hex}@example.org"
    pool = _POOLS.get(row.uses.get(name, name))
    if pool is None:
        return uuid.uuid4().hex
    used_up = row.method == "DELETE" or (row.method == "POST" and name != "project_id")
    return pool.pop() if used_up and len(pool) > 1 else pool[0]
