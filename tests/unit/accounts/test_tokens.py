"""Tokens that were tampered with are refused, all of them."""

from __future__ import annotations

import base64
import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from pydantic import SecretStr

from accounts.tokens import Access, Refresh, Signer
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.errors import LabError, NotSignedIn
from tests.effort import tries

SECRET = "a secret of the tests, and of nothing else, as long as HS512 wants it"
SIGNER = Signer(Settings(auth_secret=SecretStr(SECRET)))
WHO = Access(new_id(), new_id())
TOKEN = SIGNER.access(WHO)
SESSION = Refresh(new_id(), 3)
REFRESH = SIGNER.refresh(SESSION)


def test_a_token_says_who_somebody_is() -> None:
    assert SIGNER.read_access(TOKEN) == WHO
    assert SIGNER.read_refresh(REFRESH) == SESSION


def test_an_older_secret_is_still_read_and_no_longer_signed_with() -> None:
    newer = Signer(Settings(auth_secret=SecretStr("x" * 40), auth_secrets_before=(SecretStr(SECRET),)))
    assert newer.read_access(TOKEN) == WHO
    assert newer.read_refresh(REFRESH) == SESSION
    with pytest.raises(NotSignedIn):
        SIGNER.read_access(newer.access(WHO))


def test_without_a_secret_nobody_signs() -> None:
    with pytest.raises(LabError, match="STUDIO_AUTH_SECRET"):
        Signer(Settings(auth_secret=None))
    with pytest.raises(ValueError, match="32 characters"):
        Settings(auth_secret=SecretStr("short"))


def test_it_ends_after_a_day() -> None:
    old = SIGNER.access(WHO, datetime.now(UTC) - timedelta(hours=24, minutes=2))
    with pytest.raises(NotSignedIn):
        SIGNER.read_access(old)


def _forged(claims: dict[str, Any], **header: Any) -> str:
    def part(data: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'at+jwt', **header})}.{part(claims)}."


CLAIMS = jwt.decode(TOKEN, options={"verify_signature": False})


FORGERIES = {
    "unsigned": _forged(CLAIMS),
    "unsigned, said otherwise": _forged(CLAIMS, alg="None"),
    "unsigned, said to be signed": _forged(CLAIMS, alg="HS256"),
    "signed with the secret, which is no key": jwt.encode(CLAIMS, SECRET, algorithm="HS256", headers={"typ": "at+jwt"}),
    "another algorithm": jwt.encode(CLAIMS, SECRET, algorithm="HS512", headers={"typ": "at+jwt"}),
    "another audience": jwt.encode({**CLAIMS, "aud": "other"}, SECRET, algorithm="HS256"),
    "another environment": Signer(Settings(env="other", auth_secret=SecretStr(SECRET))).access(WHO),
    "a refresh token": REFRESH,
    "nothing": "",
    "a dot": ".",
    "two dots": "..",
    "letters": "a.b.c",
    "surrogates": "\ud800.\ud800.\ud800",
    "padding": TOKEN + "=",
    "no signature": TOKEN.rpartition(".")[0] + ".",
}


@pytest.mark.parametrize("token", FORGERIES.values(), ids=FORGERIES)
def test_what_is_not_ours_is_refused(token: str) -> None:
    with pytest.raises(NotSignedIn):
        SIGNER.read_access(token)


def test_ten_thousand_others_are_refused() -> None:
    """Any other letter but the last makes it another token: base64 leaves bits of the last unused."""
    chance = random.Random(1)
    refused = 0
    while refused < tries(10_000, 500):
        token, read = chance.choice([(TOKEN, SIGNER.read_access), (REFRESH, SIGNER.read_refresh)])
        at, cut = chance.randrange(len(token) - 1), chance.randrange(4)
        other = token[:at] + chance.choice("ABCabc012-_.~ \x00é\ud800") + token[at + cut :]
        if other != token:
            with pytest.raises(NotSignedIn):
                read(other)
            refused += 1
