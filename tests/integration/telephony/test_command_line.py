"""``python -m telephony`` as an administrator uses it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.fakes import ready_commands
from tests.fakes.audio_measure import sinad_db, sinad_windows_db, tone
from tests.fakes.baresip import BaresipCaller, BaresipRegistration
from tests.fakes.json_lines import ROOT, JsonLines
from tests.fakes.kamailio import KamailioProxy

CITIZEN = "89005550137"


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


@pytest.mark.parametrize("command", [[], ["serve"]])
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
                "telephony", *common,
                "--user", "302", "--auto-answer", "50", "--record", str(heard),
            ) as callee,
            JsonLines(
                "telephony", *common, "--user", "301", "--play", str(sound)
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
    windows_db = sinad_windows_db(samples[begin + 800 : begin + 24800], 8000, 1004)
    # A machine that stalls briefly spoils a window or two.
    assert np.median(windows_db) > 35


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return ready_commands.run(*arguments, package="telephony")


@pytest.mark.parametrize(
    ("arguments", "exit_status", "complaint"),
    [
        ("--bind not-an-address", 2, "--bind: invalid value"),
        ("--port 70000", 2, "--port: invalid value"),
        ("--server [::1", 2, "argument --server: expected HOST[:PORT]: '[::1'"),
        ("--server pbx:sip", 2, "argument --server: expected HOST[:PORT]: 'pbx:sip'"),
        ("--codecs pcma,mp3", 2, "argument --codecs: expected a list of"),
        ("--rtp-ports 20000", 2, "argument --rtp-ports: expected FIRST-LAST: '20000'"),
        ("--server 127.0.0.1 --password-file none", 2, "--password-file: cannot read the file"),
        ("--trace no/such/folder", 2, "--trace: cannot write the file"),
        ("--record no/such/folder", 2, "--record: cannot write the file"),
        ("--device pulse --play sound.wav", 2, "--device: pulse cannot be combined with"),
        ("--play none.wav", 1, "none.wav: no such file"),
        ("--play README.md", 1, "README.md: not a WAV file"),
        ("--announcement none.wav", 1, "none.wav: no such file"),
        ("--recording-key-file README.md", 2, "--recording-key-file: invalid value"),
        ("--bind 192.0.2.77", 1, "cannot listen on 192.0.2.77:0"),
        ("listen", 2, "argument COMMAND: invalid choice: 'listen'"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: str, exit_status: int, complaint: str
) -> None:
    done = run(*arguments.split())
    assert done.returncode == exit_status
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"python -m telephony: {complaint}")


def test_the_end_of_the_input_ends_the_calls_and_the_registration(tmp_path: Path) -> None:
    password_file, trace = tmp_path / "password", tmp_path / "trace"
    password_file.write_text("secret\n")
    with (
        KamailioProxy({"301": "secret", "302": "secret"}) as proxy,
        BaresipCaller(
            "302",
            registration=BaresipRegistration(proxy.host, proxy.port, "secret"),
            auto_answer=True,
        ) as citizen,
        JsonLines(
            "telephony", "--server", f"{proxy.host}:{proxy.port}", "--user", "301",
            "--password-file", str(password_file), "--trace", str(trace),
        ) as phone,
    ):  # fmt: skip
        phone.expect("registered")
        phone.write("dial 302")
        phone.expect("answered")
        citizen.wait_for("CALL_ESTABLISHED")
        assert phone.end_input() == 0
        citizen.wait_for("CALL_CLOSED")
        phone.expect("ended", lambda event: event["cause"] == "near_end")
        phone.expect("unregistered")
    text = trace.read_text()
    assert trace.stat().st_mode & 0o777 == 0o600
    assert re.search(
        rf"(?m)^--- \S+ sent to 127.0.0.1:{proxy.port} over udp\nREGISTER sip:.*\nVia: ", text
    )
    assert re.search(
        rf"(?m)^--- \S+ received from 127.0.0.1:{proxy.port} over udp\nSIP/2.0 401 ", text
    )
    assert re.search(r"(?m)^Contact: .*;expires=0$|^Expires: 0$", text)
    assert re.findall(r"response=(\S+?),?(?:\s|$)", text) != []
    assert set(re.findall(r"\bresponse=([^,\s]+)", text)) == {"***"}


def test_calls_side_by_side_have_each_their_own_sound(tmp_path: Path) -> None:
    sound, heard = tmp_path / "sound.wav", tmp_path / "heard.wav"
    write_wav(sound, tone(1004, -10.0, 1.0))
    voices = tmp_path / "low.wav", tmp_path / "high.wav"
    for voice, frequency_hz in zip(voices, (500, 1500), strict=True):
        write_wav(voice, tone(frequency_hz, -10.0, 60.0))
    with (
        JsonLines(
            "telephony", "--accept-from", "127.0.0.1", "--auto-answer", "0",
            "--play", str(sound), "--record", str(heard),
        ) as phone,
        BaresipCaller("89005550101", play=voices[0]) as low,
        BaresipCaller("89005550102", play=voices[1]) as high,
    ):  # fmt: skip
        host, port = phone.expect("listening")["address"]
        answered = []
        for caller in (low, high):
            caller.dial(f"sip:301@{host}:{port}")
            answered.append(phone.expect("answered"))
            caller.wait_for("CALL_ESTABLISHED")
        assert [event["record"] for event in answered] == [
            str(heard), str(tmp_path / "heard-2.wav")
        ]  # fmt: skip
        calls = [event["call"] for event in answered]
        # One second of sound, then silence.
        phone.expect("quality", lambda event: event["level_sent_dbfs"] < -60)
        second_call = calls[1]
        phone.expect(
            "quality", lambda line: line["call"] == second_call and line["packets_received"] > 100
        )
        low.hang_up()
        # Complete when its end is reported, regardless of the side that ended it.
        assert phone.expect("ended")["record"] == str(heard)
        first = read_wav(heard)
        phone.write(f"hangup {second_call}")
        ended = phone.expect("ended")
        assert (ended["call"], ended["cause"]) == (second_call, "near_end")
        second = read_wav(tmp_path / "heard-2.wav")
        for samples, frequency_hz in ((first, 500), (second, 1500)):
            assert sinad_db(samples[4000:12000], 8000, frequency_hz) > 30
        phone.write("quit")
        assert phone.process.wait(15) == 0
        played = read_wav(low.heard)
        assert 0.9 < np.count_nonzero(np.abs(played) > 500) / 8000 / 0.93 < 1.1


def test_hold_digits_and_a_consultation_through_a_proxy(tmp_path: Path) -> None:
    password_file = tmp_path / "password"
    password_file.write_text("secret\n")
    users = dict.fromkeys(("301", "302", "303"), "secret")
    with (
        KamailioProxy(users) as proxy,
        BaresipCaller(
            "302", registration=BaresipRegistration(proxy.host, proxy.port, "secret")
        ) as citizen,
        BaresipCaller(
            "303",
            registration=BaresipRegistration(proxy.host, proxy.port, "secret"),
            auto_answer=True,
        ) as colleague,
        JsonLines(
            "telephony", "--server", f"{proxy.host}:{proxy.port}", "--user", "301",
            "--password-file", str(password_file),
        ) as phone,
    ):  # fmt: skip
        phone.expect("registered")
        citizen.dial(f"sip:301@{proxy.host}:{proxy.port}")
        call = phone.expect("incoming")["call"]
        citizen.wait_for("CALL_RINGING")
        phone.write("answer")
        phone.expect("answered")
        citizen.wait_for("CALL_ESTABLISHED")
        phone.write("dtmf 1#")
        citizen.wait_for_log(r"(?i)dtmf.*1|signal=1")
        phone.write("hold")
        assert phone.expect("held")["by"] == "near"
        phone.write("resume")
        assert phone.expect("resumed")["call"] == call
        phone.write("consult 303")
        assert phone.expect("held")["call"] == call
        consultation = phone.expect("answered")["call"]
        colleague.wait_for("CALL_ESTABLISHED")
        phone.write("back")
        assert phone.expect("ended")["call"] == consultation
        colleague.wait_for("CALL_CLOSED")
        assert phone.expect("resumed")["call"] == call
        citizen.hold()
        assert phone.expect("held")["by"] == "far"
        citizen.resume()
        assert phone.expect("resumed")["by"] == "far"
        phone.write("dnd on")
        assert phone.expect("do_not_disturb")["wanted"] is True
        phone.write("hangup")
        assert phone.expect("ended")["cause"] == "near_end"
        citizen.wait_for("CALL_CLOSED")
        citizen.dial(f"sip:301@{proxy.host}:{proxy.port}")
        assert phone.expect("ended")["cause"] == "do_not_disturb"
        assert phone.end_input() == 0


def test_phones_call_each_other_past_the_server(tmp_path: Path) -> None:
    """One is registered, one only calls; each has an address that is not the server's."""
    password_file, records = tmp_path / "password", tmp_path / "records"
    password_file.write_text("secret\n")
    with KamailioProxy({"301": "secret", "302": "secret"}) as proxy:
        common = [
            "--server", f"{proxy.host}:{proxy.port}", "--password-file", str(password_file),
            "--srtp", "require",
        ]  # fmt: skip
        with (
            JsonLines(
                "telephony", *common, "--user", "301", "--bind", "127.0.0.2",
                "--accept-from", "127.0.0.3", "--recording-dir", str(records),
            ) as near,
            JsonLines(
                "telephony", *common, "--user", "302", "--bind", "127.0.0.3", "--no-register",
                "--allow-any",
            ) as far,
        ):  # fmt: skip
            ports = [phone.expect("listening")["address"][1] for phone in (near, far)]
            near.expect("registered")
            near.write(f"dial sip:302@127.0.0.3:{ports[1]}")
            near.expect("dialling")
            assert far.expect("incoming")["caller_number"] == "301"
            far.write("answer")
            for phone in (near, far):
                assert phone.expect("answered")["encrypted"]
            near.write("record")
            assert near.expect("recording")["state"] == "started"
            for holder, other in ((near, far), (far, near)):
                holder.write("hold")
                assert holder.expect("held")["by"] == "near"
                assert other.expect("held")["by"] == "far"
                holder.write("resume")
                assert holder.expect("resumed")["by"] == "near"
                assert other.expect("resumed")["by"] == "far"
            near.write("dtmf 5#")
            assert [far.expect("dtmf")["digit"] for _ in "5#"] == ["5", "#"]
            far.write("dtmf 1")
            assert near.expect("dtmf")["digit"] == "1"
            far.expect("quality", lambda event: event["packets_received"] > 40)
            far.write("hangup")
            assert near.expect("recording")["state"] == "stopped"
            assert near.expect("ended")["cause"] == "far_end"
            assert far.expect("ended")["cause"] == "near_end"
            far.write(f"dial sip:301@127.0.0.2:{ports[0]}")
            near.expect("incoming")
            near.write("reject")
            assert far.expect("ended")["cause"] == "busy"
            assert "INVITE by" not in proxy.log
            # The server resolves the same number.
            far.write(f"dial sip:301@{proxy.host}:{proxy.port}")
            near.expect("incoming")
            near.write("reject")
            far.expect("ended")
            assert [phone.end_input() for phone in (near, far)] == [0, 0]
        assert "INVITE by udp from 302" in proxy.log


