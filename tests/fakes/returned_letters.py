"""Bounced letters in the formats of Postfix and Exim."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import HeaderParser

OURS = "no-reply@belokluchevsk.example"


def report(
    header_id: str, *, status: str = "5.1.1", action: str = "failed", to: str = OURS
) -> bytes:
    """Returns a delivery report of RFC 3464 with the headers of the bounced letter."""
    letter = MIMEMultipart("report", report_type="delivery-status")
    letter["Return-Path"] = "<>"
    letter["From"] = "MAILER-DAEMON@mail.example (Mail Delivery System)"
    letter["To"] = to
    letter["Subject"] = "Undelivered Mail Returned to Sender"
    letter.attach(MIMEText("I'm sorry to have to inform you..."))
    fields = (
        "Reporting-MTA: dns; mail.example\n\n"
        "Final-Recipient: rfc822; author@test.invalid\n"
        f"Action: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such user\n"
    )
    letter.attach(_status_part(fields))
    head = MIMEText(
        f"From: {OURS}\nTo: author@test.invalid\n" + _message_id(header_id), "rfc822-headers"
    )
    letter.attach(head)
    return letter.as_bytes()


def of_exim(header_id: str) -> bytes:
    """Returns a bounce in Exim's format before it used delivery reports."""
    letter = EmailMessage()
    letter["Return-Path"] = "<>"
    letter["From"] = "Mail Delivery System <Mailer-Daemon@mail.example>"
    letter["To"] = OURS
    letter["X-Failed-Recipients"] = "author@test.invalid"
    letter.set_content(
        "A message that you sent could not be delivered:\n\n  author@test.invalid\n"
        f"    550 5.1.1 unknown user\n\n------ copy ------\n\n{_message_id(header_id)}"
    )
    return letter.as_bytes()


def out_of_office(header_id: str) -> bytes:
    """Returns an automatic reply that is not a failure."""
    letter = EmailMessage()
    letter["From"] = "author@test.invalid"
    letter["To"] = OURS
    letter["Auto-Submitted"] = "auto-replied"
    letter["In-Reply-To"] = header_id
    letter.set_content("Я в отпуске. 5.1.1")
    return letter.as_bytes()


def _status_part(fields: str) -> MIMEMessage:
    blocks: list[Message | str] = [HeaderParser().parsestr(block) for block in fields.split("\n\n")]
    part = MIMEMessage(Message(), "delivery-status")
    part.set_payload(blocks)
    return part


def _message_id(header_id: str) -> str:
    return f"Message-ID: {header_id}\n" if header_id else ""
