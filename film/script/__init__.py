"""Scripts: from the bytes handed in to elements with spans."""

from film.script.coverage import part_span
from film.script.decode import MAX_BYTES
from film.script.intake import ImportedText, Script, decode, import_text, open_script
from film.script.reader import read

__all__ = ["MAX_BYTES", "ImportedText", "Script", "decode", "import_text", "open_script", "part_span", "read"]
