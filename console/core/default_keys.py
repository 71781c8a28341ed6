"""Default keyboard shortcuts: every key with its default chord and the scopes where it works.

A letter means a position on a Latin keyboard and works under a Russian layout too. Chords of Ctrl
with an F-key are left to the KDE and Xfce desktops.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Context in which a keyboard shortcut works. DESK shortcuts work on every page, so no page may
    reuse their chords.
    """

    DESK = "desk"
    CARD = "card"  # the call card, including its search
    MESSAGE = "message"
    EDITOR = "editor"
    FILES = "files"
    ANSWERS = "answers"
    LOOK_UP = "look-up"
    QUEUE = "queue"
    REVIEW = "review"
    REPORT = "report"
    CALL_REGISTER = "call-register"
    CALENDAR = "calendar"
    SETTINGS = "settings"
    INCIDENTS = "incidents"
    PLANNED = "planned"
    HANDOVER = "handover"
    FIELD = "field"  # any spell-checked field on any page


class Key(StrEnum):
    """Function that can be operated by a keyboard shortcut; the key map assigns its chord."""

    # calls
    ANSWER = "answer"
    SWITCH = "switch"
    HOLD = "hold"
    MUTE = "mute"
    TRANSFER = "transfer"
    JOIN = "join"
    HANG_UP = "hang-up"
    ANSWER_ANYWHERE = "answer-anywhere"
    MUTE_ANYWHERE = "mute-anywhere"
    HANG_UP_ANYWHERE = "hang-up-anywhere"
    KEYPAD = "keypad"
    PAUSE_RECORDING = "pause-recording"
    CALL = "call"
    DIAL = "dial"
    STATE = "state"
    MISSED = "missed"
    CALL_BACKS = "call-backs"
    PLANNED = "planned"
    DRAFTS = "drafts"
    CALL_REGISTER = "call-register"
    SORT_CALLS = "sort-calls"
    CALLS_XLSX = "calls-xlsx"
    HANDOVER = "handover"
    TRAINING = "training"
    # the call card
    SEARCH = "search"
    DOCUMENT = "document"
    RESULT_ANSWERED = "result-answered"
    RESULT_CONTACTS = "result-contacts"
    MAKE_MESSAGE = "make-message"
    HAND_IN = "hand-in"
    RESULT_TECHNICAL = "result-technical"
    FORMAL_APPEAL = "formal-appeal"
    NOT_GIVEN = "not-given"
    PUT_ASIDE = "put-aside"
    SAVE = "save"
    SAVE_AND_READY = "save-and-ready"
    SCRIPT_DONE = "script-done"
    SCRIPT_NO = "script-no"
    SCRIPT_BACK = "script-back"
    SCRIPT_FOLD = "script-fold"
    CANNED_TEXT = "canned-text"
    TAKE_OFFER = "take-offer"
    WHO_CALLS = "who-calls"
    CONCERNED = "concerned"
    NEW_RECORD = "new-record"
    FURTHER_QUESTION = "further-question"
    INCIDENT_TOLD = "incident-told"
    INCIDENTS = "incidents"
    NEXT_INCIDENT = "next-incident"
    END_INCIDENT = "end-incident"
    THEIR_TEXT = "their-text"
    # the message form
    NEXT_FINDING = "next-finding"
    LINK = "link"
    SPLIT = "split"
    NO_PERSONAL_DATA = "no-personal-data"
    ATTACH = "attach"
    PHOTOS = "photos"
    PASTE_PHOTO = "paste-photo"
    # the directory
    EDIT_DIRECTORY = "edit-directory"
    NEW = "new"
    FIND_ENTRY = "find-entry"
    CHECKED_TODAY = "checked-today"
    CLOSE_ENTRY = "close-entry"
    DROP_CHANGES = "drop-changes"
    MOVE_CHANGES = "move-changes"
    QUESTION_OF_ANSWER = "question-of-answer"
    UNANSWERED = "unanswered"
    MAKE_SYNONYM = "make-synonym"
    SYNONYMS = "synonyms"
    STALE = "stale"
    EXPORT = "export"
    PROPOSALS = "proposals"
    NEW_PROPOSAL = "new-proposal"
    FILES = "files"
    RESTORE = "restore"
    SAMPLE_TABLE = "sample-table"
    CHOOSE_FILE = "choose-file"
    SAVE_FAULTS = "save-faults"
    LOAD_GOOD_ROWS = "load-good-rows"
    UNDO_LOAD = "undo-load"
    STOP_LOADING = "stop-loading"
    # answers and deadlines
    LOOK_UP = "look-up"
    ANSWERS = "answers"
    SEND_ANSWER = "send-answer"
    RETURN_ANSWER = "return-answer"
    ROUTE = "route"
    RATE = "rate"
    REWORK = "rework"
    FORWARD = "forward"
    PUBLISH = "publish"
    WITHHOLD = "withhold"
    CLOSE_MESSAGE = "close-message"
    HISTORY = "history"
    TO_ANSWERS = "to-answers"
    # the review
    REVIEW = "review"
    RELEASE = "release"
    # the main window
    REPORT = "report"
    PRINT = "print"
    REPORT_XLSX = "report-xlsx"
    REPORT_CALLS = "report-calls"
    REPORT_MESSAGES = "report-messages"
    REPORT_CATEGORIES = "report-categories"
    REPORT_ORGANS = "report-organs"
    REPORT_OPERATORS = "report-operators"
    REPORT_SCOPE = "report-scope"
    PROPOSE_CATEGORY = "propose-category"
    EARLIER = "earlier"
    LATER = "later"
    CALENDAR = "calendar"
    CALENDAR_FILE = "calendar-file"
    CALENDAR_RULES = "calendar-rules"
    CALENDAR_LINE = "calendar-line"
    CHECK = "check"
    SETTINGS = "settings"
    TRY_SETTINGS = "try-settings"
    ALARM_HEARD = "alarm-heard"
    REGISTER_AGAIN = "register-again"
    LOCK = "lock"
    NEXT_MISSPELLED = "next-misspelled"
    SIMILAR_WORDS = "similar-words"
    DIAGNOSTICS = "diagnostics"
    MEND_TYPING = "mend-typing"
    THEME = "theme"
    OWN_DESK = "own-desk"
    PARAGRAPHS = "paragraphs"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Default:
    """Default chord of a shortcut in Qt notation («Ctrl+Enter» covers both Enter keys), and the
    scopes where it works.
    """

    chord: str
    scopes: frozenset[Scope]


