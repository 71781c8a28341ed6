"""Names that an erasure leaves for the directory's file, until they are gone there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from sync.records.replicated_tables import audit
from sync.records.workplace_message_tables import name_to_forget
from sync.register.audit import AuditKind
from sync.register.people.persons import PersonQuery
from sync.register.people.values import PersonName
from sync.store.local.audit import check_audit
from sync.store.local.people.persons import LocalPersons, forget_searched
from sync.store.local.people.retention import Terms, end_terms
from sync.store.local.register import RegisterStore
from tests.fakes.persons import PHONE, save_call
from tests.fakes.records import RANG_AT

ACT = UUID(int=77)
ANNA = PersonName("Пробова", "Анна", "Петровна")
TEXTS = ("у Пробовой", "качели", "Мнимову звонить")


class Searches:
    """Texts that are forgotten when they are meant."""

    def __init__(self) -> None:
        self.kept = list(TEXTS)

    def forget(self, is_meant: Callable[[str], bool]) -> int:
        meant = [text for text in self.kept if is_meant(text)]
        self.kept = [text for text in self.kept if text not in meant]
        return len(meant)


@pytest.fixture
def searches() -> Searches:
    return Searches()


def erase(store: RegisterStore, query: PersonQuery) -> None:
    LocalPersons(store).erase(query, ACT, RANG_AT, lambda _found: None)


def names_kept(store: RegisterStore) -> int:
    counted = select(func.count()).select_from(name_to_forget)
    return store.read(lambda connection: connection.scalar(counted)) or 0


def told(store: RegisterStore) -> list[int | None]:
    kind = audit.c.kind == AuditKind.SEARCHES_ERASED.value
    return list(store.read(lambda c: c.scalars(select(audit.c.count).where(kind)).all()))


def test_names_of_the_query_and_of_erased_records_are_forgotten(
    store: RegisterStore, searches: Searches
) -> None:
    save_call(store, 1, name=ANNA)
    erase(store, PersonQuery(PHONE))
    erase(store, PersonQuery(name=PersonName("Мнимов", "", "")))
    assert names_kept(store) == 2

    assert forget_searched(store, searches.forget) == 2

    assert searches.kept == ["качели"]
    assert (names_kept(store), told(store)) == (0, [2])
    assert forget_searched(store, searches.forget) == 0
    assert told(store) == [2]
    store.read(check_audit)


def test_nobody_else_is_forgotten(store: RegisterStore, searches: Searches) -> None:
    save_call(store, 1, name=PersonName("Мнимов", "Пётр", ""))
    erase(store, PersonQuery(PHONE, name=ANNA))
    assert forget_searched(store, searches.forget) == 1
    assert searches.kept == ["качели", "Мнимову звонить"]


def test_where_no_name_is_known_there_is_nothing_to_forget(
    store: RegisterStore, searches: Searches
) -> None:
    erase(store, PersonQuery(PHONE, name=PersonName("", "Анна", "")))
    assert names_kept(store) == 0
    assert forget_searched(store, searches.forget) == 0
    assert searches.kept == list(TEXTS)


def test_names_stay_until_they_are_forgotten(store: RegisterStore, searches: Searches) -> None:
    def refuses(_is_meant: Callable[[str], bool]) -> int:
        raise OSError

    erase(store, PersonQuery(PHONE, name=ANNA))
    with pytest.raises(OSError):  # noqa: PT011  # whatever it raises
        forget_searched(store, refuses)
    assert (names_kept(store), told(store)) == (1, [])
    assert forget_searched(store, searches.forget) == 1


def test_names_that_no_search_held_are_told_of_by_nobody(store: RegisterStore) -> None:
    erase(store, PersonQuery(PHONE, name=ANNA))
    assert forget_searched(store, lambda _is_meant: 0) == 0
    assert (names_kept(store), told(store)) == (0, [])


def test_the_end_of_a_term_forgets_nobody_s_searches(store: RegisterStore) -> None:
    save_call(store, 1, RANG_AT, name=ANNA)
    later = RANG_AT + timedelta(days=100)
    assert end_terms(store, Terms(calls_days=8), later, has_central=False).calls == 1
    assert names_kept(store) == 0


def test_the_kept_name_stands_there_in_no_letters_of_its_own(store: RegisterStore) -> None:
    erase(store, PersonQuery(PHONE, name=ANNA))
    (row,) = store.read(lambda c: c.execute(select(name_to_forget)).all())
    assert "робов" not in str(tuple(row)).casefold()
