"""Purpose and group of each key, and the messages of the key map editor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.keymap import Refusal

_MAPPED = frozenset(Key)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """Row of the key list: a key of the map, or a key that is the same in every application."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys of one area of work, with the title of the group."""

    title: str
    rows: tuple[KeyRow, ...]


def sheet() -> tuple[KeyGroup, ...]:
    """Returns all keys in groups."""
    return (
        KeyGroup(QCoreApplication.translate("Words", "Call"), _calls()),
        KeyGroup(QCoreApplication.translate("Words", "Card"), _card()),
        KeyGroup(QCoreApplication.translate("Words", "Message"), _message()),
        KeyGroup(QCoreApplication.translate("Words", "Directory"), _directory()),
        KeyGroup(QCoreApplication.translate("Words", "Answers and deadlines"), _answers()),
        KeyGroup(QCoreApplication.translate("Words", "Message review"), _review()),
        KeyGroup(QCoreApplication.translate("Words", "Window"), _window()),
    )


@dataclass(frozen=True, slots=True)
class KeyPurpose:
    """Purpose and groups of a key; a key with several functions has the texts of all."""

    text: str
    group: str


def purposes() -> Mapping[Key, KeyPurpose]:
    """Purposes of all keys of the map, in the order of the list."""
    texts: dict[Key, dict[str, None]] = {}
    titles: dict[Key, dict[str, None]] = {}
    for group in sheet():
        for row in group.rows:
            if row.key in _MAPPED:
                key = Key(row.key)
                texts.setdefault(key, {})[row.text] = None
                titles.setdefault(key, {})[group.title] = None
    return {key: KeyPurpose("; ".join(texts[key]), ", ".join(titles[key])) for key in texts}


def left(count: int, total: int) -> str:
    """Text with the number of keys that match the search."""
    if count == 0:
        return QCoreApplication.translate("Words", "no matching keys")
    text = QCoreApplication.translate("Words", "keys: %1 of %2")
    return text.replace("%1", str(count)).replace("%2", str(total))


def refusal(why: Refusal, chord: str, by: str) -> str:
    """Reason why a shortcut is refused, as display text; ``by`` is the function that already uses
    the shortcut.
    """
    match why:
        case Refusal.TYPES:
            text = QCoreApplication.translate(
                "Words",
                "%1 types or moves in a field: use an F-key, or Ctrl or Alt with a letter",
            )
        case Refusal.FIXED:
            text = QCoreApplication.translate("Words", "%1 is standard in all programs")
        case Refusal.DESKTOP:
            text = QCoreApplication.translate(
                "Words", "%1 is reserved by the desktop and may not work here"
            )
        case Refusal.OTHERS:
            text = QCoreApplication.translate(
                "Words",
                "%1 is used in other programs: use an F-key with Ctrl+Shift or Alt+Shift",
            )
        case Refusal.TAKEN:
            text = QCoreApplication.translate("Words", "%1 is in use: %2")
        case _:
            assert_never(why)
    return text.replace("%1", chord).replace("%2", by)


def all_reset() -> str:
    return QCoreApplication.translate("Words", "All keys were reset to defaults")


