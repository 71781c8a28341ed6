"""The pyVoIP interface: programs in pyVoIP's style over real SIP and RTP on loopback."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

import numpy as np
import pytest

from telephony.errors import BindError
from telephony.media.samples import Samples
from telephony.phone import Phone
from telephony.pyvoip import (
    CallState,
    InvalidRangeError,
    InvalidStateError,
    NoPortsAvailableError,
    PhoneStatus,
    VoIPCall,
    VoIPPhone,
)
from tests.fakes.audio_measure import (
    align_and_correlate,
    piece_correlations,
    sinad_db,
    sinad_windows_db,
    speech_like,
    tone,
)
from tests.fakes.rtp_peer import wait_until

CALLER_HZ = 1004.0
CALLED_HZ = 700.0
LINE = "+79005550100"
CALLER = "+79005550137"

Result = TypeVar("Result")


@contextmanager
def called_phone(
    callback: Callable[[VoIPCall], None] | None, **settings: Any
) -> Iterator[VoIPPhone]:
    phone = VoIPPhone(
        "127.0.0.1", 5060, "", "", myIP="127.0.0.1", callCallback=callback, sipPort=0, **settings
    )
    phone.start()
    try:
        yield phone
    finally:
        phone.stop()


@contextmanager
def calling_phone(called: VoIPPhone, **settings: Any) -> Iterator[VoIPPhone]:
    host, port = called.local_address
    phone = VoIPPhone(
        host,
        port,
        CALLER,
        "",
        myIP="127.0.0.1",
        sipPort=0,
        rtpPortLow=21000,
        rtpPortHigh=22000,
        register=False,
        **settings,
    )
    phone.start()
    try:
        yield phone
    finally:
        phone.stop()


class Registrar:
    """Answers every REGISTER with one status on a dedicated thread."""

    def __init__(self, status: str) -> None:
        self._status = status
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.expires: list[str] = []
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Registrar:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.sendto(b"end", self._socket.getsockname())
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            data, source = self._socket.recvfrom(4096)
            if data == b"end":
                return
            lines = data.decode().split("\r\n")
            self.expires += [line for line in lines if line.startswith("Expires:")]
            copied = ("Via:", "From:", "Call-ID:", "CSeq:", "Contact:")
            answer = [f"SIP/2.0 {self._status}"]
            answer += [line for line in lines if line.startswith(copied)]
            answer += [line + ";tag=registrar" for line in lines if line.startswith("To:")]
            answer += ["Expires: 300", "Content-Length: 0", "", ""]
            self._socket.sendto("\r\n".join(answer).encode(), source)


def registering_phone(port: int) -> VoIPPhone:
    return VoIPPhone("127.0.0.1", port, "operator", "secret", myIP="127.0.0.1", sipPort=0)


def in_state(call: VoIPCall, state: CallState) -> None:
    wait_until(lambda: call.state == state)


@contextmanager
def given_up_once_answered(on_call: Callable[[VoIPCall], None]) -> Iterator[VoIPPhone]:
    """Yields the called phone after the caller has hung up right after the answer."""
    with called_phone(on_call) as called, calling_phone(called) as caller:
        call = caller.call(LINE)
        in_state(call, CallState.ANSWERED)
        call.hangup()
        yield called


def samples_of(data: bytes) -> Samples:
    return np.frombuffer(data, dtype="<i2").astype(np.int16)


def test_two_phones_hear_each_others_tone_in_16_bits() -> None:
    heard: queue.SimpleQueue[Samples] = queue.SimpleQueue()

    def on_call(call: VoIPCall) -> None:
        call.answer()
        call.write_audio(tone(CALLED_HZ, -10, 5.0).tobytes())
        heard.put(samples_of(call.read_audio(4 * 8000)))

    with (
        called_phone(on_call, sample_width=2) as called,
        calling_phone(called, sample_width=2) as caller,
    ):
        call = caller.call(LINE)
        in_state(call, CallState.ANSWERED)
        call.write_audio(tone(CALLER_HZ, -10, 5.0).tobytes())
        answered = samples_of(call.read_audio(4 * 8000))
        asked = heard.get(timeout=10)
        call.hangup()
        assert call.state == CallState.ENDED
    # The first half second contains the buffers' silence.
    assert np.median(sinad_windows_db(asked, 8000, CALLER_HZ)[1:]) >= 35
    assert np.median(sinad_windows_db(answered, 8000, CALLED_HZ)[1:]) >= 35


def test_speech_arrives_as_it_was_sent() -> None:
    speech = speech_like(3.0, seed=9)

    def on_call(call: VoIPCall) -> None:
        call.answer()
        call.write_audio(speech.tobytes())

    with (
        called_phone(on_call, sample_width=2) as called,
        calling_phone(called, sample_width=2) as caller,
    ):
        call = caller.call(LINE)
        in_state(call, CallState.ANSWERED)
        heard = samples_of(call.read_audio(4 * 8000))
    likenesses = piece_correlations(speech, heard)
    # The initial delay is reduced in one of the pauses, or in two.
    assert np.sum(likenesses < 0.999) <= 2
    assert np.min(likenesses) > 0.5
    found = align_and_correlate(speech, heard)
    assert found.level_db == pytest.approx(0.0, abs=0.1)


def test_audio_is_8_bit_unsigned_as_pyvoip_has_it() -> None:
    loud = tone(CALLER_HZ, -6, 3.0)

    def on_call(call: VoIPCall) -> None:
        call.answer()
        call.write_audio(((loud >> 8) + 128).astype(np.uint8).tobytes())

    with called_phone(on_call) as called, calling_phone(called) as caller:
        call = caller.call(LINE)
        in_state(call, CallState.ANSWERED)
        heard = call.read_audio(2 * 8000)
        rest = call.read_audio(160, blocking=False)
    assert len(heard) == 2 * 8000
    assert len(rest) == 160
    values = np.frombuffer(heard, dtype=np.uint8).astype(np.float64) - 128
    assert sinad_db(values[-8000:], 8000, CALLER_HZ) > 30


def test_the_call_knows_who_calls_whom() -> None:
    calls: queue.SimpleQueue[VoIPCall] = queue.SimpleQueue()
    with (
        called_phone(calls.put) as called,
        calling_phone(called, display_name="Training") as caller,
    ):
        caller.call(LINE)
        call = calls.get(timeout=5)
        assert call.state == CallState.RINGING
        assert called.calls == {call.call_id: call}
        headers = call.request.headers
        assert headers["Call-ID"] == call.call_id
        assert (headers["From"]["number"], headers["From"]["caller"]) == (CALLER, "Training")
        assert headers["To"]["number"] == LINE
        call.deny()


def test_denied_given_up_and_unanswered_calls_end_on_both_sides() -> None:
    calls: queue.SimpleQueue[VoIPCall] = queue.SimpleQueue()
    with called_phone(calls.put) as called, calling_phone(called) as caller:
        denied = caller.call(LINE)
        calls.get(timeout=5).deny()
        in_state(denied, CallState.ENDED)

        given_up = caller.call(LINE)
        incoming = calls.get(timeout=5)
        given_up.hangup()
        in_state(incoming, CallState.ENDED)
        with pytest.raises(InvalidStateError):
            incoming.answer()
        with pytest.raises(InvalidStateError):
            given_up.hangup()
        wait_until(lambda: not called.calls and not caller.calls)


def test_a_far_end_that_hangs_up_ends_the_call_and_its_readers() -> None:
    ended = threading.Event()

    def on_call(call: VoIPCall) -> None:
        call.answer()
        while call.state == CallState.ANSWERED:
            call.read_audio()
        ended.set()

    with given_up_once_answered(on_call) as called:
        assert ended.wait(5)
        assert called.calls == {}


def test_a_call_that_is_over_as_soon_as_it_is_up_was_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = threading.Event()

    def on_call(call: VoIPCall) -> None:
        command = call.phone.sip.command

        def slow(work: Callable[[Phone], Result]) -> Result:
            done = command(work)
            # on a busy machine this thread may run only after the remote party has hung up
            in_state(call, CallState.ENDED)
            return done

        monkeypatch.setattr(call.phone.sip, "command", slow)
        call.answer()
        taken.set()

    with given_up_once_answered(on_call):
        assert taken.wait(5)


def test_without_a_callback_the_phone_is_busy() -> None:
    with called_phone(None) as called, calling_phone(called) as caller:
        in_state(caller.call(LINE), CallState.ENDED)


def test_digits_are_read_in_order() -> None:
    calls: queue.SimpleQueue[VoIPCall] = queue.SimpleQueue()

    def on_call(call: VoIPCall) -> None:
        call.answer()
        calls.put(call)

    with called_phone(on_call) as called, calling_phone(called) as caller:
        outgoing = caller.call(LINE)
        call = calls.get(timeout=5)
        in_state(outgoing, CallState.ANSWERED)
        assert outgoing.send_dtmf("42#")
        digits = ""

        def complete() -> bool:
            nonlocal digits
            digits += call.get_dtmf()
            return len(digits) == 3

        wait_until(complete)
        assert digits == "42#"
        assert call.get_dtmf() == ""
        outgoing.hangup()


def test_ten_calls_in_a_row_leave_nothing_behind() -> None:
    def on_call(call: VoIPCall) -> None:
        call.answer()
        call.hangup()

    before = threading.active_count()
    with called_phone(on_call) as called, calling_phone(called) as caller:
        for _ in range(10):
            in_state(caller.call(LINE), CallState.ENDED)
        wait_until(lambda: not called.calls and not caller.calls)
        # The engine retains the last call until its BYE is answered.
        wait_until(lambda: called.sip.media.call_ids == () and called.sip.engine.calls() == ())
    wait_until(lambda: threading.active_count() == before)


def test_a_stopped_phone_can_be_started_again() -> None:
    calls: queue.SimpleQueue[VoIPCall] = queue.SimpleQueue()
    with called_phone(calls.put) as called:
        called.stop()
        assert called.get_status() == PhoneStatus.INACTIVE
        with pytest.raises(InvalidStateError):
            called.call(LINE)
        called.start()
        assert called.get_status() == PhoneStatus.REGISTERED
        with calling_phone(called) as caller:
            caller.call(LINE)
            calls.get(timeout=5).deny()


def test_a_phone_with_a_user_is_registered_when_start_returns() -> None:
    with Registrar("200 OK") as registrar:
        phone = registering_phone(registrar.port)
        phone.start()
        assert phone.get_status() == PhoneStatus.REGISTERED
        phone.stop()
        assert phone.get_status() == PhoneStatus.INACTIVE
        assert registrar.expires[-1] == "Expires: 0"


def test_a_phone_whose_registration_is_refused_has_failed() -> None:
    with Registrar("403 Forbidden") as registrar:
        phone = registering_phone(registrar.port)
        phone.start()
        assert phone.get_status() == PhoneStatus.FAILED
        phone.stop()


def test_mistakes_are_told_as_pyvoip_tells_them() -> None:
    with pytest.raises(InvalidRangeError):
        VoIPPhone("127.0.0.1", 5060, "", "", rtpPortLow=20000, rtpPortHigh=10000)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        phone = VoIPPhone("127.0.0.1", 5060, "", "", myIP="127.0.0.1", sipPort=port)
        with pytest.raises(BindError):
            phone.start()
        assert phone.get_status() == PhoneStatus.FAILED
    with called_phone(None) as phone, pytest.raises(ValueError, match="number"):
        phone.call("sip:")


def test_ports_that_are_all_taken_are_told() -> None:
    with ExitStack() as stack:
        for port in range(23000, 23008):
            taken = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            taken.bind(("127.0.0.1", port))
        phone = stack.enter_context(called_phone(None, rtpPortLow=23000, rtpPortHigh=23007))
        with pytest.raises(NoPortsAvailableError):
            phone.call(LINE)
