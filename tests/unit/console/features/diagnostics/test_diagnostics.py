"""The diagnostic file for the administrator: its contents, and the absence of personal data."""

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
from hypothesis import example, given
from hypothesis import strategies as st

from console.__main__ import main
from console.core.crash import start_logging
from console.core.milestones import Milestone, Milestones, former_file
from console.core.settings.file import read_settings
from console.core.settings.workplace import ConsoleSettings
from console.features.diagnostics.bundle import (
    names_here,
    scrubbed_log,
    scrubbed_steps,
    told_settings,
    without_people,
    write_bundle,
)
from sync.records.table_rules import Entity
from sync.register.calls import calls
from sync.register.people.operators import Role
from sync.register.people.values import PersonName
from sync.store.local.keys import key_file
from sync.store.local.register import RegisterStore
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
    """The root logger, restored without the handlers that a test has added."""
    root = logging.getLogger()
    before, level = tuple(root.handlers), root.level
    yield root
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def data(tmp_path: Path, store_template: StoreTemplate, root_log: logging.Logger) -> Path:
    """A workplace with personal data in its store, and in logs, which should never have any."""
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
    logging.getLogger("console.app").warning("places: sample not saved: %s/places.json", folder)
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
    """Names and contents of all packed files."""
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
    assert "\\u04" not in text  # no letter is hidden in an escape sequence
    folded = text.casefold()
    found = [
        word
        for word in (*words, LATIN, EMAIL, "evlampiy", FOLDER_OF_A_PERSON)
        if word.casefold() in folded
    ]
    assert found == []
    # In any format: with or without country code, with spaces, brackets and hyphens.
    digits = re.sub(r"[\s()+\-.]", "", text)
    assert [number for number in ("900555017", "5550170", "5550177", "88005550199") if number in
            digits] == []  # fmt: skip
    # The store, its key and its companion files are not packed.
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


def test_the_bundle_has_the_steps_of_a_file_that_was_full(data: Path, tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "console.toml", {}, data)
    file = data / "log" / "milestones.jsonl"
    file.replace(former_file(file))
    steps = Milestones(file, lambda: AT)
    steps.note(Milestone.STARTED)
    steps.close()

    out = write_bundle(tmp_path / "out" / "d.zip", settings, AT)

    log = facts(out, "health.json")["log"]
    assert isinstance(log, dict)
    assert log["last"]["phone_connected"]["address"] == "127.0.0.1:50600"
    with ZipFile(out) as bundle:
        lines = bundle.read("log/milestones.jsonl").decode().splitlines()
    assert json.loads(lines[-1])["step"] == "started"


def test_the_bundle_of_an_open_store_holds_what_the_window_shows(
    store: RegisterStore, tmp_path: Path
) -> None:
    settings = ConsoleSettings(tmp_path, backup=replace(ConsoleSettings(tmp_path).backup,
                               directory=str(tmp_path / "away")))  # fmt: skip

    out = write_bundle(tmp_path / "d.zip", settings, AT, register=store, live={"phone": "up"})

    assert facts(out, "health.json")["window"] == {"phone": "up"}
    assert facts(out, "stores.json")["backup"] == {"set": True, "reached": False}
    assert store.has_operators() is False  # the store remains readable


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


BETWEEN = ["", " ", "-", ".", "‑", "–", "—", "/", "_", " - "]
AROUND = [
    "{}", "tel:{}", "<sip:{}>", "sip:{};user=phone", "caller:{}", "caller{}", "{}доб", "{}x",
    "({})", "q-{}", "'{}'", "port :{}", "at 127.0.0.1:5060 {}", "{}@pbx", "0x{}g", "number={},",
]  # fmt: skip
PEOPLE = st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяё", min_size=1, max_size=12)


@st.composite
def phones(draw: st.DrawFn) -> str:
    """A phone number in any format that people or programs use."""
    between = st.sampled_from(BETWEEN)
    code, *rest = (draw(st.from_regex(rf"\d{{{size}}}", fullmatch=True)) for size in (2, 3, 2, 2))
    opening, closing = draw(st.sampled_from([("", ""), ("(", ")"), (" (", ") ")]))
    number = draw(st.sampled_from(["+7", "8", "7", ""])) + draw(between)
    number += f"{opening}9{code}{closing}"
    return number.lstrip(" -.‑–—/_") + "".join(draw(between) + part for part in rest)