def test_callers_are_handed_over_by_line(tmp_path: Path) -> None:
    password_file = tmp_path / "password"
    password_file.write_text("secret\n")
    users = dict.fromkeys(("301", "302", "303"), "secret")
    with (
        KamailioProxy(users) as proxy,
        BaresipCaller(
            "302", registration=BaresipRegistration(proxy.host, proxy.port, "secret")
        ) as citizen,
        BaresipCaller(
            "303",
            registration=BaresipRegistration(proxy.host, proxy.port, "secret"),
            auto_answer=True,
        ) as colleague,
        JsonLines(
            "telephony", "--server", f"{proxy.host}:{proxy.port}", "--user", "301",
            "--password-file", str(password_file), "--auto-answer", "100",
        ) as phone,
    ):  # fmt: skip
        phone.expect("registered")
        for command in ("transfer 303", "consult 303"):
            citizen.dial(f"sip:301@{proxy.host}:{proxy.port}")
            call = phone.expect("answered")["call"]
            citizen.wait_for("CALL_ESTABLISHED")
            phone.write(command)
            assert phone.expect("held")["call"] == call
            if command.startswith("consult"):
                phone.expect("answered")
                colleague.wait_for("CALL_ESTABLISHED")
                phone.write("complete")
            phone.expect("transfer", lambda line: line["state"] == "requested")
            ended = phone.expect("ended", lambda line: line["call"] == call)  # noqa: B023
            assert ended["cause"] == "transferred"
            colleague.wait_for("CALL_ESTABLISHED")
            citizen.command("hangupall")
            colleague.command("hangupall")
            colleague.wait_for("CALL_CLOSED")
        assert phone.end_input() == 0


