"""Two workplaces edit one directory through a real PostgreSQL, each under its editor's login."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from console.shared.directory.edited import (
    DirectoryFeed,
    EditedDirectory,
    EditNotSent,
    EditOvertaken,
    attachment_document,
    entry_document,
)
from kb.entries.attachments import Attachment, AttachmentKind
from kb.entries.changes import (
    ChangedMeanwhile,
    EntryClosed,
    EntryDraft,
    EntryPut,
    ProposedTopic,
    Published,
    Synonym,
)
from kb.entries.entries import Entry, EntryKind
from kb.entries.hours import city_now
from kb.search.rewording import STARTERS, read_synonyms
from kb.store import Directory
from sync.cli import main
from sync.exchange.claims import CentralEditing
from sync.exchange.feed import catch_up, compare
from sync.register.people.operators import Operator, Role
from sync.store.central.feed import CentralFeed
from sync.store.central.logins import enrol_workplace
from sync.store.central.shared_documents import put_documents
from tests.fakes.central_people import dsn_as, new_person
from tests.fakes.console_directory import TOPICS, sample_question, sample_unit

PDF = b"%PDF-1.7"
PAIR = Synonym("каша", "дорога")


class Workplace:
    """A directory's file, its feed, and the signed-in editor."""

    def __init__(self, folder: Path, centre: str, code: str, person: Operator) -> None:
        self.directory = Directory.open(folder / f"{code}.db")
        self.person = person
        self.is_away = False
        self.writer = ThreadPoolExecutor(1)
        self.centre = CentralFeed(enrol_workplace(centre, code).dsn, code)
        self.centre.connect()
        self.target = DirectoryFeed(self.directory)
        own, nowhere = dsn_as(centre, person.login), dsn_as(f"{centre} port=1", person.login)
        self.edited = EditedDirectory(
            self.directory,
            CentralEditing(lambda: nowhere if self.is_away else own, lambda: None),
            self.writer,
            lambda: True,
        )

    def close(self) -> None:
        self.centre.close()
        self.writer.shutdown()
        self.directory.close()

    def feed(self) -> int:
        return catch_up(self.centre, self.target).count

    def publish(self, entry: Entry, based_on: int) -> Published | ChangedMeanwhile:
        by = self.person
        return self.edited.publish(entry, based_on=based_on, by=by.name, by_id=str(by.id))

    def entry(self, entry_id: str = "q-1") -> Entry:
        found = self.directory.entry(entry_id)
        assert found is not None
        return found

    def is_as_the_centre(self) -> bool:
        return compare(self.centre, self.target) is None


@pytest.fixture
def both(centre: str, tmp_path: Path) -> Iterator[tuple[Workplace, Workplace]]:
    entries = (*TOPICS, sample_unit(), sample_question())
    put_documents(centre, [entry_document(entry) for entry in entries], by="Хозяин")
    with ExitStack() as stack:
        made = []
        for code, login, role in (
            ("0001", "anna", Role.EDITOR),
            ("0002", "vera", Role.SUPERVISOR),
        ):
            one = Workplace(tmp_path, centre, code, new_person(centre, login, role))
            stack.callback(one.close)
            one.feed()
            made.append(one)
        yield made[0], made[1]


def test_entries_go_up_under_the_editors_login_and_come_to_the_other_workplace(
    both: tuple[Workplace, Workplace],
) -> None:
    first, second = both
    question = sample_question()
    published = first.publish(replace(question, title="Кто чинит дорогу?"), 1)
    assert published == Published(2)
    assert first.entry().title == "Кто чинит дорогу?"
    assert first.feed() == 1, "what comes back is there already"
    (newest,) = [one for one in first.directory.history("q-1") if one.ver == 2]
    assert (newest.by, newest.action) == (first.person.name, "put")

    late = replace(question, body="Чинит служба дорог.")
    outcome = second.publish(late, 1)
    assert isinstance(outcome, ChangedMeanwhile)
    assert (outcome.newest.number, outcome.newest.by) == (2, first.person.name)
    assert second.entry() == question, "nothing of it was written anywhere"
    second.feed()
    both_texts = replace(second.entry(), body=late.body)
    assert second.publish(both_texts, 2) == Published(3)
    first.feed()
    assert first.entry() == both_texts
    (summary,) = [one for one in first.directory.summaries(str(first.person.id))
                  if one.touched]  # fmt: skip
    assert summary.entry_id == "q-1"

    assert second.edited.restore("q-1", 1, based_on=3) is None
    first.feed()
    assert first.entry() == question
    assert [one.action for one in first.edited.central_history("q-1")] == [
        "put", "put", "put", "restore",
    ]  # fmt: skip
    assert first.directory.search("кто чинит ямы")[0].entry_id == "q-1"
    assert first.publish(replace(question, valid_to=city_now().date()), 4) == Published(5)
    second.feed()
    assert not any(hit.entry_id == "q-1" for hit in second.directory.search("кто чинит ямы"))
    first.edited.mark_checked("road-service", city_now().date(), by="")
    second.feed()
    assert second.entry("road-service").checked_on == city_now().date()
    assert first.is_as_the_centre()
    assert second.is_as_the_centre()


