"""Every notice of a presenter is shown, exactly once."""

from __future__ import annotations

from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from console.core.milestones import Milestones
from console.core.view_data import Notice
from console.shell.main_page import connect_told
from console.shell.page_presenters import DeskPresenters
from tests.fakes.console_fakes import Clock
from tests.fakes.faked_desk import FakedDesk


@pytest.mark.usefixtures("russian")
def test_each_who_tells_is_heard_once(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> None:
    desk = FakedDesk(owner, milestones, clock, tmp_path)
    with closing(desk.entries):
        told, heard = all_that_tell(desk.presenters)

    assert heard == told
    assert len(told) > 30


def all_that_tell(presenters: DeskPresenters) -> tuple[list[str], list[str]]:
    """Names of all presenters that raised a notice, and the notices shown, both in order."""
    heard: list[Notice] = []
    connect_told(presenters, heard.append)
    named = {field.name: getattr(presenters, field.name) for field in fields(presenters)}
    telling = {name: each.told for name, each in named.items() if hasattr(each, "told")}
    answers = presenters.answers
    telling |= {
        "review.photos": presenters.review.photos.told,
        "answers.form": answers.form.told,
        "answers.decisions": answers.decisions.told,
        "answers.undo": answers.undo.told,
    }
    for name, told in telling.items():
        told.emit(Notice(name))

    return sorted(telling), sorted(notice.head for notice in heard)
