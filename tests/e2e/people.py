"""Somebody who registers at the lab as users do: over HTTP, with the link out of a letter."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import httpx

from cli.lab import Lab, LabState

T = TypeVar("T")
DEADLINE_S = 400
PASSWORD = "correct horse battery"


@contextmanager
def registered(lab: Lab, state: LabState, address: str) -> Iterator[httpx.Client]:
    """Register.

    Args:
        lab: The lab.
        state: Its addresses.
        address: Nobody else's in this lab.

    Yields:
        A client of `/api/v1` that is signed in.
    """
    with httpx.Client(base_url=state.config.url("api") + "/api/v1", timeout=120) as client:
        until(lambda: _answering(client, state.config.url("api")))
        assert client.post("/auth/register", json={"email": address, "password": PASSWORD}).is_success
        secret = until(lambda: _letter(lab.root / "mail" / "new", address))
        body = {"token": secret, "password": PASSWORD, "transport": "token"}
        token = client.post("/auth/verify", json=body).raise_for_status().json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def until(there: Callable[[], T | None]) -> T:
    """Ask until something is there: what starts, and what is posted, has no other sign."""
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        found = there()
        if found is not None:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come")


def _answering(client: httpx.Client, url: str) -> bool | None:
    try:
        return client.get(f"{url}/healthz").is_success or None
    except httpx.TransportError:
        return None


def _letter(folder: Path, address: str) -> str | None:
    """The secret of the link in a letter, once it is there."""
    letters = [letter.read_text() for letter in folder.glob("*")] if folder.is_dir() else []
    own = [text for text in letters if address in text]
    return next((found[1] for text in own if (found := re.search(r"login/verify#([\w-]+)", text))), None)
