"""Opens the directory and the city's settings, and reads the data that the main page needs.

An empty directory is filled with the sample city's data. Blocks; call on a worker thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from console.core.settings.workplace import ConsoleSettings
from console.features.message_form.presenter import cleared_reason
from console.shared.messages.classifier import Filed, read_filed
from kb.errors import DirectoryEvent
from kb.files.importing import read_folder
from kb.store import Directory
from sync.errors import PlacesUnreadable
from sync.records.feed_values import FeedMark
from sync.register.city import City
from sync.register.messages import MessageRecord
from sync.register.places import PlaceList, read_rows
from sync.store.local.city import CityStore
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from sync.store.local.sidecar_files import read_table, write_places

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenedStores:
    """Opened stores; ``is_shared``: the directory is replicated from a central database."""

    city: City
    directory: Directory
    is_shared: bool


def open_stores(
    settings: ConsoleSettings,
    resources: Path,
    city_store: CityStore,
    tell: Callable[[DirectoryEvent], None],
) -> OpenedStores:
    """Opens the stores and fills an empty directory. Raises DirectoryError and StoreError."""
    city = city_store.city()  # read first: on failure no open directory has to be closed
    directory = Directory.open(settings.directory_file, tell=tell)
    mark = directory.mark()
    if not mark:
        directory.replace_all(read_folder(resources / "directory" / "sample"), "sample")
        _use_sample_places(settings.places_file, resources)
    return OpenedStores(city, directory, is_shared=FeedMark.read(mark) is not None)


def _use_sample_places(file: Path, resources: Path) -> None:
    """Writes the sample city's streets if no list was imported yet."""
    sample = read_rows(read_table(resources / "places" / "sample.csv"))
    if isinstance(sample, PlaceList) and not file.exists():
        try:
            write_places(file, sample)
        except PlacesUnreadable as error:
            LOG.warning("places: sample not saved: %s", error)


@dataclass(frozen=True, slots=True)
class FirstReading:
    """Data for the main page; the first messages are not registered yet.

    ``cleared`` has the reasons for false positives in their text, only for messages with such a
    reason. ``station`` is the workplace's code.
    """

    station: str
    filed: Filed
    begun: tuple[MessageRecord, ...]
    cleared: Mapping[UUID, str]


def read_first(directory: Directory, register: RegisterStore) -> FirstReading:
    """Reads the data at sign-in. Raises DirectoryError and StoreError."""
    handling = MessageHandling(register)
    begun = register.message_drafts()
    cleared = {}
    for draft in begun:
        handled = handling.handled(draft.id)
        if handled is not None and (reason := cleared_reason(handled)):
            cleared[draft.id] = reason
    return FirstReading(register.station().code, read_filed(directory), begun, cleared)
