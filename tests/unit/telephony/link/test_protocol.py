"""The protocol between console and phone process: every message survives serialisation."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.errors import ProtocolError
from telephony.events import (
    CallEnded,
    CallSnapshot,
    Direction,
    EndCause,
    PhoneConnected,
    RegistrationChanged,
    RegistrationState,
)
from telephony.link.protocol import (
    LINE_LIMIT_BYTES,
    FromConsole,
    FromPhone,
    Hello,
    decode_from_console,
    decode_from_phone,
    encode,
)

SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=30),
    int: st.integers(),
    bool: st.booleans(),
    float: st.floats(allow_nan=False),
    datetime: st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)),
    type(None): st.none(),
}


def strategy_of(kind: Any) -> st.SearchStrategy[Any]:
    """Values of an annotation; hypothesis' own registration would apply to all tests."""
    if kind in SCALARS:
        return SCALARS[kind]
    arguments = get_args(kind)
    if get_origin(kind) is Literal:
        return st.sampled_from(arguments)
    if get_origin(kind) is tuple:
        return st.lists(strategy_of(arguments[0]), max_size=3).map(tuple)
    if arguments:
        return st.one_of([strategy_of(each) for each in arguments])
    if issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    return st.builds(
        kind, **{name: strategy_of(hint) for name, hint in get_type_hints(kind).items()}
    )


@given(strategy_of(FromConsole))
def test_the_console_s_messages(message: FromConsole) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode_from_console(line) == message


@given(strategy_of(FromPhone))
def test_the_phone_s_messages(message: FromPhone) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode_from_phone(line) == message


@given(st.binary(max_size=200))
def test_other_lines_raise_protocol_errors_only(line: bytes) -> None:
    for decode in (decode_from_console, decode_from_phone):
        with pytest.raises(ProtocolError):
            decode(line)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"[]", "object"),
        (b'{"type": "Dance"}', "type"),
        (b'{"type": "PhoneConnected"}', "type"),
        (b'{"type": "Answer"}', "call_id"),
        (b'{"type": "Answer", "call_id": 7}', "call_id"),
        (b'{"type": "Hello", "version": "1", "process_id": 1}', "version"),
        (b"[" * 100_000, "json"),
    ],
)
def test_faults_are_named(line: bytes, code: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        decode_from_console(line)
    assert caught.value.code == code


def test_a_moment_without_a_time_zone_is_refused() -> None:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    line = encode(RegistrationChanged(RegistrationState.OFF, at))
    with pytest.raises(ProtocolError):
        decode_from_phone(line.replace(b"+00:00", b""))


def test_fields_of_a_later_version_are_left_out() -> None:
    assert decode_from_phone(
        b'{"type": "Hello", "version": 1, "process_id": 2, "new": 3}'
    ) == Hello(1, 2)


def test_a_thousand_unforgotten_calls_fit_into_a_line() -> None:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    name = "ж" * 100
    calls = tuple(
        CallSnapshot(
            f"{number:032x}", Direction.INCOMING, "+79005550137", name, "301", at, at,
            CallEnded(f"{number:032x}", at, EndCause.FAR_END),
        )
        for number in range(1000)
    )  # fmt: skip
    state = RegistrationChanged(RegistrationState.OFF, at)
    assert len(encode(PhoneConnected(1, "127.0.0.1:5060", state, calls))) < LINE_LIMIT_BYTES
