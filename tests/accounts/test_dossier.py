"""What is handed over to whoever asks what is known of them: that no table is forgotten, and no secret shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from infrastructure.db.metadata import METADATA
from infrastructure.db.repositories.dossiers import KEPT, LEFT_OUT, SECTIONS, Section

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
