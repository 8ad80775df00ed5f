"""A process of its own: finds the paragraphs of a Word document. DOCX on standard input, JSON on standard output.

It knows the standard library and python-docx alone. The answer is `{"found": [[style, text, indent, alignment], …]}`
in the order of the document: the style's name, what is read (deletions left out, insertions taken in), the first
line's distance from the margin in points, and `left`, `center`, `right` or `both`; or `{"refused": "…"}`, the rest of
a sentence that begins with the file's name.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

MEMORY = 1 << 30
"""Address space, in bytes."""
CPU_S = 6
MAX_UNPACKED = 64 * 1024 * 1024
"""Of all parts together, in bytes."""
MAX_PART = 16 * 1024 * 1024
"""Of one part of XML, in bytes: three times the text a script may have."""
MAX_PARTS = 5_000
MAX_PARAGRAPHS = 60_000
"""A novel of 200,000 words has some 6,000."""
MAX_WRITTEN = 50_000
"""Most paragraphs that hold text: as many elements as a script may have."""
MAX_PARAGRAPH = 100_000
"""Longest paragraph, in characters."""
MAX_CHARACTERS = 5 * 1024 * 1024

_CHUNK = 1 << 16
_DOCTYPE = re.compile(
    b"<!\\s*(?:DOCTYPE|ENTITY)|" + "<!DOCTYPE".encode("utf-16-le") + b"|" + "<!DOCTYPE".encode("utf-16-be")
)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([^"']{0,40})""")
_UNICODE = {b"utf-8", b"utf-16", b"us-ascii", b"ascii"}


class Refused(Exception):
    """The document is not read; the text is the rest of a sentence."""


def limit(memory: int, cpu_s: int) -> None:
    """Bound this process: memory, time, and that it can write nothing but its answer."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def find(data: bytes) -> list[list[Any]]:
    """Find all paragraphs that hold text, and the empty ones between them.

    Raises:
        Refused: The archive is damaged, holds macros, or unpacks to more than a script needs.
    """
    _check(data)
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, AttributeError) as error:
        raise Refused("is a damaged DOCX document: open it in Word and save it again.") from error
    found = list(_paragraphs(document))
    if sum(len(text) for _, text, *_ in found) > MAX_CHARACTERS:
        raise Refused("is a DOCX document with more text than a script may have: split it into several films.")
    if not any(text.strip() for _, text, *_ in found):
        raise Refused("is a DOCX document without text: write a script into it first.")
    return found


def _check(data: bytes) -> None:
    """Look at the archive before anything in it is believed, and unpack it once without keeping it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                raise Refused("is a Word document with macros, which are never opened: save it as DOCX without them.")
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("is an encrypted archive: save the document without a password and hand that in.")
            sizes = [part.file_size for part in parts]
            if len(parts) > MAX_PARTS or sum(sizes) > MAX_UNPACKED:
                raise _too_large(sum(sizes))
            budget = MAX_UNPACKED
            for part in parts:
                budget -= _check_part(archive, part, budget)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, KeyError) as error:
        raise Refused("is a damaged DOCX document, cut short perhaps: hand it in again.") from error


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: int) -> int:
    """Unpack one part, and see that it is not longer than it says, nor declares what parts may not.

    Returns:
        Its size in bytes.
    """
    xml = part.filename.lower().endswith((".xml", ".rels"))
    size = 0
    tail = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > budget or (xml and size > MAX_PART):
                raise _too_large(size)
            if xml:
                _check_markup(tail + chunk, first=not tail)
                tail = chunk[-32:]
            if part.filename == "[Content_Types].xml" and b"macroEnabled" in chunk:
                raise Refused("is a Word document with macros, which are never opened: save it as DOCX without them.")
    return size


def _check_markup(chunk: bytes, *, first: bool) -> None:
    declared = _ENCODING.match(chunk.lstrip(b"\xef\xbb\xbf")) if first else None
    if _DOCTYPE.search(chunk) or (declared and declared[1].lower() not in _UNICODE):
        raise Refused(
            "is a DOCX document that declares entities or an encoding that Word never writes: save it again in Word."
        )


def _too_large(size: int) -> Refused:
    return Refused(
        f"is a DOCX document that unpacks to {size // 2**20} MiB or more, at most {MAX_UNPACKED // 2**20} are read: "
        "remove its pictures and save it again."
    )


