"""How much a test tries: all of it in `make test`, less in `make check`, which must end within a minute."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def tries(full: int, quick: int) -> int:
    """Choose how many examples a test tries: `quick` of them where `make check` asks for speed, else `full`."""
    return quick if os.environ.get("STUDIO_CHECK") else full


def some(everything: Iterable[T], one_in: int = 4) -> list[T]:
    """Choose what a test tries of all there is: one in `one_in` where `make check` asks for speed, else everything."""
    return list(everything)[:: tries(1, one_in)]
