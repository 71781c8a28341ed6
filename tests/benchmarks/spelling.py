"""Cost of the spell checker: loading, memory, GUI thread time for a keystroke, a suggestion.

    python -m tests.benchmarks.spelling

Keys are typed into the middle of a long text; the figures are the CPU time of the GUI thread in the
key event, with the checker and without it.
"""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from console.core.deliveries import Deliveries
from console.core.spelling import SpellingPresenter
from console.ui.spelling import check_spelling
from console.ui.text_field import TextField
from console.ui.theme import Theme, ThemeChoice, Tokens
from tests.fakes.spelling import open_speller

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
PARAGRAPH = (
    "Жители дома 12 по улице Садовой просят востановить освищение во дворе: второй месяц "
    "вечером темно, фонари у подьезда не горят, управляющая компания отвечает, что ждёт лампы. "
)
TYPED = "Кроме того, возле дома не убирают снегг, и пожилые люди падают на лесницах. "
LIMIT_S = 30.0


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    theme = Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        before_mb, began_s = _memory_mb(), time.perf_counter()
        speller = open_speller(Path(folder))
        speller.is_right("заявление")
        first_ms = (time.perf_counter() - began_s) * 1000
        print(f"pymorphy's dictionary: {first_ms:.0f} ms, {_memory_mb() - before_mb:.0f} MB")
        began_s = time.perf_counter()
        speller.is_right("заевление")
        both_ms = (time.perf_counter() - began_s) * 1000
        print(f"with Hunspell's: {both_ms:.0f} ms more, {_memory_mb() - before_mb:.0f} MB")
        began_s = time.perf_counter()
        speller.suggestions("освищение")
        print(f"suggestions for one word: {(time.perf_counter() - began_s) * 1000:.0f} ms")
        for paragraphs, lines in ((1, 1), (1, 12), (20, 2)):
            _measure(application, theme, Path(folder), "\n".join([PARAGRAPH * lines] * paragraphs))
        speller.close()


def _measure(application: QApplication, theme: Theme, folder: Path, text: str) -> None:
    for checked in (False, True):
        field = TextField(theme, "")
        spelling = SpellingPresenter(
            lambda: open_speller(folder),
            ThreadPoolExecutor(1),
            Deliveries(application),
            enabled=True,
            parent=application,
        )
        if checked:
            check_spelling(field, theme, spelling)
        field.resize(600, 300)
        field.show()
        field.setFocus()
        field.replace_text(text)
        _wait(application, spelling)
        spent_ms = []
        for letter in TYPED:
            began_s = time.thread_time()
            press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(field, press)
            spent_ms.append((time.thread_time() - began_s) * 1000)
            application.processEvents()
        spent_ms.sort()
        print(
            f"{len(text)} characters, {'checked' if checked else 'not checked'}:"
            f" median {spent_ms[len(spent_ms) // 2]:.2f} ms,"
            f" p95 {spent_ms[int(len(spent_ms) * 0.95)]:.2f} ms a key"
        )
        spelling.close()
        field.close()


def _wait(application: QApplication, spelling: SpellingPresenter) -> None:
    done: list[bool] = []
    application.processEvents()
    spelling.when_checked(lambda: done.append(True))
    until_s = time.monotonic() + LIMIT_S
    while not done and time.monotonic() < until_s:
        application.processEvents()


def _memory_mb() -> float:
    text = Path("/proc/self/statm").read_text(encoding="ascii")
    return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
