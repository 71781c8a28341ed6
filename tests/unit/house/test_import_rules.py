"""Every import rule of pyproject.toml holds, and each is proven effective by one violation."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("console", "telephony", "kb", "sync")
CONTRACT_TYPE = Path("tests/unit/house/submodule_contract.py")
# Wide enough for every name: the report is parsed line by line.
ENVIRONMENT = {**os.environ, "COLUMNS": "300", "NO_COLOR": "1"}
IMPORT = re.compile(r"(?:- +)?([\w.]+) -> ([\w.]+) \(l\.")  # a line of a chain of imports


@dataclass(frozen=True, slots=True)
class Breach:
    """A forbidden import, added at the end of a module that may be new.

    ``also``: contracts that it cannot but break too. An import against the order of two folders
    closes a circle; one of the shell by a feature leads on to the other features.
    """

    contract: str
    module: str
    statement: str
    also: tuple[str, ...] = ()

    @property
    def contracts(self) -> set[str]:
        return {self.contract, *self.also}

    def is_import(self, importer: str, imported: str) -> bool:
        """Whether this import of a report is the one added by the breach."""
        target = self.statement.split()[1]
        return importer == self.module.removesuffix(".py").replace("/", ".") and (
            f"{target}.".startswith(f"{imported}.") or imported.startswith(f"{target}.")
        )


DIRECTION = (
    "The console imports telephony, kb and sync, which know neither the console nor each other"
)
CIRCLES = "No folder is in a circle with another one"
WIDGETS = (
    "Widgets are only in console.ui, console.shell and modules named page, panel, view or *_view"
)
FLOORS = "In the console, features stand on shared, shared on ui, ui on core"
FEATURES = "No feature imports a feature"
SHARED = (
    "In console.shared, workplace stands on session, session on messages, messages on directory"
)
PRIVATE = "telephony.sip and telephony.media are private to telephony"
SOCKETS = "SIP sockets are only in telephony.sip.network.transport"
SOUND_FILES = "Sound files are only in telephony.media.flac and telephony.speech_file"
DIRECTORY = "In kb, files and store stand on search, search on entries, entries on text"
LAYERS = "In sync, commands stand on jobs, exchange, central store, local store, records, register"
SUBJECTS = "In sync.register, a subject knows only the subjects below it"
DOMAIN = "The register's domain does no I/O"
SQLALCHEMY = "SQLAlchemy is only in sync.store, sync.records and kb.store"
WORKBOOKS = "Workbooks are read only in kb.files.sheet_reader"
SQLCIPHER = "SQLCipher is only where the local files are opened"
PSYCOPG = "psycopg2 is only in sync.store and where its errors are classified"
HTTP = "HTTP is only in the adapter of the city's platform"

BREACHES = [
    Breach(DIRECTION, "telephony/breach.py", "import console.core.settings.workplace"),
    Breach(DIRECTION, "kb/breach.py", "from sync.register import numbering"),
    Breach(DIRECTION, "sync/breach.py", "import kb.text"),
    Breach("Qt is only in the console", "kb/breach.py", "from PySide6.QtCore import QObject"),
    Breach(WIDGETS, "console/features/journal/breach.py", "from PySide6 import QtWidgets"),
    Breach(WIDGETS, "console/core/breach.py", "import PySide6.QtWidgets as widgets"),
    Breach(
        WIDGETS, "console/core/deliveries.py", "from PySide6.QtWidgets import (\n    QLabel,\n)"
    ),
    Breach(WIDGETS, "console/shared/session/breach.py", "from console.ui.theme import Theme"),
    Breach(WIDGETS, "console/features/journal/words.py", "import console.ui.labels"),
    Breach(
        FLOORS, "console/core/breach.py", "import console.features.journal.words", also=(CIRCLES,)
    ),
    Breach(FLOORS, "console/ui/breach.py", "import console.shared.session.desk", also=(CIRCLES,)),
    Breach(
        FLOORS,
        "console/shared/texts/breach.py",
        "import console.features.journal.words",
        also=(CIRCLES,),
    ),
    Breach(
        FLOORS,
        "console/features/journal/breach.py",
        "import console.shell.keys",
        also=(CIRCLES, FEATURES),
    ),
    Breach(FLOORS, "console/shell/breach.py", "import console.feature_list", also=(CIRCLES,)),
    Breach(FEATURES, "console/features/journal/breach.py", "import console.features.lookup.words"),
    Breach(
        SHARED,
        "console/shared/directory/breach.py",
        "import console.shared.messages.words",
        also=(CIRCLES,),
    ),
    Breach(SHARED, "console/shared/texts/breach.py", "import console.shared.directory.words"),
    Breach(CIRCLES, "telephony/link/protocol.py", "import telephony.process"),
    Breach(
        "The training caller knows no Qt", "console/training/caller.py", "import PySide6.QtCore"
    ),
    Breach(
        "The training caller knows no Qt", "console/features/training/lessons.py", "import PySide6"
    ),
    Breach(PRIVATE, "console/breach.py", "from telephony.sip.syntax.address import parse_uri"),
    Breach(PRIVATE, "console/core/breach.py", "import telephony.media"),
    Breach(SOCKETS, "telephony/sip/network/network.py", "from socket import AF_INET"),
    Breach(
        "The SIP core does no I/O and has no clock of its own",
        "telephony/sip/transactions.py",
        "import time",
    ),
    Breach(
        "In telephony.sip, calls stand on dialogs, dialogs on transactions, transactions on syntax",
        "telephony/sip/dialogs/breach.py",
        "import telephony.sip.calls.call",
        also=(CIRCLES,),
    ),
    Breach(
        "In telephony.media, sessions stand on streams, streams on playout, playout on packets",
        "telephony/media/packets/breach.py",
        "import telephony.media.playout.continuous_audio",
        also=(CIRCLES,),
    ),
    Breach(
        "DNS is asked only by telephony.sip.network.resolver",
        "telephony/sip/network/network.py",
        "import dns.resolver",
    ),
    Breach(
        "pyVoIP is only behind telephony.pyvoip", "console/training/caller.py", "import pyVoIP.VoIP"
    ),
    Breach(
        "Sound libraries are only in the drivers of telephony.media",
        "telephony/phone.py",
        "import sounddevice",
    ),
    Breach("hidapi is only in telephony.headset.hid", "telephony/headset/watch.py", "import hid"),
    Breach(
        "python-xlib is only in console.features.global_keys.x11",
        "console/app.py",
        "import Xlib.display",
    ),
    Breach(
        "The G.722 library is only in telephony.media.codecs.g722",
        "telephony/media/codecs/registry.py",
        "import G722",
    ),
    Breach(SOUND_FILES, "telephony/phone.py", "import soundfile"),
    Breach(
        "The SRTP library is only in telephony.media.packets.rtp",
        "telephony/media/session.py",
        "from pylibsrtp import Session",
    ),
    Breach(DIRECTORY, "kb/entries/breach.py", "import kb.search.query", also=(CIRCLES,)),
    Breach(DIRECTORY, "kb/files/breach.py", "import kb.store.file"),
    Breach(
        LAYERS,
        "sync/store/local/breach.py",
        "import sync.store.central.connection",
        also=(CIRCLES,),
    ),
    Breach(
        LAYERS,
        "sync/store/central/breach.py",
        "import sync.exchange.central_choice",
        also=(CIRCLES,),
    ),
    Breach(
        LAYERS,
        "sync/register/breach.py",
        "from sync.records.table_rules import Moment",
        also=(CIRCLES,),
    ),
    Breach(LAYERS, "sync/jobs/breach.py", "import sync.commands.rules", also=(CIRCLES,)),
    Breach(LAYERS, "sync/exchange/breach.py", "import sync.jobs.platform", also=(CIRCLES,)),
    Breach(
        SUBJECTS,
        "sync/register/people/breach.py",
        "import sync.register.calls.calls",
        also=(CIRCLES,),
    ),
    Breach(SUBJECTS, "sync/register/city.py", "import sync.register.training"),
    Breach(DOMAIN, "sync/register/calls/calls.py", "import threading"),
    Breach(SQLALCHEMY, "sync/exchange/breach.py", "from sqlalchemy.exc import DBAPIError"),
    Breach(SQLALCHEMY, "kb/search/index.py", "import sqlalchemy"),
    Breach("Alembic is only in the migrations", "sync/store/breach.py", "from alembic import op"),
    Breach(SQLCIPHER, "sync/store/local/writer.py", "import sqlcipher3.dbapi2"),
    Breach(SQLCIPHER, "kb/store/writing.py", "import sqlcipher3"),
    Breach(WORKBOOKS, "kb/files/importing.py", "import openpyxl"),
    Breach(
        "Plain SQLite is only in kb.store and where kb.search reads its file",
        "sync/store/local/reading.py",
        "import sqlite3",
    ),
    Breach(PSYCOPG, "sync/exchange/breach.py", "from psycopg2 import errors"),
    Breach(HTTP, "sync/exchange/breach.py", "import requests"),
]


def chosen_rounds() -> list[tuple[Breach, ...]]:
    """Breaches in groups: no group has two of the same rule or the same module."""
    left, rounds = list(BREACHES), []
    while left:
        chosen: list[Breach] = []
        for breach in left:
            if all(
                breach.contract != other.contract and breach.module != other.module
                for other in chosen
            ):
                chosen.append(breach)
        left = [breach for breach in left if breach not in chosen]
        rounds.append(tuple(chosen))
    return rounds


ROUNDS = chosen_rounds()


@dataclass(frozen=True, slots=True)
class Report:
    """Output of ``lint-imports``: the broken contracts, each with the offending imports."""

    code: int
    kept: frozenset[str]
    broken: dict[str, frozenset[tuple[str, str]]]

    def broken_by(self, breach: Breach) -> set[str]:
        return {
            contract
            for contract, imports in self.broken.items()
            if any(breach.is_import(importer, imported) for importer, imported in imports)
        }


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages' sources, which tests may change."""
    folder = tmp_path_factory.mktemp("import-rules")
    for package in PACKAGES:
        for source in (ROOT / package).rglob("*.py"):
            target = folder / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    (folder / CONTRACT_TYPE).parent.mkdir(parents=True)
    shutil.copyfile(ROOT / CONTRACT_TYPE, folder / CONTRACT_TYPE)
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


