"""Regressions that this version of PySide must not have."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel

SETTER_CALLS = 500


def test_the_binding_leaves_the_count_of_none_alone(qapp: QApplication) -> None:
    """PySide6 6.12.0 lost one reference to None a call until Python aborted."""
    label = QLabel()
    before = sys.getrefcount(None)
    for index in range(SETTER_CALLS):
        label.setText(str(index))

    assert before - sys.getrefcount(None) < SETTER_CALLS / 10
