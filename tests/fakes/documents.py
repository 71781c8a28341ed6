"""The documents of hits over a directory, for tests of single views."""

from pathlib import Path

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.features.directory_search.presenter import HitDocumentsPresenter
from console.shared.directory.documents import DocumentOpener
from console.shared.messages.classifier import Classifier, Organs
from console.shared.messages.topic_route import TopicRoutePresenter
from tests.fakes.console_directory import FakeDirectory
from tests.fakes.console_fakes import InlineExecutor


def topic_route(
    classifier: Classifier, organs: Organs, milestones: Milestones, folder: Path, owner: QObject
) -> TopicRoutePresenter:
    """Returns the route of a topic without documents."""
    directory, at_once, deliveries = FakeDirectory(), InlineExecutor(), Deliveries(owner)
    opener = DocumentOpener(
        directory,
        at_once,
        deliveries,
        milestones,
        folder=folder,
        show=lambda _file: True,
        parent=owner,
    )
    return TopicRoutePresenter(classifier, organs, directory, opener, at_once, deliveries, owner)


def hit_documents(
    directory: FakeDirectory,
    milestones: Milestones,
    folder: Path,
    shown: list[Path],
    owner: QObject,
) -> HitDocumentsPresenter:
    """Returns a presenter that reads immediately; opened files are written to the folder and the
    list.
    """
    deliveries, at_once = Deliveries(owner), InlineExecutor()

    def show(file: Path) -> bool:
        shown.append(file)
        return True

    opener = DocumentOpener(
        directory, at_once, deliveries, milestones, folder=folder, show=show, parent=owner
    )
    return HitDocumentsPresenter(directory, opener, at_once, deliveries, parent=owner)
