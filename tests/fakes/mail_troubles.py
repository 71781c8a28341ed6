"""Sending the letters of a store despite faults of a mail server, correctly or broken on
purpose.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.exchange.mail.delivery import deliver
from sync.exchange.mail.smtp import MailSecurity, SmtpMail, SmtpSettings
from sync.store.local.keys import key_file, write_key_file
from sync.store.local.messages.notices import Channel, KeptNotice, NoticeOutbox, NoticeState
from tests.fakes.mail_server import GARBAGE, HANG_UP, SILENCE, TAKEN, MailServer
from tests.fakes.notices import NoticeBench
from tests.fakes.store_template import StoreTemplate

ROOT = Path(__file__).parents[2]
_FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)
CHILD = "tests.fakes.mailing_child"
CHILD_LIMIT_S = 60.0
ROUNDS = 5000
ANSWER_LIMIT_S = 0.3
AFTER_SETTLING_S = 130.0

LATER, NOT_NOW, GREYLISTED = "450 4.2.0 Busy", "421 4.3.2 Closing", "451 4.7.1 Greylisted"
LOST_ANSWERS = (HANG_UP, SILENCE, GARBAGE)
"""The server has the letter, but the client gets no confirmation."""
TO_SENDER = (NOT_NOW, HANG_UP, GARBAGE)
TO_RECIPIENT = (GREYLISTED, LATER, NOT_NOW, HANG_UP)
TO_DATA = (*LOST_ANSWERS, HANG_UP, "451 4.3.0 Try again", "554 5.6.0 Not this one")


class FreshIdOutbox(NoticeOutbox):
    """Broken on purpose: each attempt has its own Message-ID."""

    def begin(self, id: UUID, look_at: datetime, header_id: str) -> str | None:
        is_ours = super().begin(id, look_at, header_id) is not None
        return f"<{uuid7()}@belokluchevsk.example>" if is_ours else None


class HopefulOutbox(NoticeOutbox):
    """Broken on purpose: records a letter as sent before it is sent."""

    def begin(self, id: UUID, look_at: datetime, header_id: str) -> str | None:
        own = super().begin(id, look_at, header_id)
        if own is not None:
            self.sent(id, look_at)
        return own

    def put_off(self, id: UUID, code: str, next_try_at: datetime, *, may_have_it: bool) -> None:
        pass


class TrustfulOutbox(NoticeOutbox):
    """Broken on purpose: treats a letter with a lost reply as not sent."""

    def put_off(self, id: UUID, code: str, next_try_at: datetime, *, may_have_it: bool) -> None:
        super().put_off(id, code, next_try_at, may_have_it=False)


@dataclass(frozen=True, slots=True)
class Mailed:
    """Letters received in the end, by recipient."""

    injected: int
    lost_answers: int
    """Letters that the server had without the sender's knowledge, including kills."""
    lost: frozenset[str]
    """Neither delivered nor turned into a callback."""
    doubled: int
    """Copies after the first."""
    most_copies: int
    undue: frozenset[str]
    """Recipients with more copies than one plus the number of lost replies."""
    ids: int
    """Largest number of Message-IDs of one letter."""
    called: int
    """Letters that became tasks to call back."""


