"""What is handed over to whoever asks what is known of them: that no table is forgotten, and no secret shown."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.dossier import dossier
from infrastructure.db.engine import Database
from infrastructure.db.metadata import METADATA
from infrastructure.db.repositories.dossiers import FIRST, HOLDERS, KEPT, LEFT_OUT, SECTIONS, Section
from infrastructure.storage import ObjectStore
from tests.accounts.users import new_user

SECRET = re.compile("hash|digest|secret|token")
BRACES = re.compile(r"{(\w+)}")
HARMLESS = {"sha256", "output_sha256", "spec_hash"}


def sections(of: Sequence[Section] = SECTIONS) -> Iterator[Section]:
    for section in of:
        yield section
        yield from sections(section.inside)


def test_every_table_is_handed_over_or_left_out_for_a_reason() -> None:
    exported = [section.table for section in sections()]
    assert len(exported) == len(set(exported))
    assert not set(exported) & set(LEFT_OUT)
    assert set(METADATA.tables) == {*exported, *LEFT_OUT}, "say of a new table what becomes of it: SECTIONS or LEFT_OUT"
    assert all(LEFT_OUT.values())
    assert set(METADATA.tables) >= set(KEPT)


def test_what_a_section_speaks_of_is_there() -> None:
    for section in sections():
        columns = set(METADATA.tables[section.table].columns.keys())
        assert section.without <= columns, section.name
        assert {section.key, section.text, *BRACES.findall(section.link)} - {""} <= columns, section.name
        assert section.where or section.by in columns, section.name
        assert bool(section.key) == bool(section.inside), section.name


def test_no_secret_is_shown() -> None:
    for section in sections():
        shown = set(METADATA.tables[section.table].columns.keys()) - section.without - HARMLESS
        assert not [name for name in shown if SECRET.search(name)], section.name


def test_whatever_is_a_users_goes_with_them_or_is_kept_for_a_reason() -> None:
    for table in METADATA.sorted_tables:
        if "user_id" in table.c and table.name not in {*KEPT, "users"}:
            (key,) = table.c.user_id.foreign_keys
            assert key.ondelete == "CASCADE", table.name


class Counted:
    """A database that counts how often it is asked for a transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.asked = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        self.asked += 1
        async with self._db.begin() as session:
            yield session


@pytest.mark.lab
async def test_many_projects_are_read_together_and_in_order_however_much_is_in_one(db: Database) -> None:
    """More of them than are read at once, one with far more files than are read with it, some with none."""
    anna, ben = await new_user(db), await new_user(db)
    projects, files = 2 * HOLDERS + 30, 5 * FIRST
    made = """
        WITH made AS (
            INSERT INTO projects (project_id, user_id, locator, title)
            SELECT gen_random_uuid(), :user, n, n FROM generate_series(1, :projects) AS n RETURNING project_id, title
        ), casts AS (
            INSERT INTO project_casts (project_id, people) SELECT project_id, '[]' FROM made WHERE title <> '7'
        )
        INSERT INTO project_references
            (reference_id, project_id, kind, name, media_type, bytes, sha256, upload_until)
        SELECT gen_random_uuid(), project_id, 'music', title || '/' || n, 'audio/flac', 1, md5(title || n) , now()
        FROM made, generate_series(1, CASE title WHEN '5' THEN :files WHEN '6' THEN :first ELSE 2 END) AS n
        WHERE title <> '7'
    """
    async with db.begin() as session:
        for user in (anna, ben):
            of = {"user": user, "projects": projects, "files": files, "first": FIRST}
            await session.execute(text(made), of)
    counted = Counted(db)
    pieces = [
        piece async for piece in dossier(anna, db=cast(Database, counted), store=cast(ObjectStore, cast(Any, None)))
    ]
    told = json.loads(b"".join(pieces))
    found = {one["title"]: one for one in told["projects"]}
    assert len(told["projects"]) == len(found) == projects
    assert [one["project_id"] for one in told["projects"]] == sorted(one["project_id"] for one in told["projects"])
    for title, one in found.items():
        here = {"5": files, "6": FIRST, "7": 0}.get(title, 2)
        assert {file["name"] for file in one["references"]} == {f"{title}/{n + 1}" for n in range(here)}
        assert len(one["references"]) == here
        ids = [file["reference_id"] for file in one["references"]]
        assert ids == sorted(ids)
        assert [kept["project_id"] for kept in one["cast"]] == ([] if title == "7" else [one["project_id"]])
        assert {file["project_id"] for file in one["references"]} <= {one["project_id"]}
    sections = len(SECTIONS) + 2 * (projects // HOLDERS + 1) + files // FIRST + 3
    assert counted.asked <= sections
