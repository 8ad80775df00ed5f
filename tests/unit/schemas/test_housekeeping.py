"""Rounds of chores, written by one version and read by another."""

from __future__ import annotations

from schemas.housekeeping import Chore, HousekeepingInput


def test_chores_of_a_later_version_are_left_to_it() -> None:
    written = '{"chores":["sweep_store","wash_the_windows","forget_bygones"]}'
    assert HousekeepingInput.model_validate_json(written).chores == (Chore.SWEEP_STORE, Chore.FORGET_BYGONES)
