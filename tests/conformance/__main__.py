"""Prints the conformance of the reader as tables: `python -m tests.conformance`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table

from tests.conformance.agreement import Comparison, comparisons, explanations
from tests.conformance.rows import Counts
from tests.conformance.scripts import PUBLIC, Case, jouvence_cases, result, screenplain_cases


def main() -> int:
    """Print the tables.

    Returns:
        0 where every case passes and every disagreement is explained, else 1.
    """
    console = Console()
    if not PUBLIC.is_dir():
        console.print(f"The public scripts are not here: they are looked for in {PUBLIC.parent.name}/{PUBLIC.name}.")
        return 1
    cases = [*jouvence_cases(), *screenplain_cases()]
    good = _cases(console, cases)
    return 0 if _agreement(console, list(comparisons())) and good else 1


def _cases(console: Console, cases: Sequence[Case]) -> bool:
    table = Table("suite", "case", "elements", "result", title="What a script must become", show_edge=False)
    passed = 0
    for suite, group in groupby(cases, key=lambda case: case.suite):
        for number, case in enumerate(group):
            got = result(case)
            good = got == (case.expected, case.title)
            passed += good
            table.add_row("" if number else suite, case.name, str(len(got[0])), "pass" if good else "[red]FAIL")
    console.print(table)
    console.print(f"{passed} of {len(cases)} pass\n")
    return passed == len(cases)


def _agreement(console: Console, found: Sequence[Comparison]) -> bool:
    """One row a file and reader; then each disagreement with its reason."""
    table = Table("script", "other reader", *(f"{name}" for name in Counts._fields), "elements alike", show_edge=False)
    table.title = "What other readers make of the same files: ours, and theirs where it differs"
    for one in found:
        pairs = zip(one.ours, one.theirs, strict=True)
        cells = [str(here) if here == there else f"{here} [yellow]({there})" for here, there in pairs]
        table.add_row(one.file, one.reader, *cells, f"{one.alike} of {one.elements}")
    console.print(table)
    reasons = explanations()
    seen = [one for comparison in found for one in comparison.disagreements]
    why = Table("script", "other reader", "ours", "theirs", "because", title="Disagreements", show_edge=False)
    stale = sorted(reasons.keys() - set(seen))
    for case in seen:
        why.add_row(*case, reasons.get(case, "[red]not explained"))
    for case in stale:
        why.add_row(*case, "[red]explained, but it no longer occurs")
    console.print(why)
    unexplained = sum(case not in reasons for case in seen)
    console.print(
        f"{len(seen)} disagreements, {unexplained} without an explanation, {len(stale)} explanations too many"
    )
    return not unexplained and not stale


if __name__ == "__main__":
    sys.exit(main())
