"""Builds the sections of the settings: settings of the workplace, and links to personal
settings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.features.settings.account import (
    BY_CODES,
    BY_PRESENCE,
    OFF,
    ON,
    AccountSettings,
    ButtonSettings,
    CentreSettings,
)
from console.features.settings.devices import DeviceSettings
from console.features.settings.devices_view import DevicesSection
from console.features.settings.form_view import ChoiceSpec, FormSection, TextSpec
from console.features.settings.parts_view import KEYS, LOOK, Section, WaySection
from console.shared.workplace.devices import ACCOUNT, BUTTONS, CENTRE, DEVICES
from console.ui.layout import Later
from console.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class SettingsPresenters:
    """Presenters of the sections; ``may_configure`` refers to the signed-in operator."""

    account: AccountSettings
    devices: DeviceSettings
    buttons: ButtonSettings
    centre: CentreSettings
    may_configure: Callable[[], bool]
    is_offered: bool = True
    """Whether the workplace sections are listed; False in training mode, which uses the settings of
    the normal mode.
    """

    def forget_typed(self) -> None:
        """Discards unsaved input, including passwords, when another operator signs in."""
        for form in (self.account, self.devices, self.buttons, self.centre):
            form.drop()


def workplace_sections(theme: Theme, presenters: SettingsPresenters) -> tuple[Section, ...]:
    """Returns the sections account, devices, buttons and database; without the right to configure,
    only devices are listed.
    """

    def may_configure() -> bool:
        return presenters.is_offered and presenters.may_configure()

    return (
        Section(
            ACCOUNT,
            QCoreApplication.translate("Settings", "Phone account"),
            QCoreApplication.translate("Settings", "PBX, number, password"),
            "phone",
            Later(lambda: _account(theme, presenters.account)),
            may_configure,
        ),
        Section(
            DEVICES,
            QCoreApplication.translate("Settings", "Sound devices"),
            QCoreApplication.translate("Settings", "microphone, headset, ringer"),
            "headset",
            Later(lambda: DevicesSection(theme, presenters.devices)),
            lambda: presenters.is_offered,
        ),
        Section(
            BUTTONS,
            QCoreApplication.translate("Settings", "Buttons and keys"),
            QCoreApplication.translate("Settings", "headset, other programs"),
            "keyboard",
            Later(lambda: _buttons(theme, presenters.buttons)),
            may_configure,
        ),
        Section(
            CENTRE,
            QCoreApplication.translate("Settings", "City database"),
            QCoreApplication.translate("Settings", "server, login, certificate"),
            "database",
            Later(lambda: _centre(theme, presenters.centre)),
            may_configure,
        ),
    )


def own_sections(
    theme: Theme,
) -> tuple[tuple[Section, Later[WaySection]], tuple[Section, Later[WaySection]]]:
    """Returns the sections that link to the personal settings: appearance and keys."""
    look = Later(
        lambda: WaySection(
            theme,
            QCoreApplication.translate("Settings", "Appearance"),
            QCoreApplication.translate(
                "Settings",
                "Colours, text size, language, when to open the card, and columns: set per user.",
            ),
            key=Key.OWN_DESK,
        )
    )
    keys = Later(
        lambda: WaySection(
            theme,
            QCoreApplication.translate("Settings", "Keys"),
            QCoreApplication.translate(
                "Settings", "Any keyboard shortcut can be changed: set per user."
            ),
        )
    )
    return (
        (
            Section(
                LOOK,
                QCoreApplication.translate("Settings", "Appearance"),
                QCoreApplication.translate("Settings", "colours, text, language, columns"),
                "palette",
                look,
            ),
            look,
        ),
        (
            Section(
                KEYS,
                QCoreApplication.translate("Settings", "Keys"),
                QCoreApplication.translate("Settings", "custom shortcuts"),
                "keyboard",
                keys,
            ),
            keys,
        ),
    )


def _account(theme: Theme, presenter: AccountSettings) -> FormSection:
    return FormSection(
        theme,
        presenter,
        QCoreApplication.translate("Settings", "Phone account"),
        QCoreApplication.translate(
            "Settings",
            "Where this workplace's phone registers. The test registers briefly and "
            "changes nothing; without a PBX only direct calls work.",
        ),
        (
            TextSpec(
                "server",
                QCoreApplication.translate("Settings", "PBX"),
                QCoreApplication.translate("Settings", "address or name, e.g. pbx.example"),
            ),
            TextSpec("user", QCoreApplication.translate("Settings", "Number (login)"), "117"),
            TextSpec("password", QCoreApplication.translate("Settings", "Password")),
            ChoiceSpec(
                "transport",
                QCoreApplication.translate("Settings", "Transport"),
                (("udp", "UDP"), ("tcp", "TCP"), ("tls", "TLS")),
            ),
            TextSpec(
                "port",
                QCoreApplication.translate("Settings", "Port"),
                QCoreApplication.translate("Settings", "usually 5060, or 5061 with TLS"),
            ),
            TextSpec(
                "ca_file",
                QCoreApplication.translate("Settings", "Certificates"),
                QCoreApplication.translate("Settings", "those trusted by the system"),
                is_file=True,
            ),
            TextSpec(
                "auth_user",
                QCoreApplication.translate("Settings", "Login, if different"),
                QCoreApplication.translate("Settings", "same as the number"),
            ),
            TextSpec("display_name", QCoreApplication.translate("Settings", "Display name")),
            ChoiceSpec(
                "told_by",
                QCoreApplication.translate("Settings", "Operator state"),
                (
                    (
                        BY_CODES,
                        QCoreApplication.translate("Settings", "by codes, if set"),
                    ),
                    (BY_PRESENCE, QCoreApplication.translate("Settings", "by SIP presence")),
                ),
            ),
        ),
    )


def _buttons(theme: Theme, presenter: ButtonSettings) -> FormSection:
    on_and_off = (
        (ON, QCoreApplication.translate("Settings", "On")),
        (OFF, QCoreApplication.translate("Settings", "Off")),
    )
    return FormSection(
        theme,
        presenter,
        QCoreApplication.translate("Settings", "Buttons and keys"),
        QCoreApplication.translate(
            "Settings",
            "A USB headset answers, ends and mutes with its own buttons; the test names "
            "the one you press. Global keys do the same while another program is in "
            "front; no other program can use those three.",
        ),
        (
            ChoiceSpec(
                "buttons",
                QCoreApplication.translate("Settings", "Headset buttons"),
                on_and_off,
            ),
            ChoiceSpec(
                "global",
                QCoreApplication.translate("Settings", "Global keys"),
                on_and_off,
            ),
        ),
    )


def _centre(theme: Theme, presenter: CentreSettings) -> FormSection:
    return FormSection(
        theme,
        presenter,
        QCoreApplication.translate("Settings", "City database"),
        QCoreApplication.translate(
            "Settings",
            "Where records from all workplaces are collected. The test connects, reads "
            "and changes nothing. Without it everything stays on this computer.",
        ),
        (
            TextSpec(
                "dsn",
                QCoreApplication.translate("Settings", "Connection"),
                "host=centre.example dbname=register user=workplace_0001",
            ),
            TextSpec("password", QCoreApplication.translate("Settings", "Password")),
            TextSpec(
                "ca_file",
                QCoreApplication.translate("Settings", "Certificates"),
                QCoreApplication.translate("Settings", "server CA certificate file (PEM)"),
                is_file=True,
            ),
        ),
    )