def test_without_the_centre_a_draft_stays_and_is_sent_later(
    both: tuple[Workplace, Workplace],
) -> None:
    first, second = both
    changed = replace(sample_question(), title="Кто чинит дорогу?")
    draft = EntryDraft("q-1", EntryKind.QUESTION, str(first.person.id), 1, {"title": "Кто"})
    first.edited.keep_draft(draft)
    first.is_away = True
    with pytest.raises(EditNotSent) as told:
        first.publish(changed, 1)
    assert told.value.code == "unreachable"
    assert first.directory.draft("q-1", str(first.person.id)) == draft
    assert first.entry() == sample_question()
    first.is_away = False
    assert first.publish(changed, 1) == Published(2)
    assert first.directory.draft("q-1", str(first.person.id)) is None
    second.feed()
    assert second.entry() == changed


def test_an_editor_proposes_topics_and_the_supervisor_of_another_workplace_decides(
    both: tuple[Workplace, Workplace],
) -> None:
    first, second = both
    with pytest.raises(EditNotSent) as told:
        first.publish(replace(TOPICS[0], title="Не моё дело"), 1)
    assert told.value.code == "refused"

    topic = ProposedTopic(TOPICS[0].id, "Дороги и тротуары", "road-service", (), "Служба дорог")
    for number in ("1", "2"):
        first.edited.propose(number, topic, organ="road-service", by="")
    second.feed()
    assert [one.by for one in second.directory.proposals()] == [first.person.name] * 2
    second.edited.decide("1", accepted=True, by="")
    second.edited.decide("2", accepted=False, reason="Уже принято", by="")
    assert second.entry(TOPICS[0].id).title == "Дороги и тротуары"
    with pytest.raises(EditOvertaken):
        first.edited.apply([EntryPut(replace(first.entry(TOPICS[0].id), title="Иначе"))])
    first.feed()
    decisions = {one.id: one.decision for one in first.directory.proposals()}
    assert decisions["2"] is not None
    assert (decisions["2"].reason, decisions["2"].by) == ("Уже принято", second.person.name)
    assert first.entry(TOPICS[0].id).title == "Дороги и тротуары"
    assert first.is_as_the_centre()
    assert second.is_as_the_centre()


def test_synonyms_of_the_first_editor_become_those_of_all(
    both: tuple[Workplace, Workplace], centre: str, tmp_path: Path
) -> None:
    first, second = both
    starters = read_synonyms(STARTERS)
    gone = starters[0]
    assert gone in second.directory.synonyms(), "without any in the centre each has its own"
    first.edited.close_synonym(gone)
    first.edited.put_synonyms((PAIR,))
    assert first.feed() == len(starters) + 1
    assert second.feed() == len(starters) + 1
    assert set(second.directory.synonyms()) == {*starters[1:], PAIR}
    assert first.is_as_the_centre()
    assert second.is_as_the_centre()

    both_ways = replace(PAIR, both_ways=True)
    second.edited.replace_synonym(PAIR, both_ways)
    with pytest.raises(EditOvertaken) as told:
        first.edited.close_synonym(PAIR)
    assert told.value.by == second.person.name
    assert both_ways in first.directory.synonyms(), "what came meanwhile is shown"
    first.edited.replace_synonym(both_ways, Synonym("каша на дороге", "дорога"))
    second.feed()
    kept = {one.pair.phrase: one for one in second.directory.kept_synonyms()}
    assert kept["каша"].closed_by == first.person.name
    assert kept["каша"].by == second.person.name

    third = Workplace(tmp_path, centre, "0003", first.person)
    third.feed()
    assert set(third.directory.synonyms()) == set(second.directory.synonyms())
    assert third.is_as_the_centre()
    third.close()


def test_documents_and_files_go_to_the_centre(both: tuple[Workplace, Workplace]) -> None:
    first, second = both
    map_ = Attachment("d-1", "q-1", AttachmentKind.MAP, "Карта", "map.pdf")
    first.edited.attach(map_, PDF)
    second.feed()
    assert second.directory.attachments("q-1") == (map_,)
    assert second.directory.attachment_content("d-1") == PDF
    second.edited.close_attachment("d-1", city_now().date())
    first.feed()
    assert first.directory.attachments("q-1") == ()

    new = replace(sample_question("q-2"), title="Второй вопрос")
    first.edited.apply([EntryPut(new), EntryClosed("road-service", city_now().date())])
    second.feed()
    assert second.entry("q-2") == new
    assert second.entry("road-service").valid_to == city_now().date()
    assert first.is_as_the_centre()
    assert second.is_as_the_centre()
    assert attachment_document(map_, PDF).content == PDF


def test_a_workplace_of_before_takes_all_anew_to_learn_the_centres_versions(
    both: tuple[Workplace, Workplace],
) -> None:
    first, second = both
    second.publish(replace(sample_question(), title="Кто чинит дорогу?"), 1)
    first.feed()
    with first.directory._writing() as write:
        write.connection.exec_driver_sql("UPDATE entry SET ver = 0")
    assert first.feed() > 1
    assert first.directory.entry_versions(["q-1"]) == {"q-1": 2}
    assert not first.directory.has_own_entries()
    assert first.feed() == 0


def test_synonyms_in_a_folder_of_files_are_put_into_the_centre(
    both: tuple[Workplace, Workplace], centre: str, tmp_path: Path
) -> None:
    first, _second = both
    folder = tmp_path / "directory"
    folder.mkdir()
    good = '{"phrase": "каша", "meaning": "дорога", "both_ways": false}\n'
    (folder / "synonyms.jsonl").write_text(good + '{"phrase": "каша"}\n', encoding="utf-8")
    assert main(["central", "import-directory", str(folder), "--dsn", centre]) == 2
    (folder / "synonyms.jsonl").write_text(good, encoding="utf-8")
    assert main(["central", "import-directory", str(folder), "--dsn", centre]) == 0
    first.feed()
    assert PAIR in first.directory.synonyms()
