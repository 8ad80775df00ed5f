"""A film that is watched while it is made, and handed on by a link, in a browser, on a whole lab."""

from __future__ import annotations

import pytest

from cli.lab import Lab, LabState
from tests.e2e import test_pages

pytestmark = test_pages.pytestmark


@pytest.mark.timeout(1500)
def test_a_film_is_watched_while_it_grows_and_handed_on_when_it_is_whole(lab: Lab, state: LabState) -> None:
    assert "was watched while it grew" in test_pages.walk("growing", lab, state)
