"""Hold, keys and encrypted audio against a real baresip."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallResumed,
    CallRinging,
    EndCause,
    MediaReported,
    Side,
)
from telephony.media.samples import Samples
from telephony.media.wav import read_wav, write_wav
from telephony.settings import AudioSettings, CodecName, SrtpPolicy
from tests.fakes.audio_measure import speech_like
from tests.fakes.baresip import BaresipCaller
from tests.fakes.phone_bench import NEIGHBOURS, PhoneBench

HEARD_DBFS = -45.0
"""A louder signal is the voice; noise from a wrong key or another codec would be near 0."""
TOO_LOUD_DBFS = -6.0


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("voice") / "voice.wav"
    write_wav(path, speech_like(30.0), 8000)
    return path


def is_voice(path: Path) -> bool:
    """Whether a recording contains the voice at its own level."""
    level_dbfs = level_of(read_wav(path))
    return HEARD_DBFS < level_dbfs < TOO_LOUD_DBFS


def level_of(samples: Samples) -> float:
    rms = float(np.sqrt(np.mean(np.square(samples.astype(np.float64)))))
    return 20 * math.log10(max(rms, 1.0) / 32768)


async def hears(bench: PhoneBench) -> MediaReported:
    """Waits until the phone receives the remote party's voice."""
    return await bench.expect(
        MediaReported,
        lambda event: HEARD_DBFS < event.level_received_dbfs < TOO_LOUD_DBFS,
    )


@pytest.mark.parametrize(
    ("encryption", "policy", "encrypted"),
    [
        ("srtp", "allow", True),
        ("srtp-mand", "require", True),
        ("", "allow", False),
        ("srtp", "off", False),
    ],
)
def test_encryption_of_a_call_from_baresip(
    encryption: Literal["", "srtp", "srtp-mand"],
    policy: SrtpPolicy,
    encrypted: bool,
    voice: Path,
) -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(replace(NEIGHBOURS, srtp=policy)) as bench:
            caller.dial(bench.uri)
            ringing = await bench.expect(CallRinging)
            await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
            bench.phone.answer(ringing.call_id)
            assert (await bench.expect(CallAnswered)).encrypted is encrypted
            await hears(bench)
            caller.hang_up()
            assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END

    with BaresipCaller("79005550137", play=voice, encryption=encryption) as caller:
        asyncio.run(run(caller))


@pytest.mark.parametrize(
    ("encryption", "policy", "encrypted"),
    [
        ("srtp", "allow", True),
        ("srtp-mand", "require", True),
        ("", "allow", False),
    ],
)
def test_encryption_of_a_call_to_baresip(
    encryption: Literal["", "srtp", "srtp-mand"],
    policy: SrtpPolicy,
    encrypted: bool,
    voice: Path,
) -> None:
    async def run(callee: BaresipCaller) -> None:
        audio = AudioSettings("file", input_file=str(voice))
        async with PhoneBench(replace(NEIGHBOURS, srtp=policy, audio=audio)) as bench:
            call_id = bench.phone.call(callee.uri)
            assert call_id is not None
            assert (await bench.expect(CallAnswered)).encrypted is encrypted
            await asyncio.to_thread(callee.wait_for, "CALL_ESTABLISHED")
            await hears(bench)
            bench.phone.hang_up(call_id)
            await asyncio.to_thread(callee.wait_for, "CALL_CLOSED")
        assert await asyncio.to_thread(is_voice, callee.heard)

    with BaresipCaller("302", play=voice, auto_answer=True, encryption=encryption) as callee:
        asyncio.run(run(callee))


def test_who_must_encrypt_takes_no_plain_call() -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(replace(NEIGHBOURS, srtp="require")) as bench:
            caller.dial(bench.uri)
            closed = await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")
            assert "488" in closed["param"]
            ended = await bench.expect(CallEnded)
            assert (ended.cause, ended.status_code) == (EndCause.NO_COMMON_ENCRYPTION, 488)

    with BaresipCaller("79005550137") as caller:
        asyncio.run(run(caller))


@pytest.mark.parametrize("encryption", ["", "srtp"])
def test_hold_from_both_sides(encryption: Literal["", "srtp"], voice: Path) -> None:
    """The voice is heard again after every resume: keys and sequence numbers are unchanged."""

    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(replace(NEIGHBOURS, srtp="allow")) as bench:
            caller.dial(bench.uri)
            call_id = (await bench.expect(CallRinging)).call_id
            await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
            bench.phone.answer(call_id)
            await hears(bench)
            bench.phone.hold(call_id)
            assert (await bench.expect(CallHeld)).by is Side.NEAR
            bench.phone.resume(call_id)
            assert (await bench.expect(CallResumed)).by is Side.NEAR
            await hears(bench)
            caller.hold()
            assert (await bench.expect(CallHeld)).by is Side.FAR
            caller.resume()
            assert (await bench.expect(CallResumed)).by is Side.FAR
            await hears(bench)
            bench.phone.hang_up(call_id)
            await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")

    with BaresipCaller("79005550137", play=voice, encryption=encryption) as caller:
        asyncio.run(run(caller))


@pytest.mark.parametrize("codec", ["g722", "opus"])
def test_wide_band_codecs_are_agreed(codec: Literal["g722", "opus"]) -> None:
    async def run(callee: BaresipCaller) -> None:
        codecs: tuple[CodecName, ...] = (codec, "pcma")
        async with PhoneBench(replace(NEIGHBOURS, codecs=codecs)) as bench:
            call_id = bench.phone.call(callee.uri)
            assert call_id is not None
            assert (await bench.expect(CallAnswered)).codec.lower() == codec
            await bench.expect(MediaReported, lambda event: event.packets_received > 20)
            bench.phone.hang_up(call_id)
            await asyncio.to_thread(callee.wait_for, "CALL_CLOSED")

    with BaresipCaller("302", auto_answer=True, codec=codec) as callee:
        asyncio.run(run(callee))
