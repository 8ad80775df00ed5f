"""Reads and directs tens of thousands of wild scripts: `python -m tests.fuzz [HOW_MANY]`.

The same checks run on a few hundred scripts in the tests. Here nothing is remembered between runs, and each run
tries others.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from film.direction import direct
from film.script import decode, read
from schemas.enums import ElementKind
from schemas.errors import InputError
from tests.unit.direction.test_invariants import check_dialogue, check_references, check_times
from tests.unit.script.spans import check_coverage
from tests.valid import final_draft_of, fountain_of, mutated, row
from tests.wild import ANY_TEXT, MUTATED, MUTATED_XML, NAMES

ENOUGH = 50_000


def check_script(text: str, name: str) -> str:
    """Read and direct a script and check all that holds for every script.

    Args:
        text: What is handed in; surrogates that stand alone make it undecodable.
        name: The file's name.

    Returns:
        The format it was read as, or `refused` where it is refused with a named error. All else is raised.
    """
    try:
        decoded = decode(text.encode("utf-8", "surrogatepass"), name)
        play = read(decoded, name)
        check_coverage(decoded, play)
        film = direct(play)
    except InputError:
        return "refused"
    check_dialogue(film)
    check_times(film)
    check_references(film)
    return str(play.format)


def check_valid(script: int, seed: int, *, xml: bool) -> str:
    """Change a real screenplay in ways that keep it valid, and check that all of it is read, and nothing else.

    Args:
        script: Which screenplay.
        seed: What is done to it.
        xml: Whether it is written as Final Draft does, else as Fountain.

    Returns:
        What it was, for counting.
    """
    name = "a.fdx" if xml else "a.fountain"
    data, rows = (final_draft_of if xml else fountain_of)(mutated(script, seed), Random(seed))
    decoded = decode(data, name)
    play = read(decoded, name)
    assert [row(one) for one in play.elements if one.kind is not ElementKind.PAGE_BREAK] == rows
    check_coverage(decoded, play)
    film = direct(play)
    check_dialogue(film)
    check_times(film)
    check_references(film)
    return f"valid {play.format}"


def main(count: int) -> None:
    """Try `count` scripts and print one line about them."""
    seen: Counter[str] = Counter()
    began = time.monotonic()

    def attempt(text: str, name: str) -> None:
        seen[check_script(text, name)] += 1

    everything = settings(
        max_examples=count // 4,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )

    def complete(script: int, seed: int, xml: bool) -> None:
        seen[check_valid(script, seed, xml=xml)] += 1

    everything(given(ANY_TEXT, st.sampled_from(NAMES))(attempt))()
    everything(given(MUTATED, st.sampled_from(NAMES))(attempt))()
    everything(given(MUTATED_XML, st.just("a.fdx"))(attempt))()
    everything(given(st.integers(0, 999), st.integers(0, 2**40), st.booleans())(complete))()
    told = ", ".join(f"{number:,} {what}" for what, number in sorted(seen.items()))
    print(f"{sum(seen.values()):,} scripts in {time.monotonic() - began:.0f} s, nothing but named errors: {told}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENOUGH)
