"""Training: the lessons in the training mode, the way to them elsewhere."""

import sys
from collections.abc import Callable
from pathlib import Path

from console.assembly.intake_part import IntakePart
from console.assembly.shared import Shared
from console.presenters.desk import DeskPresenter
from console.presenters.notices import NoticesPresenter
from console.presenters.status import StatusPresenter
from console.presenters.training import TrainingPlace, TrainingPresenter
from console.presenters.training_offer import TrainingOffer
from console.start.training_mode import start_training_mode
from console.training.lessons import read_lessons
from console.training_work import TrainingWork


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
