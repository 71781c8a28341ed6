"""Base presenter of a settings page (edit, test, save), and the guarded restart request.

A restart is refused during a call, during a test, and while a page has unsaved input.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from console.core.settings.current import ChosenSettings
from console.core.settings.file import Choices
from console.core.settings.workplace import ConsoleSettings
from console.features.settings import words as settings_words


class OutcomeKind(StrEnum):
    """Kind of result of a test or of saving."""

    BUSY = "busy"
    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of a test or of saving, as text."""

    kind: OutcomeKind
    text: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class SettingField:
    """Setting as shown on the page; of a secret only its presence is shown."""

    value: str = field(repr=False)
    problem: str = ""
    is_fixed: bool = False
    """Whether the administrator's file sets the value, so the field is read-only."""
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class SettingsFormState:
    """View state of a settings page."""

    fields: Mapping[str, SettingField]
    outcome: Outcome | None = None
    is_busy: bool = False
    is_changed: bool = False
    needs_restart: bool = False
    note: str = ""
    """Note at the top of the page, independent of a test."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Reason why saving was refused: the field, empty if none is affected, and the text."""

    name: str
    text: str


class SettingsForm(QObject):
    """Base class of the settings pages; a subclass defines its fields.

    ``may_change`` refers to the signed-in operator. ``is_line_free`` is checked before a test that
    plays a sound or registers.
    """

    changed = Signal(object)  # SettingsFormState
    tried = Signal(str)  # code of the result
    saved = Signal()
    restart_asked = Signal()
    places: Mapping[str, tuple[str, str]] = {}
    """Section and key of each field in the settings files."""
    secrets: frozenset[str] = frozenset()
    holds_from_start = False
    """Whether saved values apply only after a restart."""

    def __init__(
        self,
        chosen: ChosenSettings,
        *,
        may_change: Callable[[], bool],
        is_line_free: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self.may_change = may_change
        self._is_line_free = is_line_free
        self._typed: dict[str, str] = {}
        self._problems: dict[str, str] = {}
        self._outcome: Outcome | None = None
        self._is_busy = False
        self._begun: Mapping[str, str] | None = None  # values being tested or saved
        chosen.changed.connect(self._tell_changed)

    # --- definition of a page ---

    @abstractmethod
    def _stand(self, settings: ConsoleSettings) -> dict[str, str]:
        """Returns the stored text of each field; empty for a secret."""

    def _kept_secrets(self, settings: ConsoleSettings) -> frozenset[str]:
        """Returns the names of secret fields that have a stored value."""
        return frozenset()

    def _find_problems(self, values: Mapping[str, str]) -> dict[str, str]:
        """Returns the validation errors by field, as text."""
        return {}

    @abstractmethod
    def _choices(self, values: Mapping[str, str]) -> Choices:
        """Returns the values to be stored; the caller removes those fixed by the administrator."""

    def _check_files(self, values: Mapping[str, str]) -> str:
        """Returns the code of the reason why the values cannot be saved, or an empty string.
        Blocks; call on a worker thread.
        """
        return ""

    def _refusal(self, code: str) -> Refused:
        """Returns field and text for an error code of ``_check_files`` or of the settings file."""
        if code == "laid_down":
            return Refused("", settings_words.administrators_file_wrong())
        return Refused("", settings_words.disk_refused())

    @abstractmethod
    def _begin_trial(self, values: Mapping[str, str]) -> None:
        """Starts the test; it must end with a call of ``_finish_trial``."""

    def _is_changed_since(self, begun: Mapping[str, str]) -> bool:
        """Whether the tested values have changed since the test started."""
        return begun != self._values()

    # --- operations for the page ---

    @property
    def state(self) -> SettingsFormState:
        settings = self._chosen.settings
        stand, kept = self._stand(settings), self._kept_secrets(settings)
        return SettingsFormState(
            fields={
                name: SettingField(
                    self._typed.get(name, stand[name]),
                    self._problems.get(name, ""),
                    self.is_fixed(name),
                    name in kept,
                )
                for name in self.places
            },
            outcome=self._outcome,
            is_busy=self._is_busy,
            is_changed=any(stand[name] != text for name, text in self._typed.items()),
            needs_restart=self.holds_from_start and self._chosen.needs_restart,
            note=self._note(settings),
        )

    def is_fixed(self, name: str) -> bool:
        return self.places[name] in self._chosen.settings.fixed

    def edit(self, name: str, text: str) -> None:
        """Sets the input of a field; it applies when saved."""
        if self.is_fixed(name):
            return
        self._typed[name] = text
        self._problems.pop(name, None)
        if not self._is_busy:
            self._outcome = None
        self._tell()

    def drop(self) -> None:
        """Discards the input and shows the stored values; the result of a running test is
        ignored.
        """
        self._begun = None
        self._typed.clear()
        self._problems.clear()
        self._outcome = None
        self._tell()

    def try_it(self) -> None:
        """Tests the values of the page without saving them."""
        if self._is_busy or not self._may_go_on():
            return
        if not self._is_line_free():
            self._outcome = Outcome(OutcomeKind.DOUBTFUL, settings_words.call_is_on())
            self._tell()
            return
        self._is_busy = True
        self._outcome = Outcome(OutcomeKind.BUSY, settings_words.trying())
        self._begun = self._values()
        self._tell()
        self._begin_trial(self._begun)

    def restart(self) -> None:
        """Requests a restart of the application."""
        if self.may_change() and self.state.needs_restart:
            self.restart_asked.emit()

    def refuse_restart(self, why: str) -> None:
        """Shows the reason why a restart is refused."""
        self._outcome = Outcome(OutcomeKind.DOUBTFUL, why)
        self._tell()

    def save(self) -> None:
        """Saves the values of the page; the input remains if saving fails."""
        if self._is_busy or not self._may_go_on():
            return
        values = self._values()
        fixed = self._chosen.settings.fixed
        choices = {
            place: value for place, value in self._choices(values).items() if place not in fixed
        }
        self._is_busy = True
        self._begun = values
        self._tell()
        self._chosen.write(
            choices,
            lambda: self._check_files(values),
            lambda: self._written(values),
            self._not_written,
        )

    # --- internals ---

    def _note(self, settings: ConsoleSettings) -> str:
        if settings.own_problem:
            return settings_words.own_file_unread(settings.own_problem)
        return ""

    def _values(self) -> dict[str, str]:
        stand = self._stand(self._chosen.settings)
        return {name: self._typed.get(name, stand[name]).strip() for name in self.places}

    def _may_go_on(self) -> bool:
        if not self.may_change():
            self._outcome = Outcome(OutcomeKind.BAD, settings_words.not_allowed())
            self._tell()
            return False
        self._problems = self._find_problems(self._values())
        if self._problems:
            self._outcome = Outcome(OutcomeKind.BAD, settings_words.look_at_fields())
            self._tell()
        return not self._problems

    def _finish_trial(
        self, code: str, outcome: Outcome, problems: Mapping[str, str] | None = None
    ) -> None:
        begun, self._begun = self._begun, None
        self._is_busy = False
        if begun is None:
            self._outcome = None
        elif self._is_changed_since(begun):
            self._outcome = Outcome(OutcomeKind.DOUBTFUL, settings_words.changed_meanwhile())
        else:
            self._outcome = outcome
            self._problems.update(problems or {})
        self._tell()
        self.tried.emit(code)

    def _written(self, values: Mapping[str, str]) -> None:
        """Removes the saved input; input entered since saving started remains."""
        is_hers, self._begun = self._begun is not None, None
        self._is_busy = False
        self._typed = {
            name: text for name, text in self._typed.items() if text.strip() != values[name]
        }
        self._outcome = self._what_saving_means() if is_hers and not self._typed else None
        self._tell()
        self.saved.emit()

    def _what_saving_means(self) -> Outcome:
        """Returns the result to show after all input was saved."""
        if self._chosen.needs_restart:
            return Outcome(OutcomeKind.DOUBTFUL, *settings_words.saved_for_restart())
        return Outcome(OutcomeKind.GOOD, settings_words.saved())

    def _not_written(self, code: str) -> None:
        refused = self._refusal(code)
        is_hers, self._begun = self._begun is not None, None
        self._is_busy = False
        if not is_hers:
            self._tell()
            return
        self._outcome = Outcome(OutcomeKind.BAD, refused.text)
        if refused.name:
            self._problems[refused.name] = refused.text
            self._outcome = Outcome(OutcomeKind.BAD, settings_words.look_at_fields())
        self._tell()

    def _tell_changed(self, _settings: ConsoleSettings) -> None:
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.state)


