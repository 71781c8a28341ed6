"""Records selected by a phone number, an address and a name."""

from __future__ import annotations

from uuid import UUID

import pytest

from sync.register.people.persons import (
    DataCategory,
    FoundRecord,
    PersonQuery,
    RecordKind,
    has_contact,
    is_called,
    name_forms,
    phone_forms,
    stated_categories,
)
from sync.register.people.values import Absence, PersonName

NAME = PersonName("Пробова", "Алёна", "Петровна")


def test_a_number_is_looked_for_as_trunks_send_it() -> None:
    assert phone_forms("+79005550101") == (
        "+79005550101",
        "79005550101",
        "89005550101",
        "9005550101",
    )
    assert phone_forms("+375290000000") == ("+375290000000", "375290000000")


def test_a_name_is_looked_for_in_its_usual_spellings() -> None:
    forms = name_forms("Алёна")
    assert {"Алёна", "Алена", "АЛЁНА", "АЛЕНА", "алена"} <= set(forms)


@pytest.mark.parametrize(
    ("asked", "is_meant"),
    [
        (None, True),
        (NAME, True),
        (PersonName("ПРОБОВА", "алена", ""), True),
        (PersonName("Пробова", "", ""), True),
        (PersonName("Пробова", "Анна", "Петровна"), False),
        (PersonName("Иная", "Алёна", "Петровна"), False),
    ],
)
def test_another_name_is_another_person(asked: PersonName | None, is_meant: bool) -> None:
    assert is_called(PersonQuery(phone="+79005550101", name=asked), NAME) is is_meant
    # A record without a name may belong to anyone with this phone number.
    assert is_called(PersonQuery(phone="+79005550101", name=asked), Absence.NOT_GIVEN)


def test_what_a_record_holds_is_told_by_kind() -> None:
    held = stated_categories(NAME, "+79005550101", Absence.NOT_ASKED)
    assert held == (DataCategory.NAME, DataCategory.PHONE)
    assert stated_categories(Absence.ERASED, Absence.ERASED, "a@test.invalid") == (
        DataCategory.EMAIL,
    )


def test_nobody_is_no_question() -> None:
    assert PersonQuery().is_empty
    assert not PersonQuery(email="a@test.invalid").is_empty


def test_own_telephones_and_the_address_make_a_record_a_persons() -> None:
    asked = PersonQuery(phone="+79005550101", email="Anna@test.invalid")
    assert has_contact(asked, [None, "89005550101"], None)
    assert has_contact(asked, ["+79005550102"], "anna@TEST.invalid")
    assert not has_contact(asked, ["+79005550102", None], "other@test.invalid")
    assert not has_contact(PersonQuery(email="anna@test.invalid"), ["+79005550101"], None)


def test_a_record_that_tells_of_the_person_by_its_way_alone_is_anothers() -> None:
    def found(*categories: DataCategory) -> FoundRecord:
        return FoundRecord(RecordKind.CALL, UUID(int=1), "2611-0001-00007-3", categories)

    assert found(DataCategory.ROUTE).is_of_another
    assert not found(DataCategory.PHONE, DataCategory.ROUTE).is_of_another
