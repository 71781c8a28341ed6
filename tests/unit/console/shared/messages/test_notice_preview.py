"""A look at notices before the decision, and the words of what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QRadioButton, QTextBrowser
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.view_data import Notice
from console.features.history.message import MessageHistoryPresenter
from console.shared.messages import notice_words
from console.shared.messages.fields_view import NoticePreview
from console.shared.messages.message_detail import Naming
from console.shared.messages.notice_preview import NoticePreviewPresenter, PreviewState
from console.shared.messages.notice_service import NoticeDirectory, NoticeEventsPresenter
from console.ui.theme import Theme, ThemeChoice, Tokens
from kb.entries.entries import Phone, UnitDetails
from kb.store import Directory
from sync.exchange.mail.composer import Organ
from sync.exchange.mail.delivery import (
    MailLost,
    MailReached,
    NoticeEvent,
    NoticeNotMailed,
    NoticeSent,
    PlannedDateCame,
    ReviewTermsNear,
)
from sync.exchange.mail.smtp import MailFailure
from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.events import Step
from sync.register.handling.handled import Asked
from sync.register.handling.notices import Notice as NoticeKind
from sync.register.handling.notices import Reminder
from sync.register.people.values import Absence
from sync.store.local.messages.notices import Channel, NoticeState
from tests.fakes.console_directory import sample_unit
from tests.fakes.console_fakes import HeldExecutor, InlineExecutor
from tests.fakes.notices import MODERATOR, RESOURCES, ROUTED, ZONE, NoticeBench
from tests.fakes.script_steps import FakeScriptSteps
from tests.fakes.store_template import StoreTemplate

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
REFUSAL: Asked = (Step.REFUSE, step_facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом."))
AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
NUMBER = "2611-0001-00042-7"


@pytest.fixture
def bench(tmp_path: Path, store_template: StoreTemplate) -> Iterator[NoticeBench]:
    made = NoticeBench(tmp_path / "notices.db", store_template)
    yield made
    assert made.store.close_store()


def under_review(bench: NoticeBench, **author: Absence) -> UUID:
    message_id = bench.submitted(**author)  # type: ignore[arg-type]  # only who is absent
    bench.take(message_id, (Step.TAKE_UP, step_facts.NoFacts()))
    return message_id


def looking(
    bench: NoticeBench, owner: QObject, readers: InlineExecutor | HeldExecutor
) -> NoticePreviewPresenter:
    return NoticePreviewPresenter(
        bench.composer,
        bench.handling,
        readers,
        Deliveries(owner),
        operator=lambda: MODERATOR,
        clock=bench.clock,
        parent=owner,
    )


def test_the_preview_shows_each_notice_in_each_form(
    bench: NoticeBench, owner: QObject, qtbot: QtBot
) -> None:
    presenter = looking(bench, owner, InlineExecutor())
    theme = Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.DARK, parent=owner)
    view = NoticePreview(theme, presenter)
    qtbot.addWidget(view)
    view.show()
    body = view.findChild(QTextBrowser)
    assert body is not None
    handled = bench.handled(under_review(bench))
    number = handled.record.number
    assert number is not None
    registered: Asked = (Step.REGISTER, step_facts.Numbered(number))

    presenter.show(handled, (registered, (Step.SEND_TO_ORGAN, ROUTED)))
    QCoreApplication.processEvents()

    assert [notice.title for notice in presenter.state.notices] == [
        "Зарегистрировано",
        "Новое сообщение органу",
    ]
    assert presenter.state.notices[0].way == "Письмо: Пробная Анна Петровна, author@test.invalid"
    assert "Уважаемая Анна Петровна!" in body.toPlainText()

    def choose(text: str) -> str:
        (cell,) = (cell for cell in view.findChildren(QRadioButton) if cell.text() == text)
        cell.click()
        return body.toPlainText()

    assert choose("Вслух").startswith("Здравствуйте, Анна Петровна!")
    assert choose("Текстом").startswith("Пробной Анне Петровне")
    assert "вам направлено сообщение" in choose("Новое сообщение органу")

    by_phone = bench.handled(under_review(bench, email=Absence.NOT_GIVEN))
    presenter.show(by_phone, (REFUSAL,))
    QCoreApplication.processEvents()
    assert (
        presenter.state.notices[0].way == "По телефону: Пробная Анна Петровна, +7 (900) 555-01-01"
    )
    assert "Назовите дом." in body.toPlainText()
    assert body.toPlainText().startswith("Здравствуйте")


def test_what_cannot_be_shown_is_told(bench: NoticeBench, owner: QObject) -> None:
    presenter = looking(bench, owner, InlineExecutor())
    handled = bench.handled(under_review(bench, email=Absence.NOT_GIVEN, phone=Absence.NOT_GIVEN))

    def shown(step: Asked) -> PreviewState:
        presenter.show(handled, (step,))
        QCoreApplication.processEvents()
        return presenter.state

    assert shown(REFUSAL).notices[0].way == "Пробная Анна Петровна: нет ни почты, ни телефона"
    assert shown((Step.RELEASE, step_facts.NoFacts())).remark == "Об этом никто не уведомляется"
    assert shown((Step.PUBLISH, step_facts.NoFacts())).remark.startswith("Уведомление появится")


def test_only_what_was_asked_for_last_is_shown(bench: NoticeBench, owner: QObject) -> None:
    readers = HeldExecutor()
    presenter = looking(bench, owner, readers)
    handled = bench.handled(under_review(bench))
    presenter.show(handled, (REFUSAL,))
    presenter.clear()
    readers.run(0)
    QCoreApplication.processEvents()
    assert presenter.state == PreviewState()


def test_what_the_delivery_tells_in_the_window(owner: QObject) -> None:
    presenter = NoticeEventsPresenter(owner)
    told: list[Notice] = []
    lost: list[MailFailure | None] = []
    presenter.told.connect(told.append)
    presenter.mail_lost.connect(lost.append)
    some = UUID(int=1)
    events: tuple[NoticeEvent, ...] = (
        MailReached(AT),
        NoticeSent(AT, some),
        MailLost(AT, MailFailure.SIGN_IN_REFUSED),
        MailReached(AT),
        NoticeNotMailed(AT, some, NUMBER, "550", is_call=True),
        NoticeNotMailed(AT, some, NUMBER, "outcome_unknown", is_call=False),
        PlannedDateCame(AT, some, NUMBER),
        ReviewTermsNear(AT, 2, 1),
        ReviewTermsNear(AT, 5, 0),
    )
    for event in events:
        presenter.receive(event)

    assert lost == [None, MailFailure.SIGN_IN_REFUSED, None]
    assert [(notice.head, notice.problem) for notice in told] == [
        ("Письма не уходят", True),
        ("Письма снова уходят", False),
        (f"Позвоните адресату по сообщению № {NUMBER}", False),
        (f"Уведомление по сообщению № {NUMBER} никому не передано", True),
        (f"Наступил планируемый срок по сообщению № {NUMBER}", False),
        ("1 сообщение просрочено: срок п. 7.11 истёк", True),
        ("5 сообщений нужно решить к следующему рабочему дню (п. 7.11)", False),
    ]
    assert told[2].body == "Почтовый сервер не принял письмо (550)"
    assert all(notice_words.mail_lost(kind)[1] for kind in MailFailure if kind != "try_later")


def test_every_notice_and_state_has_its_words(bench: NoticeBench) -> None:
    message_id = bench.registered()
    (kept,) = bench.outbox.of_message(message_id)
    kinds = [*NoticeKind, *Reminder]
    assert len({notice_words.kind_name(kind) for kind in kinds}) == len(kinds)
    called = replace(
        kept, channel=Channel.CALL, state=NoticeState.CALLED, ended_at=AT, last_error="550"
    )
    nobody = replace(kept.told, email=None, phone=None)
    lines = [
        notice_words.history_line(one, lambda at: f"{at:%d.%m}")
        for one in (
            kept,
            replace(kept, state=NoticeState.SENT, ended_at=AT),
            replace(kept, state=NoticeState.CANCELLED, ended_at=AT),
            called,
            replace(called, state=NoticeState.WAITING, ended_at=None),
            replace(called, state=NoticeState.FAILED, last_error="not_reached"),
            replace(kept, told=nobody, state=NoticeState.FAILED, last_error="no_contact"),
            replace(kept, told=replace(kept.told, kind=NoticeKind.MESSAGE_FOR_ORGAN)),
        )
    ]
    assert lines == [
        "Автору: письмо ждёт отправки",
        "Автору: письмо отправлено, 26.11",
        "Автору: отменено, 26.11",
        "Автору: сообщено по телефону, 26.11, почтовый сервер не принял письмо (550)",
        "Автору: нужно позвонить, почтовый сервер не принял письмо (550)",
        "Автору: не доставлено, 26.11, не удалось дозвониться за три попытки",
        "Автору, который не оставил ни почты, ни телефона: не доставлено",
        "Органу: письмо ждёт отправки",
    ]


def test_the_history_shows_each_notice_under_its_step(bench: NoticeBench, owner: QObject) -> None:
    message_id = bench.registered()
    bench.take(message_id, (Step.SEND_TO_ORGAN, ROUTED))
    bench.outbox.sent(bench.notices(message_id)["registered"].id, bench.clock.at)
    naming = Naming(str, dict, ZONE, bench.clock)
    history = MessageHistoryPresenter(
        bench.handling,
        bench.store,
        bench.outbox,
        FakeScriptSteps(),
        naming,
        InlineExecutor(),
        Deliveries(owner),
        owner,
    )

    history.show(bench.handled(message_id))
    for _round in range(3):
        QCoreApplication.processEvents()

    sent, registered, *earlier = (item.lines for item in history.state.items)
    assert sent[-1] == "Органу: письмо ждёт отправки"
    assert registered[-1] == "Автору: письмо отправлено, 12:05"
    assert not any("письмо" in line for lines in earlier for line in lines)


def test_organs_are_reached_as_the_directory_has_it(tmp_path: Path) -> None:
    fax = Phone("+7 (87999) 2-10-02", purpose="факс")
    line = Phone("2-10-00", "101", "приёмная")
    details = UnitDetails(email="roads@belokluchevsk.example", phones=(fax, line))
    unit = replace(sample_unit("roads"), title="Дорожная служба", details=details)
    silent = replace(sample_unit("silent"), details=UnitDetails(phones=(fax,)))
    directory = Directory.open(tmp_path / "directory.db", starters=None)
    directory.replace_all((unit, silent))
    asked = NoticeDirectory(directory, "87999")

    assert asked.organ("roads") == Organ(
        "Дорожная служба", "roads@belokluchevsk.example", "+78799921000;ext=101"
    )
    assert asked.organ("silent") == Organ(silent.title)
    assert asked.organ("nobody") is None
    assert asked.title("roads") == "Дорожная служба"
    assert asked.title("") == ""
    directory.close()
