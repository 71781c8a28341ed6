"""Display texts for places: doubts about an address, and errors in reading the city's list."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from sync.register.places import Doubt, PlaceDoubt


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


def meant(place: str) -> str:
    """Question about an incomplete street after the focus has left the field."""
    return QCoreApplication.translate("Words", "Is it %1? ↓ and Enter write it down so").replace(
        "%1", place
    )


def unread() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The list of streets cannot be read"),
        QCoreApplication.translate(
            "Words", "Places are typed without it; tell the administrator to import it again."
        ),
    )
