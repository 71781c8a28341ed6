"""What happened to the packets of one received stream, as numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JitterCounts:
    """What happened to the packets of one stream so far.

    ``late`` arrived after their time to be played. ``duplicate`` are repeated sequence numbers.
    ``concealed`` is in frames of 20 ms; the sender's pauses do not count. ``restarts`` counts how
    often the playing time was set anew, ``shortened`` and ``lengthened`` how often it was moved
    by a pitch period or so.
    """

    late: int = 0
    duplicate: int = 0
    concealed: int = 0
    restarts: int = 0
    shortened: int = 0
    lengthened: int = 0


class JitterTally:
    """The same while it is being counted, concealment in samples; goes on from ``before``."""

    def __init__(self, before: JitterCounts, frame_samples: int) -> None:
        self._frame_samples = frame_samples
        self.late = before.late
        self.duplicate = before.duplicate
        self.concealed_samples = before.concealed * frame_samples
        self.restarts = before.restarts
        self.shortened = before.shortened
        self.lengthened = before.lengthened

    @property
    def concealed(self) -> int:
        """JitterCounts.concealed at this moment; a part of a frame counts as one."""
        return -(-self.concealed_samples // self._frame_samples)

    def counts(self) -> JitterCounts:
        """The numbers at this moment."""
        return JitterCounts(
            late=self.late,
            duplicate=self.duplicate,
            concealed=self.concealed,
            restarts=self.restarts,
            shortened=self.shortened,
            lengthened=self.lengthened,
        )
