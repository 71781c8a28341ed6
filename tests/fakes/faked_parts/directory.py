"""The directory of a faked desk: a call searches a fake, editors change a real file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from console.core.settings.workplace import CITY_ZONE
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
)
from console.shared.directory.documents import DocumentOpener, EntryDocumentsPresenter
from console.shared.session.desk import DeskPresenter
from kb.files.words import FIELD_NAMES
from kb.store import Directory
from tests.fakes.console_directory import (
    CATEGORIES,
    TOPICS,
    FakeDirectory,
    hit,
    sample_question,
    sample_unit,
    search_notes,
)
from tests.fakes.console_fakes import USUAL_DAYS, new_ids
from tests.fakes.faked_parts.shared import FakedShared


@cache
def filled_directory() -> bytes:
    """Returns the file of a directory with one entry of each kind; cached, because its schema takes
    time.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "directory.db"
        made = Directory.open(file, starters=None)
        made.replace_all((*TOPICS, *CATEGORIES, sample_question(), sample_unit()))
        made.close()
        return file.read_bytes()


class DirectoryPart:
    """The presenters that search, show and change the directory."""

    def __init__(self, shared: FakedShared, desk: DeskPresenter) -> None:
        owner, folder, clock = shared.owner, shared.folder, shared.clock
        readers, deliveries, milestones = shared.readers, shared.deliveries, shared.milestones
        (folder / "directory.db").write_bytes(filled_directory())
        self.entries = Directory.open(folder / "directory.db", starters=None)
        self.searched = FakeDirectory()
        self.searched.found = {"ям": (hit(sample_question()), hit(sample_unit()))}
        self.opener = DocumentOpener(
            self.searched,
            readers,
            deliveries,
            milestones,
            folder=folder / "copies",
            show=lambda _file: True,
            parent=owner,
        )
        self.hit_documents = HitDocumentsPresenter(
            self.searched, self.opener, readers, deliveries, parent=owner
        )
        self.entry_documents = EntryDocumentsPresenter(
            self.entries,
            self.opener,
            readers,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            new_id=new_ids(),
            zone=CITY_ZONE,
            parent=owner,
        )
        self.search = DirectoryPresenter(
            self.searched,
            readers,
            readers,
            search_notes(self.searched, readers, deliveries),
            deliveries,
            milestones,
            zone=CITY_ZONE,
            days=USUAL_DAYS,
            take=desk.accept_entry,
            parent=owner,
        )
        self.entry_list = EntryListPresenter(
            self.entries,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.editor = EntryEditorPresenter(
            self.entries,
            readers,
            readers,
            deliveries,
            milestones,
            operator=lambda: desk.operator,
            new_id=new_ids(),
            zone=CITY_ZONE,
            days=USUAL_DAYS,
            parent=owner,
        )
        self.proposals = ProposalsPresenter(
            self.entries,
            readers,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            new_id=new_ids(7000),
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.directory_import = DirectoryImportPresenter(
            self.entries,
            readers,
            readers,
            deliveries,
            milestones,
            FIELD_NAMES,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.directory_export = DirectoryExportPresenter(
            self.entries,
            tuple,
            readers,
            deliveries,
            FIELD_NAMES,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.queries = EntryQueriesPresenter(
            self.entries, readers, deliveries, zone=CITY_ZONE, parent=owner
        )
        self.synonyms = SynonymsPresenter(
            self.entries,
            readers,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.unanswered = UnansweredPresenter(
            self.entries,
            readers,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            days=USUAL_DAYS,
            parent=owner,
        )
        self.stale = StaleReportPresenter(
            self.entries,
            readers,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            folder=folder,
            zone=CITY_ZONE,
            parent=owner,
        )
