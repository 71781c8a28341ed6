"""Words of a saved record: what was written down of a call, each with the field's name (7.3)."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.words import calls, cards, scripts
from console.words.formats import NO_VALUE, duration_text, moment, phone_text
from console.words.regulation import mark
from sync.register.calls import CallRecord
from sync.register.known_persons import name_text
from sync.register.scripts.course import TickedStep
from sync.register.values import Absence, Stated

Fact = tuple[str, str, str]  # name of the field, what stands in it, its paragraph or nothing


def facts(
    card: CallRecord,
    topic: str,
    message: str,
    asked: tuple[TickedStep, ...],
    zone: ZoneInfo,
    now: datetime,
) -> tuple[Fact, ...]:
    """In the order of the card; ``message`` is the number of the call's message, or empty."""
    name = card.name if isinstance(card.name, Absence) else name_text(card.name)
    phone = card.phone if isinstance(card.phone, Absence) else phone_text(card.phone)
    told: tuple[tuple[str, str, str], ...] = (
        (QCoreApplication.translate("Words", "Caller"), _stated(name), "7.3"),
        (QCoreApplication.translate("Words", "About whom"), card.concerned, "6.2"),
        (QCoreApplication.translate("Words", "Phone"), _stated(phone), "7.3"),
        (QCoreApplication.translate("Words", "E-mail"), _stated(card.email), "7.3"),
        (QCoreApplication.translate("Words", "What?"), card.content or NO_VALUE, "7.3"),
        (QCoreApplication.translate("Words", "Topic"), topic or NO_VALUE, "4.1"),
        (QCoreApplication.translate("Words", "Answer"), cards.used_titles(card) or NO_VALUE, "8.1"),
        (QCoreApplication.translate("Words", "Result"), _result(card, message), "7.4"),
        (QCoreApplication.translate("Words", "Script"), scripts.asked(asked), ""),
        (QCoreApplication.translate("Words", "Call"), " · ".join(_course(card)), ""),
        (QCoreApplication.translate("Words", "Operator"), _who(card, zone, now), ""),
    )
    return tuple((head, text, mark(at) if at else "") for head, text, at in told if text)


def _stated(value: Stated) -> str:
    match value:
        case Absence.NOT_ASKED:
            return QCoreApplication.translate("Words", "not asked")
        case Absence.NOT_GIVEN:
            return QCoreApplication.translate("Words", "not given")
        case Absence.ERASED:
            return QCoreApplication.translate("Words", "erased")
        case _:
            return value


def _result(card: CallRecord, message: str) -> str:
    text, _icon, _role = cards.result_mark(card)
    return f"{text}, № {message}" if message else text


def _course(card: CallRecord) -> Iterator[str]:
    """The way on which the call came, and how long each part of it took."""
    if card.dialled_line and card.direction == "incoming":
        yield calls.line(card.dialled_line)
    if route := calls.route(card.route):
        yield route
    answered, ended = card.answered_at, card.ended_at
    if answered is not None and card.direction == "incoming":
        yield calls.waited(duration_text((answered - card.arrived_at).total_seconds()))
    if answered is not None and ended is not None:
        talk = QCoreApplication.translate("Words", "talk %1")
        yield talk.replace("%1", duration_text((ended - answered).total_seconds()))
        if card.saved_at is not None:
            wrap_up = QCoreApplication.translate("Words", "wrap-up %1")
            yield wrap_up.replace("%1", duration_text((card.saved_at - ended).total_seconds()))
    if card.end_cause == "near_end":
        yield QCoreApplication.translate("Words", "the operator hung up")
    elif card.end_cause is not None:
        yield calls.end_cause(card.end_cause)


def _who(card: CallRecord, zone: ZoneInfo, now: datetime) -> str:
    """Who took the call, and who has saved its record where that is somebody else."""
    parts = [card.operator_name]
    if card.saved_at is not None:
        saved = QCoreApplication.translate("Words", "saved %1")
        at = moment(card.saved_at.astimezone(zone), now.astimezone(zone))
        is_other = card.closed_by_id not in (None, card.operator_id)
        by = f", {card.closed_by_name}" if is_other and card.closed_by_name else ""
        parts.append(saved.replace("%1", at) + by)
    return " · ".join(parts)


def no_message() -> str:
    """Told where a message of the call is asked for and there is none."""
    return QCoreApplication.translate("Words", "No message was made of this call")
