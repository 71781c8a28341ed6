"""Settings page of sound devices, with a level meter (dBFS) for the microphone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.settings import words as settings_words
from console.features.settings.devices import DeviceSettings
from console.features.settings.form import SettingsFormState
from console.features.settings.parts_view import OutcomeLine, SectionPage
from console.ui.buttons import ActionButton, Tone
from console.ui.choices import ChoiceBox
from console.ui.fields import FieldRow, lay_out_form
from console.ui.labels import KeyHint, ThemedLabel
from console.ui.paint import draw_text, fill_box, text_width
from console.ui.theme import Theme

LEAST_DBFS, QUIET_DBFS, LOUDEST_DBFS = -70.0, -45.0, 0.0
BAR_PX = 10


class LevelMeter(QWidget):
    """Bar with the microphone level; its space is reserved even if there is no level."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level_dbfs: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.fit(self, lambda it: it.setFixedHeight(theme.line_px("label") + 4))
        theme.changed.connect(self.update)

    def show_level(self, level_dbfs: float | None) -> None:
        if level_dbfs != self._level_dbfs:
            self._level_dbfs = level_dbfs
            self.setAccessibleName("" if level_dbfs is None else settings_words.level(level_dbfs))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._level_dbfs is None:
            return
        theme, painter = self._theme, QPainter(self)
        text = settings_words.level(self._level_dbfs)
        font = theme.font("label")
        room = text_width(font, settings_words.level(-100)) + 12
        middle = self.height() / 2
        bar = QRectF(0, middle - BAR_PX / 2, self.width() - room, BAR_PX)
        fill_box(painter, bar, BAR_PX / 2, theme.colour("sunken"), theme.colour("line-control"))
        heard = QRectF(bar)
        heard.setWidth(bar.width() * _share(self._level_dbfs))
        role = "warn" if self._level_dbfs < QUIET_DBFS else "ok"
        fill_box(painter, heard, BAR_PX / 2, theme.colour(role))
        mark = bar.left() + bar.width() * _share(QUIET_DBFS)
        fill_box(painter, QRectF(mark, bar.top() - 2, 2, BAR_PX + 4), 0, theme.colour("text-3"))
        draw_text(
            painter,
            QRectF(bar.right() + 10, 0, room, self.height()),
            text,
            font,
            theme.colour("text-2"),
        )


def _share(level_dbfs: float) -> float:
    """Position of a level on the bar, from 0 to 1."""
    inside = min(max(level_dbfs, LEAST_DBFS), LOUDEST_DBFS)
    return (inside - LEAST_DBFS) / (LOUDEST_DBFS - LEAST_DBFS)


class DevicesSection(SectionPage):
    """Page of sound devices. Up and Down select in a list; Alt+T tests the device of the focused
    list.
    """

    def __init__(self, theme: Theme, presenter: DeviceSettings) -> None:
        super().__init__()
        self._presenter = presenter
        self._boxes: dict[str, ChoiceBox] = {}
        self._tries: dict[str, ActionButton] = {}
        self._rows: dict[str, FieldRow] = {}
        self._marks: dict[str, ThemedLabel] = {}
        rows = [
            self._row(theme, name, label, icon)
            for name, label, icon in (
                ("input_device", self.tr("Microphone"), "microphone"),
                ("output_device", self.tr("Headset earpiece"), "headset"),
                ("ring_device", self.tr("Ringer"), "bell-ringing"),
                ("promised_call", self.tr("Promised call"), "clock"),
            )
        ]
        self._meter = LevelMeter(theme)
        self._rows["input_device"].add_below(self._meter)
        self._note = ThemedLabel(theme, role="warn", wrap=True)
        self._outcome = OutcomeLine(theme)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(ThemedLabel(theme, self.tr("Sound devices"), style="title"))
        lead = self.tr(
            "The microphone, the headset you hear callers in, and the ringer. If a "
            "device is unplugged, the system default is used until it is back."
        )
        head.addWidget(ThemedLabel(theme, lead, role="text-2", wrap=True))
        head.addWidget(self._note)
        lay_out_form(self, theme, head=head, fields=rows, foot=self._foot(theme))
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _row(self, theme: Theme, name: str, label: str, icon: str) -> FieldRow:
        box = ChoiceBox(theme, label)
        box.picked.connect(lambda value: self._presenter.edit(name, value))
        button = ActionButton(theme, self.tr("Test"), icon=icon, small=True)
        button.setAccessibleName(f"{button.text()}: {label}")
        button.clicked.connect(lambda: self._presenter.try_device(name))
        row = FieldRow(theme, label, box)
        row.body.addWidget(button)
        mark = ThemedLabel(theme, settings_words.fixed_by_administrator(), style="label")
        mark.set_role("text-2")
        row.add_below(mark)
        self._boxes[name], self._tries[name] = box, button
        self._rows[name], self._marks[name] = row, mark
        return row

    def _foot(self, theme: Theme) -> QVBoxLayout:
        self._save = ActionButton(
            theme, self.tr("Save"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._drop = ActionButton(
            theme, self.tr("Discard changes"), icon="arrow-counter-clockwise", elides=True
        )
        self._save.clicked.connect(self.confirm)
        self._drop.clicked.connect(self._presenter.drop)
        look = ActionButton(theme, self.tr("Refresh"), icon="arrows-clockwise", elides=True)
        look.clicked.connect(self._presenter.look)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(KeyHint(theme, "Esc", self.tr("to the list")))
        buttons.addWidget(KeyHint(theme, Key.TRY_SETTINGS, self.tr("test the device")))
        buttons.addStretch(1)
        for button in (self._drop, look, self._save):
            buttons.addWidget(button)
        foot = QVBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._outcome)
        foot.addLayout(buttons)
        return foot

    def open_page(self) -> None:
        self._presenter.look()
        self._show(self._presenter.state)

    def focus_first(self) -> None:
        free = [box for box in self._boxes.values() if box.isEnabled()]
        (free[0] if free else next(iter(self._tries.values()))).setFocus()

    def confirm(self) -> None:
        self._presenter.save()

    def try_it(self) -> None:
        focused = QApplication.focusWidget()
        names = [name for name in self._boxes if focused in (self._boxes[name], self._tries[name])]
        self._presenter.try_device(names[0] if names else self._presenter.tried_place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, state: SettingsFormState) -> None:
        for name, shown in state.fields.items():
            box = self._boxes[name]
            box.show_choices(
                [(row.name, row.label) for row in self._presenter.choices(name)], shown.value
            )
            box.setEnabled(not shown.is_fixed)
            box.setAccessibleDescription(
                settings_words.fixed_by_administrator() if shown.is_fixed else ""
            )
            self._marks[name].setVisible(shown.is_fixed)
            self._tries[name].setEnabled(not state.is_busy)
        self._meter.show_level(self._presenter.level_dbfs)
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note))
        self._outcome.show_outcome(state.outcome)
        self._save.setEnabled(not state.is_busy)
        self._drop.setVisible(state.is_changed)
