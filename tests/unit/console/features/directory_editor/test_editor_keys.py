"""The directory editor in the workspace: its forms, sections and permissions, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from console.features.call_card.card_view import CallCard
from console.features.directory_editor.entry_view import EntryForm
from console.features.directory_editor.fields_view import EntryFields
from console.features.directory_editor.list_view import EntryListColumn, StaleView
from console.features.directory_editor.page import EditorPage
from console.features.directory_editor.proposals_view import ProposalsView
from console.features.directory_editor.synonyms_view import SynonymsView
from console.features.directory_editor.unanswered_view import UnansweredView
from console.features.directory_search.panel import DirectoryPanel
from console.features.journal.page import JournalPage
from console.shared.directory.hits_view import SearchField
from console.shell.navigation import NavigationColumn, NavRow
from kb.entries.attachments import Attachment, AttachmentKind
from kb.entries.entries import EntryKind
from tests.fakes.console_directory import sample_question
from tests.fakes.console_fakes import OPERATOR
from tests.fakes.console_phone import Call
from tests.fakes.counted_calls import CountedCalls
from tests.fakes.records import answered_message
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import ALT, CTRL, NO_SCREEN, Window, open_editor

pytestmark = NO_SCREEN


@pytest.fixture
def window(own_window: Window) -> Window:
    """A separate window: these tests change the directory and leave entries open in the editor."""
    return own_window


def test_the_list_shows_what_others_change_while_it_is_on_the_screen(window: Window) -> None:
    directory, entries = window.entries, window.presenters.entries

    def renew(title: str) -> list[str]:
        directory.upsert(replace(sample_question(), title=title))
        entries.renew()
        for _round in range(4):
            QCoreApplication.processEvents()
        return [row.title for row in entries.state.rows]

    open_editor(window)
    assert "Ямы и трещины" in renew("Ямы и трещины")
    window.press(Qt.Key.Key_M, CTRL)
    assert "Ямы и выбоины" not in renew("Ямы и выбоины")
    open_editor(window)
    assert "Ямы и выбоины" in [row.title for row in entries.state.rows]


def test_the_fields_of_a_question_are_made_before_one_is_opened(window: Window) -> None:
    """They were created only when the first entry was shown."""
    open_editor(window)
    settle()
    with CountedCalls(EntryFields.__init__, EntryFields.show_state) as counted:
        window.presenters.editor.open("q-1")
        settle()

    assert counted.counts["EntryFields.show_state"] > 0
    assert counted.counts["EntryFields.__init__"] == 0


def test_shift_f5_edits_the_directory_by_keys_alone(window: Window) -> None:
    open_editor(window)
    window.enter("кто чинит")
    for _round in range(4):
        QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Return)
    for _round in range(4):
        QCoreApplication.processEvents()
    assert window.presenters.editor.state.entry_id == "q-1"
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_End)
    window.enter(" Вот")
    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(6):
        QCoreApplication.processEvents()

    entry = window.entries.entry("q-1")
    assert entry is not None
    assert entry.title == f"{sample_question().title} Вот"
    assert not window.shows(DirectoryPanel)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(EditorPage)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(JournalPage)


def test_who_leaves_the_form_while_the_list_is_read_loses_no_letter(window: Window) -> None:
    open_editor(window)
    window.presenters.editor.open("q-1")
    for _round in range(4):
        QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Return)
    window.part(EntryForm).findChildren(QLineEdit)[0].setFocus()
    window.presenters.entries.set_query("кто")
    for _press in range(2):
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, Qt.Key.Key_Escape)  # before the query is answered
        assert not window.presenters.entries.is_settled
    assert window.shows(JournalPage)
    window.press(Qt.Key.Key_F5)
    window.enter("ям")

    search = window.part(SearchField)
    assert isinstance(search, QLineEdit)
    assert search.text() == "ям"


def test_a_call_does_not_take_the_editor_away_before_it_is_answered(window: Window) -> None:
    open_editor(window)
    call = Call()
    window.tell(call.ringing())
    assert window.shows(EditorPage)

    window.tell(call.answered())
    assert window.shows(CallCard)


def test_an_answer_that_comes_late_does_not_take_the_keyboard_away(window: Window) -> None:
    open_editor(window)
    found = QApplication.focusWidget()
    assert found is not None
    window.presenters.entries.set_query("кто")
    QTest.keyClick(found, Qt.Key.Key_Return)
    assert not window.presenters.entries.is_settled
    QTest.keyClick(found, Qt.Key.Key_Tab)
    elsewhere = QApplication.focusWidget()
    assert elsewhere is not found
    for _round in range(4):
        QCoreApplication.processEvents()

    assert window.presenters.entries.is_settled
    assert QApplication.focusWidget() is elsewhere


def test_who_may_not_edit_is_offered_no_editor(window: Window) -> None:
    row = next(row for row in window.page.findChildren(NavRow) if row.text() == "Справочник")
    assert row.isVisible()

    window.sit_down(OPERATOR)
    QCoreApplication.processEvents()
    assert not row.isVisible()
    open_editor(window)
    assert not window.shows(EntryListColumn)


def test_every_kind_of_entry_has_a_form_that_fits(window: Window) -> None:
    open_editor(window)
    for kind in EntryKind:
        window.presenters.editor.create(kind.value)
        QCoreApplication.processEvents()
        form = window.page.findChild(EntryForm)
        assert isinstance(form, EntryForm)
        for field in form.findChildren(QLineEdit):
            if field.isVisible():
                assert field.width() >= 90, (kind, field.accessibleName(), field.width())
                assert field.accessibleName(), kind


def test_sections_are_opened_and_left_by_keys_and_tell_how_much_waits(window: Window) -> None:
    window.entries.abandoned("рюкзачок")
    open_editor(window)
    for key, view in (
        (Qt.Key.Key_U, UnansweredView),
        (Qt.Key.Key_S, SynonymsView),
        (Qt.Key.Key_O, StaleView),
        (Qt.Key.Key_P, ProposalsView),
    ):
        window.press(key, ALT)
        assert window.shows(view)
        assert not window.shows(EntryListColumn)
    window.press(Qt.Key.Key_P, ALT)
    assert window.shows(EntryListColumn)
    tab = window.field(EditorPage, "Не нашли 1")
    assert tab.isVisible()

    window.press(Qt.Key.Key_U, ALT)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(EntryListColumn)


def test_a_search_in_vain_becomes_a_question_or_a_synonym_by_one_key(window: Window) -> None:
    window.entries.abandoned("рюкзачок")
    open_editor(window)
    window.press(Qt.Key.Key_U, ALT)
    for _round in range(6):
        QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Y, ALT)
    assert window.shows(SynonymsView)
    assert window.presenters.synonyms.state.phrase == "рюкзачок"
    assert window.field(SynonymsView, "Значит").hasFocus()

    window.press(Qt.Key.Key_U, ALT)
    window.press(Qt.Key.Key_Insert)
    assert window.shows(EntryForm)
    state = window.presenters.editor.state
    assert (state.kind, state.title) == (EntryKind.QUESTION, "рюкзачок")
    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(8):
        QCoreApplication.processEvents()
    assert window.entries.unanswered_searches() == ()


def test_what_is_typed_of_a_synonym_waits_while_others_are_looked_at_and_is_dropped_by_key(
    window: Window,
) -> None:
    open_editor(window)
    window.press(Qt.Key.Key_S, ALT)
    window.press(Qt.Key.Key_Insert)
    window.enter("светляки")
    window.press(Qt.Key.Key_Insert)
    field = window.field(SynonymsView, "Говорят")
    assert isinstance(field, QLineEdit)
    assert (field.text(), field.hasFocus()) == ("", True)
    window.presenters.synonyms.choose(0)
    assert field.text() == "светляки"
    window.press(Qt.Key.Key_Z, ALT)
    assert field.text() == ""
    assert "светляки" not in {row.what for row in window.presenters.synonyms.state.rows}


def test_a_key_pressed_before_the_list_is_read_is_not_lost(window: Window) -> None:
    open_editor(window)
    window.entries.abandoned("рюкзачок")
    for key in (Qt.Key.Key_U, Qt.Key.Key_Y):
        # No event is processed in between: the list is still loading.
        QTest.keyClick(QApplication.focusWidget() or window.page, key, ALT)
    for _round in range(8):
        QCoreApplication.processEvents()
    assert window.shows(SynonymsView)
    assert window.presenters.synonyms.state.phrase == "рюкзачок"


@pytest.mark.parametrize("section", [Qt.Key.Key_U, Qt.Key.Key_S, Qt.Key.Key_O, Qt.Key.Key_P])
@pytest.mark.parametrize("is_read", [True, False])
def test_enter_in_a_list_with_nothing_in_it_leaves_the_keyboard_where_it_is_seen(
    window: Window, section: Qt.Key, is_read: bool
) -> None:
    open_editor(window)
    QTest.keyClick(QApplication.focusWidget() or window.page, section, ALT)
    for _round in range(8 if is_read else 0):
        QCoreApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or window.page, Qt.Key.Key_Return)
    for _round in range(8):
        QCoreApplication.processEvents()

    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()


def test_enter_before_the_list_is_read_goes_to_the_search_for_its_entry(window: Window) -> None:
    window.entries.abandoned("рюкзачок")
    open_editor(window)
    for key, held in ((Qt.Key.Key_U, ALT), (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)):
        QTest.keyClick(QApplication.focusWidget() or window.page, key, held)
    for _round in range(8):
        QCoreApplication.processEvents()

    assert window.field(UnansweredView, "Нужная запись").hasFocus()


def test_enter_opens_an_entry_that_is_out_of_date(window: Window) -> None:
    window.entries.upsert(replace(sample_question(), checked_on=date(2020, 1, 1)))
    open_editor(window)
    window.press(Qt.Key.Key_O, ALT)
    for _round in range(6):
        QCoreApplication.processEvents()
    window.presenters.stale.choose("q-1")
    window.press(Qt.Key.Key_Return)
    for _round in range(6):
        QCoreApplication.processEvents()

    assert window.shows(EntryForm)
    assert window.presenters.editor.state.entry_id == "q-1"


def test_a_proposal_is_written_down_and_decided_by_keys(window: Window) -> None:
    open_editor(window)
    window.press(Qt.Key.Key_P, ALT)
    for name, text in (
        ("name", "Мосты"),
        ("owner", "road-service"),
        ("route", "в отдел"),
        ("organ", "road-service"),
    ):
        window.presenters.proposals.set_field(name, text)
    for _round in range(4):
        QCoreApplication.processEvents()
    assert window.shows(ProposalsView)
    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(6):
        QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.entries.proposals()[0].decision is None
    listed = window.field(ProposalsView, "Предложения")
    listed.setFocus()
    window.press(Qt.Key.Key_Down)
    assert window.presenters.proposals.state.may_decide
    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(6):
        QCoreApplication.processEvents()

    assert "Мосты" in [topic.title for topic in window.entries.topics()]
    window.press(Qt.Key.Key_Escape)
    assert window.shows(EntryListColumn)


def test_a_report_of_missing_categories_begins_the_proposal(window: Window) -> None:
    fields = {"parent": "roads", "name": "Самокаты", "owner": "road-service", "route": "в отдел"}
    window.presenters.report.proposal_asked.emit(fields)
    for _round in range(8):
        QCoreApplication.processEvents()
    assert window.shows(ProposalsView)
    assert window.presenters.proposals.state.fields["owner"] == "road-service"
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == "Самокаты"


def test_a_form_with_documents_of_long_names_is_as_wide_as_its_page(window: Window) -> None:
    title = "Тематический регламент по работе с сообщениями о ямах и других неисправностях"
    document = Attachment("d-1", "q-1", AttachmentKind.REGULATION, title, "regulation.pdf")
    window.entries.attach(document, b"%PDF-1.7")
    open_editor(window)
    window.presenters.editor.open("q-1")
    for _round in range(8):
        QCoreApplication.processEvents()
    form = window.part(EntryForm)
    button = window.field(EntryForm, f"Открыть: {title}")
    assert button.isVisible()
    assert button.width() < button.sizeHint().width()
    fields = [field for field in form.findChildren(QLineEdit) if field.isVisible()]
    assert fields
    for field in fields:
        right = field.mapTo(form, field.rect().topRight()).x()
        assert right < form.width(), field.accessibleName()


def test_alt_q_makes_a_question_of_an_answer_and_points_at_personal_data(window: Window) -> None:
    answered = answered_message("Яму заделают. Мастер 555-01-37.", window.clock.now)
    window.register.messages[answered.id] = answered
    window.presenters.journal.reload()
    for _round in range(4):
        QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Q, ALT)
    assert window.field(JournalPage, "Сделать типовым вопросом, Alt+Q").isVisible()
    window.press(Qt.Key.Key_Q, ALT)
    for _round in range(6):
        QCoreApplication.processEvents()
    assert window.shows(EntryForm)
    entry_id = window.presenters.editor.state.entry_id
    window.enter("Когда заделают яму?")
    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(6):
        QCoreApplication.processEvents()
    shown = [
        label.text() for label in window.part(EntryForm).findChildren(QLabel) if label.isVisible()
    ]
    assert "Персональные данные: уберите «555-01-37»" in shown
    assert window.entries.entry(entry_id) is None

    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(6):
        QCoreApplication.processEvents()
    entry = window.entries.entry(entry_id)
    assert entry is not None
    assert (entry.title, entry.owner) == ("Когда заделают яму?", "road-service")


def test_who_may_not_edit_is_offered_no_question_of_an_answer(window: Window) -> None:
    answered = answered_message("Яму заделают.", window.clock.now)
    window.register.messages[answered.id] = answered
    window.sit_down(OPERATOR)
    window.presenters.journal.reload()
    for _round in range(4):
        QCoreApplication.processEvents()
    rows = window.part(NavigationColumn).findChildren(NavRow)
    next(row for row in rows if row.text() == "Ответы органов").click()
    QCoreApplication.processEvents()

    assert not window.field(JournalPage, "Сделать типовым вопросом, Alt+Q").isVisible()
    window.press(Qt.Key.Key_Q, ALT)
    assert window.shows(JournalPage)
