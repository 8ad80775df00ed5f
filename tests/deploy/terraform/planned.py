"""What a plan has, by type: each resource with its address and its values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True)
class Resource:
    """A resource that is planned."""

    address: str
    type: str
    values: Values


class Plan:
    """A plan, as `terraform show -json` and `terraform test -json -verbose` tell it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.resources = [
            Resource(one["address"], one["type"], one["change"]["after"])
            for one in told["resource_changes"]
            if one["mode"] == "managed"
        ]
        outputs = told.get("output_changes", {})
        self.outputs: dict[str, Any] = {name: one.get("after") for name, one in outputs.items()}

    def of(self, kind: str) -> list[Resource]:
        """All of a type."""
        return [one for one in self.resources if one.type == f"aws_{kind}"]

    def by(self, kind: str, key: str) -> dict[Any, Values]:
        """The values of all of a type, by one of them, which no two share."""
        found = {one.values[key]: one.values for one in self.of(kind)}
        assert len(found) == len(self.of(kind))
        return found

    def one(self, kind: str) -> Values:
        """The values of the only one of a type."""
        [found] = self.of(kind)
        return found.values

    def policies(self) -> Iterator[tuple[str, Values]]:
        """Each statement of each policy, with the address of what it belongs to."""
        for one in self.resources:
            for name in ("policy", "assume_role_policy"):
                if isinstance(text := one.values.get(name), str) and "Statement" in text:
                    for statement in json.loads(text)["Statement"]:
                        yield one.address, statement


def listed(value: str | list[str]) -> list[str]:
    """One or several, as policies have it, as a list."""
    return [value] if isinstance(value, str) else value
