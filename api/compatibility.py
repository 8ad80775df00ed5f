"""What of a change of the API breaks programs that were written for it as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.openapi import operations

Schema = Mapping[str, Any]
_REF = "#/components/schemas/"
_NOTHING: Schema = {}


def breaks(was: Schema, now: Schema) -> list[str]:
    """Find what breaks programs, a sentence each; empty where they need not change.

    Looked at are operations, parameters, bodies of requests and main answers, by these rules: what was there must stay,
    with its types; what need not be sent before need not be sent now; what may be sent, and what may be answered, may
    grow alone.

    Args:
        was: The OpenAPI document that programs were written for.
        now: The new one.
    """
    found: list[str] = []
    today = dict(operations(now))
    for name, operation in operations(was):
        if name not in today:
            found.append(f"{name}: is gone")
            continue
        found += [f"{name}: {what}" for what in _operation(_Pair(was, now), operation, today[name])]
    return found


class _Pair:
    """Two documents, in which references are followed."""

    def __init__(self, was: Schema, now: Schema) -> None:
        self._schemas = [document.get("components", {}).get("schemas", {}) for document in (was, now)]
        self._open: set[tuple[str, str]] = set()

    def schema(self, where: str, old: Schema, new: Schema, *, sent: bool) -> Iterator[str]:
        """Compare two schemas: of what is sent to us, or of what we answer."""
        names = old.get("$ref", ""), new.get("$ref", "")
        if names in self._open:
            return  # refers to itself
        if any(names):
            self._open.add(names)
        old, new = (self._resolved(number, schema) for number, schema in enumerate((old, new)))
        yield from self._values(where, old, new)
        yield from self._fields(where, old, new, sent=sent)
        if "items" in old and "items" in new:
            yield from self.schema(f"{where}[]", old["items"], new["items"], sent=sent)
        self._open.discard(names)

    def _resolved(self, number: int, schema: Schema) -> Schema:
        if "$ref" in schema:
            found: Schema = self._schemas[number][schema["$ref"].removeprefix(_REF)]
            return found
        variants = [self._resolved(number, one) for one in schema.get("anyOf", ())]
        kept = [one for one in variants if one.get("type") != "null"]
        if len(kept) != 1:
            return schema
        return {**kept[0], "nullable": len(kept) < len(variants)}

    def _values(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        kinds = _kinds(old), _kinds(new)
        if kinds[0] and kinds[1] and kinds[0] != kinds[1]:
            yield f"{where} was {' or '.join(sorted(kinds[0]))}, and is {' or '.join(sorted(kinds[1]))}"
        lost = set(old.get("enum", ())) - set(new.get("enum", old.get("enum", ())))
        if lost:
            yield f"{where} can no longer be {', '.join(sorted(map(str, lost)))}"
        if "enum" in new and "enum" not in old:
            yield f"{where} was any {old.get('type')}, and is one of a few"

    def _fields(self, where: str, old: Schema, new: Schema, *, sent: bool) -> Iterator[str]:
        before, after = old.get("properties", _NOTHING), new.get("properties", _NOTHING)
        for name, schema in before.items():
            if name not in after:
                yield f"{where}.{name} is gone"
            else:
                yield from self.schema(f"{where}.{name}", schema, after[name], sent=sent)
        required = set(old.get("required", ())), set(new.get("required", ()))
        if sent:
            yield from (f"{where}.{name} must be sent now" for name in sorted(required[1] - required[0]))
        else:
            yield from (f"{where}.{name} may be missing now" for name in sorted(required[0] - required[1] & set(after)))


def _operation(pair: _Pair, was: Schema, now: Schema) -> Iterator[str]:
    yield from _parameters(pair, was, now)
    yield from _contents(pair, "the body", was.get("requestBody", {}), now.get("requestBody", {}), sent=True)
    if now.get("requestBody", {}).get("required") and not was.get("requestBody", {}).get("required"):
        yield "a body must be sent now"
    if "security" in now and "security" not in was:
        yield "one must be signed in now"
    for status, answer in was["responses"].items():
        if not status.startswith("2"):
            continue
        if status not in now["responses"]:
            yield f"does not answer {status} any more"
        else:
            yield from _contents(pair, f"the answer {status}", answer, now["responses"][status], sent=False)


def _contents(pair: _Pair, where: str, was: Schema, now: Schema, *, sent: bool) -> Iterator[str]:
    after = now.get("content", _NOTHING)
    for kind, media in was.get("content", _NOTHING).items():
        if kind not in after:
            yield f"{where} is no longer {kind}"
        else:
            yield from pair.schema(where, media.get("schema", _NOTHING), after[kind].get("schema", _NOTHING), sent=sent)


def _parameters(pair: _Pair, was: Schema, now: Schema) -> Iterator[str]:
    before, after = ({(one["in"], one["name"]): one for one in each.get("parameters", ())} for each in (was, now))
    for place, parameter in before.items():
        where = f"{place[0]} {place[1]}"
        if place not in after:
            yield f"{where} is gone"
            continue
        yield from pair.schema(where, parameter["schema"], after[place]["schema"], sent=True)
    for place, parameter in after.items():
        if parameter.get("required") and not before.get(place, _NOTHING).get("required"):
            yield f"{place[0]} {place[1]} must be sent now"


def _kinds(schema: Schema) -> frozenset[str]:
    """The types that a value may have; empty where the schema does not say."""
    several = [kind for one in schema.get("anyOf", ()) for kind in _kinds(one)]
    return frozenset([schema["type"]] if isinstance(schema.get("type"), str) else several)
