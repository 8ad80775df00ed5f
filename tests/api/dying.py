"""The API, in a process that dies once it has handled an event and before it has answered: `python -m tests.api.dying`.

What `studio api` would be if its power failed in the worst moment.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import uvicorn

from accounts.payments import handle_event
from api.routers import stripe
from infrastructure.settings import Settings
from schemas.payments import EventOutcome
from tests.api.unguarded import application


async def handle_and_die(*args: Any, **more: Any) -> EventOutcome:
    """Handle an event, its transaction committed, and be no more."""
    await handle_event(*args, **more)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a dead process goes on")


if __name__ == "__main__":
    vars(stripe)["handle_event"] = handle_and_die
    uvicorn.run(application(Settings()), host="127.0.0.1", port=int(sys.argv[1]), log_config=None)
