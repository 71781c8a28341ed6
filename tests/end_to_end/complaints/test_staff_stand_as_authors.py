"""Complaint: an operator who files for a citizen becomes the author, or gets the citizen's data.

The operator is in no author field: not in the store, not in the letter, not on the platform. The
operator's own account is unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import (
    OPERATOR_LOGIN,
    OPERATOR_NAME,
    RING_LIMIT_S,
    STEP_LIMIT_S,
    ConsoleStage,
    Tables,
)
from tests.fakes.mail_server import MailServer
from tests.fakes.open311_server import Open311Server
from tests.fakes.rtp_peer import wait_until

CALLER = "+79005550178"
EMAIL = "author@test.invalid"
TABS_TO_NAME = 3  # backwards from the content field
TABS_TO_EMAIL = 2  # forwards from the name
LAMP = "power/street-light"
# On a busy machine a response may time out: a message is looked up a minute later, and a letter is
# sent again after two.
SENT_LIMIT_S = 240.0
OPERATORS_WORDS = (*OPERATOR_NAME.split(), OPERATOR_LOGIN)


@contextmanager
def stage(folder: Path, server: Open311Server, mail: MailServer) -> Iterator[ConsoleStage]:
    settings: Tables = {
        "platform": {"url": server.url, "key": server.behaviour.api_key},
        "mail": {
            "host": "127.0.0.1",
            "port": mail.port,
            "security": "plain_in_closed_network",
            "sender": "no-reply@belokluchevsk.example",
        },
    }
    with ConsoleStage(folder, settings=settings) as desk:
        yield desk


def register_message(desk: ConsoleStage, place: str) -> None:
    """Registers the message from the card and saves its call."""
    desk.press("ctrl+3")
    desk.type(place)
    desk.press("Tab")
    desk.type("вчера 18:30")
    desk.press("Tab", times=2)
    desk.type("фонар")
    desk.press("Tab")
    desk.press("ctrl+Return")
    desk.wait_for("t_message_registered", STEP_LIMIT_S)
    desk.hang_up()
    desk.save()


def test_the_operator_is_nowhere_the_author_of_a_citizen_s_words(folder: Path) -> None:
    with Open311Server() as server, MailServer() as mail:
        server.behaviour.services[LAMP] = "Освещение"
        with stage(folder, server, mail) as desk, BaresipCaller(CALLER) as caller:
            # A citizen who gives name and address.
            caller.dial(f"sip:100@{desk.address}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.answer()
            desk.type("не горит фонарь")
            desk.press("shift+Tab", times=TABS_TO_NAME)
            desk.type("проба анна петровна")
            desk.press("Tab", times=TABS_TO_EMAIL)
            desk.type(EMAIL)
            register_message(desk, "ул. Родниковая, д. 14")
            named = desk.newest_record()
            desk.wait_for_state("ready")
            named_message = desk.message_of(named)

            # A citizen who does not: no other name is used.
            caller.dial(f"sip:100@{desk.address}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.answer()
            desk.type("не горит второй фонарь")
            desk.press("shift+Tab", times=TABS_TO_NAME)
            desk.press("ctrl+e")
            register_message(desk, "ул. Садовая, д. 3")
            unnamed = desk.newest_record()
            unnamed_message = desk.message_of(unnamed)
            # One letter to the author, one of each message to its body.
            wait_until(
                lambda: (len(server.requests), len(mail.letters)) == (2, 3),
                timeout_s=SENT_LIMIT_S,
            )

            # The operator's account is unchanged: the same login and password work.
            desk.kill_console()
            desk.start_again()
            desk.press("F12")
            desk.picture("signed-in-again")

    for record, message in ((named, named_message), (unnamed, unnamed_message)):
        assert record["operator_name"] == message["operator_name"] == OPERATOR_NAME
        of_author = ("surname", "given_name", "patronymic", "email", "phone")
        for words in (
            [record[field] for field in of_author],
            [message[field] for field in of_author],
        ):
            assert not any(
                word in json.dumps(words, ensure_ascii=False) for word in OPERATORS_WORDS
            )
    assert [named[part] for part in ("surname", "given_name", "patronymic")] == [
        "Проба",
        "Анна",
        "Петровна",
    ]
    assert unnamed_message["name_absence"] == "not_given"
    forms = sorted(
        (request.form for request in server.requests), key=lambda form: form["description"]
    )
    assert [
        (form.get("last_name"), form.get("first_name"), form.get("email")) for form in forms
    ] == [
        (None, None, None),
        ("Проба", "Анна Петровна", EMAIL),
    ]
    letters = sorted(mail.letters, key=lambda letter: letter.recipients == (EMAIL,))
    assert [letter.recipients == (EMAIL,) for letter in letters] == [False, False, True]
    told = [json.dumps(form, ensure_ascii=False) for form in forms]
    told += [
        part.get_content()
        for letter in letters
        for part in letter.message.walk()
        if not part.is_multipart()
    ]
    assert not [word for word in OPERATORS_WORDS for text in told if word in text]
    assert "Анна Петровна" in told[-1]
