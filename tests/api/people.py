"""People of the tests: each a client of their own, as a browser or a program would be."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from infrastructure.db.engine import Database
from infrastructure.mail import Mail
from infrastructure.settings import Settings
from tests.mailbox import Mailbox
from workers.postman import deliver_once

PASSWORD = "correct horse battery"


class Studio:
    """A running studio."""

    def __init__(self, address: str, db: Database, box: Mailbox, mail: Mail, settings: Settings) -> None:
        self.address = address
        self.db = db
        self.box = box
        self.settings = settings
        self._mail = mail
        self._clients: list[httpx.AsyncClient] = []
        self._places = 0

    def client(self, token: str | None = None) -> httpx.AsyncClient:
        """Somebody from another place, who sends a token, or nothing."""
        self._places += 1
        place = f"10.0.{self._places // 250}.{self._places % 250 + 1}"
        headers = {"X-Forwarded-For": place} | ({"Authorization": f"Bearer {token}"} if token else {})
        client = httpx.AsyncClient(base_url=f"{self.address}/api/v1", headers=headers, timeout=120)
        self._clients.append(client)
        return client

    async def deliver(self) -> None:
        """Hand over all letters that are due."""
        while await deliver_once(self.db, self._mail):
            pass

    async def register(self, email: str, password: str = PASSWORD) -> dict[str, Any]:
        """Register somebody and open the link that they are mailed; return what signing in answers."""
        stranger = self.client()
        registered = await stranger.post("/auth/register", json={"email": email, "password": password})
        assert registered.status_code == 202, registered.text
        await self.deliver()
        body = {"token": self.box.secret(email), "password": password, "transport": "token"}
        verified = await stranger.post("/auth/verify", json=body)
        assert verified.status_code == 200, verified.text
        answer: dict[str, Any] = verified.json()
        return answer

    async def person(self, email: str) -> httpx.AsyncClient:
        """Somebody who has registered and is signed in, as a program is."""
        return self.client((await self.register(email))["access_token"])

    async def close(self) -> None:
        """Let everybody leave."""
        for client in self._clients:
            await client.aclose()


async def insist(ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Ask until the studio has time, as its `Retry-After` tells everybody to: many at once may be too many."""
    for _ in range(100):
        answer = await ask()
        if answer.status_code != 503:
            return answer
        await asyncio.sleep(0.2)
    return answer


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """See that an answer is a problem document of a status; return it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert told["request_id"] == answer.headers["x-request-id"]
    assert told["detail"]
    return told
