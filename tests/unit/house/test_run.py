"""The bootstrap script: its output, its requirements, and environments it may reuse."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "run.py"
LOCK = ROOT / "requirements.lock"


@pytest.fixture
def bootstrap() -> Any:
    """``run.py`` as a separate module for each test."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_script(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The script by an interpreter that sees no installed package, as on a fresh machine."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# --- output ---


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
def test_help_names_every_command(word: str) -> None:
    done = run_script(word)

    assert done.returncode == 0
    for command in ("run.py setup", "run.py test", "run.py tour"):
        assert command in done.stdout
    assert done.stderr == ""


def test_an_unknown_command_is_refused_with_the_help() -> None:
    done = run_script("tuor")

    assert done.returncode == 2
    assert "Unknown command: tuor" in done.stderr
    assert "run.py tour" in done.stderr
    assert done.stdout == ""


def test_an_old_python_is_told_what_is_needed(
    bootstrap: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "MINIMUM", (99, 0))

    assert bootstrap.main(["setup"]) == 1
    assert "Python 3.11 or newer is required" in capsys.readouterr().err


def test_a_console_with_arguments_needs_a_display(
    bootstrap: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    assert bootstrap.main(["--theme", "dark"]) == 1
    assert "no display" in capsys.readouterr().err


# --- system packages ---


def test_what_is_missing_is_found_by_library_and_by_program(bootstrap: Any) -> None:
    bootstrap.WINDOW_LIBRARIES = {
        "libc.so.6": ["libc6"],
        "libnowhere.so.1": ["libnowhere1t64", "libnowhere1"],
    }
    bootstrap.WISHES = {"/nowhere/*": ["fonts-nowhere"]}

    missing = bootstrap.missing_packages({"sh": ["dash"], "no-such-program": ["nowhere"]})

    assert missing == [["libnowhere1t64", "libnowhere1"], ["nowhere"], ["fonts-nowhere"]]


def test_a_wish_alone_asks_for_nothing(bootstrap: Any) -> None:
    bootstrap.WINDOW_LIBRARIES = {}
    bootstrap.WISHES = {"/nowhere/*": ["fonts-nowhere"]}

    assert bootstrap.missing_packages({"sh": ["dash"]}) == []


def test_without_root_one_sudo_line_names_all_packages(
    bootstrap: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put_program(tmp_path, "apt-get", "exit 99")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(SystemExit) as stopped:
        bootstrap.install_system_packages([["xvfb"], ["libgl1"], ["libgl1"]])

    message = str(stopped.value.code)
    assert [line for line in message.splitlines() if "sudo" in line] == [
        "  sudo apt-get install -y --no-install-recommends libgl1 xvfb"
    ]


def test_without_apt_the_packages_are_named(
    bootstrap: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemExit) as stopped:
        bootstrap.install_system_packages([["xvfb"], ["libgl1"]])

    assert "libgl1 xvfb" in str(stopped.value.code)
    assert "sudo" not in str(stopped.value.code)


def test_root_installs_the_first_name_that_apt_knows(
    bootstrap: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    put_program(tmp_path, "apt-get", f'echo "$@" >> {asked}')
    put_program(tmp_path, "apt-cache", '[ "$2" = libglib2.0-0 ] || [ "$2" = xvfb ]')
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    bootstrap.install_system_packages([["libglib2.0-0t64", "libglib2.0-0"], ["xvfb"]])

    update, install = asked.read_text().splitlines()
    assert update.startswith("update")
    assert install.split()[-2:] == ["libglib2.0-0", "xvfb"]
    assert "--no-install-recommends" in install.split()


def put_program(folder: Path, name: str, body: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)


# --- Python packages ---


class Workshop:
    """Replaces the download: counts environments created from the lock."""

    def __init__(self, bootstrap: Any, folder: Path) -> None:
        self.bootstrap = bootstrap
        self.venv = folder / "venv"
        self.lock = folder / "requirements.lock"
        self.lock.write_text("example==1.0 --hash=sha256:00\n", encoding="utf-8")
        self.installed = 0
        self.fails = False
        bootstrap.LOCK = self.lock
        bootstrap.venv = self
        bootstrap.install_lock = self.install

    def create(self, folder: Path, *, with_pip: bool, clear: bool) -> None:
        assert with_pip
        assert clear
        program = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        program.parent.mkdir(parents=True, exist_ok=True)
        program.touch()

    def install(self, python: Path, total: int) -> None:
        assert python.exists()
        assert total == self.lock.read_text(encoding="utf-8").count("==")
        if self.fails:
            sys.exit("pip could not install")
        self.installed += 1

    def make(self) -> Path:
        made: Path = self.bootstrap.make_venv(self.venv)
        return made


@pytest.fixture
def workshop(bootstrap: Any, tmp_path: Path) -> Workshop:
    return Workshop(bootstrap, tmp_path)


def test_an_environment_is_made_once(workshop: Workshop) -> None:
    first, second = workshop.make(), workshop.make()

    assert first == second
    assert first.is_relative_to(workshop.venv)
    assert workshop.installed == 1


def test_another_lock_makes_the_environment_anew(workshop: Workshop) -> None:
    workshop.make()
    workshop.lock.write_text("example==1.1 --hash=sha256:01\n", encoding="utf-8")
    workshop.make()

    assert workshop.installed == 2


def test_another_python_makes_the_environment_anew(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.make()
    monkeypatch.setattr(sys, "version", f"{sys.version} of another build")
    workshop.make()

    assert workshop.installed == 2


def test_a_broken_off_installation_is_begun_again(workshop: Workshop) -> None:
    workshop.fails = True
    with pytest.raises(SystemExit):
        workshop.make()
    workshop.fails = False
    workshop.make()
    workshop.make()

    assert workshop.installed == 1


# --- reuse ---


@pytest.mark.parametrize("code", [0, 5])
def test_the_set_up_goes_only_where_no_record_waits(
    bootstrap: Any, tmp_path: Path, code: int
) -> None:
    """The check is ``sync reset --check``, run with the environment's own interpreter."""
    folder = tmp_path / ".venv"
    python = bootstrap.interpreter(folder)
    python.parent.mkdir(parents=True)
    asked = tmp_path / "asked"
    python.write_text(f'#!/bin/sh\necho "$@" > {asked}\nexit {code}\n')
    python.chmod(0o755)

    assert bootstrap.uninstall(folder, ["--store", "x.db"]) == code
    assert asked.read_text().split() == ["-m", "sync", "reset", "--check", "--store", "x.db"]
    assert folder.exists() is (code != 0)
    assert bootstrap.uninstall(tmp_path / "absent", []) == 0


def test_only_the_standard_library_is_imported() -> None:
    imported = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add((node.module or "").split(".")[0])

    assert imported
    assert imported <= sys.stdlib_module_names


def requirements() -> list[str]:
    """One string for each requirement of the lock, with continued lines joined, without
    comments.
    """
    lines = [
        line
        for line in LOCK.read_text(encoding="utf-8").splitlines()
        if not line.lstrip().startswith("#")
    ]
    return [text for text in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines() if text.strip()]


def test_the_lock_names_no_address() -> None:
    text = LOCK.read_text(encoding="utf-8")

    assert re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links|//", text) == []
    assert re.findall(r"(?m)^-", text) == []


def test_every_requirement_is_pinned_and_hashed() -> None:
    assert len(requirements()) > 20
    for requirement in requirements():
        assert re.match(r"[a-z0-9._-]+(\[[a-z0-9,._-]+\])?==[0-9]\S*", requirement), requirement
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}(?!\S)", requirement), requirement
