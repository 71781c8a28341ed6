"""Presenters of three settings pages: phone account, headset and hotkeys, central database.

Each page can test its input before saving. The phone account is tested in a separate process, the
database connection on a worker thread.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from typing import assert_never, get_args

from PySide6.QtCore import QObject, QTimer

from console.core.deliveries import Deliveries
from console.core.settings.adapters import phone_settings
from console.core.settings.current import ChosenSettings
from console.core.settings.file import Choices
from console.core.settings.workplace import (
    ConsoleSettings,
    QueueChoice,
    QueueTelling,
    SipAccountSettings,
)
from console.features.settings import words as settings_words
from console.features.settings.form import Outcome, OutcomeKind, Refused, SettingsForm
from console.shared.workplace import global_key_trouble, sound_words
from console.shared.workplace.devices import HeadsetTrial, SelfTestPort
from console.shared.workplace.global_key_trouble import GrabTrouble
from sync.errors import DsnInvalid
from sync.store.central.hosts import DsnParts, TrialOutcome, join_dsn, split_dsn
from telephony.errors import SettingsError
from telephony.findings import Finding, Part, SelfTestOrder, Verdict
from telephony.headset.watch import (
    HeadsetEvent,
    HeadsetFound,
    HeadsetGone,
    HeadsetPressed,
    HeadsetTrouble,
    HeadsetUnusable,
)
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
"""Form fields by the setting names that the phone process reports."""


class AccountSettings(SettingsForm):
    """Settings of the phone account; tests it by a short registration in a separate process.

    ``tried`` is called after each test, because the operator's phone may have to register again.
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
            problems["user"] = settings_words.user_needed()
        if not values["password"] and not self._kept_secrets(self._chosen.settings):
            problems["password"] = settings_words.password_needed()
        if values["port"] and not _is_port(values["port"]):
            problems["port"] = settings_words.port_wrong()
        if problems:
            return problems
        try:
            check_settings(phone_settings(self._draft(values)))
        except SettingsError as error:
            return {_FIELDS.get(error.field, "server"): settings_words.value_unfit()}
        return {}

    def _choices(self, values: Mapping[str, str]) -> Choices:
        """Returns the settings to be stored; without a server the account and its password are
        removed.
        """
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
        """Returns the setting of the signalling to the PBX; None for the default, which is not
        stored.
        """
        told_by = values["told_by"]
        return {self.places["told_by"]: None if told_by == QueueChoice().told_by else told_by}

    def _check_files(self, values: Mapping[str, str]) -> str:
        return "" if is_ca_file(values["ca_file"]) else "ca_file"

    def _refusal(self, code: str) -> Refused:
        if code == "ca_file":
            return Refused("ca_file", settings_words.ca_file_wrong())
        return super()._refusal(code)

    def _what_saving_means(self) -> Outcome:
        if self._chosen.settings.account is None:
            return Outcome(OutcomeKind.GOOD, settings_words.saved_without_account())
        return Outcome(OutcomeKind.GOOD, *settings_words.saved_account())

    def _draft(self, values: Mapping[str, str]) -> ConsoleSettings:
        """Builds the settings that would apply with these values."""
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

    # --- connection test ---

    def _begin_trial(self, values: Mapping[str, str]) -> None:
        if not values["server"]:
            self._finish_trial(
                "no_account",
                Outcome(OutcomeKind.DOUBTFUL, settings_words.no_account()),
                {"server": settings_words.server_needed()},
            )
            return
        self._found = None
        # The test phone serves no operator, so it publishes "closed" for a short time.
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
                "broke_down", Outcome(OutcomeKind.BAD, settings_words.trial_broke_down())
            )
            return
        name, text, advice = settings_words.account_finding(found)
        kind = _KINDS.get(found.verdict, OutcomeKind.BAD)
        self._finish_trial(found.code, Outcome(kind, text, advice), {name: text} if name else None)


def _is_port(text: str) -> bool:
    is_short = len(text) <= 5  # int() refuses very long input
    return is_short and text.isascii() and text.isdigit() and 1 <= int(text) <= 65535


def _transport(text: str) -> TransportName:
    return next(name for name in TRANSPORTS if name == text)


def is_ca_file(name: str) -> bool:
    """Whether ``name`` is empty or names a file with certificates. Blocks; call on a worker
    thread.
    """
    if not name:
        return True
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(name)
    except (OSError, ValueError):
        return False
    return True


