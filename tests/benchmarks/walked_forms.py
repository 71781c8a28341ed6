"""Unsent input of forms: on the pages as reported by the window, and in the register."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import select

from sync.records.replicated_tables import message
from sync.records.workplace_tables import kept_words
from sync.register.handling.form_drafts import WANTED_IN, KeptForm, texts_of
from sync.store.local.keys import open_key
from sync.store.local.reading import RegisterReading
from tests.fakes.console_stage import ConsoleStage

Place = tuple[str, str, int]
Words = Mapping[str, Any]
Forms = dict[Place, Words]
WORD: Final = "слово"
FOUND_WITHIN_S: Final = 10.0
FIELDS: Final = frozenset({"_ReasonField", "TextField", "LineField", "PlaceField", "MomentField"})
DRAFTS: Final = frozenset({"CallCard", "MessageForm"})
FORMS: Final = frozenset(
    {"AnswerForm", "ConfidentialStrip", "DecisionPanel", "RefusePane", "AskPane",
     "PlannedCallsPage", "IncidentsPage", "FormSide", "FileSide", "HandoverPage"}
)  # fmt: skip
PAGES: Final = {
    "planned_call": ("shift+F11", "PlannedCallsPage"),
    "handover": ("ctrl+h", "HandoverPage"),
    "calendar": ("alt+k", "CalendarPage"),
}
"""Shortcut and page class of each form with a separate page."""


def is_kept(shown: Mapping[str, Any]) -> bool:
    """Whether the current input is saved while typing."""
    focus: str = shown.get("focus", "")
    field, *around = focus.split(" < ")
    name = field.partition("(")[0]
    if not shown.get("takes_text"):
        return False
    if not DRAFTS.isdisjoint(around):
        return name in ("TextField", "_ReasonField")  # a line of the card is parsed first
    return name in FIELDS and not FORMS.isdisjoint(around)


class WalkedForms:
    """The forms of one workplace; ``fresh`` is the view state of its window after all input."""

    def __init__(self, desk: ConsoleStage, fresh: Callable[[], Mapping[str, Any]]) -> None:
        self._desk = desk
        self._fresh = fresh
        self.found = 0  # forms that were restored after a restart

    def texts(self) -> Iterator[str]:
        """Yields all texts of the forms that the register contains."""
        for words in self._on_disk()[0].values():
            yield from texts_of(words)

    def left(self) -> Forms:
        """Returns the input that the next start must restore."""
        kept, over = self._on_disk()
        return {place: words for place, words in kept.items() if place not in over}

    def lost(self, left: Forms) -> Iterator[str]:
        """Yields input that a restart has not restored; each of its pages is opened."""
        until_s = time.monotonic() + FOUND_WITHIN_S
        while (told := self._fresh()).get("page") != "DeskPage" or _typed_of(told) != left:
            if time.monotonic() > until_s:
                yield f"left by the start before: {left}, found: {_typed_of(told)}"
                return
            time.sleep(0.1)
        self.found += len(left)
        for form, (key, page) in PAGES.items():
            words = next((words for place, words in left.items() if place[0] == form), None)
            if words is not None:
                self._desk.press(key)
                yield from self._unseen(page, words)

    def _unseen(self, page: str, words: Words) -> Iterator[str]:
        """Yields words missing from their page; a call or a menu may have covered it."""
        until_s = time.monotonic() + FOUND_WITHIN_S
        while (told := self._fresh()).get("middle") != page or _missing(told, words):
            if told.get("over") or told.get("offered"):
                return
            if time.monotonic() > until_s:
                yield f"not in the fields of {told.get('middle')}: {_missing(told, words)}"
                return
            time.sleep(0.1)

    def faults(self) -> Iterator[str]:
        """Yields differences between pages and register; none before restored input is loaded."""
        told = self._fresh()
        if not told.get("is_read"):
            yield "what an earlier start has left is not read"
            return
        typed = _typed_of(told)
        kept, over = self._on_disk()
        for place in typed.keys() | (kept.keys() - over):
            if place not in kept:
                yield f"{place} stands in its form and not on the disk"
            elif place not in typed:
                yield f"{place} is on the disk and not in its form: {kept[place]}"
            elif typed[place] != kept[place]:
                yield f"{place} reads {typed[place]} and on the disk {kept[place]}"

    def _on_disk(self) -> tuple[Forms, frozenset[Place]]:
        """Returns the stored input, and the part that is obsolete because its message is closed."""
        file = self._desk.register_file
        reading = RegisterReading.open_for_reading(file, open_key(file))
        try:
            rows = reading.read(lambda c: c.execute(select(kept_words)).mappings().all())
            states = reading.read(lambda c: c.execute(select(message.c.id, message.c.state)).all())
        finally:
            reading.close_reading()
        state_of = {str(id): state for id, state in states}
        kept = {(row["form"], row["subject"], row["part"]): row["words"] for row in rows}
        over = {
            place
            for place in kept
            if (wanted := WANTED_IN.get(KeptForm(place[0]))) is not None
            and state_of.get(place[1], min(wanted)) not in wanted
        }
        return kept, frozenset(over)


def _typed_of(told: Mapping[str, Any]) -> Forms:
    """Unsent input of the signed-in operator on the pages."""
    return {(form, subject, part): words for form, subject, part, words in told.get("typed", ())}


def _missing(told: Mapping[str, Any], words: Words) -> list[str]:
    """Returns the generated words missing from the fields; selections are in no field."""
    fields = " ".join(told.get("fields", ()))
    return [text for text in texts_of(words) if text.startswith(WORD) and text not in fields]
