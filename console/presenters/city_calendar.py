"""The one working calendar of the console, by which everything that opens or ends is told."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from console.presenters.hit_rows import CityDays
from sync.register.calendar import WorkingCalendar
from sync.register.city import City, CitySettings
from sync.register.handling.clocks import Reckoning
from sync.register.terms import DayOfSending

NOTHING_SETTLED = City()


class CityCalendar(QObject):
    """The calendar and the city's rules as they are now; read on any thread, used on the GUI's."""

    changed = Signal()

    def __init__(
        self,
        built_in: WorkingCalendar,
        city: City = NOTHING_SETTLED,
        parent: QObject | None = None,
    ) -> None:
        """``built_in`` is what the program brings, with the days of the region."""
        super().__init__(parent)
        self.built_in = built_in
        self._city = city
        self._calendar = city.calendar(built_in)

    @property
    def city(self) -> City:
        """All that the city settled for itself."""
        return self._city

    @property
    def calendar(self) -> WorkingCalendar:
        return self._calendar

    @property
    def settings(self) -> CitySettings:
        return self._city.settings

    @property
    def sending(self) -> DayOfSending:
        """Which reading of 7.11 the city follows."""
        return self._city.settings.sending

    @property
    def reckoning(self) -> Reckoning:
        """By what terms are counted now."""
        return Reckoning(self._calendar, self.sending)

    @property
    def days(self) -> CityDays:
        """What the calendar of the moment of asking says of a day."""
        return CityDays(self.is_working_day, self.is_short_day)

    def is_working_day(self, day: date) -> bool:
        return self._calendar.is_working_day(day)

    def is_short_day(self, day: date) -> bool:
        return self._calendar.is_short_day(day)

    def use(self, city: City) -> None:
        """Go by what the city has settled from now on."""
        self._city = city
        self._calendar = city.calendar(self.built_in)
        self.changed.emit()
