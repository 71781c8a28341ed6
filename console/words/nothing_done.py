"""Why a key did nothing where it was pressed, and what to do instead."""

from PySide6.QtCore import QCoreApplication

from console.keys.defaults import Key
from console.keys.installed import with_keys

Words = tuple[str, str]


def no_card() -> Words:
    return (
        QCoreApplication.translate("Words", "No record is open"),
        with_keys(
            QCoreApplication.translate(
                "Words",
                "It opens with a call; Ctrl+N opens one without, Enter a draft of the list.",
            ),
            Key.NEW_RECORD,
        ),
    )


def has_message() -> Words:
    return (
        QCoreApplication.translate("Words", "The call has its message already"),
        with_keys(
            QCoreApplication.translate("Words", "F4 and its number show how it stands."),
            Key.LOOK_UP,
        ),
    )


def no_right() -> Words:
    return (
        QCoreApplication.translate("Words", "Your role may not do this"),
        QCoreApplication.translate("Words", "A senior operator or the administrator can."),
    )


def nothing_rings() -> Words:
    return (
        QCoreApplication.translate("Words", "Nothing rings"),
        with_keys(
            QCoreApplication.translate("Words", "Shift+F4 dials a number of your own."), Key.DIAL
        ),
    )


def no_call() -> Words:
    return (
        QCoreApplication.translate("Words", "Nobody is on the line"),
        QCoreApplication.translate("Words", "This key works during a call."),
    )


def no_second_call() -> Words:
    return (
        QCoreApplication.translate("Words", "There is no second call"),
        QCoreApplication.translate("Words", "This key answers it, or goes over to it."),
    )


def no_consultation() -> Words:
    return (
        QCoreApplication.translate("Words", "Nobody was asked about the caller"),
        with_keys(
            QCoreApplication.translate("Words", "F7 and Enter: talk to a body first."), Key.TRANSFER
        ),
    )


def joined_already() -> Words:
    return (
        QCoreApplication.translate("Words", "All three hear each other already"),
        with_keys(
            QCoreApplication.translate(
                "Words", "F3 goes back to the caller alone, F7 leaves the two to talk."
            ),
            Key.HOLD,
            Key.TRANSFER,
        ),
    )


def not_answered() -> Words:
    return (
        QCoreApplication.translate("Words", "Wait until the call is answered"),
        QCoreApplication.translate("Words", "This key works during a call."),
    )


def holds_him() -> Words:
    return (
        QCoreApplication.translate("Words", "You are in a call already"),
        with_keys(
            QCoreApplication.translate("Words", "Shift+F9 goes over to the other one."), Key.SWITCH
        ),
    )


def no_message_form() -> Words:
    return (
        QCoreApplication.translate("Words", "No message is being written"),
        with_keys(
            QCoreApplication.translate("Words", "Ctrl+3 makes one of the call."), Key.MAKE_MESSAGE
        ),
    )


def no_message_shown() -> Words:
    return (
        QCoreApplication.translate("Words", "No message is shown"),
        with_keys(QCoreApplication.translate("Words", "F4 and its number show one."), Key.LOOK_UP),
    )


def no_finding() -> Words:
    return (
        QCoreApplication.translate("Words", "There are no remarks on a text here"),
        QCoreApplication.translate("Words", "They stand beside a message that is being written."),
    )


def no_known_message() -> Words:
    return (
        QCoreApplication.translate("Words", "There is no known message to choose"),
        QCoreApplication.translate("Words", "Known ones stand beside a message being written."),
    )


def no_hit(number: int) -> Words:
    text = QCoreApplication.translate("Words", "There is no line with the digit %1")
    return (
        text.replace("%1", str(number)),
        with_keys(QCoreApplication.translate("Words", "F5 searches the directory."), Key.SEARCH),
    )


def hits_unseen() -> Words:
    """With large letters the search lies over the page, and only when it is asked for."""
    return (
        QCoreApplication.translate("Words", "What was found is not in sight"),
        with_keys(
            QCoreApplication.translate("Words", "F5 shows it over the page, Esc leaves it."),
            Key.SEARCH,
        ),
    )


def no_alarm() -> Words:
    return (
        QCoreApplication.translate("Words", "There is no alarm"),
        QCoreApplication.translate("Words", "All lights at the foot of the window tell how it is."),
    )


def no_document() -> Words:
    return (
        QCoreApplication.translate("Words", "No document belongs to what is shown"),
        with_keys(QCoreApplication.translate("Words", "F5 searches the directory."), Key.SEARCH),
    )


def no_wrap_up() -> Words:
    return (
        QCoreApplication.translate("Words", "There is nothing to hold and nothing to make longer"),
        with_keys(
            QCoreApplication.translate("Words", "F3 works during a call and in its wrap-up."),
            Key.HOLD,
        ),
    )


def ready_already() -> Words:
    return (
        QCoreApplication.translate("Words", "There is no record to save, and you take calls"),
        with_keys(QCoreApplication.translate("Words", "F9: not ready, or a break."), Key.STATE),
    )


def no_script() -> Words:
    return (
        QCoreApplication.translate("Words", "There is no script here"),
        QCoreApplication.translate("Words", "It stands beside the record of a call."),
    )


def no_tick() -> Words:
    return (
        QCoreApplication.translate("Words", "Nothing is ticked in the script yet"),
        with_keys(
            QCoreApplication.translate("Words", "Ctrl+7 ticks the step that comes next."),
            Key.SCRIPT_DONE,
        ),
    )


def script_done() -> Words:
    return (
        QCoreApplication.translate("Words", "The script is done"),
        with_keys(
            QCoreApplication.translate("Words", "Ctrl+6 takes the last tick back."), Key.SCRIPT_BACK
        ),
    )


def no_field() -> Words:
    return (
        QCoreApplication.translate("Words", "The caret is in no field"),
        QCoreApplication.translate("Words", "This key works where text is typed."),
    )


def no_other_incident() -> Words:
    return (
        QCoreApplication.translate("Words", "There is no other incident"),
        with_keys(
            QCoreApplication.translate("Words", "Ctrl+Shift+I shows the incidents there are."),
            Key.INCIDENTS,
        ),
    )
