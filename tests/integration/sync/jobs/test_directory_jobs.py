"""The worker writes the directory's feed to a real PostgreSQL and mails stale entries."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.exchange.directory_feed import FEED_FILE, SCHEMA_FILE
from sync.exchange.mail.smtp import MailSecurity, SmtpMail, SmtpSettings
from sync.jobs.daily import (
    DailyEvent,
    DailyJob,
    FeedNotWritten,
    FeedWritten,
    StaleMailed,
    StaleNotMailed,
)
from sync.jobs.directory import StalePace, feed_written, stale_mailed
from sync.records.feed_values import DocumentEntity
from sync.store.central.logins import enrol_worker
from sync.store.central.shared_documents import SharedDocument, newest_documents, put_documents
from sync.store.central.stale_letters import begin_letter, end_letter
from tests.fakes.json_schema import faults
from tests.fakes.mail_server import MailServer

ROOT = Path(__file__).parents[4]
AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
MONTH = timedelta(days=30)
WAIT_S = 30.0


def entry(key: str, **fields: object) -> SharedDocument:
    document = {"id": key, "kind": "unit", "title": f"Служба {key}", **fields}
    return SharedDocument(DocumentEntity.ENTRY, key, document)


def put_directory(dsn: str) -> None:
    put_documents(
        dsn,
        [
            entry("ukh", checked_on="2026-11-01", details={"email": "ukh@test.invalid"}),
            entry("water", owner="ukh", checked_on="2025-06-01", author="Редактор"),
            entry("heat", owner="ukh"),
            entry("parks", owner="silent", checked_on="2025-06-01"),
        ],
    )


def job_of(dsn: str, server: MailServer) -> DailyJob:
    """Returns the job as the worker runs it, under its login."""
    settings = SmtpSettings(
        "127.0.0.1",
        "nomer@city.test",
        "",
        port=server.port,
        security=MailSecurity.PLAIN,
        timeout_s=5,
    )
    return stale_mailed(
        lambda: newest_documents(dsn, DocumentEntity.ENTRY),
        SmtpMail(settings, lambda: AT),
        lambda owner, at: begin_letter(dsn, owner, at, MONTH),
        lambda owner, at: end_letter(dsn, owner, at),
        StalePace(365, MONTH),
    )


def mailed(events: Sequence[DailyEvent]) -> list[DailyEvent]:
    return [event for event in events if isinstance(event, StaleMailed)]


def test_a_body_gets_one_letter_a_period(dsn: str) -> None:
    put_directory(dsn)
    worker = enrol_worker(dsn, "worker_stale").dsn
    with MailServer() as server:
        server.to_recipient.append("451 later")
        first = job_of(worker, server)
        assert first.run(AT) == [
            StaleNotMailed(AT, "silent", 1, "no_address"),
            StaleNotMailed(AT, "ukh", 2, "try_later"),
        ]
        soon, later = AT + timedelta(minutes=5), AT + timedelta(hours=2)
        assert mailed(first.run(soon)) == [], "another worker may be sending it"
        assert mailed(first.run(later)) == [StaleMailed(later, "ukh", 2)]
        another = job_of(worker, server)
        assert mailed(another.run(later + timedelta(days=29))) == []
        due = later + MONTH
        assert mailed(another.run(due)) == [StaleMailed(due, "ukh", 2)]

    assert [letter.recipients for letter in server.letters] == [("ukh@test.invalid",)] * 2
    body = server.letters[0].message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "– Служба water, проверена 01.06.2025" in text
    assert "– Служба heat, не проверялась" in text
    assert "parks" not in text
    assert server.letters[0].message["Subject"] == "Проверьте справочные данные: 2"


def test_a_folder_that_cannot_be_written_is_told_and_tried_again(dsn: str, tmp_path: Path) -> None:
    put_directory(dsn)
    folder = tmp_path / "site"
    job = feed_written(lambda: newest_documents(dsn, DocumentEntity.ENTRY), folder)
    (failed,) = job.run(AT)
    assert failed == FeedNotWritten(AT, "ENOENT")
    folder.mkdir()
    (written,) = job.run(AT)
    assert written == FeedWritten(AT, 4)
    assert job.run(AT) == ()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)


def test_the_worker_does_both_under_its_own_login(dsn: str, tmp_path: Path) -> None:
    put_directory(dsn)
    worker = enrol_worker(dsn, "worker_feed").dsn
    with MailServer() as server:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "sync", "worker", "--dsn", worker),
                *("--directory-feed", str(tmp_path), "--stale-days", "1"),
                *("--mail-host", "127.0.0.1", "--mail-port", str(server.port)),
                *("--mail-security", "plain_in_closed_network"),
                *("--mail-sender", "nomer@city.test"),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            until(lambda: (tmp_path / FEED_FILE).exists() and bool(server.letters))
        finally:
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=WAIT_S)
    assert (process.returncode, err) == (0, "")
    events = [json.loads(line)["event"] for line in out.splitlines()]
    assert {"FeedWritten", "StaleMailed", "StaleNotMailed"} <= set(events)
    assert "test.invalid" not in out
    feed = json.loads((tmp_path / FEED_FILE).read_text(encoding="utf-8"))
    schema = json.loads((tmp_path / SCHEMA_FILE).read_text(encoding="utf-8"))
    assert faults(schema, feed) == []
    assert [one["id"] for one in feed["entries"]] == ["heat", "parks", "ukh", "water"]
    assert "Редактор" not in json.dumps(feed, ensure_ascii=False)
