from typing import Any

import pytest
from botocore.exceptions import ClientError

from infrastructure import bucket

SITE = "https://studio.example.org"


class Store:
    """A store that keeps settings, except those it does not know or only pretends to keep."""

    def __init__(
        self, *, refuses: str = "", ignores: str = "", code: str = "NotImplemented", exists: bool = True
    ) -> None:
        self.refuses, self.ignores, self.code, self.exists = refuses, ignores, code, exists
        self.created: list[dict[str, Any]] = []
        self.kept: dict[str, Any] = {}

    async def head_bucket(self, **_: Any) -> None:
        if not self.exists:
            raise ClientError({"Error": {"Code": "404"}}, "HeadBucket")

    async def create_bucket(self, **asked: Any) -> None:
        self.created.append(asked)

    def __getattr__(self, operation: str) -> Any:
        verb, _, setting = operation.partition("_bucket_")

        async def call(**asked: Any) -> dict[str, Any]:
            if setting == self.refuses:
                raise ClientError({"Error": {"Code": self.code}}, operation)
            if verb == "put" and setting != self.ignores:
                [self.kept[setting]] = [value for name, value in asked.items() if name != "Bucket"]
            return dict(self.kept.get(setting, {})) if verb == "get" else {}

        return call


async def test_a_store_that_can_all_has_nothing_to_report() -> None:
    store = Store(exists=False)
    assert await bucket.ensure(store, "b", "eu-central-1", SITE) == []
    assert store.created == [{"Bucket": "b", "CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}}]


@pytest.mark.parametrize("setting", ["versioning", "encryption", "lifecycle_configuration", "cors"])
async def test_what_a_store_lacks_is_said(setting: str) -> None:
    [sentence] = await bucket.ensure(Store(refuses=setting), "b", "us-east-1", SITE)
    assert f"does not support {setting}" in sentence
    [sentence] = await bucket.ensure(Store(ignores=setting), "b", "us-east-1", SITE)
    assert f"accepted {setting} and does not apply it" in sentence


async def test_a_refusal_is_not_taken_for_a_lack() -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        await bucket.ensure(Store(refuses="encryption", code="AccessDenied"), "b", "us-east-1", SITE)