def _of(chord: str, *scopes: Scope) -> Default:
    return Default(chord, frozenset(scopes or (Scope.DESK,)))


_PAPERS = frozenset({Scope.REPORT, Scope.HANDOVER})

DEFAULTS: dict[Key, Default] = {
    Key.ANSWER: _of("F2"),
    Key.SWITCH: _of("Shift+F9"),
    Key.HOLD: _of("F3"),
    Key.MUTE: _of("F6"),
    Key.TRANSFER: _of("F7"),
    Key.JOIN: _of("Ctrl+J"),
    Key.HANG_UP: _of("F8"),
    Key.ANSWER_ANYWHERE: _of("Ctrl+Shift+F2"),
    Key.MUTE_ANYWHERE: _of("Ctrl+Shift+F6"),
    Key.HANG_UP_ANYWHERE: _of("Ctrl+Shift+F8"),
    Key.KEYPAD: _of("Shift+F6"),
    Key.PAUSE_RECORDING: _of("Shift+F3"),
    Key.CALL: _of("Shift+F2"),
    Key.DIAL: _of("Shift+F4"),
    Key.STATE: _of("F9"),
    Key.MISSED: _of("Ctrl+M"),
    Key.CALL_BACKS: _of("F11"),
    Key.PLANNED: _of("Shift+F11"),
    Key.DRAFTS: _of("Ctrl+Shift+D"),
    Key.CALL_REGISTER: _of("Ctrl+Shift+R"),
    Key.SORT_CALLS: _of("Alt+O", Scope.CALL_REGISTER),
    Key.CALLS_XLSX: _of("Alt+W", Scope.CALL_REGISTER),
    Key.HANDOVER: _of("Ctrl+H"),
    Key.TRAINING: _of("Ctrl+T"),
    Key.SEARCH: _of("F5"),
    Key.DOCUMENT: _of("Alt+D"),
    Key.RESULT_ANSWERED: _of("Ctrl+1"),
    Key.RESULT_CONTACTS: _of("Ctrl+2"),
    Key.MAKE_MESSAGE: _of("Ctrl+3"),
    Key.HAND_IN: _of("Alt+Enter"),
    Key.RESULT_TECHNICAL: _of("Ctrl+0"),
    Key.FORMAL_APPEAL: _of("Ctrl+9"),
    Key.NOT_GIVEN: _of("Ctrl+E"),
    Key.PUT_ASIDE: _of("Ctrl+D"),
    Key.SAVE: _of("Ctrl+Enter"),
    Key.SAVE_AND_READY: _of("Ctrl+Shift+Enter"),
    Key.SCRIPT_DONE: _of("Ctrl+7"),
    Key.SCRIPT_NO: _of("Ctrl+8"),
    Key.SCRIPT_BACK: _of("Ctrl+6"),
    Key.SCRIPT_FOLD: _of("Ctrl+4"),
    Key.CANNED_TEXT: _of("Ctrl+Space"),
    Key.TAKE_OFFER: _of("Alt+J"),
    # Pages that can print use this chord for printing.
    Key.WHO_CALLS: _of("Ctrl+P", *(set(Scope) - {Scope.DESK, Scope.FIELD} - _PAPERS)),
    Key.CONCERNED: _of("Ctrl+Shift+P"),
    Key.NEW_RECORD: _of("Ctrl+N"),
    Key.FURTHER_QUESTION: _of("Ctrl+Shift+N"),
    Key.INCIDENT_TOLD: _of("Ctrl+I"),
    Key.INCIDENTS: _of("Ctrl+Shift+I"),
    Key.NEXT_INCIDENT: _of("Ctrl+U"),
    Key.END_INCIDENT: _of("Alt+E", Scope.INCIDENTS),
    Key.THEIR_TEXT: _of("Alt+R", Scope.INCIDENTS, Scope.REVIEW),
    Key.NEXT_FINDING: _of("Shift+F7"),
    Key.LINK: _of("Alt+L"),
    Key.SPLIT: _of("Alt+S", Scope.MESSAGE),
    Key.NO_PERSONAL_DATA: _of("Alt+N", Scope.MESSAGE),
    Key.ATTACH: _of("Alt+A", Scope.MESSAGE, Scope.EDITOR, Scope.ANSWERS),
    Key.PHOTOS: _of("Alt+F", Scope.MESSAGE, Scope.REVIEW),
    Key.PASTE_PHOTO: _of("Ctrl+Shift+V", Scope.MESSAGE),
    Key.EDIT_DIRECTORY: _of("Shift+F5"),
    Key.NEW: _of("Ins", Scope.EDITOR, Scope.ANSWERS, Scope.QUEUE, Scope.INCIDENTS, Scope.PLANNED),
    Key.FIND_ENTRY: _of("Ctrl+F", Scope.EDITOR),
    Key.CHECKED_TODAY: _of("Ctrl+K", Scope.EDITOR),
    Key.CLOSE_ENTRY: _of("Alt+X", Scope.EDITOR),
    Key.DROP_CHANGES: _of("Alt+Z", Scope.EDITOR),
    Key.MOVE_CHANGES: _of("Alt+M", Scope.EDITOR),
    Key.QUESTION_OF_ANSWER: _of("Alt+Q"),
    Key.UNANSWERED: _of("Alt+U", Scope.EDITOR),
    Key.MAKE_SYNONYM: _of("Alt+Y", Scope.EDITOR),
    Key.SYNONYMS: _of("Alt+S", Scope.EDITOR),
    Key.STALE: _of("Alt+O", Scope.EDITOR),
    Key.EXPORT: _of("Alt+W", Scope.EDITOR),
    Key.PROPOSALS: _of("Alt+P", Scope.EDITOR),
    Key.NEW_PROPOSAL: _of("Alt+N", Scope.EDITOR),
    Key.FILES: _of("Alt+I", Scope.EDITOR, Scope.FILES),
    Key.RESTORE: _of("Alt+R", Scope.EDITOR),
    Key.SAMPLE_TABLE: _of("Alt+T", Scope.FILES),
    Key.CHOOSE_FILE: _of("Alt+O", Scope.FILES),
    Key.SAVE_FAULTS: _of("Alt+E", Scope.FILES),
    Key.LOAD_GOOD_ROWS: _of("Alt+G", Scope.FILES),
    Key.UNDO_LOAD: _of("Alt+Z", Scope.FILES),
    Key.STOP_LOADING: _of("Alt+C", Scope.FILES),
    Key.LOOK_UP: _of("F4"),
    Key.ANSWERS: _of("Ctrl+O"),
    Key.SEND_ANSWER: _of("Alt+S", Scope.ANSWERS),
    Key.RETURN_ANSWER: _of("Alt+R", Scope.ANSWERS),
    Key.ROUTE: _of("Alt+O", Scope.ANSWERS),
    Key.RATE: _of("Alt+M", Scope.ANSWERS),
    Key.REWORK: _of("Alt+W", Scope.ANSWERS),
    Key.FORWARD: _of("Alt+V", Scope.ANSWERS),
    Key.PUBLISH: _of("Alt+P", Scope.ANSWERS),
    Key.WITHHOLD: _of("Alt+U", Scope.ANSWERS),
    Key.CLOSE_MESSAGE: _of("Alt+C", Scope.ANSWERS),
    Key.HISTORY: _of("Alt+H"),
    Key.TO_ANSWERS: _of("Alt+O", Scope.LOOK_UP),
    Key.REVIEW: _of("F10"),
    Key.RELEASE: _of("Alt+R", Scope.QUEUE),
    Key.REPORT: _of("Ctrl+R"),
    Key.PRINT: _of("Ctrl+P", *_PAPERS),
    Key.REPORT_XLSX: _of("Alt+W", Scope.REPORT),
    Key.REPORT_CALLS: _of("Alt+C", Scope.REPORT),
    Key.REPORT_MESSAGES: _of("Alt+M", Scope.REPORT),
    Key.REPORT_CATEGORIES: _of("Alt+T", Scope.REPORT),
    Key.REPORT_ORGANS: _of("Alt+O", Scope.REPORT),
    Key.REPORT_OPERATORS: _of("Alt+S", Scope.REPORT),
    Key.REPORT_SCOPE: _of("Alt+G", Scope.REPORT),
    Key.PROPOSE_CATEGORY: _of("Alt+N", Scope.REPORT),
    Key.EARLIER: _of("Alt+Left", Scope.REPORT, Scope.CALENDAR),
    Key.LATER: _of("Alt+Right", Scope.REPORT, Scope.CALENDAR),
    Key.CALENDAR: _of("Alt+K"),
    Key.CALENDAR_FILE: _of("Alt+O", Scope.CALENDAR),
    Key.CALENDAR_RULES: _of("Alt+R", Scope.CALENDAR),
    Key.CALENDAR_LINE: _of("Alt+W", Scope.CALENDAR),
    Key.CHECK: _of("F12"),
    Key.SETTINGS: _of("Ctrl+Shift+S"),
    Key.TRY_SETTINGS: _of("Alt+T", Scope.SETTINGS),
    Key.ALARM_HEARD: _of("Shift+F12"),
    Key.REGISTER_AGAIN: _of("Ctrl+G"),
    Key.LOCK: _of("Ctrl+L"),
    Key.NEXT_MISSPELLED: _of("Ctrl+Shift+J", Scope.FIELD),
    Key.SIMILAR_WORDS: _of("Shift+F10", Scope.FIELD),
    Key.DIAGNOSTICS: _of("Ctrl+Shift+G"),
    Key.MEND_TYPING: _of("Ctrl+Shift+L"),
    Key.THEME: _of("Ctrl+B"),
    Key.OWN_DESK: _of("Ctrl+Shift+B"),
    Key.PARAGRAPHS: _of("Shift+F1"),
    Key.KEYS: _of("F1"),
}

