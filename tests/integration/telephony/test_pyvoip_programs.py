"""Programs from pyVoIP's documentation, run with only their import changed.

An announcement, a DTMF menu and an outgoing call. The remote party is this phone with 16-bit audio,
which makes the programs' audio measurable.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from telephony.media.samples import Samples
from telephony.pyvoip import CallState, VoIPCall, VoIPPhone
from tests.fakes.audio_measure import piece_correlations, sinad_db, speech_like, tone
from tests.fakes.rtp_peer import wait_until

ROOT = Path(__file__).parents[3]
CALLER = "+79005550137"
LINE = "+79005550100"
TONE_HZ = 1004.0
# The only change in a program written for pyVoIP.
IMPORT = "from telephony.pyvoip import"

ANNOUNCEMENT = """
from pyVoIP.VoIP import CallState, InvalidStateError, VoIPPhone
import sys
import time
import wave


def answer(call):
    try:
        file = wave.open(sys.argv[1], "rb")
        frames = file.getnframes()
        data = file.readframes(frames)
        file.close()

        call.answer()
        call.write_audio(data)

        stop = time.time() + (frames / 8000)
        while time.time() <= stop and call.state == CallState.ANSWERED:
            time.sleep(0.1)
        call.hangup()
    except InvalidStateError:
        pass
    except:
        call.hangup()
        raise


if __name__ == "__main__":
    phone = VoIPPhone(
        "127.0.0.1", 5060, "", "", callCallback=answer, myIP="127.0.0.1", sipPort=int(sys.argv[2])
    )
    phone.start()
    print(phone.get_status(), flush=True)
    input("Press enter to disable the phone")
    phone.stop()
"""

MENU = """
from pyVoIP.VoIP import CallState, InvalidStateError, VoIPPhone
import sys
import time
import wave


def answer(call):
    try:
        file = wave.open(sys.argv[1], "rb")
        data = file.readframes(file.getnframes())
        file.close()

        call.answer()
        call.write_audio(data)

        while call.state == CallState.ANSWERED:
            key = call.get_dtmf()
            if key == "1":
                print("sales", flush=True)
                call.hangup()
            elif key == "2":
                print("support", call.request.headers["From"]["number"], flush=True)
                call.hangup()
            time.sleep(0.1)
    except InvalidStateError:
        pass
    except:
        call.hangup()
        raise


if __name__ == "__main__":
    phone = VoIPPhone(
        "127.0.0.1", 5060, "", "", callCallback=answer, myIP="127.0.0.1", sipPort=int(sys.argv[2])
    )
    phone.start()
    print(phone.get_status(), flush=True)
    input("Press enter to disable the phone")
    phone.stop()
"""

OUTGOING = """
from pyVoIP.VoIP import CallState, VoIPPhone
import sys
import time
import wave

phone = VoIPPhone(
    "127.0.0.1", int(sys.argv[2]), "", "", myIP="127.0.0.1", sipPort=0,
    rtpPortLow=21000, rtpPortHigh=22000,
)
phone.start()
call = phone.call("100")
while call.state == CallState.DIALING:
    time.sleep(0.02)
print(call.state, flush=True)
heard = b""
while call.state == CallState.ANSWERED and len(heard) < 2 * 8000:
    heard += call.read_audio(160)
file = wave.open(sys.argv[1], "wb")
file.setnchannels(1)
file.setsampwidth(1)
file.setframerate(8000)
file.writeframes(heard)
file.close()
call.hangup()
print(call.state, flush=True)
phone.stop()
"""


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def write_8_bit(path: Path, samples: Samples) -> None:
    """Writes the format of pyVoIP's own examples: 8 kHz, one channel, 8-bit unsigned."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        rounded = np.clip((samples.astype(np.int32) + 128 >> 8) + 128, 0, 255)
        file.writeframes(rounded.astype(np.uint8).tobytes())


def samples_of(data: bytes) -> Samples:
    return np.frombuffer(data, dtype="<i2").astype(np.int16)


