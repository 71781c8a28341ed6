"""Builds the settings pages: for use before the first sign-in, and on the main page.

On the main page saved changes apply to the phone immediately.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from console.context import Shared, Stop
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.own_desk import OwnDeskPresenter
from console.core.settings.adapters import phone_settings
from console.core.settings.current import ChosenSettings
from console.core.settings.workplace import ConsoleSettings
from console.core.sounds import sound_apart
from console.features.global_keys.system_keys import find_trouble
from console.features.settings.account import AccountSettings, ButtonSettings, CentreSettings
from console.features.settings.devices import DeviceSettings
from console.features.settings.form import Restart, SettingsForm
from console.features.settings.sections_view import SettingsPresenters
from console.features.shift_check.phone_check import PhoneCheckPresenter, SelfTestProcess
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import LineState
from console.shared.workplace.devices import ACCOUNT, BUTTONS, CENTRE, DEVICES, HeadsetTrial
from console.shared.workplace.status import StatusPresenter
from sync.register.people.operators import Action, may
from sync.store.central.hosts import try_centre
from telephony.alarm import sound_reminder
from telephony.headset.hid import HidLibrary
from telephony.headset.watch import HeadsetWatch
from telephony.phone_devices import list_sound_devices
from telephony.process import PhoneProcess


def make_settings(
    chosen: ChosenSettings,
    worker: Executor,
    deliveries: Deliveries,
    stops: list[Stop],
    milestones: Milestones,
    parent: QObject,
    *,
    may_configure: Callable[[], bool],
    is_line_free: Callable[[], bool] = lambda: True,
    tried: Callable[[], None] = lambda: None,
    own_desk: OwnDeskPresenter | None = None,
) -> SettingsPresenters:
    """Builds the settings presenters; ``tried`` is called after each test of an account.

    Changes of ``own_desk`` may require a restart too.
    """
    tests = [SelfTestProcess(Path(sys.executable), parent) for _page in range(2)]
    for test in tests:
        stops.append(("self-test", test.close))
    headsets = HeadsetTrial(
        lambda tell: HeadsetWatch(HidLibrary(), tell, set_lamps=False), worker, parent
    )
    stops.append(("headset trial", headsets.close))
    made = SettingsPresenters(
        account=AccountSettings(
            chosen,
            tests[0],
            may_change=may_configure,
            is_line_free=is_line_free,
            tried=tried,
            parent=parent,
        ),
        devices=DeviceSettings(
            chosen,
            tests[1],
            list_sound_devices,
            partial(sound_apart, "reminder", sound_reminder),
            worker,
            deliveries,
            is_line_free=is_line_free,
            parent=parent,
        ),
        buttons=ButtonSettings(
            chosen,
            headsets,
            may_change=may_configure,
            find_trouble=lambda: find_trouble(QGuiApplication.platformName(), os.environ),
            is_line_free=is_line_free,
            parent=parent,
        ),
        centre=CentreSettings(
            chosen, try_centre, worker, deliveries, may_change=may_configure, parent=parent
        ),
        may_configure=may_configure,
        is_offered=not chosen.settings.is_training,
    )
    forms = (made.account, made.devices, made.buttons, made.centre)
    others = () if own_desk is None else (own_desk,)
    Restart(chosen, forms, others, is_line_free=is_line_free, parent=parent)
    for name, form in (
        (ACCOUNT, made.account),
        (DEVICES, made.devices),
        (BUTTONS, made.buttons),
        (CENTRE, made.centre),
    ):
        _note(milestones, name, form)
    return made


def _note(milestones: Milestones, page: str, form: SettingsForm) -> None:
    form.tried.connect(lambda code: milestones.note(Milestone.SETTINGS_TRIED, page=page, code=code))
    form.saved.connect(lambda: milestones.note(Milestone.SETTINGS_SAVED, page=page))


def make_desk_settings(
    shared: Shared,
    phone: PhoneProcess,
    desk: DeskPresenter,
    status: StatusPresenter,
    phone_check: PhoneCheckPresenter,
    own_desk: OwnDeskPresenter,
) -> SettingsPresenters:
    """Builds the pages of the main page; saved settings are applied to the phone immediately."""
    chosen = shared.chosen

    def show(settings: ConsoleSettings) -> None:
        status.health.has_registrar = settings.has_registrar
        status.health.is_account_unfinished = settings.unfinished_account is not None
        status.refresh()

    def use(settings: ConsoleSettings) -> None:
        wanted = phone_settings(settings)
        phone.adopt(wanted)
        phone_check.use_settings(wanted)
        show(settings)

    def tried() -> None:
        # The registrar may allow one phone per account; the test's registration replaced it.
        if chosen.in_force.account is not None:
            phone.refresh_registration()

    show(chosen.in_force)
    chosen.changed.connect(use)
    return make_settings(
        chosen,
        shared.settings_worker,
        shared.deliveries,
        shared.stops,
        shared.milestones,
        shared.parent,
        may_configure=lambda: may(desk.operator.role, Action.CONFIGURE),
        is_line_free=lambda: desk.state.line in (LineState.FREE, LineState.WRAP_UP),
        tried=tried,
        own_desk=own_desk,
    )
