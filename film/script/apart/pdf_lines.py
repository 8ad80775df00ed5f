"""A process of its own: finds where the words of a PDF stand. PDF on standard input, JSON on standard output.

It knows the standard library and pypdfium2 alone. The answer is `{"found": {"width", "height", "pages"}}`: sizes of
the first page in points, and for each page its runs `[left, right, baseline, text]`, in points from the left and from
the bottom, in the order of the content; or `{"refused": "…"}`, the rest of a sentence that begins with the file's name.
"""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
import time
from typing import Any

MEMORY = 1 << 30
"""Address space, in bytes."""
CPU_S = 6
PAGE_S = 0.5
"""Longest time one page may take to be laid out, in seconds of CPU; one of a screenplay takes some 5 ms."""
_FIRST_PAGES = 20
"""After so many it is reckoned whether all of them can be read in time."""
MAX_PAGES = 1_500
MAX_CHARACTERS = 5 * 1024 * 1024
MAX_PAGE = 50_000
"""Most characters of one page: a broadsheet newspaper has some 30,000."""

_SAME_LINE = 2.0
"""Baselines closer than this, in points, are one."""
_GAP = 1.6
"""A run ends where the next letter is further away than so many letters are wide."""
_LINE_HYPHENS = {0x02, 0xAD, 0xFFFE}
"""How a hyphen is reported at which a word was divided."""


class Refused(Exception):
    """The PDF is not read; the text is the rest of a sentence."""


def limit(memory: int, cpu_s: int) -> None:
    """Bound this process: memory, time, and that it can write nothing but its answer."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def find(data: bytes) -> dict[str, Any]:
    """Find all runs of a PDF.

    Raises:
        Refused: It is encrypted, damaged, without text, or too long.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("is a PDF with a password: save it without one and hand that in.") from error
        raise Refused("is a damaged PDF, which cannot be opened: export it again and hand that in.") from error
    if count > MAX_PAGES:
        raise Refused(f"is a PDF of {count:,} pages, at most {MAX_PAGES:,} are read: split it into several.")
    pages: list[list[tuple[float, float, float, str]]] = []
    left = MAX_CHARACTERS
    width, height = 612.0, 792.0
    began = time.process_time()
    for number in range(count):
        if number >= _FIRST_PAGES and (time.process_time() - began) / number * count > CPU_S:
            raise Refused(
                f"is a PDF whose {count:,} pages take too long to lay out: export it again without its drawings, or "
                "split it."
            )
        # Nothing can interrupt the library but the kernel: it ends the process.
        signal.setitimer(signal.ITIMER_PROF, PAGE_S)
        try:
            page = document[number]
            words = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise Refused(f"is a damaged PDF: page {number + 1} cannot be read; export it again.") from error
        signal.setitimer(signal.ITIMER_PROF, 0)
        if words.count_chars() > MAX_PAGE:
            raise Refused(f"has more than {MAX_PAGE:,} characters on page {number + 1}: hand in its text.")
        left -= words.count_chars()
        if left < 0:
            raise Refused("is a PDF with more text than a script may have: split it into several films.")
        if not pages:
            width, height = page.get_size()
        pages.append(_runs(words))
        words.close()
        page.close()
    if not any(run[3].strip() for runs in pages for run in runs):
        raise Refused(
            "is a PDF without text, as a scanner makes them: run text recognition (OCR) over it, or hand in text."
        )
    return {"width": width, "height": height, "pages": pages}


def _runs(words: Any) -> list[tuple[float, float, float, str]]:
    """Divide a page's letters into runs: each on one line, without a gap that is wider than a space."""
    import pypdfium2.raw as raw

    runs: list[tuple[float, float, float, str]] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    low, right_edge, *rest = [ctypes.c_double() for _ in range(4)]
    box = tuple(map(ctypes.byref, (low, right_edge, *rest)))
    origin = tuple(map(ctypes.byref, (x, y)))
    page = words.raw
    unicode_of, origin_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharOrigin, raw.FPDFText_GetCharBox
    size_of = raw.FPDFText_GetFontSize
    letters: list[str] = []
    left = right = line = 0.0
    size = 6.0
    high = 0
    for index in range(words.count_chars()):
        code = unicode_of(page, index)
        if code in (0x0D, 0x0A):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        letter = "\xad" if code in _LINE_HYPHENS else chr(code)
        if letter.isspace():
            if letters:
                letters.append(" ")
            continue
        if not origin_of(page, index, *origin):
            continue
        box_of(page, index, *box)
        here = x.value
        if letters and (abs(y.value - line) > _SAME_LINE or not -size * 2 < here - right < size * _GAP):
            runs.append(_run(letters, left, right, line))
            letters = []
        if not letters:
            left, line = here, y.value
        size = max(2.0, size_of(page, index) * 0.6)
        right = max(right_edge.value, here + size * 0.5)
        letters.append(letter)
    if letters:
        runs.append(_run(letters, left, right, line))
    return runs


def _run(letters: list[str], left: float, right: float, line: float) -> tuple[float, float, float, str]:
    return round(left, 1), round(right, 1), round(line, 1), " ".join("".join(letters).split())


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
