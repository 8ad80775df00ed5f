"""Tables of patterns are looked up by the words their rows begin with, and find what each row finds by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.prompting.gates import letters_of
from film.prompting.happenings import HAPPENINGS
from film.prompting.openings import Opening, Table, needed, openings, spelled
from film.prompting.phrases import PHRASES
from film.prompting.sheets import CLOTHES, LETTERS_OF_CLOTHES
from film.prompting.traits import SIGNS
from film.prompting.verbs import VERBS
from tests.effort import tries

_ROWS = [pattern for pattern, _ in PHRASES] + [pattern for _, pattern in HAPPENINGS]
_TABLE = Table(_ROWS)
_WORDS = (
    sorted(set(re.findall("[a-z]+", " ".join(row.pattern for row in _ROWS)))) + list(VERBS)[:200] + [".", ",", "'s"]
)


def _one_by_one(text: str) -> list[tuple[int, tuple[int, int]]]:
    found = ((number, row.search(text)) for number, row in enumerate(_ROWS))
    return [(number, match.span()) for number, match in found if match]


def _together(text: str) -> list[tuple[int, tuple[int, int]]]:
    return [(number, match.span()) for number, match in _TABLE.found(text)]


@settings(max_examples=tries(1500, 150), deadline=None)
@given(st.data())
def test_a_table_finds_what_its_rows_find(data: st.DataObject) -> None:
    said = data.draw(st.from_regex(data.draw(st.sampled_from(_ROWS)), fullmatch=True))
    text = f"{data.draw(st.sampled_from(_WORDS))} {said} {data.draw(st.sampled_from(_WORDS))}".lower()
    assert _together(text) == _one_by_one(text)


@given(st.lists(st.sampled_from(_WORDS), max_size=20), st.sampled_from([" ", "  ", "-", "_", "é", "'"]))
def test_a_table_finds_nothing_else(words: Sequence[str], between: str) -> None:
    for text in (" ".join(words), between.join(words)):
        assert _together(text) == _one_by_one(text)


def test_a_word_without_end_is_no_beginning() -> None:
    for word in ("s" * 100_000, "explosion" * 10_000):
        assert _together(word) == _one_by_one(word)


def test_openings_are_the_words_that_a_pattern_may_begin_with() -> None:
    assert openings(r"\b(?:s[ia]ts? (?:\w+ )?on|explo\w+|(?:the )?lights?\b|(?<!candle )burns?)") == {
        *(Opening(word, closed=True, whole=True) for word in ("sit", "sits", "sat", "sats", "the", "light", "lights")),
        Opening("explo", closed=True),
        Opening("burn"),
        Opening("burns"),
    }


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:in the (?:\w+ )?saddle|mounts? up)", {"saddle", "mount", "mounts"}),
        (r"\b(?:looks?|peers?)\b[^.]{0,40}(?:out of|through) (?:the|a) (?:\w+ )?windows?\b", {"window", "windows"}),
        (r"\b(?:on|at) (?:his|her) (?:knees|back\b(?! door))", {"knees", "back"}),
        (r"\bsits? (?:down )?(?!here)at the captain's table", {"captain"}),
        (r"\bwith (?:a )?(?:sword|s[ia]bres?)", {"sword", "sabre", "sabres", "sibre", "sibres"}),
        (r"\bexplo\w+", {"explo"}),
    ],
)
def test_a_pattern_needs_its_rarest_words(pattern: str, words: set[str]) -> None:
    assert needed(pattern) == words


@settings(max_examples=tries(1500, 150), deadline=None)
@given(st.data())
def test_what_a_pattern_matches_holds_what_it_needs(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(_ROWS))
    words = re.findall(r"\w+", data.draw(st.from_regex(row, fullmatch=True)))
    assert any(word.startswith(tuple(needed(row.pattern))) for word in words)


@given(st.text() | st.text(st.characters(max_codepoint=127)))
def test_letters_are_parted_at_all_that_is_none(text: str) -> None:
    assert letters_of(text) == re.findall("[a-z]+", text.casefold())


@pytest.mark.parametrize("pattern", [r"\w+ on", "(?:a )?", ".", "[^a]x", "(?:a|) b", r"\b"])
def test_a_pattern_that_may_begin_with_any_word_is_in_no_table(pattern: str) -> None:
    with pytest.raises(ValueError, match="may begin with any word"):
        Table([re.compile(pattern)])


def test_a_pattern_without_repetitions_is_spelled_out() -> None:
    assert spelled("shel(?:f|ves)|harbou?r|k[ie]n") == {"shelf", "shelves", "harbour", "harbor", "kin", "ken"}
    with pytest.raises(ValueError, match="stands for more than words"):
        spelled(r"explo\w+")


@settings(max_examples=tries(600, 100), deadline=None)
@given(st.data())
def test_no_sign_is_missed_for_want_of_its_letters(data: st.DataObject) -> None:
    sign = data.draw(st.sampled_from(SIGNS))
    assert sign.may_be_in(data.draw(st.from_regex(sign.words, fullmatch=True)).casefold())


@settings(deadline=None)
@given(st.from_regex(CLOTHES, fullmatch=True))
def test_no_clothes_are_missed_for_want_of_their_letters(word: str) -> None:
    assert any(letters in word.casefold() for letters in LETTERS_OF_CLOTHES)
