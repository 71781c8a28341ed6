"""Registers system-wide keys for calls on X11 and Windows, if the settings enable them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from PySide6.QtGui import QGuiApplication

from console.context import Shared
from console.core.default_keys import Key
from console.core.deliveries import Bridge
from console.core.milestones import Milestone
from console.features.global_keys.presenter import GlobalKeysPresenter
from console.features.global_keys.system_keys import GrabEvent, Grabs, Tell, find_trouble
from console.shared.workplace.global_key_trouble import GrabTrouble
from console.shell.notices import NoticesPresenter

STOP_DEADLINE_S = 2.0


def take_global_keys(
    shared: Shared,
    notices: NoticesPresenter,
    may_act: Callable[[Key], bool],
    press: Callable[[str], None],
) -> GlobalKeysPresenter | None:
    """Registers the global hotkeys; ``press`` performs a key's action. None if disabled."""
    if not shared.settings.keys.is_global:
        return None
    made = GlobalKeysPresenter(
        lambda keys, code: shared.milestones.note(Milestone.GLOBAL_KEYS, keys=keys, code=code),
        may_act=may_act,
        parent=shared.parent,
    )
    made.told.connect(notices.tell)
    made.pressed.connect(press)
    bridge: Bridge[GrabEvent] = Bridge(made.receive, shared.parent)
    grabs = find_grabs(bridge.post, QGuiApplication.platformName(), os.environ)
    if not isinstance(grabs, GrabTrouble):
        shared.beginnings.begin("global keys", grabs.start, lambda: grabs.stop(STOP_DEADLINE_S))
    made.take(grabs)
    return made


def find_grabs(
    tell: Tell, platform_name: str, environment: Mapping[str, str]
) -> Grabs | GrabTrouble:
    """Returns the hotkey backend or the reason why there is none; ``platform_name`` is Qt's."""
    trouble = find_trouble(platform_name, environment)
    if trouble is not None:
        return trouble
    if platform_name == "xcb":
        from console.features.global_keys.x11 import XGrabs

        return XGrabs(tell)
    from console.features.global_keys.windows import WindowsGrabs

    return WindowsGrabs(tell)
