"""Command ``platform check``: tests a city platform and lists the parts of the protocol that it
does not support.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.exchange.platform.open311 import PlatformClient
from sync.exchange.platform.port import (
    MediaTaken,
    Noted,
    NotFound,
    NotSupported,
    Rejected,
    Unavailable,
)
from sync.jobs.worker import KEY_VARIABLE, add_platform_options, platform_settings
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import Attachment
from sync.register.handling.notices import PlatformNews
from sync.register.messages import State
from sync.store.local.messages.photos import AnswerFile

EXIT_OK = 0
EXIT_LACKS = 1
LISTED = timedelta(days=1)
NO_REQUEST = "edinyi-nomer-check"
"""Request id that does not exist on any platform, so a test with it creates and changes nothing."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Test result of one part of the protocol, with an error code."""

    part: str
    works: bool
    code: str
    means: str


def add_command(commands: Any) -> None:
    """Adds ``platform check``."""
    platform = commands.add_parser("platform", help="test the city platform")
    platform_commands = platform.add_subparsers(required=True, metavar="COMMAND")
    check: argparse.ArgumentParser = platform_commands.add_parser(
        "check",
        help="test a platform and list unsupported functions; creates nothing there",
        description=(
            "Requests services, the list of requests and one request, and tests updates and files, "
            "by the protocol in docs/platform.md. Exit codes: 0 all functions are supported, 1 a "
            f"function is not supported. The API key is read from {KEY_VARIABLE} or from a file."
        ),
    )
    check.add_argument("url", metavar="URL", help="base URL of the platform's Open311 API")
    add_platform_options(check)
    check.add_argument("--json", action="store_true", help="print one JSON object per function")
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    client = PlatformClient(platform_settings(options.url, options))
    trials = try_platform(client, datetime.now(UTC), uuid7())
    client.close()
    for one in trials:
        if options.json:
            print(json.dumps(asdict(one)))
        else:
            print(f"{'ok  ' if one.works else 'FAIL'} {one.part}: {one.code or 'supported'}")
            if not one.works:
                print(f"     {one.means}", file=sys.stdout)
    return EXIT_OK if all(one.works for one in trials) else EXIT_LACKS


def try_platform(client: PlatformClient, at: datetime, update_id: UUID) -> tuple[Trial, ...]:
    """Tests each part of the protocol once. Creates nothing, because the tests use a request id
    that does not exist.
    """
    services = _services(client)
    if not services.works:
        return (services,)  # the platform does not respond
    return (
        services,
        _listed(client, at),
        _single(client),
        _updates(client, at, update_id),
        _media(client, update_id),
    )


def _services(client: PlatformClient) -> Trial:
    match client.services():
        case Unavailable(kind):
            code = kind.value
        case ():
            code = "no_services"
        case _:
            code = ""
    return Trial("services", not code, code, "messages cannot be submitted by category (7.9)")


def _listed(client: PlatformClient, at: datetime) -> Trial:
    found = client.submitted(at - LISTED)
    code = found.kind.value if isinstance(found, Unavailable) else ""
    means = "messages of users and lost responses cannot be retrieved (7.5)"
    return Trial("requests", not code, code, means)


def _single(client: PlatformClient) -> Trial:
    found = client.standing(NO_REQUEST)
    match found:
        case Unavailable(kind):
            code = kind.value
        case NotFound():
            code = ""
        case _:
            code = "answers_any_identifier"
    return Trial("request", not code, code, "answers of authorities cannot be retrieved (9.5)")


def _updates(client: PlatformClient, at: datetime, update_id: UUID) -> Trial:
    news = PlatformNews(State.REGISTERED, False, False, "", {"step": "check"})
    outcome = client.tell(NO_REQUEST, update_id, at, news)
    match outcome:
        case Rejected():
            code = ""  # the operation exists, the request does not
        case Noted():
            code = "accepts_any_identifier"
        case NotSupported():
            code = "not_supported"
        case Unavailable(kind):
            code = kind.value
    means = "decisions and answers are not reported to the platform (6.9-6.12, 7.8-7.10, 9.5)"
    return Trial("updates", not code, code, means)


def _media(client: PlatformClient, key: UUID) -> Trial:
    file = AnswerFile(Attachment("check.pdf", FileFormat.PDF), b"%PDF-1.4\n%%EOF\n")
    outcome = client.attach(NO_REQUEST, key, file)
    match outcome:
        case Rejected():
            code = ""
        case MediaTaken():
            code = "accepts_any_identifier"
        case NotSupported():
            code = "not_supported"
        case Unavailable(kind):
            code = kind.value
    return Trial("media", not code, code, "files of answers cannot be uploaded (9.9)")
