"""Operators of the central database at a workplace: online, offline, disabled, renamed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg2
import pytest
from psycopg2.extensions import make_dsn
from sqlalchemy import select

from sync.errors import CentreUnread
from sync.exchange.central_choice import CentralReading
from sync.exchange.claims import GOOD_FOR, OperatorSignIn
from sync.records.replicated_tables import audit
from sync.register.messages import State
from sync.register.people.operators import Operator, Role
from sync.store.central.logins import enrol_workplace, set_disabled, set_password
from sync.store.local.accounts import SignInCode, SignInRefusal
from sync.store.local.register import RegisterStore
from tests.fakes.central_people import PASSWORD, dsn_as, new_person
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import RANG_AT
from tests.fakes.tcp_proxy import TcpProxy
from tests.integration.sync.store.central.test_central import query

WAIT_S = 20
NEW_PASSWORD = "новая-ключевая-2"


class Desk:
    """A workplace with access to the central database until its network is cut."""

    def __init__(self, store: RegisterStore, dsn: str) -> None:
        self.store = store
        self.online = OperatorSignIn(store, dsn)
        self.offline = OperatorSignIn(store, make_dsn(dsn, port=1))  # nothing listens there
        self.is_cut = False
        self.at = RANG_AT

    def sign_in(self, password: str = PASSWORD, login: str = "Probova") -> Operator | SignInCode:
        return self._outcome(self._door.sign_in(login, password, self._later()))

    def change(self, password: str, new_password: str) -> Operator | SignInCode:
        later = self._later()
        return self._outcome(self._door.change_password("probova", password, new_password, later))

    def close(self) -> None:
        self.online.close()
        self.offline.close()

    @property
    def _door(self) -> OperatorSignIn:
        return self.offline if self.is_cut else self.online

    def _later(self) -> datetime:
        self.at += timedelta(minutes=10)  # past every delay
        return self.at

    def _outcome(self, deciding: Future[Operator | SignInRefusal]) -> Operator | SignInCode:
        outcome = deciding.result(WAIT_S)
        return outcome.code if isinstance(outcome, SignInRefusal) else outcome


@pytest.fixture
def desk(store: RegisterStore, centre: str) -> Iterator[Desk]:
    made = Desk(store, enrol_workplace(centre, "0001").dsn)
    yield made
    made.close()


def test_a_person_of_the_centre_signs_in_and_is_known_here_without_it(
    desk: Desk, centre: str
) -> None:
    assert not desk.online.has_operators()
    person = new_person(centre, "probova")
    assert desk.online.has_operators()  # to prevent the creation of a first operator
    assert not desk.offline.has_operators()
    desk.is_cut = True
    assert desk.sign_in() is SignInCode.WRONG  # never here before
    desk.is_cut = False
    assert desk.sign_in() == person
    assert desk.store.operators() == (person,)
    desk.is_cut = True
    assert desk.sign_in() == person
    assert desk.sign_in("не тот") is SignInCode.WRONG
    desk.at += GOOD_FOR
    assert desk.sign_in() is SignInCode.EXPIRED
    assert desk.sign_in("не тот") is SignInCode.WRONG  # not "expired", which shows that it exists
    desk.is_cut = False
    assert desk.sign_in() == person
    desk.is_cut = True
    assert desk.sign_in() == person


def test_the_centre_decides_while_it_answers(desk: Desk, centre: str) -> None:
    person = new_person(centre, "probova")
    desk.sign_in()
    set_password(centre, "probova", NEW_PASSWORD)
    assert desk.sign_in() is SignInCode.WRONG
    desk.is_cut = True  # a sign-in refused online is refused offline too
    assert desk.sign_in() is SignInCode.EXPIRED
    desk.is_cut = False
    assert desk.sign_in(NEW_PASSWORD) == person
    for _time in range(3):
        desk.sign_in("не тот")
    early = desk.online.sign_in("probova", NEW_PASSWORD, desk.at + timedelta(seconds=1))
    outcome = early.result(WAIT_S)
    assert isinstance(outcome, SignInRefusal)
    assert outcome.code is SignInCode.TOO_SOON


def test_a_supervisor_who_came_in_by_the_centre_counts_all_workplaces(
    desk: Desk, centre: str
) -> None:
    person = new_person(centre, "probova", Role.SUPERVISOR)
    reading = CentralReading(lambda: desk.online.session_of(person))
    with pytest.raises(CentreUnread, match="not_signed_in"):
        reading.between(RANG_AT, RANG_AT)
    assert desk.sign_in() == person
    today = RANG_AT.date()
    assert reading.call_report(today, today, ZoneInfo("Europe/Moscow")).total.answered == 0
    assert reading.between(RANG_AT, RANG_AT) == reading.in_states(list(State)) == ()
    stranger = replace(person, id=UUID(int=5))
    assert desk.online.session_of(stranger) is None
    set_disabled(centre, "probova", is_disabled=True)
    with pytest.raises(CentreUnread, match="unreachable"):  # the driver gives no more details
        reading.call_report(today, today, ZoneInfo("Europe/Moscow"))
    assert desk.sign_in() is SignInCode.DISABLED
    assert desk.online.session_of(person) is None


def test_who_is_shut_out_stays_out_once_the_workplace_has_heard_of_it(
    desk: Desk, centre: str
) -> None:
    first, second = new_person(centre, "probova"), new_person(centre, "vtoraya")
    desk.sign_in()
    set_disabled(centre, "probova", is_disabled=True)
    desk.is_cut = True
    desk.offline.refresh(desk.at).result(WAIT_S)
    assert desk.sign_in() == first  # it is not notified yet
    desk.online.refresh(desk.at).result(WAIT_S)  # as when the network returns
    assert desk.sign_in() is SignInCode.DISABLED
    set_disabled(centre, "probova", is_disabled=False)
    desk.is_cut = False
    assert desk.sign_in() == first
    set_disabled(centre, "probova", is_disabled=True)
    assert desk.sign_in(login="vtoraya") == second  # any sign-in fetches the update
    desk.is_cut = True
    assert desk.sign_in() is SignInCode.DISABLED
    desk.is_cut = False
    assert desk.sign_in() is SignInCode.DISABLED
    assert desk.sign_in("не тот") is SignInCode.WRONG
    set_disabled(centre, "probova", is_disabled=False)
    assert desk.sign_in() == first
    query(centre, "UPDATE operator SET name = 'Новая Фамилия', role = 'moderator'"
          " WHERE login = 'probova'; DELETE FROM operator WHERE login = 'vtoraya'")  # fmt: skip
    renamed = desk.sign_in()
    assert isinstance(renamed, Operator)
    assert (renamed.name, renamed.role) == ("Новая Фамилия", Role.MODERATOR)
    desk.is_cut = True
    assert desk.sign_in(login="vtoraya") is SignInCode.DISABLED


def told(store: RegisterStore) -> list[tuple[str, str]]:
    """Returns kind and detail of the workplace's audit entries in order."""
    return store.write(
        lambda connection: [
            (row.kind, row.detail)
            for row in connection.execute(select(audit.c.kind, audit.c.detail, audit.c.row))
        ]
    ).result(WAIT_S)


