"""The sounds of a call that comes in at the workplace, of an alarm and of a reminder there."""

from __future__ import annotations

import numpy as np

from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, to_samples

_LOW_HZ = 784.0
_HIGH_HZ = 988.0
_TRILL_S = 0.08
_RINGING_S = 1.2
_CYCLE_S = 4.0
_EDGE_S = 0.01
_AMPLITUDE = 8000.0
_ALARM_HZ = 620.0
_ALARM_BEEP_S = 0.25
_ALARM_CYCLE_S = 0.4
_REMINDER_HZ = (523.0, 659.0)
_REMINDER_NOTE_S = 0.22
_REMINDER_AMPLITUDE = 3000.0
_WAITING_HZ = 425.0
_WAITING_S = 0.2
_SOFT_AMPLITUDE = 1500.0


def ring_cycle(sample_rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """One cycle of a two-tone trill and the pause after it, 4 s in all."""
    time_s = np.arange(int(sample_rate_hz * _CYCLE_S)) / sample_rate_hz
    pitch_hz = np.where((time_s / _TRILL_S).astype(int) % 2 == 0, _LOW_HZ, _HIGH_HZ)
    # Summing the pitch keeps the phase whole where the tone changes.
    phase = 2 * np.pi * np.cumsum(pitch_hz) / sample_rate_hz
    edges = np.minimum(time_s / _EDGE_S, (_RINGING_S - time_s) / _EDGE_S)
    return to_samples(_AMPLITUDE * np.clip(edges, 0.0, 1.0) * np.sin(phase))


def alarm_cycle(sample_rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """One beep of one pitch and the pause after it: nobody takes it for a ring."""
    time_s = np.arange(int(sample_rate_hz * _ALARM_CYCLE_S)) / sample_rate_hz
    edges = np.minimum(time_s / _EDGE_S, (_ALARM_BEEP_S - time_s) / _EDGE_S)
    return to_samples(
        _AMPLITUDE * np.clip(edges, 0.0, 1.0) * np.sin(2 * np.pi * _ALARM_HZ * time_s)
    )


def reminder_cycle(sample_rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """Two soft notes, the second one higher, and a pause as long as that after a ring."""
    time_s = np.arange(int(sample_rate_hz * _CYCLE_S)) / sample_rate_hz
    low_hz, high_hz = _REMINDER_HZ
    pitch_hz = np.where(time_s < _REMINDER_NOTE_S, low_hz, high_hz)
    in_note_s = time_s % _REMINDER_NOTE_S
    edges = np.minimum(in_note_s / _EDGE_S, (_REMINDER_NOTE_S - in_note_s) / _EDGE_S)
    edges[time_s >= 2 * _REMINDER_NOTE_S] = 0.0
    phase = 2 * np.pi * np.cumsum(pitch_hz) / sample_rate_hz
    return to_samples(_REMINDER_AMPLITUDE * np.clip(edges, 0.0, 1.0) * np.sin(phase))


def waiting_tone(sample_rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """One soft beep for who is talking while another call comes in."""
    time_s = np.arange(int(sample_rate_hz * _WAITING_S)) / sample_rate_hz
    edges = np.minimum(time_s / _EDGE_S, (_WAITING_S - time_s) / _EDGE_S)
    wave = np.sin(2 * np.pi * _WAITING_HZ * time_s)
    return to_samples(_SOFT_AMPLITUDE * np.clip(edges, 0.0, 1.0) * wave)
