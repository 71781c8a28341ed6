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
    """Keys of one area of work."""

    title: str
    rows: tuple[KeyRow, ...]


def sheet() -> tuple[KeyGroup, ...]:
    """All keys in groups."""
    return (
        KeyGroup(QCoreApplication.translate("Words", "Call"), _calls()),
        KeyGroup(QCoreApplication.translate("Words", "Card"), _card()),
        KeyGroup(QCoreApplication.translate("Words", "Message"), _message()),
        KeyGroup(QCoreApplication.translate("Words", "Directory"), _directory()),
        KeyGroup(QCoreApplication.translate("Words", "Answers and terms"), _answers()),
        KeyGroup(QCoreApplication.translate("Words", "Review of messages"), _review()),
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
    """Number of keys that match the search."""
    if count == 0:
        return QCoreApplication.translate("Words", "no key is like that")
    text = QCoreApplication.translate("Words", "keys: %1 of %2")
    return text.replace("%1", str(count)).replace("%2", str(total))


def refusal(why: Refusal, chord: str, by: str) -> str:
    """Reason why a shortcut is refused; ``by`` is its present function."""
    match why:
        case Refusal.TYPES:
            text = QCoreApplication.translate(
                "Words",
                "%1 writes or moves in a field: take an F-key, or Ctrl or Alt with a letter",
            )
        case Refusal.FIXED:
            text = QCoreApplication.translate("Words", "%1 is the same in every program")
        case Refusal.DESKTOP:
            text = QCoreApplication.translate(
                "Words", "%1 belongs to the desktop, which may never pass it on"
            )
        case Refusal.OTHERS:
            text = QCoreApplication.translate(
                "Words",
                "%1 means something in other programs: take an F-key with Ctrl+Shift or Alt+Shift",
            )
        case Refusal.TAKEN:
            text = QCoreApplication.translate("Words", "%1 is taken: %2")
        case _:
            assert_never(why)
    return text.replace("%1", chord).replace("%2", by)


def all_reset() -> str:
    return QCoreApplication.translate("Words", "All keys are as they were at first")


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
                "Words", "hold and resume; from a consultation back; longer wrap-up"
            ),
        ),
        KeyRow(Key.MUTE, QCoreApplication.translate("Words", "microphone off and on")),
        KeyRow(
            Key.TRANSFER,
            QCoreApplication.translate("Words", "transfer; in a consultation connect the two"),
        ),
        KeyRow("Enter", QCoreApplication.translate("Words", "in the transfer: talk first")),
        KeyRow(
            "Shift+Enter", QCoreApplication.translate("Words", "in the transfer: transfer at once")
        ),
        KeyRow(Key.JOIN, QCoreApplication.translate("Words", "all three on the line")),
        KeyRow(Key.HANG_UP, QCoreApplication.translate("Words", "hang up, or reject a ring")),
        KeyRow(
            Key.ANSWER_ANYWHERE,
            QCoreApplication.translate("Words", "answer, also from another program where allowed"),
        ),
        KeyRow(
            Key.MUTE_ANYWHERE,
            QCoreApplication.translate(
                "Words", "microphone off and on, also from another program where allowed"
            ),
        ),
        KeyRow(
            Key.HANG_UP_ANYWHERE,
            QCoreApplication.translate(
                "Words", "hang up or reject, also from another program where allowed"
            ),
        ),
        KeyRow(Key.KEYPAD, QCoreApplication.translate("Words", "keypad: type or paste digits")),
        KeyRow(
            Key.PAUSE_RECORDING,
            QCoreApplication.translate("Words", "pause the recording and go on"),
        ),
        KeyRow(Key.CALL, QCoreApplication.translate("Words", "call the number that is shown")),
        KeyRow(Key.DIAL, QCoreApplication.translate("Words", "dial a number")),
        KeyRow(
            Key.STATE,
            QCoreApplication.translate("Words", "not ready or a break, by a digit; again: ready"),
        ),
        KeyRow(
            Key.MISSED,
            QCoreApplication.translate(
                "Words", "missed calls; there 1\u20263: what became of them"
            ),
        ),
        KeyRow(
            Key.CALL_BACKS,
            QCoreApplication.translate(
                "Words", "those to be called back; 1\u20264: what came of it"
            ),
        ),
        KeyRow(
            Key.PLANNED, QCoreApplication.translate("Words", "promised calls; 1…3: what came of it")
        ),
        KeyRow(Key.NEW, QCoreApplication.translate("Words", "promised calls: plan another one")),
        KeyRow(
            Key.DRAFTS,
            QCoreApplication.translate("Words", "the drafts; Enter opens the chosen one"),
        ),
        KeyRow(Key.HANDOVER, QCoreApplication.translate("Words", "hand-over sheet of the shift")),
        KeyRow(Key.PRINT, QCoreApplication.translate("Words", "hand-over sheet as PDF")),
        KeyRow(Key.TRAINING, QCoreApplication.translate("Words", "training")),
    )


