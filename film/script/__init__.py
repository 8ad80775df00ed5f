"""Scripts: from the bytes handed in to elements with spans."""

from film.script.coverage import part_span
from film.script.decode import MAX_BYTES, decode
from film.script.reader import read

__all__ = ["MAX_BYTES", "decode", "part_span", "read"]
