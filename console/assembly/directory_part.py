"""Builds the directory presenters: search, documents, editor, import, export and reports."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from uuid_utils.compat import uuid7

from console.context import Shared
from console.core.idle_queue import AfterPainting
from console.core.milestones import Milestone
from console.core.settings.workplace import CITY_ZONE
from console.features.call_card.card_search import EarlierAnswers
from console.features.directory_editor.entry import EntryEditorPresenter
from console.features.directory_editor.entry_list import EntryListPresenter
from console.features.directory_editor.proposals import ProposalsPresenter
from console.features.directory_editor.publishing import EntryQueriesPresenter
from console.features.directory_editor.stale import StaleReportPresenter
from console.features.directory_editor.synonyms import SynonymsPresenter
from console.features.directory_editor.unanswered import UnansweredPresenter
from console.features.directory_files.exporting import DirectoryExportPresenter
from console.features.directory_files.importing import DirectoryImportPresenter
from console.features.directory_search.presenter import (
    DirectoryPresenter,
    HitDocumentsPresenter,
    SearchNotes,
)
from console.shared.directory.documents import DocumentOpener, EntryDocumentsPresenter
from console.shared.directory.edited import EditedDirectory
from console.shared.session.desk import DeskPresenter
from console.shared.texts.reader import TextReader
from kb.files.importing import read_folder
from kb.files.words import read_words
from kb.store import Directory
from sync.exchange.claims import CentralEditing
from sync.register.checks.morphology import Morphology
from sync.store.central.server_identity import read_branch
from sync.store.local.incidents import Incidents


@dataclass(frozen=True, slots=True)
class DirectoryPart:
    """Presenters that show and edit the directory; ``copies`` is the folder of opened documents.

    ``reader`` recognises the people of the directory and checks texts for all features.
    """

    copies: Path
    reader: TextReader
    directory: DirectoryPresenter
    document_opener: DocumentOpener
    hit_documents: HitDocumentsPresenter
    entry_documents: EntryDocumentsPresenter
    entries: EntryListPresenter
    editor: EntryEditorPresenter
    proposals: ProposalsPresenter
    directory_import: DirectoryImportPresenter
    directory_export: DirectoryExportPresenter
    queries: EntryQueriesPresenter
    synonyms: SynonymsPresenter
    unanswered: UnansweredPresenter
    stale: StaleReportPresenter


def make_directory_part(shared: Shared, desk: DeskPresenter) -> DirectoryPart:
    """Builds and connects the directory presenters."""
    days = shared.calendar.days
    edited, publisher = _edited(shared, desk)
    reader = shared.reader
    directory = DirectoryPresenter(
        shared.directory,
        AfterPainting(shared.readers, shared.parent),
        shared.thinker,
        SearchNotes(shared.directory, reader.of_nobody, shared.directory_writer, shared.deliveries),
        shared.deliveries,
        shared.milestones,
        zone=CITY_ZONE,
        days=days,
        take=desk.accept_entry,
        parent=shared.parent,
    )
    _use_dictionary(shared, reader, directory)
    EarlierAnswers(
        desk,
        shared.directory,
        Incidents(shared.register),
        shared.readers,
        shared.deliveries,
        shared.parent,
    )
    copies = TemporaryDirectory(prefix="documents-", ignore_cleanup_errors=True)
    shared.stops.append(("document copies", copies.cleanup))
    folder = Path(copies.name)
    document_opener = DocumentOpener(
        shared.directory,
        shared.readers,
        shared.deliveries,
        shared.milestones,
        folder=folder,
        show=lambda file: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))),
        parent=shared.parent,
    )
    hit_documents = HitDocumentsPresenter(
        shared.directory, document_opener, shared.readers, shared.deliveries, parent=shared.parent
    )
    entry_documents = EntryDocumentsPresenter(
        edited,
        document_opener,
        shared.readers,
        publisher,
        shared.deliveries,
        operator=lambda: desk.operator,
        new_id=uuid7,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    entry_documents.changed.connect(lambda _state: hit_documents.read_again())
    entries = EntryListPresenter(
        shared.directory,
        shared.readers,
        shared.deliveries,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    editor = EntryEditorPresenter(
        edited,
        shared.readers,
        shared.directory_writer,
        shared.deliveries,
        shared.milestones,
        operator=lambda: desk.operator,
        new_id=uuid7,
        zone=CITY_ZONE,
        days=days,
        publisher=publisher,
        centre=edited if isinstance(edited, EditedDirectory) else None,
        parent=shared.parent,
    )
    proposals = ProposalsPresenter(
        edited,
        shared.readers,
        publisher,
        shared.deliveries,
        operator=lambda: desk.operator,
        new_id=uuid7,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    table_words = read_words(shared.resources / "directory" / "headings-ru.json")
    directory_import = DirectoryImportPresenter(
        edited,
        shared.readers,
        publisher,
        shared.deliveries,
        shared.milestones,
        table_words,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    directory_import.stored.connect(entries.renew)
    shared.arrivals.directory.connect(entries.renew)
    shared.arrivals.directory.connect(directory.refresh)
    shared.arrivals.directory.connect(editor.read_again)
    shared.arrivals.reached.connect(editor.centre_is_back)
    directory_export = DirectoryExportPresenter(
        shared.directory,
        partial(read_folder, shared.resources / "directory" / "example.jsonl"),
        shared.readers,
        shared.deliveries,
        table_words,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    queries = EntryQueriesPresenter(
        shared.directory, shared.readers, shared.deliveries, zone=CITY_ZONE, parent=shared.parent
    )
    synonyms = SynonymsPresenter(
        edited,
        shared.readers,
        publisher,
        shared.deliveries,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        parent=shared.parent,
    )

    def read_sections() -> None:
        """Reloads only for editors, because each suggestion costs a search."""
        if editor.may_edit():
            proposals.reload()
            synonyms.reload()

    entries.renewed.connect(read_sections)
    unanswered = UnansweredPresenter(
        shared.directory,
        shared.readers,
        shared.directory_writer,
        shared.deliveries,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        days=days,
        parent=shared.parent,
    )
    unanswered.loaded.connect(
        lambda count: shared.milestones.note(Milestone.UNANSWERED_READ, count=count)
    )
    stale = StaleReportPresenter(
        edited,
        shared.readers,
        publisher,
        shared.deliveries,
        operator=lambda: desk.operator,
        folder=shared.settings.reports_directory,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    return DirectoryPart(
        copies=folder,
        reader=reader,
        directory=directory,
        document_opener=document_opener,
        hit_documents=hit_documents,
        entry_documents=entry_documents,
        entries=entries,
        editor=editor,
        proposals=proposals,
        directory_import=directory_import,
        directory_export=directory_export,
        queries=queries,
        synonyms=synonyms,
        unanswered=unanswered,
        stale=stale,
    )


def _use_dictionary(shared: Shared, reader: TextReader, search: DirectoryPresenter) -> None:
    """Passes the Russian dictionary to the search as soon as it is created in the background.

    Searches do not wait for it; a search made without it is repeated.
    """
    in_use: Future[None] = Future()

    def use(dictionary: Morphology) -> None:
        shared.directory.use_dictionary(dictionary.has_right_form)
        in_use.set_result(None)

    reader.morphology.when_made(use)
    shared.deliveries.deliver_sure(in_use, lambda _none: search.refresh())


def _edited(
    shared: Shared, desk: DeskPresenter
) -> tuple[Directory | EditedDirectory, ThreadPoolExecutor]:
    """Returns the editable directory, and its thread, which may block on the central database."""
    people, writer = shared.people, shared.directory_writer
    if people is None:
        return shared.directory, writer
    register, arrivals = shared.register, shared.arrivals
    editing = CentralEditing(
        lambda: people.session_of(desk.operator), lambda: register.read(read_branch)
    )
    publisher = ThreadPoolExecutor(1, thread_name_prefix="central-editing")
    shared.stops.append(("central editing", lambda: publisher.shutdown(cancel_futures=True)))
    edited = EditedDirectory(
        shared.directory, editing, writer, lambda: arrivals.is_directory_shared
    )
    return edited, publisher
