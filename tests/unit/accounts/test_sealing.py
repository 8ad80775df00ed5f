"""Secrets that are sealed."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from accounts.sealing import WEBHOOKS, Sealer
from infrastructure.settings import Settings
from schemas.errors import Conflict, LabError

OLD, NEW = SecretStr("o" * 40), SecretStr("n" * 40)


def test_what_is_sealed_is_opened_by_the_same_installation_for_the_same_use_alone() -> None:
    sealer = Sealer(Settings(auth_secret=OLD), WEBHOOKS)
    sealed = sealer.seal("whsec_x")
    assert b"whsec_x" not in sealed
    assert sealed != sealer.seal("whsec_x")
    assert sealer.open(sealed) == "whsec_x"
    assert Sealer(Settings(auth_secret=NEW, auth_secrets_before=(OLD,)), WEBHOOKS).open(sealed) == "whsec_x"
    strangers = (Sealer(Settings(auth_secret=NEW), WEBHOOKS), Sealer(Settings(auth_secret=OLD), "something else"))
    for stranger in strangers:
        with pytest.raises(Conflict, match="rotate"):
            stranger.open(sealed)
    for place in range(0, len(sealed), 7):
        damaged = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Conflict):
            sealer.open(damaged)


def test_an_installation_without_a_secret_seals_nothing() -> None:
    with pytest.raises(LabError):
        Sealer(Settings(auth_secret=None), WEBHOOKS)


def test_what_one_before_sealed_is_sealed_with_the_newest_so_that_it_can_be_dropped() -> None:
    sealed = Sealer(Settings(auth_secret=OLD), WEBHOOKS).seal("whsec_x")
    both, newest = Settings(auth_secret=NEW, auth_secrets_before=(OLD,)), Settings(auth_secret=NEW)
    anew = Sealer(both, WEBHOOKS).anew(sealed)
    assert anew is not None
    assert Sealer(newest, WEBHOOKS).open(anew) == "whsec_x"
    assert Sealer(both, WEBHOOKS).anew(anew) is None
    assert Sealer(newest, WEBHOOKS).anew(sealed) is None  # nobody can read it any more
