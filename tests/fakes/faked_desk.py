"""A desk over fakes: all its presenters, with fakes of phone, register and people."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.features.directory_editor.publishing import PersonalDataPresenter
from console.features.regulation.presenter import ParagraphsPresenter
from console.shell.page_presenters import DeskPresenters
from tests.fakes.console_fakes import Clock, InlineExecutor
from tests.fakes.console_phone import connected
from tests.fakes.faked_parts.directory import DirectoryPart
from tests.fakes.faked_parts.messages import MessagesPart
from tests.fakes.faked_parts.phone import PhonePart
from tests.fakes.faked_parts.shared import FakedShared, find_phones
from tests.fakes.faked_parts.talk import TalkPart
from tests.fakes.faked_parts.workplace import WorkplacePart


class FakedDesk:
    """The presenters of a complete desk in the order of their dependencies. GUI thread only."""

    def __init__(
        self,
        owner: QObject,
        milestones: Milestones,
        clock: Clock,
        folder: Path,
        before: FakedDesk | None = None,
    ) -> None:
        """``before`` is a previous session: its messages and incidents still exist."""
        shared = FakedShared(owner, folder, milestones, clock, Deliveries(owner), InlineExecutor())
        self.of_phone = phone = PhonePart(shared)
        self.of_workplace = workplace = WorkplacePart(shared, phone)
        directory = DirectoryPart(shared, phone.desk)
        self._messages: MessagesPart = MessagesPart(
            shared, phone, directory, None if before is None else before._messages
        )
        messages = self._messages
        self._talk: TalkPart = TalkPart(
            shared,
            phone,
            directory,
            messages,
            workplace.training,
            None if before is None else before._talk,
        )
        talk = self._talk
        self.clock = clock
        self.phone, self.register, self.missed = phone.phone, phone.register, phone.missed
        self.desk, self.self_test = phone.desk, phone.self_test
        self.state_bench, self.operator_state = phone.state_bench, phone.state_bench.state
        self.workplace, self.work = workplace.workplace, workplace.work
        self.sheets, self.handover_folder = workplace.sheets, workplace.handover_folder
        self.own_desks, self.settings_bench = workplace.own_desks, workplace.settings_bench
        self.entries, self.directory = directory.entries, directory.searched
        self.opener = directory.opener
        self.handling, self.bench = messages.handling, messages.bench
        self.reader, self.photos = messages.reader, messages.kept_photos
        self.script_steps, self.calendars = messages.script_steps, messages.calendars
        self.spelling = messages.spelling
        self.register_calls = talk.register_calls
        self.people, self.planned = talk.people, talk.kept_promises
        self.incidents, self.team = talk.told_incidents, talk.team
        self.presenters = _presenters(shared, phone, workplace, directory, messages, talk)
        phone.status.receive_phone(connected())


def _presenters(
    shared: FakedShared,
    phone: PhonePart,
    workplace: WorkplacePart,
    directory: DirectoryPart,
    messages: MessagesPart,
    talk: TalkPart,
) -> DeskPresenters:
    """Returns all presenters, as passed to the desk."""
    owner, clock = shared.owner, shared.clock
    return DeskPresenters(
        desk=phone.desk,
        saved_call=talk.saved_call,
        calls=phone.calls,
        numbers=talk.numbers,
        keypad=phone.keypad,
        operator_state=phone.state_bench.state,
        alarm=phone.state_bench.alarm,
        call_bar=talk.call_bar,
        card=talk.card,
        script=talk.script,
        call_hint=talk.call_hint,
        phrases=talk.phrases,
        by_hand=talk.by_hand,
        persons=talk.persons,
        planned=talk.planned,
        claims=talk.claims,
        message=messages.message,
        message_checks=messages.checks,
        topic_route=messages.topic_route,
        message_near=messages.near,
        photos=messages.photos,
        places=messages.places,
        directory=directory.search,
        hit_documents=directory.hit_documents,
        document_opener=directory.opener,
        entry_documents=directory.entry_documents,
        entries=directory.entry_list,
        editor=directory.editor,
        queries=directory.queries,
        proposals=directory.proposals,
        directory_import=directory.directory_import,
        directory_export=directory.directory_export,
        synonyms=directory.synonyms,
        unanswered=directory.unanswered,
        stale=directory.stale,
        journal=talk.journal,
        call_register=talk.call_register,
        answers=messages.answers,
        look_up=messages.look_up,
        history=messages.history,
        report=messages.report,
        formal_appeal=talk.formal_appeal,
        calendar=messages.calendars.presenter,
        reviews=messages.bench.desk,
        review=messages.review,
        call_backs=messages.call_backs,
        incidents=talk.incidents,
        incident_page=talk.incident_page,
        spelling=messages.spelling,
        personal_data=PersonalDataPresenter(find_phones, shared.deliveries, parent=owner),
        status=phone.status,
        training=workplace.training,
        phone_check=phone.phone_check,
        settings=workplace.settings_bench.presenters,
        diagnostics=workplace.diagnostics,
        shift_check=workplace.shift_check,
        shown_record=messages.shown_record,
        handover=workplace.handover,
        notices=phone.notices,
        paragraphs=ParagraphsPresenter(lambda: clock.now.date(), parent=owner),
        key_choice=workplace.key_choice,
        own_desk=workplace.own_desk,
    )
