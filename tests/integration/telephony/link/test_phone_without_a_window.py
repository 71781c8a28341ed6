"""The phone process without a window, or with one that hangs, as real processes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path

import pytest

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallRinging,
    EndCause,
    MediaReported,
    PhoneConnected,
    RecordingState,
    RegistrationChanged,
    RegistrationState,
)
from telephony.link.local_socket import Door
from telephony.link.server import PhoneServer
from telephony.settings import PhoneSettings, RecordingSettings, SipAccount
from tests.fakes.baresip import BaresipCaller
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.phone_bench import NEIGHBOURS
from tests.fakes.process_console import Console, runs, wait_until
from tests.fakes.raw_caller import RawCaller

CITIZEN = "89005550137"
RINGS, TAKEN, BUSY = 180, 200, 486
REGISTERED = RegistrationState.REGISTERED


def test_a_call_that_ended_without_a_console_is_told_until_it_is_forgotten(
    directory: Path,
) -> None:
    console = Console(directory, linger_s=20)
    address = console.expect(PhoneConnected).local_address
    with BaresipCaller(CITIZEN) as caller:
        caller.dial(f"sip:301@{address}")
        call_id = console.expect(CallRinging).call_id
        caller.wait_for("CALL_RINGING")
        console.process.close()
        caller.hang_up()
        caller.wait_for("CALL_CLOSED")
    for forget in (False, True):
        console = Console(directory)
        (call,) = console.expect(PhoneConnected).calls
        assert call.call_id == call_id
        assert call.ended is not None
        assert call.ended.cause is EndCause.CALLER_GAVE_UP
        if forget:
            console.process.forget(call_id)
        console.process.close()
    console = Console(directory)
    assert console.expect(PhoneConnected).calls == ()
    console.process.close(end_process=True)


def test_the_process_ends_by_itself_after_the_last_console_and_the_last_call(
    directory: Path,
) -> None:
    console = Console(directory, linger_s=0.5)
    connected = console.expect(PhoneConnected)
    with BaresipCaller(CITIZEN) as caller:
        caller.dial(f"sip:301@{connected.local_address}")
        call_id = console.expect(CallRinging).call_id
        caller.wait_for("CALL_RINGING")
        console.process.answer(call_id)
        console.expect(CallAnswered)
        caller.wait_for("CALL_ESTABLISHED")
        console.process.close()
        # The call keeps it alive, for longer than the half second without a call.
        with pytest.raises(AssertionError):
            wait_until(lambda: not runs(connected.process_id), timeout_s=1.5)
        console = Console(directory, linger_s=0.5)
        console.expect(PhoneConnected)
        caller.hang_up()
        caller.wait_for("CALL_CLOSED")
        console.process.forget(console.expect(CallEnded).call_id)
        console.process.close()
        took_s = wait_until(lambda: not runs(connected.process_id))
    assert 0.3 < took_s < 5


def test_a_caller_waits_for_the_console_and_no_longer(directory: Path) -> None:
    settings = replace(NEIGHBOURS, console_wait_s=2)
    console = Console(directory, linger_s=30, settings=settings)
    address = console.expect(PhoneConnected).local_address
    with BaresipCaller(CITIZEN) as first, BaresipCaller("89005550138") as second:
        console.process.close()
        began_s = time.monotonic()
        first.dial(f"sip:301@{address}")
        first.wait_for("CALL_RINGING")
        first.wait_for("CALL_CLOSED", where=lambda told: "480" in told["param"])
        assert time.monotonic() - began_s < 8  # well before the ring limit of 120
        second.dial(f"sip:301@{address}")
        second.wait_for("CALL_CLOSED", where=lambda told: "480" in told["param"])

        console = Console(directory, settings=settings)
        missed = console.expect(PhoneConnected).calls
        assert [call.caller_number for call in missed] == [CITIZEN, "89005550138"]
        for call in missed:
            assert call.ended is not None
            assert (call.ended.cause, call.ended.status_code) == (EndCause.NOBODY_THERE, 480)
            console.process.forget(call.call_id)
        first.dial(f"sip:301@{address}")
        call_id = console.expect(CallRinging).call_id
        console.process.answer(call_id)
        first.wait_for("CALL_ESTABLISHED")
        console.process.close(end_process=True)
        first.wait_for("CALL_CLOSED")


def test_who_was_missed_is_told_when_the_phone_has_left_its_line_long_ago(directory: Path) -> None:
    with KamailioProxy({"301": "secret"}) as proxy, BaresipCaller(CITIZEN) as caller:
        account = SipAccount(proxy.host, "301", "secret", proxy.port)
        settings = PhoneSettings(account, console_wait_s=0)
        console = Console(directory, linger_s=0.5, settings=settings)
        first = console.expect(PhoneConnected)
        console.expect(RegistrationChanged, lambda event: event.state is REGISTERED)
        caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
        console.expect(CallRinging)
        console.process.close()
        caller.wait_for("CALL_CLOSED", where=lambda told: "480" in told["param"])

        def reaches_a_phone() -> bool:
            caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
            return "404" not in caller.wait_for("CALL_CLOSED")["param"]

        wait_until(lambda: not reaches_a_phone())
        assert runs(first.process_id)
        again = Console(directory, settings=settings)
        back = again.expect(PhoneConnected)
        assert back.process_id == first.process_id
        assert {(call.caller_number, call.answered_at) for call in back.calls} == {(CITIZEN, None)}
        for call in back.calls:
            again.process.forget(call.call_id)
        again.expect(RegistrationChanged, lambda event: event.state is REGISTERED)
        caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
        again.process.answer(again.expect(CallRinging).call_id)
        caller.wait_for("CALL_ESTABLISHED")
        caller.hang_up()
        talk = again.expect(CallEnded)
        assert talk.cause is EndCause.FAR_END
        again.process.forget(talk.call_id)
        again.process.close()
        # all calls are confirmed: the process may end
        wait_until(lambda: not runs(first.process_id))


def test_what_nobody_asks_for_does_not_keep_the_process_for_ever(directory: Path) -> None:
    async def run() -> None:
        server = PhoneServer(Door(directory / "phone.sock"), linger_s=0.3, unnoted_kept_s=0.5)
        serving = asyncio.create_task(server.run())
        settings = replace(NEIGHBOURS, console_wait_s=0)
        console = await asyncio.to_thread(Console, directory, settings=settings)
        address = (await asyncio.to_thread(console.expect, PhoneConnected)).local_address
        with BaresipCaller(CITIZEN) as caller:
            caller.dial(f"sip:301@{address}")
            await asyncio.to_thread(console.expect, CallRinging)
            await asyncio.to_thread(console.process.close)
            await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")
        began_s = time.monotonic()
        async with asyncio.timeout(10):
            assert await serving
        assert time.monotonic() - began_s > 0.5

    asyncio.run(run())


def test_a_console_that_comes_back_in_time_has_the_call(directory: Path) -> None:
    settings = replace(NEIGHBOURS, console_wait_s=3)
    console = Console(directory, linger_s=30, settings=settings)
    address = console.expect(PhoneConnected).local_address
    with BaresipCaller(CITIZEN) as caller:
        console.process.close()
        lost_s = time.monotonic()
        caller.dial(f"sip:301@{address}")
        caller.wait_for("CALL_RINGING")
        console = Console(directory, settings=settings)
        (call,) = console.expect(PhoneConnected).calls
        assert call.ended is None
        wait_until(lambda: time.monotonic() - lost_s > 3.5)
        console.process.answer(call.call_id)
        caller.wait_for("CALL_ESTABLISHED")
        console.process.close(end_process=True)
        caller.wait_for("CALL_CLOSED")


def test_no_call_is_answered_by_itself_until_somebody_is_there(directory: Path) -> None:
    settings = replace(NEIGHBOURS, console_wait_s=60, auto_answer_ms=0)
    console = Console(directory, linger_s=30, settings=settings)
    address = console.expect(PhoneConnected).local_address
    with BaresipCaller(CITIZEN) as caller, BaresipCaller("89005550138") as later:
        console.process.close()
        caller.dial(f"sip:301@{address}")
        caller.wait_for("CALL_RINGING")
        later.dial(f"sip:301@{address}")
        later.wait_for("CALL_RINGING")  # the first one would have been answered by now
        console = Console(directory, settings=settings)
        first, second = console.expect(PhoneConnected).calls
        assert (first.answered_at, first.ended) == (None, None)
        assert console.expect(CallAnswered).call_id == first.call_id
        caller.wait_for("CALL_ESTABLISHED")
        assert second.answered_at is None, "who is talked to is not put on hold for a second one"
        console.process.close(end_process=True)
        caller.wait_for("CALL_CLOSED")


def test_a_call_that_is_to_be_answered_on_request_waits_for_a_window_that_sees_it(
    directory: Path,
) -> None:
    settings = replace(NEIGHBOURS, console_wait_s=60, auto_answer_on_request=True)
    console = Console(directory, settings=settings)
    address = console.expect(PhoneConnected).local_address
    with RawCaller(address, CITIZEN) as caller, RawCaller(address, "89005550138") as other:
        console.hang()
        assert caller.call(header="Call-Info: <sip:192.0.2.1>;answer-after=0") == RINGS
        assert other.call() == RINGS  # the first one would have been answered by now
        console.wake()
        assert caller.answered() == TAKEN
        first, second = console.expect(CallRinging).call_id, console.expect(CallRinging).call_id
        assert console.expect(CallAnswered).call_id == first
        console.process.reject(second)
        assert other.answered() == BUSY
        console.process.close(end_process=True)


def test_a_talk_without_a_console_goes_on_and_who_calls_meanwhile_is_turned_away(
    directory: Path,
) -> None:
    settings = replace(NEIGHBOURS, console_wait_s=0)
    console = Console(directory, linger_s=30, settings=settings)
    address = console.expect(PhoneConnected).local_address
    with BaresipCaller(CITIZEN) as talker, BaresipCaller("89005550138") as other:
        talker.dial(f"sip:301@{address}")
        console.process.answer(console.expect(CallRinging).call_id)
        talker.wait_for("CALL_ESTABLISHED")
        console.expect(CallAnswered)
        console.process.close()
        other.dial(f"sip:301@{address}")
        other.wait_for("CALL_CLOSED", where=lambda told: "480" in told["param"])
        console = Console(directory, settings=settings)
        talk, missed = console.expect(PhoneConnected).calls
        assert talk.ended is None
        assert missed.ended is not None
        console.process.close(end_process=True)
        talker.wait_for("CALL_CLOSED")


def test_a_window_that_hangs_is_as_good_as_none_until_it_answers(directory: Path) -> None:
    settings = replace(NEIGHBOURS, console_wait_s=1)  # a busy window has five seconds
    console = Console(directory, settings=settings)
    address = console.expect(PhoneConnected).local_address
    with BaresipCaller(CITIZEN) as first, BaresipCaller("89005550138") as second:
        console.hang()
        began_s = time.monotonic()
        first.dial(f"sip:301@{address}")
        first.wait_for("CALL_RINGING")
        first.wait_for("CALL_CLOSED", where=lambda told: "480" in told["param"])
        assert 4 < time.monotonic() - began_s < 15  # well before the ring limit of 120
        for caller in (second, first, first):
            caller.dial(f"sip:301@{address}")
            caller.wait_for("CALL_CLOSED", where=lambda told: "480" in told["param"])

        console.wake()
        rang = console.expect(CallRinging)
        missed, other = console.expect(PhoneConnected).calls
        assert (missed.call_id, missed.caller_number) == (rang.call_id, CITIZEN)
        assert (missed.further_tries, other.further_tries) == (2, 0)
        for call in (missed, other):
            assert call.ended is not None
            assert (call.ended.cause, call.ended.status_code) == (EndCause.NOBODY_THERE, 480)
            console.process.forget(call.call_id)
        second.dial(f"sip:301@{address}")
        console.process.answer(console.expect(CallRinging).call_id)
        second.wait_for("CALL_ESTABLISHED")
        console.process.close(end_process=True)
        second.wait_for("CALL_CLOSED")


def test_a_call_whose_ring_was_told_is_a_call_of_its_own(directory: Path) -> None:
    """The window that resumes has a card of each, so all must be in the reported events."""
    settings = replace(NEIGHBOURS, console_wait_s=1)
    console = Console(directory, settings=settings)
    address = console.expect(PhoneConnected).local_address
    with RawCaller(address, CITIZEN) as queue:
        console.hang()
        assert queue.call() == RINGS
        queue.give_up()
        assert queue.call() == RINGS  # the queue tries the same desk again
        assert queue.answered() == 480
        assert queue.call() == 480

        console.wake()
        first, second = console.expect(CallRinging).call_id, console.expect(CallRinging).call_id
        told = console.expect(PhoneConnected).calls
        assert [(each.call_id, each.further_tries) for each in told] == [(first, 0), (second, 1)]
        console.process.close(end_process=True)


def test_a_talk_goes_on_while_the_window_hangs_and_its_end_is_told(directory: Path) -> None:
    settings = replace(NEIGHBOURS, console_wait_s=0, auto_answer_ms=0)
    console = Console(directory, settings=settings)
    address = console.expect(PhoneConnected).local_address
    with BaresipCaller(CITIZEN) as talker, BaresipCaller("89005550138") as other:
        talker.dial(f"sip:301@{address}")
        talk_id = console.expect(CallAnswered).call_id
        talker.wait_for("CALL_ESTABLISHED")
        console.expect(MediaReported)
        console.hang()
        other.dial(f"sip:301@{address}")
        other.wait_for("CALL_CLOSED", where=lambda told: "480" in told["param"])
        console.wake()
        talk, missed = console.expect(PhoneConnected).calls
        assert (talk.call_id, talk.ended) == (talk_id, None)
        assert missed.answered_at is None
        console.expect(MediaReported, lambda event: event.packets_received > 100)
        talker.hang_up()
        assert console.expect(CallEnded).call_id == talk_id
        console.process.close(end_process=True)


def test_a_talk_that_ended_long_ago_without_a_window_is_told_with_its_recording(
    directory: Path, tmp_path: Path
) -> None:
    recording = RecordingSettings(automatic=True, directory=str(tmp_path))
    with KamailioProxy({"301": "secret"}) as proxy, BaresipCaller(CITIZEN) as caller:
        account = SipAccount(proxy.host, "301", "secret", proxy.port)
        settings = PhoneSettings(account, recording=recording)
        console = Console(directory, linger_s=0.5, settings=settings)
        first = console.expect(PhoneConnected)
        console.expect(RegistrationChanged, lambda event: event.state is REGISTERED)
        caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
        console.process.answer(console.expect(CallRinging).call_id)
        answered = console.expect(CallAnswered)
        caller.wait_for("CALL_ESTABLISHED")
        console.process.close()
        caller.hang_up()
        caller.wait_for("CALL_CLOSED")

        def reaches_a_phone() -> bool:
            caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
            return "404" not in caller.wait_for("CALL_CLOSED")["param"]

        wait_until(lambda: not reaches_a_phone())
        again = Console(directory, settings=settings)
        back = again.expect(PhoneConnected)
        assert back.process_id == first.process_id
        talk = back.calls[0]
        assert (talk.call_id, talk.answered_at) == (answered.call_id, answered.at)
        assert talk.ended is not None
        assert talk.ended.cause is EndCause.FAR_END
        (begun,) = talk.recordings
        assert begun.state is RecordingState.STARTED
        assert [Path(begun.path)] == list(tmp_path.glob("*.flac"))
        again.process.close(end_process=True)


def test_a_call_deserted_by_both_sides_does_not_keep_the_process(directory: Path) -> None:
    console = Console(directory, linger_s=0.5)
    connected = console.expect(PhoneConnected)
    with BaresipCaller(CITIZEN) as caller:
        caller.dial(f"sip:301@{connected.local_address}")
        call_id = console.expect(CallRinging).call_id
        caller.wait_for("CALL_RINGING")
        console.process.answer(call_id)
        console.expect(MediaReported, lambda event: event.packets_received > 0)
        caller.kill()
    # While a console is connected, the operator decides.
    console.expect(MediaReported)
    console.expect(MediaReported)
    assert runs(connected.process_id)
    console.process.close()
    wait_until(lambda: "hung up" in (directory / "phone.log").read_text())
    console = Console(directory, linger_s=0.5)
    (call,) = console.expect(PhoneConnected).calls
    assert call.ended is not None
    console.process.forget(call_id)
    console.process.close()
    wait_until(lambda: not runs(connected.process_id))
