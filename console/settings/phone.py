"""From the console's settings to the phone's."""

from dataclasses import fields
from typing import Any

from console.settings.workplace import ConsoleSettings, PhoneChoice
from telephony.settings import (
    AudioSettings,
    PhoneSettings,
    RecordingSettings,
    SipAccount,
    TlsSettings,
)


def phone_settings(settings: ConsoleSettings) -> PhoneSettings:
    """What the phone process is told; not checked yet."""
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
    """The choices that are settings of this kind under the same name, the unmade ones left out."""
    names = {each.name for each in fields(kind)} & {each.name for each in fields(choice)}
    values = {name: getattr(choice, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}