# Global hotkeys, which also work while another application is active, and the key whose function
# each of them runs.
ANYWHERE = {
    Key.ANSWER_ANYWHERE: Key.ANSWER,
    Key.MUTE_ANYWHERE: Key.MUTE,
    Key.HANG_UP_ANYWHERE: Key.HANG_UP,
}

# Chords with a fixed meaning in every application or on every page; they cannot be assigned to a
# function. Ctrl with an arrow moves by words in a field, rotates a photo, and opens the next
# message of a review.
FIXED = (
    *(f"Alt+{digit}" for digit in range(1, 10)),
    *(f"Ctrl+{letter}" for letter in "ACVXZ"),
    "Ctrl+Shift+Z",
    "Ctrl+Y",
    *("Ctrl+Ins", "Shift+Ins"),
    *("Ctrl+Left", "Ctrl+Right", "Ctrl+Shift+Left", "Ctrl+Shift+Right"),
    "Alt+F4",
    "Alt+Tab",
    "Ctrl+Alt+Delete",
)


def meet(one: frozenset[Scope], other: frozenset[Scope]) -> bool:
    """Whether a key with the scopes ``one`` and a key with the scopes ``other`` can be active in
    the same context and therefore need different chords.
    """
    return bool(one & other) or is_everywhere(one) or is_everywhere(other)


def has_search(scopes: frozenset[Scope]) -> bool:
    """Whether a key with these scopes is active on the call card, where the search keys work."""
    return is_everywhere(scopes) or Scope.CARD in scopes


def is_everywhere(scopes: frozenset[Scope]) -> bool:
    """Whether a key with these scopes works on every page."""
    return bool(scopes & {Scope.DESK, Scope.FIELD})
