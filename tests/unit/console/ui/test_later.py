"""A part of the window is made when it is first needed, and once."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from console.ui.layout import Later


def test_nothing_is_made_by_naming_it_or_asking_whether_it_is_shown(qapp: QApplication) -> None:
    made: list[QLabel] = []

    def make() -> QLabel:
        made.append(QLabel("one"))
        return made[-1]

    later = Later(make)
    assert later.made is None
    assert not later.is_shown
    assert made == []

    label = later.widget
    assert later.widget is label
    assert later.made is label
    assert made == [label]


def test_what_waits_for_it_is_done_in_its_order_and_at_once_afterwards(
    qapp: QApplication,
) -> None:
    later = Later(lambda: QLabel("one"))
    done: list[str] = []
    later.when_made(lambda label: done.append(f"first {label.text()}"))
    later.when_made(lambda label: done.append(f"second {label.text()}"))
    assert done == []

    later.widget.setText("two")
    later.when_made(lambda label: done.append(f"third {label.text()}"))

    assert done == ["first one", "second one", "third two"]
