"""The main way through the pages by the keyboard alone, in a browser, on a whole lab."""

from __future__ import annotations

import pytest

from cli.lab import Lab, LabState
from tests.e2e import test_pages

pytestmark = test_pages.pytestmark


@pytest.mark.timeout(1500)
def test_a_film_is_made_changed_and_watched_without_a_mouse(lab: Lab, state: LabState) -> None:
    assert "No mouse was needed" in test_pages.walk("keyboard", lab, state)
