"""The OpenAPI document: what FastAPI writes, with an example for everything and errors as they really are.

`python -m api.openapi` writes it to `docs/openapi.json`, unless whoever uses the API would have to change something:
`--breaking` writes it then, too.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from api.cookies import ACCESS

Schema = dict[str, Any]

PROBLEM = "application/problem+json"
DOCUMENT = Path(__file__).parents[1] / "docs" / "openapi.json"
"""Where the document is kept."""
METHODS = ("get", "put", "post", "patch", "delete")
_REF = "#/components/schemas/"
_WHY = {
    "401": "Nobody is signed in, or not any more",
    "403": "Whoever asks may not do that",
    "404": "There is no such thing, or it is somebody else's",
    "422": "The request is not as it must be",
    "default": "What went wrong",
}
_COOKIE = {"type": "apiKey", "in": "cookie", "name": ACCESS, "description": "Set by signing in with a browser."}
_FORMATS = {
    "uuid": "01939a3e-7c1e-7d52-9b0c-5f2f4f0f9a11",
    "date-time": "2026-11-29T18:30:00Z",
    "date": "2026-11-29",
    "email": "anna@example.org",
    "uri": "https://studio.example.org/",
    "binary": "INT. KITCHEN - DAY",
}


class Described(FastAPI):
    """An application that serves the whole document."""

    around: Callable[[ASGIApp], ASGIApp] | None = None
    """Puts layers around all of FastAPI's own."""

    def build_middleware_stack(self) -> ASGIApp:
        """See `Starlette`."""
        stack = super().build_middleware_stack()
        return stack if self.around is None else self.around(stack)

    def openapi(self) -> Schema:
        """Write the document, the first time that it is asked for."""
        if self.openapi_schema is None:
            complete(super().openapi())
        return super().openapi()


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, Schema]]:
    """Go through all operations, each with its name, such as `GET /api/v1/jobs`."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def allowed(document: Mapping[str, Any], path: str) -> list[str]:
    """Find the methods that an address takes; empty where there is nothing."""
    found = set()
    for template, item in document["paths"].items():
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), path):
            found |= {method.upper() for method in METHODS if method in item}
    return sorted(found)


def complete(document: Schema) -> None:
    """Say of every operation how it fails, and give examples of what it takes and what it answers.

    Args:
        document: As FastAPI writes it; changed in place.
    """
    schemas = document["components"]["schemas"]
    document["components"].setdefault("securitySchemes", {})["APIKeyCookie"] = _COOKIE
    for name, operation in operations(document):
        responses = operation["responses"]
        if "security" in operation:
            operation["security"].append({"APIKeyCookie": []})
        for status in _failures(name, operation):
            responses.setdefault(status, {"description": _WHY[status]})
            responses[status]["content"] = {PROBLEM: {"schema": {"$ref": f"{_REF}Problem"}}}
        operation["responses"] = dict(sorted(responses.items()))
        for media in media_of(operation):
            if "schema" in media and "example" not in media:
                media["example"] = example_of(media["schema"], schemas, name)


def media_of(operation: Schema) -> list[Schema]:
    """What an operation takes, and its main answers: each with its `schema`."""
    answers = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    found = [media for answer in answers for media in answer.get("content", {}).values()]
    return [*operation.get("requestBody", {}).get("content", {}).values(), *found]


def _failures(name: str, operation: Schema) -> Iterator[str]:
    yield "default"
    if "security" in operation:
        yield from ("401", "403")
    if "{" in name:
        yield "404"
    if "requestBody" in operation or operation.get("parameters"):
        yield "422"


def example_of(schema: Schema, schemas: Mapping[str, Schema], name: str) -> Any:
    """Make an example of what a schema describes: of the examples of its parts, or else of what they may be.

    Args:
        schema: The schema.
        schemas: Those that it may refer to.
        name: What it is of: a text without an example or a format becomes that.
    """
    if "$ref" in schema:
        named = schema["$ref"].removeprefix(_REF)
        return example_of(schemas[named], schemas, named)
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    for key in ("example", "const", "default"):
        if key in schema:
            return schema[key]
    for key in ("anyOf", "oneOf", "allOf"):
        for variant in schema.get(key, ()):
            if variant.get("type") != "null":
                return example_of(variant, schemas, name)
    return _plain(schema, schemas, name)


def _plain(schema: Schema, schemas: Mapping[str, Schema], name: str) -> Any:
    kind = schema.get("type")
    if kind == "object":
        needed = schema.get("required", ())
        parts = schema.get("properties", {})
        return {
            key: None if key not in needed and _may_be_left_out(part) else example_of(part, schemas, key)
            for key, part in parts.items()
        }
    if kind == "array":
        return [example_of(schema["items"], schemas, name)] if "items" in schema else []
    if kind == "string":
        return _FORMATS.get(schema.get("format", ""), name.replace("_", " "))
    if kind in {"integer", "number"}:
        least = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        return int(least) if kind == "integer" else least
    return False if kind == "boolean" else None


def _may_be_left_out(schema: Schema) -> bool:
    """Whether a field that need not be there holds null, unless it has an example."""
    return "examples" not in schema and any(one.get("type") == "null" for one in schema.get("anyOf", ()))


def written(document: Mapping[str, Any]) -> str:
    """Write the document as it is kept: in an order that changes no more than what it says."""
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def current() -> Schema:
    """Write the document of today's code."""
    from dataclasses import fields

    from api.app import create_app
    from api.craft import Craft
    from infrastructure.settings import Settings

    def nothing(*_: object) -> Any:
        """No craft is asked while the document is written."""

    craft = Craft(*[nothing] * len(fields(Craft)))
    return create_app(Settings(), craft).openapi()


def main() -> int:
    """Write `docs/openapi.json`."""
    from api.compatibility import breaks

    parser = argparse.ArgumentParser(prog="python -m api.openapi", description="Write docs/openapi.json.")
    parser.add_argument("--breaking", action="store_true", help="although whoever uses the API would have to change")
    breaking = parser.parse_args().breaking
    document = current()
    found = breaks(json.loads(DOCUMENT.read_text("utf-8")), document) if DOCUMENT.exists() else []
    if found and not breaking:
        sys.stderr.write("\n".join(["This breaks what uses the API (--breaking writes it all the same):", *found, ""]))
        return 1
    DOCUMENT.write_text(written(document), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
