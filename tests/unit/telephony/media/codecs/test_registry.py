"""The register of encodings, and G.722 as one of them."""

from __future__ import annotations

import numpy as np
import pytest

from telephony.media.codecs.codec import PCMA, PCMU
from telephony.media.codecs.g722 import G722Codec
from telephony.media.codecs.opus import OpusCodec, find_opus
from telephony.media.codecs.registry import available_codecs, codec_named
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


@pytest.fixture
def opus() -> OpusCodec:
    codec = find_opus()
    assert codec is not None, "libopus is among what the tests need"
    assert "opus" in available_codecs()
    return codec


@pytest.mark.parametrize("packet_ms", [10, 20, 40, 60])
def test_opus_carries_speech_in_packets_of_every_length(opus: OpusCodec, packet_ms: int) -> None:
    sent = speech_like(2.4, rate_hz=opus.sample_rate_hz)
    encoder, decoder = opus.encoder(), opus.decoder()
    size = opus.sample_rate_hz * packet_ms // 1000
    packets = [encoder.encode(sent[at : at + size]) for at in range(0, sent.size, size)]
    assert max(len(packet) for packet in packets) < 12 * packet_ms
    heard = np.concatenate([decoder.decode(packet) for packet in packets])
    assert heard.size == sent.size
    found = align_and_correlate(sent, heard, opus.sample_rate_hz)
    assert found.correlation > 0.85
    assert abs(found.level_db) < 1.0


def test_opus_keeps_to_what_the_far_side_wants(opus: OpusCodec) -> None:
    sent = speech_like(3.0, rate_hz=opus.sample_rate_hz)

    def sizes(parameters: str) -> list[int]:
        encoder = opus.encoder(parameters)
        return [len(encoder.encode(frame)) for frame in np.split(sent, 150)]

    usual = sizes("")
    assert sum(usual) * 8 / 3 == pytest.approx(40_000, rel=0.4)
    assert sum(sizes("maxaveragebitrate=12000; stereo=1")) * 8 / 3 < 16_000
    assert sum(sizes("maxaveragebitrate=1")) * 8 / 3 < 10_000
    assert len(set(sizes("cbr=1")[5:])) == 1
    assert sizes("useinbandfec=1") != usual
    for text in ("maxaveragebitrate=", "=;;x", "maxaveragebitrate=x", "cbr=0;useinbandfec=0"):
        assert sizes(text) == usual


def test_opus_conceals_by_itself(opus: OpusCodec) -> None:
    steady = tone(250.0, -16, 1.0, opus.sample_rate_hz)
    encoder, decoder = opus.encoder(), opus.decoder()
    for frame in np.split(steady, 50):
        decoder.decode(encoder.encode(frame))
    concealed = decoder.conceal(320)
    assert concealed is not None
    assert concealed.size == 320
    assert np.abs(concealed.astype(int)).max() > 500
    assert decoder.conceal(4000) is not None
    assert decoder.conceal(123) is None


def test_damaged_opus_packets_are_nothing_or_audio(opus: OpusCodec) -> None:
    decoder = opus.decoder()
    chance = np.random.default_rng(5)
    for size in (0, 1, 2, 7, 40, 400, 1400):
        for _ in range(20):
            assert decoder.decode(chance.bytes(size)).size <= 1920


def test_without_its_library_opus_is_not_offered() -> None:
    assert find_opus(("libnosuchopus.so.0",)) is None


@pytest.mark.parametrize(
    ("ptime_ms", "g711_ms", "opus_ms"), [(5, 10, 10), (20, 20, 20), (30, 30, 20), (60, 60, 60)]
)
def test_a_packet_is_as_long_as_asked_for_where_it_can_be(
    opus: OpusCodec, ptime_ms: int, g711_ms: int, opus_ms: int
) -> None:
    assert PCMA.packet_ms(ptime_ms) == G722Codec().packet_ms(ptime_ms) == g711_ms
    assert opus.packet_ms(ptime_ms) == opus_ms


@pytest.mark.parametrize(("level_dbfs", "limit_db"), [(-10, 44), (-26, 43), (-40, 36)])
def test_opus_carries_a_tone_clean(opus: OpusCodec, level_dbfs: float, limit_db: float) -> None:
    sent = tone(1004.0, level_dbfs, 2.0, opus.sample_rate_hz)
    encoder, decoder = opus.encoder(), opus.decoder()
    heard = np.concatenate([decoder.decode(encoder.encode(part)) for part in np.split(sent, 100)])
    assert sinad_db(heard[8000:], opus.sample_rate_hz, 1004.0) >= limit_db
