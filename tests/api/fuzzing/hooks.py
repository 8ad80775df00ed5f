"""What schemathesis is told, in its own process: who asks, whose things there are, and what came of each question.

Left to itself it would invent ids that nobody has. Here three of four questions that fit the document are asked about
things that are there, and the first of each operation is that of the matrix, which must succeed. Whoever asks is an
administrator where only those may, and somebody who may be lost where they sign out or leave.
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

from tests.api.fuzzing import METRICS, PREFIX
from tests.api.matrix import ADMINS, EVENT, MODERATORS, ROWS, Row
from tests.stripe_server import signature_of

_BRACES = re.compile(r"\{(\w+)\}")
_ROWS = {row.operation: row for row in ROWS}
_USES = {
    "POST /projects/{project_id}/references/{reference_id}/complete": {"reference_id": "uploaded_reference"},
    "POST /jobs/{job_id}/approve": {"job_id": "reviewed_job"},
}
"""What stands for a name, other than in the matrix."""
_LEAVES = {"POST /auth/logout", "DELETE /auth/me"}


class Asking:
    """Who asks what, and what came of it: all of one run."""

    def __init__(self, seeds: Mapping[str, Any], log: Path) -> None:
        """Read what was made for the run.

        Args:
            seeds: Of `tests.api.fuzzing.seeds`.
            log: Where each answer is written down.
        """
        self.pools: dict[str, list[str]] = seeds["pools"]
        self.apart: dict[str, dict[str, str]] = seeds["apart"]
        self.tokens: list[str] = seeds["tokens"]
        self.admins: list[str] = seeds["admins"]
        self.leaves: list[str] = seeds["leaves"]
        self.reads: str = seeds["reads"]
        self.stranger: bool = seeds["stranger"]
        self.lock = threading.RLock()
        self._log = log.open("a", encoding="utf-8")
        self._asked: Counter[str] = Counter()
        kinds = ("job_id", "waiting_job", "reviewed_job", "directed_job")
        self._open = {job for name in kinds for job in self.pools[name]}
        owned = ("project_id", "job_id", "waiting_job", "finished_job", "reviewed_job", "directed_job")
        self._owners = {thing for name in owned for thing in self.pools[name]}
        self._owners |= {things["project_id"] for things in self.apart.values() if "project_id" in things}

    def token(self, row: Row) -> str:
        """Who asks."""
        if row.path == "/metrics":
            return METRICS
        if row.operation in _LEAVES:
            return self.leaves.pop() if len(self.leaves) > 1 else self.leaves[0]
        if row.operation == "GET /auth/me/export":
            return self.reads
        return (self.admins if row.who in (ADMINS, MODERATORS) else self.tokens)[0]

    def aim(self, case: Case[Any], row: Row) -> None:
        """Let a question be about what is there."""
        if case.meta is None or case.meta.generation.mode is GenerationMode.POSITIVE:
            self._asked[row.operation] += 1
            turn = self._asked[row.operation]
            if turn == 1 or (turn % 16 == 0 and row.body is not None):
                self._as_the_matrix_does(case, row)
            elif turn % 4:
                for name in list(case.path_parameters):
                    case.path_parameters[name] = self._thing(row, name)
        if row.path.endswith("/events") and case.path_parameters.get("job_id") in self._open:
            # What happens to it has no end yet, and nobody here has the time.
            case.path_parameters["job_id"] = self.pools["finished_job"][0]

    def note(self, case: Case[Any], row: Row, response: Response) -> None:
        """Write down what came of a question."""
        if row.operation == "POST /jobs" and response.status_code == 202:
            self._open.add(response.json()["job_id"])
        if response.status_code == 401:
            for tokens in (self.tokens, self.admins):  # one of the questions has ended this very session
                if case.headers.get("Authorization") == f"Bearer {tokens[0]}" and len(tokens) > 1:
                    tokens.pop(0)
        self._log.write(json.dumps([row.operation, response.status_code, self.is_about_the_owners(case)]) + "\n")
        self._log.flush()

    def is_about_the_owners(self, case: Case[Any]) -> bool:
        """Whether something of the owner's is asked for, by its id."""
        return any(str(value) in self._owners for value in case.path_parameters.values())

    def _as_the_matrix_does(self, case: Case[Any], row: Row) -> None:
        case.path_parameters = {name: self._thing(row, name) for name in case.path_parameters}
        case.query = self._filled(row, row.query)
        for name, value in self._filled(row, row.headers).items():
            case.headers[name] = value
        if row.body is not None:
            case.body = row.body if row.body == EVENT else self._filled(row, row.body)
            case.media_type = "text/plain" if isinstance(row.body, str) else "application/json"

    def _filled(self, row: Row, value: Any) -> Any:
        if isinstance(value, str):
            return _BRACES.sub(lambda found: self._thing(row, found[1]), value)
        if isinstance(value, Mapping):
            return {key: self._filled(row, part) for key, part in value.items()}
        return value

    def _thing(self, row: Row, name: str) -> str:
        """Something that is there; what can be used once is used up, as long as there are several."""
        if name == "new_email":
            return f"{uuid.uuid4().hex}@example.org"
        if name == "stripe_signature":
            return signature_of(EVENT.encode())
        if name == "fresh_sha256":
            return uuid.uuid4().hex * 2
        if name in self.apart.get(row.operation, {}):
            return self.apart[row.operation][name]
        name = "of_references" if name == "project_id" and "{reference_id}" in row.path else name
        pool = self.pools.get(_USES.get(row.operation, {}).get(name) or row.uses.get(name, name))
        if pool is None:
            return uuid.uuid4().hex
        used_up = row.method == "DELETE" or (row.method == "POST" and name != "project_id")
        return pool.pop() if used_up and len(pool) > 1 else pool[0]


def row_of(case: Case[Any]) -> Row:
    """What the matrix says of the operation that is asked."""
    return _ROWS[case.operation.label.replace(PREFIX, "")]


ASKING = Asking(
    json.loads(Path(os.environ["STUDIO_FUZZ_SEEDS"]).read_text("utf-8")), Path(os.environ["STUDIO_FUZZ_LOG"])
)


@schemathesis.auth(refresh_interval=None)
class SignedIn:
    """Who asks."""

    def get(self, case: Case[Any], context: AuthContext) -> str:
        with ASKING.lock:
            return ASKING.token(row_of(case))

    def set(self, case: Case[Any], data: str, context: AuthContext) -> None:
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Let a question be about what is there."""
    case.headers["X-Forwarded-For"] = "10.2.2.2"
    with ASKING.lock:
        ASKING.aim(case, row_of(case))


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
    """Write down what came of it."""
    with ASKING.lock:
        ASKING.note(case, row_of(case), response)


@schemathesis.check
def nobody_elses(ctx: schemathesis.CheckContext, response: Response, case: Case[Any]) -> None:
    """A stranger gets nothing of what is the owner's."""
    if ASKING.stranger and row_of(case).who not in (ADMINS, MODERATORS) and ASKING.is_about_the_owners(case):
        assert not 200 <= response.status_code < 300, "a stranger was given what is the owner's"
