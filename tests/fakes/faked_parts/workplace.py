"""A faked workplace: appearance and settings, lessons, checks, handover reports and diagnostics."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from console.core.look import look_of
from console.core.own_desk import OwnDeskPresenter
from console.core.settings.workplace import CITY_ZONE, ConsoleSettings
from console.features.diagnostics.presenter import DiagnosticsPresenter
from console.features.handover.presenter import HandoverPresenter
from console.features.own_desk.keys import KeyChoicePresenter
from console.features.shift_check.presenter import ShiftCheckPresenter
from console.features.training.lessons import read_lessons
from console.features.training.presenter import TrainingPlace, TrainingPresenter
from tests.fakes.faked_parts.phone import PhonePart
from tests.fakes.faked_parts.shared import RESOURCES, FakedShared, find_phones
from tests.fakes.own_desks import FakeOwnDesks
from tests.fakes.settings import SettingsBench
from tests.fakes.sheets import FakeSheets
from tests.fakes.training_records import KnownWork
from tests.fakes.workplace import FakeWorkplace

WORKPLACE = "0001"
lessons_of = cache(read_lessons)


class WorkplacePart:
    """Presenters of the workplace, independent of calls and messages."""

    def __init__(self, shared: FakedShared, phone: PhonePart) -> None:
        owner, folder, clock = shared.owner, shared.folder, shared.clock
        readers, deliveries, desk = shared.readers, shared.deliveries, phone.desk
        self.workplace, self.sheets = FakeWorkplace(), FakeSheets()
        self.handover_folder = folder / "handover"
        self.written_diagnostics: list[tuple[Path, Mapping[str, object]]] = []
        self.disk_takes_diagnostics = True
        self.own_desks = FakeOwnDesks()
        self.own_desk = OwnDeskPresenter(
            self.own_desks,
            deliveries,
            partial(look_of, settings=ConsoleSettings(data_directory=folder, theme="light")),
            spoken="ru",
            parent=owner,
        )
        self.key_choice = KeyChoicePresenter(self.own_desk, parent=owner)
        self.settings_bench = SettingsBench(folder, owner, others=(self.own_desk,))
        self.work = KnownWork()
        self.training = TrainingPresenter(
            lessons_of(RESOURCES / "training"),
            phone.status,
            self.work,
            lambda key: key,
            TrainingPlace(Path(sys.executable), folder / "results.jsonl"),
            readers,
            deliveries,
            owner,
            clock=clock,
        )
        self.shift_check = ShiftCheckPresenter(
            self.workplace,
            phone.phone_check,
            phone.status,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            refuses_calls=False,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.handover = HandoverPresenter(
            self.sheets,
            self.sheets,
            self.shift_check,
            find_phones,
            readers,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            has_centre=True,
            workplace=WORKPLACE,
            city="Белоключевск",
            folder=self.handover_folder,
            templates=RESOURCES / "templates",
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.diagnostics = DiagnosticsPresenter(
            self._write_diagnostics,
            folder / "diagnostics",
            WORKPLACE,
            phone.status,
            phone.notices.tell,
            readers,
            deliveries,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )

    def _write_diagnostics(self, file: Path, _at: datetime, live: Mapping[str, object]) -> Path:
        if not self.disk_takes_diagnostics:
            raise OSError(28, "No space left on device")
        self.written_diagnostics.append((file, live))
        return file
