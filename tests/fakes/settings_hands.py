"""User actions on the settings pages, and the resulting page content."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from console.features.settings.form import OutcomeKind, SettingsForm
from telephony.findings import Check, Finding, Verdict
from tests.fakes.settings import SettingsBench

_VERDICTS = {
    "registered": Verdict.PASSED,
    "presence_told": Verdict.PASSED,
    "presence_not_taken": Verdict.DOUBTFUL,
    "presence_failed": Verdict.DOUBTFUL,
}
Open = Callable[[str], SettingsBench]


def fill(form: SettingsForm, **values: str) -> None:
    for name, text in values.items():
        form.edit(name, text)


def settle() -> None:
    for _round in range(4):
        QCoreApplication.processEvents()


def problems(form: SettingsForm) -> dict[str, str]:
    return {name: one.problem for name, one in form.state.fields.items() if one.problem}


def kind_of(form: SettingsForm) -> OutcomeKind | None:
    outcome = form.state.outcome
    return None if outcome is None else outcome.kind


def finish_account(bench: SettingsBench, code: str, value: float | None = None) -> None:
    verdict = _VERDICTS.get(code, Verdict.FAILED)
    bench.account_test.found.emit(Finding(Check.REGISTRATION, verdict, code, value))
    bench.account_test.ended.emit(True)
