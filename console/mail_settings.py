"""From the console's settings to the mail server's, and to what letters say of the city."""

from pathlib import Path

from console.settings import ConsoleSettings
from sync.exchange.mail import MailSecurity, SmtpSettings
from sync.exchange.notice_facts import Office


def smtp_settings(settings: ConsoleSettings) -> SmtpSettings | None:
    """The mail server, not checked yet; None where none is set."""
    mail = settings.mail
    if not mail.host:
        return None
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
    return Office(settings.city, settings.line_number, settings.platform_page)
