"""``python -m telephony`` as an administrator uses it."""

from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from tests.fakes.audio_measure import sinad_db, tone
from tests.fakes.json_lines import ROOT, JsonLines
from tests.fakes.sip_peers import KamailioProxy


def write_wav(path: Path, samples: np.ndarray[tuple[int], np.dtype[np.int16]]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(samples.tobytes())


def read_wav(path: Path) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 8000)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


@pytest.mark.parametrize("command", [[], ["serve"], ["listen"], ["call"]])
def test_help(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "telephony", *command, "--help"],
        capture_output=True, text=True, cwd=ROOT, check=True, timeout=30,
    )  # fmt: skip
    assert "usage: python -m telephony" in done.stdout


def test_a_call_between_two_registered_phones_carries_the_sound(tmp_path: Path) -> None:
    password_file = tmp_path / "password"
    password_file.write_text("secret\n")
    sound, heard = tmp_path / "sound.wav", tmp_path / "heard.wav"
    write_wav(sound, tone(1004, -10.0, 3.5))
    with KamailioProxy({"301": "secret", "302": "secret"}) as proxy:
        common = [
            "--server", f"{proxy.host}:{proxy.port}", "--password-file", str(password_file)
        ]  # fmt: skip
        with (
            JsonLines(
                "telephony", "listen", *common,
                "--user", "302", "--auto-answer", "50", "--record", str(heard),
            ) as callee,
            JsonLines(
                "telephony", "listen", *common, "--user", "301", "--play", str(sound)
            ) as caller,
        ):  # fmt: skip
            callee.expect("registered")
            caller.expect("registered")
            caller.write("dial 302")
            call_id = caller.expect("dialling")["call"]
            assert callee.expect("incoming")["caller_number"] == "301"
            assert caller.expect("answered")["codec"] == "PCMA"
            caller.expect("quality", lambda event: event["packets_sent"] > 140)
            caller.write("calls")
            (call,) = caller.expect("calls")["calls"]
            assert call["call_id"] == call_id
            caller.write("hangup")
            assert caller.expect("ended")["cause"] == "near_end"
            assert callee.expect("ended")["cause"] == "far_end"
            assert caller.end_input() == 0
            callee.write("quit")
            assert callee.process.wait(15) == 0
    samples = read_wav(heard)
    begin = int(np.argmax(np.abs(samples) > 1000))
    assert sinad_db(samples[begin + 800 : begin + 16800], 8000, 1004) > 35


def test_a_bad_option_is_a_failure_in_words() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "telephony", "listen", "--bind", "not-an-address"],
        capture_output=True, text=True, cwd=ROOT, check=False, timeout=30,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 1
    assert "SettingsError: listen_host" in done.stderr
