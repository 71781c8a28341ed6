"""Text checks of the message form, and entered reasons why a finding is not personal data.

The presenter is GUI thread only. Text is checked on the thread of ``TextReader``, after a typing
pause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import regulation_words
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.view_data import Mark
from console.shared.texts import finding_words
from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable
from sync.register.checks.check import must_be_non_public
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.messages import MessageProblem, Publicity, place_start
from sync.register.people.operators import Operator


class ClearingReasons(QObject):
    """Unsaved reasons by operator and message, until used, discarded or submitted
    (`KeepingPage`).
    """

    typed = Signal()  # a reason may have changed
    found = Signal()  # reasons of the signed-in operator may have changed

    def __init__(self, *, operator: Callable[[], Operator], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operator = operator
        self._of: dict[UUID, dict[str, str]] = {}

    def of(self, message: str) -> str:
        """Reason entered by the signed-in operator for this message; empty if there is none."""
        return self._of.get(self._operator().id, {}).get(message, "")

    def put(self, message: str, text: str) -> None:
        """Sets the reason; an empty text removes it."""
        own = self._of.setdefault(self._operator().id, {})
        own.pop(message, None)
        if text.strip():
            own[message] = text
        self.typed.emit()

    def forget(self, message: str) -> None:
        """Removes the reasons of all operators for a message that was submitted or cleared."""
        for own in self._of.values():
            if own.pop(message, ""):
                self.typed.emit()

    def signed_in(self) -> None:
        """Shows the reasons of the newly signed-in operator (`KeepingPage`)."""
        self.found.emit()

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the unsaved reasons (`KeepingPage`)."""
        return {
            FormPlace(KeptForm.CLEARING, message): Typed({"reason": text})
            for message, text in self._of.get(operator_id, {}).items()
        }

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores reasons of a previous session where there is no newer input (`KeepingPage`)."""
        left = {kept.place.subject: str(kept.typed.words["reason"]) for kept in found}
        self._of[operator_id] = left | self._of.get(operator_id, {})
        self.found.emit()


PAUSE_MS = 150  # typing pause before a check
_WORDING = frozenset({FindingKind.OBSCENE, FindingKind.INSULT, FindingKind.THREAT})
_FIELDS = {
    MessageProblem.TEXT_MISSING: "text",
    MessageProblem.PLACE_MISSING: "place",
    MessageProblem.DATE_MISSING: "when",
    MessageProblem.TIME_MISSING: "when",
    MessageProblem.CATEGORY_MISSING: "category",
}


class TextChecks(Protocol):
    """Text checks on another thread."""

    def check_message(self, text: str, place: str) -> Future[tuple[Finding, ...]]: ...


class PreparedChecks(TextChecks, Protocol):
    """Text checks that can be loaded in advance."""

    def prepare(self) -> None: ...


@dataclass(frozen=True, slots=True)
class CheckedMessage:
    """Content of the form; `missing` is the information required by clauses 6.1 and 5.3."""

    key: str
    text: str
    place: str
    publicity: Publicity
    missing: tuple[MessageProblem, ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Row of the list: finding, location, and question to the caller.

    `field` is "text", "place", "when", "category" or "publicity"; `start` and `end` are character
    offsets in it, both 0 for the whole field. `mark` is the number of its mark; `action` is a
    shortcut and its effect.
    """

    icon: str
    role: str
    title: str
    paragraph: str
    evidence: str
    ask: str
    field: str
    start: int = 0
    end: int = 0
    mark: int | None = None
    action: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ChecksState:
    """View state of the checks; `emergency` is heading and text of the banner."""

    summary: tuple[str, str, str] = ("", "", "neutral")
    emergency: tuple[str, str] | None = None
    rows: tuple[CheckRow, ...] = ()
    marks: tuple[Mark, ...] = ()
    passed: tuple[tuple[str, str], ...] = ()
    publicity_note: str = ""
    may_clear: bool = False
    trouble: str = ""
    clearing: str = ""


@dataclass(frozen=True, slots=True)
class _Cleared:
    """Texts confirmed as no personal data, with the reason; None until the first check of a
    restored draft.
    """

    texts: frozenset[str] | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    place: str
    findings: tuple[Finding, ...]


