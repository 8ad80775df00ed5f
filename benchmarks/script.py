"""What reading a screenplay costs: `python -m benchmarks.script`.

Reads screenplays of 10, 100 and 1,000 pages, and directs them. Prints one JSON object: the time a page at 1,000 pages
over that at 10, milliseconds of CPU time a page at each length, medians of `RUNS` runs.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

from film.direction import direct
from film.script import read
from tests.screenplays import write

PAGES = (10, 100, 1_000)
RUNS = 5


def measure() -> dict[str, float]:
    """Read and direct screenplays of each length, in turns."""
    texts = {pages: write(pages, pages).text for pages in PAGES}
    found: dict[str, float] = {}
    for name, work in (("read", _read), ("read_and_direct", _direct)):
        per_page = {pages: statistics.median(_ms(work, texts[pages]) for _ in range(RUNS)) / pages for pages in PAGES}
        found[f"{name}_page_1000_over_10"] = per_page[1_000] / per_page[10]
        found |= {f"{name}_ms_per_page_at_{pages}": ms for pages, ms in per_page.items()}
    ratios = sorted(found, key=lambda key: "over" not in key)
    return {key: round(found[key], 3) for key in ratios}


def _read(text: str) -> None:
    read(text, "a.fountain")


def _direct(text: str) -> None:
    direct(read(text, "a.fountain"))


def _ms(work: Callable[[str], None], text: str) -> float:
    began = time.process_time()
    work(text)
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
