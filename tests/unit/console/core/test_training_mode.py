"""Training mode: a separate folder, no incoming and no outgoing connections."""

from __future__ import annotations

import re
import socket
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.process import ROOT, training_command, training_settings
from console.core.settings.file import read_settings
from console.core.settings.workplace import ConsoleSettings
from console.features.sign_in.presenter import SignInPresenter
from console.features.training.presenter import TrainingOffer
from console.training.__main__ import main as call_by_training
from sync.register.people.operators import Operator, Role
from sync.store.local.register import RegisterStore
from tests.fakes.console_fakes import Clock, InlineExecutor, Told

GUIDE = Path(__file__).parents[4] / "docs" / "administrator-guide.ru.md"
OF_THE_DESK = {
    "file", "workplace", "audio", "spelling", "states", "next_message", "card_at", "theme",
    "language",
}  # fmt: skip
OF_TRAINING = {
    "data_directory",
    "is_training",
    "phone",
    "headset",
    "line_opens",
    "line_closes",
    "line_days",
}  # fmt: skip
LIMIT_MS = 5000


def example(tmp_path: Path) -> ConsoleSettings:
    """All settings, as given in the administrator's guide."""
    blocks = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    file = tmp_path / "console.toml"
    file.write_text(max(blocks, key=len), encoding="utf-8")
    return read_settings(file, {}, tmp_path / "data")


def test_it_is_started_where_its_program_is_found() -> None:
    assert (ROOT / "console" / "__main__.py").is_file()


def test_of_all_that_can_be_set_only_sound_and_looks_come_into_training(tmp_path: Path) -> None:
    settings = replace(example(tmp_path), card_at="answer")
    training = training_settings(settings)
    unset = ConsoleSettings(training.data_directory)
    others = {field.name for field in fields(ConsoleSettings)} - OF_THE_DESK - OF_TRAINING

    assert (settings.account, settings.central_dsn, settings.platform_url) != (None, None, None)
    assert settings.mail.host
    assert {
        name
        for name in others - {"text_scale"}
        if getattr(training, name) != getattr(unset, name)
    } == set()  # fmt: skip
    assert {
        name
        for name in OF_THE_DESK | {"text_scale"}
        if getattr(training, name) != getattr(settings, name)
    } == set()
    assert training.data_directory == settings.data_directory / "training"
    # A headset has one set of LEDs, and the real console uses it.
    assert (settings.headset.buttons, training.headset.buttons) == (True, False)
    assert (training.phone.accept_from, training.listen_host) == (
        ("127.0.0.1", "::1"),
        "127.0.0.1",
    )


def test_training_has_other_files_than_the_work(tmp_path: Path) -> None:
    settings = example(tmp_path)
    training = training_settings(settings)

    for name in ("register_file", "directory_file", "runtime_directory", "log_directory"):
        assert getattr(training, name) != getattr(settings, name)
        assert getattr(training, name).is_relative_to(training.data_directory)


def test_the_command_starts_training_on_the_same_settings(tmp_path: Path) -> None:
    settings = example(tmp_path)

    assert training_command(settings) == (
        sys.executable, "-m", "console", "--training", "--data", str(tmp_path / "data"),
        "--settings", str(tmp_path / "console.toml"),
    )  # fmt: skip
    assert "--settings" not in training_command(ConsoleSettings(tmp_path))


def test_a_training_caller_rings_no_console_unless_told_that_its_register_may_have_the_call(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as console:
        console.bind(("127.0.0.1", 0))
        console.setblocking(False)
        address = f"127.0.0.1:{console.getsockname()[1]}"

        with pytest.raises(SystemExit) as refused:
            call_by_training(["call", "--lesson", "typical", "--to", address])

        with pytest.raises(BlockingIOError):
            console.recv(1)
    assert refused.value.code == 2
    assert "--into-the-register" in capsys.readouterr().err


def test_the_work_offers_training_and_says_what_became_of_it(owner: QObject, russian: None) -> None:
    answers = [False, True]
    offer = TrainingOffer(lambda: answers.pop(0), owner)
    told, started, offered = Told(offer.told), Told(offer.started), Told(offer.offered)
    offer.offer()
    assert (len(offered.values), answers) == (1, [False, True])

    offer.begin()
    assert "администратора" in offer.state.problem
    assert (started.values, told.values) == ([], [])
    offer.offer()
    assert offer.state.problem == ""

    offer.begin()
    assert len(started.values) == 1
    assert "в отдельном окне" in told.values[0].head


def test_who_trains_is_let_in_without_a_question(
    store: RegisterStore, owner: QObject, clock: Clock, qtbot: QtBot
) -> None:
    def enter() -> Operator:
        presenter = SignInPresenter(
            store, InlineExecutor(), Deliveries(owner), clock=clock, parent=owner
        )
        signed_in = Told(presenter.signed_in)
        presenter.let_in("Стажёр", "training", "training-mode")
        qtbot.waitUntil(lambda: len(signed_in.values) == 1, timeout=LIMIT_MS)
        (operator,) = signed_in.values
        assert isinstance(operator, Operator)
        return operator

    first = enter()
    assert (first.name, first.role) == ("Стажёр", Role.SUPERVISOR)
    assert enter() == first
