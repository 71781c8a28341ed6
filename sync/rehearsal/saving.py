"""Saves of made-up calls, each told before and after its commit."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from uuid_utils.compat import uuid7

from sync.errors import CountersUsedUp, StoreUnavailable
from sync.register.calls import CallRecord
from sync.rehearsal import made_up
from sync.rehearsal.lines import LineFile
from sync.store.register import RegisterStore
from sync.store.rows import call_row

T = TypeVar("T")

REMEMBERED = 500  # calls that may still be corrected
RETRY_S = 0.5  # a full disk is asked again


@dataclass(frozen=True, slots=True)
class Plan:
    """What to save: ``count`` saves, or without end; ``per_s`` None is as fast as it goes.

    ``edit_share`` of the saves correct a call that was saved before.
    """

    count: int | None
    per_s: float | None
    edit_share: float


@dataclass(slots=True)
class Saved:
    """What was done; ``longest_ms`` is the slowest save, from the order to its commit."""

    calls: int = 0
    edits: int = 0
    longest_ms: float = 0.0
    numbers_used_up: bool = False

    @property
    def saves(self) -> int:
        return self.calls + self.edits


class _Ended(Exception):
    """The end was wished while the disk refused."""


class Saving:
    """Saves calls by a plan until it is fulfilled or ``ended`` is set."""

    def __init__(
        self,
        store: RegisterStore,
        attempts: LineFile | None,
        acked: LineFile | None,
        told: Callable[[str], None],
        ended: threading.Event,
    ) -> None:
        """``told`` hears in a word that the disk refuses, once until it takes something again."""
        self._store = store
        self._attempts = attempts
        self._acked = acked
        self._told = told
        self._ended = ended
        self._is_refused = False
        self._begun = deque(
            card for card in store.drafts() if card.sip_call_id.endswith(made_up.CALL_ID_END)
        )  # of a process that was killed
        self._remembered = deque(store.calls_closed_last(REMEMBERED), REMEMBERED)
        self.saved = Saved()

    def run(self, plan: Plan) -> None:
        """Save; raises StoreError other than a disk that refuses, which is waited for."""
        due_s = time.monotonic()
        try:
            while not self._ended.is_set() and self.saved.saves != plan.count:
                self._save_one(plan.edit_share)
                if plan.per_s is not None:
                    # a disk that was slow for long is not made up for by a flood
                    due_s = max(due_s + 1 / plan.per_s, time.monotonic() - 1)
                    self._ended.wait(max(0.0, due_s - time.monotonic()))
        except CountersUsedUp:
            self.saved.numbers_used_up = True
        except _Ended:
            return

    def _save_one(self, edit_share: float) -> None:
        is_edit = bool(self._remembered) and random.random() < edit_share  # noqa: S311
        if is_edit:
            place = random.randrange(len(self._remembered))  # noqa: S311
            self._remembered.rotate(-place)
            card = made_up.corrected(self._remembered.popleft())
        else:
            card = made_up.finished(self._next_draft(), datetime.now(UTC))
        line = _line(card)
        self._write(self._attempts, line)
        begun_s = time.monotonic()
        stored = self._insist(lambda: self._store.close(card).result())
        self.saved.longest_ms = max(self.saved.longest_ms, (time.monotonic() - begun_s) * 1000)
        if (stored.id, stored.revision) != (card.id, card.revision + 1):
            raise RuntimeError("the store wrote another revision than was told")
        self._write(self._acked, line)
        self._remembered.append(stored)
        if is_edit:
            self.saved.edits += 1
        else:
            self.saved.calls += 1

    def _next_draft(self) -> CallRecord:
        if self._begun:
            return self._begun.popleft()
        call = made_up.ring(uuid7(), datetime.now(UTC))
        return self._insist(lambda: self._store.open_card(call, made_up.OPERATOR).result())

    def _write(self, file: LineFile | None, line: str) -> None:
        if file is not None:
            file.add(line)
            self._insist(file.flush)

    def _insist(self, action: Callable[[], T]) -> T:
        """What the action gives, tried again while the disk refuses; _Ended when that is over."""
        while True:
            try:
                done = action()
            except (StoreUnavailable, OSError) as error:
                self._tell_refused(error)
                if self._ended.wait(RETRY_S):
                    raise _Ended from None
            else:
                self._is_refused = False
                return done

    def _tell_refused(self, error: StoreUnavailable | OSError) -> None:
        if not self._is_refused:
            self._is_refused = True
            self._told(error.code if isinstance(error, StoreUnavailable) else type(error).__name__)


def _line(card: CallRecord) -> str:
    """The save that is about to be made, as it must stand in ``rehearsal_calls``."""
    row = call_row(card)
    fields = [row["number"], row["content"], row["result"], row["phone"]]
    # ASCII alone, so that no reader takes a separator within a text for the end of a line
    return json.dumps({"id": str(card.id), "fields": fields, "rev": card.revision + 1})
