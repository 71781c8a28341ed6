"""Digits as telephone-event packets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.media.streams.dtmf import DigitReceiver, DigitSender, EventPacket, read_digits


def test_a_digit_sounds_100_ms_ends_three_times_and_is_followed_by_silence() -> None:
    sender = DigitSender()
    assert not sender.is_active
    sender.queue("5")
    frames: list[EventPacket | None] = []
    while sender.is_active:
        frames.append(sender.next_frame(160))
    assert len(frames) == 10
    assert [frame is None for frame in frames] == [False] * 7 + [True] * 3
    packets = [frame for frame in frames if frame is not None]
    assert [packet.begins for packet in packets] == [True] + [False] * 6
    assert [packet.payload.hex() for packet in packets] == [
        "050a00a0",
        "050a0140",
        "050a01e0",
        "050a0280",
        *["058a0320"] * 3,
    ]


def test_durations_count_in_the_clock_of_the_audio() -> None:
    sender = DigitSender()
    sender.queue("#")
    packets = [sender.next_frame(960) for _ in range(5)]
    assert [packet.payload.hex() for packet in packets if packet] == [
        "0b0a03c0",
        "0b0a0780",
        "0b0a0b40",
        "0b0a0f00",
        "0b8a12c0",
    ]


@given(st.text("0123456789*#ABCD", min_size=1, max_size=12), st.integers(0, 6))
def test_all_digits_arrive_once_whichever_packet_is_lost(digits: str, lost: int) -> None:
    sender, receiver = DigitSender(), DigitReceiver()
    sender.queue(digits)
    heard = []
    timestamp = begun = age = 0
    while sender.is_active:
        frame = sender.next_frame(160)
        timestamp += 160
        if frame is None:
            continue
        if frame.begins:
            begun, age = timestamp, 0
        if age != lost:
            heard.append(receiver.take(begun, frame.payload))
        age += 1
    assert "".join(digit for digit in heard if digit) == digits


def test_waiting_digits_can_be_given_up() -> None:
    sender = DigitSender()
    sender.queue("123")
    sender.next_frame(160)
    sender.clear()
    assert not sender.is_active


def test_a_text_is_read_as_digits_or_refused() -> None:
    assert read_digits("12*#a") == "12*#A"
    for text in ("", "1-2", "١", "1 2"):
        with pytest.raises(ValueError, match="digits"):
            read_digits(text)


def packet(digit: int, duration: int, *, end: bool = False) -> bytes:
    return bytes([digit, 0x8A if end else 0x0A]) + duration.to_bytes(2, "big")


def test_a_press_longer_than_a_duration_can_say_is_one_digit() -> None:
    receiver = DigitReceiver()
    begin = 0xFFFFFFFF - 1000
    told = [
        receiver.take((begin + segment * 0xFFFF) & 0xFFFFFFFF, packet(5, duration))
        for segment in range(3)
        for duration in (960, 0xF000, 0xFFFF)
    ]
    assert told == ["5"] + [None] * 8
    last = (begin + 2 * 0xFFFF) & 0xFFFFFFFF
    assert receiver.take(last, packet(5, 100, end=True)) is None
    # After its end the same key is another press, wherever it begins.
    assert receiver.take((last + 0xFFFF) & 0xFFFFFFFF, packet(5, 960)) == "5"


def test_a_straggler_of_the_press_before_is_no_press() -> None:
    receiver = DigitReceiver()
    assert receiver.take(1000, packet(1, 160)) == "1"
    assert receiver.take(2600, packet(2, 160)) == "2"
    assert receiver.take(1000, packet(1, 800, end=True)) is None
    assert receiver.take(2600, packet(2, 320)) is None
    # A clock that was set back is no disorder, and another source has its own.
    assert receiver.take((2600 - 100_000) & 0xFFFFFFFF, packet(2, 160)) == "2"
    receiver.reset()
    assert receiver.take((2600 - 100_160) & 0xFFFFFFFF, packet(2, 160)) == "2"
