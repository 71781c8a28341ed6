"""Status bar and banner texts about the phone, the database and unsent records."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.shared.workplace.status import StatusPresenter, StatusState
from sync.errors import StoreError, StoreUnavailable, StoreUnreadable
from sync.exchange.events import (
    BatchSent,
    CentralLost,
    CentralReached,
    ClockCompared,
    SentAgain,
    ServerRefused,
    ServersAgree,
)
from sync.exchange.failures import FailureKind
from sync.exchange.feed_reader import FeedStatus
from sync.exchange.platform.events import PlatformLost
from sync.exchange.platform.port import FailureKind as PlatformFailure
from sync.exchange.supervision import Health, ServiceState
from sync.exchange.timeline import Verdict
from sync.jobs.store_care import BackupMade, BackupMissed
from sync.register.calendar.line_hours import ClosedAct
from sync.store.local.outbox import FeedRead, OutboxStatus
from telephony.events import PhoneConnected, RegistrationChanged, RegistrationState
from tests.fakes.console_fakes import RANG_AT, Clock, InlineExecutor, Told
from tests.fakes.console_phone import connected, disconnected, registration


class FakeStore:
    def __init__(self) -> None:
        self.status = OutboxStatus(0, None, 0)
        self.failure: StoreError | None = None
        self.tried = 0

    def outbox_status(self) -> OutboxStatus:
        if self.failure is not None:
            raise self.failure
        return self.status

    def try_disk(self) -> Future[None]:
        self.tried += 1
        return Future()


class Status:
    def __init__(
        self,
        owner: QObject,
        clock: Clock,
        *,
        central: bool = True,
        registrar: bool = True,
        platform: bool = False,
    ) -> None:
        self.outbox = FakeStore()
        self.out_of_hours = False
        self.closes_at = datetime.max.replace(tzinfo=UTC)
        self.presenter = StatusPresenter(
            self.outbox,
            InlineExecutor(),
            Deliveries(owner),
            has_central=central,
            has_registrar=registrar,
            has_platform=platform,
            is_out_of_hours=lambda at: self.out_of_hours or at >= self.closes_at,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )

    @property
    def state(self) -> StatusState:
        return self.presenter.state

    def refresh(self) -> None:
        self.presenter.refresh()
        QCoreApplication.processEvents()

    def meet_phone(self, state: RegistrationState, last_min_ago: int | None = None) -> None:
        last = None if last_min_ago is None else RANG_AT - timedelta(minutes=last_min_ago)
        self.presenter.receive_phone(
            PhoneConnected(4711, "192.0.2.1:5060", registration(state, last))
        )

    def banner(self) -> str:
        banner = self.state.banner
        return "" if banner is None else f"{banner.head} {banner.body}"


@pytest.fixture
def status(owner: QObject, clock: Clock) -> Status:
    return Status(owner, clock)


def test_a_look_that_finds_nothing_new_has_nothing_shown_anew(status: Status) -> None:
    told: list[StatusState] = []
    status.presenter.changed.connect(told.append)
    status.meet_phone(RegistrationState.REGISTERED, 1)
    status.refresh()
    told.clear()

    status.refresh()
    assert told == []
    status.outbox.status = OutboxStatus(2, RANG_AT, 0)
    status.refresh()
    assert [state.waiting for state in told] == [status.state.waiting]
    assert told[0].waiting is not None


def test_until_the_phone_is_there_it_is_not_ready(status: Status) -> None:
    assert not status.state.phone_ready
    assert status.state.phone_detail == "Телефон запускается"
    assert status.presenter.health.local_address == ""
    assert status.banner() == ""  # starting is not an alarm


def test_a_registered_phone_is_ready(status: Status) -> None:
    status.meet_phone(RegistrationState.REGISTERED, 1)

    assert status.state.phone_ready
    assert status.presenter.health.local_address == "192.0.2.1:5060"
    assert status.banner() == ""


def test_a_lost_registrar_is_an_alarm_with_the_time_of_the_last_success(status: Status) -> None:
    status.meet_phone(RegistrationState.REGISTERED, 1)
    status.presenter.receive_phone(
        registration(RegistrationState.FAILED, RANG_AT - timedelta(minutes=7))
    )

    assert not status.state.phone_ready
    assert status.state.phone.role == "danger"
    assert "11:53" in status.state.phone_detail
    assert status.banner().startswith("Звонки не поступают.")
    assert status.state.banner is not None
    assert status.state.banner.kind == "danger"


def test_the_foot_says_since_when_the_phone_is_registered(status: Status, clock: Clock) -> None:
    since = RANG_AT - timedelta(hours=2)
    status.meet_phone(RegistrationState.REGISTERED, 0)
    status.presenter.receive_phone(
        RegistrationChanged(RegistrationState.REGISTERED, RANG_AT, RANG_AT, since=since)
    )
    clock.advance(185)

    assert status.state.phone.text == "Телефон на связи с 10:00"
    assert "3\u00a0минуты назад" in status.state.phone.detail
    assert "F12" in status.state.phone.detail


@pytest.mark.parametrize(
    ("status_code", "fault", "said"),
    [(403, "", "403"), (None, "tls_certificate", "Сертификат"), (None, "", "не отвечает")],
)
def test_the_alarm_says_why_the_phone_is_not_registered(
    status: Status, status_code: int | None, fault: str, said: str
) -> None:
    status.meet_phone(RegistrationState.REGISTERED, 1)
    status.presenter.receive_phone(
        RegistrationChanged(
            RegistrationState.FAILED, RANG_AT, None, status_code, "pbx.example", fault
        )
    )

    assert said in status.banner()


def test_a_lost_phone_process_is_an_alarm_too(status: Status) -> None:
    status.meet_phone(RegistrationState.REGISTERED, 1)
    status.presenter.receive_phone(disconnected())

    assert not status.state.phone_ready
    assert status.state.phone_since == disconnected().at
    assert status.banner().startswith("Звонки не поступают.")
    status.meet_phone(RegistrationState.REGISTERED, 0)
    assert status.banner() == ""


def test_without_a_registrar_the_address_is_said(owner: QObject, clock: Clock) -> None:
    status = Status(owner, clock, registrar=False)
    status.presenter.receive_phone(connected())

    assert status.state.phone_ready
    assert "127.0.0.1:5060" in status.state.phone_detail


def test_out_of_hours_follows_the_line(status: Status) -> None:
    assert not status.state.out_of_hours
    status.out_of_hours = True
    assert status.state.out_of_hours
    assert status.state.closed_act is ClosedAct.RING


def test_the_end_of_the_hours_is_shown_without_an_event(status: Status, clock: Clock) -> None:
    status.closes_at = datetime(2026, 12, 31, 20, tzinfo=CITY_ZONE)
    clock.now = status.closes_at - timedelta(seconds=1)
    status.refresh()
    changes = Told(status.presenter.changed)
    status.refresh()
    assert changes.values == []

    clock.advance(1)
    status.refresh()

    assert [state.out_of_hours for state in changes.values] == [True]


def test_a_lost_centre_is_said_with_its_time_and_what_waits(status: Status) -> None:
    status.meet_phone(RegistrationState.REGISTERED, 1)
    status.outbox.status = OutboxStatus(2, RANG_AT - timedelta(minutes=3), 0)
    status.presenter.receive_sender(CentralLost(RANG_AT, FailureKind.UNREACHABLE))
    QCoreApplication.processEvents()

    assert "12:00" in status.state.database.text
    assert status.state.waiting is not None
    assert status.state.waiting.text == "не отправлены 2 записи, самая старая ждёт 3 мин"
    assert status.state.banner is not None
    assert status.state.banner.kind == "warn"
    assert "2 записи" in status.banner()

    status.presenter.receive_sender(CentralReached(RANG_AT))
    status.outbox.status = OutboxStatus(0, None, 0)
    status.presenter.receive_sender(BatchSent(2))
    QCoreApplication.processEvents()
    assert status.banner() == ""
    assert status.state.waiting.text == "Всё отправлено"


def test_what_began_on_another_day_is_said_with_its_date(status: Status, clock: Clock) -> None:
    """An operator on Monday must not mistake a problem since Friday night for one of this
    morning.
    """
    status.meet_phone(RegistrationState.REGISTERED, 1)
    status.presenter.receive_phone(registration(RegistrationState.FAILED, RANG_AT))
    status.presenter.receive_sender(CentralLost(RANG_AT, FailureKind.UNREACHABLE))
    clock.advance(timedelta(days=3).total_seconds())
    status.refresh()
    state = status.state
    assert state.database.text == "База недоступна с 25.11.2026 12:00"
    assert state.phone_detail == "Станция не отвечает с 25.11.2026 12:00"
    assert (
        state.phone.detail.splitlines()[1] == "Последняя регистрация: 3\N{NO-BREAK SPACE}дня назад"
    )
    status.presenter.receive_phone(registration(RegistrationState.REGISTERED, clock()))
    assert status.banner().startswith("База города недоступна с 25.11.2026 12:00")


def test_a_platform_that_is_away_since_another_day_is_said_with_its_date(
    owner: QObject, clock: Clock
) -> None:
    status = Status(owner, clock, platform=True)
    status.presenter.receive_platform(PlatformLost(RANG_AT, PlatformFailure.UNREACHABLE))
    clock.advance(timedelta(days=3).total_seconds())

    assert status.state.platform is not None
    assert status.state.platform.text == "Платформа недоступна с 25.11.2026 12:00"


def test_a_centre_that_is_away_while_nothing_waits_names_no_number_of_records(
    status: Status,
) -> None:
    status.outbox.status = OutboxStatus(0, None, 0)
    status.refresh()
    status.presenter.receive_sender(CentralLost(RANG_AT, FailureKind.UNREACHABLE))
    assert status.banner().endswith("Работайте как обычно: записи уйдут сами.")
    status.outbox.status = OutboxStatus(3, RANG_AT, 0)
    status.refresh()
    assert status.banner().endswith("Работайте как обычно: 3 записи уйдут сами.")


def test_the_time_of_the_loss_is_that_of_the_first_one(status: Status) -> None:
    for minutes in (0, 5):
        at = RANG_AT + timedelta(minutes=minutes)
        status.presenter.receive_sender(CentralLost(at, FailureKind.UNREACHABLE))

    assert "12:00" in status.state.database.text


def test_refused_records_are_the_alarm_of_the_foot(status: Status) -> None:
    status.outbox.status = OutboxStatus(5, RANG_AT, 1)
    status.refresh()

    waiting = status.state.waiting
    assert waiting is not None
    assert waiting.role == "danger"
    assert waiting.text.startswith("1 ")
    assert "не отправлено 5 записей" in waiting.text  # unsent records are never hidden
    assert status.presenter.unsent_text().endswith("после входа следующего оператора.")
    status.outbox.status = OutboxStatus(0, None, 0)
    status.refresh()
    assert status.presenter.unsent_text() == ""


def test_an_embedded_store_has_no_centre_to_wait_for(owner: QObject, clock: Clock) -> None:
    status = Status(owner, clock, central=False)
    status.outbox.status = OutboxStatus(5, RANG_AT, 0)
    status.refresh()

    assert status.state.waiting is None
    assert status.state.database.role == "ok"


def test_a_store_that_refuses_is_the_gravest(status: Status) -> None:
    status.meet_phone(RegistrationState.FAILED)
    status.presenter.set_store_failed(True)

    assert status.banner().startswith("Не сохранено.")
    status.presenter.set_store_failed(False)
    assert status.banner().startswith("Звонки не поступают.")


def test_trouble_of_the_disk_is_told_by_its_kind_and_tried_until_it_is_over(
    status: Status,
) -> None:
    bodies = []
    for code in ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_BUSY", "SQLITE_IOERR"):
        status.presenter.receive_trouble(StoreUnavailable(code))
        assert status.banner().startswith("Не сохранено.")
        bodies.append(status.banner())
    assert len(set(bodies)) == 4
    assert "Диск заполнен" in bodies[0]
    status.refresh()
    assert status.outbox.tried == 1
    status.presenter.receive_trouble(None)
    assert status.banner() == ""
    status.refresh()
    assert status.outbox.tried == 1
    # An unreadable store raises the same alarm.
    status.outbox.failure = StoreUnavailable("SQLITE_IOERR")
    status.refresh()
    assert status.banner().startswith("Не сохранено.")


def test_a_damaged_register_is_told_with_what_to_do_and_not_tried_again(status: Status) -> None:
    status.presenter.set_store_failed(True)
    status.presenter.receive_trouble(StoreUnreadable("damaged"))
    assert status.banner().startswith("Реестр повреждён, записи больше не сохраняются.")
    assert "python -m sync restore" in status.banner()
    status.refresh()
    assert status.outbox.tried == 0
    assert status.banner().startswith("Реестр повреждён")


def test_what_waits_is_told_before_closing(status: Status, clock: Clock) -> None:
    assert status.presenter.told_before_closing() is None
    status.outbox.status = OutboxStatus(3, RANG_AT - timedelta(minutes=12), 0)
    status.refresh()
    told = status.presenter.told_before_closing()
    assert told is not None
    assert told[0] == "Не отправлены 3 записи, самая старая ждёт 12 мин"
    assert "консоль, которая откроется здесь следующей" in told[1]
    status.outbox.status = OutboxStatus(0, None, 0)
    status.refresh()
    assert status.presenter.told_before_closing() is None


def test_a_missing_backup_is_told_at_the_foot_until_there_is_one(status: Status) -> None:
    assert status.state.backup is None
    status.presenter.receive_backup(BackupMissed("directory_missing", None))
    backup = status.state.backup
    assert backup is not None
    assert (backup.text, backup.detail) == ("Резервной копии нет", "Папка для копий недоступна")
    status.presenter.receive_backup(BackupMissed("SQLITE_FULL", RANG_AT - timedelta(hours=3)))
    backup = status.state.backup
    assert backup is not None
    assert backup.text == "Резервной копии нет с 09:00"
    status.presenter.receive_backup(BackupMade(RANG_AT))
    assert status.state.backup is None


@pytest.mark.parametrize(
    ("why", "said"),
    [(Verdict.OLDER, "прежний сервер базы: db1:5432"), (Verdict.OTHER, "другой базы: db1:5432")],
)
def test_a_server_that_must_not_answer_is_told_while_another_takes_the_records(
    status: Status, why: Verdict, said: str
) -> None:
    status.meet_phone(RegistrationState.REGISTERED, 1)
    status.presenter.receive_sender(CentralReached(RANG_AT))
    status.presenter.receive_sender(ServerRefused(RANG_AT, "db1:5432", why))
    assert said in status.banner()
    assert said in status.state.database.detail
    assert status.state.database.role == "warn"
    status.presenter.receive_sender(ServersAgree())
    status.presenter.receive_sender(SentAgain(RANG_AT, 3))
    assert status.banner() == ""
    assert status.state.database.role == "ok"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (FailureKind.OLDER_BRANCH, "только прежний сервер"),
        (FailureKind.OTHER_CENTRE, "central take-over"),
        (FailureKind.STORE_BEHIND, "реестр здесь старее"),
    ],
)
def test_why_a_centre_that_answers_is_not_written_to(
    status: Status, kind: FailureKind, said: str
) -> None:
    status.meet_phone(RegistrationState.REGISTERED, 1)
    status.presenter.receive_sender(CentralLost(RANG_AT, kind))
    assert said in status.banner()


def test_a_clock_that_is_wrong_is_told_until_it_is_right(status: Status) -> None:
    assert status.state.clock is None
    for ahead_s, said in ((3605.2, "Часы спешат на 1:00:05"), (-65.0, "Часы отстают на 1:05")):
        status.presenter.receive_sender(ClockCompared(ahead_s))
        clock = status.state.clock
        assert clock is not None
        assert clock.text == said
        assert clock in status.state.items()
    status.presenter.receive_sender(ClockCompared(0.1))
    assert status.state.clock is None


def test_how_far_the_clock_is_ahead_is_known_while_the_centre_is_reached(status: Status) -> None:
    centre = status.presenter.centre
    assert centre.compared_ahead_s is None
    status.presenter.receive_sender(ClockCompared(3605.2))
    assert centre.compared_ahead_s is None
    status.presenter.receive_sender(CentralReached(RANG_AT))
    assert centre.compared_ahead_s == 3605.2
    status.presenter.receive_sender(ClockCompared(0.1))
    assert centre.compared_ahead_s == 0.0
    status.presenter.receive_sender(CentralLost(RANG_AT, FailureKind.UNREACHABLE))
    assert centre.compared_ahead_s is None


def test_the_database_says_up_to_when_the_centre_is_known(status: Status, clock: Clock) -> None:
    status.presenter.receive_sender(CentralReached(RANG_AT))
    feed = FeedStatus(has_looked=False)
    status.presenter.centre.feed = lambda: feed
    assert (status.state.database.text, status.state.database.detail) == (
        "База",
        "Из центра ещё ничего не приходило",
    )
    feed = FeedStatus(read=FeedRead(RANG_AT - timedelta(seconds=20)), has_looked=True)
    assert (status.state.database.role, status.state.database.detail) == (
        "ok",
        "Что приходит из центра: сегодня 11:59",
    )
    # An old watermark is no alarm until the central database was queried.
    feed = FeedStatus(read=FeedRead(RANG_AT - timedelta(days=1)), has_looked=False)
    assert (status.state.database.role, status.state.database.detail) == (
        "ok",
        "Что приходит из центра: 24.11.2026 12:00",
    )
    feed = replace(feed, has_looked=True)
    shown = status.state.database
    assert (shown.role, shown.text) == ("warn", "Новое из центра не приходит с 24.11.2026 12:00")
    assert shown.detail.startswith("Ваши записи уходят в центр")
    assert status.banner() == ""


def test_a_long_operation_in_the_centre_is_told_in_words(status: Status, clock: Clock) -> None:
    status.presenter.receive_sender(CentralReached(RANG_AT))
    status.presenter.centre.feed = lambda: FeedStatus(
        read=FeedRead(clock(), held_since=RANG_AT), has_looked=True
    )
    assert status.state.database.role == "ok"
    clock.advance(180)
    shown = status.state.database
    assert (shown.role, shown.text) == ("warn", "Новое из центра не приходит с 12:00")
    assert shown.detail.startswith("Его держит долгая операция в центральной базе")
    assert status.banner() == ""
    clock.advance(480)
    assert status.banner().startswith("Новое из центра не приходит с 12:00. Его держит долгая")
    # An unreachable central database is more severe and is shown first.
    status.presenter.receive_sender(CentralLost(clock(), FailureKind.UNREACHABLE))
    assert "недоступна" in status.banner()
    assert status.state.database.detail.endswith("Что приходит из центра: сегодня 12:11")


def test_where_nothing_comes_from_a_centre_nothing_is_said_of_it(
    owner: QObject, clock: Clock
) -> None:
    assert Status(owner, clock, central=False).state.database.detail == ""


def test_background_work_that_a_bug_has_ended_is_shown_and_when_it_goes_on(
    owner: QObject, clock: Clock
) -> None:
    status = Status(owner, clock)
    assert status.state.services is None

    health = Health("terms", ServiceState.RUNNING, RANG_AT)
    status.presenter.services = lambda: (health,)
    assert status.state.services is None

    health = replace(health, state=ServiceState.BACKING_OFF, restarts=1, bug="KeyError")
    item = status.state.services
    assert item is not None
    assert item in status.state.items()
    assert (item.text, item.role) == ("Фоновая работа остановилась", "danger")
    assert item.detail.startswith("Сроки персональных данных: остановлено с ")

    health = replace(health, state=ServiceState.RUNNING)
    item = status.state.services
    assert item is not None
    assert (item.text, item.role) == ("Фоновая работа возобновлена", "warn")
    assert item.detail.startswith("Сроки персональных данных: возобновлено в ")


def test_news_that_only_a_newer_program_can_read_are_shown_to_the_administrator(
    owner: QObject, clock: Clock
) -> None:
    status = Status(owner, clock)
    status.presenter.receive_sender(CentralReached(RANG_AT))
    feed = FeedStatus(read=FeedRead(RANG_AT - timedelta(seconds=20)), has_looked=True, aside=3)
    status.presenter.centre.feed = lambda: feed

    item = status.state.database
    assert (item.text, item.role) == ("В центре программа новее", "warn")
    assert item.detail.startswith("Не прочитано записей: 3.")

    feed = replace(feed, aside=0)
    assert status.state.database.role == "ok"
