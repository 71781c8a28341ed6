"""What is said about a desk that a person has set up for herself."""

from PySide6.QtCore import QCoreApplication

from console.keys.defaults import Key
from console.keys.installed import with_keys


def not_kept() -> tuple[str, str]:
    """The store takes no choice: it holds until the program ends."""
    return (
        QCoreApplication.translate("Words", "Your choice could not be kept"),
        QCoreApplication.translate(
            "Words", "It holds until the program ends. Tell the administrator."
        ),
    )


def language_waits() -> tuple[str, str]:
    """The window speaks another language than the one that was chosen."""
    return (
        QCoreApplication.translate("Words", "Your language holds from the next start"),
        with_keys(
            QCoreApplication.translate(
                "Words", "Ctrl+Shift+B: there the program can be started again at once."
            ),
            Key.OWN_DESK,
        ),
    )


def no_rows() -> str:
    return QCoreApplication.translate(
        "Words", "Nothing is in the list: its columns change once there is"
    )


def text_size(percent: int) -> str:
    """The size of the text as it is chosen: «125 %»."""
    return f"{percent} %"
