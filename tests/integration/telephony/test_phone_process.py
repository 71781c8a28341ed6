"""The phone process: started, taken over, killed and restarted, as real processes."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import signal
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from telephony.commands import Forget
from telephony.errors import ProtocolError, SocketPathError
from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallResumed,
    CallRinging,
    CommandRefused,
    ConferenceChanged,
    ConsoleAsked,
    DoNotDisturbChanged,
    EndCause,
    MediaReported,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    RecordingState,
    RegistrationChanged,
    RegistrationState,
    Side,
    ToConsole,
)
from telephony.link.local_socket import Door, ProcessLock
from telephony.link.protocol import (
    PROTOCOL_VERSION,
    Configure,
    Hello,
    Shutdown,
    decode_from_console,
    decode_from_phone,
    encode,
)
from telephony.link.server import PhoneServer
from telephony.link.spawn import SpawnedProcess
from telephony.process import PhoneProcess, start_ahead
from telephony.settings import PhoneSettings, RecordingSettings, SipAccount, settings_to_json
from tests.fakes.baresip import BaresipCaller
from tests.fakes.foreign_programs import free_port_pair
from tests.fakes.json_lines import JsonLines
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.phone_bench import NEIGHBOURS
from tests.fakes.raw_caller import RawCaller

E = TypeVar("E")
CITIZEN = "89005550137"
AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
RINGS, TAKEN, BUSY = 180, 200, 486
REGISTERED = RegistrationState.REGISTERED


class Console:
    """A handle on the phone process, with its events to wait for; ``hang`` makes it a window that
    takes in nothing, and ``wake`` one that takes in all of it."""

    def __init__(
        self,
        directory: Path,
        linger_s: float = 1.0,
        settings: PhoneSettings = NEIGHBOURS,
        ahead: SpawnedProcess | None = None,
    ) -> None:
        self._events: queue.Queue[PhoneEvent] = queue.Queue()
        self.process = PhoneProcess(settings, directory, self._hear, linger_s=linger_s, ahead=ahead)
        self._turn = threading.Lock()
        self.process.start()

    def _hear(self, event: ToConsole) -> None:
        with self._turn:
            if isinstance(event, ConsoleAsked):
                self.process.tell_here(event.number)
            else:
                self._events.put(event)

    def hang(self) -> None:
        self._turn.acquire()

    def wake(self) -> None:
        self._turn.release()

    def expect(
        self, kind: type[E], where: Callable[[E], bool] = lambda _: True, timeout_s: float = 15.0
    ) -> E:
        deadline_s = time.monotonic() + timeout_s
        while True:
            event: Any = self._events.get(timeout=max(0.0, deadline_s - time.monotonic()))
            if isinstance(event, kind) and where(event):
                return event


@pytest.fixture
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    # The system's limit for socket paths is short; pytest's folders may be long.
    path = tmp_path_factory.mktemp("p")
    yield path
    try:
        wait_until(lambda: not (path / "phone.sock").exists())
    except AssertionError:
        end_what_a_failure_has_left(path)
        raise


def end_what_a_failure_has_left(directory: Path) -> None:
    """With a call that nobody has noted it would stay for an hour."""
    connection, token = Door(directory / "phone.sock").connect(2.0)
    with connection:
        connection.sendall(encode(Hello(PROTOCOL_VERSION, os.getpid(), token)) + encode(Shutdown()))
        while connection.recv(1 << 16):
            pass


def wait_until(condition: Callable[[], bool], timeout_s: float = 15.0) -> float:
    began_s = time.monotonic()
    while not condition():
        assert time.monotonic() - began_s < timeout_s, "condition did not hold in time"
        time.sleep(0.01)
    return time.monotonic() - began_s


def runs(process_id: int) -> bool:
    """Whether the process is alive; a dead one whose parent has not looked is dead too."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_start_socket_mode_and_end(directory: Path) -> None:
    console = Console(directory)
    connected = console.expect(PhoneConnected)
    assert connected.calls == ()
    assert connected.process_id != os.getpid()
    assert os.getsid(connected.process_id) == connected.process_id
    assert stat.S_IMODE((directory / "phone.sock").stat().st_mode) == 0o600
    command_line = Path(f"/proc/{connected.process_id}/cmdline").read_bytes()
    assert b"telephony" in command_line
    console.process.close(end_process=True)
    assert not runs(connected.process_id)
    assert (directory / "phone.log").read_text() == ""


