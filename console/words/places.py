"""Words of the list of places: what it does not know, and that it cannot be read."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from sync.register.places.book import Doubt, PlaceDoubt


def doubt(found: PlaceDoubt) -> str:
    match found.doubt:
        case Doubt.HOUSE:
            text = QCoreApplication.translate(
                "Words", "The list has no house %1 in %2: ask again; it can be registered so too"
            )
        case Doubt.STREET:
            text = QCoreApplication.translate(
                "Words", "The list has no street “%2”: ask again; it can be registered so too"
            )
        case _:
            assert_never(found.doubt)
    return text.replace("%1", found.house).replace("%2", found.street)


def unread() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The list of streets cannot be read"),
        QCoreApplication.translate(
            "Words", "Places are typed without it; tell the administrator to import it again."
        ),
    )
