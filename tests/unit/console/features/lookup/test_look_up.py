"""Lookup by number or phone number: the information that may be disclosed, and to which person
(6.11, 9.11).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.core.view_data import Notice
from console.features.history import words as history_words
from console.features.history.message import HistoryItem, MessageHistoryPresenter
from console.features.history.page import MessageHistoryPage
from console.features.lookup import words as lookup_words
from console.features.lookup.page import LookUpPage
from console.features.lookup.presenter import LookUpPresenter, ReadOut
from console.shared.messages import step_words
from console.shared.messages.classifier import Classifier
from console.shared.messages.message_detail import Naming
from console.shared.messages.terms import CityCalendar, Terms
from console.shared.texts.ground_words import Cited
from console.ui.theme import Theme, ThemeChoice, Tokens
from sync.errors import CentreUnread
from sync.exchange.record_search import RecordSearch
from sync.register.calendar.calendar import read_calendar
from sync.register.calls.calls import CallRecord, CallState
from sync.register.calls.scripts import TickedStep, Way
from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.answers import Rating
from sync.register.handling.events import Source, Step
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.history import Overtaken
from sync.register.messages import Publicity, SubmittedMessage, draft_of
from sync.register.people.values import PersonName
from tests.fakes.answer_messages import PLANNED, SOLVED, Led, registered
from tests.fakes.console_directory import CATEGORIES, TOPICS, with_answer_term
from tests.fakes.console_fakes import AREA_CODE, RANG_AT, Clock, InlineExecutor, NoCalls
from tests.fakes.console_register import FakeRegister
from tests.fakes.handling import FakeHandling
from tests.fakes.record_search import FakeCalls, FakeMessagesHere
from tests.fakes.records import OPERATOR
from tests.fakes.script_steps import FakeScriptSteps
from tests.unit.sync.register.records import card as made_card

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

RESOURCES = Path(__file__).resolve().parents[5] / "resources"
CALENDAR = read_calendar(RESOURCES / "calendars")
AUTHOR = PersonName("Пробова", "Анна", "Петровна")


def settle() -> None:
    for _ in range(5):
        QCoreApplication.processEvents()


class Centre(FakeCalls):
    """Records of all workplaces; unreachable on request."""

    def __init__(self, register: FakeRegister) -> None:
        super().__init__(register)
        self.messages: tuple[HandledMessage, ...] = ()

    def find_messages(self, asked: dict[str, object], most: int) -> tuple[HandledMessage, ...]:
        if self.is_away:
            raise CentreUnread("unreachable")
        keys = {"number", "phone", "words", "name", "call"} & asked.keys()
        assert keys
        return tuple(one for one in self.messages if self._has(one, asked))[:most]

    def _has(self, one: HandledMessage, asked: dict[str, object]) -> bool:
        record = one.record
        return (
            asked.get("number", str(record.number)) == str(record.number)
            and asked.get("phone", record.phone) == record.phone
        )


class Desk:
    """The look-up over messages in memory; `card` is the record of the active call."""

    def __init__(self, owner: QObject, clock: Clock) -> None:
        self.clock = clock
        self.handling, self.register = FakeHandling(clock), FakeRegister()
        self.card: CallRecord | None = None
        self.told: list[Notice] = []
        readers, deliveries = InlineExecutor(), Deliveries(owner)
        self.classifier = classifier = Classifier(TOPICS, CATEGORIES, owner)
        naming = Naming(
            lambda key: {"road-service": "Дорожная служба"}.get(key, key),
            lambda: classifier.texts,
            CITY_ZONE,
            clock,
        )
        self.calls = FakeCalls(self.register)
        here = FakeMessagesHere(self.handling)
        self.centre = Centre(self.register)
        self.search = RecordSearch(here, self.calls, self.centre)
        self.look_up = LookUpPresenter(
            self.handling,
            self.search,
            Terms(CityCalendar(CALENDAR), classifier, zone=CITY_ZONE, now=clock, parent=owner),
            naming,
            readers,
            deliveries,
            operator=lambda: OPERATOR,
            card=lambda: self.card,
            change_card=self._change,
            area_code=AREA_CODE,
            parent=owner,
        )
        self.look_up.told.connect(self.told.append)
        self.script_steps = FakeScriptSteps()
        self.history = MessageHistoryPresenter(
            self.handling,
            self.register,
            NoCalls(),
            self.script_steps,
            naming,
            readers,
            deliveries,
            owner,
        )

    def _change(self, card: CallRecord) -> None:
        self.card = card

    def type(self, text: str) -> None:
        self.look_up.set_query(text)
        settle()

    def reading(self) -> ReadOut:
        reading = self.look_up.state.reading
        assert reading is not None
        return reading

    def items(self, led: Led) -> tuple[HistoryItem, ...]:
        self.history.show(led.handled)
        settle()
        return self.history.state.items


@pytest.fixture
def desk(owner: QObject, clock: Clock) -> Desk:
    return Desk(owner, clock)


def number(led: Led) -> str:
    return str(led.handled.record.number)


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text,
        lambda text: text.replace("-", ""),
        lambda text: text.replace("-", " "),
        lambda text: "№ " + text.replace("-", "."),
    ],
)
def test_a_number_is_found_however_it_is_written(desk: Desk, written: Callable[[str], str]) -> None:
    led = registered(desk.handling)
    desk.type(written(number(led)))

    assert desk.reading().number == number(led)


def test_a_slip_in_the_number_is_told_at_once(desk: Desk) -> None:
    text = number(registered(desk.handling))
    wrong = text[:-3] + str((int(text[-3]) + 1) % 10) + text[-2:]
    desk.type(wrong)
    state = desk.look_up.state
    assert (state.is_wrong, state.reading) == (True, None)
    assert state.hint.startswith("Такого номера нет: в нём неверная цифра")

    desk.type(text[:9])
    assert (desk.look_up.state.is_wrong, desk.look_up.state.hint) == (
        False,
        "До номера сообщения не хватает 6 цифр",
    )


def test_a_right_number_that_nobody_has_is_told_apart_from_a_slip(desk: Desk) -> None:
    known = registered(desk.handling, 1)
    text = number(known)
    desk.handling.messages.clear()
    desk.type(text)

    assert desk.look_up.state.hint.startswith("Номер верный, но сообщения с ним")


def test_the_number_of_a_call_leads_to_its_message_or_tells_that_there_is_none(
    desk: Desk,
) -> None:
    led = registered(desk.handling)
    with_message = replace(made_card(), id=UUID(int=1), message_id=led.id)
    desk.register.records[with_message.id] = with_message
    desk.type(str(with_message.number))
    assert desk.reading().number == number(led)

    desk.register.records[with_message.id] = replace(with_message, message_id=None)
    desk.type("")
    desk.type(str(with_message.number))
    assert desk.look_up.state.hint.startswith("Это номер телефонного вызова от")


def test_a_telephone_finds_all_its_messages_the_newest_first(desk: Desk) -> None:
    older = registered(desk.handling, 1)
    newer = registered(desk.handling, 2, "Другая яма")
    registered(desk.handling, 3, phone="+79005550138")
    desk.type("8 900 555-01-37")
    state = desk.look_up.state
    assert [row.number for row in state.found] == [number(newer), number(older)]
    assert (state.hint, state.chosen) == ("2 сообщения с этого телефона", newer.id)
    desk.look_up.choose(older.id)
    assert desk.reading().number == number(older)

    desk.type("8 900 555-01-39")
    assert desk.look_up.state.hint == "С телефона +7 (900) 555-01-39 сообщений нет"


def test_anybody_hears_where_a_published_message_stands(desk: Desk) -> None:
    led = registered(desk.handling).to_organ()
    desk.type(number(led))
    reading = desk.reading()

    assert not reading.protected
    assert reading.sentences == (
        f"Сообщение № {number(led)} принято 25.11.2026.",
        "Оно о теме: Дороги, Ямы.",
        "Ответ готовит Дорожная служба.",
    )
    assert (reading.answer_head, reading.answer) == ("Ответ ещё не направлен: читать нечего", ())


def test_of_a_message_that_is_not_public_only_its_author_hears_more(desk: Desk) -> None:
    led = registered(desk.handling, publicity=Publicity.NOT_STATED).to_organ()
    led.answered().step(Step.SEND_ANSWER)
    desk.card = replace(made_card(), phone="+79005550137", name=AUTHOR)
    desk.type(number(led))
    reading = desk.reading()
    assert reading.protected
    assert (reading.title, reading.answer_head, reading.answer) == ("", "", ())
    assert reading.sentences[1] == "Что в нём и каков ответ, можно сказать только автору (п. 6.11)."
    assert [mark.kind for mark in reading.caller] == ["ok", "ok"]

    desk.look_up.confirm_author()
    settle()
    assert "Яма заделана 25 ноября." in desk.reading().answer

    desk.look_up.open()
    desk.type(number(led))
    assert desk.reading().protected


@pytest.mark.parametrize(
    ("phone", "name", "kinds"),
    [
        ("+79005550137", PersonName("пробова", "анна", ""), ["ok", "ok"]),
        ("+79005550199", PersonName("Пробова", "Мария", ""), ["warn", "warn"]),
    ],
)
def test_the_operator_sees_whether_the_caller_is_the_author(
    desk: Desk, phone: str, name: PersonName, kinds: list[str]
) -> None:
    led = registered(desk.handling, publicity=Publicity.NON_PUBLIC)
    desk.card = replace(made_card(), phone=phone, name=name)
    desk.type(number(led))

    assert [mark.kind for mark in desk.reading().caller] == kinds


def test_an_answer_that_was_not_sent_yet_is_not_read_out(desk: Desk) -> None:
    led = registered(desk.handling).to_organ().answered(PLANNED)
    desk.type(number(led))
    assert desk.reading().answer == ()
    led.step(Step.SEND_PLAN)
    desk.type(number(led))
    reading = desk.reading()

    assert reading.answer == ("Яма будет заделана.", "Обещано к 10.12.2026: Заказан асфальт.")
    assert reading.sentences[-1] == "Вопрос решат до четверга, десятого декабря."


def test_a_decision_that_is_late_is_not_told_as_a_late_answer(desk: Desk, clock: Clock) -> None:
    draft = replace(registered(desk.handling).handled.record, id=UUID(int=9), number=None)
    desk.handling.submit(draft, Source.PLATFORM)
    led = Led(desk.handling, draft.id)
    desk.look_up.open()
    desk.type(number(led))
    desk.look_up.confirm_author()
    in_time = desk.reading().sentences[-2:]

    clock.advance(timedelta(days=10).total_seconds())
    desk.type("")
    desk.type(number(led))
    assert in_time == (
        "Оно ждёт рассмотрения.",
        "Решение будет принято до пятницы, двадцать седьмого ноября.",
    )
    assert desk.reading().sentences[-2:] == (
        "Оно ждёт рассмотрения.",
        "Решение должно было быть принято до 27.11.2026, оно задерживается.",
    )


def test_an_answer_and_a_promised_day_that_are_late_are_told_as_what_they_are(
    desk: Desk, clock: Clock
) -> None:
    desk.classifier.replace(((with_answer_term(TOPICS[0], 10), *TOPICS[1:]), CATEGORIES, ()))
    at_organ = registered(desk.handling, 1).to_organ()
    planned = registered(desk.handling, 2).to_organ().answered(PLANNED).step(Step.SEND_PLAN)
    clock.advance(timedelta(days=60).total_seconds())
    desk.type(number(at_organ))
    assert desk.reading().sentences[-1] == "Срок ответа был 09.12.2026, ответ задерживается."

    desk.type(number(planned))
    assert desk.reading().sentences[-1] == (
        "Обещанный день, 10.12.2026, прошёл; ждём от органа нового ответа."
    )


def test_why_a_message_was_refused_is_told(desk: Desk) -> None:
    led = registered(desk.handling, 1)
    submitted = replace(led.handled.record, id=UUID(int=9), number=None)
    desk.handling.submit(submitted, Source.PLATFORM)
    refused = Led(desk.handling, submitted.id).step(Step.TAKE_UP)
    refused.step(Step.REFUSE, step_facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Укажите дом."))
    desk.type(number(refused))
    desk.look_up.confirm_author()
    settle()

    assert desk.reading().sentences[-1] == "Основание — п. 6.3-11. Укажите дом."


def test_the_call_is_linked_and_its_card_says_what_it_was_about(desk: Desk) -> None:
    led = registered(desk.handling)
    desk.card = made_card()
    desk.type(number(led))
    assert desk.look_up.state.can_link
    desk.look_up.link_call()
    settle()

    assert led.handled.standing.call_ids == (desk.card.id,)
    assert desk.card.content == f"О сообщении № {number(led)}"
    assert not desk.look_up.state.can_link
    assert desk.told[-1].head == f"Вызов связан с сообщением № {number(led)}"


def test_a_call_that_came_meanwhile_is_not_said_to_be_about_the_message(desk: Desk) -> None:
    """The step is committed after a delay; another card may be active by then."""
    led = registered(desk.handling)
    asked, next_one = made_card(), replace(made_card(), id=UUID(int=77))
    desk.card = asked
    desk.type(number(led))
    desk.look_up.link_call()
    desk.card = next_one
    settle()

    assert led.handled.standing.call_ids == (asked.id,)
    assert desk.card == next_one
    assert desk.told[-1].head == f"Вызов связан с сообщением № {number(led)}"


# --- history ---


def test_a_decision_that_was_overtaken_is_told_and_stands_in_the_history(desk: Desk) -> None:
    led = registered(desk.handling)
    first = led.step(Step.WITHHOLD, step_facts.Explained("Просьба автора.")).handled.history.events[
        -1
    ]
    late = replace(
        first,
        id=UUID(int=5),
        step=Step.SEND_TO_ORGAN,
        facts=step_facts.Routed("roads", "roads"),
        at=first.at - timedelta(minutes=1),
    )
    lost = Overtaken(late, first)
    desk.handling.displaced[led.id] = (lost,)
    (overtaken,) = (item for item in desk.items(led) if item.is_undone)
    assert overtaken.lines[0].startswith("не действует; раньше, на другом месте: Снято с публикац")
    assert overtaken.lines[1:] == ("roads",)

    head, body = history_words.overtaken("2611-0001-00001-7", lost, lambda _at: "12:05")
    assert head == "Сообщение № 2611-0001-00001-7: решение, принятое здесь, не действует"
    assert body.endswith("12:05. Написанное сохранено в истории сообщения (Alt+H).")


def test_the_history_tells_who_did_what_by_which_paragraph(desk: Desk) -> None:
    led = registered(desk.handling).to_organ().answered()
    led.step(Step.RETURN_ANSWER, step_facts.Explained("Нет акта."), by=None)
    sent = led.answered().step(Step.SEND_ANSWER)
    event = sent.handled.history.events[-1]
    desk.handling.take_back(led.id, event.id, OPERATOR)
    led.step(Step.SEND_ANSWER)
    led.step(Step.RATE_NEGATIVELY, step_facts.Rated(Rating.BAD, "Снова яма."), Source.PLATFORM)
    items = desk.items(led)

    told = [(item.what, item.paragraph, item.lines) for item in items[:8]]
    assert told == [
        ("Направлено на доработку", "п. 10.3", ("Дорожная служба",)),
        ("Автор недоволен ответом", "п. 10.2", ("Недоволен", "Снова яма.")),
        ("Ответ направлен автору", "п. 9.5", ()),
        ("Решение отменено", "п. 7.6", ("Ответ направлен автору",)),
        ("Ответ направлен автору", "п. 9.5", ()),
        ("Орган ответил", "п. 9.5", ("Решён", "Яма заделана 25 ноября.")),
        ("Ответ возвращён на исправление", "п. 9.5", ("Нет акта.",)),
        ("Орган ответил", "п. 9.5", ("Решён", "Яма заделана 25 ноября.")),
    ]
    assert [item.is_undone for item in items[:5]] == [False, False, False, False, True]
    assert items[1].who == "на платформе"
    assert items[2].who == f"{OPERATOR.name}, оператор"
    assert items[-1].what == "Сообщение записано"


def test_a_decision_stands_in_the_history_with_its_edition_whatever_came_later(desk: Desk) -> None:
    desk.handling.edition = "Первая"
    submitted = replace(registered(desk.handling, 1).handled.record, id=UUID(int=9), number=None)
    desk.handling.submit(submitted, Source.PLATFORM)
    led = Led(desk.handling, submitted.id).step(Step.TAKE_UP)
    grounds = frozenset({Ground.INSULT, Ground.NO_PLACE})
    led.step(Step.REFUSE, step_facts.RefusedOn(grounds, "Назовите дом."))
    desk.handling.edition = "Вторая"
    (refused,) = (item for item in desk.items(led) if item.paragraph == "п. 7.7")

    assert refused.lines == ("п. 6.3-5, 6.3-11", "Назовите дом.", "редакция регламента: Первая")
    assert refused.cited == (
        Cited("7.7", "Первая"),
        Cited("6.3-5", "Первая"),
        Cited("6.3-11", "Первая"),
    )
    assert set(refused.cited) <= set(desk.history.state.cited)
    # Taking up a message stores the edition, but does not show it.
    what = step_words.step_done(Step.TAKE_UP)
    taken_up = next(item for item in desk.items(led) if item.what == what)
    assert taken_up.lines == ()
    assert taken_up.cited == (Cited("7.6", "Первая"),)


def test_the_history_of_a_call_tells_what_was_asked_by_the_script(desk: Desk) -> None:
    handled = registered(desk.handling).handled
    call_id = UUID(int=77)
    of_call = replace(handled, record=replace(handled.record, id=UUID(int=78), call_id=call_id))
    for ticked in (
        TickedStep("01-call", "greet", "Поздороваться", Way.DONE, RANG_AT),
        TickedStep("01-call", "danger", "Опасно?", Way.NO, RANG_AT),
    ):
        desk.script_steps.keep(call_id, ticked, OPERATOR)
    desk.history.show(of_call)
    settle()

    first = desk.history.state.items[-1]
    assert first.what == "Сообщение записано с телефонного вызова"
    assert first.lines == ("По сценарию: Поздороваться; Опасно? нет",)


def test_a_users_message_of_the_platform_was_written_down_by_no_operator(desk: Desk) -> None:
    sent = SubmittedMessage("C-1", RANG_AT, "Яма", "ул. Пробная, 1", None, Publicity.PUBLIC)
    draft = draft_of(sent, UUID(int=5), RANG_AT, AREA_CODE)
    assert isinstance(desk.handling.submit(draft, Source.PLATFORM).result(), StepDone)
    (*_steps, first) = desk.items(Led(desk.handling, draft.id))
    assert (first.what, first.who) == ("Сообщение пришло с платформы", "на платформе")


def test_calls_and_other_messages_are_named_by_their_numbers(desk: Desk) -> None:
    other = registered(desk.handling, 1)
    led = registered(desk.handling, 2)
    call = made_card()
    desk.register.records[call.id] = call
    led.step(Step.LINK_CALL, step_facts.CallLinked(call.id))
    led.step(
        Step.LINK, step_facts.Linked(step_facts.Link(step_facts.LinkKind.SAME_MATTER, other.id))
    )
    items = desk.items(led)

    assert items[0].lines == (f"о том же, что № {number(other)}",)
    assert items[1].lines == (f"№ {call.number}",)


# --- the pages ---


def _theme() -> Theme:
    tokens = RESOURCES / "styles" / "tokens.json"
    return Theme(Tokens.read(tokens), ThemeChoice.LIGHT)


def test_a_long_answer_is_read_to_its_end_by_keys(desk: Desk, qtbot: QtBot) -> None:
    long = replace(SOLVED, text="\n".join(f"Строка {number} ответа." for number in range(60)))
    led = registered(desk.handling).to_organ().answered(long)
    led.step(Step.SEND_ANSWER)
    page = LookUpPage(_theme(), desk.look_up)
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    page.open_page()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit), timeout=2000)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, number(led))
    settle()
    (area,) = page.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    assert (bar.value(), bar.maximum() > 0) == (0, True)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert bar.value() > 0
    for _page in range(9):
        QTest.keyClick(field, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    assert field.hasFocus()


def test_the_pages_are_worked_by_keys_alone(desk: Desk, qtbot: QtBot) -> None:
    led = registered(desk.handling, publicity=Publicity.NON_PUBLIC)
    registered(desk.handling, 2, publicity=Publicity.NON_PUBLIC)
    page = LookUpPage(_theme(), desk.look_up)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    page.open_page()
    settle()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "89005550137")
    settle()
    QTest.keyClick(field, Qt.Key.Key_Down)
    settle()
    assert desk.look_up.state.chosen == led.id
    assert desk.reading().protected
    page.confirm()
    settle()
    assert not desk.reading().protected

    asked: list[object] = []
    page.history_asked.connect(asked.append)
    page.ask_history()
    assert asked == [led.handled]

    history = MessageHistoryPage(_theme(), desk.history)
    qtbot.addWidget(history)
    history.resize(900, 400)
    history.show()
    desk.history.show(led.handled)
    settle()
    assert history.accessibleName() == f"История сообщения № {number(led)}"
    left: list[bool] = []
    history.closed.connect(lambda: left.append(True))
    QTest.keyClick(history, Qt.Key.Key_Escape)
    assert left == [True]


def test_a_message_of_another_workplace_is_found_and_no_call_is_linked_to_it(
    desk: Desk,
) -> None:
    led = registered(FakeHandling(desk.clock))
    desk.centre.messages = (led.handled,)
    desk.card = made_card()
    desk.type(str(led.handled.record.number))
    assert desk.reading().number == str(led.handled.record.number)
    assert not desk.look_up.state.can_link


def test_without_the_centre_it_says_that_only_this_workplace_was_searched(desk: Desk) -> None:
    led = registered(FakeHandling(desk.clock))
    desk.centre.messages = (led.handled,)
    desk.centre.is_away = True
    desk.type(str(led.handled.record.number))
    assert desk.look_up.state.reading is None
    assert lookup_words.only_here() in desk.look_up.state.hint
    assert lookup_words.not_found() in desk.look_up.state.hint


def test_words_are_searched_for_after_enter_and_calls_are_found_too(desk: Desk) -> None:
    looked: list[tuple[str, int]] = []
    shown: list[CallRecord] = []
    desk.look_up.looked.connect(lambda by, found: looked.append((by, found)))
    desk.look_up.call_shown.connect(shown.append)
    call = replace(made_card(), content="Нет воды на Каштановой")
    desk.calls.cards = [call]
    desk.type("нет воды")
    assert desk.look_up.state.hint == lookup_words.enter_finds_words()
    assert looked == []
    desk.look_up.submit()
    settle()
    assert [row.id for row in desk.look_up.state.found] == [call.id]
    assert "Нет воды на Каштановой" in desk.look_up.state.hint
    assert looked == [("words", 1)]
    assert shown == [call]


# --- a call that was found is opened ---


def opened(desk: Desk) -> tuple[list[CallRecord], list[CallRecord]]:
    """Records opened for reading, and drafts opened for completion."""
    records: list[CallRecord] = []
    drafts: list[CallRecord] = []
    desk.look_up.record_opened.connect(records.append)
    desk.look_up.draft_opened.connect(drafts.append)
    return records, drafts


def enter(desk: Desk) -> None:
    desk.look_up.enter()
    settle()


def test_enter_opens_the_record_of_a_found_call_and_a_changed_query_searches_anew(
    desk: Desk,
) -> None:
    records, drafts = opened(desk)
    first = replace(made_card(), state=CallState.CLOSED, content="Нет воды на Каштановой")
    second = replace(first, id=UUID(int=5), content="Нет воды на Речной")
    desk.calls.cards = [first, second]
    desk.type("нет воды")
    assert not desk.look_up.state.can_open
    enter(desk)
    assert (records, desk.look_up.state.can_open) == ([], True)

    desk.look_up.choose(second.id)
    enter(desk)
    assert records == [second]
    desk.type("нет света")
    assert not desk.look_up.state.can_open
    enter(desk)
    assert records == [second]
    assert drafts == []


def test_enter_opens_a_call_by_its_number_where_no_message_was_made(desk: Desk) -> None:
    records, _drafts = opened(desk)
    call = replace(made_card(), state=CallState.CLOSED, message_id=None)
    desk.register.records[call.id] = call
    desk.type(str(call.number))
    assert desk.look_up.state.can_open
    enter(desk)
    assert records == [call]


def test_a_message_that_is_chosen_is_read_out_and_not_opened_as_a_call(desk: Desk) -> None:
    records, drafts = opened(desk)
    led = registered(desk.handling)
    desk.type(number(led))
    enter(desk)
    assert desk.reading().number == number(led)
    assert (records, drafts) == ([], [])


def test_an_own_draft_is_completed_and_one_of_others_is_read(desk: Desk) -> None:
    records, drafts = opened(desk)
    own = replace(made_card(), operator_id=OPERATOR.id, content="Нет воды на Каштановой")
    of_colleague = replace(own, id=UUID(int=6), operator_id=UUID(int=60))
    desk.calls.cards = [own, of_colleague]
    desk.type("нет воды")
    enter(desk)
    for one in (own, of_colleague):
        desk.look_up.choose(one.id)
        enter(desk)
    assert (drafts, records) == ([own], [of_colleague])


def test_a_draft_of_the_same_operator_at_another_workplace_is_only_read(desk: Desk) -> None:
    records, drafts = opened(desk)
    far = replace(made_card(), operator_id=OPERATOR.id, content="Нет воды на Каштановой")
    desk.centre.cards = [far]
    desk.type("нет воды")
    enter(desk)
    enter(desk)
    assert (drafts, records) == ([], [far])


def test_a_found_call_is_chosen_and_opened_by_arrows_and_by_the_mouse(
    desk: Desk, qtbot: QtBot
) -> None:
    records, _drafts = opened(desk)
    first = replace(made_card(), state=CallState.CLOSED, content="Нет воды на Каштановой")
    second = replace(first, id=UUID(int=5), content="Нет воды на Речной")
    desk.calls.cards = [first, second]
    page = LookUpPage(_theme(), desk.look_up)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    page.open_page()
    settle()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    desk.look_up.set_query("нет воды")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    first_id = desk.look_up.state.chosen
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [one.id for one in records] == [desk.look_up.state.chosen] != [first_id]
    settle()

    seen = [one for one in page.findChildren(QWidget) if one.isVisible()]
    row = next(one for one in seen if one.accessibleName().startswith("№ "))
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    settle()
    assert desk.look_up.state.chosen == first_id
    button = next(one for one in seen if one.accessibleName().startswith("Открыть запись"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [one.id for one in records][-1] == first_id
