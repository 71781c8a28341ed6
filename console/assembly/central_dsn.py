"""Where the centre is, by the settings."""

from console.settings import ConsoleSettings
from sync.store.central import configured_dsn


def central_dsn(settings: ConsoleSettings) -> str | None:
    """Where the centre is; raises DsnInvalid."""
    if settings.central_dsn is None:
        return None
    return configured_dsn(settings.central_dsn, settings.central_ca_file)
