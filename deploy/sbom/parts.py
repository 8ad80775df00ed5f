"""What an inventory consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""Of the repository."""


class Kind(StrEnum):
    """What a part is, by the names of CycloneDX."""

    LIBRARY = "library"
    APPLICATION = "application"
    PLATFORM = "platform"
    CONTAINER = "container"
    MODEL = "machine-learning-model"


@dataclass(frozen=True)
class Part:
    """Something of others that is delivered or fetched with this software.

    Attributes:
        name: As its publisher calls it.
        version: Of it.
        licence: An expression of SPDX, or `LicenseRef-…` for one that SPDX has no name for; empty where nobody says.
        purl: Its package URL.
        kind: What it is.
        needs: Names of parts that it stands on.
        facts: What else is known, such as how it was built.
    """

    name: str
    version: str
    licence: str
    purl: str
    kind: Kind = Kind.LIBRARY
    needs: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


class InventoryError(Exception):
    """An inventory cannot be made, or may not be: a sentence for people."""
