"""From the console's settings to the mail server's, and to what letters say of the city."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from console.settings.workplace import ConsoleSettings

if TYPE_CHECKING:
    from sync.exchange.mail import SmtpSettings
    from sync.exchange.notice_facts import Office


def smtp_settings(settings: ConsoleSettings) -> SmtpSettings | None:
    """The mail server, not checked yet; None where none is set."""
    mail = settings.mail
    if not mail.host:
        return None
    # Here, and not above: a start without a mail server does not wait for it.
    from sync.exchange.mail import MailSecurity, SmtpSettings

    return SmtpSettings(
        host=mail.host,
        port=mail.port,
        security=MailSecurity(mail.security),
        user=mail.user,
        password=mail.password,
        sender=mail.sender,
        sender_name=mail.sender_name or settings.city,
        reply_to=mail.reply_to,
        ca_file=None if mail.ca_file is None else Path(mail.ca_file),
    )


def office(settings: ConsoleSettings) -> Office:
    """The city, its single number and its platform, as letters name them."""
    from sync.exchange.notice_facts import Office

    return Office(settings.city, settings.line_number, settings.platform_page)