def test_sealed_recordings_of_a_conference_are_opened_again(tmp_path: Path) -> None:
    sound, key_file, folder = tmp_path / "sound.wav", tmp_path / "key", tmp_path / "records"
    write_wav(sound, tone(1004, -10.0, 30.0))
    key_file.write_text("5a" * 32 + "\n")
    with (
        JsonLines(
            "telephony", "--accept-from", "127.0.0.1", "--auto-answer", "0", "--play", str(sound),
            "--recording-dir", str(folder), "--recording-key-file", str(key_file),
        ) as phone,
        BaresipCaller("89005550101") as one,
        BaresipCaller("89005550102") as two,
    ):  # fmt: skip
        host, port = phone.expect("listening")["address"]
        calls = []
        for caller in (one, two):
            caller.dial(f"sip:301@{host}:{port}")
            calls.append(phone.expect("answered")["call"])
            caller.wait_for("CALL_ESTABLISHED")
        phone.write("conference")
        assert phone.expect("conference")["call_ids"] == calls
        phone.write("record")
        recording = phone.expect("recording")
        assert (recording["call"], recording["state"]) == (calls[1], "started")
        phone.expect("quality", lambda line: line["packets_sent"] > 50)
        phone.write("pause")
        assert phone.expect("recording")["state"] == "paused"
        phone.write("record")
        assert phone.expect("recording")["state"] == "resumed"
        phone.write("unrecord")
        assert phone.expect("recording")["state"] == "stopped"
        phone.write("conference off")
        assert phone.expect("conference")["call_ids"] == []
        assert phone.end_input() == 0
    opened = tmp_path / "opened.flac"
    command = ("recording", recording["path"], str(opened), "--key-file", str(key_file))
    assert run(*command).returncode == 0
    audio, rate_hz = soundfile.read(opened)
    assert (rate_hz, audio.shape[1]) == (8000, 2)
    again = run(*command)
    assert (again.returncode, again.stderr) == (
        1, "python -m telephony: the output file already exists\n"
    )  # fmt: skip
    key_file.write_text("a5" * 32)
    wrong = run(
        "recording", recording["path"], str(tmp_path / "other"), "--key-file", str(key_file)
    )
    assert (wrong.returncode, wrong.stderr) == (
        1, "python -m telephony: the key does not match this recording\n"
    )  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_phone_in_good_order(number: signal.Signals) -> None:
    with (
        BaresipCaller(CITIZEN, auto_answer=True) as citizen,
        JsonLines("telephony", "--accept-from", "127.0.0.1") as phone,
    ):
        phone.write(f"dial {citizen.uri}")
        phone.expect("answered")
        citizen.wait_for("CALL_ESTABLISHED")
        phone.process.send_signal(number)
        citizen.wait_for("CALL_CLOSED")
        assert phone.process.wait(15) == 0


