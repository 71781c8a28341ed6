"""F4 finds the records of other workplaces through the central database; offline, its own
records.
"""

from __future__ import annotations

from dataclasses import replace

from psycopg2.extensions import make_dsn

from sync.exchange.central_choice import CentralReading
from sync.exchange.record_search import RecordQuery, RecordSearch
from sync.register.numbering import next_number
from sync.register.people.values import PersonName
from sync.store.central.connection import central_transaction
from sync.store.local.calls.search import LocalCalls
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.central_people import dsn_as, new_person
from tests.fakes.central_rows import enrol, put_calls, put_messages
from tests.fakes.message_ways import dozen
from tests.fakes.records import OPERATOR, closed, filled, new_call
from tests.unit.sync.store.local.calls.test_call_search import varied


def search_of(store: RegisterStore, dsn: str | None) -> RecordSearch:
    centre = None if dsn is None else CentralReading(lambda: dsn)
    return RecordSearch(MessageHandling(store), LocalCalls(store), centre)


def test_an_operator_finds_what_other_workplaces_wrote_by_number_telephone_name_and_words(
    store: RegisterStore, centre: str
) -> None:
    own = store.close(closed(filled(store.open_card(new_call(0), OPERATOR).result()))).result()
    far = replace(varied(3)[0], content="Упал фонарь", number=next_number("2611", "0002", 7))
    message = next(
        one for one in dozen() if one.record.number and one.standing.state.value != "draft"
    )
    with central_transaction(centre) as connection:
        for code in sorted(
            {"0002", message.record.number.station if message.record.number else ""}
        ):
            enrol(connection, code)
        put_calls(connection, (far,))
        put_messages(connection, (message,))
    new_person(centre, "probova")
    search = search_of(store, dsn_as(centre, "probova"))

    by_call_number = search.find(RecordQuery(number=far.number))
    assert by_call_number.calls == (far,)
    assert by_call_number.elsewhere == {far.id}
    by_number = search.find(RecordQuery(number=message.record.number))
    assert [one.history for one in by_number.messages] == [message.history]
    assert by_number.elsewhere == {message.id}
    assert not by_number.is_here
    by_phone = search.find(RecordQuery(phone=str(own.phone)))
    assert {one.id for one in by_phone.calls} >= {own.id}
    assert own.id not in by_phone.elsewhere
    assert search.find(RecordQuery(text="упали фонари")).calls == (far,)
    assert isinstance(far.name, PersonName)
    assert far in search.find(RecordQuery(text=far.name.surname[:4])).calls


def test_without_the_centre_it_finds_what_is_here_and_says_so(
    store: RegisterStore, centre: str
) -> None:
    own = store.close(closed(filled(store.open_card(new_call(0), OPERATOR).result()))).result()
    away = search_of(store, make_dsn(centre, port=1))  # nothing listens there
    found = away.find(RecordQuery(number=own.number))
    assert found.calls == (own,)
    assert found.is_here
    alone = search_of(store, None).find(RecordQuery(text="вторникам"))
    assert alone.calls == (own,)
    assert not alone.is_here
