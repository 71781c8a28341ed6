"""Message reports by real keys: figures of a store, files, a proposal, a statutory appeal."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
from uuid_utils.compat import uuid7

from kb.store import Directory
from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Rating
from sync.register.handling.events import Source, Step, person
from sync.register.handling.handled import StepDone
from sync.register.handling.step_facts import Facts, NoFacts
from sync.register.messages import MessageRecord, Publicity
from sync.register.people.operators import Operator
from sync.store.local.keys import open_key
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.records import message_draft

LIMIT_S = 30.0
POLL_S = 0.05
CALLER = "+79005550148"
TOPIC, CATEGORY, OTHER = "roads", "roads/potholes", "self-government/other"
ORGAN, ANOTHER = "road-service", "yards-unit"
NOTHING = NoFacts()
TO_ORGAN = (Step.SEND_TO_ORGAN, step_facts.Routed(ORGAN, ORGAN))
SENT = (Step.SEND_ANSWER, NOTHING)
Asked = tuple[Step, Facts]


def _answer(kind: AnswerKind, organ: str | None = ORGAN) -> Asked:
    planned = kind is AnswerKind.PLANNED
    answer = Answer(
        kind,
        "Яму заделают.",
        organ,
        planned_on=(datetime.now(UTC) + timedelta(days=9)).date() if planned else None,
        measures="Закажут асфальт." if planned else "",
    )
    step = Step.ANSWER_BY_OPERATOR if organ is None else Step.RECEIVE_ANSWER
    return step, step_facts.AnswerGiven(answer)


def _refused(ground: Ground) -> Asked:
    return Step.REFUSE, step_facts.RefusedOn(frozenset({ground}), "Что исправить.")


SOLVED = (TO_ORGAN, _answer(AnswerKind.SOLVED), SENT)
# After registration.
REGISTERED: Sequence[Sequence[Asked]] = (
    (TO_ORGAN,),
    (*SOLVED, (Step.RATE, step_facts.Rated(Rating.GOOD))),
    (*SOLVED, (Step.RATE_NEGATIVELY, step_facts.Rated(Rating.BAD, "Яма на месте."))),
    (TO_ORGAN, _answer(AnswerKind.PLANNED), (Step.SEND_PLAN, NOTHING)),
    (_answer(AnswerKind.SOLVED, None), SENT),
    ((Step.SEND_TO_ORGAN, step_facts.Routed(ANOTHER, ORGAN, "Яма во дворе.")),),
)
# Instead of it.
DECIDED: Sequence[Asked] = (_refused(Ground.NO_PLACE), _refused(Ground.CATEGORY))


class Register:
    """A dozen messages of today, processed as by the user interface."""

    def __init__(self, store: RegisterStore) -> None:
        self.store = store
        self.handling = MessageHandling(store)
        self.operator: Operator = store.operators()[0]

    def fill(self) -> None:
        first = None
        for steps in REGISTERED:
            message_id = self.registered()
            first = first or message_id
            for step in steps:
                self.take(message_id, *step)
        for decision in DECIDED:
            refused_id = self.taken_up()
            self.take(refused_id, *decision)
            self.notify(refused_id)
        assert first is not None
        self.take(self.taken_up(), Step.REMOVE_DUPLICATE, step_facts.Repeated(first, True))
        self.handed_in()
        # Filed under «Другое» by the operator.
        other = self.registered(category=OTHER, topic="self-government")
        self.take(other, Step.SEND_TO_ORGAN, step_facts.Routed("reception", "reception"))
        # Refused by mistake, undone immediately, and registered.
        slip = self.taken_up()
        refused = self.take(slip, *_refused(Ground.THREAT))
        back = self.handling.take_back(slip, refused.events[0].id, self.operator).result(LIMIT_S)
        assert isinstance(back, StepDone)
        self.register(slip)

    def handed_in(self, topic: str = TOPIC, category: str = CATEGORY) -> UUID:
        draft: MessageRecord = replace(
            message_draft(uuid7(), datetime.now(UTC)),
            call_id=None,
            operator_id=self.operator.id,
            text="Яма на дороге.",
            topic=topic,
            category=category,
            event_on=datetime.now(UTC).date(),
            event_time=datetime.now(UTC).time(),
            place="ул. Мира, 5",
            publicity=Publicity.PUBLIC,
        )
        done = self.handling.submit(draft, person(self.operator)).result(LIMIT_S)
        assert isinstance(done, StepDone), done
        return draft.id

    def taken_up(self, topic: str = TOPIC, category: str = CATEGORY) -> UUID:
        message_id = self.handed_in(topic, category)
        self.take(message_id, Step.TAKE_UP, NOTHING)
        return message_id

    def registered(self, topic: str = TOPIC, category: str = CATEGORY) -> UUID:
        message_id = self.taken_up(topic, category)
        self.register(message_id)
        return message_id

    def register(self, message_id: UUID) -> None:
        done = self.handling.register(message_id, self.operator).result(LIMIT_S)
        assert isinstance(done, StepDone), done

    def notify(self, message_id: UUID) -> None:
        """Records the letter of a refusal as sent, which closes its review."""
        sent = step_facts.Notified(step_facts.NoticeOutcome.EMAIL)
        done = self.handling.take(message_id, Step.NOTIFY, Source.SYSTEM, sent).result(LIMIT_S)
        assert isinstance(done, StepDone), done

    def take(self, message_id: UUID, step: Step, told: Facts) -> StepDone:
        by_platform = step in (Step.RECEIVE_ANSWER, Step.RATE, Step.RATE_NEGATIVELY)
        by = Source.PLATFORM if by_platform else person(self.operator)
        done = self.handling.take(message_id, step, by, told).result(LIMIT_S)
        assert isinstance(done, StepDone), done
        return done


def _fill(file: Path) -> None:
    store = RegisterStore.open(file, open_key(file), first_station="1", home_area_code="87999")
    try:
        Register(store).fill()
    finally:
        assert store.close_store()


def _rows(book: Any, title: str) -> list[list[Any]]:
    sheet = next(one for one in book.worksheets if one.title.startswith(title))
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_a_dozen_messages_are_told_and_a_proposal_is_begun(folder: Path) -> None:
    desk = ConsoleStage(folder)
    _fill(desk.data_folder / "register.db")
    with desk:
        desk.press("ctrl+r")
        assert desk.wait_for("t_report_shown", LIMIT_S)["report"] == "calls"
        desk.press("alt+m")
        assert desk.wait_for("t_report_shown", LIMIT_S)["report"] == "messages"
        desk.press("alt+w")
        written = desk.wait_for("t_report_written", LIMIT_S)
        book = openpyxl.load_workbook(desk.reports_folder / str(written["file"]))
        reviewed = {row[0]: row[1] for row in _rows(book, "Рассмотрение")}
        assert reviewed["Поступило"] == 12
        assert reviewed["Зарегистрировано и опубликовано"] == 8
        assert (reviewed["Отказано"], reviewed["Удалено как повторы"]) == (2, 1)
        assert (reviewed["На рассмотрении"], reviewed["Решено в срок"]) == (1, 11)
        answers = {row[0]: row[1] for row in _rows(book, "Отправленные ответы")}
        assert (answers["Ответы"], answers["Вопрос решён"], answers["Назван срок"]) == (4, 3, 1)
        grounds = [row[0] for row in _rows(book, "Основания отказа")]
        assert grounds == ["п. 6.3-11: неясное место", "п. 7.7: нет подходящей категории"]
        assert _rows(book, "По улицам")[0][:2] == ["ул. Мира", 12]

        desk.press("ctrl+p")
        text = desk.pdf_text(
            desk.reports_folder / str(desk.wait_for("t_report_written", LIMIT_S)["file"])
        )
        assert "Статистика сообщений" in text
        assert "Яма" not in text

        desk.press("alt+o")
        assert desk.wait_for("t_report_shown", LIMIT_S)["report"] == "other_organs"
        desk.press("alt+w")
        written = desk.wait_for("t_report_written", LIMIT_S)
        book = openpyxl.load_workbook(desk.reports_folder / str(written["file"]))
        assert [row[5] for row in _rows(book, "Случаи")] == ["Яма во дворе."]

        desk.press("alt+t")
        assert desk.wait_for("t_report_shown", LIMIT_S)["report"] == "categories"
        desk.press("Return")
        assert desk.wait_for("t_number_opened", LIMIT_S)["messages"] == 1
        desk.press("Escape")
        desk.press("alt+n")
        desk.wait_for("t_proposal_begun", LIMIT_S)
        desk.type("Самокаты")
        desk.press("Tab", times=4)
        desk.type("Общественная приёмная")
        desk.press("Return")
        desk.press("ctrl+Return")
        with closing(Directory.open(desk.data_folder / "directory.db")) as directory:
            until_s = time.monotonic() + LIMIT_S
            while not (found := directory.proposals()):
                assert time.monotonic() < until_s, "no proposal was written down"
                time.sleep(POLL_S)
        topic = found[0].topic
        assert (topic.name, topic.parent, topic.owner) == (
            "Самокаты",
            "self-government",
            "reception",
        )
        assert topic.route.startswith("Сообщения этой категории идут в орган: ")


def test_a_caller_is_told_where_a_formal_appeal_is_written(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("хочет ответ по закону")
        desk.wait_for("t_first_key", STEP_LIMIT_S)
        desk.press("ctrl+9")
        desk.hang_up()
        desk.save()
        record = desk.newest_record()
        assert record["used_entries"] == [
            {"key": "59-fz", "kind": "script", "title": "Обращение по 59-ФЗ"}
        ]
        assert record["result"] == "contacts"
        assert record["content"].endswith("ответ по закону")

        desk.press("ctrl+r")
        desk.press("alt+w")
        written = desk.wait_for("t_report_written", STEP_LIMIT_S)
        book = openpyxl.load_workbook(desk.reports_folder / str(written["file"]))
        assert ["из них спросили об обращении по 59-ФЗ", 1] in [
            row[:2] for row in _rows(book, "По итогам")
        ]
