"""Rows of the call register: one call as the texts of its columns."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from console.core import formats
from console.shared.session import card_words
from sync.register.calls.calls import CallRecord

COLUMNS = 7
TIME, NUMBER, PHONE, ABOUT, RESULT, OPERATOR, TALK = range(COLUMNS)


@dataclass(frozen=True, slots=True)
class CallRow:
    """Row of a call; ``whole_number`` is the full registration number for the tool tip."""

    id: UUID
    cells: tuple[str, ...]
    whole_number: str
    icon: str
    role: str


def row_of(card: CallRecord, zone: ZoneInfo, now: datetime) -> CallRow:
    """Builds the row of a call; times of another year include the year."""
    local = card.arrived_at.astimezone(zone)
    is_this_year = local.year == now.astimezone(zone).year
    result, icon, role = card_words.result_mark(card)
    about = card_words.about(card, formats.first_line(card.content))
    return CallRow(
        card.id,
        (
            f"{local:%d.%m %H:%M}" if is_this_year else f"{local:%d.%m.%Y %H:%M}",
            str(card.number).partition("-")[2],
            card_words.card_phone(card) or formats.NO_VALUE,
            about or formats.NO_VALUE,
            result,
            formats.short_name(card.operator_name) or formats.NO_VALUE,
            formats.duration_text(talk_s(card)),
        ),
        str(card.number),
        icon,
        role,
    )


def talk_s(card: CallRecord) -> float | None:
    """Seconds from answer to end; None for an unanswered or active call."""
    if card.answered_at is None or card.ended_at is None:
        return None
    return (card.ended_at - card.answered_at).total_seconds()