LOOK_MS = 3000
"""Duration of the search for a headset."""
PRESS_MS = 15_000
"""Time limit for pressing a headset button."""
ON, OFF = "on", "off"


class ButtonSettings(SettingsForm):
    """Settings of headset and hotkeys, which apply after a restart. The test shows the name of the
    pressed headset button.
    """

    places = {"buttons": ("headset", "buttons"), "global": ("keys", "global")}
    holds_from_start = True

    def __init__(
        self,
        chosen: ChosenSettings,
        trial: HeadsetTrial,
        *,
        may_change: Callable[[], bool],
        find_trouble: Callable[[], GrabTrouble | None],
        is_line_free: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        """``find_trouble`` returns why this desktop allows no global hotkeys, or None."""
        super().__init__(chosen, may_change=may_change, is_line_free=is_line_free, parent=parent)
        self._trial = trial
        self._find_trouble = find_trouble
        self._is_trying = False
        self._read: set[bytes] = set()
        self._unusable: dict[bytes, tuple[str, HeadsetTrouble]] = {}
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self.give_up)
        trial.told.connect(self._take)

    def drop(self) -> None:
        super().drop()
        if self._is_trying:
            self._end("dropped", Outcome(OutcomeKind.DOUBTFUL, settings_words.nothing_pressed()[0]))

    def _stand(self, settings: ConsoleSettings) -> dict[str, str]:
        return {
            "buttons": ON if settings.headset.buttons else OFF,
            "global": ON if settings.keys.is_global else OFF,
        }

    def _choices(self, values: Mapping[str, str]) -> Choices:
        """Returns the settings to be stored; None for a default, which is not stored."""
        return {
            self.places["buttons"]: None if values["buttons"] == ON else False,
            self.places["global"]: True if values["global"] == ON else None,
        }

    def _note(self, settings: ConsoleSettings) -> str:
        trouble = self._find_trouble()
        if trouble is not None and self._values()["global"] == ON:
            return global_key_trouble.not_possible(trouble)[1]
        return super()._note(settings)

    # --- headset test ---

    def _is_changed_since(self, begun: Mapping[str, str]) -> bool:
        return False  # the buttons do not depend on the input

    def _begin_trial(self, values: Mapping[str, str]) -> None:
        self._is_trying = True
        self._read.clear()
        self._unusable.clear()
        self._look()
        self._trial.start()

    def _look(self) -> None:
        self._show_busy(settings_words.looking_for_headset())
        self._limit.start(LOOK_MS)

    def _show_busy(self, text: str) -> None:
        self._outcome = Outcome(OutcomeKind.BUSY, text)
        self._tell()

    def _take(self, event: HeadsetEvent) -> None:
        match event:
            case HeadsetFound(key=key, model=model):
                self._read.add(key)
                self._unusable.pop(key, None)
                self._show_busy(settings_words.press_a_button(model))
                self._limit.start(PRESS_MS)
            case HeadsetUnusable(key=key, model=model, trouble=trouble):
                self._unusable[key] = model, trouble
            case HeadsetGone(key=key):
                self._unusable.pop(key, None)
                self._read.discard(key)
                if not self._read:
                    self._look()
            case HeadsetPressed(moved=moved):
                if moved.is_down:
                    text, advice = sound_words.buttons(moved.button.value)
                    self._end("pressed", Outcome(OutcomeKind.GOOD, text, advice))
            case _:
                assert_never(event)

    def give_up(self) -> None:
        """Ends the test after its time limit has expired."""
        if self._read:
            outcome = Outcome(OutcomeKind.DOUBTFUL, *settings_words.nothing_pressed())
            self._end("not_pressed", outcome)
        elif self._unusable:
            model, trouble = next(reversed(self._unusable.values()))
            outcome = Outcome(OutcomeKind.BAD, *sound_words.unusable(model, trouble))
            self._end(trouble.value, outcome)
        else:
            self._end("no_headset", Outcome(OutcomeKind.DOUBTFUL, *sound_words.buttons("none")))

    def _end(self, code: str, outcome: Outcome) -> None:
        self._is_trying = False
        self._limit.stop()
        self._trial.stop()
        self._finish_trial(code, outcome)


TryCentre = Callable[[str, str | None, str], TrialOutcome]
"""Tests the central database; arguments are DSN, certificate file and workplace code. Blocks; call
on a worker thread.
"""

