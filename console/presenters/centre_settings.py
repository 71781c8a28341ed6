"""The page of the centre's database: where it is, as whom we come, and whether it lets us in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor

from PySide6.QtCore import QObject

from console import words
from console.bridge import Deliveries
from console.presenters.account_settings import is_ca_file
from console.presenters.settings_form import Outcome, OutcomeKind, Refused, SettingsForm
from console.settings.chosen import ChosenSettings
from console.settings.own import Choices
from console.settings.workplace import ConsoleSettings
from sync.errors import DsnInvalid
from sync.store.central_trial import DsnParts, TrialOutcome, join_dsn, split_dsn

TryCentre = Callable[[str, str | None, str], TrialOutcome]
"""DSN, file of certificates, code of the workplace; called on a thread that may wait."""

_FIELDS = {
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
"""Where to look for what stands in the way."""


class CentreSettings(SettingsForm):
    """The connection string is shown without its password, which is kept beside it in the file."""

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
        """A password that was pasted with the string goes where it is not seen."""
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
            # The example that stood in the field is gone as soon as anything is typed there.
            return {"dsn": ". ".join(words.settings.centre_finding(TrialOutcome.DSN_UNREADABLE))}
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
            return Refused("ca_file", words.settings.ca_file_wrong())
        return super()._refusal(code)

    def _whole(self, values: Mapping[str, str]) -> str:
        """The connection string with its password; the kept one holds where none is typed."""
        if not values["dsn"]:
            return ""
        return join_dsn(values["dsn"], values["password"] or _kept_password(self._chosen.settings))

    def _begin_trial(self, values: Mapping[str, str]) -> None:
        if not values["dsn"]:
            self._finish_trial(
                "no_centre",
                Outcome(OutcomeKind.DOUBTFUL, words.settings.no_centre()),
                {"dsn": words.settings.dsn_needed()},
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
        )

    def _take(self, outcome: TrialOutcome) -> None:
        text, advice = words.settings.centre_finding(outcome)
        is_good = outcome is TrialOutcome.REACHED
        name = _FIELDS.get(outcome)
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
