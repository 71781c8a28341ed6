"""Made-up calls: the same words for the same number and revision, however often they are made.

A save that a killed process did not finish is begun again with the very fields it was told with.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sync.register import calls
from sync.register.calls import CallRecord, CallResult, NewCall
from sync.register.operators import Operator, Role

OPERATOR = Operator(
    UUID("01900000-0000-7000-8000-0000000000e0"), "rehearsal", "Репетиция", Role.OPERATOR
)
CALL_ID_END = "@rehearsal.invalid"  # the centre's view knows made-up calls by it

_RESULTS = (
    CallResult.ANSWERED,
    CallResult.CONTACTS,
    CallResult.DROPPED,
    CallResult.SILENT,
    CallResult.WRONG_NUMBER,
)
_SAID = (
    "Когда вывозят мусор с улицы Пробной?",
    "Во дворе не горит фонарь.",
    "Яма на дороге у дома № 5, корп. 2.",
    "Как записать ребёнка в школу?",
    "Нет горячей воды третий день.",
    "Автобус маршрута 7 не пришёл.",
)
# What is told apart only by a way that keeps every sign of a text.
_AWKWARD = (
    "«ёлочки» и \"лапки\", 'одиночные'",
    "a\\b \\N NULL %s {0} $1 --",
    "строка\nещё строка\r\n\tс отступом",
    "e\u0301 и é, \u00a0неразрывный, \u2028разделитель",
    "🚰 ☎ №",
    "  пробелы по краям  ",
    "'); DROP TABLE call_record; --",
)
_LONG_SHARE = 0.02
_LONG_REPEATS = 40


def ring(id: UUID, at: datetime) -> NewCall:
    """The first ring of a made-up call; ``id`` is this call's alone."""
    return NewCall(
        sip_call_id=f"{id}{CALL_ID_END}",
        direction="incoming",
        arrived_at=at,
        caller_number=f"+790055501{id.int % 100:02d}",
        caller_name="",
        dialled_line="112000",
        out_of_hours=False,
    )


def finished(draft: CallRecord, at: datetime) -> CallRecord:
    """The draft filled in and closed, as an operator leaves it."""
    chance = _chance(draft)
    call = calls.answered(draft, draft.arrived_at + timedelta(seconds=3))
    call = calls.ended(call, draft.arrived_at + timedelta(seconds=40), "remote_hangup", 200)
    call = calls.edit(call, content=_content(draft, chance), result=chance.choice(_RESULTS))
    closed = calls.close(call, at, OPERATOR)
    if not isinstance(closed, CallRecord):
        raise TypeError(closed)
    return closed


def corrected(call: CallRecord) -> CallRecord:
    """The closed call with other words, result and phone, as a correction leaves it."""
    chance = _chance(call)
    return replace(
        call,
        content=_content(call, chance),
        result=chance.choice(_RESULTS),
        phone=f"+790055501{chance.randrange(100):02d}",
    )


def _chance(call: CallRecord) -> random.Random:
    return random.Random(f"{call.number}/{call.revision}")  # noqa: S311


def _content(call: CallRecord, chance: random.Random) -> str:
    said = f"{chance.choice(_SAID)} {chance.choice(_AWKWARD)}"
    if chance.random() < _LONG_SHARE:
        said = "\n".join([said] * _LONG_REPEATS)
    # the revision in words makes every correction a change
    return f"{said} [{call.number}/{call.revision + 1}]"