class Asking(Protocol):
    """Page that can request a restart and show why it is refused."""

    @property
    def restart_asked(self) -> SignalInstance: ...

    def refuse_restart(self, why: str) -> None: ...


class Restart(QObject):
    """Handles restart requests of the settings pages; if a restart is refused, the page shows the
    reason.

    A restart is refused during a call, and while a settings page has input, which is not saved
    automatically as other input is.
    """

    def __init__(
        self,
        chosen: ChosenSettings,
        forms: Sequence[SettingsForm],
        others: Sequence[Asking] = (),
        *,
        is_line_free: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        """``others`` are pages that save each choice immediately."""
        super().__init__(parent)
        self._chosen = chosen
        self._forms = tuple(forms)
        self._is_line_free = is_line_free
        for page in (*self._forms, *others):
            page.restart_asked.connect(partial(self._ask, page))

    def _ask(self, form: Asking) -> None:
        states = [one.state for one in self._forms]
        if not self._is_line_free():
            form.refuse_restart(settings_words.call_before_restart())
        elif any(state.is_busy for state in states):
            form.refuse_restart(settings_words.busy_before_restart())
        elif any(state.is_changed for state in states):
            form.refuse_restart(settings_words.typed_before_restart())
        else:
            self._chosen.restart_asked.emit()
