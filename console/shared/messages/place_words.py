"""Display texts for places: doubts about an address, and errors in reading the city's list."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from sync.register.places import Doubt, PlaceDoubt


def doubt(found: PlaceDoubt) -> str:
    match found.doubt:
        case Doubt.HOUSE:
            text = QCoreApplication.translate(
                "Words", "No house %1 on %2 in the list: ask again; you can still register it"
            )
        case Doubt.STREET:
            text = QCoreApplication.translate(
                "Words", "No street “%2” in the list: ask again; you can still register it"
            )
        case _:
            assert_never(found.doubt)
    return text.replace("%1", found.house).replace("%2", found.street)


def meant(place: str) -> str:
    """Question about an incomplete street after the focus has left the field."""
    return QCoreApplication.translate("Words", "Is it %1? ↓ and Enter to use it").replace(
        "%1", place
    )


def unread() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The street list cannot be read"),
        QCoreApplication.translate(
            "Words", "You can type places without it; ask the administrator to import it again."
        ),
    )