def _calls() -> tuple[KeyRow, ...]:
    return (
        KeyRow(Key.ANSWER, QCoreApplication.translate("Words", "answer")),
        KeyRow(
            Key.SWITCH,
            QCoreApplication.translate("Words", "answer the second call, or switch to it"),
        ),
        KeyRow(
            Key.HOLD,
            QCoreApplication.translate(
                "Words", "hold and resume; return from a consultation; extend wrap-up"
            ),
        ),
        KeyRow(Key.MUTE, QCoreApplication.translate("Words", "mute or unmute")),
        KeyRow(
            Key.TRANSFER,
            QCoreApplication.translate("Words", "transfer; connect both in a consultation"),
        ),
        KeyRow("Enter", QCoreApplication.translate("Words", "transfer: talk first")),
        KeyRow("Shift+Enter", QCoreApplication.translate("Words", "transfer: transfer now")),
        KeyRow(Key.JOIN, QCoreApplication.translate("Words", "conference")),
        KeyRow(Key.HANG_UP, QCoreApplication.translate("Words", "hang up or reject a call")),
        KeyRow(
            Key.ANSWER_ANYWHERE,
            QCoreApplication.translate("Words", "answer, also from another program"),
        ),
        KeyRow(
            Key.MUTE_ANYWHERE,
            QCoreApplication.translate("Words", "mute or unmute, also from another program"),
        ),
        KeyRow(
            Key.HANG_UP_ANYWHERE,
            QCoreApplication.translate("Words", "hang up or reject, also from another program"),
        ),
        KeyRow(Key.KEYPAD, QCoreApplication.translate("Words", "keypad: enter or paste digits")),
        KeyRow(
            Key.PAUSE_RECORDING,
            QCoreApplication.translate("Words", "pause and resume recording"),
        ),
        KeyRow(Key.CALL, QCoreApplication.translate("Words", "call the displayed number")),
        KeyRow(Key.DIAL, QCoreApplication.translate("Words", "dial a number")),
        KeyRow(
            Key.STATE,
            QCoreApplication.translate("Words", "not ready or break, by digit; again: ready"),
        ),
        KeyRow(
            Key.MISSED,
            QCoreApplication.translate("Words", "missed calls; 1…3 sets the outcome"),
        ),
        KeyRow(
            Key.CALL_BACKS,
            QCoreApplication.translate("Words", "callbacks; 1…4 sets the outcome"),
        ),
        KeyRow(
            Key.PLANNED, QCoreApplication.translate("Words", "promised calls; 1…3 sets the outcome")
        ),
        KeyRow(Key.NEW, QCoreApplication.translate("Words", "promised calls: schedule another")),
        KeyRow(
            Key.DRAFTS,
            QCoreApplication.translate("Words", "drafts; Enter opens the selected one"),
        ),
        KeyRow(Key.HANDOVER, QCoreApplication.translate("Words", "shift handover sheet")),
        KeyRow(Key.PRINT, QCoreApplication.translate("Words", "handover sheet as PDF")),
        KeyRow(Key.TRAINING, QCoreApplication.translate("Words", "training mode")),
    )


def _card() -> tuple[KeyRow, ...]:
    return (
        KeyRow(Key.SEARCH, QCoreApplication.translate("Words", "search the directory")),
        KeyRow("Enter", QCoreApplication.translate("Words", "insert the selected answer")),
        KeyRow(Key.DOCUMENT, QCoreApplication.translate("Words", "open the document of the match")),
        KeyRow("Alt+1…9", QCoreApplication.translate("Words", "insert a match by its digit")),
        KeyRow("Alt+←→", QCoreApplication.translate("Words", "show one kind of match only")),
        KeyRow("Tab", QCoreApplication.translate("Words", "text to say or to send")),
        KeyRow(Key.RESULT_ANSWERED, QCoreApplication.translate("Words", "result: answered")),
        KeyRow(Key.RESULT_CONTACTS, QCoreApplication.translate("Words", "result: contacts given")),
        KeyRow(
            Key.MAKE_MESSAGE, QCoreApplication.translate("Words", "create a message from the call")
        ),
        KeyRow(Key.HAND_IN, QCoreApplication.translate("Words", "send the message for review")),
        KeyRow(
            Key.RESULT_TECHNICAL,
            QCoreApplication.translate("Words", "technical result, again for the next one"),
        ),
        KeyRow(
            Key.FORMAL_APPEAL,
            QCoreApplication.translate("Words", "what to say about a formal appeal under 59-FZ"),
        ),
        KeyRow(
            Key.NOT_GIVEN, QCoreApplication.translate("Words", "not given: name, phone or e-mail")
        ),
        KeyRow(Key.PUT_ASIDE, QCoreApplication.translate("Words", "set aside as a draft")),
        KeyRow(Key.SAVE, QCoreApplication.translate("Words", "save")),
        KeyRow(
            Key.SAVE_AND_READY,
            QCoreApplication.translate("Words", "save and be ready for the next call"),
        ),
        KeyRow("Esc", QCoreApplication.translate("Words", "back to the field")),
        KeyRow(
            Key.TAKE_OFFER,
            QCoreApplication.translate("Words", "use the suggested name or e-mail"),
        ),
        KeyRow(
            Key.CONCERNED,
            QCoreApplication.translate("Words", "about whom, if not the caller"),
        ),
        KeyRow(
            Key.WHO_CALLS,
            QCoreApplication.translate("Words", "who is calling: by digit or name search"),
        ),
        KeyRow(
            Key.NEW_RECORD,
            QCoreApplication.translate("Words", "record a request without a call"),
        ),
        KeyRow(
            Key.FURTHER_QUESTION,
            QCoreApplication.translate("Words", "another question in the same call"),
        ),
        KeyRow(
            "Ctrl+Z",
            QCoreApplication.translate("Words", "undo saving, within 15 seconds"),
        ),
        KeyRow(
            "Ctrl+Shift+Z",
            QCoreApplication.translate("Words", "the same while a field uses Ctrl+Z"),
        ),
        KeyRow(
            Key.INCIDENT_TOLD,
            QCoreApplication.translate("Words", "caller informed of the incident: close the call"),
        ),
        KeyRow(Key.INCIDENTS, QCoreApplication.translate("Words", "city incidents")),
        KeyRow(Key.NEW, QCoreApplication.translate("Words", "incidents: add a new one")),
        KeyRow(Key.NEXT_INCIDENT, QCoreApplication.translate("Words", "text of another incident")),
        KeyRow(Key.END_INCIDENT, QCoreApplication.translate("Words", "end the incident")),
        KeyRow(
            Key.THEIR_TEXT,
            QCoreApplication.translate(
                "Words", "discard mine, use the other version (incident, review)"
            ),
        ),
        KeyRow(Key.SCRIPT_DONE, QCoreApplication.translate("Words", "script step: done, or yes")),
        KeyRow(Key.SCRIPT_NO, QCoreApplication.translate("Words", "script question: no")),
        KeyRow(Key.SCRIPT_BACK, QCoreApplication.translate("Words", "undo the last script step")),
        KeyRow(
            Key.SCRIPT_FOLD,
            QCoreApplication.translate("Words", "collapse the script or show all steps"),
        ),
        KeyRow(
            Key.CANNED_TEXT,
            QCoreApplication.translate("Words", "canned text, by its short word or from a list"),
        ),
    )


