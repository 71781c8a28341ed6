"""Edits of a city's calendar and rules as rows, what they change as JSON that stays readable."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, get_args
from uuid import UUID

from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union
from sqlalchemy import RowMapping

from sync.register.city import (
    CityChange,
    CityEdit,
    DaysOrdered,
    Revoked,
    SettingsChosen,
    YearGiven,
)
from sync.register.handling.clocks import MovedTerm
from sync.register.handling.events import Person
from sync.register.operators import Role

Row = dict[str, Any]

CITY_SCHEMA_VERSION = 1

# Written in stores for years: a class may be renamed, its tag may not.
_TAGS: dict[type[Any], str] = {
    DaysOrdered: "days",
    YearGiven: "year",
    SettingsChosen: "settings",
    Revoked: "revoked",
}


def _tag(kind: type[Any]) -> str:
    return _TAGS[kind]


# In one order: what is kept of a form is compared with what another run has made of it.
_CONVERTER = make_converter(unstruct_collection_overrides={Set: sorted})
_CONVERTER.register_unstructure_hook(UUID, str)
_CONVERTER.register_structure_hook(UUID, lambda text, _kind: UUID(text))
configure_tagged_union(CityChange, _CONVERTER, tag_generator=_tag, tag_name="kind")
assert set(_TAGS) == set(get_args(CityChange))  # noqa: S101  a change without a tag is a bug


def change_row(change: CityChange) -> Row:
    """What an edit changes, as JSON has it."""
    row: Row = _CONVERTER.unstructure(change, unstructure_as=CityChange)
    return row


def change_of(row: Row) -> CityChange:
    """The change of such a row."""
    change: CityChange = _CONVERTER.structure(row, CityChange)  # type: ignore[arg-type]  # a union
    return change


def city_row(edit: CityEdit) -> Row:
    """The columns of ``city_edit`` but the place in its order."""
    return {
        "id": edit.id,
        "change": change_row(edit.change),
        "reason": edit.reason,
        "document": edit.document,
        "moved": _CONVERTER.unstructure(edit.moved),
        "by_id": edit.by.id,
        "by_name": edit.by.name,
        "by_role": edit.by.role.value,
        "at": edit.at,
        "schema_version": CITY_SCHEMA_VERSION,
    }


def city_edit_of(row: RowMapping) -> CityEdit:
    """The edit of a row of ``city_edit``."""
    return CityEdit(
        id=row["id"],
        change=change_of(row["change"]),
        reason=row["reason"],
        document=row["document"],
        by=Person(row["by_id"], row["by_name"], Role(row["by_role"])),
        at=row["at"],
        moved=_CONVERTER.structure(row["moved"], tuple[MovedTerm, ...]),
    )
