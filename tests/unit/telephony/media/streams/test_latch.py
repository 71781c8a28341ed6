"""Symmetric RTP: detection of the remote address."""

from __future__ import annotations

from telephony.media.streams.receiver import SourceLatch

SIGNALLED = ("192.0.2.10", 4000)
REAL = ("198.51.100.7", 62000)
STRANGER = ("203.0.113.9", 5555)


def test_audio_goes_to_the_signalled_address_at_first() -> None:
    assert SourceLatch(SIGNALLED).destination == SIGNALLED


def test_the_source_that_really_sends_becomes_the_destination() -> None:
    latch = SourceLatch(SIGNALLED)
    admitted = [latch.admits(REAL, 65534 + number & 0xFFFF, 1.0) for number in range(5)]
    assert admitted == [False, False, True, True, True]
    assert latch.destination == REAL


def test_the_signalled_source_needs_no_proof() -> None:
    latch = SourceLatch(SIGNALLED)
    assert latch.admits(SIGNALLED, 1, 0.0)


def test_a_stranger_is_ignored_while_the_far_side_sends() -> None:
    latch = SourceLatch(SIGNALLED)
    for number in range(200):
        now_s = number * 0.02
        assert latch.admits(SIGNALLED, number, now_s)
        assert not latch.admits(STRANGER, number, now_s)
    assert latch.destination == SIGNALLED


def test_packets_out_of_sequence_are_no_proof() -> None:
    latch = SourceLatch(SIGNALLED)
    assert not any(latch.admits(STRANGER, number * 7, 0.0) for number in range(20))


def test_the_far_side_may_move_after_a_silence() -> None:
    latch = SourceLatch(SIGNALLED)
    assert latch.admits(SIGNALLED, 1, 0.0)
    admitted = [latch.admits(REAL, number, 2.5 + number * 0.02) for number in range(4)]
    assert admitted == [False, False, True, True]
    assert latch.destination == REAL
