"""The cached list of a day always equals the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, event, update

from sync.records.replicated_tables import call_record
from sync.register.calls import calls
from sync.store.local.reading import SharedValues
from sync.store.local.register import RegisterStore
from tests.benchmarks.local_store import fill
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call

EVER = RANG_AT - timedelta(days=20_000), RANG_AT + timedelta(days=20_000)
COMMON = ("direction", "end_cause", "dialled_line", "topic", "category", "operator_id",
          "operator_name", "closed_by_id", "closed_by_name", "workplace", "route")  # fmt: skip
DAY = RANG_AT - timedelta(days=1), RANG_AT + timedelta(days=1)


def test_what_has_not_changed_is_the_record_of_before(store: RegisterStore) -> None:
    first = store.close(closed(filled(store.open_card(new_call(0), OPERATOR).result()))).result()
    draft = store.open_card(new_call(1), OPERATOR).result()
    before = store.calls_of_day(*DAY)
    assert before == (first, draft)

    draft = store.save_draft(calls.edit(draft, content="Нет воды.")).result()
    third = store.open_card(new_call(2), OPERATOR).result()
    after = store.calls_of_day(*DAY)

    assert after == (first, draft, third)
    assert after[0] is before[0]
    assert store.calls_of_day(DAY[1], DAY[1]) == ()
    assert store.calls_of_day(*DAY) == after


def test_a_change_that_raises_no_revision_is_seen(store: RegisterStore) -> None:
    """As an erasure does."""
    card = store.close(closed(filled(store.open_card(new_call(0), OPERATOR).result()))).result()
    assert store.calls_of_day(*DAY) == (card,)
    store.write(
        lambda connection: connection.execute(update(call_record).values(content=""))
    ).result()
    assert store.calls_of_day(*DAY) == (replace(card, content=""),)


def test_a_list_of_many_calls_is_whole_and_made_once(store: RegisterStore) -> None:
    store.close(closed(filled(store.open_card(new_call(0), OPERATOR).result()))).result()
    store.write(lambda connection: fill(connection, 1200)).result()
    every = store.calls_between(*EVER)
    assert len(every) > 1000

    found = store.calls_of_day(*EVER)
    with _statements() as asked:
        same = store.calls_of_day(*EVER)

    assert found == every
    assert all(one is other for one, other in zip(found, same, strict=True))
    assert len(asked) == 1  # the rows only; the records are not read again


def test_what_calls_of_a_day_have_in_common_is_there_once(store: RegisterStore) -> None:
    """Each call has its own text, numbers and times; the rest would be a kilobyte more a call."""
    for index in range(20):
        store.close(closed(filled(store.open_card(new_call(index), OPERATOR).result()))).result()

    found = store.calls_of_day(*DAY)

    assert found == store.calls_between(*DAY)
    for name in COMMON:
        assert len({id(getattr(card, name)) for card in found}) == 1, name
    assert len({id(entry) for card in found for entry in card.used_entries}) == 1
    assert len({id(card.number.period) for card in found}) == 1
    assert len({id(card.number.station) for card in found}) == 1


def test_few_of_ever_new_values_are_known_at_a_time(store: RegisterStore) -> None:
    """A process that runs for weeks reads ever more people, entries and topics."""
    shared = SharedValues(most=30)
    card = store.open_card(new_call(0), OPERATOR).result()
    named = [replace(card, operator_name=f"Проба {count}") for count in range(100)]

    kept = [shared.in_record(one) for one in named]

    assert kept == named
    assert shared.count <= 30


@contextmanager
def _statements() -> Iterator[list[str]]:
    """Yields the list of SELECT statements that any connection executes in the block."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
