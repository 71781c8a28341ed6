"""Timing log: one JSON line per step of a call, to measure the time from ring to record.

It contains no caller data; a call is identified by a digest of its Call-ID.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TextIO

FILE_BYTES = 10_000_000


class Milestone(StrEnum):
    """Steps of a call from ring to saved record, and events of the phone's readiness."""

    STARTED = "started"
    PHONE_CONNECTED = "phone_connected"
    SEARCHED = "t_search"
    ENTRY_OPENED = "t_entry_opened"
    EDIT_UNSENT = "t_edit_unsent"
    EDIT_OVERTAKEN = "t_edit_overtaken"
    DOCUMENT_OPENED = "t_document_opened"
    OFFERED = "t_offer"
    DIALLED = "t_dial"
    ANSWERED = "t_answer"
    HELD = "t_held"
    RESUMED = "t_resumed"
    TRANSFER_FAILED = "t_transfer_failed"
    CALL_NOT_DONE = "call_not_done"
    FIRST_KEY = "t_first_key"
    HIT_ACCEPTED = "t_hit_accepted"
    PERSONS_FOUND = "t_persons_found"
    MESSAGE_CHECKED = "t_message_checked"
    MESSAGE_NEAR = "t_message_near"
    CALL_HINT = "t_call_hint"
    SCRIPT_STEP = "t_script_step"
    PHRASE_INSERTED = "t_phrase_inserted"
    PHRASES_SHOWN = "t_phrases_shown"
    SLIP_MENDED = "t_slip_mended"
    NEAR_PHOTOS = "t_near_photos"
    CALL_TIED = "t_call_tied"
    MESSAGE_REGISTERED = "t_message_registered"
    ENDED = "t_hangup"
    SAVED = "t_saved"
    INCIDENTS_READ = "t_incidents_read"
    SAVE_UNDONE = "t_save_undone"
    REPORT_SHOWN = "t_report_shown"
    NUMBER_OPENED = "t_number_opened"
    PROPOSAL_BEGUN = "t_proposal_begun"
    REPORT_WRITTEN = "t_report_written"
    FILE_READ = "t_file_read"
    FILE_LOADED = "t_file_loaded"
    LOAD_UNDONE = "t_load_undone"
    WORDS_SUGGESTED = "t_words_suggested"
    PERSONAL_DATA_TOLD = "t_personal_data_told"
    PHOTO_ATTACHED = "t_photo_attached"
    PHOTO_REFUSED = "t_photo_refused"
    PHOTO_SHOWN = "t_photo_shown"
    TERMS_LOOKED_AT = "t_terms_looked_at"
    CITY_CHANGED = "t_city_changed"
    REVIEW_OPENED = "t_review_opened"
    REVIEW_CHECKED = "t_review_checked"
    SIMILAR_FOUND = "t_similar_found"
    MESSAGE_HANDED_IN = "t_message_handed_in"
    DECIDED = "t_decided"
    DAY_READ = "t_day_read"
    ANSWERS_READ = "t_answers_read"
    UNANSWERED_READ = "t_unanswered_read"
    LOOKED_UP = "t_looked_up"
    DECISION_UNDONE = "t_decision_undone"
    PHONE_LOST = "phone_lost"
    REGISTERED = "registered"
    REGISTRATION_LOST = "registration_lost"
    PRESENCE_TOLD = "presence_told"
    PHONE_CHECKED = "phone_checked"
    SHIFT_CHECKED = "shift_checked"
    SETTINGS_TRIED = "settings_tried"
    SETTINGS_SAVED = "settings_saved"
    DEVICES_SEEN = "devices_seen"
    SOUND_CHANGED = "sound_changed"
    HEADSET_SEEN = "headset_seen"
    HEADSET_PRESSED = "headset_pressed"
    GLOBAL_KEYS = "global_keys"
    KEY_REFUSED = "key_refused"
    FOOT_COVERED = "foot_covered"
    SHEET_SHOWN = "sheet_shown"
    SHEET_WAITS = "sheet_waits"
    SHIFT_LEFT = "shift_left"
    SHIFT_ACCEPTED = "shift_accepted"
    PARAGRAPHS_SHOWN = "paragraphs_shown"
    DIAGNOSTICS_WRITTEN = "diagnostics_written"
    STATE_CHANGED = "state_changed"
    LOOK_CHANGED = "look_changed"
    ALARM_SOUNDED = "alarm_sounded"
    REMINDER_SOUNDED = "reminder_sounded"


def former_file(file: Path) -> Path:
    """Returns the path of the previous, rotated timing log."""
    return file.with_name(f"{file.name}.1")


class Milestones:
    """Timing log: appends events to a file and flushes after each line.

    At ``most_bytes`` the file is rotated; the previous rotated file is overwritten.
    """

    def __init__(
        self, file: Path, clock: Callable[[], datetime], *, most_bytes: int = FILE_BYTES
    ) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        self._most_bytes = most_bytes
        self._stream = self._opened()
        self._clock = clock
        self._typed: set[str] = set()

    def note(self, milestone: Milestone, sip_call_id: str = "", **details: str | int) -> None:
        """Writes one step with its time and details; a call is identified by a digest of its
        Call-ID.
        """
        line = {
            "at": self._clock().isoformat(),
            "step": milestone.value,
            "call": sha256(sip_call_id.encode()).hexdigest()[:12] if sip_call_id else "",
            **details,
        }
        written = json.dumps(line, ensure_ascii=False) + "\n"
        self._stream.write(written)
        self._bytes += len(written.encode())
        if self._bytes >= self._most_bytes:
            self._begin_file()

    def _opened(self) -> TextIO:
        stream = self._file.open("a", encoding="utf-8", buffering=1)
        self._bytes = self._file.stat().st_size
        return stream

    def _begin_file(self) -> None:
        self._stream.close()
        # On Windows a file that is open in another process cannot be renamed; the current file then
        # continues to grow.
        with suppress(OSError):
            self._file.replace(former_file(self._file))
        self._stream = self._opened()

    def note_first_key(self, sip_call_id: str) -> None:
        """Writes the operator's first keystroke in a call card, once per call."""
        if sip_call_id not in self._typed:
            self._typed.add(sip_call_id)
            self.note(Milestone.FIRST_KEY, sip_call_id)

    def close(self) -> None:
        self._stream.close()
