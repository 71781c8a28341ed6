"""Deadlines of messages as displayed: end, remaining time, and reasons (7.11, 7.12, 3.1-3.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.shared.messages.classifier import Classifier
from console.shared.messages.term_view import TermLine, draw_term, term_role
from console.shared.messages.terms import CityCalendar, Terms, TermState, Urgency, term_state
from console.ui.theme import Theme, ThemeChoice, Tokens
from kb.entries.entries import AnswerTerm, TopicDetails, UnitDetails
from sync.register.calendar.calendar import (
    OrderedDay,
    OrderedKind,
    WorkingCalendar,
    read_calendar,
)
from sync.register.calendar.terms import DayOfSending, DaysOf, ReviewTerm, review_term, term_end
from sync.register.city import CitySettings, DaysOrdered, SettingsChosen
from sync.register.handling.answers import Answer as GivenText
from sync.register.handling.answers import (
    AnswerKind,
    AnswerTermRule,
    GivenAnswer,
    TermNotSet,
    answer_term,
)
from sync.register.handling.answers import AnswerTerm as Answer
from sync.register.handling.standing import Standing
from sync.register.messages import State
from sync.register.numbering import MOSCOW
from sync.register.thematic import TechnologicalMap, ThematicRegulation, rules_of
from tests.fakes.city import settled
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_unit
from tests.fakes.regulations import MAP, REGULATION

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

RESOURCES = Path(__file__).resolve().parents[5] / "resources"
CALENDAR = read_calendar(RESOURCES / "calendars")
SATURDAY, TUESDAY = date(2026, 11, 21), date(2026, 11, 24)
LEFT_OUT, COUNTED = DayOfSending.LEFT_OUT, DayOfSending.COUNTED


def told(
    term: ReviewTerm | Answer | TermNotSet,
    today: date,
    sending: DayOfSending = LEFT_OUT,
    calendar: WorkingCalendar = CALENDAR,
) -> TermState:
    return term_state(term, today, calendar, sending, lambda key: f"имя {key}")


def answer(start: date, days: int, of: DaysOf, **scope: str) -> Answer:
    rule = AnswerTermRule(scope.get("topic"), scope.get("category"), scope.get("organ"), days, of)
    return Answer(start, term_end(start, days, of, CALENDAR), rule)


@pytest.mark.parametrize(
    ("today", "sending", "urgency", "short", "left"),
    [
        (23, LEFT_OUT, Urgency.CALM, "ср 25.11", "осталось 2 рабочих дня"),
        (24, LEFT_OUT, Urgency.NEAR, "ср 25.11", "остался 1 рабочий день"),
        (25, LEFT_OUT, Urgency.LAST_DAY, "сегодня", "последний день"),
        (26, LEFT_OUT, Urgency.OVER, "просрочено на 1 день", "просрочено на 1 день"),
        (23, COUNTED, Urgency.NEAR, "вт 24.11", "остался 1 рабочий день"),
        (24, COUNTED, Urgency.LAST_DAY, "сегодня", "последний день"),
    ],
)
def test_the_clock_of_a_review_warns_from_the_stricter_day(
    today: int, sending: DayOfSending, urgency: Urgency, short: str, left: str
) -> None:
    state = told(review_term(date(2026, 11, 23), CALENDAR), date(2026, 11, today), sending)

    assert (state.urgency, state.short, state.left) == (urgency, short, left)
    assert state.until == ("до ср 25.11.2026" if sending is LEFT_OUT else "до вт 24.11.2026")


def test_a_message_of_a_day_off_says_by_both_readings_why() -> None:
    by_default = told(review_term(SATURDAY, CALENDAR), TUESDAY)
    by_strict = told(review_term(SATURDAY, CALENDAR), TUESDAY, COUNTED)

    assert by_default.why == (
        "Отправлено сб 21.11.2026 — выходной."
        " Считается отправленным в ближайший рабочий день, пн 23.11.2026 (п. 7.12).",
        "Не больше двух рабочих дней после дня отправления: вт 24.11.2026 и ср 25.11.2026"
        " (п. 7.11).",
        "Не считаются: вс 22.11.2026 — выходной.",
        "Если считать и день отправления, срок был бы вт 24.11.2026:"
        " с этого дня часы предупреждают.",
    )
    assert by_strict.why[1:] == (
        "Не больше двух рабочих дней вместе с днём отправления: пн 23.11.2026 и вт 24.11.2026"
        " (п. 7.11).",
        "Не считаются: вс 22.11.2026 — выходной.",
        "Если день отправления не считать, срок был бы ср 25.11.2026.",
    )


def test_why_a_message_of_a_day_off_does_not_count_as_sent_on_the_next_one_is_told() -> None:
    order = OrderedDay(date(2026, 11, 23), OrderedKind.OFF, "авария на водоводе")
    changed = CALENDAR.with_orders([order])

    state = told(review_term(SATURDAY, changed), TUESDAY, calendar=changed)

    assert "в ближайший рабочий день, вт 24.11.2026" in state.why[0]
    assert state.why[2] == (
        "Не считаются: вс 22.11.2026 — выходной;"
        " пн 23.11.2026 — нерабочий по распоряжению (авария на водоводе)."
    )


def test_the_days_left_out_are_told_in_runs_with_the_order_that_made_them() -> None:
    order = OrderedDay(date(2026, 12, 30), OrderedKind.OFF, "авария на водоводе")
    changed = CALENDAR.with_orders([order])

    state = told(review_term(date(2026, 12, 29), changed), date(2026, 12, 29), calendar=changed)

    assert state.until == "до вт 12.01.2027"
    assert state.why[2] == (
        "Не считаются: ср 30.12.2026 — нерабочий по распоряжению (авария на водоводе);"
        " чт 31.12.2026 — перенесённый выходной; 01.01.2027–08.01.2027 — праздник;"
        " 09.01.2027–10.01.2027 — выходной."
    )
    assert state.why[-1] == (
        "Календарь на 2027 год предварительный: он ещё не сверен с постановлением."
    )
    beyond = told(review_term(date(2027, 12, 30), CALENDAR), date(2027, 12, 30))
    assert any("на 2028 год ещё не внесены" in line for line in beyond.why)


def test_an_answer_says_its_rule_and_what_moved_its_end() -> None:
    working = told(
        answer(date(2026, 12, 28), 5, DaysOf.WORKING, category="ямы"), date(2026, 12, 28)
    )
    calendar = told(answer(TUESDAY, 11, DaysOf.CALENDAR, topic="дороги"), date(2026, 12, 4))

    assert working.until == "до ср 13.01.2027"
    assert working.left == "осталось 5 рабочих дней"
    assert working.share == 1.0
    assert working.why[:3] == (
        "На ответ — 5 рабочих дней: так задано для категории «имя ямы» (пп. 3.1–3.3).",
        "По справочнику: регламента или карты со сроком в тот день не было.",
        "Срок идёт со следующего дня после пн 28.12.2026.",
    )
    assert working.why[3].startswith("Не считаются: чт 31.12.2026 — перенесённый выходной;")
    assert "09.01" not in working.why[3]  # usual weekends go without saying
    assert (calendar.urgency, calendar.left) == (Urgency.NEAR, "осталось 3 календарных дня")
    assert calendar.why[3] == (
        "Последний день выпал бы на сб 05.12.2026 — выходной;"
        " срок переходит на ближайший рабочий день, пн 07.12.2026."
    )
    for scope, words in (({"organ": "жкх"}, "для органа «имя жкх»"), ({}, "для всех сообщений")):
        assert words in told(answer(TUESDAY, 3, DaysOf.WORKING, **scope), TUESDAY).why[0]


@pytest.mark.parametrize(
    ("records", "organ", "line"),
    [
        ((), "light-service", "По справочнику: регламента или карты со сроком в тот день не было."),
        (
            (REGULATION,),
            "light-service",
            "По тематическому регламенту № 12-р от 12.01.2026: он действовал в день регистрации"
            " и важнее срока из справочника.",
        ),
        (
            (REGULATION, MAP),
            "light-service",
            "По технологической карте № 3 от 01.03.2026 органа «имя light-service»: она важнее"
            " тематического регламента (п. 3.3).",
        ),
        (
            (REGULATION, MAP),
            "waste-service",
            "По тематическому регламенту № 12-р от 12.01.2026: он действовал в день регистрации"
            " и важнее срока из справочника.",
        ),
    ],
)
def test_the_rule_that_won_is_named(
    records: tuple[ThematicRegulation | TechnologicalMap, ...], organ: str, line: str
) -> None:
    term = answer_term(
        (*rules_of(records), AnswerTermRule("light", None, None, 30, DaysOf.CALENDAR)),
        topic="light",
        category="light/lamp",
        organ=organ,
        start=TUESDAY,
        calendar=CALENDAR,
    )
    assert told(term, TUESDAY).why[1] == line


def test_a_term_that_nobody_set_says_so() -> None:
    state = told(TermNotSet(), TUESDAY)

    assert (state.urgency, state.sentence, state.due) == (
        Urgency.NOT_SET,
        "срок не задан",
        None,
    )
    assert "пп. 3.1–3.3" in state.why[0]


def desk(owner: QObject, now: list[datetime]) -> tuple[CityCalendar, Classifier, Terms]:
    city = CityCalendar(CALENDAR, parent=owner)
    classifier = Classifier(TOPICS, CATEGORIES, owner)
    return city, classifier, Terms(city, classifier, zone=MOSCOW, now=lambda: now[0], parent=owner)


def test_terms_follow_the_calendar_the_directory_and_the_day(owner: QObject) -> None:
    now = [datetime(2026, 11, 24, 9, 0, tzinfo=UTC)]
    city, classifier, terms = desk(owner, now)
    heard: list[None] = []
    terms.changed.connect(lambda: heard.append(None))
    sent = Standing(UUID(int=1), State.SUBMITTED, submitted_at=now[0])
    asked = replace(sent, state=State.PUBLISHED, answer_term_from=now[0])
    category = CATEGORIES[0]
    assert category.parent is not None
    asked = replace(
        asked, contents=replace(asked.contents, topic=category.parent, category=category.id)
    )

    first = terms.of(sent)
    assert first is not None
    assert first.due == date(2026, 11, 26)
    order = DaysOrdered((OrderedDay(date(2026, 11, 25), OrderedKind.OFF, ""),))
    strict = SettingsChosen(CitySettings(sending=COUNTED))
    city.use(settled(order, strict))
    moved = terms.of(sent)
    assert moved is not None
    assert moved.due == date(2026, 11, 26)  # a day later, and the day of sending counts
    assert not city.days.is_working_day(date(2026, 11, 25))
    topic = replace(TOPICS[0], details=TopicDetails(answer_term=AnswerTerm(30, "calendar")))
    given = replace(
        category,
        details=TopicDetails(parent=category.parent, answer_term=AnswerTerm(3, "working")),
    )
    classifier.replace(((topic,), (given,), ()))
    answer_due = terms.of(asked)
    assert answer_due is not None
    assert answer_due.due == date(2026, 11, 30)
    assert f"{topic.title} › {given.title}" in answer_due.why[0]
    assert len(heard) == 2
    terms.look_at_day()
    assert len(heard) == 2
    now[0] = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)  # midnight in the city
    terms.look_at_day()
    assert len(heard) == 3
    assert terms.of(replace(sent, state=State.REFUSED)) is None


def test_an_organ_has_its_own_term_where_no_topic_sets_one(owner: QObject) -> None:
    now = [datetime(2026, 11, 24, 9, 0, tzinfo=UTC)]
    _city, classifier, terms = desk(owner, now)
    unit = replace(sample_unit(), details=UnitDetails(answer_term=AnswerTerm(2, "working")))
    topic = replace(TOPICS[0], details=TopicDetails(answer_term=AnswerTerm(30, "calendar")))
    classifier.replace(((topic, *TOPICS[1:]), CATEGORIES, (unit,)))
    sent = Standing(UUID(int=1), State.AT_ORGAN, answer_term_from=now[0], organ=unit.id)
    other = replace(sent, contents=replace(sent.contents, topic=TOPICS[1].id))

    by_unit, by_topic, elsewhere = (
        terms.of(each)
        for each in (
            other,
            replace(sent, contents=replace(sent.contents, topic=topic.id)),
            replace(other, organ="waste-service"),
        )
    )

    assert by_unit is not None
    assert by_topic is not None
    assert elsewhere is not None
    assert by_unit.due == date(2026, 11, 26)
    assert f"для органа «{unit.id}»" in by_unit.why[0]
    assert by_topic.due == date(2026, 12, 24)
    assert elsewhere.due is None


def test_a_promised_day_is_awaited_and_is_no_term(owner: QObject) -> None:
    now = [datetime(2026, 11, 24, 9, 0, tzinfo=UTC)]
    terms = desk(owner, now)[2]
    plan = GivenText(AnswerKind.PLANNED, "Заменят весной", "жкх", planned_on=date(2026, 12, 1))
    standing = Standing(UUID(int=1), State.PLANNED, answers=(GivenAnswer(1, plan),))

    state = terms.of(standing)

    assert state is not None
    assert (state.urgency, state.until, state.left) == (
        Urgency.CALM,
        "обещано к вт 01.12.2026",
        "",
    )
    now[0] = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    today = terms.of(standing)
    assert today is not None
    assert (today.urgency, today.short) == (Urgency.LAST_DAY, "сегодня")


def test_the_line_says_all_aloud_and_shows_why_by_the_keyboard(qtbot: QtBot) -> None:
    theme = Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT)
    page = QWidget()
    qtbot.addWidget(page)
    line = TermLine(theme)
    column = QVBoxLayout(page)
    column.addWidget(line)
    column.addWidget(line.why)
    state = told(review_term(TUESDAY, CALENDAR), TUESDAY)
    line.show_term(state)
    page.show()

    assert line.accessibleName() == "до чт 26.11.2026, осталось 2 рабочих дня"
    assert line.toolTip() == "\n".join(state.why)
    assert not line.why.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Space)
    assert line.why.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not line.why.isVisible()
    line.click()
    assert line.why.isVisible()
    assert line.why.accessibleName() == " ".join(state.why)
    roles = set()
    row = QPixmap(200, 24)
    painter = QPainter(row)
    for today in (24, 25, 26, 27):
        line.show_term(told(review_term(TUESDAY, CALENDAR), date(2026, 11, today)))
        assert not line.grab().isNull()
        draw_term(painter, theme, QRectF(row.rect()), line.state)
        roles.add(term_role(line.state))
    painter.end()
    line.show_term(told(TermNotSet(), TUESDAY))
    assert not line.grab().isNull()
    assert roles == {"text-2", "warn", "danger"}
    line.show_term(None)
    assert not line.isVisible()
    assert not line.why.isVisible()