class MessageChecksPresenter(QObject):
    """Checks the message form; the text is checked on another thread in each typing pause."""

    changed = Signal(object)  # ChecksState

    def __init__(
        self,
        reader: PreparedChecks,
        deliveries: Deliveries,
        milestones: Milestones,
        clearing: ClearingReasons,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.clearing = clearing
        clearing.found.connect(self._show)
        self._reader = reader
        self._deliveries = deliveries
        self._milestones = milestones
        self._message: CheckedMessage | None = None
        self._read = _Read("", "", ())
        self._fails = False
        self._cleared: dict[str, _Cleared] = {}
        self._go_on: Callable[[], None] | None = None
        self._state = ChecksState()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)

    @property
    def state(self) -> ChecksState:
        return self._state

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Latest findings; offsets after the end of the text refer to the place."""
        return self._read.findings

    @property
    def further_question(self) -> tuple[int, int] | None:
        """Range of a second question in the text, if found (clause 6.3)."""
        several = FindingKind.SEVERAL_QUESTIONS
        found = next((each for each in self._read.findings if each.kind is several), None)
        return None if found is None or not self._is_read() else (found.start, found.end)

    @property
    def confidential(self) -> tuple[Finding, ...]:
        """Findings that make the message non-public, except those cleared by an operator (clause
        6.12).
        """
        return tuple(
            each
            for each in self._read.findings
            if must_be_non_public((each,)) and each.text not in self._cleared_texts()
        )

    @property
    def is_unread(self) -> bool:
        """Whether the check failed, so the findings are unknown."""
        return self._fails

    @property
    def keeps_from_others(self) -> bool:
        """Whether the message cannot be public, including after a failed check."""
        return self._fails or bool(self.confidential)

    def prepare(self) -> None:
        """Loads the rules before a call.

        Loading uses half a second of CPU on another thread and would slow down typing.
        """
        self._reader.prepare()

    def follow(self, message: CheckedMessage) -> None:
        """Shows the known findings of the message; changes are checked in the typing pause."""
        before, self._message = self._message, message
        if before == message:
            return
        if before is None or before.key != message.key:
            self._go_on = None
            self._read, self._fails = _Read("", "", ()), False
            self._look()
        elif not self._is_read():
            self._pause.start()
        self._show()

    def when_read(self, go_on: Callable[[], None]) -> None:
        """Calls `go_on` once the findings match the form; immediately if they already do."""
        if self._fails or self._is_read():
            go_on()
            return
        self._go_on = go_on
        self._look()

    def clear(self, reason: str) -> None:
        """Confirms for a reason that the findings are no personal data (clause 6.12)."""
        message, reason = self._message, reason.strip()
        if message is not None and reason and self.confidential:
            texts = frozenset(each.text for each in self.confidential) | self._cleared_texts()
            self._cleared[message.key] = _Cleared(texts, reason)
            self.clearing.forget(message.key)
            self._show()

    def set_clearing(self, text: str) -> None:
        """Sets the unsaved reason."""
        if self._message is not None:
            self.clearing.put(self._message.key, text)

    def restore(self, key: str, reason: str) -> None:
        """Restores the reason of a saved draft; it applies to the findings in its current text."""
        self._cleared[key] = _Cleared(None, reason)

    def unclear(self) -> None:
        """Reverts the confirmation."""
        if self._message is not None and self._cleared.pop(self._message.key, None) is not None:
            self._show()

    def read_again(self) -> None:
        """Checks the form again after the rules have changed."""
        self._look()

    # --- checks ---

    def _cleared_texts(self) -> frozenset[str]:
        cleared = None if self._message is None else self._cleared.get(self._message.key)
        return frozenset() if cleared is None else cleared.texts or frozenset()

    def _is_read(self) -> bool:
        message = self._message
        return message is None or (self._read.text, self._read.place) == (
            message.text,
            message.place,
        )

    def _look(self) -> None:
        self._pause.stop()
        message = self._message
        if message is None:
            return
        if not message.text.strip() and not message.place.strip():
            self.clearing.forget(message.key)
            self._took(message, ())
            return
        self._deliveries.deliver(
            self._reader.check_message(message.text, message.place),
            lambda found: self._took(message, found),
            self._not_read,
            (DirectoryError, OfficialsUnreadable),
        )

    def _took(self, message: CheckedMessage, found: tuple[Finding, ...]) -> None:
        now = self._message
        if now is None or (now.key, now.text, now.place) != (
            message.key,
            message.text,
            message.place,
        ):
            return
        self._read, self._fails = _Read(message.text, message.place, found), False
        cleared = self._cleared.get(message.key)
        if cleared is not None and cleared.texts is None:
            texts = frozenset(each.text for each in found if must_be_non_public((each,)))
            self._cleared[message.key] = _Cleared(texts, cleared.reason)
        self._show()
        # Only kinds are logged, never the text of a message.
        kinds = " ".join(sorted({each.kind.value for each in found}))
        self._milestones.note(Milestone.MESSAGE_CHECKED, kinds=kinds)
        self._continue()

    def _not_read(self, _error: Exception) -> None:
        self._fails = True
        self._show()
        self._continue()

    def _continue(self) -> None:
        go_on, self._go_on = self._go_on, None
        if go_on is not None:
            go_on()

    # --- view state ---

    def _show(self) -> None:
        message = self._message
        if message is None:
            return
        marks: list[Mark] = []
        rows = [self._row(each, number, marks) for number, each in enumerate(self._shown(), 1)]
        # In the order of the form, which is that of the conversation.
        asked = [_ask_row(problem) for problem in _FIELDS if problem in message.missing]
        if message.publicity is Publicity.NOT_STATED:
            asked.append(_publicity_row())
        emergency = next((e for e in self._read.findings if e.kind is FindingKind.EMERGENCY), None)
        note, may_clear = self._publicity_note(message)
        self._state = ChecksState(
            summary=finding_words.summary(len(message.missing), len(rows)),
            emergency=None if emergency is None else finding_words.emergency(emergency),
            rows=(*rows, *asked),
            marks=tuple(marks),
            passed=self._passed(message),
            publicity_note=note,
            may_clear=may_clear,
            clearing=self.clearing.of(message.key) if may_clear else "",
            trouble=finding_words.unread() if self._fails else "",
        )
        self.changed.emit(self._state)

    def _shown(self) -> tuple[Finding, ...]:
        """Returns the findings, emergencies first, without those that repeat a missing field."""
        message = self._message
        is_placeless = message is not None and MessageProblem.PLACE_MISSING in message.missing
        found = (
            each
            for each in self._read.findings
            if not (each.kind is FindingKind.NO_PLACE and is_placeless)
            and not (must_be_non_public((each,)) and each.text in self._cleared_texts())
        )
        return tuple(sorted(found, key=lambda each: each.kind is not FindingKind.EMERGENCY))

    def _row(self, found: Finding, number: int, marks: list[Mark]) -> CheckRow:
        length = len(self._read.text)
        icon, role = finding_words.look(found)
        field, start, end = "text", found.start, min(found.end, length)
        if found.start > length:
            before = place_start(self._read.text)
            field, start, end = "place", found.start - before, found.end - before
        elif found.kind is FindingKind.NO_PLACE:
            field, start, end = "place", 0, 0
        mark, look = None, finding_words.mark(found)
        if field == "text" and look and start < end:
            mark = len(marks)
            marks.append(Mark(start, end, look, number))
        return CheckRow(
            icon=icon,
            role=role,
            title=finding_words.title(found),
            paragraph=regulation_words.mark(found.paragraph),
            evidence=finding_words.evidence(_within(found, length)),
            ask=finding_words.question(found),
            field=field,
            start=start,
            end=end,
            mark=mark,
            action=finding_words.action(found),
        )

    def _publicity_note(self, message: CheckedMessage) -> tuple[str, bool]:
        if message.publicity is not Publicity.PUBLIC:
            return "", False
        if self.confidential:
            return finding_words.stays_non_public(), True
        cleared = self._cleared.get(message.key)
        return ("" if cleared is None else finding_words.cleared(cleared.reason)), False

    def _passed(self, message: CheckedMessage) -> tuple[tuple[str, str], ...]:
        """Returns the passed checks, once there is text."""
        if not self._read.text.strip():
            return ()
        kinds = {each.kind for each in self._read.findings}
        # Mild words do not violate clause 6.3.
        coarse = any(e.kind in _WORDING and e.level is not Level.C for e in self._read.findings)
        when = {MessageProblem.DATE_MISSING, MessageProblem.TIME_MISSING}
        missing = set(message.missing)
        in_order = (
            ("place", "6.1", not missing & {MessageProblem.PLACE_MISSING}
             and FindingKind.NO_PLACE not in kinds),
            ("time", "6.1", not missing & when),
            ("language", "6.3", FindingKind.NOT_RUSSIAN not in kinds),
            ("wording", "6.3", not coarse),
            ("one_question", "6.3", FindingKind.SEVERAL_QUESTIONS not in kinds),
            ("personal", "6.12", FindingKind.PERSONAL_DATA not in kinds),
        )  # fmt: skip
        texts = finding_words.passed()
        return tuple(
            (texts[code], regulation_words.mark(paragraph))
            for code, paragraph, holds in in_order
            if holds
        )


def _within(found: Finding, length: int) -> Finding:
    """Returns the finding without the part after the end of the text."""
    if found.start >= length or found.end <= length:
        return found
    return replace(found, end=length, text=found.text[: length - found.start])


def _ask_row(problem: MessageProblem) -> CheckRow:
    title, ask = finding_words.ask_for(problem)
    paragraph = "5.3" if problem is MessageProblem.CATEGORY_MISSING else "6.1"
    return CheckRow(
        icon="question-fill",
        role="accent",
        title=title,
        paragraph=regulation_words.mark(paragraph),
        evidence="",
        ask=ask,
        field=_FIELDS[problem],
    )


def _publicity_row() -> CheckRow:
    title, ask = finding_words.ask_publicity()
    return CheckRow(
        icon="question-fill",
        role="accent",
        title=title,
        paragraph=regulation_words.mark("6.8"),
        evidence="",
        ask=ask,
        field="publicity",
    )
