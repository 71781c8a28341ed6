"""How the call in front sounds: three steady levels, and whether each side is heard at all."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from telephony.events import MediaReported

WORSE_AFTER = 2  # reports, of which one comes a second
BETTER_AFTER = 5
FIRST_AFTER = 3
LOSS_WINDOW = 10
CALLER_SILENT_S = 5.0  # comfort noise and pauses of a far encoder come oftener
MICROPHONE_SILENT_S = 10.0
# The noise of a microphone that is switched off, or of an empty plug; one in use has more.
SILENT_DBFS = -70.0
# Users are satisfied down to a rating of 70 and many are not below 60 (ITU-T G.107, annex B).
GOOD_MOS, POOR_MOS, MOS_MARGIN = 3.6, 3.1, 0.15
# Of what the far side misses no estimate comes back, only its loss (RFC 3550, 6.4.1).
POOR_FAR_LOST_PERCENT, BAD_FAR_LOST_PERCENT, FAR_LOST_MARGIN_PERCENT = 5.0, 10.0, 2.0
# Twice the one-way limits of talking comfortably and of talking at all (ITU-T G.114).
POOR_ROUND_TRIP_MS, BAD_ROUND_TRIP_MS, ROUND_TRIP_MARGIN_MS = 600.0, 1000.0, 100.0


class QualityLevel(IntEnum):
    """How a call sounds; the greater the worse."""

    GOOD = 0
    POOR = 1
    BAD = 2


@dataclass(frozen=True, slots=True)
class QualityFigures:
    """The newest figures; the loss is that of the last ten seconds."""

    mos: float | None
    lost_percent: float
    jitter_ms: float
    round_trip_ms: float | None
    far_lost_percent: float | None


class CallQuality:
    """Of one call, from its reports; a level changes only when several of them agree."""

    def __init__(self) -> None:
        self.level: QualityLevel | None = None
        self.figures: QualityFigures | None = None
        self._counts: deque[tuple[int, int]] = deque(maxlen=LOSS_WINDOW + 1)
        self._reports = 0
        self._worse = 0
        self._better = 0
        self._heard_at: datetime | None = None
        self._spoken_at: datetime | None = None
        self._at: datetime | None = None
        self._held_by: set[str] = set()
        self._muted = False

    @property
    def caller_silent(self) -> bool:
        """Whether no sound has come from the far side for some seconds, though it should."""
        return not self._held_by and self._lasts(self._heard_at, CALLER_SILENT_S)

    @property
    def microphone_silent(self) -> bool:
        """Whether the microphone gives nothing, though it is neither muted nor on hold."""
        return not self._held_by and self._lasts(self._spoken_at, MICROPHONE_SILENT_S)

    def set_held(self, side: str, held: bool) -> None:
        """One side holds the call: nothing is heard, and nothing is wrong with that."""
        (self._held_by.add if held else self._held_by.discard)(side)
        self._heard_at = self._spoken_at = self._at

    def set_muted(self, muted: bool) -> None:
        if muted is not self._muted:
            self._muted = muted
            self._spoken_at = self._at

    def take(self, report: MediaReported) -> None:
        self._at = report.at
        grown = not self._counts or report.packets_received > self._counts[-1][0]
        if grown or self._heard_at is None or self._held_by:
            self._heard_at = report.at
        speaks = report.level_sent_dbfs > SILENT_DBFS
        if speaks or self._muted or self._spoken_at is None or self._held_by:
            self._spoken_at = report.at
        self._counts.append((report.packets_received, report.packets_lost))
        self.figures = QualityFigures(
            report.mos,
            self._lost_percent(),
            report.jitter_ms,
            report.round_trip_ms,
            report.far_lost_percent,
        )
        self._settle(self.figures)

    def _lost_percent(self) -> float:
        (received_then, lost_then), (received, lost) = self._counts[0], self._counts[-1]
        missing, came = lost - lost_then, received - received_then
        # A straggler takes its loss back.
        return 100 * max(0, missing) / max(1, missing + came)

    def _settle(self, figures: QualityFigures) -> None:
        self._reports += 1
        level = _level(figures, easily=True)
        if self.level is None:
            if self._reports >= FIRST_AFTER:
                self.level = level
            return
        clearly = _level(figures, easily=False)
        self._worse = self._worse + 1 if level > self.level else 0
        self._better = self._better + 1 if clearly < self.level else 0
        if self._worse >= WORSE_AFTER:
            self.level, self._worse = level, 0
        elif self._better >= BETTER_AFTER:
            self.level, self._better = clearly, 0

    def _lasts(self, since: datetime | None, limit_s: float) -> bool:
        if since is None or self._at is None:
            return False
        return (self._at - since).total_seconds() >= limit_s


def _level(figures: QualityFigures, *, easily: bool) -> QualityLevel:
    """The worst that one of the figures says; without ``easily`` a margin has to be left too."""
    margin = 0.0 if easily else 1.0
    # Higher is better only for the score: turned round it is a cost as the others are.
    costs = (
        (figures.mos and -figures.mos, -GOOD_MOS, -POOR_MOS, MOS_MARGIN),
        (
            figures.far_lost_percent,
            POOR_FAR_LOST_PERCENT,
            BAD_FAR_LOST_PERCENT,
            FAR_LOST_MARGIN_PERCENT,
        ),
        (figures.round_trip_ms, POOR_ROUND_TRIP_MS, BAD_ROUND_TRIP_MS, ROUND_TRIP_MARGIN_MS),
    )
    worst = QualityLevel.GOOD
    for cost, poor, bad, spare in costs:
        if cost is None:
            continue
        spare *= margin
        if cost > bad - spare:
            return QualityLevel.BAD
        if cost > poor - spare:
            worst = QualityLevel.POOR
    return worst
