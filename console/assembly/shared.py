"""What all parts of the desk are made from."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from console.bridge import Deliveries
from console.milestones import Milestones
from console.pacing.after_painting import AfterPainting
from console.pacing.beginnings import Beginnings
from console.pacing.drawing import Drawing
from console.presenters.arrivals import Arrivals
from console.presenters.city_calendar import CityCalendar
from console.settings.chosen import ChosenSettings
from console.settings.workplace import ConsoleSettings
from console.start.stopping import STOP_DEADLINE_S
from console.texts.text_reader import TextReader
from kb.store import Directory
from sync.exchange.operator_sign_in import OperatorSignIn
from sync.store.city import CityStore
from sync.store.claim_board import ClaimBoard
from sync.store.register import RegisterStore

Stop = tuple[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Shared:
    """The stores, threads and settings of this console; ``parent`` owns every presenter.

    ``stops`` are run in reverse order at the end, each with a name for the log.
    """

    settings: ConsoleSettings
    chosen: ChosenSettings
    """The same as they are changed on the pages of settings."""
    settings_worker: ThreadPoolExecutor
    resources: Path
    register: RegisterStore
    directory: Directory
    city_store: CityStore
    calendar: CityCalendar
    readers: ThreadPoolExecutor
    unhurried: AfterPainting
    """The same threads for what is only to be read anew: not before what it follows is painted."""
    reader: TextReader
    """Knows whom the directory knows, and reads texts for everybody."""
    thinker: ThreadPoolExecutor
    directory_writer: ThreadPoolExecutor
    deliveries: Deliveries
    arrivals: Arrivals
    milestones: Milestones
    parent: QObject
    beginnings: Beginnings
    people: OperatorSignIn | None
    """Who signs people in by the centre; None without one."""
    stops: list[Stop] = field(default_factory=list)
    drawing: Drawing = field(default_factory=Drawing)
    claim_board: ClaimBoard = field(default_factory=ClaimBoard)
    """Whom other workplaces are calling, as the feed tells."""

    def __post_init__(self) -> None:
        self.stops.insert(0, ("papers", partial(self.drawing.stop, STOP_DEADLINE_S)))