@given(phones(), st.sampled_from(AROUND), PEOPLE, PEOPLE)
@example("89005550101", "tel:{}", "а", "б")
@example("89005550101", "sip:{};user=phone", "а", "б")
@example("89005550101", "{}доб", "а", "б")
@example("8.900.555.01.01", "{}", "а", "б")
@example("+7–900–555–01–01", "{}", "а", "б")
def test_no_telephone_and_no_russian_word_passes(
    phone: str, around: str, first: str, last: str
) -> None:
    typed = around.format(phone)
    told = without_people(f"call of {typed} {first.title()}-{last} ({last}@почта.рф) ended")

    assert not re.search(r"[А-Яа-яё]", told)
    assert len(re.findall(r"[0-9]", told.replace("127.0.0.1:5060", ""))) < 5
    assert told.endswith("ended")


@pytest.mark.parametrize(
    "line",
    [
        r"no file C:\Users\Ivan Petrov\x.db",
        r"no file 'C:\\Users\\Ivan Petrov\\x.db'",
        r"no file C:\Users\Ivan Petrov",
        "no file /home/ivan petrov/x.db",
        "no file /home/ivan.petrov",
        "no file /home/u/ivanov_petr.csv",
        "no file /home/u/Letter of Petrov Ivan.csv, and more",
        "no file /home/ivan/register.db",
        "no file /home/ivan petrov",
        "no file file:///srv/ivan/Petrov.xlsx",
        "ivan petrov has no right",
        "password=hunter2 host=db user=ivanov",
        "password = 'hunter 2' host=db login: ivanov",
        "{'password': 'hunter2', \"user\": \"ivanov\"} host=db",
        "PGPASSWORD=hunter2 sslpassword=hunter3 username=ivanov",
    ],
)
def test_no_name_of_a_folder_a_file_or_an_account_passes(line: str) -> None:
    told = without_people(line, ("/home/ivan petrov", "ivan petrov"))

    assert re.findall("ivan|petr|letter|hunter", told, re.IGNORECASE) == []
    assert ("host=db" in told) == ("host=db" in line)
    assert told.startswith("no file ") == line.startswith("no file ")


def test_whose_computer_it_is_stands_in_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "Anna Maria Sidorova"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("LOGNAME", "sidorova")
    data = tmp_path / "work of Orlova"

    names = names_here(data)

    at = "2026-11-27 04:05:06,789 ERROR sync.store"
    assert list(
        scrubbed_log(
            [f"{at} {home} and {data} of sidorova", f"{at} {data}/register.db locked"], names
        )
    ) == [f"{at} … and … of …", f"{at} …/register.db locked"]
    step = {"step": "phone_checked", "code": "sidorova", "check": "echo"}
    assert list(scrubbed_steps([json.dumps(step)], names)) == [
        '{"step": "phone_checked", "check": "echo"}'
    ]


def test_what_an_administrator_needs_passes() -> None:
    line = (
        "2026-11-27 04:05:06,789 ERROR console"
        " unhandled exception: KeyError at app.py:512 _told 127.0.0.1:50600"
    )

    assert list(scrubbed_log([line + "\n"])) == [line]
    for kept in (
        "no answer of pbx.test.invalid:50600 within 20 s",
        "10.20.130.240:65535 closed, 10.20.130.241 did not.",
        "Current thread 0x00007f1234567890 (most recent call first):",
        "record 550e8400-e29b-41d4-a716-446655440000 of 9f86d081884c7d659a2feaa0c55ad015 kept",
        "File …/store.py",
        "no space for …/register.db-wal",
    ):
        assert without_people(kept) == kept
    assert list(
        scrubbed_log(["Fatal Python error: Segmentation fault\n", "what people say\n"])
    ) == [
        "Fatal Python error: Segmentation fault",
        "(1 lines of another form are left out)",
    ]


def test_steps_keep_codes_and_counts_and_pass_over_what_is_no_step() -> None:
    step = {
        "at": AT.isoformat(),
        "step": "t_search",
        "call": "",
        "total": 3,
        "hits": "q-1 s-2",
        "ok": True,
    }

    told = list(
        scrubbed_steps([json.dumps(step | {"file": "a.xlsx", "code": "Иванов"}), "{", "[]"])
    )

    assert [json.loads(line) for line in told] == [step]


@pytest.mark.parametrize(
    "value",
    [
        "tel:89005550101", "8.900.555.01.01", "Ivan Petrov", "ivan petrov", "Petrov", 89005550101,
        -89005550101, 55501, 8.9005550101, ["89005550101"], {"a": "Ivan"}, None,
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["code", "at", "step", "call"])
def test_no_person_passes_for_a_code_of_a_step(key: str, value: object) -> None:
    kept = {"check": "echo", "count": 9999}

    assert [json.loads(line) for line in scrubbed_steps([json.dumps({key: value, **kept})])] == [
        kept
    ]
