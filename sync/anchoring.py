"""The heads of the audit told outside of the database, so that nobody can write a chain anew.

The worker tells them every hour in its log and, where a mail server is set, by mail. Whoever owns
the database owns neither the log's archive nor the mailbox.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.audit_commands import head_facts
from sync.daily_jobs import DailyEvent, DailyJob, HeadsNotMailed, HeadsTold
from sync.exchange.mail import MailSecurity, SmtpMail, SmtpSettings
from sync.exchange.mail_port import Delivered, MailPort, NotNow, Undeliverable
from sync.register.audit import Anchor
from sync.register.handling.notices import RenderedNotice

HOUR_S = 3600.0
PASSWORD_VARIABLE = "EDINYI_NOMER_MAIL_PASSWORD"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where heads are sent, and the server they go by."""

    address: str
    mail: MailPort


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the mailbox and its server to the options of the worker."""
    group = parser.add_argument_group(
        "mail", f"where the heads of the audit go every hour; password in {PASSWORD_VARIABLE}"
    )
    group.add_argument("--heads-to", metavar="ADDRESS", help="a mailbox nobody of the centre owns")
    group.add_argument("--mail-host")
    group.add_argument("--mail-port", type=int)
    group.add_argument(
        "--mail-security",
        choices=[security.value for security in MailSecurity],
        default=MailSecurity.STARTTLS.value,
    )
    group.add_argument("--mail-sender", metavar="ADDRESS")
    group.add_argument("--mail-user", default="")
    group.add_argument("--mail-ca-file", type=Path)


def mailbox_of(options: argparse.Namespace) -> Mailbox | None:
    """The mailbox of the options, None without one; raises MailSettingsInvalid."""
    if options.heads_to is None:
        return None
    settings = SmtpSettings(
        host=options.mail_host or "",
        sender=options.mail_sender or "",
        sender_name="",
        port=options.mail_port,
        security=MailSecurity(options.mail_security),
        user=options.mail_user,
        password=os.environ.get(PASSWORD_VARIABLE, "") if options.mail_user else "",
        ca_file=options.mail_ca_file,
    )
    return Mailbox(options.heads_to, SmtpMail(settings, lambda: datetime.now(UTC)))


def anchoring(heads: Callable[[], tuple[Anchor, ...]], mailbox: Mailbox | None = None) -> DailyJob:
    """The job that tells the heads, and mails those that have moved since the last letter."""
    mailed: tuple[Anchor, ...] = ()

    def run(at: datetime) -> Sequence[DailyEvent]:
        nonlocal mailed
        found = heads()
        told = HeadsTold(at, found)
        if mailbox is None or found == mailed:
            return [told]
        match _mailed(mailbox, found, at):
            case Delivered():
                mailed = found
                return [told]
            case Undeliverable(code):
                return [told, HeadsNotMailed(at, code)]
            case NotNow(kind=kind):
                return [told, HeadsNotMailed(at, kind.value)]

    return DailyJob("audit_heads", run)


def _mailed(
    mailbox: Mailbox, heads: tuple[Anchor, ...], at: datetime
) -> Delivered | Undeliverable | NotNow:
    moment = at.isoformat(timespec="seconds")
    # a line for each head: a letter with one long line is wrapped on its way
    lines = [json.dumps({"heads": [facts]}) for facts in head_facts(heads)]
    text = "\n".join(lines)
    letter = RenderedNotice(f"audit heads {moment}", text, f"<pre>{text}</pre>", spoken="")
    header_id = mailbox.mail.header_id(f"audit-heads-{at.timestamp():.0f}")
    try:
        return mailbox.mail.send(mailbox.address, letter, header_id)
    finally:
        mailbox.mail.close()
