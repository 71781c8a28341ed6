"""A register whose actions cause notifications, with its own clock, directory and mail server."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from uuid_utils.compat import uuid7

from sync.exchange.mail.composer import NoticeComposer, Organ, Terms
from sync.exchange.mail.notice_facts import Office
from sync.exchange.mail.smtp import Delivered, NotNow, Undeliverable
from sync.exchange.mail.texts import NoticeTexts
from sync.register.calendar.calendar import read_calendar
from sync.register.calendar.terms import DaysOf
from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.answers import (
    Answer,
    AnswerKind,
    AnswerTermRule,
    Attachment,
    StoredFile,
)
from sync.register.handling.events import Source, Step, person
from sync.register.handling.handled import Asked, HandledMessage, StepDone
from sync.register.handling.history import DEFAULT_RULES, StepRefused
from sync.register.handling.needs import CityRules
from sync.register.handling.notices import RenderedNotice
from sync.register.messages import MessageRecord, Publicity
from sync.register.people.names import Declension
from sync.register.people.operators import Operator, Role
from sync.register.people.values import PersonName, Stated
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.messages.notices import KeptNotice, NoticeOutbox
from sync.store.local.messages.photos import AnswerFile, AnswerFiles
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, new_call, registered_message
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
ZONE = ZoneInfo("Europe/Moscow")
MODERATOR = Operator(UUID(int=41), "moderator", "Вторая Проба Пробовна", Role.MODERATOR)
ANNA = PersonName("Пробная", "Анна", "Петровна")
ROADS = Organ("Дорожная служба", "roads@belokluchevsk.example", "+78799921000")
ROUTED = step_facts.Routed("road-service", "road-service")
CALENDAR = read_calendar(RESOURCES / "calendars")


class Clock:
    """A clock that moves only when the test sets it."""

    def __init__(self) -> None:
        self.at = RANG_AT + timedelta(minutes=5)

    def __call__(self) -> datetime:
        return self.at

    def put_on(self, **by: float) -> None:
        self.at += timedelta(**by)


class FewOrgans:
    """A directory for notifications with one body, one category, and some invalid keys."""

    def __init__(self) -> None:
        self.organs = {"road-service": ROADS}

    def organ(self, key: str) -> Organ | None:
        return self.organs.get(key)

    def title(self, key: str) -> str:
        return {"roads-pits": "Ямы на дорогах", "roads": "Дороги"}.get(key, "")


class ScriptedMail:
    """A mail server with one scripted outcome for each letter; after them it accepts all."""

    def __init__(self, *outcomes: Undeliverable | NotNow | BaseException) -> None:
        self.outcomes = deque(outcomes)
        self.letters: list[tuple[str, str, str]] = []  # to, subject, Message-ID
        self.files: list[tuple[AnswerFile, ...]] = []
        self.closed = 0

    def header_id(self, name: str) -> str:
        return f"<{name}@test.invalid>"

    def send(
        self,
        to: str,
        words: RenderedNotice,
        header_id: str,
        files: Sequence[AnswerFile] = (),
    ) -> Delivered | Undeliverable | NotNow:
        self.files.append(tuple(files))
        self.letters.append((to, words.subject, header_id))
        outcome = self.outcomes.popleft() if self.outcomes else Delivered()
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def close(self) -> None:
        self.closed += 1


@cache
def shipped_texts() -> NoticeTexts:
    """Compiled once for all tests: they never change."""
    return NoticeTexts(RESOURCES / "templates" / "notices")


def make_composer(
    directory: FewOrgans,
    city: CityRules = DEFAULT_RULES,
    stored: Callable[[UUID], Collection[StoredFile]] = lambda _id: (),
) -> NoticeComposer:
    """Returns the shipped templates over a few names; topic "roads" answers within ten working
    days.
    """
    rules = (AnswerTermRule("roads", None, None, 10, DaysOf.WORKING),)
    return NoticeComposer(
        shipped_texts(),
        directory,
        Terms(lambda: rules, lambda: CALENDAR, ZONE),
        lambda: Office("Белоключевск", "+7 (87999) 2-00-00"),
        Declension(),
        lambda: city,
        stored=stored,
    )


class NoticeBench:
    """The register at ``path`` with all components that create and store notifications."""

    def __init__(self, path: Path, template: StoreTemplate) -> None:
        if not path.exists():
            template.open_copy(path).close_store()
        self.clock = Clock()
        self.store = RegisterStore.open(path, template.key, clock=self.clock)
        self.handling = MessageHandling(self.store)
        self.outbox = NoticeOutbox(self.store, uuid7, self.clock)
        self.directory = FewOrgans()
        self.files = AnswerFiles(self.store, clock=self.clock)
        self.composer = make_composer(self.directory, stored=self.files.stored)
        self.outbox.follow_steps(self.composer.composed)
        self._calls = 0

    def submitted(
        self,
        *,
        email: Stated = "author@test.invalid",
        phone: Stated = "+79005550101",
        publicity: Publicity = Publicity.NON_PUBLIC,
    ) -> UUID:
        """Returns a message that awaits its review."""
        self._calls += 1
        card = self.store.open_card(new_call(self._calls), OPERATOR).result(WAIT_S)
        complete = registered_message(card, uuid7())
        draft = _drafted(complete, email, phone, publicity)
        self.done(self.handling.submit(draft, person(OPERATOR)))
        return draft.id

    def take(self, message_id: UUID, *steps: Asked, by: Source | None = None) -> StepDone:
        """Applies the actions as the moderator or as ``by``."""
        doer = person(MODERATOR) if by is None else by
        return self.done(self.handling.take_all(message_id, steps, doer))

    def registered(
        self, *, email: Stated = "author@test.invalid", phone: Stated = "+79005550101"
    ) -> UUID:
        """Returns a message that is registered but not sent to a body; its notification is
        queued.
        """
        message_id = self.submitted(email=email, phone=phone)
        self.take(message_id, (Step.TAKE_UP, step_facts.NoFacts()))
        self.done(self.handling.register(message_id, MODERATOR))
        return message_id

    def refused(self, *, email: Stated = "author@test.invalid", phone: Stated) -> UUID:
        """Returns a message whose registration is refused; its notification is queued."""
        message_id = self.submitted(email=email, phone=phone)
        ground = step_facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")
        self.take(message_id, (Step.TAKE_UP, step_facts.NoFacts()), (Step.REFUSE, ground))
        return message_id

    def answered(
        self,
        kind: AnswerKind,
        on: datetime | None = None,
        files: tuple[Attachment, ...] = (),
    ) -> UUID:
        """Returns a message with a body's answer that awaits a check."""
        message_id = self.registered()
        planned_on = None if on is None else on.astimezone(ZONE).date()
        answer = Answer(
            kind, "Заделаем.", "road-service", planned_on, "Ямочный ремонт.", "Нет.", files
        )
        given = (Step.RECEIVE_ANSWER, step_facts.AnswerGiven(answer))
        self.take(message_id, (Step.SEND_TO_ORGAN, ROUTED), given)
        return message_id

    def handled(self, message_id: UUID) -> HandledMessage:
        found = self.handling.handled(message_id)
        assert found is not None
        return found

    def notices(self, message_id: UUID) -> dict[str, KeptNotice]:
        """Returns the notifications of a message by kind."""
        return {kept.told.kind.value: kept for kept in self.outbox.of_message(message_id)}

    @staticmethod
    def done(future: Future[StepDone | StepRefused]) -> StepDone:
        outcome = future.result(WAIT_S)
        assert isinstance(outcome, StepDone), outcome
        return outcome


def _drafted(
    complete: MessageRecord, email: Stated, phone: Stated, publicity: Publicity
) -> MessageRecord:
    return replace(
        complete,
        state=type(complete.state).DRAFT,
        submitted_at=None,
        registered_at=None,
        revision=1,
        name=ANNA,
        email=email,
        phone=phone,
        publicity=publicity,
        unit=None,
    )
