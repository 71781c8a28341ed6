"""The register of encodings, and G.722 as one of them."""

from __future__ import annotations

import numpy as np
import pytest

from telephony.media.codecs import available_codecs, codec_named
from telephony.media.g711 import PCMA, PCMU
from telephony.media.g722 import G722Codec
from tests.fakes.audio_measure import align_and_correlate, sinad_db, speech_like, tone


def test_encodings_are_found_by_name_in_any_case() -> None:
    assert codec_named("pcma") is PCMA
    assert codec_named("PCMU") is PCMU
    assert codec_named("G729") is None
    assert {"PCMA", "PCMU", "G722"} <= set(available_codecs())
    assert [codec_named(name) is not None for name in available_codecs()]


@pytest.mark.parametrize(("level_dbfs", "limit_db"), [(-10, 46), (-26, 44), (-40, 35)])
def test_g722_carries_a_tone_clean(level_dbfs: float, limit_db: float) -> None:
    codec = G722Codec()
    sent = tone(1004.0, level_dbfs, 2.0, codec.sample_rate_hz)
    encoder, decoder = codec.encoder(), codec.decoder()
    frames = [encoder.encode(frame) for frame in np.split(sent, 100)]
    assert {len(frame) for frame in frames} == {160}
    heard = np.concatenate([decoder.decode(frame) for frame in frames])
    assert sinad_db(heard[1600:], codec.sample_rate_hz, 1004.0) >= limit_db


def test_g722_carries_what_a_telephone_cannot() -> None:
    codec = G722Codec()
    sent = tone(6000.0, -16, 1.0, codec.sample_rate_hz)
    heard = codec.decoder().decode(codec.encoder().encode(sent))
    assert sinad_db(heard[1600:], codec.sample_rate_hz, 6000.0) >= 20


def test_streams_of_g722_do_not_know_each_other() -> None:
    codec = G722Codec()
    sent = speech_like(1.0, rate_hz=codec.sample_rate_hz)
    first, second = codec.encoder(), codec.encoder()
    frames = [(first.encode(frame), second.encode(frame)) for frame in np.split(sent, 50)]
    assert all(one == other for one, other in frames)
    heard = codec.decoder().decode(b"".join(one for one, _ in frames))
    assert align_and_correlate(sent, heard, codec.sample_rate_hz).correlation > 0.995


def test_a_damaged_payload_of_g722_is_still_audio() -> None:
    decoder = G722Codec().decoder()
    assert decoder.decode(b"").size == 0
    assert decoder.decode(b"\xff").size == 2
