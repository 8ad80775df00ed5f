"""Parsers of hostile files, each in a process of its own that cannot take more than it is given."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from schemas.errors import InvalidScript

WALL_S = 30
"""Longest time a file may take by the clock, in seconds, on a busy machine; its own limit of CPU time comes first."""


def parse_apart(parser: str, data: bytes, name: str) -> Any:
    """Run one of the parsers of this folder on a file.

    The process reads the file from its standard input, knows nothing of this project, and limits its own memory and
    time before it looks at the first byte: whatever the file does to it, it ends.

    Args:
        parser: Name of the parser's file, without its suffix.
        data: The file.
        name: Its name, for messages.

    Returns:
        What the parser found; its own docstring says in which shape.

    Raises:
        InvalidScript: The parser gave up, with its sentence, or was stopped.
    """
    command = [sys.executable, "-P", str(Path(__file__).with_name(f"{parser}.py"))]
    try:
        ended = subprocess.run(command, input=data, capture_output=True, timeout=WALL_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise _too_much(name) from error
    if ended.returncode != 0:
        raise _too_much(name)
    answer = json.loads(ended.stdout)
    if "refused" in answer:
        raise InvalidScript(f"{name} {answer['refused']}")
    return answer["found"]


def _too_much(name: str) -> InvalidScript:
    return InvalidScript(
        f"{name} is damaged, or takes more memory or time to read than a script may: "
        "export it again, or as plain text or Fountain, and hand that in."
    )
