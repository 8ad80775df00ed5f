"""Asks as everybody about everything, and says where the answer is another than `matrix` expects."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import text

from schemas.people import Scope
from tests.api.matrix import ADMINS, AT_ROOT, MODERATORS, NOBODY, PUBLIC, Caller, Row, Target
from tests.api.things import THINGS, Somebody, Stage, somebody

PREFIX = "/api/v1"
_BRACES = re.compile(r"\{(\w+)\}")
_ROLES = {Caller.MODERATOR: "moderator", Caller.ADMIN: "admin"}
_CHANGES = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass
class Gate:
    """A running API, and people who ask it."""

    stage: Stage
    client: httpx.AsyncClient
    _people: dict[Caller, Somebody] = field(default_factory=dict)

    async def mismatches(self, row: Row) -> AsyncIterator[str]:
        """Ask as everybody, and yield a sentence for each answer that is not as expected."""
        another = await self._another(row)
        for caller in Caller:
            hidden: dict[Target, object] = {}
            for target in targets(row):
                answer, seen = await self._asked(row, caller, target, another)
                cell = f"{row.operation}, {caller}, {target}"
                expected = row.expected(caller, target)
                if answer.status_code != expected:
                    yield f"{cell}: {answer.status_code} instead of {expected}: {answer.text[:200]}"
                elif told := _leaks(answer, another, row, caller):
                    yield f"{cell}: tells {told} of somebody else"
                if target is not Target.OWN and row.anothers == row.missing:
                    hidden[target] = seen
            if len({json.dumps(one, sort_keys=True) for one in hidden.values()}) > 1:
                yield f"{row.operation}, {caller}: what is another's and what is missing answer differently: {hidden}"
            if row.method in _CHANGES and row.anothers // 100 == 2:
                another = await self._another(row)

    async def ask(self, row: Row, who: Somebody, token: str | None, target: Target = Target.OWN) -> httpx.Response:
        """Ask one question about somebody's things."""
        return await self.send(row, await self._filled(row, who, target), token)

    async def send(
        self, row: Row, fill: Callable[[Any], Any], token: str | None, *, more: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        """Send a row's request, with further fields in its body, if any are given."""
        path = fill(row.path)
        body = fill(row.body)
        content = (
            {"content": body} if isinstance(body, str) else {} if body is None else {"json": {**body, **(more or {})}}
        )
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return await self.client.request(
            row.method,
            path if row.path in AT_ROOT else PREFIX + path,
            params=fill(row.query),
            headers={**headers, **fill(row.headers), "X-Forwarded-For": "10.1.1.1"},
            **content,
        )

    async def filled(self, row: Row, who: Somebody) -> Callable[[Any], Any]:
        """Make what a request holds of somebody's things."""
        return await self._filled(row, who, Target.OWN)

    async def _filled(self, row: Row, who: Somebody, target: Target) -> Callable[[Any], Any]:
        words = {}
        for name in _names(row):
            maker = row.uses.get(name, name)
            missing = target is Target.MISSING and maker in THINGS
            words[name] = str(uuid.uuid4()) if missing else await who.thing(maker)
        return lambda value: _fill(value, words)

    async def _asked(
        self, row: Row, caller: Caller, target: Target, another: Somebody
    ) -> tuple[httpx.Response, dict[str, Any]]:
        changes = row.method in _CHANGES and target is Target.OWN and caller in row.who
        who = await self._caller(caller, fresh=changes)
        token = await _token(who, caller)
        if row.who == PUBLIC:
            about = await somebody(self.stage)  # what is public asks for nobody in particular: a guest of its own
        else:
            about = another if target is Target.ANOTHERS else who
            about.made.pop("fresh", None)
        answer = await self.ask(row, about, token, target)
        seen = {"status": answer.status_code, "headers": sorted(answer.headers), "body": _body(answer)}
        return answer, seen

    async def _caller(self, caller: Caller, *, fresh: bool) -> Somebody:
        if fresh or caller not in self._people:
            self._people[caller] = await somebody(self.stage, role=_ROLES.get(caller, "user"))
        return self._people[caller]

    async def _another(self, row: Row) -> Somebody:
        another = await somebody(self.stage)
        for name in _names(row):
            if row.uses.get(name, name) in THINGS:
                await another.thing(row.uses.get(name, name))
        # What lists might show besides.
        for name in ("project_id", "finished_job", "session_id", "key_id", "told_webhook", "delivery_id"):
            await another.thing(name)
        return another


def role_for(row: Row) -> str:
    """The least role of those who may."""
    return "admin" if row.who in (ADMINS, MODERATORS) else "user"


def targets(row: Row) -> tuple[Target, ...]:
    """About what one can ask: about what is nobody's, there is but one question."""
    about = any(row.uses.get(name, name) in THINGS for name in _names(row))
    return tuple(Target) if about and row.who != PUBLIC else (Target.OWN,)


async def _token(who: Somebody, caller: Caller) -> str | None:
    match caller:
        case Caller.ANONYMOUS:
            return None
        case Caller.EXPIRED:
            return await who.token(expired=True)
        case Caller.KEY_READ:
            return await who.key(Scope.READ)
        case Caller.KEY_WRITE:
            return await who.key(Scope.WRITE)
    token = await who.key(*Scope) if caller is Caller.DISABLED_KEY else await who.token()
    if caller in NOBODY:
        async with who.stage.db.begin() as session:
            await session.execute(
                text("UPDATE users SET disabled_at = clock_timestamp() WHERE user_id = :user_id"),
                {"user_id": who.user_id},
            )
    return token


def _names(row: Row) -> Iterator[str]:
    parts = [row.path, json.dumps(row.query), json.dumps(dict(row.headers)), json.dumps(row.body)]
    return iter(dict.fromkeys(_BRACES.findall(" ".join(parts))))


def _fill(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _BRACES.sub(lambda found: words[found[1]], value)
    if isinstance(value, Mapping):
        return {key: _fill(part, words) for key, part in value.items()}
    return value


def _leaks(answer: httpx.Response, another: Somebody, row: Row, caller: Caller) -> str:
    """Find what an answer tells of somebody else's things, to whom that is none of their business."""
    if caller in row.who <= MODERATORS:
        return ""
    secrets = {"email": another.email, "user": str(another.user_id)}
    secrets |= {name: thing for name, thing in another.made.items() if name in THINGS}
    return ", ".join(name for name, secret in secrets.items() if secret in answer.text)


def _body(answer: httpx.Response) -> Any:
    if not answer.content or not answer.headers.get("content-type", "").endswith("json"):
        return answer.text
    body = answer.json()
    return {key: value for key, value in body.items() if key != "request_id"} if isinstance(body, dict) else body