def _message() -> tuple[KeyRow, ...]:
    return (
        KeyRow("Alt+1…9", QCoreApplication.translate("Words", "to the text of a finding")),
        KeyRow(Key.NEXT_FINDING, QCoreApplication.translate("Words", "next finding")),
        KeyRow(
            Key.PUT_ASIDE,
            QCoreApplication.translate("Words", "link the call to a known message"),
        ),
        KeyRow(Key.LINK, QCoreApplication.translate("Words", "another known message")),
        KeyRow(
            Key.SPLIT, QCoreApplication.translate("Words", "create a message from the selection")
        ),
        KeyRow(
            Key.NO_PERSONAL_DATA,
            QCoreApplication.translate("Words", "mark as personal data or not"),
        ),
        KeyRow(Key.ATTACH, QCoreApplication.translate("Words", "attach photos")),
        KeyRow(Key.PHOTOS, QCoreApplication.translate("Words", "to the photos")),
        KeyRow(
            Key.PASTE_PHOTO,
            QCoreApplication.translate("Words", "attach the image from the clipboard"),
        ),
        KeyRow(Key.SAVE, QCoreApplication.translate("Words", "register")),
    )


def _directory() -> tuple[KeyRow, ...]:
    return (
        KeyRow(Key.EDIT_DIRECTORY, QCoreApplication.translate("Words", "edit the directory")),
        KeyRow(Key.NEW, QCoreApplication.translate("Words", "new entry")),
        KeyRow(Key.FIND_ENTRY, QCoreApplication.translate("Words", "find an entry")),
        KeyRow(Key.CHECKED_TODAY, QCoreApplication.translate("Words", "checked today")),
        KeyRow(Key.SAVE, QCoreApplication.translate("Words", "publish")),
        KeyRow(Key.CLOSE_ENTRY, QCoreApplication.translate("Words", "close the entry from today")),
        KeyRow(Key.DROP_CHANGES, QCoreApplication.translate("Words", "discard the changes")),
        KeyRow(
            Key.MOVE_CHANGES,
            QCoreApplication.translate("Words", "apply the changes to the new version"),
        ),
        KeyRow(Key.ATTACH, QCoreApplication.translate("Words", "attach a file to the entry")),
        KeyRow(
            Key.QUESTION_OF_ANSWER,
            QCoreApplication.translate(
                "Words", "authorities' answers; again: question from the answer"
            ),
        ),
        KeyRow(Key.UNANSWERED, QCoreApplication.translate("Words", "failed searches")),
        KeyRow(
            Key.MAKE_SYNONYM,
            QCoreApplication.translate("Words", "create a synonym from a failed search"),
        ),
        KeyRow(Key.SYNONYMS, QCoreApplication.translate("Words", "synonyms")),
        KeyRow(Key.STALE, QCoreApplication.translate("Words", "outdated entries")),
        KeyRow(Key.EXPORT, QCoreApplication.translate("Words", "outdated entries as XLSX")),
        KeyRow(Key.PROPOSALS, QCoreApplication.translate("Words", "topic proposals")),
        KeyRow(Key.NEW_PROPOSAL, QCoreApplication.translate("Words", "new proposal")),
        KeyRow(Key.FILES, QCoreApplication.translate("Words", "import from and export to files")),
        KeyRow(Key.CHOOSE_FILE, QCoreApplication.translate("Words", "files: choose a file")),
        KeyRow(Key.SAMPLE_TABLE, QCoreApplication.translate("Words", "files: sample table")),
        KeyRow(Key.SAVE_FAULTS, QCoreApplication.translate("Words", "files: save error list")),
        KeyRow(
            Key.LOAD_GOOD_ROWS, QCoreApplication.translate("Words", "files: import valid rows only")
        ),
        KeyRow(Key.UNDO_LOAD, QCoreApplication.translate("Words", "files: undo import")),
        KeyRow(Key.STOP_LOADING, QCoreApplication.translate("Words", "files: stop import")),
        KeyRow(Key.RESTORE, QCoreApplication.translate("Words", "restore the selected version")),
    )