def test_a_killed_console_s_call_goes_on_and_is_taken_over(directory: Path) -> None:
    with (
        BaresipCaller(CITIZEN) as caller,
        JsonLines("tests.fakes.console_client", str(directory), "1.0") as client,
    ):
        client.write(json.dumps(settings_to_json(NEIGHBOURS)))
        connected = client.expect("connected")
        caller.dial(f"sip:301@{connected['local_address']}")
        call_id = client.expect("incoming")["call"]
        caller.wait_for("CALL_RINGING")
        client.write(f"answer {call_id}")
        client.expect("answered")
        caller.wait_for("CALL_ESTABLISHED")
        client.expect("quality")
        for command in ("mute", "hold"):
            client.write(f"{command} {call_id}")
        assert client.expect("mute")["muted"] is True
        client.expect("held")
        client.kill()

        console = Console(directory)
        taken = console.expect(PhoneConnected)
        assert taken.process_id == connected["process_id"]
        (call,) = taken.calls
        assert (call.call_id, call.caller_number, call.ended) == (call_id, CITIZEN, None)
        assert call.answered_at is not None
        assert call.rang_at <= call.answered_at
        assert (call.held_by, call.muted) == ((Side.NEAR,), True)
        console.process.resume(call_id)
        assert console.expect(CallResumed).call_id == call_id
        first = console.expect(MediaReported)
        second = console.expect(MediaReported)
        assert second.packets_received - first.packets_received > 40
        console.process.hang_up(call_id)
        assert console.expect(CallEnded).cause is EndCause.NEAR_END
        caller.wait_for("CALL_CLOSED")
        console.process.close(end_process=True)


def test_a_new_console_is_told_of_the_conference(directory: Path) -> None:
    console = Console(directory, linger_s=20)
    address = console.expect(PhoneConnected).local_address
    with BaresipCaller(CITIZEN) as one, BaresipCaller("89005550138") as two:
        calls = []
        for caller in (one, two):
            caller.dial(f"sip:301@{address}")
            calls.append(console.expect(CallRinging).call_id)
            caller.wait_for("CALL_RINGING")
            console.process.answer(calls[-1])
            console.expect(CallAnswered)
            caller.wait_for("CALL_ESTABLISHED")
        assert console.expect(CallHeld).call_id == calls[0]
        console.process.set_conference(tuple(calls))
        assert console.expect(CallResumed).call_id == calls[0]
        console.process.close()
        console = Console(directory)
        assert [call.held_by for call in console.expect(PhoneConnected).calls] == [(), ()]
        assert console.expect(ConferenceChanged).call_ids == tuple(calls)
        console.process.close(end_process=True)
        for caller in (one, two):
            caller.wait_for("CALL_CLOSED")


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
        # The call holds it, for longer than the half second that it would stay without.
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
        assert time.monotonic() - began_s < 8  # of the ring limit's 120
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
        # all is noted: nothing keeps the process any more
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
        later.wait_for("CALL_RINGING")  # the first one would have been answered long ago
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
        assert other.call() == RINGS  # the first one would have been answered long ago
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
    settings = replace(NEIGHBOURS, console_wait_s=1)  # a window that is busy has five seconds
    console = Console(directory, settings=settings)
    address = console.expect(PhoneConnected).local_address
    with BaresipCaller(CITIZEN) as first, BaresipCaller("89005550138") as second:
        console.hang()
        began_s = time.monotonic()
        first.dial(f"sip:301@{address}")
        first.wait_for("CALL_RINGING")
        first.wait_for("CALL_CLOSED", where=lambda told: "480" in told["param"])
        assert 4 < time.monotonic() - began_s < 15  # of the ring limit's 120
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
    """The window that wakes up has a card of each, so none may be gone from what it is told."""
    settings = replace(NEIGHBOURS, console_wait_s=1)
    console = Console(directory, settings=settings)
    address = console.expect(PhoneConnected).local_address
    with RawCaller(address, CITIZEN) as queue:
        console.hang()
        assert queue.call() == RINGS
        queue.give_up()
        assert queue.call() == RINGS  # the queue tries the same desk once more
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
    # While a console is there, the operator decides.
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


def test_a_killed_phone_process_is_noticed_and_replaced(directory: Path) -> None:
    console = Console(directory)
    first = console.expect(PhoneConnected)
    began_s = time.monotonic()
    os.kill(first.process_id, signal.SIGKILL)
    assert console.expect(PhoneDisconnected).detail_code == "closed"
    assert time.monotonic() - began_s < 1
    second = console.expect(PhoneConnected)
    assert second.process_id != first.process_id
    console.process.close(end_process=True)


