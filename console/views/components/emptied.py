"""A layout that is filled anew: what stood in it goes."""

from PySide6.QtWidgets import QLayout


def take_widgets_out(layout: QLayout) -> None:
    """Hide every widget of the layout and let it go; stretches and spaces stay.

    ``takeAt`` would leave the item of each behind: nobody owns it, and a window lives for a shift.
    """
    items = [layout.itemAt(place) for place in range(layout.count())]
    for widget in [item.widget() for item in items if item is not None]:
        if widget is not None:
            layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