def _answers() -> tuple[KeyRow, ...]:
    return (
        KeyRow(
            Key.LOOK_UP,
            QCoreApplication.translate("Words", "find a message by number or phone"),
        ),
        KeyRow(Key.CALL_REGISTER, QCoreApplication.translate("Words", "call register")),
        KeyRow(
            Key.SORT_CALLS,
            QCoreApplication.translate("Words", "call register: sort by the next column"),
        ),
        KeyRow(
            Key.CALLS_XLSX, QCoreApplication.translate("Words", "call register: export as XLSX")
        ),
        KeyRow(Key.ANSWERS, QCoreApplication.translate("Words", "answers and deadlines")),
        KeyRow(
            "1…7",
            QCoreApplication.translate("Words", "go to a list; with Alt from anywhere on the page"),
        ),
        KeyRow("Enter", QCoreApplication.translate("Words", "do the next step with the message")),
        KeyRow(Key.SAVE, QCoreApplication.translate("Words", "accept, send, decide")),
        KeyRow(Key.NEW, QCoreApplication.translate("Words", "enter an answer")),
        KeyRow(Key.ATTACH, QCoreApplication.translate("Words", "attach a file to the answer")),
        KeyRow(
            Key.SEND_ANSWER, QCoreApplication.translate("Words", "send the answer to the author")
        ),
        KeyRow(
            Key.RETURN_ANSWER, QCoreApplication.translate("Words", "return the answer with a note")
        ),
        KeyRow(
            Key.ROUTE, QCoreApplication.translate("Words", "send to the authority or to another")
        ),
        KeyRow(Key.RATE, QCoreApplication.translate("Words", "record the author's rating")),
        KeyRow(Key.REWORK, QCoreApplication.translate("Words", "send for rework")),
        KeyRow(Key.FORWARD, QCoreApplication.translate("Words", "forward by votes")),
        KeyRow(Key.PUBLISH, QCoreApplication.translate("Words", "publish the message")),
        KeyRow(Key.WITHHOLD, QCoreApplication.translate("Words", "unpublish")),
        KeyRow(Key.CLOSE_MESSAGE, QCoreApplication.translate("Words", "close the message")),
        KeyRow(Key.HISTORY, QCoreApplication.translate("Words", "message history")),
        KeyRow(Key.LINK, QCoreApplication.translate("Words", "link the call to the found message")),
        KeyRow(
            Key.TO_ANSWERS,
            QCoreApplication.translate("Words", "from a found message to its answers"),
        ),
        KeyRow(
            "Ctrl+Z",
            QCoreApplication.translate("Words", "undo the decision, within 15 seconds"),
        ),
    )


