from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.usecases.time_left import UNSURE, Left, estimate, parts_of, standing
from infrastructure.db.repositories.paces import Worked
from schemas.stages import PIPELINE, Stage

ALIKE = [(10.0, 40.0, 100.0, 10.0)] * 5
"""Five films that all went the same way: a sixteenth of the time read, a quarter drawn, and so on."""


def test_a_film_that_goes_as_others_did_takes_as_long_as_they() -> None:
    # Half of its pictures are drawn: 30 s of 160.
    assert estimate(1, 0.5, Worked(30.0, 20.0, 0.0), ALIKE) == Left(130.0, 130.0)
    # On a machine of half the speed, or of twice the length, everything takes twice as long.
    assert estimate(1, 0.5, Worked(60.0, 40.0, 0.0), ALIKE) == Left(260.0, 260.0)
    assert estimate(2, 0.0, Worked(50.0, 0.0, 0.0), ALIKE) == Left(110.0, 110.0)
    assert estimate(2, 0.75, Worked(125.0, 75.0, 0.0), ALIKE) == Left(35.0, 35.0)


def test_the_last_part_tells_of_no_shares_and_is_held_against_the_clock() -> None:
    assert estimate(3, 0.0, Worked(150.0, 0.0, 0.0), ALIKE) == Left(10.0, 10.0)
    assert estimate(3, 0.0, Worked(156.0, 6.0, 0.0), ALIKE) == Left(4.0, 4.0)
    # Overdue: at any moment, and never less than nothing.
    assert estimate(3, 0.0, Worked(190.0, 40.0, 0.0), ALIKE) == Left(0.0, 0.0)


def test_between_two_events_the_clock_runs_down_and_not_up() -> None:
    # Three quarters were told of after 125 s; what is done since nobody knows.
    lefts = [estimate(2, 0.75, Worked(125.0 + since, 75.0 + since, since), ALIKE) for since in (0.0, 5.0, 15.0, 60.0)]
    assert lefts == [Left(35.0, 35.0), Left(30.0, 30.0), Left(20.0, 20.0), Left(17.5, 17.5)]


def test_eight_in_ten_films_lie_between() -> None:
    films = [(10.0, 10.0, 10.0 * count, 0.0) for count in range(1, 12)]
    assert estimate(2, 0.0, Worked(20.0, 0.0, 0.0), films) == Left(20.0, 100.0)


def test_where_too_few_films_were_made_the_table_guesses_and_says_so() -> None:
    few = ALIKE[:4]
    guess = estimate(2, 0.0, Worked(48.0, 0.0, 0.0), few)
    assert guess == estimate(2, 0.0, Worked(48.0, 0.0, 0.0), [])
    # The first 48 percent of the table took 48 s.
    assert guess == Left(round(51 / UNSURE, 1), 51 * UNSURE)


def test_films_that_say_nothing_are_not_counted() -> None:
    assert estimate(2, 0.0, Worked(48.0, 0.0, 0.0), [(0.0, 0.0, 0.0, 0.0)] * 9) == estimate(
        2, 0.0, Worked(48.0, 0.0, 0.0), []
    )


def test_a_stage_is_in_a_part_and_progress_says_how_far() -> None:
    assert standing(Stage.SCRIPT, 3)[0] == 0
    assert standing(Stage.KEYFRAMES, 8) == (1, 0.0)
    assert standing(Stage.KEYFRAMES, 45) == (1, 1.0)
    assert standing(Stage.MOTION, 48) == (1, 1.0)
    assert standing(Stage.COMPOSITION, 70) == (2, 0.5)
    assert standing(Stage.POST, 92)[0] == 3
    assert {standing(row.stage, 0)[1] for row in PIPELINE} == {0.0, 1.0}  # never below nothing


def test_stages_are_summed_up_by_parts() -> None:
    assert parts_of({"script": 1.0, "prompts": 2.0, "keyframes": 3.0, "motion": 4.0, "composition": 5.0}) == (
        *(3.0, 7.0, 5.0),
        0.0,
    )


@given(
    at=st.integers(1, 3),
    shares=st.lists(st.floats(0.01, 1.0), min_size=2, max_size=9),
    films=st.lists(st.tuples(*[st.floats(0.1, 1000.0)] * 4), min_size=5, max_size=20),
)
def test_a_range_is_a_range_and_a_film_at_one_speed_is_never_told_to_take_longer(
    at: int, shares: list[float], films: list[tuple[float, ...]]
) -> None:
    """By the first film's own pace: what is left of it, among films that differ, is within all that they say."""
    before = None
    mine = films[0]
    for share in sorted(shares):
        done = 0.0 if at == 3 else share * mine[at]
        worked = Worked(sum(mine[:at]) + done, done, 0.0)
        left = estimate(at, share, worked, [mine] * 5)
        assert left is not None
        assert 0 <= left.least <= left.most
        assert left.most == pytest.approx(sum(mine) - worked.seconds, abs=0.2)
        assert before is None or left.most <= before + 0.2
        before = left.most
        wide = estimate(at, share, worked, films)
        assert wide is not None
        assert wide.least <= wide.most
