"""Training: the lessons in the training mode, the way to them elsewhere."""

import sys
from collections.abc import Callable
from pathlib import Path

from console.assembly.shared import Shared
from console.presenters.notices import NoticesPresenter
from console.presenters.status import StatusPresenter
from console.presenters.training import TrainingPresenter
from console.presenters.training_offer import TrainingOffer
from console.training.lessons import read_lessons
from console.training_mode import start_training_mode


def make_training_part(
    shared: Shared,
    status: StatusPresenter,
    notices: NoticesPresenter,
    takes_calls: Callable[[], bool],
) -> TrainingPresenter | TrainingOffer:
    settings = shared.settings
    if not settings.is_training:
        offer = TrainingOffer(lambda: start_training_mode(settings), shared.parent)
        offer.told.connect(notices.tell)
        return offer
    training = TrainingPresenter(
        read_lessons(shared.resources / "training"),
        status,
        Path(sys.executable),
        settings.data_directory / "calls",
        parent=shared.parent,
        takes_calls=takes_calls,
    )
    shared.stops.append(("training call", training.stop))
    return training