def _review() -> tuple[KeyRow, ...]:
    return (
        KeyRow(Key.REVIEW, QCoreApplication.translate("Words", "messages under review")),
        KeyRow(Key.NEW, QCoreApplication.translate("Words", "record a message without a call")),
        KeyRow("1…6", QCoreApplication.translate("Words", "decisions; with Alt from a field too")),
        KeyRow(Key.NEXT_FINDING, QCoreApplication.translate("Words", "next finding")),
        KeyRow(Key.LINK, QCoreApplication.translate("Words", "the notification before it is sent")),
        KeyRow(Key.SAVE, QCoreApplication.translate("Words", "carry out the decision")),
        KeyRow("Ctrl+Z", QCoreApplication.translate("Words", "undo the last decision")),
        KeyRow("Ctrl+→", QCoreApplication.translate("Words", "return and take the next one")),
        KeyRow(Key.RELEASE, QCoreApplication.translate("Words", "return a colleague's message")),
    )


def _window() -> tuple[KeyRow, ...]:
    return (
        KeyRow(Key.REPORT, QCoreApplication.translate("Words", "reports")),
        KeyRow(Key.PRINT, QCoreApplication.translate("Words", "report as PDF")),
        KeyRow(Key.REPORT_XLSX, QCoreApplication.translate("Words", "report as XLSX")),
        KeyRow(Key.REPORT_CALLS, QCoreApplication.translate("Words", "call report")),
        KeyRow(Key.REPORT_MESSAGES, QCoreApplication.translate("Words", "message report")),
        KeyRow(
            Key.REPORT_CATEGORIES,
            QCoreApplication.translate("Words", "missing categories report"),
        ),
        KeyRow(
            Key.REPORT_ORGANS,
            QCoreApplication.translate("Words", "report of off-route authorities"),
        ),
        KeyRow(Key.REPORT_OPERATORS, QCoreApplication.translate("Words", "operator report")),
        KeyRow(
            Key.REPORT_SCOPE,
            QCoreApplication.translate("Words", "this workplace or all (central database)"),
        ),
        KeyRow(Key.PROPOSE_CATEGORY, QCoreApplication.translate("Words", "propose a category")),
        KeyRow(Key.EARLIER, QCoreApplication.translate("Words", "previous period or year")),
        KeyRow(Key.LATER, QCoreApplication.translate("Words", "next period or year")),
        KeyRow(Key.CALENDAR, QCoreApplication.translate("Words", "city calendar")),
        KeyRow(Key.CALENDAR_FILE, QCoreApplication.translate("Words", "calendar from file")),
        KeyRow(Key.CALENDAR_RULES, QCoreApplication.translate("Words", "calendar rules")),
        KeyRow(Key.CALENDAR_LINE, QCoreApplication.translate("Words", "line hours")),
        KeyRow(Key.CHECK, QCoreApplication.translate("Words", "check before the shift")),
        KeyRow(Key.SETTINGS, QCoreApplication.translate("Words", "settings")),
        KeyRow(
            Key.TRY_SETTINGS, QCoreApplication.translate("Words", "test the settings on the page")
        ),
        KeyRow(
            Key.ALARM_HEARD,
            QCoreApplication.translate("Words", "silence the alarm for this problem"),
        ),
        KeyRow(Key.REGISTER_AGAIN, QCoreApplication.translate("Words", "register the phone again")),
        KeyRow(Key.LOCK, QCoreApplication.translate("Words", "lock")),
        KeyRow(Key.NEXT_MISSPELLED, QCoreApplication.translate("Words", "next misspelled word")),
        KeyRow(
            Key.SIMILAR_WORDS,
            QCoreApplication.translate("Words", "suggestions and the field's usual menu"),
        ),
        KeyRow(
            Key.SIMILAR_WORDS,
            QCoreApplication.translate("Words", "in a table: column widths; also Menu"),
        ),
        KeyRow(
            Key.DIAGNOSTICS,
            QCoreApplication.translate("Words", "diagnostics for the administrator"),
        ),
        KeyRow(
            Key.MEND_TYPING,
            QCoreApplication.translate("Words", "fix the keyboard layout or Caps Lock; also Pause"),
        ),
        KeyRow(
            Key.THEME, QCoreApplication.translate("Words", "light, dark or high-contrast colours")
        ),
        KeyRow(
            Key.PARAGRAPHS,
            QCoreApplication.translate(
                "Words", "regulation paragraphs for the current field or line"
            ),
        ),
        KeyRow(
            Key.OWN_DESK,
            QCoreApplication.translate("Words", "appearance: colours, text, language, columns"),
        ),
        KeyRow(Key.KEYS, QCoreApplication.translate("Words", "this page")),
    )
