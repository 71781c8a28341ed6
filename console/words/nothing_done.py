"""Why a key did nothing where it was pressed, and what to do instead."""

from PySide6.QtCore import QCoreApplication

Words = tuple[str, str]


def no_card() -> Words:
    return (
        QCoreApplication.translate("Words", "No record is open"),
        QCoreApplication.translate(
            "Words", "It opens with a call; Ctrl+N opens one without, Enter a draft of the list."
        ),
    )


def has_message() -> Words:
    return (
        QCoreApplication.translate("Words", "The call has its message already"),
        QCoreApplication.translate("Words", "F4 and its number show how it stands."),
    )


def no_right() -> Words:
    return (
        QCoreApplication.translate("Words", "Your role may not do this"),
        QCoreApplication.translate("Words", "A senior operator or the administrator can."),
    )


def nothing_rings() -> Words:
    return (
        QCoreApplication.translate("Words", "Nothing rings"),
        QCoreApplication.translate("Words", "Shift+F4 dials a number of your own."),
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
        QCoreApplication.translate("Words", "F7 and Enter: talk to a body first."),
    )


def holds_him() -> Words:
    return (
        QCoreApplication.translate("Words", "You are in a call already"),
        QCoreApplication.translate("Words", "Ctrl+F2 goes over to the other one."),
    )


def no_message_form() -> Words:
    return (
        QCoreApplication.translate("Words", "No message is being written"),
        QCoreApplication.translate("Words", "Ctrl+3 makes one of the call."),
    )


def no_message_shown() -> Words:
    return (
        QCoreApplication.translate("Words", "No message is shown"),
        QCoreApplication.translate("Words", "F4 and its number show one."),
    )


def no_report() -> Words:
    return (
        QCoreApplication.translate("Words", "No report is shown"),
        QCoreApplication.translate("Words", "Ctrl+R shows the reports."),
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
        QCoreApplication.translate("Words", "F5 searches the directory."),
    )


def no_alarm() -> Words:
    return (
        QCoreApplication.translate("Words", "There is no alarm"),
        QCoreApplication.translate("Words", "All lights at the foot of the window tell how it is."),
    )


def no_document() -> Words:
    return (
        QCoreApplication.translate("Words", "No document belongs to what is shown"),
        QCoreApplication.translate("Words", "F5 searches the directory."),
    )


def no_wrap_up() -> Words:
    return (
        QCoreApplication.translate("Words", "There is nothing to hold and nothing to make longer"),
        QCoreApplication.translate("Words", "F3 works during a call and in its wrap-up."),
    )


def ready_already() -> Words:
    return (
        QCoreApplication.translate("Words", "There is no record to save, and you take calls"),
        QCoreApplication.translate("Words", "F9: not ready, or a break."),
    )


def no_script() -> Words:
    return (
        QCoreApplication.translate("Words", "There is no script here"),
        QCoreApplication.translate("Words", "It stands beside the record of a call."),
    )


def no_tick() -> Words:
    return (
        QCoreApplication.translate("Words", "Nothing is ticked in the script yet"),
        QCoreApplication.translate("Words", "Ctrl+7 ticks the step that comes next."),
    )


def script_done() -> Words:
    return (
        QCoreApplication.translate("Words", "The script is done"),
        QCoreApplication.translate("Words", "Ctrl+6 takes the last tick back."),
    )


def no_field() -> Words:
    return (
        QCoreApplication.translate("Words", "The caret is in no field"),
        QCoreApplication.translate("Words", "This key works where text is typed."),
    )


def no_other_incident() -> Words:
    return (
        QCoreApplication.translate("Words", "There is no other incident"),
        QCoreApplication.translate("Words", "Ctrl+Shift+I shows the incidents there are."),
    )
