"""Reads the head of a safetensors file, and trusts nothing in it.

The format (github.com/huggingface/safetensors): 8 bytes, the head's length N, little-endian; N bytes of JSON that maps
each tensor's name to its type, shape and place; then the numbers, without gaps.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from schemas.errors import ModelRefused

MAX_HEAD = 100_000_000
"""Bytes; the format's own limit."""

_WIDTHS = {
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "F8_E8M0": 1,
    "I16": 2, "U16": 2, "F16": 2, "BF16": 2,
    "I32": 4, "U32": 4, "F32": 4,
    "I64": 8, "U64": 8, "F64": 8, "C64": 8,
}  # fmt: skip
"""Bytes of a number of each type."""

_PICKLES = ((b"PK\x03\x04", "a zip archive, as torch.save writes"), (b"\x80", "a pickle"), (b"\x1f\x8b", "a gzip file"))
"""How files begin that may run code when they are opened, and what they are."""


@dataclass(frozen=True)
class TensorHead:
    """What the head says of a tensor."""

    dtype: str
    shape: tuple[int, ...]


def looks_unsafe(start: bytes) -> str:
    """Tell a pickle by its first bytes, whatever it is called.

    Args:
        start: The file's first 16 bytes.

    Returns:
        What it looks like; empty for anything else.
    """
    for mark, what in _PICKLES:
        if start.startswith(mark) and (mark != b"\x80" or start[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05")):
            # The head of a safetensors file may be 0x…80 bytes long: then an opening brace follows the length.
            if mark == b"\x80" and start[8:9] == b"{":
                continue
            return what
    return ""


def read_tensors(path: Path) -> dict[str, TensorHead]:
    """Read which tensors a file holds, without reading their numbers.

    Args:
        path: A safetensors file.

    Returns:
        Each tensor's type and shape, by name.

    Raises:
        ModelRefused: It is missing, empty, cut short, a pickle, or no safetensors file.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(16)
            unsafe = looks_unsafe(start)
            if unsafe:
                raise _refuse(path, f"looks like {unsafe}, which may run code when it is opened")
            length = int.from_bytes(start[:8], "little")
            if len(start) < 10 or start[8:9] != b"{" or length > min(MAX_HEAD, size - 8):
                raise _refuse(path, _unreadable(start, length, size))
            file.seek(8)
            head = file.read(length)
    except OSError as error:
        raise ModelRefused(f"{path} cannot be read: {error.strerror or error}.") from error
    return _tensors(path, _decoded(path, head), size - 8 - length)


def _unreadable(start: bytes, length: int, size: int) -> str:
    if start[8:9] == b"{" and size - 8 < length <= MAX_HEAD:
        return f"is cut short: {size} bytes, and its head alone would be {length + 8}"
    return f"is no safetensors file ({size} bytes)"


def _decoded(path: Path, head: bytes) -> Mapping[str, Any]:
    try:
        entries = json.loads(head)
    except (ValueError, RecursionError) as error:
        raise _refuse(path, "has a head that is no JSON") from error
    if not isinstance(entries, dict):
        raise _refuse(path, "has a head that is no JSON object")
    return entries


def _tensors(path: Path, entries: Mapping[str, Any], room: int) -> dict[str, TensorHead]:
    """Check that each tensor's place fits its shape, and that all together fill the file."""
    found, spans = {}, []
    for name, entry in entries.items():
        if name == "__metadata__":
            continue
        try:
            dtype, shape, (begin, end) = entry["dtype"], entry["shape"], entry["data_offsets"]
            whole = all(type(number) is int and number >= 0 for number in (*shape, begin, end))
            fits = whole and end - begin == prod(shape) * _WIDTHS[dtype]
        except (KeyError, TypeError, ValueError):
            fits = False
        if not fits:
            raise _refuse(path, f"says something impossible of its tensor {name[:80]!r}")
        found[name] = TensorHead(dtype, tuple(shape))
        spans.append((begin, end))
    at = 0
    for begin, end in sorted(spans):
        if begin != at:
            raise _refuse(path, "has tensors that overlap or leave gaps")
        at = end
    if at > room:
        raise _refuse(path, f"is cut short: {room} bytes of numbers, and its head promises {at}")
    if at < room:
        raise _refuse(path, f"holds {room - at} bytes that belong to no tensor")
    return found


def _refuse(path: Path, what: str) -> ModelRefused:
    return ModelRefused(f"{path} {what}; fetch it again, as .safetensors.")