def test_a_killed_phone_process_is_registered_again(directory: Path) -> None:
    with KamailioProxy({"301": "secret"}) as proxy:
        settings = PhoneSettings(SipAccount(proxy.host, "301", "secret", proxy.port))
        console = Console(directory, settings=settings)
        first = console.expect(PhoneConnected)
        assert not console.expect(DoNotDisturbChanged).wanted
        console.expect(RegistrationChanged, lambda event: event.state is REGISTERED)
        console.process.set_do_not_disturb(True)
        assert console.expect(DoNotDisturbChanged).wanted
        os.kill(first.process_id, signal.SIGKILL)
        began_s = time.monotonic()
        console.expect(PhoneDisconnected)
        assert time.monotonic() - began_s < 1
        console.expect(RegistrationChanged, lambda event: event.state is REGISTERED)
        assert time.monotonic() - began_s < 5
        # The wish not to be disturbed outlives the process too, and is told again.
        with BaresipCaller(CITIZEN) as caller:
            caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
            assert console.expect(CallEnded).cause is EndCause.DO_NOT_DISTURB
        console.process.close(end_process=True)


def test_settings_adopted_in_a_break_let_no_call_through(directory: Path) -> None:
    with KamailioProxy({"301": "secret"}) as proxy:
        console = Console(directory)
        console.expect(PhoneConnected)
        console.process.set_do_not_disturb(True)
        console.expect(DoNotDisturbChanged, lambda event: event.wanted)
        console.process.adopt(PhoneSettings(SipAccount(proxy.host, "301", "secret", proxy.port)))
        console.expect(RegistrationChanged, lambda event: event.state is REGISTERED)
        with BaresipCaller(CITIZEN) as caller:
            caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
            assert console.expect(CallEnded).cause is EndCause.DO_NOT_DISTURB
        console.process.close(end_process=True)


def test_a_new_phone_process_says_first_what_was_wanted_while_there_was_none(
    directory: Path,
) -> None:
    console = Console(directory)
    first = console.expect(PhoneConnected)
    assert not console.expect(DoNotDisturbChanged).wanted
    os.kill(first.process_id, signal.SIGKILL)
    console.expect(PhoneDisconnected)
    for wanted in (True, False, True):
        console.process.set_do_not_disturb(wanted)
    console.process.answer("late")
    assert console.expect(CommandRefused).command == "answer"
    console.expect(PhoneConnected)
    console.expect(DoNotDisturbChanged, lambda event: event.wanted)
    console.process.close(end_process=True)


def test_commands_without_a_connection_are_refused(directory: Path) -> None:
    console = Console(directory)
    connected = console.expect(PhoneConnected)
    os.kill(connected.process_id, signal.SIGSTOP)
    console.process.answer("lost")
    os.kill(connected.process_id, signal.SIGKILL)
    console.expect(PhoneDisconnected)
    console.process.answer("late")
    refused = console.expect(CommandRefused)
    assert (refused.call_id, refused.command, refused.code) == ("late", "answer", "not_connected")
    console.expect(PhoneConnected)
    console.process.close(end_process=True)


def test_settings_that_cannot_be_bound_are_told(directory: Path) -> None:
    console = Console(directory)
    connected = console.expect(PhoneConnected)
    console.process.configure(PhoneSettings(listen_host="192.0.2.77"))
    refused = console.expect(CommandRefused)
    assert (refused.command, refused.code) == ("configure", "bind_failed")
    console.process.configure(PhoneSettings())
    other = Console(directory)
    again = other.expect(PhoneConnected)
    assert again.process_id == connected.process_id
    assert not again.local_address.endswith(":0")
    console.process.close()
    other.process.close(end_process=True)


def test_a_path_too_long_for_a_socket(tmp_path: Path) -> None:
    process = PhoneProcess(PhoneSettings(), tmp_path / ("x" * 120), lambda _: None)
    with pytest.raises(SocketPathError) as caught:
        process.start()
    assert caught.value.length_bytes > caught.value.limit_bytes
    process.close()


def test_only_one_process_serves_a_door(directory: Path) -> None:
    lock = ProcessLock(directory / "phone.lock")
    assert lock.acquire()
    assert not ProcessLock(directory / "phone.lock").acquire()
    assert asyncio.run(PhoneServer(Door(directory / "phone.sock")).run()) is False
    lock.release()


@pytest.mark.parametrize("right", [True, False])
def test_the_door_of_windows_opens_only_with_its_token(tmp_path: Path, right: bool) -> None:
    async def run() -> None:
        door = Door(tmp_path / "phone.json", unix=False)
        server = PhoneServer(door, linger_s=30)
        serving = asyncio.create_task(server.run())
        async with asyncio.timeout(5):
            while not door.path.exists() or not door.path.read_text():
                await asyncio.sleep(0.01)
        assert stat.S_IMODE(door.path.stat().st_mode) == 0o600
        connection, token = door.connect(2.0)
        with connection:
            connection.sendall(encode(Hello(PROTOCOL_VERSION, 1, token if right else "guess")))
            connection.sendall(encode(Configure(PhoneSettings())))
            file = connection.makefile("rb")
            lines = [await asyncio.to_thread(file.readline) for _ in range(2)]
            file.close()
        server.end()
        assert await serving
        if right:
            assert isinstance(decode_from_phone(lines[0]), Hello)
            assert isinstance(decode_from_phone(lines[1]), PhoneConnected)
        else:
            assert lines == [b"", b""]

    asyncio.run(run())


