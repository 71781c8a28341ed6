"""The days of an entry: side by side where each is seen whole, else on lines of their own."""

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from console.views.components.field_row import FieldRow
from console.views.components.fields import LineField
from console.views.components.labels import ThemedLabel
from console.views.theme import Theme

WIDEST_DAY = "00.00.0000"
GAP_PX = 8
Line = list[LineField]


class DaysRow(FieldRow):
    """The first field has its name at the left as in every row, each further one beside itself."""

    def __init__(
        self, theme: Theme, label: str, first: LineField, further: Mapping[str, LineField]
    ) -> None:
        super().__init__(theme, label, first, *further.values())
        self._days: Line = [first, *further.values()]
        self._names: dict[LineField, ThemedLabel] = {}
        for name, field in further.items():
            self._names[field] = ThemedLabel(theme, name, style="label", role="text-2")
            self._names[field].setBuddy(field)
        self._stand_as: list[Line] = []
        self._lines = [QHBoxLayout() for _ in self._days]
        column = QVBoxLayout()
        column.setSpacing(GAP_PX)
        for line in self._lines:
            line.setSpacing(GAP_PX)
            column.addLayout(line)
        self.body.addLayout(column, 1)
        theme.fit(self, lambda it: it.fold())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def set_narrow(self, is_narrow: bool) -> None:
        super().set_narrow(is_narrow)
        self.fold()

    def fold(self) -> None:
        """Stand in as few lines as leave every day whole; those behind the first keep together."""
        first, *further = self._days
        room_px = self.width() - self.label_px
        ways: tuple[list[Line], ...] = (
            [self._days],
            [[first], further],
            [[one] for one in self._days],
        )
        fitting = (lines for lines in ways if max(map(self._needed_px, lines)) <= room_px)
        self._stand(next(fitting, ways[-1]))

    def _needed_px(self, line: Line) -> int:
        parts_px = [field.px_for(WIDEST_DAY) for field in line]
        parts_px += [self._names[one].sizeHint().width() for one in line if one in self._names]
        return sum(parts_px) + GAP_PX * (len(parts_px) - 1)

    def _stand(self, stand: list[Line]) -> None:
        if stand == self._stand_as:
            return
        self._stand_as = stand
        for place, line in enumerate(stand):
            for field in line:
                if field in self._names:
                    self._lines[place].addWidget(self._names[field])
                self._lines[place].addWidget(field, 1)
