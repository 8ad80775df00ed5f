"""PDF: where the words stand on the page tells what they are."""

from __future__ import annotations

import re

from film.script.apart import parse_apart
from film.script.decode import MAX_BYTES
from film.script.formats.blocks import Block, write_fountain
from film.script.formats.columns import measure
from film.script.formats.format import Format
from film.script.formats.layout import Layout
from film.script.formats.pages import prose
from film.script.formats.rows import Row, rows
from schemas.enums import ElementKind
from schemas.errors import InvalidScript

_HEAD = 1024
"""A PDF may begin with so many bytes of something else."""
_CREDIT = re.compile(
    r"(?:a |an |the )?(?:original )?(?:written|screenplay|teleplay|script|story|adapt|based|by\b)", re.I
)
_TITLE_ROWS = 30
_MORE_THAN_A_FEW = 2


def _holds(data: bytes) -> bool:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return True
    return b"%PDF-" in data[:_HEAD] and b"startxref" in data[-_HEAD:]


def _import(data: bytes, name: str) -> str:
    found = parse_apart("pdf_lines", data, name)
    text = text_of_pages(found["pages"], found["height"])
    if not text.strip():
        raise InvalidScript(f"{name} is a PDF in which there is nothing but page numbers: hand in its text.")
    if len(text.encode("utf-8")) > MAX_BYTES:
        raise InvalidScript(f"{name} holds more text than a script may have: split it into several films.")
    return text


def text_of_pages(pages: list[list[list[float | str]]], height: float) -> str:
    """Write a document's pages as text.

    Args:
        pages: For each page its runs (left, right, baseline, text), in points from its lower left corner.
        height: Of a page, in points.

    Returns:
        Fountain where the pages look like a screenplay's, else paragraphs divided by blank lines.
    """
    found = rows(pages, height)
    title, body = _title_page(found, height)
    columns = measure(body)
    if columns.slugs or columns.speeches >= _MORE_THAN_A_FEW:
        return write_fountain(_titles(title), Layout(body).blocks())
    return write_fountain({}, [Block(ElementKind.ACTION, words) for words in prose(found)])


def _title_page(found: list[Row], height: float) -> tuple[list[Row], list[Row]]:
    """Divide a title page from the rest: a first page that begins low and holds neither scene nor speech."""
    page = [row for row in found if row.page == found[0].page] if found else []
    if not page or len(page) == len(found) or len(page) > _TITLE_ROWS or page[0].y > height * 0.8:
        return [], found
    columns = measure(page)
    if columns.slugs or columns.speeches > 1:
        return [], found
    return page, found[len(page) :]


def _titles(page: list[Row]) -> dict[str, list[str]]:
    """The title page: the title, who wrote it, and all else as its contact."""
    if not page:
        return {}
    credit = next((at for at, row in enumerate(page) if at and _CREDIT.match(row.text)), None)
    if credit is None:
        steps = [above.y - row.y for above, row in zip(page, page[1:], strict=False)]
        end = next((at + 1 for at, step in enumerate(steps) if step > 1.6 * min(steps)), 1) if steps else 1
        return _without_empty({"Title": page[:end], "Contact": page[end:]})
    author = credit + 1
    end = next((at for at in range(author + 1, len(page)) if page[at].gap), len(page))
    return _without_empty(
        {"Title": page[:credit], "Credit": page[credit:author], "Author": page[author:end], "Contact": page[end:]}
    )


def _without_empty(titles: dict[str, list[Row]]) -> dict[str, list[str]]:
    return {key: [row.text for row in found] for key, found in titles.items() if found}


FORMAT = Format("PDF", frozenset({".pdf"}), holds=_holds, importer=_import)
