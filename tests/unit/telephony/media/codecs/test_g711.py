"""G.711 against its own definition and against the accuracy it can reach."""

from __future__ import annotations

import numpy as np
import pytest

from telephony.media.codecs.codec import G711, PCMA, PCMU
from tests.fakes.audio_measure import sinad_db, tone

TONE_HZ = 1004.0


@pytest.mark.parametrize("codec", [PCMA, PCMU], ids=["A-law", "mu-law"])
@pytest.mark.parametrize(("level_dbfs", "limit_db"), [(-10, 35), (-26, 36), (-40, 31)])
def test_a_tone_comes_through_clean(codec: G711, level_dbfs: float, limit_db: float) -> None:
    sent = tone(TONE_HZ, level_dbfs, 2.0)
    heard = codec.decode(codec.encode(sent))
    assert sinad_db(heard, 8000, TONE_HZ) >= limit_db


@pytest.mark.parametrize(("level_dbfs", "ceiling_db"), [(-10, 36.5), (-26, 38.2), (-40, 34.0)])
def test_a_law_reaches_its_ceiling(level_dbfs: float, ceiling_db: float) -> None:
    heard = PCMA.decode(PCMA.encode(tone(TONE_HZ, level_dbfs, 2.0)))
    assert sinad_db(heard, 8000, TONE_HZ) >= ceiling_db - 0.05


@pytest.mark.parametrize("codec", [PCMA, PCMU], ids=["A-law", "mu-law"])
def test_every_sample_gets_the_nearest_value(codec: G711) -> None:
    values = codec.decode(bytes(range(256))).astype(np.int64)
    samples = np.arange(-32768, 32768)
    heard = codec.decode(codec.encode(samples.astype(np.int16))).astype(np.int64)
    ordered = np.unique(values)
    upper = np.clip(np.searchsorted(ordered, samples), 0, ordered.size - 1)
    lower = np.clip(upper - 1, 0, None)
    nearest = np.minimum(np.abs(ordered[upper] - samples), np.abs(ordered[lower] - samples))
    assert np.array_equal(np.abs(heard - samples), nearest)


@pytest.mark.parametrize(
    ("codec", "code", "value"),
    [
        # ITU-T G.711, tables 1a and 2a: extremes, the smallest steps, one in the middle.
        (PCMA, 0xAA, 32256),
        (PCMA, 0x2A, -32256),
        (PCMA, 0xD5, 8),
        (PCMA, 0x55, -8),
        (PCMA, 0xD4, 24),
        (PCMU, 0x80, 32124),
        (PCMU, 0x00, -32124),
        (PCMU, 0xFF, 0),
        (PCMU, 0x7F, 0),
        (PCMU, 0xFE, 8),
        (PCMU, 0xF0, 120),
        (PCMU, 0xEF, 132),
    ],
)
def test_codes_mean_what_the_standard_says(codec: G711, code: int, value: int) -> None:
    assert codec.decode(bytes([code])).tolist() == [value]


def test_silence_is_sent_as_the_idle_code() -> None:
    quiet = np.zeros(160, dtype=np.int16)
    assert PCMA.encode(quiet) == b"\xd5" * 160
    assert PCMU.encode(quiet) == b"\xff" * 160
