"""The page of sound devices: lists, each with a button that lets it be heard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from console import words
from console.keys.defaults import Key
from console.presenters.device_settings import DeviceSettings
from console.presenters.settings_form import SettingsFormState
from console.views.components.buttons import ActionButton, Tone
from console.views.components.choice_box import ChoiceBox
from console.views.components.field_row import FieldRow
from console.views.components.forms import lay_out_form
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.settings.level_meter import LevelMeter
from console.views.settings.outcome_line import OutcomeLine
from console.views.settings.section import SectionPage
from console.views.theme import Theme


class DevicesSection(SectionPage):
    """Up and down choose in a list; Alt+T tries the device of the list that has the keyboard."""

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
                ("output_device", self.tr("Earpiece of the headset"), "headset"),
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
            "What you speak into and hear callers with, and what rings. A device that is plugged"
            " out is stood in for by the system's own, and taken again once it is back."
        )
        head.addWidget(ThemedLabel(theme, lead, role="text-2", wrap=True))
        head.addWidget(self._note)
        lay_out_form(self, theme, head=head, fields=rows, foot=self._foot(theme))
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _row(self, theme: Theme, name: str, label: str, icon: str) -> FieldRow:
        box = ChoiceBox(theme, label)
        box.picked.connect(lambda value: self._presenter.edit(name, value))
        button = ActionButton(theme, self.tr("Try it"), icon=icon, small=True)
        button.setAccessibleName(f"{button.text()}: {label}")
        button.clicked.connect(lambda: self._presenter.try_device(name))
        row = FieldRow(theme, label, box)
        row.body.addWidget(button)
        mark = ThemedLabel(theme, words.settings.fixed_by_administrator(), style="label")
        mark.set_role("text-2")
        row.add_below(mark)
        self._boxes[name], self._tries[name] = box, button
        self._rows[name], self._marks[name] = row, mark
        return row

    def _foot(self, theme: Theme) -> QVBoxLayout:
        self._save = ActionButton(
            theme, self.tr("Keep"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._drop = ActionButton(
            theme, self.tr("Drop changes"), icon="arrow-counter-clockwise", elides=True
        )
        self._save.clicked.connect(self.confirm)
        self._drop.clicked.connect(self._presenter.drop)
        look = ActionButton(theme, self.tr("Look again"), icon="arrows-clockwise", elides=True)
        look.clicked.connect(self._presenter.look)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(KeyHint(theme, "Esc", self.tr("to the list")))
        buttons.addWidget(KeyHint(theme, Key.TRY_SETTINGS, self.tr("try the device")))
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
                words.settings.fixed_by_administrator() if shown.is_fixed else ""
            )
            self._marks[name].setVisible(shown.is_fixed)
            self._tries[name].setEnabled(not state.is_busy)
        self._meter.show_level(self._presenter.level_dbfs)
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note))
        self._outcome.show_outcome(state.outcome)
        self._save.setEnabled(not state.is_busy)
        self._drop.setVisible(state.is_changed)
