"""Every input field is listed with the storage of its text; a new field must be added here.

Input is saved within a second: as a draft of a record or of an entry, or as an unsent form
(``KeptForm``). Input of a search or of a selection by letters is not saved.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

from console import feature_list
from sync.register.handling.form_drafts import KeptForm

CONSOLE = Path(__file__).resolve().parents[3] / "console"
FOLDERS = ("ui", "shared", "shell", "features")
OF_QT = frozenset({"QLineEdit", "QTextEdit", "QPlainTextEdit"})


class Keeper(Enum):
    """Other storage of a field's text, or the reason why none is needed."""

    RECORD = "the draft of a call, or of a message"
    ENTRY = "the draft of an entry of the directory"
    CHOICE = "letters of a choice: what is chosen is kept, if anything is"
    SEARCH = "letters that look something up"
    READ = "nobody types there"
    SETTING = "written when the section is saved; another person may not see it"
    SECRET = "never to be kept"
    PATH = "where a file lies: it is pointed at again"
    PART = "part of another field, which says it"


Said = KeptForm | Keeper
# By module and class: storage of each of its fields, with the number of such fields.
SAID: dict[str, dict[Said, int]] = {
    "features/answers/form_view.py AnswerForm": {KeptForm.ANSWER: 4, Keeper.READ: 1},
    "features/answers/decision_view.py DecisionPanel": {KeptForm.DECISION: 1, Keeper.READ: 1},
    "features/answers/decision_view.py MessageView": {Keeper.READ: 1},
    "features/answers/decision_view.py _AnswerCard": {Keeper.READ: 1},
    "features/call_card/card_rows_view.py ByHandRows": {Keeper.RECORD: 1},
    "features/calendar/side_view.py FileSide": {KeptForm.CALENDAR: 1},
    "features/calendar/side_view.py FormSide": {KeptForm.CALENDAR: 3},
    "features/call_card/card_view.py CallCard": {Keeper.RECORD: 5, Keeper.CHOICE: 1},
    "ui/fields.py StatedField": {Keeper.PART: 1},
    "features/message_form/page.py ConfidentialStrip": {KeptForm.CLEARING: 1},
    "features/directory_search/panel.py DirectoryPanel": {Keeper.SEARCH: 1},
    "features/directory_editor/fields_view.py EntryFields": {Keeper.ENTRY: 2, Keeper.CHOICE: 1},
    "features/directory_editor/entry_view.py _Conflict": {Keeper.READ: 2},
    "features/directory_editor/list_view.py EntryListColumn": {Keeper.SEARCH: 1},
    "features/directory_files/import_view.py ImportView": {Keeper.PATH: 1},
    "features/directory_editor/proposals_view.py ProposalsView": {
        KeptForm.PROPOSAL: 2,
        Keeper.CHOICE: 1,
    },
    "features/directory_editor/section_view.py ReferencesField": {Keeper.CHOICE: 1},
    "features/directory_editor/synonyms_view.py SynonymsView": {
        KeptForm.SYNONYM: 2,
        Keeper.SEARCH: 1,
    },
    "features/directory_editor/unanswered_view.py UnansweredView": {Keeper.SEARCH: 1},
    "features/call_register/page.py CallRegisterPage": {Keeper.SEARCH: 4},
    "features/handover/page.py HandoverPage": {KeptForm.HANDOVER: 1},
    "features/incidents/page.py IncidentsPage": {KeptForm.INCIDENT: 2, Keeper.CHOICE: 1},
    "features/own_desk/keys_view.py KeysPage": {Keeper.SEARCH: 1},
    "features/lookup/page.py LookUpPage": {Keeper.SEARCH: 1},
    "features/message_form/page.py MessageForm": {Keeper.RECORD: 4, Keeper.CHOICE: 1},
    "features/dialing/panel.py NumberPanel": {Keeper.SEARCH: 1},
    # of a decision after the registration, or during the review
    "shared/messages/fields_view.py OrganChoiceFields": {KeptForm.DECISION: 2, Keeper.CHOICE: 2},
    "features/call_card/persons_view.py PersonPanel": {Keeper.SEARCH: 1},
    "features/call_script/view.py PhraseList": {Keeper.SEARCH: 1},
    "features/planned_calls/page.py PlannedCallsPage": {KeptForm.PLANNED_CALL: 3},
    "features/review/message_view.py ComparisonView": {Keeper.READ: 2},
    "features/review/message_view.py MessageColumn": {
        KeptForm.REVIEW: 3,
        Keeper.CHOICE: 1,
        Keeper.READ: 1,
    },
    "features/review/new_message_view.py NewMessageForm": {Keeper.RECORD: 5},
    "features/review/decision_view.py AskPane": {KeptForm.REVIEW: 1},
    "features/review/decision_view.py CityPane": {Keeper.READ: 1},
    "features/review/decision_view.py ConfidentialPane": {KeptForm.REVIEW: 1},
    "features/review/decision_view.py RefusePane": {KeptForm.REVIEW: 2},
    "features/settings/form_view.py FormSection": {Keeper.SETTING: 1},
    "features/sign_in/page.py SignInPage": {Keeper.SECRET: 5},
}


def fields_in(trees: Iterable[ast.AST]) -> frozenset[str]:
    """Qt's fields, our subclasses of them, and classes that contain one."""
    found = set(OF_QT | {"StatedField"})
    classes = [one for tree in trees for one in ast.walk(tree) if isinstance(one, ast.ClassDef)]
    while True:
        further = {
            one.name
            for one in classes
            if any(isinstance(base, ast.Name) and base.id in found for base in one.bases)
        }
        if further <= found:
            return frozenset(found)
        found |= further


def made_in(tree: ast.AST, fields: frozenset[str], inside: str = "") -> Counter[str]:
    """Number of fields that each class of a module creates; the empty name is for module level."""
    made: Counter[str] = Counter()
    for child in ast.iter_child_nodes(tree):
        name = child.name if isinstance(child, ast.ClassDef) and not inside else inside
        if isinstance(child, ast.Call):
            called = child.func
            last = called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)
            made[name] += last in fields
        made += made_in(child, fields, name)
    return made


def test_every_field_says_what_keeps_its_words() -> None:
    trees = {
        file.relative_to(CONSOLE).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for folder in FOLDERS
        for file in sorted((CONSOLE / folder).rglob("*.py"))
    }
    fields = fields_in(trees.values())
    made = {
        f"{module} {name}": count
        for module, tree in trees.items()
        for name, count in made_in(tree, fields).items()
        if count
    }
    assert made == {place: sum(said.values()) for place, said in SAID.items()}


def test_every_form_that_is_said_to_be_kept_is_kept_and_no_other() -> None:
    said = {one for fields in SAID.values() for one in fields if isinstance(one, KeptForm)}
    assert said == set(KeptForm)
    watched = Path(feature_list.__file__).read_text(encoding="utf-8")
    for form in KeptForm:
        assert f"kept.watch(KeptForm.{form.name}," in watched


def test_a_field_of_a_new_kind_is_found_too() -> None:
    tree = ast.parse(
        "class Wish(QLineEdit): pass\n"
        "class Page:\n"
        "    def __init__(self):\n"
        "        self._wish = Wish(theme)\n"
        "        self._other = fields.QPlainTextEdit()\n"
    )
    assert made_in(tree, fields_in([tree])) == {"Page": 2}
