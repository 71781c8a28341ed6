"""Years of generated calls and messages in the central database, loaded by COPY."""

from __future__ import annotations

import calendar
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import repeat
from typing import Any

import psycopg2
from sqlalchemy import Table
from stdnum import damm

from sync.records.central_tables import call_record, message, message_event
from sync.records.message_event_codec import event_row
from sync.records.row_codec import message_row, plain
from sync.register.handling.handled import HandledMessage
from sync.store.central.partitions import following
from tests.fakes.message_ways import dozen

CALLERS = 1_000_000
ONE_MESSAGE_IN = 20  # calls
CONTENT = "Когда отключат горячую воду и где об этом сказано заранее. " * 4
_CALL_LASTS = timedelta(seconds=95)


def phone_of(caller: int) -> str:
    """Returns a number that no telephone network assigns."""
    return f"+7000{caller % CALLERS:07d}"


def fill(
    dsn: str,
    *,
    first: str,
    months: int,
    calls: int,
    stations: int,
    content: str = CONTENT,
    ways: Sequence[HandledMessage] = (),
    has_calls: bool = True,
    says: Callable[[int], str] | None = None,
) -> None:
    """Inserts calls with their messages, spread evenly over workplaces and months from ``first``
    (YYMM).

    Each call has the same ``content``, or the result of ``says`` for its index. The messages cycle
    through ``ways``; without ``ways`` they all have the same history. Without calls only messages
    are inserted. Each month is filled as a plain table and attached as a partition afterwards, so
    its indexes are built in one pass.
    """
    with closing(psycopg2.connect(dsn)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO station (station_id, install_id) SELECT lpad(code::text, 4, '0'),"
                " gen_random_uuid() FROM generate_series(1, %s) AS code ON CONFLICT DO NOTHING",
                (stations,),
            )
        for index in range(months):
            period = following(first, index)
            before = calls * index // months
            count = calls * (index + 1) // months - before
            with connection, connection.cursor() as cursor:
                texts = (
                    repeat(content) if says is None else map(says, range(before, before + count))
                )
                called = _calls(period, count, stations, texts) if has_calls else iter(())
                for table, lines in (
                    (call_record, called),
                    (message, _messages(period, count, stations, content, ways)),
                    (message_event, _events(period, count, stations, ways)),
                ):
                    _fill_month(cursor, table, period, lines)
        connection.autocommit = True
        with connection.cursor() as cursor:
            for table in (call_record, message, message_event):
                cursor.execute(f"VACUUM ANALYZE {table.name}")


def _fill_month(cursor: Any, table: Table, period: str, lines: Iterator[str]) -> None:
    month = f"{table.name}_{period}"
    cursor.execute(f"CREATE TABLE {month} (LIKE {table.name} INCLUDING ALL EXCLUDING INDEXES)")
    columns = ", ".join(column.name for column in table.columns)
    cursor.copy_expert(f"COPY {month} ({columns}) FROM STDIN", Lines(lines))
    cursor.execute(
        f"ALTER TABLE {table.name} ATTACH PARTITION {month}"
        f" FOR VALUES FROM ('{period}') TO ('{int(period) + 1:04d}')"
    )


