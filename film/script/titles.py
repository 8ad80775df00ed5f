"""Titles of scripts that have none."""

from __future__ import annotations

import re
from pathlib import PurePath


def stem(name: str) -> str:
    """Make a title of a file's name: `the_last-ferry.fountain` becomes `The Last Ferry`."""
    words = re.sub(r"[\s_\-]+", " ", PurePath(name).stem).strip()
    return words.title() if words.islower() or words.isupper() else words or "Untitled"
