"""The phone process: started, adopted, killed and restarted, as real processes."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import stat
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

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
    DoNotDisturbChanged,
    EndCause,
    MediaReported,
    PhoneConnected,
    PhoneDisconnected,
    RegistrationChanged,
    RegistrationState,
    Side,
)
from telephony.link.local_socket import Door, ProcessLock
from telephony.link.protocol import (
    PROTOCOL_VERSION,
    Configure,
    Hello,
    decode_from_console,
    decode_from_phone,
    encode,
)
from telephony.link.server import PhoneServer
from telephony.process import PhoneProcess, start_ahead
from telephony.settings import ClosedLine, PhoneSettings, SipAccount, settings_to_json
from tests.fakes.baresip import BaresipCaller
from tests.fakes.foreign_programs import free_port_pair
from tests.fakes.json_lines import JsonLines
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.phone_bench import NEIGHBOURS
from tests.fakes.process_console import Console, runs, wait_until

CITIZEN = "89005550137"
AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
REGISTERED = RegistrationState.REGISTERED


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
        # Do-not-disturb outlives the process too, and is reported again.
        with BaresipCaller(CITIZEN) as caller:
            caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
            assert console.expect(CallEnded).cause is EndCause.DO_NOT_DISTURB
        console.process.close(end_process=True)


def test_what_is_done_while_the_line_is_closed_outlives_a_killed_phone_process(
    directory: Path,
) -> None:
    with KamailioProxy({"301": "secret"}) as proxy:
        console = Console(directory)
        first = console.expect(PhoneConnected)
        console.process.set_closed_line(ClosedLine(redirect_to="112"))
        # without a PBX a number has no destination
        refused = console.expect(CommandRefused)
        assert (refused.command, refused.code) == ("set_closed_line", "bad_number")
        console.process.adopt(PhoneSettings(SipAccount(proxy.host, "301", "secret", proxy.port)))
        for is_killed in (False, True):
            if is_killed:
                os.kill(first.process_id, signal.SIGKILL)
                console.expect(PhoneDisconnected)
            console.expect(RegistrationChanged, lambda event: event.state is REGISTERED)
            with BaresipCaller(CITIZEN) as caller:
                caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
                ended = console.expect(CallEnded)
                assert ended.cause is EndCause.REDIRECTED_OUT_OF_HOURS
                caller.wait_for_log(rf"Contact: *<sip:112@{re.escape(proxy.host)}")
            console.process.forget(ended.call_id)
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
            # a closed connection would discard what the phone has not read yet
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
    # and the phone then starts its own
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