@contextmanager
def program(text: str, folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Runs the program with only its import changed."""
    changed = text.replace("from pyVoIP.VoIP import", IMPORT)
    assert [line for line in changed.splitlines() if line not in text.splitlines()] == [
        line for line in changed.splitlines() if line.startswith(IMPORT)
    ]
    path = folder / "program.py"
    path.write_text(changed, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(path), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    """Presses Enter; the program must then end normally."""
    process.communicate("\n", timeout=10)
    assert process.returncode == 0


@contextmanager
def caller_of(port: int) -> Iterator[VoIPPhone]:
    phone = VoIPPhone(
        "127.0.0.1", port, CALLER, "", myIP="127.0.0.1", sipPort=0, register=False, sample_width=2
    )
    phone.start()
    try:
        yield phone
    finally:
        phone.stop()


def in_state(call: VoIPCall, state: CallState) -> None:
    wait_until(lambda: call.state == state)


def test_an_announcement_is_heard_whole_and_then_hung_up(tmp_path: Path) -> None:
    speech = speech_like(2.0, seed=4)
    write_8_bit(tmp_path / "announcement.wav", speech)
    port = free_port()
    with program(ANNOUNCEMENT, tmp_path, str(tmp_path / "announcement.wav"), str(port)) as running:
        assert line_of(running) == "PhoneStatus.REGISTERED"
        with caller_of(port) as caller:
            call = caller.call(LINE)
            in_state(call, CallState.ANSWERED)
            heard = samples_of(call.read_audio(2 * 8000))
            started_s = time.monotonic()
            in_state(call, CallState.ENDED)
            assert time.monotonic() - started_s < 2
        end(running)
    # The initial delay is reduced in one of the pauses, or in two. The read audio ends one delay
    # before the last piece.
    assert np.sum(piece_correlations(speech, heard)[:-1] < 0.98) <= 2


@pytest.mark.parametrize(("key", "said"), [("1", "sales"), ("2", f"support {CALLER}")])
def test_a_menu_follows_the_pressed_key(tmp_path: Path, key: str, said: str) -> None:
    write_8_bit(tmp_path / "prompt.wav", tone(TONE_HZ, -10, 10.0))
    port = free_port()
    with program(MENU, tmp_path, str(tmp_path / "prompt.wav"), str(port)) as running:
        assert line_of(running) == "PhoneStatus.REGISTERED"
        with caller_of(port) as caller:
            call = caller.call(LINE)
            in_state(call, CallState.ANSWERED)
            heard = samples_of(call.read_audio(8000))
            call.send_dtmf(key)
            # The prompt of input() precedes it on the same line.
            assert line_of(running).endswith(said)
            in_state(call, CallState.ENDED)
        end(running)
    # The program's own 8 bits and A-law each reduce the figure; either alone is near 37 dB.
    assert sinad_db(heard[4000:], 8000, TONE_HZ) > 32


def test_a_call_goes_out_and_is_recorded(tmp_path: Path) -> None:
    def sing(call: VoIPCall) -> None:
        call.answer()
        call.write_audio(tone(TONE_HZ, -10, 4.0).astype("<i2").tobytes())

    called = VoIPPhone(
        "127.0.0.1", 5060, "", "", "127.0.0.1", sing, 0, sample_width=2, accept_from=("127.0.0.1",)
    )
    called.start()
    try:
        port = called.local_address[1]
        with program(OUTGOING, tmp_path, str(tmp_path / "heard.wav"), str(port)) as running:
            assert line_of(running) == "CallState.ANSWERED"
            assert line_of(running) == "CallState.ENDED"
            end(running)
        wait_until(lambda: not called.calls)
    finally:
        called.stop()
    with wave.open(str(tmp_path / "heard.wav"), "rb") as file:
        data = np.frombuffer(file.readframes(file.getnframes()), dtype=np.uint8)
    heard = (data.astype(np.int16) - 128) << 8
    assert sinad_db(heard[4000:12000], 8000, TONE_HZ) > 33
