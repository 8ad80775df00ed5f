"""The pages while something goes wrong, in a browser, on a whole lab: it is told in words, and nothing is lost."""

from __future__ import annotations

import pytest

from cli.lab import Lab, LabState
from tests.e2e import test_pages

pytestmark = test_pages.pytestmark


@pytest.mark.timeout(1500)
def test_a_film_is_watched_to_its_end_though_the_network_is_cut_and_the_studio_restarted(
    lab: Lab, state: LabState
) -> None:
    assert "was watched to its end" in test_pages.walk("lost", lab, state)


@pytest.mark.timeout(1500)
def test_shots_that_were_given_up_are_tried_again_or_left_to_the_draft(lab: Lab, state: LabState) -> None:
    assert "was made after all" in test_pages.walk("attention", lab, state)


@pytest.mark.timeout(1500)
def test_what_nobody_should_hand_in_write_or_pay_with_is_answered_in_words(lab: Lab, state: LabState) -> None:
    assert "was answered in words" in test_pages.walk("refusals", lab, state)


@pytest.mark.timeout(1500)
def test_two_windows_on_one_film_do_nothing_twice_and_the_second_is_told(lab: Lab, state: LabState) -> None:
    assert "was anything done twice" in test_pages.walk("windows", lab, state)
