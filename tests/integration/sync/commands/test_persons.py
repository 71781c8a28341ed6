"""Export and erasure of a person's data by the command line, at a workplace and in the central
database.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2.extras import Json
from sqlalchemy import select
from uuid_utils.compat import uuid7

from sync.cli import main
from sync.records.message_event_codec import event_row
from sync.records.workplace_message_tables import notice
from sync.records.workplace_tables import planned_call
from sync.register.calls.calls import CallRecord, CallRoute, RequestWay
from sync.register.calls.planned import PlannedCall, PlannedOutcome
from sync.register.handling.events import Event, Step, person
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.people.shift import Sheet, SheetContent
from sync.register.people.values import PersonName
from sync.store.central.administration import earlier_clock, forget_changes
from sync.store.central.connection import Central, central_transaction
from sync.store.central.logins import enrol_worker, enrol_workplace
from sync.store.central.partitions import make_month
from sync.store.central.persons import end_central_terms
from sync.store.central.told_erasures import take_erasures
from sync.store.local.calls.planned import PlannedCalls
from sync.store.local.calls.recordings import CallRecordings, SoundFiles
from sync.store.local.erased_records import erased_facts
from sync.store.local.keys import StoreKey, find_key
from sync.store.local.messages.photos import AnswerFiles
from sync.store.local.people.persons import forget_searched
from sync.store.local.people.retention import Terms, TermsPassed, end_terms
from sync.store.local.people.shifts import Handovers, KeptWordsStore
from sync.store.local.register import RegisterStore
from tests.fakes.persons import (
    EMAIL,
    PHONE,
    QUEUE,
    STRANGER,
    WORD,
    save_call,
    save_forwarded,
    save_met,
    save_refused,
    submitted,
)
from tests.fakes.records import OPERATOR, RANG_AT
from tests.fakes.store_template import StoreTemplate
from tests.unit.sync.store.local.messages.test_handling import FACTS

WAIT_S = 10.0
OTHER = PersonName("Иная", "Иная", "")
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line with --json; returns exit code and output."""

    def command(*arguments: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = main([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out or "{}")

    return command


def send(store: RegisterStore, dsn: str) -> None:
    """Sends the outbox to the central database."""
    central = Central(dsn)
    central.connect(store.station())
    try:
        while rows := store.outbox_waiting(200):
            assert central.push(rows) == {row.seq for row in rows}
            store.mark_sent(rows, datetime.now(UTC), 1).result(WAIT_S)
    finally:
        central.close()


def query(dsn: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
    connection = psycopg2.connect(dsn)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [] if cursor.description is None else cursor.fetchall()
    finally:
        connection.close()


def words_at(dsn: str) -> set[str]:
    """Returns the central tables that contain the person's marker word."""
    tables = query(dsn, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {
        table
        for (table,) in tables
        if query(dsn, f"SELECT 1 FROM {table} t WHERE t::text LIKE %s LIMIT 1", f"%{WORD}%")  # noqa: S608
    }


def asked(folder: Path, *further: str) -> list[str]:
    return ["--phone", "8 900 555-01-01", "--folder", str(folder), "--by", "Проба П. П.", *further]


REASON = ("--reason", "Заявление от 25.11.2026", "--organisation", "Администрация Белоключевска")


def test_the_centre_forgets_a_person_for_good(
    store: RegisterStore, dsn: str, tmp_path: Path, run: Run
) -> None:
    call, refused, met = save_call(store, 1), save_refused(store, 2), save_met(store)
    route = (f"{WORD}, мать", f"{WORD} 112", f"{WORD} 01", QUEUE, None)
    kept, other = submitted(store, 3), save_call(store, 4, name=OTHER)
    assert refused.number is not None
    called_in, numbered_in = call.number.period, refused.number.period
    partitions = {
        f"call_record_{called_in}", f"message_{numbered_in}", f"message_event_{numbered_in}"
    }  # fmt: skip
    with central_transaction(dsn) as connection:
        make_month(connection, called_in)
    send(store, dsn)
    assert partitions <= words_at(dsn)
    assert later_of(dsn, call) == route
    assert later_of(dsn, met) == (f"{WORD}, мать", None, None, None, "walk_in")
    erase = ["central", "erase-person", "--dsn", dsn, *asked(tmp_path, *REASON)]
    named = [*erase, "--name", f"{WORD}в Проба"]
    code, told = run(*named, "--dry-run")
    assert (code, told["files"], list(tmp_path.glob("erasure*"))) == (0, [], [])
    assert partitions <= words_at(dsn)

    code, told = run(*named)
    left = {one["number"]: one["left"] for one in told["records"]}
    assert code == 0
    assert left[str(call.number)] is left[str(refused.number)] is None
    assert (left[str(kept.number)], left[str(other.number)]) == ("open", "other_name")
    rows = query(dsn, "SELECT number, phone, phone_absence, content, rev FROM call_record")
    assert (str(call.number), None, "erased", "", call.revision) in rows
    assert (str(other.number), PHONE, None, other.content, other.revision) in rows
    told_of = query(
        dsn, "SELECT facts::text FROM message_event WHERE message_id = %s", str(refused.id)
    )
    assert told_of
    assert WORD not in str(told_of)

    act, log = (Path(file).read_text() for file in told["files"] if file.endswith(".txt"))
    for word in ("Администрация Белоключевска", "Заявление от 25.11.2026", "Проба П. П.", PHONE,
                 str(call.number), "срок ответа по ней идёт", "записано другое имя"):  # fmt: skip
        assert word in act, act
    assert str(refused.number) in log
    assert str(other.number) not in log
    assert {stat.S_IMODE(Path(file).stat().st_mode) for file in told["files"]} == {0o600}
    ((kind, count, login),) = query(dsn, "SELECT kind, count, login FROM person_act")
    assert (kind, count, login) == (
        "erased",
        len([one for one in left.values() if one is None]),
        "postgres",
    )

    # Sending it again, in any revision, restores no text.
    for more in (0, 100):
        send_again(store, dsn, more)
        assert of_call(dsn, call) == (None, "")
        assert later_of(dsn, call) == ("", "", "", QUEUE, None)
        assert later_of(dsn, met) == ("", None, None, None, "walk_in")
    for statement in (
        "DELETE FROM erasure",
        "UPDATE erasure SET cause = 'term', act_id = NULL",
        "UPDATE person_act SET login = 'nobody'",
        "DELETE FROM message_event",
        "UPDATE message_event SET step = 'register'",
        """UPDATE message_event SET facts = '{"kind": "nothing"}'""",
    ):
        with pytest.raises(psycopg2.Error, match="not undone|only added"):
            query(dsn, statement)

    # The broken variant: without its trigger the next revision restores everything.
    query(dsn, "DROP TRIGGER keep_erased ON call_record")
    send_again(store, dsn, 1000)
    assert of_call(dsn, call) == (PHONE, call.content)
    assert later_of(dsn, call) == route


def of_call(dsn: str, call: CallRecord) -> tuple[Any, ...]:
    (row,) = query(dsn, "SELECT phone, content FROM call_record WHERE id = %s", str(call.id))
    return row


def later_of(dsn: str, call: CallRecord) -> tuple[Any, ...]:
    """Returns the columns of later versions: three texts and two codes."""
    (row,) = query(
        dsn,
        "SELECT concerned, transferred_by, diverted_from, queue, way FROM call_record "
        "WHERE id = %s",
        str(call.id),
    )
    return row


def send_again(store: RegisterStore, dsn: str, more: int) -> None:
    """Sends the workplace's records again with a revision that is higher by ``more``."""
    store.write(
        lambda connection: (
            connection.exec_driver_sql(
                "UPDATE outbox SET state = 'new', rev = rev + ?, payload = "
                "json_set(payload, '$.revision', json_extract(payload, '$.revision') + ?) "
                "WHERE entity <> 'message_event'",
                (more, more),
            ).rowcount
        )
    ).result(WAIT_S)
    send(store, dsn)


def test_sound_files_and_notices_go_too_where_the_words_went_with_their_term(
    store: RegisterStore, dsn: str, tmp_path: Path, run: Run
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=100)
    call, refused = save_call(store, 1, long_ago), save_refused(store, 2, long_ago)
    (tmp_path / "own.flac").write_bytes(b"sound")
    CallRecordings(store).note(call.sip_call_id, "own.flac", long_ago).result(WAIT_S)
    send(store, dsn)
    terms = Terms(calls_days=8, messages_days=8)
    now = datetime.now(UTC)
    store.write(
        lambda connection: connection.exec_driver_sql("UPDATE notice SET state = 'sent'").rowcount
    ).result(WAIT_S)
    assert end_terms(store, terms, now + timedelta(days=9), has_central=False).messages == 1
    assert AnswerFiles(store).content(refused.id, f"{WORD}.pdf") is not None
    files = SoundFiles(tmp_path)
    assert take_erasures(store, dsn, now, files) == 0
    code, _told = run("central", "erase-person", "--dsn", dsn, *asked(tmp_path, *REASON))
    assert code == 0

    assert take_erasures(store, dsn, now, files) == 3
    assert not (tmp_path / "own.flac").exists()
    assert AnswerFiles(store).content(refused.id, f"{WORD}.pdf") is None
    texts = store.read(lambda c: c.execute(select(notice.c.text, notice.c.phone)).all())
    assert {tuple(row) for row in texts} == {("", None)}
    assert take_erasures(store, dsn, now, files) == 0


def test_both_erase_the_same_words(dsn: str) -> None:
    for told in FACTS:
        event = Event(uuid7(), uuid7(), Step.CORRECT, RANG_AT, person(OPERATOR), told)
        facts = event_row(event, 1)["facts"]
        ((left,),) = query(dsn, "SELECT erased_facts(%s)", Json(facts))
        assert left == erased_facts(facts)


def test_the_call_of_another_loses_the_telephone_on_its_way_and_nothing_else(
    store: RegisterStore, dsn: str, tmp_path: Path, run: Run
) -> None:
    other = save_forwarded(store, 1)
    send(store, dsn)
    code, told = run("central", "export-person", "--dsn", dsn, *asked(tmp_path))
    assert code == 0
    copy = "".join(Path(file).read_text() for file in told["files"])
    assert PHONE.removeprefix("+") in copy
    assert other.content not in copy

    code, told = run("central", "erase-person", "--dsn", dsn, *asked(tmp_path, *REASON))
    (record,) = told["records"]
    assert (code, record["number"], record["categories"]) == (0, str(other.number), ["route"])
    assert of_call(dsn, other) == (STRANGER, other.content)
    assert later_of(dsn, other) == (None, "8 900 555-01-02", "", QUEUE, None)
    assert query(dsn, "SELECT * FROM erasure") == []
    assert run("central", "erase-person", "--dsn", dsn, *asked(tmp_path, *REASON))[0] == 1


def test_a_workplace_writes_the_act_or_erases_nothing(
    path: Path, key: StoreKey, store_template: StoreTemplate, tmp_path: Path, run: Run
) -> None:
    store = store_template.open_copy(path, home_area_code="87999")
    call = save_call(store, 1)
    assert store.close_store()
    blocked = tmp_path / "file"
    blocked.write_text("")
    erase = ["erase-person", "--store", str(path)]
    assert run(*erase, *asked(blocked, *REASON))[0] == 2
    again = RegisterStore.open(path, key)
    assert again.call(call.id) == call
    assert again.close_store()
    code, told = run(*erase, *asked(tmp_path, *REASON))
    assert (code, len(told["files"])) == (0, 4)
    assert run(*erase, *asked(tmp_path, *REASON))[0] == 1  # no data is left
    assert "рабочее место стирает" not in Path(told["files"][0]).read_text()
    assert run("audit-verify", "--store", str(path))[1]["chains"][0]["rows"] == 3
    assert run(*erase, "--phone", "нет", "--folder", str(tmp_path), "--by", "x", *REASON)[0] == 2


def test_a_workplace_erases_sound_and_notes_by_the_command(
    path: Path, key: StoreKey, store_template: StoreTemplate, tmp_path: Path, run: Run
) -> None:
    assert find_key(path) == key
    store = store_template.open_copy(path, home_area_code="87999")
    call = save_call(store, 1)
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    (recordings / "own.flac").write_bytes(b"sound")
    CallRecordings(store).note(call.sip_call_id, "own.flac", RANG_AT).result(WAIT_S)
    sheets = Handovers(store, clock=lambda: RANG_AT)
    in_other_words = SheetContent({}, 0, (), "Тот, что вчера ругался")
    assert isinstance(sheets.leave(OPERATOR, in_other_words).result(WAIT_S), Sheet)
    assert store.close_store()
    erase = ["erase-person", "--store", str(path), *asked(tmp_path, *REASON)]
    assert run(*erase, "--sheet", "вчера")[0] == 2
    named = [*erase, "--sheet", "25.11.2026 12:00", "--recordings", str(recordings)]

    code, told = run(*named, "--dry-run")
    kinds = {one["kind"]: one for one in told["records"]}
    assert (code, set(kinds)) == (0, {"call", "sheet"})
    assert kinds["call"]["sounds"] == [{"file": "own.flac", "fate": None}]
    assert (recordings / "own.flac").exists()

    code, told = run(*named)
    assert code == 0
    assert told["records"][0]["sounds"] == [{"file": "own.flac", "fate": "removed"}]
    assert list(recordings.iterdir()) == []
    again = RegisterStore.open(path, key)
    try:
        sheet = Handovers(again).last_sheet()
        assert sheet is not None
        assert sheet.content.note == ""
    finally:
        assert again.close_store()


def test_a_person_gets_all_that_is_kept(
    path: Path, key: StoreKey, store_template: StoreTemplate, dsn: str, tmp_path: Path, run: Run
) -> None:
    store = store_template.open_copy(path, home_area_code="87999")
    assert find_key(path) == key
    call, refused = save_call(store, 1), save_refused(store, 2)
    other = save_call(store, 3, name=OTHER)
    send(store, dsn)
    assert store.close_store()
    who = ["--email", EMAIL, "--name", f"{WORD}в Проба Пробовна", *asked(tmp_path)]
    directory = titles_at(tmp_path)
    local = run("export-person", "--store", str(path), "--directory", str(directory), *who)
    central = run("central", "export-person", "--dsn", dsn, *who)
    for code, told in (local, central):
        assert code == 0
        numbers = {one["number"] for one in told["records"]}
        assert {str(call.number), str(refused.number)} < numbers
        assert str(other.number) not in numbers
        readable, data = (Path(file) for file in told["files"][:2])
        assert f"содержание: {call.content}" in readable.read_text()
        assert f"{WORD}, назовите дом." in readable.read_text()
        records = {one["number"]: one for one in json.loads(data.read_text())["records"]}
        assert records[str(refused.number)]["values"]["text"] == refused.text
    (attached,) = local[1]["files"][2:]
    assert Path(attached).read_bytes() == WORD.encode()
    assert query(dsn, "SELECT kind FROM person_act") == [("exported",)]


def test_a_clock_ahead_of_the_server_ends_no_term_of_the_centre(
    store: RegisterStore, dsn: str
) -> None:
    now = datetime.now(UTC)
    recent = save_call(store, 1, now - timedelta(days=2))
    send(store, dsn)
    worker = enrol_worker(dsn, "worker_ahead").dsn

    at = earlier_clock(worker, now + timedelta(days=120))
    assert end_central_terms(worker, Terms(calls_days=90), at) == TermsPassed(0, 0)
    assert forget_changes(worker, at) == 0

    assert of_call(dsn, recent) == (PHONE, recent.content)
    behind = now - timedelta(days=120)
    assert earlier_clock(worker, behind) == behind


def test_terms_end_in_the_centre_a_batch_at_a_time(store: RegisterStore, dsn: str) -> None:
    now = datetime.now(UTC)
    long_ago = now - timedelta(days=10)
    refused, kept = save_refused(store, 1, long_ago), submitted(store, 2, long_ago)
    for index in range(3, 8):
        save_call(store, index, long_ago)
    recent = save_call(store, 9, now - timedelta(days=2))
    send(store, dsn)
    terms = Terms(calls_days=3, messages_days=3)
    # The last event of the message is of today, and its retention period starts there.
    worker = enrol_worker(dsn, "worker_test").dsn
    assert end_central_terms(worker, terms, now, batch=2) == TermsPassed(6, 0)
    assert end_central_terms(dsn, terms, now, batch=2) == TermsPassed(0, 0)
    assert of_call(dsn, recent) == (PHONE, recent.content)
    later = now + timedelta(days=4)
    assert end_central_terms(dsn, Terms(messages_days=3), later) == TermsPassed(0, 1)
    texts = set(query(dsn, "SELECT number, text FROM message"))
    assert texts == {(str(refused.number), ""), (str(kept.number), kept.text)}


def test_a_workplace_erases_what_the_centre_has_erased(
    store: RegisterStore, dsn: str, tmp_path: Path, run: Run
) -> None:
    call, other, met = save_call(store, 1), save_call(store, 2, name=OTHER), save_met(store)
    now = datetime.now(UTC)
    assert take_erasures(store, dsn, now) == 0
    send(store, dsn)
    planned = PlannedCalls(store)
    over, still = (
        PlannedCall(uuid7(), now, PHONE, f"{WORD} просил", None, now, OPERATOR.name)
        for _promise in range(2)
    )
    for promise in (over, still):
        planned.add(promise).result(WAIT_S)
    planned.note(over.id, PlannedOutcome.TALKED, OPERATOR).result(WAIT_S)
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    for file, record in (("own.flac", call), ("other.flac", other)):
        (recordings / file).write_bytes(b"sound")
        CallRecordings(store).note(record.sip_call_id, file, now).result(WAIT_S)
    told_of = SheetContent({}, 0, (), f"{WORD}в ждёт ответа")
    assert isinstance(Handovers(store).leave(OPERATOR, told_of).result(WAIT_S), Sheet)
    words, plain = KeptWordsStore(store), FormPlace(KeptForm.CALENDAR)
    for place, text in ((FormPlace(KeptForm.PLANNED_CALL), f"{WORD}ву"), (plain, "приезд")):
        typed = KeptWords(place, Typed({"note": text}), now)
        words.keep(OPERATOR.id, typed).result(WAIT_S)
    erase = ["central", "erase-person", "--dsn", dsn, *asked(tmp_path, *REASON)]
    code, told = run(*erase, "--name", f"{WORD}в Проба")
    assert code == 0
    act = Path(told["files"][0]).read_text()
    assert "рабочее место стирает их само" in act
    # two calls, the completed callback, the handover report, and the unsent form
    searches: list[str] = []

    def forget(is_meant: Callable[[str], bool]) -> int:
        texts = (f"у {WORD}ва яма", "качели")
        searches.extend(text for text in texts if is_meant(text))
        return len(searches)

    assert forget_searched(store, forget) == 0
    assert take_erasures(store, dsn, now, SoundFiles(recordings)) == 5
    assert [one.place for one in words.of(OPERATOR.id)] == [plain]
    assert forget_searched(store, forget) == len(searches) == 1
    assert [file.name for file in recordings.iterdir()] == ["other.flac"]
    sheet = Handovers(store).last_sheet()
    assert sheet is not None
    assert sheet.content.note == ""
    of_somebody = select(planned_call.c.id).where(planned_call.c.phone != "")
    promises = store.read(lambda connection: connection.scalars(of_somebody).all())
    assert list(promises) == [still.id], "one that was not made yet is still owed"
    assert take_erasures(store, dsn, now) == 0
    kept = store.call(call.id)
    assert kept is not None
    assert (kept.number, kept.content) == (call.number, "")
    assert (kept.concerned, kept.route) == ("", CallRoute(QUEUE))
    here = store.call(met.id)
    assert here is not None
    assert (here.concerned, here.way) == ("", RequestWay.WALK_IN)
    assert store.call(other.id) == other
    # With its own login it sees only its own erasures and queries no others.
    login = enrol_workplace(dsn, "0001").dsn
    assert take_erasures(store, login, now) == 0
    query(dsn, "DROP TABLE erasure CASCADE")  # a central database of the previous version
    assert take_erasures(store, dsn, now) == 0


def titles_at(folder: Path) -> Path:
    """Writes a directory in the format of ``python -m kb export``."""
    file = folder / "directory.jsonl"
    lines = [
        {"id": "roads", "kind": "topic", "title": "Дороги и тротуары"},
        {"id": "roads-pits", "kind": "topic", "title": "Ямы", "valid_to": "2026-11-26"},
    ]
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return file


def test_a_copy_names_topics_as_the_screen_does(
    path: Path, key: StoreKey, store_template: StoreTemplate, dsn: str, tmp_path: Path, run: Run
) -> None:
    store = store_template.open_copy(path, home_area_code="87999")
    assert find_key(path) == key
    save_refused(store, 1)
    send(store, dsn)
    assert store.close_store()
    file = titles_at(tmp_path)
    assert main(["central", "import-directory", str(file), "--dsn", dsn]) == 0

    local = run(
        "export-person", "--store", str(path), "--directory", str(file), *asked(tmp_path / "1")
    )
    central = run("central", "export-person", "--dsn", dsn, *asked(tmp_path / "2"))

    for code, told in (local, central):
        assert code == 0
        readable = Path(told["files"][0]).read_text()
        assert "тема: Дороги и тротуары\n" in readable
        assert "категория: Ямы\n" in readable
        assert "roads-pits" not in readable
        records = json.loads(Path(told["files"][1]).read_text())["records"]
        topics = {one["values"]["topic"] for one in records if "topic" in one["values"]}
        assert topics == {"roads"}


def test_a_copy_says_which_key_has_no_name(
    path: Path,
    key: StoreKey,
    store_template: StoreTemplate,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = store_template.open_copy(path, home_area_code="87999")
    assert find_key(path) == key
    save_refused(store, 1)
    assert store.close_store()
    unreadable = tmp_path / "nowhere.jsonl"
    export = ["export-person", "--store", str(path), "--directory"]
    assert main([*export, str(unreadable), *asked(tmp_path / "1")]) == 2
    assert not (tmp_path / "1").exists()
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "power", "kind": "topic", "title": "Свет"}', encoding="utf-8")

    assert main([*export, str(other), *asked(tmp_path / "2")]) == 0

    out, err = capsys.readouterr()
    readable = next(Path(line).read_text() for line in out.split("\n") if "data.txt" in line)
    assert "тема: нет в справочнике (roads)\n" in readable
    assert "warning: not in the directory: roads, roads-pits" in err