@pytest.fixture(scope="module")
def reports(copy: Path) -> list[Report]:
    """One report for each round, with its breaches applied together and then reverted."""
    return [report_on(copy, breaches) for breaches in ROUNDS]


def report_on(copy: Path, breaches: tuple[Breach, ...]) -> Report:
    before: dict[Path, bytes | None] = {}
    for breach in breaches:
        module = copy / breach.module
        before[module] = module.read_bytes() if module.exists() else None
        module.write_bytes((before[module] or b"") + f"\n{breach.statement}\n".encode())
    report = lint_imports(copy)
    for module, content in before.items():
        if content is None:
            module.unlink()
        else:
            module.write_bytes(content)
    return report


def lint_imports(folder: Path) -> Report:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-logo", "--no-cache"],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    kept: set[str] = set()
    broken: dict[str, set[tuple[str, str]]] = {}
    imports: set[tuple[str, str]] = set()
    for line in map(str.strip, done.stdout.splitlines()):
        if line.endswith(" KEPT"):
            kept.add(line.removesuffix(" KEPT"))
        elif line.endswith(" BROKEN"):
            broken[line.removesuffix(" BROKEN")] = set()
        elif line in broken:  # the heading of what breaks it
            imports = broken[line]
        elif (found := IMPORT.match(line)) is not None:
            imports.add((found[1], found[2]))
    assert kept or broken, done.stdout + done.stderr
    return Report(
        done.returncode,
        frozenset(kept),
        {contract: frozenset(found) for contract, found in broken.items()},
    )


