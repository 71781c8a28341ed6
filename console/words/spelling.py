"""What the spell-check says."""

from PySide6.QtCore import QCoreApplication


def status(code: str) -> tuple[str, str]:
    """Head and body of the notice that Ctrl+Shift+J gives when there is no word to go to."""
    match code:
        case "off":
            return (
                QCoreApplication.translate("Words", "Spell-check is switched off"),
                QCoreApplication.translate("Words", "The administrator switches it on."),
            )
        case "no_dictionary":
            return (
                QCoreApplication.translate("Words", "No dictionary to check with"),
                QCoreApplication.translate(
                    "Words", "Texts are kept as ever; the administrator installs hunspell-ru."
                ),
            )
        case _:
            return (QCoreApplication.translate("Words", "No misspelled words in this field"), "")


def not_added() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The word was not added"),
        QCoreApplication.translate("Words", "The disk did not take it. Try again later."),
    )
