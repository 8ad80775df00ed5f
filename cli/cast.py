"""A cast in a file: who the people of a script are, and what they look like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cli.orders import printable
from film.direction.kept import name_keys
from film.direction.words import slug
from schemas.cast import CastMember, FilmCast
from schemas.errors import InvalidRequest

MOST_BYTES = 2**20


def read_cast(path: Path | None) -> FilmCast | None:
    """Read a cast: `{"members": [{"name": "Mara", "aliases": ["MOTHER"], "description": "…", "age": 40}]}`.

    Args:
        path: Its file; None where none is given. A member without an `id` has that of their name.

    Raises:
        InvalidRequest: There is none, it cannot be read, or two members share a name.
    """
    if path is None:
        return None
    where = f"--cast {printable(path)}"
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        given = json.loads(data) if len(data) <= MOST_BYTES else None
    except (OSError, ValueError, RecursionError) as error:
        raise InvalidRequest(f"{where} cannot be read as JSON; write a file with members, each with a name.") from error
    if not isinstance(given, dict) or not isinstance(given.get("members"), list):
        raise InvalidRequest(f"{where} is no cast; write members, each with a name.")
    try:
        cast = FilmCast.model_validate({**given, "members": [_with_id(member) for member in given["members"]]})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise InvalidRequest(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    if cast.pictures:
        raise InvalidRequest(f"{where} names pictures; give them by --reference.")
    _names_once(cast.members, where)
    return cast


def words_of(cast: FilmCast | None) -> str:
    """Say all that somebody has written of a cast, a paragraph each; nothing where there is none."""
    members = () if cast is None else cast.members
    return "\n\n".join(word for one in members for word in (one.name, *one.aliases, one.description) if word)


def _with_id(member: Any) -> Any:
    if isinstance(member, dict) and "id" not in member and isinstance(member.get("name"), str):
        return {**member, "id": slug(member["name"])}
    return member


def _names_once(members: tuple[CastMember, ...], where: str) -> None:
    whose: dict[str, CastMember] = {}
    for member in members:
        for name in (member.name, *member.aliases):
            other = whose.setdefault(name_keys(name)[0], member)
            if other is not member:
                raise InvalidRequest(f"{where}: {name} is a name of {other.name} and of {member.name}; it means one.")
