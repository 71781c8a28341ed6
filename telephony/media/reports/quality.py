"""How good a call sounds, as a mean opinion score from what was measured (E-model).

ITU-T G.107 with its default values, of which only what a phone can know is varied: the absolute
one-way delay (without echo) and the loss. Impairment and robustness of the encodings are from
ITU-T G.113, appendix I.

The scale is that of narrow-band telephony, whose best is 4.41. It has no values for wide-band
speech, which is judged better than any narrow-band speech: G.722 and Opus count as encodings
without impairment and as robust as G.711 with concealment, so that a wide-band call is never
shown as the worse one.
"""

from __future__ import annotations

import math

_BEST_RATING = 93.2
_MOST_IMPAIRMENT = 95.0
# Robustness to loss (Bpl) of encodings whose impairment without loss (Ie) is 0: G.711 with the
# concealment of its appendix I, and G.711 without any, which stands for an unknown encoding.
_CONCEALED = 25.1
_NOT_CONCEALED = 4.3
_ROBUSTNESS = {"PCMA": _CONCEALED, "PCMU": _CONCEALED, "G722": _CONCEALED, "OPUS": _CONCEALED}
_NO_DELAY_IMPAIRMENT_MS = 100.0


def estimate_mos(
    *, codec: str, lost_percent: float, delay_ms: float, burst_ratio: float = 1.0
) -> float:
    """The score, 1.0 (bad) to 4.5; 4.41 for a call that lacks nothing.

    ``codec`` is the encoding's name in SDP, in any case. ``lost_percent`` counts late packets
    too. ``delay_ms`` is one way, from mouth to ear. ``burst_ratio`` is the mean length of the
    losses over that of random ones: 1.0 for random loss.
    """
    return mos_of_rating(
        estimate_rating(
            codec=codec, lost_percent=lost_percent, delay_ms=delay_ms, burst_ratio=burst_ratio
        )
    )


def estimate_rating(
    *, codec: str, lost_percent: float, delay_ms: float, burst_ratio: float = 1.0
) -> float:
    """The transmission rating R, 93.2 at best; the arguments are those of estimate_mos()."""
    return (
        _BEST_RATING
        - delay_impairment(delay_ms)
        - equipment_impairment(codec, lost_percent, burst_ratio)
    )


def mos_of_rating(rating: float) -> float:
    """The mean opinion score of a transmission rating R (G.107, annex B)."""
    if rating <= 0:
        return 1.0
    if rating >= 100:
        return 4.5
    return max(1.0, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)


def delay_impairment(delay_ms: float) -> float:
    """What the delay takes off the rating (Idd of G.107)."""
    if delay_ms <= _NO_DELAY_IMPAIRMENT_MS:
        return 0.0
    doublings = math.log2(delay_ms / _NO_DELAY_IMPAIRMENT_MS)
    near = math.pow(1 + math.pow(doublings, 6), 1 / 6)
    far = math.pow(1 + math.pow(doublings / 3, 6), 1 / 6)
    return 25 * (near - 3 * far + 2)


def equipment_impairment(codec: str, lost_percent: float, burst_ratio: float = 1.0) -> float:
    """What encoding and loss take off the rating (Ie,eff of G.107)."""
    robustness = _ROBUSTNESS.get(codec.upper(), _NOT_CONCEALED)
    lost = min(100.0, max(0.0, lost_percent))
    return _MOST_IMPAIRMENT * lost / (lost / max(1.0, burst_ratio) + robustness)
