"""Documents for tests, made by the libraries that people's programs are made of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Inches
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas
from screenplain.export.pdf import Settings, get_standard_font_settings, to_pdf
from screenplain.parsers import fountain

COLUMNS = {"action": 1.5, "dialogue": 2.5, "parenthetical": 3.1, "cue": 3.7, "transition": 6.0}
"""Where screenwriting programs print, in inches from the left edge."""


def pdf_of(text: str) -> bytes:
    """Print Fountain by screenplain, in the Courier that every PDF reader has."""
    file = io.BytesIO()
    to_pdf(fountain.parse(io.StringIO(text)), file, settings=Settings(font_settings=get_standard_font_settings()))
    return file.getvalue()


def printed(pages: Sequence[Sequence[tuple[float, float, str]]], password: str | None = None) -> bytes:
    """Print words at places: for each page (inches from the left, lines from the top of the body, words)."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=letter, encrypt=password)
    for page in pages:
        canvas.setFont("Courier", 12)
        for left, line, words in page:
            canvas.drawString(left * 72, 792 - 72 - 10 - 12 * line, words)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a Word document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def styled_docx(paragraphs: Iterable[tuple[str, str]]) -> bytes:
    """Write a Word document of paragraphs (style, words), with the styles that it needs."""
    document = docx.Document()
    for style, words in paragraphs:
        if style not in [known.name for known in document.styles]:
            document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph(words, style=style)
    return saved(document)


def indented_docx(paragraphs: Iterable[tuple[str, str]]) -> bytes:
    """Write a Word document of paragraphs (column, words) that only their indents tell apart."""
    document = docx.Document()
    for column, words in paragraphs:
        if column in ("action", "cue", "transition"):
            document.add_paragraph()
        paragraph = document.add_paragraph(words)
        paragraph.paragraph_format.left_indent = Inches(COLUMNS[column] - 1.5)
    return saved(document)


def repacked(data: bytes, **parts: bytes) -> bytes:
    """A Word document with some parts of its folder `word` replaced, or added; dots of names are written `__`."""
    names = {f"word/{name.replace('__', '.')}": content for name, content in parts.items()}
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for part in old.infolist():
            if part.filename not in names:
                new.writestr(part, old.read(part))
        for name, content in names.items():
            new.writestr(name, content)
    return file.getvalue()
