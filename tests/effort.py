"""How much a test tries: all of it in `make test`, less in `make check`, which must end within a minute."""

from __future__ import annotations

import os


def tries(full: int, quick: int) -> int:
    """Choose how many examples a test tries: `quick` of them where `make check` asks for speed, else `full`."""
    return quick if os.environ.get("STUDIO_CHECK") else full
