"""Builds the text analyser, and preloads its rules, dictionary and the sentence encoder.

Preloading runs on one worker thread before the first call.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from console.core.deliveries import Deliveries
from console.core.idle_queue import WindowFirst
from console.shared.messages.terms import CityCalendar
from console.shared.texts.reader import StreetNames, TextReader
from kb.errors import DirectoryError
from kb.store import Directory

LOG = logging.getLogger(__name__)


def make_text_reader(
    directory: Directory, calendar: CityCalendar, places_file: Path, window_first: WindowFirst
) -> TextReader:
    """Builds the text analyser; it recognises the directory's people. The caller must close it."""
    streets = StreetNames(places_file)
    return TextReader(
        ThreadPoolExecutor(1, thread_name_prefix="text-reader"),
        directory.people_and_units,
        lambda: calendar.settings.obscene_words,
        lambda word: streets.has(word) or directory.knows_word(word),
        window_first.pass_by,
    )


def read_ahead(reader: TextReader, directory: Directory, deliveries: Deliveries) -> None:
    """Preloads rules, dictionary and sentence encoder on one thread before the first call.

    Loaded during a call, they would delay the display of typed letters.
    """

    def failed(error: Exception) -> None:
        # A search that needs the encoder reports the error to the operator.
        LOG.warning("sentence encoder: cannot load: %s", type(error).__name__)

    def done(loaded: "Future[None]") -> None:
        if not loaded.cancelled():
            deliveries.deliver(loaded, lambda _none: None, failed, expected=(DirectoryError,))

    reader.prepare()
    if directory.knows_meaning:
        reader.with_dictionary(lambda _used: directory.load_encoder()).add_done_callback(done)
