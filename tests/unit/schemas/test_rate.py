"""Frame rates: read as people write them, kept exactly, counted as timecode."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.jobs import FilmOptions
from schemas.rate import NTSC, Rate, counted_rate, drops_frames, name_of_rate, read_rate, seconds_of, timecode

RATES: list[Rate] = [1, 24, 25, 30, 50, 60, *NTSC.values()]


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        (24, 24),
        ("24", 24),
        (25.0, 25),
        ("23.976", Fraction(24000, 1001)),
        ("23.98", Fraction(24000, 1001)),
        (23.976023976023978, Fraction(24000, 1001)),
        ("24000/1001", Fraction(24000, 1001)),
        (29.97, Fraction(30000, 1001)),
        ("59.94", Fraction(60000, 1001)),
        ("48/2", 24),
    ],
)
def test_rates_are_read_as_people_write_them(written: Any, rate: Rate) -> None:
    found = read_rate(written)
    assert found == rate
    assert isinstance(found, type(rate))


@pytest.mark.parametrize(
    "written",
    ["", "fast", "0", "-24", "121", "25.5", "1/0", "9" * 100, "1e999", float("nan"), True, None],
)
def test_what_is_no_rate_is_refused_in_words(written: Any) -> None:
    with pytest.raises(ValueError, match=r"is no frame rate: films have 1 to 120 whole frames a second, or 23\.976"):
        read_rate(written)
    with pytest.raises(ValidationError):
        FilmOptions(fps=written)


@pytest.mark.parametrize("rate", RATES)
def test_a_document_keeps_a_rate_exactly(rate: Rate) -> None:
    text = FilmOptions(fps=rate).model_dump_json()
    assert FilmOptions.model_validate_json(text).fps == rate
    assert read_rate(name_of_rate(rate)) == rate


def test_a_whole_rate_is_written_as_it_always_was() -> None:
    assert FilmOptions().model_dump(mode="json")["fps"] == 24
    assert FilmOptions(fps=Fraction(24)).model_dump(mode="json")["fps"] == 24
    assert FilmOptions(fps="29.97").model_dump(mode="json")["fps"] == "30000/1001"


@pytest.mark.parametrize(
    ("frame", "rate", "name"),
    [
        (0, "24", "00:00:00:00"),
        (23, "24", "00:00:00:23"),
        (24 * 3661 + 5, "24", "01:01:01:05"),
        (24 * 3600, "23.976", "01:00:00:00"),
        (1799, "29.97", "00:00:59;29"),
        (1800, "29.97", "00:01:00;02"),
        (17981, "29.97", "00:09:59;29"),
        (17982, "29.97", "00:10:00;00"),
        (107892, "29.97", "01:00:00;00"),
        (3600, "59.94", "00:01:00;04"),
        (215784, "59.94", "01:00:00;00"),
    ],
)
def test_timecode_is_that_of_smpte(frame: int, rate: str, name: str) -> None:
    assert timecode(frame, read_rate(rate)) == name


@given(st.integers(0, 24 * 3600 * 60), st.sampled_from(RATES))
def test_each_frame_has_a_timecode_of_its_own(frame: int, rate: Rate) -> None:
    here, after = timecode(frame, rate), timecode(frame + 1, rate)
    assert here < after or here.startswith("99")
    assert int(here[-2:]) < counted_rate(rate)
    if drops_frames(rate):  # It stays with the clock: within two frames of a minute's numbers, and 0.1 s a day.
        hours, minutes, seconds = (int(part) for part in here.replace(";", ":").split(":")[:3])
        assert abs(hours * 3600 + minutes * 60 + seconds - seconds_of(frame, rate)) < 1.3
