"""The page of the phone's account: server, number, password, and whether they are let in."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import get_args

from PySide6.QtCore import QObject

from console import words
from console.presenters.phone_check import SelfTestPort
from console.presenters.settings_form import (
    Outcome,
    OutcomeKind,
    Refused,
    SettingsForm,
)
from console.settings.chosen import ChosenSettings
from console.settings.own import Choices
from console.settings.phone import phone_settings
from console.settings.workplace import (
    ConsoleSettings,
    QueueChoice,
    QueueTelling,
    SipAccountSettings,
)
from telephony.errors import SettingsError
from telephony.findings import Finding, Part, SelfTestOrder, Verdict
from telephony.presence import GONE
from telephony.settings import TransportName, check_settings

TRANSPORTS: tuple[TransportName, ...] = get_args(TransportName)
BY_CODES: QueueTelling = "codes"
BY_PRESENCE: QueueTelling = "presence"
_KINDS = {Verdict.PASSED: OutcomeKind.GOOD, Verdict.DOUBTFUL: OutcomeKind.DOUBTFUL}
_TRIAL = "account-trial"
_FIELDS = {
    "account.server_host": "server",
    "account.server_port": "port",
    "account.user": "user",
    "tls.ca_file": "ca_file",
}
"""What the phone calls our fields."""


class AccountSettings(SettingsForm):
    """Tries the account by registering it for a moment, in a process beside.

    ``tried`` is called after each trial: the operator's own phone may have to register again.
    """

    places = {
        "server": ("phone", "server"),
        "port": ("phone", "port"),
        "user": ("phone", "user"),
        "password": ("phone", "password"),
        "auth_user": ("phone", "auth_user"),
        "display_name": ("phone", "display_name"),
        "transport": ("phone", "transport"),
        "ca_file": ("phone", "ca_file"),
        "told_by": ("queue", "told_by"),
    }
    secrets = frozenset({"password"})

    def __init__(
        self,
        chosen: ChosenSettings,
        self_test: SelfTestPort,
        *,
        may_change: Callable[[], bool],
        is_line_free: Callable[[], bool] = lambda: True,
        tried: Callable[[], None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(chosen, may_change=may_change, is_line_free=is_line_free, parent=parent)
        self._self_test = self_test
        self._after_trial = tried
        self._found: Finding | None = None
        self_test.found.connect(self._take)
        self_test.ended.connect(self._ended)

    def _stand(self, settings: ConsoleSettings) -> dict[str, str]:
        known, phone = settings.known_account, settings.phone
        return {
            "server": "" if known is None else known.server,
            "port": "" if known is None or known.port is None else str(known.port),
            "user": "" if known is None else known.user,
            "password": "",
            "auth_user": phone.auth_user or "",
            "display_name": "" if known is None else known.display_name,
            "transport": phone.transport,
            "ca_file": phone.ca_file or "",
            "told_by": settings.queue.told_by,
        }

    def _kept_secrets(self, settings: ConsoleSettings) -> frozenset[str]:
        known = settings.known_account
        return self.secrets if known is not None and known.password else frozenset()

    def _find_problems(self, values: Mapping[str, str]) -> dict[str, str]:
        if not values["server"]:
            return {}  # no account: direct calls only
        problems = {}
        if not values["user"]:
            problems["user"] = words.settings.user_needed()
        if not values["password"] and not self._kept_secrets(self._chosen.settings):
            problems["password"] = words.settings.password_needed()
        if values["port"] and not _is_port(values["port"]):
            problems["port"] = words.settings.port_wrong()
        if problems:
            return problems
        try:
            check_settings(phone_settings(self._draft(values)))
        except SettingsError as error:
            return {_FIELDS.get(error.field, "server"): words.settings.value_unfit()}
        return {}

    def _choices(self, values: Mapping[str, str]) -> Choices:
        """Without a server there is no account, and no password is kept for one."""
        if not values["server"]:
            gone = dict.fromkeys((self.places["server"], self.places["password"]))
            return {**gone, **self._telling(values)}
        choices: dict[tuple[str, str], str | int | None] = {
            self.places[name]: values[name] or None
            for name in self.places
            if name not in ("port", "password", "told_by")
        }
        choices.update(self._telling(values))
        choices[self.places["port"]] = int(values["port"]) if values["port"] else None
        if values["password"]:
            choices[self.places["password"]] = values["password"]
        return choices

    def _telling(self, values: Mapping[str, str]) -> Choices:
        """What the program does by itself is no choice, and leaves nothing in the file."""
        told_by = values["told_by"]
        return {self.places["told_by"]: None if told_by == QueueChoice().told_by else told_by}

    def _check_files(self, values: Mapping[str, str]) -> str:
        return "" if is_ca_file(values["ca_file"]) else "ca_file"

    def _refusal(self, code: str) -> Refused:
        if code == "ca_file":
            return Refused("ca_file", words.settings.ca_file_wrong())
        return super()._refusal(code)

    def _what_saving_means(self) -> Outcome:
        if self._chosen.settings.account is None:
            return Outcome(OutcomeKind.GOOD, words.settings.saved_without_account())
        return Outcome(OutcomeKind.GOOD, *words.settings.saved_account())

    def _draft(self, values: Mapping[str, str]) -> ConsoleSettings:
        """The settings as they would be with these values."""
        settings = self._chosen.settings
        known = settings.known_account
        kept = "" if known is None else known.password
        account = SipAccountSettings(
            server=values["server"],
            user=values["user"],
            password=values["password"] or kept,
            port=int(values["port"]) if values["port"] else None,
            display_name=values["display_name"],
        )
        return replace(
            settings,
            account=account,
            listen_host=settings.listen_host
            if settings.account is not None or ("phone", "listen_host") in settings.fixed
            else "0.0.0.0",  # noqa: S104  # a phone with a registrar must be reachable from it
            phone=replace(
                settings.phone,
                transport=_transport(values["transport"]),
                ca_file=values["ca_file"] or None,
                auth_user=values["auth_user"] or None,
            ),
        )

    # --- the trial ---

    def _begin_trial(self, values: Mapping[str, str]) -> None:
        if not values["server"]:
            self._finish_trial(
                "no_account",
                Outcome(OutcomeKind.DOUBTFUL, words.settings.no_account()),
                {"server": words.settings.server_needed()},
            )
            return
        self._found = None
        # Nobody works by the trial's phone: "closed", for a moment.
        presence = GONE if values["told_by"] == BY_PRESENCE else None
        settings = replace(phone_settings(self._draft(values)), presence=presence)
        self._self_test.start(SelfTestOrder(settings, _TRIAL, None, part=Part.REGISTRATION))

    def _take(self, finding: Finding) -> None:
        self._found = finding

    def _ended(self, _whole: bool) -> None:
        found, self._found = self._found, None
        self._after_trial()
        if found is None:
            self._finish_trial(
                "broke_down", Outcome(OutcomeKind.BAD, words.settings.trial_broke_down())
            )
            return
        name, text, advice = words.settings.account_finding(found)
        kind = _KINDS.get(found.verdict, OutcomeKind.BAD)
        self._finish_trial(found.code, Outcome(kind, text, advice), {name: text} if name else None)


def _is_port(text: str) -> bool:
    is_short = len(text) <= 5  # Python reads no number of thousands of digits
    return is_short and text.isascii() and text.isdigit() and 1 <= int(text) <= 65535


def _transport(text: str) -> TransportName:
    return next(name for name in TRANSPORTS if name == text)


def is_ca_file(name: str) -> bool:
    """Whether there is no file named, or one with certificates; waits for the disk."""
    if not name:
        return True
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(name)
    except (OSError, ValueError):
        return False
    return True
