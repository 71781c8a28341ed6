"""The one working calendar of the console, by which everything that opens or ends is told."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from console.presenters.hit_rows import CityDays
from sync.register.calendar import WorkingCalendar
from sync.register.terms import DayOfSending


class CityCalendar(QObject):
    """The calendar as it stands now; read on any thread, changed on the GUI thread."""

    changed = Signal()

    def __init__(
        self,
        calendar: WorkingCalendar,
        sending: DayOfSending = DayOfSending.LEFT_OUT,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calendar = calendar
        self._sending = sending

    @property
    def calendar(self) -> WorkingCalendar:
        return self._calendar

    @property
    def sending(self) -> DayOfSending:
        """Which reading of 7.11 the city follows."""
        return self._sending

    @property
    def days(self) -> CityDays:
        """What the calendar of the moment of asking says of a day."""
        return CityDays(self.is_working_day, self.is_short_day)

    def is_working_day(self, day: date) -> bool:
        return self._calendar.is_working_day(day)

    def is_short_day(self, day: date) -> bool:
        return self._calendar.is_short_day(day)

    def use(self, calendar: WorkingCalendar, sending: DayOfSending) -> None:
        """Go by this one from now on."""
        self._calendar = calendar
        self._sending = sending
        self.changed.emit()
