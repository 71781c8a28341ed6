"""The background of a multi-line field is painted by the field only, in one colour."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.ui.fields import mark_inside, mark_problem
from console.ui.labels import Surface
from console.ui.text_field import TextField
from console.ui.theme import Theme, ThemeChoice, Tokens
from tests.fakes.faked_parts.shared import RESOURCES
from tests.fakes.painted import Painted

pytestmark = pytest.mark.qt_log_ignore("does not support")
BESIDE_PX = 4  # between the field's border and its viewport


class Form(QWidget):
    """A field on a surface, in a window with another colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.surface = Surface(theme, "app")
        self.field = TextField(theme)
        QVBoxLayout(self.surface).addWidget(self.field)
        column = QVBoxLayout(self)
        column.addWidget(self.surface)
        self.resize(400, 200)

    def grounds(self) -> tuple[QColor, QColor]:
        """Colours of the field outside of the viewport, and of the viewport at its right end."""
        image = self.field.grab().toImage()
        viewport = self.field.viewport().geometry()
        middle = viewport.center().y()
        inside = QPoint(viewport.right() - 2, middle)
        return image.pixelColor(BESIDE_PX, middle), image.pixelColor(inside)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT)
    made.install(qapp)
    return made


@pytest.fixture
def form(theme: Theme, qtbot: QtBot) -> Form:
    made = Form(theme)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("choice", list(ThemeChoice))
def test_the_ground_is_of_one_colour_in_every_state(
    form: Form, theme: Theme, choice: ThemeChoice
) -> None:
    theme.choose(choice, 1.0)
    QCoreApplication.processEvents()
    seen = [form.grounds()]
    mark_problem(form.field, True)
    seen.append(form.grounds())
    mark_inside(form.field, True)
    seen.append(form.grounds())
    form.field.setEnabled(False)
    seen.append(form.grounds())

    assert [beside for beside, _inside in seen] == [inside for _beside, inside in seen]
    names = ("surface", "surface", "warn-soft", "sunken")
    assert [inside for _beside, inside in seen] == [theme.colour(name) for name in names]


def test_a_letter_paints_nothing_that_the_field_stands_in(form: Form) -> None:
    form.field.setPlainText("Не горит свет")
    QCoreApplication.processEvents()
    with Painted() as painted:
        form.field.insertPlainText(".")
        QCoreApplication.processEvents()

    assert set(painted.widgets) == {form.field.viewport()}


def test_another_state_has_the_ground_painted_anew(form: Form) -> None:
    """A widget that paints its own background is repainted without its parent."""
    for change in (partial(mark_inside, form.field, True), partial(form.field.setEnabled, False)):
        QCoreApplication.processEvents()
        with Painted() as painted:
            change()
            QCoreApplication.processEvents()

        assert form.field.viewport() in painted.widgets


def test_a_part_of_a_surface_paints_nothing_behind_it(form: Form) -> None:
    with Painted() as painted:
        form.surface.update()
        QCoreApplication.processEvents()

    assert form.surface in painted.widgets
    assert form not in painted.widgets
