"""What a person does on the pages of settings, and what stands there then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from console.presenters.settings_form import OutcomeKind, SettingsForm
from telephony.findings import Check, Finding, Verdict
from tests.fakes.settings import SettingsBench

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
    verdict = Verdict.PASSED if code == "registered" else Verdict.FAILED
    bench.account_test.found.emit(Finding(Check.REGISTRATION, verdict, code, value))
    bench.account_test.ended.emit(True)
