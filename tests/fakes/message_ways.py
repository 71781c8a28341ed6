"""A dozen messages of one month, brought along the real transition table to various ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from uuid import UUID

from kb.entries.changes import EntrySummary
from kb.entries.entries import AnswerTerm, Entry, EntryKind, TopicDetails
from kb.search.usage import UnansweredSearch
from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Rating
from sync.register.handling.contents import Contents
from sync.register.handling.events import Doer, Event, Source, Step, person
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import StepTaken, begun, take
from sync.register.handling.step_facts import Facts, NoFacts
from sync.register.messages import Publicity
from sync.register.numbering import next_number, period_of
from tests.fakes.console_directory import CATEGORIES, TOPICS
from tests.fakes.console_fakes import OPERATOR
from tests.fakes.records import message_draft

MADE_AT = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
"""Report time of these messages: the last day of November."""
MONTH_BEGAN = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
STEP_TAKES = timedelta(minutes=2)
MODERATOR = person(OPERATOR)
NOTHING = NoFacts()
OTHER = Entry(
    "waste-other", EntryKind.TOPIC, "Другое", "", owner="waste-service",
    details=TopicDetails("waste"),
)  # fmt: skip
TEN_DAYS = TopicDetails(answer_term=AnswerTerm(10, "calendar"))
MADE_TOPICS = tuple(replace(topic, details=TEN_DAYS) for topic in TOPICS)
MADE_CATEGORIES = (*CATEGORIES, OTHER)
SEARCHES = (
    UnansweredSearch("самокаты на тротуаре", 7, 0, date(2026, 11, 20)),
    UnansweredSearch("вывоз ёлок", 3, 4, date(2026, 11, 12)),
)
_TITLES = {
    "road-service": "Дорожная служба",
    "waste-service": "Служба вывоза мусора",
    "parks": "Управление парков и скверов",
}
TITLES = tuple(
    EntrySummary(key, EntryKind.UNIT, title, "", "", None, None, None, MADE_AT, False, False)
    for key, title in _TITLES.items()
)

Asked = tuple[Step, Facts] | tuple[Step, Facts, Doer]
UP: Asked = (Step.TAKE_UP, NOTHING)
SENT: Asked = (Step.SEND_ANSWER, NOTHING)


def led(
    low: int,
    steps: Sequence[Asked | int],
    *,
    category: str = "roads-pits",
    place: str = "ул. Мира, 5",
    publicity: Publicity = Publicity.PUBLIC,
    by_platform: bool = False,
    from_call: bool = True,
    days: int = 0,
) -> HandledMessage:
    """Returns the message after these actions, two minutes each; a number is a pause in days.

    It is created ``days`` after the second of November.
    """
    began = MONTH_BEGAN + timedelta(days=days)
    contents = Contents(
        "Яма на дороге.", 0, began.date(), time(8, 30), place, category.split("-")[0], category
    )
    draft = message_draft(UUID(int=low), began)
    record = replace(
        draft,
        number=next_number(period_of(began), "0417", low),
        call_id=draft.call_id if from_call and not by_platform else None,
    )
    sender: Doer = Source.PLATFORM if by_platform else MODERATOR
    history, at, ids = begun(record.id), began, count(low * 1000)
    asked: list[Asked | int] = [
        (Step.SUBMIT, step_facts.Told(contents), sender),
        (Step.STATE_PUBLICITY, step_facts.PublicityStated(publicity), sender),
        *steps,
    ]
    for one in asked:
        if isinstance(one, int):
            at += timedelta(days=one)
            continue
        doer = one[2] if len(one) == 3 else MODERATOR
        at += STEP_TAKES
        event = Event(UUID(int=next(ids)), record.id, one[0], at, doer, one[1])
        outcome = take(history, event)
        assert isinstance(outcome, StepTaken), outcome
        history = outcome.history
    return HandledMessage(replace(record, state=history.standing.state), history)


def registered(low: int, publicity: Publicity = Publicity.PUBLIC) -> Asked:
    number = step_facts.Numbered(next_number("2611", "0417", low))
    is_public = publicity is Publicity.PUBLIC
    return (Step.REGISTER_AND_PUBLISH if is_public else Step.REGISTER), number


def sent_to(organ: str, route: str, reason: str = "") -> Asked:
    return Step.SEND_TO_ORGAN, step_facts.Routed(organ, route, reason)


def answered(kind: AnswerKind, organ: str | None, planned_on: date | None = None) -> Asked:
    answer = Answer(
        kind,
        "Ответ органа.",
        organ,
        planned_on=planned_on,
        measures="Закажут работы." if planned_on else "",
        grounds="Земля частная." if kind is AnswerKind.IMPOSSIBLE else "",
    )
    if organ is None:
        return Step.ANSWER_BY_OPERATOR, step_facts.AnswerGiven(answer)
    return Step.RECEIVE_ANSWER, step_facts.AnswerGiven(answer), Source.PLATFORM


def rated(rating: Rating, remarks: str = "") -> Asked:
    step = Step.RATE_NEGATIVELY if rating is Rating.BAD else Step.RATE
    return step, step_facts.Rated(rating, remarks), Source.PLATFORM


def refused(ground: Ground) -> Asked:
    return Step.REFUSE, step_facts.RefusedOn(frozenset({ground}), "Что исправить.")


NOTIFIED: Asked = (
    Step.NOTIFY,
    step_facts.Notified(step_facts.NoticeOutcome.EMAIL),
    Source.SYSTEM,
)


def moved(category: str, place: str = "ул. Мира, 5") -> Asked:
    contents = Contents(
        "Ветки во дворе.", 0, date(2026, 11, 2), time(8, 30), place, "waste", category
    )
    return Step.CORRECT, step_facts.Told(contents)


ROADS, WASTE = "road-service", "waste-service"
TO_ROADS, TO_WASTE = sent_to(ROADS, ROADS), sent_to(WASTE, WASTE)


def dozen() -> tuple[HandledMessage, ...]:
    """Twelve messages: seven of roads, five of waste."""
    none = Publicity.NON_PUBLIC
    return (
        # At the body, and the deadline has expired.
        led(1, (UP, registered(1), TO_ROADS)),
        # Solved in time, and the author is satisfied.
        led(2, (UP, registered(2), TO_ROADS, 5, answered(AnswerKind.SOLVED, ROADS), SENT,
                rated(Rating.GOOD)), days=1),
        # Solved late, author not satisfied, returned to the body.
        led(3, (UP, registered(3), TO_ROADS, 12, answered(AnswerKind.SOLVED, ROADS), SENT,
                rated(Rating.BAD, "Яма на месте."),
                (Step.SEND_TO_REWORK, step_facts.Routed(ROADS, ROADS))), days=7),
        # A date is promised and pending.
        led(4, (UP, registered(4, none), TO_ROADS,
                answered(AnswerKind.PLANNED, ROADS, date(2026, 12, 20)),
                (Step.SEND_PLAN, NOTHING)), publicity=none, place="ул. Садовая, 1", days=15),
        # Refused for its location a week late.
        led(5, (UP, 7, refused(Ground.NO_PLACE), NOTIFIED), place="где-то",
            by_platform=True, days=2),
        # The operator answered.
        led(6, (UP, registered(6), answered(AnswerKind.SOLVED, None), SENT),
            category="roads-signs", place="Кирова, 3", from_call=False, days=8),
        # Another body with a reason; its answer was returned once.
        led(7, (UP, registered(7), sent_to("parks", ROADS, "Дорожка в парке."), 2,
                answered(AnswerKind.IMPOSSIBLE, "parks"),
                (Step.RETURN_ANSWER, step_facts.Explained("Не по форме."))), days=21),
        led(8, (UP, registered(8), TO_WASTE), category="waste-yard", days=27),
        # Removed as a duplicate of it.
        led(9, (UP, (Step.REMOVE_DUPLICATE, step_facts.Repeated(UUID(int=8), True))),
            category="waste-yard", days=27),
        # No category fitted.
        led(10, (UP, refused(Ground.CATEGORY), NOTIFIED), category="waste-yard",
            by_platform=True, days=10),
        # Moved to «Другое» at the review.
        led(11, (UP, moved("waste-other"), registered(11), TO_WASTE), category="waste-green",
            days=22),
        # Awaits review.
        led(12, (), category="waste-green", by_platform=True, days=28),
    )  # fmt: skip