class Lines:
    """Presents lines as the file that COPY reads from."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def read(self, size: int) -> bytes:
        parts, length = [self._rest], len(self._rest)
        while length < size:
            line = next(self._lines, None)
            if line is None:
                break
            parts.append(line.encode())
            length += len(parts[-1])
        whole = b"".join(parts)
        self._rest = whole[size:]
        return whole[:size]


def _placed(period: str, count: int, stations: int) -> Iterator[tuple[int, str, int, datetime]]:
    """Yields index, workplace, its counter and time of each call of the month."""
    began = datetime(2000 + int(period[:2]), int(period[2:]), 1, tzinfo=UTC)
    days = calendar.monthrange(began.year, began.month)[1]
    step = timedelta(days=days) / (count + 1)
    for index in range(count):
        yield index, f"{index % stations + 1:04d}", index // stations + 1, began + index * step


def _id(at: datetime, index: int) -> str:
    """Returns an identity that increases with time, as UUIDv7 does."""
    stamp = f"{int(at.timestamp() * 1000):012x}"
    return f"{stamp[:8]}-{stamp[8:]}-7000-8000-{index:012x}"


def _number(period: str, station: str, counter: int) -> str:
    digits = f"{period}{station}{counter:05d}"
    return f"{period}-{station}-{counter:05d}-{damm.calc_check_digit(digits)}"


def _line(table: Table, values: dict[str, Any]) -> str:
    """Returns a line of COPY; values in braces are filled in later."""

    def written(value: Any) -> str:
        match value:
            case None:
                return "\\N"
            case list() | dict():
                text = json.dumps(value, ensure_ascii=False)
                return text.replace("\\", "\\\\").replace("{", "{{").replace("}", "}}")
            case bool():
                return "t" if value else "f"
            case _:
                return str(value).replace("\n", "\\n")

    return "\t".join(written(values.get(column.name)) for column in table.columns) + "\n"


def _calls(period: str, count: int, stations: int, texts: Iterable[str]) -> Iterator[str]:
    line = _line(
        call_record,
        {
            "station_id": "{station}",
            "period": period,
            "counter": "{counter}",
            "id": "{id}",
            "number": "{number}",
            "rev": 2,
            "state": "closed",
            "direction": "incoming",
            "sip_call_id": "{id}@pbx.test",
            "arrived_at": "{at}",
            "answered_at": "{answered}",
            "ended_at": "{ended}",
            "end_cause": "hung_up",
            "end_status": 200,
            "dialled_line": "+70005550100",
            "caller_number_raw": "{phone}",
            "caller_name": "",
            "phone": "{phone}",
            "email_absence": "not_asked",
            "name_absence": "not_asked",
            "content": "{content}",
            "result": "{result}",
            "used_entries": [{"key": "hot-water", "kind": "question", "title": "Горячая вода"}],
            "topic": "water",
            "category": "water-hot",
            "message_id": "{message}",
            "out_of_hours": False,
            "operator_id": "00000000-0000-7000-8000-{operator:012x}",
            "operator_name": "Оператор {operator}",
            "operator_role": "operator",
            "closed_by_id": "00000000-0000-7000-8000-{operator:012x}",
            "closed_by_name": "Оператор {operator}",
            "workplace": "{station}",
            "created_at": "{at}",
            "saved_at": "{saved}",
            "schema_version": 1,
            "received_at": "{saved}",
        },
    )
    placed = zip(_placed(period, count, stations), texts, strict=False)
    for (index, station, counter, at), content in placed:
        answered = index % 10 != 0
        has_message = index % ONE_MESSAGE_IN == 1
        ended = at + _CALL_LASTS
        yield line.format(
            station=station,
            counter=counter,
            number=_number(period, station, counter),
            id=_id(at, index),
            at=at.isoformat(),
            answered=(at + timedelta(seconds=index % 40)).isoformat() if answered else "\\N",
            ended=ended.isoformat(),
            saved=(ended + timedelta(seconds=index % 30)).isoformat(),
            phone=phone_of(index * 7919),
            result="message" if has_message else "answered" if answered else "not_answered",
            message=_id(at, index + 2**44) if has_message else "\\N",
            operator=index % stations + 1,
            content=content,
        )


def _of_messages(
    period: str, count: int, stations: int
) -> Iterator[tuple[int, str, int, datetime, str]]:
    for index, station, counter, at in _placed(period, count, stations):
        if index % ONE_MESSAGE_IN == 1:
            yield index, station, counter, at, _id(at, index + 2**44)


def _messages(
    period: str, count: int, stations: int, content: str, ways: Sequence[HandledMessage]
) -> Iterator[str]:
    lines = [
        _line(
            message,
            {
                **plain(message_row(way.record)),
                "station_id": "{station}",
                "period": period,
                "counter": "{counter}",
                "id": "{id}",
                "number": "{number}",
                "rev": 9,
                "state": way.standing.state.value,
                "call_id": "{call}" if way.record.call_id is not None else None,
                "text": content,
                "phone": "{phone}",
                "phone_absence": None,
                "created_at": "{at}",
                "submitted_at": "{at}",
                "registered_at": "{at}" if way.standing.registered_at is not None else None,
                "received_at": "{at}",
            },
        )
        for way in ways or dozen()[1:2]
    ]
    for index, station, counter, at, identity in _of_messages(period, count, stations):
        own = counter + 50_000
        yield lines[index // ONE_MESSAGE_IN % len(lines)].format(
            station=station,
            counter=own,
            number=_number(period, station, own),
            id=identity,
            call=_id(at, index),
            phone=phone_of(index * 7919),
            at=at.isoformat(),
        )


def _events(
    period: str, count: int, stations: int, ways: Sequence[HandledMessage]
) -> Iterator[str]:
    lines = [
        [
            (
                _line(
                    message_event,
                    {
                        **plain(event_row(event, seq)),
                        "station_id": "{station}",
                        "period": period,
                        "id": "{id}",
                        "message_id": "{message}",
                        "at": "{at}",
                        "rev": 1,
                        "received_at": "{at}",
                    },
                ),
                event.at - way.history.events[0].at,
            )
            for seq, event in enumerate(way.history.events, 1)
        ]
        for way in ways or dozen()[1:2]
    ]
    for index, station, _counter, at, identity in _of_messages(period, count, stations):
        for seq, (line, after) in enumerate(lines[index // ONE_MESSAGE_IN % len(lines)], 1):
            yield line.format(
                station=station,
                id=_id(at, index + seq * 2**36 + 2**45),
                message=identity,
                at=(at + after).isoformat(),
            )