def _paragraphs(document: Any) -> Iterator[list[Any]]:
    """All paragraphs, those of tables, content controls and text boxes with them, in the order of the document."""
    from docx.oxml.ns import qn

    paragraph = qn("w:p")
    count = sum(1 for _ in document.element.body.iter(paragraph))
    if count > MAX_PARAGRAPHS:
        raise Refused(f"is a DOCX document of {count:,} paragraphs, at most {MAX_PARAGRAPHS:,} are read: split it.")
    left_out = {qn(tag) for tag in ("w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange")}
    left_out.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
    breaks = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
    words = qn("w:t")
    inner = left_out | {qn("w:txbxContent"), qn("w:pPr"), qn("w:rPr")}
    styles = _Styles(document)
    written = 0
    for element in _shown(document.element.body, paragraph, left_out):
        text = "".join(_text(element, words, breaks, inner))
        written += not text.isspace() and text != ""
        if written > MAX_WRITTEN:
            raise Refused(
                f"has more than the {MAX_WRITTEN:,} paragraphs with text that a script may have: split it into several "
                "films."
            )
        style, indent, alignment = styles.of(element)
        yield [style, text, indent, alignment]


def _shown(body: Any, paragraph: str, left_out: set[str]) -> Iterator[Any]:
    """The paragraphs that are not within something that was deleted or stands there twice."""
    stack = [body]
    while stack:
        element = stack.pop()
        if element.tag == paragraph:
            yield element
        for child in reversed(element):
            tag = child.tag
            if tag == paragraph or (len(child) and tag not in left_out):
                stack.append(child)


def _text(element: Any, words: str, breaks: dict[str, str], left_out: set[str]) -> Iterator[str]:
    """The text of a paragraph, without what was deleted, and without the paragraphs of text boxes within it."""
    stack = list(reversed(element))
    length = 0
    while stack:
        child = stack.pop()
        tag = child.tag
        if tag == words:
            length += len(child.text or "")
            if length > MAX_PARAGRAPH:
                raise Refused(f"has a paragraph of more than {MAX_PARAGRAPH:,} characters: break it into paragraphs.")
            yield child.text or ""
        elif tag in breaks:
            yield breaks[tag]
        elif tag not in left_out:
            stack.extend(reversed(child))


class _Styles:
    """What styles say, each looked up once: a document has few and uses them often."""

    def __init__(self, document: Any) -> None:
        from docx.oxml.ns import qn

        self._body = document._body
        self._telling = {qn("w:pStyle"), qn("w:ind"), qn("w:jc")}
        self._known: dict[tuple[Any, ...], tuple[str, float, str]] = {}
        self._styles: dict[str | None, tuple[str, tuple[Any, Any, Any]]] = {}

    def of(self, element: Any) -> tuple[str, float, str]:
        """A paragraph's style by its name, its first line's indent in points, and its alignment."""
        said = element.pPr
        told = () if said is None else (one for one in said if one.tag in self._telling)
        key = tuple((one.tag, *one.items()) for one in told)
        if key not in self._known:
            self._known[key] = self._look(element)
        return self._known[key]

    def _look(self, element: Any) -> tuple[str, float, str]:
        from docx.text.paragraph import Paragraph

        paragraph = Paragraph(element, self._body)
        style = element.style
        if style not in self._styles:
            found = paragraph.style
            self._styles[style] = (str(found.name or "") if found is not None else ""), self._inherited(found)
        name, inherited = self._styles[style]
        own = _format(paragraph.paragraph_format) if element.pPr is not None else (None, None, None)
        left, first, alignment = _first(own, inherited)
        indent = (left.pt if left is not None else 0) + (first.pt if first is not None else 0)
        words = {1: "center", 2: "right", 3: "both"}.get(int(alignment), "left") if alignment is not None else "left"
        return name, round(float(indent), 1), words

    def _inherited(self, style: Any) -> tuple[Any, Any, Any]:
        """What a style says, and where it says nothing those that it is based on."""
        said: tuple[Any, Any, Any] = (None, None, None)
        for _ in range(12):
            if style is None or not hasattr(style, "paragraph_format"):
                break
            said = _first(said, _format(style.paragraph_format))
            style = style.base_style
        return said


def _first(nearer: tuple[Any, Any, Any], farther: tuple[Any, Any, Any]) -> tuple[Any, Any, Any]:
    """What the nearer format says, and where it says nothing the farther."""
    left, first, alignment = (near if near is not None else far for near, far in zip(nearer, farther, strict=True))
    return left, first, alignment


def _format(look: Any) -> tuple[Any, Any, Any]:
    return look.left_indent, look.first_line_indent, look.alignment


def main() -> None:
    """Read, find, answer."""
    data = sys.stdin.buffer.read()
    limit(MEMORY, CPU_S)
    try:
        answer: dict[str, Any] = {"found": find(data)}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
