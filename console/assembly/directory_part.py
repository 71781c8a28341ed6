"""The directory at the desk: its search, its documents and its editor."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from uuid_utils.compat import uuid7

from console.assembly.shared import Shared
from console.milestones import Milestone
from console.presenters.desk import DeskPresenter
from console.presenters.directory import DirectoryPresenter
from console.presenters.directory_export import DirectoryExportPresenter
from console.presenters.directory_import import DirectoryImportPresenter
from console.presenters.documents import DocumentOpener, EntryDocumentsPresenter
from console.presenters.entry_editor import EntryEditorPresenter
from console.presenters.entry_list import EntryListPresenter
from console.presenters.entry_queries import EntryQueriesPresenter
from console.presenters.hit_documents import HitDocumentsPresenter
from console.presenters.proposals import ProposalsPresenter
from console.presenters.stale_report import StaleReportPresenter
from console.presenters.synonyms import SynonymsPresenter
from console.presenters.unanswered import UnansweredPresenter
from console.settings import CITY_ZONE
from kb.files.words import read_words
from kb.importers import read_folder


@dataclass(frozen=True, slots=True)
class DirectoryPart:
    """The presenters that show and change the directory; ``copies`` holds opened documents."""

    copies: Path
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
    """Everything of the directory but what is read on the thread of texts."""
    days = shared.calendar.days
    directory = DirectoryPresenter(
        shared.directory,
        shared.readers,
        shared.thinker,
        shared.directory_writer,
        shared.deliveries,
        shared.milestones,
        zone=CITY_ZONE,
        days=days,
        take=desk.accept_entry,
        parent=shared.parent,
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
        shared.directory,
        document_opener,
        shared.readers,
        shared.directory_writer,
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
        shared.directory,
        shared.readers,
        shared.directory_writer,
        shared.deliveries,
        shared.milestones,
        operator=lambda: desk.operator,
        new_id=uuid7,
        zone=CITY_ZONE,
        days=days,
        is_shared=lambda: shared.arrivals.is_directory_shared,
        parent=shared.parent,
    )
    proposals = ProposalsPresenter(
        shared.directory,
        shared.readers,
        shared.directory_writer,
        shared.deliveries,
        operator=lambda: desk.operator,
        new_id=uuid7,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    table_words = read_words(shared.resources / "directory" / "headings-ru.json")
    directory_import = DirectoryImportPresenter(
        shared.directory,
        shared.readers,
        shared.directory_writer,
        shared.deliveries,
        shared.milestones,
        table_words,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    directory_import.stored.connect(entries.reload)
    shared.arrivals.directory.connect(entries.reload)
    shared.arrivals.directory.connect(directory.refresh)
    directory_export = DirectoryExportPresenter(
        shared.directory,
        read_folder(shared.resources / "directory" / "example.jsonl"),
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
        shared.directory,
        shared.readers,
        shared.directory_writer,
        shared.deliveries,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
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
        shared.directory,
        shared.readers,
        shared.directory_writer,
        shared.deliveries,
        operator=lambda: desk.operator,
        folder=shared.settings.reports_directory,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    return DirectoryPart(
        copies=folder,
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
