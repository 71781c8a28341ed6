"""The Open311 client against a server on loopback: its requests, and the meaning of each
response.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from sync.errors import PlatformSettingsInvalid
from sync.exchange.platform.open311 import (
    DESCRIPTION_LIMIT,
    AuthorField,
    PlatformClient,
    PlatformSettings,
)
from sync.exchange.platform.port import (
    Accepted,
    FailureKind,
    NotFound,
    NotYet,
    Rejected,
    Service,
    Standing,
    TokenGiven,
    Unavailable,
)
from sync.register.calls import calls
from sync.register.messages import MessageRecord, Publicity
from sync.register.numbering import next_number
from sync.register.people.values import Absence, PersonName
from tests.fakes.open311_server import Fault, Later, Open311Server
from tests.fakes.records import OPERATOR, RANG_AT, filled, new_call, registered_message

NUMBER = next_number("2611", "0001", 6)
OTHER_NUMBER = next_number("2611", "0001", 7)


@pytest.fixture
def server() -> Iterator[Open311Server]:
    with Open311Server() as running:
        yield running


@pytest.fixture
def client(server: Open311Server) -> Iterator[PlatformClient]:
    made = PlatformClient(settings(server))
    yield made
    made.close()


def settings(server: Open311Server, **changes: Any) -> PlatformSettings:
    given: dict[str, Any] = {
        "url": server.url,
        "api_key": server.behaviour.api_key,
        "read_timeout_s": 10.0,
    }
    return PlatformSettings(**(given | changes))


def asking(server: Open311Server, **changes: Any) -> PlatformClient:
    return PlatformClient(settings(server, **changes))


def message(**changes: Any) -> MessageRecord:
    card = calls.open_card(
        new_call(1),
        id=uuid7(),
        number=next_number("2611", "0001", 1),
        at=RANG_AT,
        operator=OPERATOR,
        workplace="0001",
        home_area_code="87999",
    )
    given: dict[str, Any] = {"number": NUMBER}
    return replace(registered_message(filled(card), uuid7()), **(given | changes))


def test_a_message_is_posted_with_all_the_contract_has(
    server: Open311Server, client: PlatformClient
) -> None:
    record = message(phone="+79005550101")
    assert client.post(record) == Accepted("C-00001")
    assert server.forms == [
        {
            "service_code": "roads-pits",
            "description": f"Яма на дороге\n\n[{NUMBER}]",
            "address_string": "ул. Пробная, 1",
            "first_name": "Проб Пробович",
            "last_name": "Пробный",
            "email": "caller@test.invalid",
            "phone": "+79005550101",
            "attribute[registration_number]": str(NUMBER),
            "attribute[is_public]": "true",
            "attribute[event_date]": "2026-11-24",
            "attribute[event_time]": "07:30",
            "attribute[unit]": "road-service",
            "api_key": "key-of-tests",
        }
    ]
    assert server.headers[0]["Idempotency-Key"] == str(record.id)
    assert server.headers[0]["X-Api-Key"] == "key-of-tests"


def test_only_what_the_contract_allows_of_the_author_is_sent(server: Open311Server) -> None:
    record = message(phone="+79005550101")
    client = asking(server, author_fields=frozenset({AuthorField.EMAIL}))
    client.post(record)
    assert server.forms[0].keys() & {"first_name", "last_name", "email", "phone"} == {"email"}
    client.close()


def test_what_the_author_did_not_state_is_not_sent(
    server: Open311Server, client: PlatformClient
) -> None:
    client.post(message(name=Absence.NOT_GIVEN, email=Absence.NOT_ASKED, phone=Absence.NOT_GIVEN))
    client.post(
        message(name=PersonName("", "Проб", ""), phone=Absence.NOT_GIVEN, email="a@b.invalid")
    )
    author = {"first_name", "last_name", "email", "phone"}
    assert server.forms[0].keys() & author == set()
    assert server.forms[1].keys() & author == {"first_name", "email"}


@pytest.mark.parametrize(
    ("publicity", "flag"),
    [
        (Publicity.PUBLIC, "true"),
        (Publicity.NON_PUBLIC, "false"),
        (Publicity.NOT_STATED, "false"),
    ],
)
def test_a_message_not_stated_to_be_public_is_non_public(
    server: Open311Server, client: PlatformClient, publicity: Publicity, flag: str
) -> None:
    client.post(message(publicity=publicity))
    assert server.forms[0]["attribute[is_public]"] == flag


def test_categories_go_under_the_codes_of_the_platform(server: Open311Server) -> None:
    client = asking(server, service_codes={"roads-pits": "0042"})
    assert client.post(message()) == Accepted("C-00001")
    assert server.forms[0]["service_code"] == "0042"
    client.close()


def test_the_jurisdiction_goes_with_every_request(server: Open311Server) -> None:
    server.behaviour.jurisdiction_id = "belokluchevsk.test"
    client = asking(server, jurisdiction_id="belokluchevsk.test")
    client.post(message())
    client.standing("C-00001")
    assert server.forms[0]["jurisdiction_id"] == "belokluchevsk.test"
    assert server.calls[1][1].endswith("requests/C-00001.json?jurisdiction_id=belokluchevsk.test")
    client.close()


def test_services_are_read(client: PlatformClient) -> None:
    assert client.services() == (
        Service("roads-pits", "Ямы на дорогах", "Город"),
        Service("0042", "Прочее", "Город"),
    )


def test_a_text_too_long_for_the_protocol_is_rejected_before_it_is_sent(
    server: Open311Server, client: PlatformClient
) -> None:
    longest = DESCRIPTION_LIMIT - len(f"\n\n[{NUMBER}]")
    assert client.post(message(text="я" * longest)) == Accepted("C-00001")
    assert client.post(message(text="я" * (longest + 1))) == Rejected("description_too_long")
    assert server.posts == 1


def test_a_token_is_redeemed_when_its_identifier_is_there(
    server: Open311Server, client: PlatformClient
) -> None:
    server.behaviour.gives_tokens = True
    given = client.post(message())
    assert given == TokenGiven("token/C-00001")
    assert client.redeem("token/C-00001") == NotYet()
    server.tokens_are_ready = True
    assert client.redeem("token/C-00001") == Accepted("C-00001")
    assert client.redeem("another") == NotFound()


def test_status_and_answer_are_read(server: Open311Server, client: PlatformClient) -> None:
    client.post(message())
    assert client.standing("C-00001") == Standing("open", False, None)
    server.answer("C-00001", "open", "Работы начнутся в мае\0\ud800")
    assert client.standing("C-00001") == Standing("open", False, "Работы начнутся в мае")
    server.answer("C-00001", "closed", "  Яма заделана ")
    assert client.standing("C-00001") == Standing("closed", True, "Яма заделана")
    assert client.standing("C-77777") == NotFound()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault.DROP, Unavailable(FailureKind.UNREACHABLE, may_have_it=True)),
        (Fault.DROP_AFTER, Unavailable(FailureKind.UNREACHABLE, may_have_it=True)),
        (Fault.ERROR_AFTER, Unavailable(FailureKind.SERVER_ERROR, may_have_it=True)),
        (Fault.HOLD_AFTER, Unavailable(FailureKind.TIMED_OUT, may_have_it=True)),
        (Fault.GARBAGE_AFTER, Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=True)),
        (Fault.HTML, Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=True)),
        (Fault.NOT_FOUND_PAGE, Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=False)),
        (Fault.REDIRECT, Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=False)),
        (Later("17"), Unavailable(FailureKind.OVERLOADED, False, 17.0)),
        (Later("soon"), Unavailable(FailureKind.OVERLOADED, False, None)),
        (Fault.REFUSE, Rejected("http_400")),
        (Fault.CONFLICT_AFTER, Rejected("http_409")),
    ],
    ids=str,
)
def test_each_failure_of_a_post_is_a_value(
    server: Open311Server, fault: Fault | Later, outcome: object
) -> None:
    server.plan(fault)
    patience_s = 0.1 if fault is Fault.HOLD_AFTER else 10.0
    client = asking(server, read_timeout_s=patience_s)
    assert client.post(message()) == outcome
    client.close()
    assert server.posts == 1  # nothing is repeated below the jobs, and no redirect is followed


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.ERROR, Fault.HTML, Fault.GARBAGE_AFTER])
def test_no_reading_mistakes_a_failure_for_an_empty_answer(
    server: Open311Server, client: PlatformClient, fault: Fault
) -> None:
    server.plan_reading(*[fault] * 4)
    assert isinstance(client.find(message(), RANG_AT), Unavailable)
    assert isinstance(client.standing("C-00001"), Unavailable)
    assert isinstance(client.redeem("token"), Unavailable)
    assert isinstance(client.services(), Unavailable)


def test_retry_after_may_be_a_date(server: Open311Server, client: PlatformClient) -> None:
    until = datetime.now(UTC) + timedelta(seconds=90)
    server.plan(Later(format_datetime(until, usegmt=True)))
    outcome = client.post(message())
    assert isinstance(outcome, Unavailable)
    assert outcome.retry_after_s == pytest.approx(90, abs=3)


def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # bound, but not listening
        client = PlatformClient(PlatformSettings(f"http://127.0.0.1:{reserved.getsockname()[1]}"))
        assert client.post(message()) == Unavailable(FailureKind.UNREACHABLE, may_have_it=False)
        client.close()


def test_a_wrong_key_is_no_fault_of_the_message(server: Open311Server) -> None:
    client = asking(server, api_key="wrong")
    assert client.post(message()) == Unavailable(FailureKind.KEY_REFUSED, may_have_it=False)
    client.close()


def test_a_category_unknown_to_the_platform_is_a_rejection(
    server: Open311Server, client: PlatformClient
) -> None:
    assert client.post(message(category="no-such")) == Rejected("http_404")


@pytest.mark.parametrize("shows_attributes", [True, False])
@pytest.mark.parametrize("publicity", list(Publicity))
def test_our_message_is_found_by_its_number(
    server: Open311Server, client: PlatformClient, shows_attributes: bool, publicity: Publicity
) -> None:
    server.behaviour.shows_attributes = shows_attributes
    server.add_foreign("Чужое", datetime.now(UTC), 3)
    assert client.find(message(), datetime.now(UTC)) == NotFound()
    client.post(message(publicity=publicity))
    assert client.find(message(), datetime.now(UTC)) == Accepted("C-00004")


def test_a_message_that_quotes_our_number_is_not_ours(
    server: Open311Server, client: PlatformClient
) -> None:
    server.add_foreign(f"Повторно: моё обращение [{NUMBER}] без ответа", datetime.now(UTC))
    client.post(message(text=f"Как и в [{NUMBER}], дело в том же", number=OTHER_NUMBER))
    assert client.find(message(), datetime.now(UTC)) == NotFound()


def test_a_list_cut_off_at_its_limit_is_read_in_parts(server: Open311Server) -> None:
    now = datetime.now(UTC)
    server.behaviour.list_limit = 10
    client = asking(server, list_limit=10)
    client.post(message())
    server.requests[0].requested_at = now - timedelta(minutes=20, seconds=30)
    for minute in range(40):
        server.add_foreign("Чужое", now - timedelta(minutes=minute))
    assert client.find(message(), now) == Accepted("C-00001")
    assert len(server.calls) > 2
    client.close()


def test_a_server_that_cuts_every_list_off_is_not_believed(server: Open311Server) -> None:
    server.behaviour.list_limit = 1
    client = asking(server, list_limit=1)
    for hour in range(300):
        server.add_foreign("Чужое", datetime.now(UTC) - timedelta(minutes=10 * hour))
    since = datetime.now(UTC) - timedelta(days=2)
    assert isinstance(client.find(message(), since), Unavailable)
    assert len(server.calls) <= 64
    client.close()


def test_what_was_begun_long_ago_is_looked_for_in_spans_a_server_allows(
    server: Open311Server, client: PlatformClient
) -> None:
    begun = datetime.now(UTC) - timedelta(days=200)
    server.add_foreign(f"Яма\n\n[{NUMBER}]", begun)
    assert client.find(message(), begun) == Accepted("C-00001")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://platform.invalid/open311", "plain_http"),
        ("ftp://platform.invalid", "url_unreadable"),
        ("https://user:secret@platform.invalid", "url_unreadable"),
        ("https://[", "url_unreadable"),
        ("platform", "url_unreadable"),
    ],
)
def test_settings_that_would_send_data_astray_are_refused(url: str, code: str) -> None:
    with pytest.raises(PlatformSettingsInvalid) as caught:
        PlatformClient(PlatformSettings(url))
    assert caught.value.code == code
    assert "secret" not in repr(caught.value)


def test_plain_http_in_a_closed_network_must_be_asked_for(tmp_path: Path) -> None:
    PlatformClient(
        PlatformSettings("http://platform.invalid", allow_plain_http=True, ca_file=tmp_path)
    ).close()


def test_neither_the_log_nor_a_representation_holds_personal_data_or_the_key(
    server: Open311Server, client: PlatformClient, caplog: pytest.LogCaptureFixture
) -> None:
    record = message(phone="+79005550101", text="Приватное дело")
    with caplog.at_level(logging.DEBUG):
        server.plan(Fault.DROP_AFTER, Fault.ERROR_AFTER, Fault.REFUSE, Fault.GARBAGE_AFTER, None)
        outcomes = [client.post(record) for _ in range(5)]
        outcomes.append(client.find(record, RANG_AT))  # type: ignore[arg-type]
    told = caplog.text + repr(outcomes) + repr(settings(server))
    assert "POST" in caplog.text  # logging works
    for secret in ("Приватное", "%D0%9F", "Пробный", "9005550101", "caller@", "key-of-tests"):
        assert secret not in told
