"""The formats of scripts, as one table. A new format is one file here and one row."""

from film.script.formats import docx, fdx, fountain, markdown, pdf, prose, refused
from film.script.formats.format import Format, Reading

FORMATS: tuple[Format, ...] = (
    fdx.FORMAT,
    docx.FORMAT,
    pdf.FORMAT,
    *refused.FORMATS,
    fountain.FORMAT,
    markdown.FORMAT,
    prose.FORMAT,
)
"""In the order in which they are asked whether a file or a text is theirs. The last takes every text."""

__all__ = ["FORMATS", "Format", "Reading"]
