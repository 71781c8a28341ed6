"""How losses are spread over a call: bursts of them, and the gaps between (RFC 3611, 4.7.2)."""

from __future__ import annotations

from telephony.media.packets.rtcp_xr import LEAST_GAP_PACKETS
from telephony.media.samples import FRAME_MS


class LossRuns:
    """Follows the frames of one call; the media thread alone.

    A burst begins and ends with a missing frame and has no 16 heard ones in a row within it; a
    missing frame alone belongs to the gap around it.
    """

    def __init__(self) -> None:
        self._frames = 0
        self._missing = 0
        self._bursts = 0
        self._frames_in_bursts = 0
        self._missing_in_bursts = 0
        # The run of losses that may be a burst, and the heard frames since its last one.
        self._run_frames = 0
        self._run_missing = 0
        self._heard = 0

    def note(self, *, is_missing: bool) -> None:
        """The next frame was missing or was heard."""
        self._frames += 1
        if not is_missing:
            self._heard += 1
            if self._heard == LEAST_GAP_PACKETS:
                self._end_run()
            return
        self._missing += 1
        if self._run_missing:
            self._run_frames += self._heard
        self._run_frames += 1
        self._run_missing += 1
        self._heard = 0

    @property
    def burst_density(self) -> float:
        """Share of missing frames in bursts."""
        return self._missing_in_bursts / self._frames_in_bursts if self._bursts else 0.0

    @property
    def gap_density(self) -> float:
        """Share of missing frames outside of them."""
        frames = self._frames - self._frames_in_bursts
        return (self._missing - self._missing_in_bursts) / frames if frames else 0.0

    @property
    def burst_ms(self) -> float:
        """Mean length of a burst."""
        return FRAME_MS * self._frames_in_bursts / self._bursts if self._bursts else 0.0

    @property
    def gap_ms(self) -> float:
        """Mean length of a gap: before, between and after the bursts."""
        return FRAME_MS * (self._frames - self._frames_in_bursts) / (self._bursts + 1)

    def _end_run(self) -> None:
        if self._run_missing > 1:
            self._bursts += 1
            self._frames_in_bursts += self._run_frames
            self._missing_in_bursts += self._run_missing
        self._run_frames = self._run_missing = 0