def contracts() -> set[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        configuration = tomllib.load(file)
    return {contract["name"] for contract in configuration["tool"]["importlinter"]["contracts"]}


def test_the_sources_keep_every_rule(copy: Path, reports: list[Report]) -> None:
    assert lint_imports(copy) == Report(0, frozenset(contracts()), {})


def test_every_rule_is_broken_by_a_test() -> None:
    assert {breach.contract for breach in BREACHES} == contracts()


@pytest.mark.parametrize(
    "breach", BREACHES, ids=[f"{breach.module}: {breach.statement}" for breach in BREACHES]
)
def test_a_forbidden_import_breaks_exactly_its_rule(reports: list[Report], breach: Breach) -> None:
    (report,) = (
        report for report, breaches in zip(reports, ROUNDS, strict=True) if breach in breaches
    )
    # The report on circles names folders, not imports.
    assert report.broken_by(breach) == breach.contracts - {CIRCLES}
    assert breach.contracts <= report.broken.keys()


@pytest.mark.parametrize("number", range(len(ROUNDS)))
def test_rules_that_nothing_breaks_are_kept(reports: list[Report], number: int) -> None:
    report = reports[number]
    broken = set().union(*(breach.contracts for breach in ROUNDS[number]))

    assert report.broken.keys() == broken
    assert report.kept == contracts() - broken
    assert report.code == 1
