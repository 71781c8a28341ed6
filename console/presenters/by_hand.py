"""The request without a call in front: in which way it came, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState
from console.presenters.notices import Notice
from console.presenters.typed import read_moment
from sync.register import hand_made
from sync.register.calls import CallRecord
from sync.register.ways import RequestWay


@dataclass(frozen=True, slots=True)
class ByHandState:
    """What the rows above the card show; ``is_shown`` is False for any other record."""

    is_shown: bool = False
    key: str = ""
    way: str | None = None
    moment: str = ""
    problem: str = ""


class ByHandPresenter(QObject):
    """Reads the moment that is typed, and opens records that no ring begins."""

    changed = Signal(object)  # ByHandState
    told = Signal(object)  # Notice

    def __init__(
        self,
        desk: DeskPresenter,
        *,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._zone = zone
        self._clock = clock
        self._typed: dict[UUID, str] = {}  # what is no moment yet, by its record
        self._state = ByHandState()
        desk.changed.connect(self._refresh)

    @property
    def state(self) -> ByHandState:
        return self._state

    def open(self) -> None:
        """Begin a record without a call."""
        self._desk.open_by_hand()

    def open_further(self) -> None:
        """Begin a further question of the call in front, or of the one saved last."""
        if self._desk.open_further() is None and self._desk.state.card is None:
            self.told.emit(Notice(*words.by_hand.nothing_to_divide(), problem=True))

    def set_way(self, value: str) -> None:
        card = self._card()
        if card is not None:
            self._desk.change_card(hand_made.come_by(card, RequestWay(value)))

    def set_moment(self, text: str) -> None:
        """Take what is typed; the record has its moment as soon as it can be one."""
        card = self._card()
        if card is None:
            return
        self._typed[card.id] = text
        read = self._read(text)
        if isinstance(read, datetime) and read != card.arrived_at:
            self._desk.change_card(hand_made.come(card, read))
        else:
            self._refresh(self._desk.state)

    def moment_left(self) -> None:
        """On leaving the field a moment that can be one takes its usual form."""
        card = self._card()
        if card is not None and not self._state.problem:
            self._typed.pop(card.id, None)
            self._refresh(self._desk.state)

    def _read(self, text: str) -> datetime | str:
        """The moment, or what is wrong with it in words."""
        now = self._clock()
        told = read_moment(text, now.astimezone(self._zone))
        if told is None:
            return words.by_hand.moment_unread()
        if told.at is None:
            return words.by_hand.hour_missing()
        on = told.on or now.astimezone(self._zone).date()
        at = datetime.combine(on, told.at, self._zone).astimezone(UTC)
        problem = hand_made.moment_problem(at, now)
        return at if problem is None else words.by_hand.moment_problem(problem)

    def _card(self) -> CallRecord | None:
        card = self._desk.state.card
        is_typed = card is not None and card.way is not None and card.part_of is None
        return card if is_typed else None

    def _refresh(self, _desk: DeskState) -> None:
        card = self._card()
        if card is None or card.way is None:
            state = ByHandState()
        else:
            typed = self._typed.get(card.id)
            read = None if typed is None else self._read(typed)
            known = words.formats.date_and_time(card.arrived_at.astimezone(self._zone))
            state = ByHandState(
                is_shown=True,
                key=str(card.id),
                way=card.way.value,
                moment=known if typed is None else typed,
                problem=read if isinstance(read, str) else "",
            )
        if state != self._state:
            self._state = state
            self.changed.emit(state)