def test_a_password_is_changed_at_the_centre(desk: Desk, centre: str) -> None:
    person = new_person(centre, "probova")
    desk.sign_in()
    desk.is_cut = True
    assert desk.change(PASSWORD, NEW_PASSWORD) is SignInCode.CENTRE_AWAY
    desk.is_cut = False
    assert desk.change("не тот", NEW_PASSWORD) is SignInCode.WRONG
    assert desk.change(PASSWORD, NEW_PASSWORD) == person
    assert told(desk.store) == [
        ("operator_added", "operator"),
        ("signed_in", "centre"),
        ("sign_in_refused", "centre_away store"),
        ("sign_in_refused", "wrong centre"),
        ("password_changed", ""),
        ("signed_in", "centre"),
    ]
    with pytest.raises(psycopg2.OperationalError):
        query(dsn_as(centre, "probova"), "SELECT 1")
    assert desk.sign_in(NEW_PASSWORD) == person
    desk.is_cut = True
    assert desk.sign_in(NEW_PASSWORD) == person
    assert desk.sign_in() is SignInCode.WRONG


def test_people_of_the_store_alone_go_on_beside_a_centre(
    desk: Desk, centre: str, store: RegisterStore
) -> None:
    own = store.create_first_operator(
        name="Своя Пробная", login="probova", password=PASSWORD, role=Role.SUPERVISOR
    ).result(WAIT_S)
    for is_cut in (False, True):
        desk.is_cut = is_cut
        assert desk.sign_in() == own
        assert desk.sign_in("не тот") is SignInCode.WRONG
    assert desk.change(PASSWORD, NEW_PASSWORD) == own
    # the central database gets the same login: it then belongs to that person
    person = new_person(centre, "probova")
    desk.is_cut = False
    assert desk.sign_in(NEW_PASSWORD) is SignInCode.WRONG
    assert desk.sign_in() == person
    assert store.operators() == (person,)


def test_a_centre_that_hangs_lets_people_in_as_one_that_is_away(
    store: RegisterStore, centre: str, password_server: PostgresServer
) -> None:
    person = new_person(centre, "probova")
    with TcpProxy(password_server.port) as network:
        dsn = make_dsn(enrol_workplace(centre, "0001").dsn, port=network.port)
        desk = Desk(store, dsn)
        assert desk.sign_in() == person
        network.freeze()
        assert desk.sign_in() == person
        desk.close()


class Trusting(OperatorSignIn):
    """Broken on purpose: checks the store first."""

    def sign_in(self, login: str, password: str, at: datetime) -> Future[Operator | SignInRefusal]:
        return self._store.sign_in(login, password, at)


def test_a_sign_in_that_asks_the_store_first_is_found_out(
    store: RegisterStore, centre: str
) -> None:
    new_person(centre, "probova")
    dsn = enrol_workplace(centre, "0001").dsn
    desk = Desk(store, dsn)
    desk.sign_in()
    set_disabled(centre, "probova", is_disabled=True)
    trusting = Trusting(store, dsn)
    outcome = trusting.sign_in("probova", PASSWORD, desk.at).result(WAIT_S)
    assert isinstance(outcome, Operator)  # must be DISABLED
    assert desk.sign_in() is SignInCode.DISABLED
    trusting.close()
    desk.close()