def test_a_broken_pipe_ends_the_phone_in_good_order() -> None:
    with (
        BaresipCaller(CITIZEN, auto_answer=True) as citizen,
        subprocess.Popen(
            [sys.executable, "-m", "telephony"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, cwd=ROOT,
        ) as phone,
    ):  # fmt: skip
        assert phone.stdin is not None
        assert phone.stdout is not None
        assert phone.stderr is not None
        phone.stdin.write(f"dial {citizen.uri}\n")
        phone.stdin.flush()
        while '"answered"' not in phone.stdout.readline():
            pass
        citizen.wait_for("CALL_ESTABLISHED")
        phone.stdout.close()
        citizen.wait_for("CALL_CLOSED")
        assert phone.wait(15) == 0
        assert phone.stderr.read() == ""


def test_lines_that_are_no_commands_are_named() -> None:
    with JsonLines("telephony") as phone:
        assert phone.process.stdin is not None
        os.write(phone.process.stdin.fileno(), b"\xd9\xff\n")
        assert phone.expect("unknown_command")["command"] == "\N{REPLACEMENT CHARACTER}" * 2
        phone.write("frobnicate now")
        assert phone.expect("unknown_command")["command"] == "frobnicate"
        phone.write("dial")
        assert phone.expect("bad_command")["usage"] == "dial NUMBER|URI"
        phone.write("hangup one two")
        assert phone.expect("bad_command")["usage"] == "hangup [CALL]"
        phone.write("answer nobody")
        assert phone.expect("refused")["code"] == "unknown_call"
        phone.write("help")
        assert "answer [CALL]" in phone.expect("help")["commands"]
        assert phone.end_input() == 0