def _card() -> tuple[KeyRow, ...]:
    return (
        KeyRow(Key.SEARCH, QCoreApplication.translate("Words", "search the directory")),
        KeyRow("Enter", QCoreApplication.translate("Words", "insert the chosen answer")),
        KeyRow(Key.DOCUMENT, QCoreApplication.translate("Words", "open the document of the hit")),
        KeyRow("Alt+1…9", QCoreApplication.translate("Words", "insert a hit by its digit")),
        KeyRow("Alt+←→", QCoreApplication.translate("Words", "show one kind of the hits alone")),
        KeyRow("Tab", QCoreApplication.translate("Words", "text to say or to send")),
        KeyRow(Key.RESULT_ANSWERED, QCoreApplication.translate("Words", "result: answered")),
        KeyRow(Key.RESULT_CONTACTS, QCoreApplication.translate("Words", "result: contacts given")),
        KeyRow(Key.MAKE_MESSAGE, QCoreApplication.translate("Words", "make a message of the call")),
        KeyRow(Key.HAND_IN, QCoreApplication.translate("Words", "hand the message to review")),
        KeyRow(
            Key.RESULT_TECHNICAL,
            QCoreApplication.translate("Words", "technical result, again for the next one"),
        ),
        KeyRow(
            Key.FORMAL_APPEAL,
            QCoreApplication.translate("Words", "what to say of a formal appeal under 59-FZ"),
        ),
        KeyRow(
            Key.NOT_GIVEN, QCoreApplication.translate("Words", "not given: name, phone or e-mail")
        ),
        KeyRow(Key.PUT_ASIDE, QCoreApplication.translate("Words", "put aside into the drafts")),
        KeyRow(Key.SAVE, QCoreApplication.translate("Words", "save")),
        KeyRow(
            Key.SAVE_AND_READY,
            QCoreApplication.translate("Words", "save and be ready for the next call"),
        ),
        KeyRow("Esc", QCoreApplication.translate("Words", "back to the field")),
        KeyRow(
            Key.TAKE_OFFER,
            QCoreApplication.translate("Words", "put what is proposed for the name or the e-mail"),
        ),
        KeyRow(
            Key.CONCERNED,
            QCoreApplication.translate("Words", "about whom, where it is not the caller"),
        ),
        KeyRow(
            Key.WHO_CALLS,
            QCoreApplication.translate("Words", "who is calling: by a digit, or look for a name"),
        ),
        KeyRow(
            Key.NEW_RECORD,
            QCoreApplication.translate("Words", "record of a request without a call"),
        ),
        KeyRow(
            Key.FURTHER_QUESTION,
            QCoreApplication.translate("Words", "another question of the same call"),
        ),
        KeyRow(
            "Ctrl+Z",
            QCoreApplication.translate("Words", "take back that it was saved, within 15 seconds"),
        ),
        KeyRow(
            "Ctrl+Shift+Z",
            QCoreApplication.translate("Words", "the same while a field has Ctrl+Z for itself"),
        ),
        KeyRow(
            Key.INCIDENT_TOLD,
            QCoreApplication.translate(
                "Words", "the caller was told of the incident: close the call"
            ),
        ),
        KeyRow(Key.INCIDENTS, QCoreApplication.translate("Words", "incidents of the city")),
        KeyRow(Key.NEW, QCoreApplication.translate("Words", "incidents: write a new one down")),
        KeyRow(
            Key.NEXT_INCIDENT, QCoreApplication.translate("Words", "the text of another incident")
        ),
        KeyRow(Key.END_INCIDENT, QCoreApplication.translate("Words", "end the incident")),
        KeyRow(
            Key.THEIR_TEXT,
            QCoreApplication.translate(
                "Words", "leave mine, take what somebody else wrote (incident, review)"
            ),
        ),
        KeyRow(
            Key.SCRIPT_DONE, QCoreApplication.translate("Words", "step of the script: done, or yes")
        ),
        KeyRow(Key.SCRIPT_NO, QCoreApplication.translate("Words", "question of the script: no")),
        KeyRow(
            Key.SCRIPT_BACK, QCoreApplication.translate("Words", "last step of the script back")
        ),
        KeyRow(
            Key.SCRIPT_FOLD,
            QCoreApplication.translate("Words", "fold the script, or all of its steps"),
        ),
        KeyRow(
            Key.CANNED_TEXT,
            QCoreApplication.translate("Words", "canned text, by its short word or from a list"),
        ),
    )