_FIELD_BY_OUTCOME = {
    TrialOutcome.DSN_UNREADABLE: "dsn",
    TrialOutcome.NAME_UNKNOWN: "dsn",
    TrialOutcome.PORT_CLOSED: "dsn",
    TrialOutcome.NO_ANSWER: "dsn",
    TrialOutcome.NO_SERVER: "dsn",
    TrialOutcome.DATABASE_MISSING: "dsn",
    TrialOutcome.STATION: "dsn",
    TrialOutcome.PASSWORD: "password",
    TrialOutcome.CA_FILE: "ca_file",
    TrialOutcome.CERTIFICATE: "ca_file",
    TrialOutcome.CERTIFICATE_NAME: "dsn",
}
"""Field to be checked for each result of the test."""


class CentreSettings(SettingsForm):
    """Settings of the central database. The connection string is shown without its password, which
    the file stores as part of the string.
    """

    places = {
        "dsn": ("central", "dsn"),
        "password": ("central", "dsn"),
        "ca_file": ("central", "ca_file"),
    }
    secrets = frozenset({"password"})
    holds_from_start = True

    def __init__(
        self,
        chosen: ChosenSettings,
        try_centre: TryCentre,
        worker: Executor,
        deliveries: Deliveries,
        *,
        may_change: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(chosen, may_change=may_change, parent=parent)
        self._try_centre = try_centre
        self._worker = worker
        self._deliveries = deliveries

    def edit(self, name: str, text: str) -> None:
        """Changes a field. A password in a pasted connection string is moved to the masked password
        field.
        """
        if name == "dsn" and not self.is_fixed("dsn"):
            parts = _parts(text)
            if parts is not None and parts.password:
                super().edit("password", parts.password)
                text = parts.text
        super().edit(name, text)

    def _stand(self, settings: ConsoleSettings) -> dict[str, str]:
        parts = _parts(settings.central_dsn or "")
        return {
            "dsn": "" if parts is None else parts.text,
            "password": "",
            "ca_file": settings.central_ca_file or "",
        }

    def _kept_secrets(self, settings: ConsoleSettings) -> frozenset[str]:
        return self.secrets if _kept_password(settings) else frozenset()

    def _find_problems(self, values: Mapping[str, str]) -> dict[str, str]:
        if values["dsn"] and _parts(values["dsn"]) is None:
            # The error includes the advice, because the example text in the field disappears with
            # the first input.
            return {"dsn": ". ".join(settings_words.centre_finding(TrialOutcome.DSN_UNREADABLE))}
        return {}

    def _choices(self, values: Mapping[str, str]) -> Choices:
        return {
            self.places["dsn"]: self._whole(values) or None,
            self.places["ca_file"]: values["ca_file"] or None,
        }

    def _check_files(self, values: Mapping[str, str]) -> str:
        return "" if is_ca_file(values["ca_file"]) else "ca_file"

    def _refusal(self, code: str) -> Refused:
        if code == "ca_file":
            return Refused("ca_file", settings_words.ca_file_wrong())
        return super()._refusal(code)

    def _whole(self, values: Mapping[str, str]) -> str:
        """Returns the connection string with the entered password, or with the stored one if none
        was entered.
        """
        if not values["dsn"]:
            return ""
        return join_dsn(values["dsn"], values["password"] or _kept_password(self._chosen.settings))

    def _begin_trial(self, values: Mapping[str, str]) -> None:
        if not values["dsn"]:
            self._finish_trial(
                "no_centre",
                Outcome(OutcomeKind.DOUBTFUL, settings_words.no_centre()),
                {"dsn": settings_words.dsn_needed()},
            )
            return
        self._deliveries.deliver(
            self._worker.submit(
                self._try_centre,
                self._whole(values),
                values["ca_file"] or None,
                self._chosen.settings.workplace,
            ),
            self._take,
            lambda _error: self._take(TrialOutcome.NO_ANSWER),
            expected=(OSError,),
        )

    def _take(self, outcome: TrialOutcome) -> None:
        text, advice = settings_words.centre_finding(outcome)
        is_good = outcome is TrialOutcome.REACHED
        name = _FIELD_BY_OUTCOME.get(outcome)
        self._finish_trial(
            outcome.value,
            Outcome(OutcomeKind.GOOD if is_good else OutcomeKind.BAD, text, advice),
            None if name is None else {name: text},
        )


def _parts(dsn: str) -> DsnParts | None:
    try:
        return split_dsn(dsn)
    except DsnInvalid:
        return None


def _kept_password(settings: ConsoleSettings) -> str:
    parts = _parts(settings.central_dsn or "")
    return "" if parts is None else parts.password
