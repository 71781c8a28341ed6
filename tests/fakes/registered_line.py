"""A line of the city's PBX, as a console registers it."""

from __future__ import annotations

from tests.fakes.console_stage import Tables
from tests.fakes.kamailio import KamailioProxy

LINE = "301"
PASSWORD = "line-secret"


def line_settings(
    proxy: KamailioProxy, *, user: str = LINE, keep_alive_s: int | None = None
) -> Tables:
    """Returns settings of a console whose phone registers the line there, on this machine only."""
    kept = {} if keep_alive_s is None else {"keep_alive_s": keep_alive_s}
    return {
        "phone": {
            "server": proxy.host,
            "port": proxy.port,
            "user": user,
            "password": PASSWORD,
            "listen_host": "127.0.0.1",
            "listen_port": 0,
            **kept,
        }
    }
