"""Converts console settings to the settings of mail, notifications, central database, platform and
phone.

Client modules are imported only if configured, because they slow down the start.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.core.settings.workplace import ConsoleSettings, PhoneChoice
from telephony.settings import (
    AudioSettings,
    PhoneSettings,
    RecordingSettings,
    SipAccount,
    TlsSettings,
)

if TYPE_CHECKING:
    from sync.exchange.mail.bounces import BounceBox
    from sync.exchange.mail.notice_facts import Office
    from sync.exchange.mail.smtp import SmtpSettings


def smtp_settings(settings: ConsoleSettings) -> SmtpSettings | None:
    """Returns the settings of the mail server, not validated; None if no server is configured."""
    mail = settings.mail
    if not mail.host:
        return None
    # Imported here, because it is not needed without a mail server.
    from sync.exchange.mail.smtp import MailSecurity, SmtpSettings

    return SmtpSettings(
        host=mail.host,
        port=mail.port,
        security=MailSecurity(mail.security),
        user=mail.user,
        password=mail.password,
        sender=mail.sender,
        sender_name=mail.sender_name or settings.city,
        reply_to=mail.reply_to,
        bounce_to=settings.bounces.address,
        ca_file=None if mail.ca_file is None else Path(mail.ca_file),
    )


def bounce_box(settings: ConsoleSettings) -> BounceBox | None:
    """Returns the mailbox of returned mail; None if not configured. Raises MailSettingsInvalid."""
    chosen = settings.bounces
    if not chosen.host and not chosen.directory:
        return None
    from sync.exchange.mail.bounce_boxes import FolderBox, ImapBox, ImapSettings
    from sync.exchange.mail.smtp import MailSecurity

    if chosen.directory:
        return FolderBox(Path(chosen.directory))
    return ImapBox(
        ImapSettings(
            host=chosen.host,
            user=chosen.user,
            password=chosen.password,
            port=chosen.port,
            security=MailSecurity(chosen.security),
            mailbox=chosen.mailbox,
            ca_file=None if chosen.ca_file is None else Path(chosen.ca_file),
        )
    )


def office(settings: ConsoleSettings) -> Office:
    """Returns city, phone number and platform address for use in e-mails."""
    from sync.exchange.mail.notice_facts import Office

    return Office(settings.city, settings.line_number, settings.platform_page)


if TYPE_CHECKING:
    from sync.exchange.platform.open311 import PlatformSettings


def central_dsn(settings: ConsoleSettings) -> str | None:
    """Returns the address of the central database; None if not configured. Raises DsnInvalid."""
    if settings.central_dsn is None:
        return None
    from sync.store.central.connection import configured_dsn

    return configured_dsn(settings.central_dsn, settings.central_ca_file)


def platform_settings(settings: ConsoleSettings) -> PlatformSettings:
    """Converts the settings for the city's message platform."""
    from sync.exchange.platform.open311 import PlatformSettings

    return PlatformSettings(
        settings.platform_url or "",
        api_key=settings.platform_key,
        jurisdiction_id=settings.platform_jurisdiction,
    )


def phone_settings(settings: ConsoleSettings) -> PhoneSettings:
    """Converts the settings of the phone process; not validated."""
    choice, account = settings.phone, settings.account
    return PhoneSettings(
        account=None
        if account is None
        else SipAccount(
            server_host=account.server,
            server_port=account.port,
            user=account.user,
            password=account.password,
            display_name=account.display_name,
            **_chosen(choice, SipAccount),
        ),
        listen_host=settings.listen_host,
        listen_port=settings.listen_port,
        audio=AudioSettings(
            **{each.name: getattr(settings.audio, each.name) for each in fields(settings.audio)}
        ),
        tls=TlsSettings(choice.ca_file, choice.certificate_file, choice.key_file),
        recording=RecordingSettings(
            automatic=settings.recording.automatic,
            directory=settings.recording.directory,
            key=settings.recording.key,
            announcement_file=settings.recording.announcement_file,
        ),
        tells_refused=settings.queue.register_refused,
        **_chosen(choice, PhoneSettings),
    )


def _chosen(choice: PhoneChoice, kind: type[SipAccount] | type[PhoneSettings]) -> dict[str, Any]:
    """Returns the non-None values of ``choice`` whose names are fields of ``kind``."""
    names = {each.name for each in fields(kind)} & {each.name for each in fields(choice)}
    values = {name: getattr(choice, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}
