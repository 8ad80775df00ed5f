"""What tests of the deployment share."""

from __future__ import annotations

import pytest

from tests.deploy import helm


@pytest.fixture(scope="session", autouse=True)
def helm_is_here() -> None:
    helm.fetch()
