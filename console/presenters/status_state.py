"""The health of the workplace as the window shows it, and as codes for who judges it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One state of the status bar: icon, words, colour role, and more in the tool tip."""

    icon: str
    text: str
    role: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """What is grave enough to stand under the call bar."""

    kind: str
    head: str
    body: str


@dataclass(frozen=True, slots=True)
class StatusState:
    """The health of the workplace."""

    phone_ready: bool
    phone_detail: str
    phone_since: datetime | None
    phone: StatusItem
    sound: StatusItem | None
    database: StatusItem
    platform: StatusItem | None
    waiting: StatusItem | None
    backup: StatusItem | None
    clock: StatusItem | None
    out_of_hours: bool
    banner: Banner | None

    def items(self) -> tuple[StatusItem, ...]:
        parts = (
            self.phone,
            self.sound,
            self.database,
            self.platform,
            self.waiting,
            self.backup,
            self.clock,
        )
        return tuple(part for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """The same health for those who judge it: no words in it.

    ``central_reached`` is None until it is known. ``clock_ahead_s`` is None where the clock is
    right or nobody could compare it. ``backup_missed`` is a code, None where no copy is missing.
    """

    is_damaged: bool
    has_central: bool
    central_reached: bool | None
    waiting: int
    clock_ahead_s: float | None
    backup_missed: str | None