def test_of_two_consoles_at_once_the_newest_has_the_one_phone(directory: Path) -> None:
    async def run() -> None:
        door = Door(directory / "phone.sock")
        server = PhoneServer(door, linger_s=30)
        serving = asyncio.create_task(server.run())
        async with asyncio.timeout(5):
            while not door.path.exists():
                await asyncio.sleep(0.01)
        settings = replace(NEIGHBOURS, listen_port=free_port_pair())
        older, newer = (door.connect(2.0)[0] for _ in range(2))
        with older, newer:
            for each in (older, newer):
                each.sendall(encode(Hello(PROTOCOL_VERSION, 1)) + encode(Configure(settings)))
            with newer.makefile("rb") as file:
                lines = [await asyncio.to_thread(file.readline) for _ in range(2)]
        server.end()
        assert await serving
        assert isinstance(decode_from_phone(lines[1]), PhoneConnected)

    asyncio.run(run())


def test_a_program_of_another_version_does_not_wait_for_a_phone_that_is_idle(
    directory: Path,
) -> None:
    console = Console(directory, linger_s=60)
    first = console.expect(PhoneConnected)

    def knock() -> None:
        connection, _ = Door(directory / "phone.sock").connect(2.0)
        with connection:
            connection.sendall(encode(Hello(PROTOCOL_VERSION + 1, 1)))
            connection.settimeout(5)
            while connection.recv(100):
                pass

    knock()
    assert runs(first.process_id), "somebody works with it"
    console.process.close()
    knock()
    wait_until(lambda: not runs(first.process_id))


def test_a_console_that_leaves_is_still_there_for_what_the_phone_is_telling(
    directory: Path,
) -> None:
    off = RegistrationChanged(RegistrationState.OFF, AT)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(directory / "phone.sock"))
        door.listen()
        console = Console(directory)
        phone, _ = door.accept()
        with phone, phone.makefile("rb") as lines:
            phone.sendall(encode(Hello(PROTOCOL_VERSION, 1)))
            phone.sendall(encode(PhoneConnected(1, "127.0.0.1:5060", off)))
            console.expect(PhoneConnected)
            console.process.forget("noted")
            leaving = threading.Thread(target=console.process.close)
            leaving.start()
            *_, last = [decode_from_console(line) for line in lines]
            assert last == Forget("noted")
            # one that is gone would take with it what the phone has not read yet
            phone.sendall(encode(off))
        leaving.join()
    (directory / "phone.sock").unlink()


def test_a_console_that_speaks_nonsense_is_put_out(directory: Path) -> None:
    console = Console(directory)
    connected = console.expect(PhoneConnected)
    connection, _ = Door(directory / "phone.sock").connect(2.0)
    with connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        connection.settimeout(5)
        assert connection.recv(100) == b""
    with pytest.raises(ProtocolError):
        decode_from_phone(b"GET / HTTP/1.1\r\n")
    console.process.answer("none")
    assert console.expect(CommandRefused).code == "unknown_call"
    assert runs(connected.process_id)
    console.process.close(end_process=True)


def test_a_process_that_was_started_ahead_is_the_one_that_is_used(directory: Path) -> None:
    ahead = start_ahead(directory)
    wait_until(lambda: (directory / "phone.sock").exists())
    console = Console(directory, ahead=ahead)
    connected = console.expect(PhoneConnected)
    command_line = Path(f"/proc/{connected.process_id}/cmdline").read_bytes()
    assert b"telephony" in command_line
    assert ahead.exit_status() is None
    console.process.close(end_process=True)
    wait_until(lambda: ahead.exit_status() is not None)
    assert not runs(connected.process_id)


def test_nobody_needing_it_a_process_that_was_started_ahead_ends(directory: Path) -> None:
    ahead = start_ahead(directory, linger_s=0.2)
    wait_until(lambda: ahead.exit_status() is not None)
    # and the phone starts one of its own then
    console = Console(directory, ahead=ahead)
    console.expect(PhoneConnected)
    console.process.close(end_process=True)


def test_ahead_of_a_phone_that_runs_already_nothing_is_started(directory: Path) -> None:
    first = Console(directory, linger_s=60)
    running = first.expect(PhoneConnected).process_id
    first.process.close()
    ahead = start_ahead(directory)
    wait_until(lambda: ahead.exit_status() is not None)
    second = Console(directory, ahead=ahead)
    assert second.expect(PhoneConnected).process_id == running
    second.process.close(end_process=True)
