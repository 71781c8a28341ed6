"""Codecs, encryption, reports and DTMF with an independent phone; audio compared on both sides."""

from __future__ import annotations

import asyncio
import wave
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from telephony.events import CallAnswered, CallEnded, CallRinging, DigitReceived, MediaReported
from telephony.media.samples import Samples
from telephony.media.wav import read_wav, write_wav
from telephony.settings import AudioSettings, SrtpPolicy
from tests.fakes.audio_measure import sinad_windows_db, tone
from tests.fakes.baresip import BaresipCaller
from tests.fakes.phone_bench import NEIGHBOURS, PhoneBench

CITIZEN = "+79005550137"
TONE_HZ = 1004.0


def read_any(path: Path) -> tuple[Samples, int]:
    """Returns the first channel of a WAV of any rate."""
    with wave.open(str(path), "rb") as file:
        data = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return data[:: file.getnchannels()].astype(np.int16), file.getframerate()


def heard_db(samples: Samples, rate_hz: int) -> float:
    """Returns the SINAD of the tone while the delay is constant: delay changes are not the codec's
    fault.
    """
    return float(np.percentile(sinad_windows_db(samples, rate_hz, TONE_HZ), 75))


@pytest.mark.parametrize(
    ("codec", "srtp", "limit_db"),
    [("g722", "off", 40), ("opus", "off", 20), ("pcma", "require", 35.5)],
)
def test_both_hear_each_other_and_tell_how_well(
    tmp_path: Path, codec: Literal["g722", "opus", "pcma"], srtp: SrtpPolicy, limit_db: float
) -> None:
    file_hz, desk_hz = {"pcma": (8000, 8000), "g722": (16000, 16000), "opus": (48000, 16000)}[codec]
    write_wav(tmp_path / "citizen.wav", tone(TONE_HZ, -10, 20.0, file_hz), file_hz)
    write_wav(tmp_path / "operator.wav", tone(TONE_HZ, -10, 20.0, 16000), 16000)
    files = AudioSettings(
        "file",
        input_file=str(tmp_path / "operator.wav"),
        output_file=str(tmp_path / "desk.wav"),
    )
    settings = replace(NEIGHBOURS, codecs=(codec,), srtp=srtp, audio=files)

    async def run(caller: BaresipCaller) -> MediaReported:
        async with PhoneBench(settings) as bench:
            caller.dial(bench.uri)
            ringing = await bench.expect(CallRinging)
            bench.phone.answer(ringing.call_id)
            answered = await bench.expect(CallAnswered)
            assert answered.codec.lower() == codec
            assert answered.encrypted == (srtp == "require")
            report = await bench.expect(MediaReported, lambda event: event.packets_received >= 150)
            if srtp == "require":
                # Its first report arrives after 5 s and is encrypted too.
                report = await bench.expect(
                    MediaReported, lambda event: event.round_trip_ms is not None
                )
            bench.phone.hang_up(ringing.call_id)
            await bench.expect(CallEnded)
            return report

    encryption: Literal["", "srtp-mand"] = "srtp-mand" if srtp == "require" else ""
    with BaresipCaller(
        CITIZEN, codec=codec, encryption=encryption, play=tmp_path / "citizen.wav"
    ) as caller:
        report = asyncio.run(run(caller))
        at_citizen = read_any(caller.heard)
    assert report.packets_lost == 0
    if srtp == "require":
        assert report.round_trip_ms == pytest.approx(0, abs=20)
        assert report.far_lost_percent == 0.0
        assert report.far_jitter_ms is not None
    assert heard_db(read_wav(tmp_path / "desk.wav", desk_hz), desk_hz) >= limit_db
    assert heard_db(*at_citizen) >= limit_db


@pytest.mark.parametrize("codec", ["pcma", "opus"])
def test_keys_pressed_on_either_side_arrive(codec: Literal["pcma", "opus"]) -> None:
    """This peer's digits use a clock of 8000 Hz with any codec."""

    async def run(caller: BaresipCaller) -> str:
        async with PhoneBench(replace(NEIGHBOURS, codecs=(codec,))) as bench:
            caller.dial(bench.uri)
            ringing = await bench.expect(CallRinging)
            bench.phone.answer(ringing.call_id)
            assert (await bench.expect(CallAnswered)).codec.lower() == codec
            await bench.expect(MediaReported, lambda event: event.packets_received > 0)
            bench.phone.send_digits(ringing.call_id, "15#")
            for digit in "15#":
                heard = await asyncio.to_thread(caller.wait_for, "CALL_DTMF_START")
                assert heard["param"] == digit
            assert "INFO sip:" not in caller.log
            caller.command("sndcode", "79*")
            return "".join([(await bench.expect(DigitReceived)).digit for _ in range(3)])

    with BaresipCaller(CITIZEN, codec=codec) as caller:
        assert asyncio.run(run(caller)) == "79*"
        assert "INFO sip:" not in caller.log
