"""Pictures that show somebody: found among a project's pictures alone, and counted before they are read."""

from __future__ import annotations

import pytest

from api.usecases.cast_pictures import MAX_PICTURE_BYTES, lent_pictures
from schemas.errors import InvalidRequest
from schemas.painting import Reference
from schemas.references import ReferenceKind
from tests.unit.api.files import PROJECT, USER, database, file, have, shelf


def showing(*numbers: int) -> list[Reference]:
    return [Reference(character="mara", sha256=f"{number:064x}") for number in numbers]


async def test_a_sound_or_a_font_that_is_named_as_a_picture_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    read, store = shelf()
    others = [kind for kind in ReferenceKind if kind not in {ReferenceKind.CHARACTER, ReferenceKind.STYLE}]
    have(monkeypatch, *(file(number, kind) for number, kind in enumerate(others)))
    for number in range(len(others)):
        with pytest.raises(InvalidRequest, match="upload it first"):
            await lent_pictures(USER, PROJECT, showing(number), db=database(), store=store)
    assert read.read == []


async def test_pictures_that_are_too_large_together_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    read, store = shelf()
    half = MAX_PICTURE_BYTES // 2
    one, other = file(1, ReferenceKind.CHARACTER, half), file(2, ReferenceKind.STYLE, half + 1)
    have(monkeypatch, one, other, file(1, ReferenceKind.STYLE, half))
    with pytest.raises(InvalidRequest, match="128 MiB large together; leave some out"):
        await lent_pictures(USER, PROJECT, showing(1, 2), db=database(), store=store)
    assert read.read == []
    assert len(await lent_pictures(USER, PROJECT, showing(1, 1), db=database(), store=store)) == 1
    assert len(read.read) == 1
