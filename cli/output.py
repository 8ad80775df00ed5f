"""What the commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic import BaseModel


def say(line: str) -> None:
    """Print a line of the result."""
    sys.stdout.write(f"{line}\n")


def say_json(value: BaseModel | dict[str, Any]) -> None:
    """Print one JSON object."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")


def tell(line: str) -> None:
    """Print a remark that is no part of the result."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def complain(sentence: str) -> None:
    """Print an error, as one sentence."""
    tell(f"studio: {sentence}")
