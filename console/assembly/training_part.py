"""Builds the training presenter in training mode; otherwise an offer to start that mode."""

import sys
from collections.abc import Callable
from pathlib import Path

from console.assembly.intake_part import IntakePart
from console.context import Shared
from console.core.process import start_training_mode
from console.features.training.lessons import read_lessons
from console.features.training.presenter import TrainingOffer, TrainingPlace, TrainingPresenter
from console.features.training.score import TrainingWork
from console.shared.session.desk import DeskPresenter
from console.shared.workplace.status import StatusPresenter
from console.shell.notices import NoticesPresenter


def make_training_part(
    shared: Shared,
    desk: DeskPresenter,
    status: StatusPresenter,
    notices: NoticesPresenter,
    intake: IntakePart,
    takes_calls: Callable[[], bool],
) -> TrainingPresenter | TrainingOffer:
    settings = shared.settings
    if not settings.is_training:
        offer = TrainingOffer(lambda: start_training_mode(settings), shared.parent)
        offer.told.connect(notices.tell)
        return offer

    def title_of(key: str) -> str:
        entry = shared.directory.entry(key)
        return "" if entry is None else entry.title

    training = TrainingPresenter(
        read_lessons(shared.resources / "training"),
        status,
        TrainingWork(shared.register, intake.reader.check_message),
        title_of,
        TrainingPlace(
            Path(sys.executable),
            settings.data_directory / "results.jsonl",
        ),
        shared.readers,
        shared.deliveries,
        parent=shared.parent,
        takes_calls=takes_calls,
    )
    desk.saved.connect(training.receive_saved)
    training.read_results()
    shared.stops.append(("training call", training.stop))
    return training
