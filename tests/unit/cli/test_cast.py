"""A cast in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.cast import read_cast
from cli.directing import read_and_direct
from schemas.errors import InvalidRequest

SCRIPT = "INT. KITCHEN - DAY\n\nMARA (40)\nYes.\n\nTOM\nNo.\n\nINT. HALL - DAY\n\nMOTHER\nHush.\n"


def written(folder: Path, cast: Any) -> Path:
    path = folder / "cast.json"
    path.write_text(cast if isinstance(cast, str) else json.dumps(cast))
    return path


def test_a_script_is_directed_with_the_people_of_a_file(tmp_path: Path) -> None:
    script = tmp_path / "a.fountain"
    script.write_text(SCRIPT)
    cast = {"members": [{"name": "Mara Voss", "aliases": ["MARA", "mother"], "description": "a red coat"}]}
    _, film = read_and_direct(script, None, cast=read_cast(written(tmp_path, cast)))
    assert {(one.id, one.name, one.speeches) for one in film.characters} == {
        ("mara-voss", "Mara Voss", 2),
        ("tom", "TOM", 1),
    }
    assert read_cast(None) is None


@pytest.mark.parametrize(
    ("cast", "says"),
    [
        ("{", "cannot be read as JSON"),
        ("[" * 100_000, "cannot be read as JSON"),
        ([], "is no cast"),
        ({"people": []}, "is no cast"),
        ({"members": ["Mara"]}, "members.0"),
        ({"members": [{"name": ""}]}, "members.0"),
        ({"members": [{"name": "Mara", "hat": "red"}]}, "members.0.hat: Extra inputs"),
        (
            {"members": [{"name": "Mara"}, {"name": "MARA (V.O.)", "id": "m"}]},
            r"MARA \(V.O.\) is a name of Mara and of",
        ),
        ({"members": [{"name": "Mara"}, {"name": "Tom", "id": "mara"}]}, "two members of a cast share an id"),
        ({"members": [], "pictures": [{"character": "mara", "sha256": "0" * 64}]}, "give them by --reference"),
    ],
)
def test_what_is_no_cast_is_refused_in_a_sentence(tmp_path: Path, cast: Any, says: str) -> None:
    with pytest.raises(InvalidRequest, match=says):
        read_cast(written(tmp_path, cast))


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="cannot be read"):
        read_cast(tmp_path / "none.json")
    with pytest.raises(InvalidRequest, match="is no cast"):
        read_cast(written(tmp_path, '{"members": []}' + " " * 2**20))
