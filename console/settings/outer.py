"""From the console's settings to where the centre and the platform are.

What speaks with either is read in only where one is set: a start has to wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.settings.workplace import ConsoleSettings

if TYPE_CHECKING:
    from sync.exchange.platform import PlatformSettings


def central_dsn(settings: ConsoleSettings) -> str | None:
    """Where the centre is; raises DsnInvalid."""
    if settings.central_dsn is None:
        return None
    from sync.store.central import configured_dsn

    return configured_dsn(settings.central_dsn, settings.central_ca_file)


def platform_settings(settings: ConsoleSettings) -> PlatformSettings:
    """The platform as the client wants it told."""
    from sync.exchange.platform import PlatformSettings

    return PlatformSettings(
        settings.platform_url or "",
        api_key=settings.platform_key,
        jurisdiction_id=settings.platform_jurisdiction,
    )
