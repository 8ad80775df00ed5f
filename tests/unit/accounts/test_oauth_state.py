from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from accounts.oauth_state import Seal, leaving, own_path
from infrastructure.settings import Settings
from schemas.errors import InvalidRequest, SignInRefused
from schemas.people import OAuthProvider
from tests.effort import tries

SITE = "https://studio.test"
OLD, NEW = SecretStr("o" * 40), SecretStr("n" * 40)
GOOGLE = OAuthProvider.GOOGLE


def _settings(secret: SecretStr, *before: SecretStr, env: str = "local") -> Settings:
    return Settings(auth_secret=secret, auth_secrets_before=before, env=env)


@settings(max_examples=tries(1000, 100))
@given(st.text(alphabet="/\\.:@?#%ab é\t\n\r\x00", max_size=12) | st.text(max_size=20).map("/".__add__))
def test_a_path_that_is_taken_leads_nowhere_else(path: str) -> None:
    try:
        taken = own_path(path)
    except InvalidRequest:
        return
    for address in (SITE + taken, urljoin(SITE, taken)):
        assert urlsplit(address)[:2] == ("https", "studio.test")
    assert taken.isascii()
    assert taken.isprintable()


def test_paths_of_our_own_are_taken() -> None:
    for path in ("/", "/projects/1?tab=shots#s012", "/a//b", "/%C3%A9", "/~anna/@x"):
        assert own_path(path) == path


def test_what_was_sealed_is_read_with_any_secret_that_is_accepted() -> None:
    gone = leaving(GOOGLE, f"{SITE}/back", "/projects")
    sealed = Seal(_settings(OLD)).seal(gone)
    state = gone.attempt.state
    assert Seal(_settings(OLD)).open(sealed, GOOGLE, state) == gone
    assert Seal(_settings(NEW, OLD)).open(sealed, GOOGLE, state) == gone
    for seal in (Seal(_settings(NEW)), Seal(_settings(OLD, env="other"))):
        with pytest.raises(SignInRefused):
            seal.open(sealed, GOOGLE, state)
    with pytest.raises(SignInRefused):
        Seal(_settings(OLD)).open(sealed, OAuthProvider.GITHUB, state)


@settings(max_examples=tries(300, 50))
@given(st.data())
def test_what_was_changed_is_refused(data: st.DataObject) -> None:
    gone = leaving(GOOGLE, f"{SITE}/back", "/")
    seal = Seal(_settings(OLD))
    sealed = seal.seal(gone)
    at = data.draw(st.integers(0, len(sealed) - 2))  # the last letter holds bits that mean nothing
    letter = data.draw(st.sampled_from("Ab0-_.~\x00é"))
    changed = sealed[:at] + letter + sealed[at + 1 :]
    if changed == sealed:
        return
    with pytest.raises(SignInRefused):
        seal.open(changed, GOOGLE, gone.attempt.state)


@settings(max_examples=tries(300, 50))
@given(st.text(max_size=60) | st.none())
def test_another_state_is_refused(state: str | None) -> None:
    gone = leaving(GOOGLE, f"{SITE}/back", "/")
    seal = Seal(_settings(OLD))
    with pytest.raises(SignInRefused):
        seal.open(seal.seal(gone), GOOGLE, state)
