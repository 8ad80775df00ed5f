"""A film of thousands of shots, in a browser, on a whole lab."""

from __future__ import annotations

import pytest

from cli.lab import Lab, LabState
from tests.e2e import test_pages

pytestmark = test_pages.pytestmark


@pytest.mark.timeout(1500)
def test_of_a_film_of_thousands_of_shots_those_near_what_is_seen_are_in_the_page(lab: Lab, state: LabState) -> None:
    assert "was seen" in test_pages.walk("thousands", lab, state)
