"""Pages of which one is shown, as many as there may be."""

from PySide6.QtWidgets import QStackedWidget


class PageStack(QStackedWidget):
    """Takes the height that is left, and asks no page how high it would be at which width.

    Qt would ask every page that was ever shown, at each width that a change of pages goes through:
    with all pages made a change took 90 ms in place of 11.
    """

    def hasHeightForWidth(self) -> bool:
        return False
