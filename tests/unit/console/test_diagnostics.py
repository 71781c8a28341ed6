"""The file for the administrator: what it tells, and that no person is in a byte of it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.__main__ import main
from console.crash import start_logging
from console.diagnostics.bundle import write_bundle
from console.diagnostics.scrub import scrubbed_log, scrubbed_steps, without_people
from console.diagnostics.told_settings import told_settings
from console.milestones import Milestone, Milestones
from console.settings import ConsoleSettings, read_settings
from sync.register import calls
from sync.register.operators import Role
from sync.register.values import PersonName
from sync.store.keys import key_file
from sync.store.outbox import Entity
from sync.store.register import RegisterStore
from tests.fakes.records import OPERATOR, closed, filled, new_call, registered_message
from tests.fakes.store_template import StoreTemplate

AT = datetime(2026, 11, 27, 4, 5, 6, tzinfo=UTC)
NAME = PersonName("Свиристелев", "Евлампий", "Харитонович")
LATIN = "Sviristelev"
EMAIL = "evlampiy@mail.invalid"
TEXT = "На Кипарисной провалился люк"
PASSWORDS = ("sip-secret-1", "mail-secret-2", "dsn-secret-3", "platform-secret-4", "recording-5")
FOLDER_OF_A_PERSON = "sviristelev-home"

SETTINGS = f"""
[workplace]
code = "0001"
[phone]
server = "pbx.test.invalid"
user = "9005550177"
password = "{PASSWORDS[0]}"
display_name = "{NAME.surname}"
[mail]
host = "mail.test.invalid"
user = "{EMAIL}"
password = "{PASSWORDS[1]}"
sender = "{EMAIL}"
[central]
dsn = "postgresql://w0001:{PASSWORDS[2]}@centre.test.invalid/city"
[platform]
url = "https://platform.test.invalid"
key = "{PASSWORDS[3]}"
[recording]
key = "{PASSWORDS[4]}"
[line]
number = "88005550199"
[audio]
input_device = "{NAME.given_name}'s headset"
"""


@pytest.fixture
def root_log() -> Iterator[logging.Logger]:
    """The root logger, given back without the handlers that a test's program has put there."""
    root = logging.getLogger()
    before, level = tuple(root.handlers), root.level
    yield root
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def data(tmp_path: Path, store_template: StoreTemplate, root_log: logging.Logger) -> Path:
    """A workplace full of people: in its store, and in logs where none should ever be."""
    folder = tmp_path / FOLDER_OF_A_PERSON / "data"
    folder.mkdir(parents=True)
    path = folder / "register.db"
    store = store_template.open_copy(path, home_area_code="87999")
    key_file(path).write_text(store_template.key.raw.hex() + "\n", encoding="ascii")
    key_file(path).chmod(0o600)
    store.create_first_operator(
        name=f"{NAME.surname} {NAME.given_name} {NAME.patronymic}",
        login=LATIN.lower(),
        password="long-enough-1",
        role=Role.SUPERVISOR,
    ).result()
    for index in range(3):
        call = replace(new_call(index), caller_number=f"8900555017{index}", caller_name=LATIN)
        card = store.open_card(call, OPERATOR).result()
        card = calls.edit(filled(card), name=NAME, email=EMAIL, content=TEXT)
        store.save_draft(card).result()
        card = store.close(closed(card)).result()
        message = replace(registered_message(card, UUID(int=900 + index)), text=TEXT)
        store.register_message(message, card, by=OPERATOR).result()
    (poisoned,) = store.outbox_waiting(1)
    assert poisoned.entity is Entity.CALL
    store.mark_poison(poisoned, "23514 ck_call_record_result").result()
    assert store.close_store()
    _write_logs(folder, root_log)
    (tmp_path / "console.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


def _write_logs(folder: Path, root: logging.Logger) -> None:
    start_logging(folder / "log")
    logging.getLogger("console.app").warning("central database: %s", "unreachable")
    logging.getLogger("console.app").warning("sample places: %s/places.json", folder)
    logging.getLogger("telephony.sip.core").error("from +7 900 555-01-70 <sip:9005550171@h>")
    logging.getLogger("console.app").error("typed: %s, %s", NAME.surname, TEXT)
    logging.getLogger("py.warnings").warning("%s said %s", LATIN, EMAIL)
    try:
        raise ValueError(f"{LATIN} {EMAIL} 8 (900) 555-01-70")
    except ValueError:
        root.exception("unhandled")
    steps = Milestones(folder / "log" / "milestones.jsonl", lambda: AT)
    steps.note(Milestone.PHONE_CONNECTED, address="127.0.0.1:50600")
    for check, verdict in (("registration", "failed"), ("registration", "passed")):
        steps.note(Milestone.PHONE_CHECKED, check=check, verdict=verdict, code="refused")
    steps.note(Milestone.FILE_READ, changes=3, file=f"{LATIN}.xlsx")
    steps.note(Milestone.SEARCHED, total=2, hits="q-17 s-3", query="89005550170")
    steps.close()
    (folder / "run").mkdir()
    (folder / "run" / "phone.log").write_text(
        f"2026-11-27 04:00:00,001 WARNING telephony.link.server console: connection lost\n"
        f'Traceback (most recent call last):\n  File "{folder}/telephony/x.py", line 7, in ring\n'
        f"KeyError: '{NAME.surname} 555-01-70'\n{LATIN} says hello\n",
        encoding="utf-8",
    )


def everything(file: Path) -> bytes:
    """Names and contents of all that is packed."""
    with ZipFile(file) as bundle:
        assert bundle.testzip() is None
        return b"".join(name.encode() + b"\n" + bundle.read(name) for name in bundle.namelist())


def facts(file: Path, name: str) -> dict[str, object]:
    with ZipFile(file) as bundle:
        told: dict[str, object] = json.loads(bundle.read(name))
    return told


def test_no_byte_of_the_bundle_names_a_person_or_holds_a_secret(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "diagnostics.zip"
    settings = ["--settings", str(tmp_path / "console.toml"), "--data", str(data)]

    assert main(["diagnostics", "--out", str(out), *settings]) == 0

    text = everything(out).decode()
    words = (*re.findall(r"[А-Яа-яё]{5,}", f"{NAME} {TEXT} {OPERATOR.name}"), *PASSWORDS)
    assert "\\u04" not in text  # no letter hides behind an escape
    folded = text.casefold()
    found = [
        word
        for word in (*words, LATIN, EMAIL, "evlampiy", FOLDER_OF_A_PERSON)
        if word.casefold() in folded
    ]
    assert found == []
    # In any spelling: with country code or without, with spaces, brackets and hyphens.
    digits = re.sub(r"[\s()+\-.]", "", text)
    assert [number for number in ("900555017", "5550170", "5550177", "88005550199") if number in
            digits] == []  # fmt: skip
    # The store itself, its key and what is beside it are not packed.
    with ZipFile(out) as bundle:
        assert not [name for name in bundle.namelist() if "register" in name or "key" in name]


def test_the_bundle_tells_how_stores_outbox_and_phone_stand(data: Path, tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "console.toml", {}, data)

    out = write_bundle(tmp_path / "out" / "d.zip", settings, AT)

    stores = facts(out, "stores.json")
    register = stores["register"]
    assert isinstance(register, dict)
    assert register["bytes"][""] > 0
    assert register["facts"]["rows"]["call_record"] == 3
    assert register["facts"]["rows"]["message"] == 3
    assert register["facts"]["outbox"]["refused"] == {"23514 ck_call_record_result": 1}
    assert register["facts"]["outbox"]["waiting"] > 3
    assert stores["backup"] == {"set": False}
    assert facts(out, "settings.json")["workplace"] == "0001"
    assert facts(out, "about.json")["made_at"] == "2026-11-27T04:05:06+00:00"
    log = facts(out, "health.json")["log"]
    assert isinstance(log, dict)
    assert log["last"]["phone_connected"]["address"] == "127.0.0.1:50600"
    assert log["last_check"]["registration"]["verdict"] == "passed"
    lines = everything(out).decode()
    assert "WARNING console.app central database: unreachable" in lines
    assert "WARNING telephony.link.server console: connection lost" in lines
    assert '  File "…/x.py", line 7, in ring' in lines
    assert "KeyError" in lines
    assert "lines of another form are left out" in lines


def test_the_bundle_of_an_open_store_holds_what_the_window_shows(
    store: RegisterStore, tmp_path: Path
) -> None:
    settings = ConsoleSettings(tmp_path, backup=replace(ConsoleSettings(tmp_path).backup,
                               directory=str(tmp_path / "away")))  # fmt: skip

    out = write_bundle(tmp_path / "d.zip", settings, AT, register=store, live={"phone": "up"})

    assert facts(out, "health.json")["window"] == {"phone": "up"}
    assert facts(out, "stores.json")["backup"] == {"set": True, "reached": False}
    assert store.has_operators() is False  # it goes on being read


def test_a_store_that_cannot_be_opened_is_told_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "register.db").write_bytes(b"no store at all" * 400)
    key_file(tmp_path / "register.db").write_text("00" * 32 + "\n", encoding="ascii")
    key_file(tmp_path / "register.db").chmod(0o600)

    out = write_bundle(tmp_path / "d.zip", ConsoleSettings(tmp_path), AT)

    register = facts(out, "stores.json")["register"]
    assert isinstance(register, dict)
    assert register["facts"] == {
        "unread": "StoreUnreadable",
        "code": "not_a_store_or_wrong_key",
    }


def test_the_command_says_why_it_has_written_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "console.toml"
    wrong.write_text("[phone]\nserver = 7\n", encoding="utf-8")
    (tmp_path / "file").write_bytes(b"")

    of_settings = main(["diagnostics", "--out", str(tmp_path / "d.zip"), "--settings", str(wrong)])
    told = capsys.readouterr().err
    of_disk = main(["diagnostics", "--out", str(tmp_path / "file" / "d.zip"), "--settings",
                    str(tmp_path / "none.toml"), "--data", str(tmp_path)])  # fmt: skip

    assert (of_settings, of_disk) == (2, 3)
    assert "phone.server" in told
    assert "d.zip" in capsys.readouterr().err
    assert not (tmp_path / "d.zip").exists()


def test_settings_are_told_as_choices_and_never_as_secrets(tmp_path: Path) -> None:
    (tmp_path / "console.toml").write_text(SETTINGS, encoding="utf-8")

    told = told_settings(read_settings(tmp_path / "console.toml", {}, tmp_path))

    account, audio, mail = told["account"], told["audio"], told["mail"]
    assert isinstance(account, dict)
    assert isinstance(audio, dict)
    assert isinstance(mail, dict)
    assert (account["server"], account["user"]) == ("pbx.test.invalid", "given")
    assert (audio["driver"], audio["input_device"], audio["output_device"]) == (
        "pulse", "given", None,
    )  # fmt: skip
    assert (mail["security"], mail["password"]) == ("starttls", "given")
    assert told["platform_key"] == "given"
    assert told["states"] == {
        "wrap_up_s": 45, "extension_s": 30, "extensions": 10, "wrap_up_ends_with_record": True,
        "work_reasons": 4, "break_reasons": 2, "unanswered_ring_s": 20,
    }  # fmt: skip


PHONES = st.from_regex(r"(\+7|8)[ -]?\(?9\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d", fullmatch=True)
PEOPLE = st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяё", min_size=1, max_size=12)


@given(PHONES, PEOPLE, PEOPLE)
def test_no_telephone_and_no_russian_word_passes(phone: str, first: str, last: str) -> None:
    told = without_people(f"call of {phone} {first.title()}-{last} ({last}@почта.рф) ended")

    assert not re.search(r"[А-Яа-яё]", told)
    assert len(re.findall(r"\d", told)) < 5
    assert told.endswith("ended")


def test_what_an_administrator_needs_passes() -> None:
    line = (
        "2026-11-27 04:05:06,789 ERROR sync.store bug: KeyError at app.py:512 _told 127.0.0.1:50600"
    )

    assert list(scrubbed_log([line + "\n"])) == [line]
    assert list(
        scrubbed_log(["Fatal Python error: Segmentation fault\n", "what people say\n"])
    ) == [
        "Fatal Python error: Segmentation fault",
        "(1 lines of another form are left out)",
    ]


def test_steps_keep_codes_and_counts_and_pass_over_what_is_no_step() -> None:
    step = {"at": "x", "step": "t_search", "call": "", "total": 3, "hits": "q-1", "ok": True}

    told = list(
        scrubbed_steps([json.dumps(step | {"file": "a.xlsx", "code": "Иванов"}), "{", "[]"])
    )

    assert [json.loads(line) for line in told] == [step]
