"""Which licences are good for a hosted service whose images may be handed on, and what is argued for one by one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from license_expression import ExpressionError, LicenseSymbol, LicenseWithExceptionSymbol, Licensing, get_spdx_licensing

from deploy.sbom.parts import Kind, Part

POLICY = Path(__file__).with_name("policy.toml")


class Headers(Protocol):
    """What a Python package says of itself: its metadata, of which a field may stand there several times."""

    def get_all(self, name: str, /) -> list[Any] | None:
        """All values of a field; None where it is not there."""


@dataclass(frozen=True)
class Argued:
    """Why a part may be there although its licence is not among the free ones.

    Attributes:
        licence: Which; another one must be argued for anew.
        why: The argument.
    """

    licence: str
    why: str


@dataclass(frozen=True)
class Policy:
    """What is allowed.

    Attributes:
        free: Licences that ask for no more than their text to be kept, or for changes of the part itself to be shown.
        words: What packages write for a licence, and which one they mean.
        stated: Licences of packages that do not say theirs so that a program understands it, looked up by people.
        argued: Parts whose licence is not free, by name; `*` at the end stands for any ending.
    """

    free: frozenset[str]
    words: Mapping[str, str]
    stated: Mapping[str, str]
    argued: Mapping[str, Argued]

    def licence_of(self, name: str, metadata: Headers) -> str:
        """Find under which licence a Python package is: as people looked it up, or as it says itself.

        Args:
            name: Of the package, normalised.
            metadata: Its own.

        Returns:
            An expression of SPDX; empty where that is not known.
        """
        if name in self.stated:
            return self.stated[name]
        said = [words.strip() for field in ("License-Expression", "License") for words in metadata.get_all(field) or []]
        said += [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier") or [] if "License ::" in line]
        for words in filter(None, said):
            expression = self.words.get(words, words)
            if _is_expression(expression):
                return expression
        return ""

    def complaints(self, parts: Iterable[Part]) -> Iterator[str]:
        """Say what may not be delivered, and which arguments are for nothing.

        Args:
            parts: Of all inventories.
        """
        used: set[str] = set()
        known = {part.name: part for part in parts}
        for part in known.values():
            argument = self._argument(part)
            if argument is not None:
                used.add(argument)
            yield from self._complaint(part, None if argument is None else self.argued[argument])
        for name in sorted(self.argued.keys() - used):
            yield f"policy.toml argues for {name}, which is in no inventory: take it out."
        for name in sorted(self.stated.keys() - known.keys()):
            yield f"policy.toml states a licence of {name}, which is in no inventory: take it out."

    def _complaint(self, part: Part, argued: Argued | None) -> Iterator[str]:
        what = f"{part.name} {part.version}"
        if not part.licence:
            yield f"{what}: its licence is unknown. Look it up, and state it in deploy/sbom/policy.toml."
        elif argued is not None and self.is_free(part.licence):
            yield f"{what} is under {part.licence}, which is free: policy.toml need not argue for it."
        elif argued is not None and argued.licence != part.licence:
            yield f"{what} is under {part.licence} now, and policy.toml argues for {argued.licence}: argue anew."
        elif part.kind is Kind.MODEL:
            return  # in no image: what it asks is said beside its licence, in models.toml
        elif argued is None and not self.is_free(part.licence):
            yield (
                f"{what} is under {part.licence}, which is not among the free licences: do without it, or argue for it "
                "in deploy/sbom/policy.toml."
            )

    def _argument(self, part: Part) -> str | None:
        if part.name in self.argued:
            return part.name
        endings = [key for key in self.argued if key.endswith("*") and part.name.startswith(key[:-1])]
        return endings[0] if endings and not self.is_free(part.licence) else None

    def is_free(self, licence: str) -> bool:
        """Whether a licence needs no argument: of several one may choose, one that is free does.

        Args:
            licence: An expression of SPDX.
        """
        try:
            return self._free(_spdx().parse(licence))
        except ExpressionError:
            return False

    def _free(self, node: Any) -> bool:
        if isinstance(node, LicenseWithExceptionSymbol):  # an exception takes nothing away
            return self._free(node.license_symbol)
        if isinstance(node, LicenseSymbol):
            return node.key in self.free
        free = [self._free(one) for one in node.args]
        return any(free) if isinstance(node, _spdx().OR) else all(free)


def read_policy(path: Path = POLICY) -> Policy:
    """Read what is allowed.

    Args:
        path: A file such as policy.toml.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Policy(
        free=frozenset(table["free"]),
        words=table["words"],
        stated={name: one["licence"] for name, one in table["stated"].items()},
        argued={name: Argued(one["licence"], one["why"]) for name, one in table["argued"].items()},
    )


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()


@cache
def _is_expression(words: str) -> bool:
    try:
        parsed = _spdx().parse(words, validate=True)
    except ExpressionError:
        return False
    return parsed is not None
