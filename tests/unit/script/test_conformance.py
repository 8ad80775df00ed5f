"""Scripts nobody here wrote, and two other readers of Fountain as second opinions: see `tests/conformance`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conformance.agreement import comparisons, explanations
from tests.conformance.rows import Row, counts, ours
from tests.conformance.scripts import PUBLIC, READERS, Case, jouvence_cases, result, screenplain_cases
from tests.effort import tries

needs_scripts = pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public scripts of ../shared/scripts are not here")
_CASES = [*jouvence_cases(), *screenplain_cases()] if PUBLIC.is_dir() else [Case("", "none", "", [])]


@needs_scripts
@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case.suite} {case.name}")
def test_a_script_becomes_what_it_must(case: Case) -> None:
    assert result(case) == (case.expected, case.title)


@needs_scripts
def test_every_disagreement_with_another_reader_is_explained() -> None:
    found = {one for comparison in comparisons() for one in comparison.disagreements}
    assert found == set(explanations())


_SPEECHES = st.tuples(
    st.sampled_from(["ANNA", "BO (V.O.)", "OLD BO (on the radio)", "DR. CRANE (CONT'D)", "@McCoy", "R2D2"]),
    st.sampled_from(["Hello.", "(softly)\nWho is it?", "One.\n(a beat)\nTwo, *three*.", "It's 12 o'clock!\nRun!"]),
).map("\n".join)
_SCENES = st.tuples(
    st.sampled_from(["INT. HOUSE - DAY", "EXT. SEA--NIGHT", "I/E. CAR - DUSK #4A#", ".SNIPER SCOPE", "int. attic"]),
    st.lists(
        st.one_of(
            _SPEECHES,
            st.sampled_from(["The door opens.", "BANG!", "He runs.\nShe waits.", "!INT. NOT THIS", "> Centred <"]),
            st.sampled_from(["CUT TO:", "> Burn to white.", "SMASH CUT TO:", "A line [[with a note]].", "/* gone */"]),
        ),
        max_size=8,
    ),
).map(lambda parts: "\n\n".join([parts[0], *parts[1]]))


@pytest.mark.parametrize("other", READERS.values(), ids=READERS)
@settings(max_examples=tries(80, 8))
@given(text=st.lists(_SCENES, min_size=1, max_size=6).map("\n\n".join))
def test_counts_what_other_readers_count(text: str, other: Callable[[str], list[Row]]) -> None:
    assert counts(ours(text)) == counts(other(text))
