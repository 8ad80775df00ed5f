"""What all tables are built from: their base, and columns of the kinds that there are."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Enum, ForeignKey, MetaData, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import SQLModel


class Row(SQLModel):
    """The base of all tables. Constraints are named, so that migrations can speak of them."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def one_of(column: str, values: type[StrEnum]) -> str:
    """Write the condition that a column holds a value of an enumeration."""
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


def id_column(target: str | None = None, *, primary: bool = False) -> Column[UUID]:
    """Make a column of ids; with a target, one that is deleted with the row it refers to."""
    keys = () if target is None else (ForeignKey(target, ondelete="CASCADE"),)
    return Column(Uuid, *keys, primary_key=primary, nullable=False)


def time_column(*, default: bool = False) -> Column[datetime]:
    """Make a column of times; with a default, one that is set to the time of its statement."""
    if default:
        return Column(DateTime(timezone=True), nullable=False, server_default=text("clock_timestamp()"))
    return Column(DateTime(timezone=True), nullable=True)


def words_of(values: type[StrEnum]) -> Enum:
    """Make the type of a column that holds an enumeration's values, as text that `psql` shows as it is."""
    return Enum(values, native_enum=False, length=50, values_callable=lambda members: [str(one) for one in members])


def json_column(*, nullable: bool = False) -> Column[Any]:
    """Make a column of JSON documents; Python's None is no document there."""
    return Column(JSONB(none_as_null=True), nullable=nullable)