class Mailing:
    """A register with letters to send, and their outcome."""

    def __init__(
        self,
        path: Path,
        template: StoreTemplate,
        server: MailServer,
        kind: type[NoticeOutbox] = NoticeOutbox,
    ) -> None:
        self._path, self._template, self._server, self._kind = path, template, server, kind
        self.bench = NoticeBench(path, template)
        self._messages: dict[str, UUID] = {}
        self._planned = 0
        self._killed: Counter[str] = Counter()

    def register(self, count: int) -> None:
        """Registers messages, each with a due letter to its own address."""
        for index in range(count):
            address = f"author{index}@test.invalid"
            self._messages[address] = self.bench.registered(email=address)
        self.bench.clock.put_on(seconds=20)

    def plan(self, dice: random.Random, share: float, count: int) -> None:
        """Plans faults for this share of the next letters, at any point of the SMTP session."""
        for script, troubles, part in (
            (self._server.to_sender, TO_SENDER, share / 4),
            (self._server.to_recipient, TO_RECIPIENT, share / 2),
            (self._server.to_data, TO_DATA, share),
        ):
            script.extend(
                dice.choice(troubles) if dice.random() < part else TAKEN for _ in range(count)
            )
        self._planned = self._left()

    def send_all(self) -> None:
        """Sends until no letter waits, at the pace of the notifications."""
        clock, settings = self.bench.clock, self._settings()
        outbox = self._kind(self.bench.store, uuid7, clock)
        for _ in range(ROUNDS):
            waiting = outbox.due_emails(_FOR_EVER, 1)
            if not waiting:
                return
            is_due = waiting[0].next_try_at <= clock.at
            clock.put_on(seconds=1.0 if is_due else AFTER_SETTLING_S)
            deliver(outbox, SmtpMail(settings, clock), clock.at)
        raise AssertionError("letters still wait")

    def die_between_answer_and_note(self) -> bool:
        """Sends in a process that dies at the first accepted letter; returns False if there was
        none.
        """
        bench = self.bench
        assert bench.store.close_store()
        if not key_file(self._path).exists():
            write_key_file(self._template.key, self._path)
        moment = bench.clock.at.isoformat()
        command = [sys.executable, "-m", CHILD, str(self._path), str(self._server.port), moment]
        child = subprocess.run(command, cwd=ROOT, timeout=CHILD_LIMIT_S, check=False)
        is_killed = child.returncode == -signal.SIGKILL
        if is_killed:
            self._killed[self._server.letters[-1].recipients[0]] += 1
        self.bench = NoticeBench(self._path, self._template)
        self.bench.clock.at = bench.clock.at
        self.bench.clock.put_on(seconds=AFTER_SETTLING_S)
        return is_killed

    def compare(self) -> Mailed:
        """Compares the delivered letters with the registered messages and the recorded states."""
        arrived: Counter[str] = Counter()
        unheard: Counter[str] = Counter(self._killed)
        ids: dict[str, set[str]] = defaultdict(set)
        for letter in self._server.letters:
            (address,) = letter.recipients
            ids[address].add(letter.message["Message-ID"])
            arrived[address] += letter.reply in (TAKEN, *LOST_ANSWERS)
            unheard[address] += letter.reply in LOST_ANSWERS
        kept = {address: self._notice(id) for address, id in self._messages.items()}
        called = {a for a, notice in kept.items() if notice.channel is Channel.CALL}
        settled = {a for a, notice in kept.items() if notice.state is NoticeState.SENT}
        return Mailed(
            injected=self._planned - self._left() + self._killed.total(),
            lost_answers=unheard.total(),
            lost=frozenset(
                a for a in kept if a not in called and not (a in settled and arrived[a])
            ),
            doubled=sum(max(0, count - 1) for count in arrived.values()),
            most_copies=max(arrived.values(), default=0),
            undue=frozenset(a for a in arrived if arrived[a] > 1 + unheard[a]),
            ids=max(map(len, ids.values()), default=0),
            called=len(called),
        )

    def _left(self) -> int:
        server = self._server
        return sum(
            reply != TAKEN
            for script in (server.to_sender, server.to_recipient, server.to_data)
            for reply in script
        )

    def _notice(self, message_id: UUID) -> KeptNotice:
        return self.bench.notices(message_id)["registered"]

    def _settings(self) -> SmtpSettings:
        return SmtpSettings(
            "127.0.0.1",
            "no-reply@belokluchevsk.example",
            "Единый номер",
            port=self._server.port,
            security=MailSecurity.PLAIN,
            timeout_s=ANSWER_LIMIT_S,
        )