def _message() -> tuple[KeyRow, ...]:
    return (
        KeyRow("Alt+1…9", QCoreApplication.translate("Words", "to the words of a finding")),
        KeyRow(Key.NEXT_FINDING, QCoreApplication.translate("Words", "next finding")),
        KeyRow(
            Key.PUT_ASIDE,
            QCoreApplication.translate("Words", "tie the call to a message that is known"),
        ),
        KeyRow(Key.LINK, QCoreApplication.translate("Words", "another message that is known")),
        KeyRow(
            Key.SPLIT, QCoreApplication.translate("Words", "make a message of what is selected")
        ),
        KeyRow(
            Key.NO_PERSONAL_DATA,
            QCoreApplication.translate("Words", "these are no personal data, or they are"),
        ),
        KeyRow(Key.ATTACH, QCoreApplication.translate("Words", "attach photos")),
        KeyRow(Key.PHOTOS, QCoreApplication.translate("Words", "to the photos")),
        KeyRow(
            Key.PASTE_PHOTO,
            QCoreApplication.translate("Words", "attach the picture in the clipboard"),
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
        KeyRow(
            Key.CLOSE_ENTRY, QCoreApplication.translate("Words", "close the entry from today on")
        ),
        KeyRow(Key.DROP_CHANGES, QCoreApplication.translate("Words", "drop the changes")),
        KeyRow(
            Key.MOVE_CHANGES,
            QCoreApplication.translate("Words", "put the changes on the new version"),
        ),
        KeyRow(Key.ATTACH, QCoreApplication.translate("Words", "attach a file to the entry")),
        KeyRow(
            Key.QUESTION_OF_ANSWER,
            QCoreApplication.translate(
                "Words", "answers of bodies; again: a question of the answer"
            ),
        ),
        KeyRow(Key.UNANSWERED, QCoreApplication.translate("Words", "searches in vain")),
        KeyRow(
            Key.MAKE_SYNONYM,
            QCoreApplication.translate("Words", "make a synonym of a search in vain"),
        ),
        KeyRow(Key.SYNONYMS, QCoreApplication.translate("Words", "synonyms")),
        KeyRow(Key.STALE, QCoreApplication.translate("Words", "entries out of date")),
        KeyRow(Key.EXPORT, QCoreApplication.translate("Words", "entries out of date as XLSX")),
        KeyRow(Key.PROPOSALS, QCoreApplication.translate("Words", "proposals on topics")),
        KeyRow(Key.NEW_PROPOSAL, QCoreApplication.translate("Words", "new proposal")),
        KeyRow(
            Key.FILES, QCoreApplication.translate("Words", "load from files and write into them")
        ),
        KeyRow(Key.CHOOSE_FILE, QCoreApplication.translate("Words", "files: choose a file")),
        KeyRow(Key.SAMPLE_TABLE, QCoreApplication.translate("Words", "files: sample table")),
        KeyRow(Key.SAVE_FAULTS, QCoreApplication.translate("Words", "files: save the faults")),
        KeyRow(
            Key.LOAD_GOOD_ROWS, QCoreApplication.translate("Words", "files: load good rows only")
        ),
        KeyRow(Key.UNDO_LOAD, QCoreApplication.translate("Words", "files: undo the load")),
        KeyRow(Key.STOP_LOADING, QCoreApplication.translate("Words", "files: stop loading")),
        KeyRow(Key.RESTORE, QCoreApplication.translate("Words", "restore the chosen version")),
    )


def _answers() -> tuple[KeyRow, ...]:
    return (
        KeyRow(
            Key.LOOK_UP,
            QCoreApplication.translate("Words", "look a message up by number or telephone"),
        ),
        KeyRow(Key.CALL_REGISTER, QCoreApplication.translate("Words", "register of calls")),
        KeyRow(
            Key.SORT_CALLS,
            QCoreApplication.translate("Words", "register of calls: sort by the next column"),
        ),
        KeyRow(
            Key.CALLS_XLSX, QCoreApplication.translate("Words", "register of calls: write as XLSX")
        ),
        KeyRow(Key.ANSWERS, QCoreApplication.translate("Words", "answers and terms")),
        KeyRow(
            "1…7",
            QCoreApplication.translate(
                "Words", "go to a list; with Alt from everywhere on the page"
            ),
        ),
        KeyRow("Enter", QCoreApplication.translate("Words", "do what comes next with the message")),
        KeyRow(Key.SAVE, QCoreApplication.translate("Words", "take in, send, decide")),
        KeyRow(Key.NEW, QCoreApplication.translate("Words", "enter an answer")),
        KeyRow(Key.ATTACH, QCoreApplication.translate("Words", "attach a file to the answer")),
        KeyRow(
            Key.SEND_ANSWER, QCoreApplication.translate("Words", "send the answer to the author")
        ),
        KeyRow(
            Key.RETURN_ANSWER, QCoreApplication.translate("Words", "return the answer with a note")
        ),
        KeyRow(
            Key.ROUTE, QCoreApplication.translate("Words", "send to the body, or to another one")
        ),
        KeyRow(Key.RATE, QCoreApplication.translate("Words", "write down what the author thinks")),
        KeyRow(Key.REWORK, QCoreApplication.translate("Words", "send to rework")),
        KeyRow(Key.FORWARD, QCoreApplication.translate("Words", "pass on by votes")),
        KeyRow(Key.PUBLISH, QCoreApplication.translate("Words", "publish the message")),
        KeyRow(Key.WITHHOLD, QCoreApplication.translate("Words", "take out of publication")),
        KeyRow(Key.CLOSE_MESSAGE, QCoreApplication.translate("Words", "close the message")),
        KeyRow(Key.HISTORY, QCoreApplication.translate("Words", "history of the message")),
        KeyRow(
            Key.LINK, QCoreApplication.translate("Words", "link the call to the message looked up")
        ),
        KeyRow(
            Key.TO_ANSWERS,
            QCoreApplication.translate("Words", "from a message looked up to its answers"),
        ),
        KeyRow(
            "Ctrl+Z",
            QCoreApplication.translate("Words", "take the decision back, within 15 seconds"),
        ),
    )


def _review() -> tuple[KeyRow, ...]:
    return (
        KeyRow(Key.REVIEW, QCoreApplication.translate("Words", "messages under review")),
        KeyRow(Key.NEW, QCoreApplication.translate("Words", "write down a message without a call")),
        KeyRow("1…6", QCoreApplication.translate("Words", "decisions; with Alt from a field too")),
        KeyRow(Key.NEXT_FINDING, QCoreApplication.translate("Words", "next finding")),
        KeyRow(Key.LINK, QCoreApplication.translate("Words", "the notice, before it goes out")),
        KeyRow(Key.SAVE, QCoreApplication.translate("Words", "do what is being decided")),
        KeyRow("Ctrl+Z", QCoreApplication.translate("Words", "take the last decision back")),
        KeyRow("Ctrl+→", QCoreApplication.translate("Words", "give back and take the next one")),
        KeyRow(Key.RELEASE, QCoreApplication.translate("Words", "give a colleague's message back")),
    )


def _window() -> tuple[KeyRow, ...]:
    return (
        KeyRow(Key.REPORT, QCoreApplication.translate("Words", "reports")),
        KeyRow(Key.PRINT, QCoreApplication.translate("Words", "report as PDF")),
        KeyRow(Key.REPORT_XLSX, QCoreApplication.translate("Words", "report as XLSX")),
        KeyRow(Key.REPORT_CALLS, QCoreApplication.translate("Words", "report of calls")),
        KeyRow(Key.REPORT_MESSAGES, QCoreApplication.translate("Words", "report of messages")),
        KeyRow(
            Key.REPORT_CATEGORIES,
            QCoreApplication.translate("Words", "report of missing categories"),
        ),
        KeyRow(
            Key.REPORT_ORGANS,
            QCoreApplication.translate("Words", "report of bodies other than the route's"),
        ),
        KeyRow(Key.REPORT_OPERATORS, QCoreApplication.translate("Words", "report of operators")),
        KeyRow(
            Key.REPORT_SCOPE,
            QCoreApplication.translate("Words", "this workplace or all, with a centre"),
        ),
        KeyRow(Key.PROPOSE_CATEGORY, QCoreApplication.translate("Words", "propose a category")),
        KeyRow(Key.EARLIER, QCoreApplication.translate("Words", "earlier period or year")),
        KeyRow(Key.LATER, QCoreApplication.translate("Words", "later period or year")),
        KeyRow(Key.CALENDAR, QCoreApplication.translate("Words", "calendar of the city")),
        KeyRow(Key.CALENDAR_FILE, QCoreApplication.translate("Words", "calendar from a file")),
        KeyRow(Key.CALENDAR_RULES, QCoreApplication.translate("Words", "rules of the calendar")),
        KeyRow(Key.CALENDAR_LINE, QCoreApplication.translate("Words", "hours of the line")),
        KeyRow(Key.CHECK, QCoreApplication.translate("Words", "check before the shift")),
        KeyRow(Key.SETTINGS, QCoreApplication.translate("Words", "settings")),
        KeyRow(
            Key.TRY_SETTINGS, QCoreApplication.translate("Words", "try what is set on the page")
        ),
        KeyRow(
            Key.ALARM_HEARD,
            QCoreApplication.translate("Words", "no more alarm sound for this trouble"),
        ),
        KeyRow(Key.REGISTER_AGAIN, QCoreApplication.translate("Words", "register the phone again")),
        KeyRow(Key.LOCK, QCoreApplication.translate("Words", "lock")),
        KeyRow(Key.NEXT_MISSPELLED, QCoreApplication.translate("Words", "next misspelled word")),
        KeyRow(
            Key.SIMILAR_WORDS,
            QCoreApplication.translate("Words", "similar words and the usual menu of a field"),
        ),
        KeyRow(
            Key.SIMILAR_WORDS,
            QCoreApplication.translate("Words", "in a table: how wide its columns are; also Menu"),
        ),
        KeyRow(
            Key.DIAGNOSTICS,
            QCoreApplication.translate("Words", "diagnostics for the administrator"),
        ),
        KeyRow(
            Key.MEND_TYPING,
            QCoreApplication.translate(
                "Words", "mend the keyboard layout or Caps Lock; also Pause"
            ),
        ),
        KeyRow(
            Key.THEME, QCoreApplication.translate("Words", "light, dark or high-contrast colours")
        ),
        KeyRow(
            Key.PARAGRAPHS,
            QCoreApplication.translate(
                "Words", "paragraphs of the regulation on the chosen field or line"
            ),
        ),
        KeyRow(
            Key.OWN_DESK,
            QCoreApplication.translate("Words", "appearance: colours, text, language, columns"),
        ),
        KeyRow(Key.KEYS, QCoreApplication.translate("Words", "this page")),
    )
