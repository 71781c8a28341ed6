"""The Russian translation is complete and current, and avoids terms that the regulation forbids."""

import ast
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TRANSLATIONS = ROOT / "resources" / "translations"
RUSSIAN = TRANSLATIONS / "console_ru.ts"
# one, few, many: 1 запись, 2 записи, 5 записей
RUSSIAN_NUMERUS_FORMS = 3


@dataclass(frozen=True, slots=True)
class Message:
    """One source text with its translation; several forms if it contains a number."""

    context: str
    source: str
    comment: str
    is_numerus: bool
    type: str
    forms: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str, bool]:
        return self.context, self.source, self.comment, self.is_numerus


def messages_of(path: Path) -> list[Message]:
    found = []
    root = ElementTree.parse(path).getroot()  # noqa: S314  # our own file
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            is_numerus = message.get("numerus") == "yes"
            texts = list(translation.iter("numerusform")) if is_numerus else [translation]
            found.append(
                Message(
                    context=context.findtext("name", ""),
                    source=message.findtext("source", ""),
                    comment=message.findtext("comment", ""),
                    is_numerus=is_numerus,
                    type=translation.get("type", ""),
                    forms=tuple("".join(text.itertext()) for text in texts),
                )
            )
    return found


def run_qt_tool(name: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(name)
    done = subprocess.run(
        [program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the translation, updated from the sources."""
    copy = tmp_path_factory.mktemp("translations") / RUSSIAN.name
    shutil.copyfile(RUSSIAN, copy)
    # Qt's tool reports an error for an empty file.
    sources = sorted(
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "console").rglob("*.py")
        if path.stat().st_size
    )
    run_qt_tool(
        "pyside6-lupdate",
        *sources,
        "-silent",
        "-no-obsolete",
        *("-locations", "none"),
        *("-source-language", "en"),
        *("-target-language", "ru"),
        *("-ts", str(copy)),
    )
    return copy


def test_the_sources_hold_exactly_what_is_translated(updated: Path) -> None:
    in_sources = {message.key for message in messages_of(updated)}
    translated = {message.key for message in messages_of(RUSSIAN)}

    assert in_sources - translated == set()
    assert translated - in_sources == set()


def test_no_phrase_stands_in_an_f_string_where_nobody_finds_it_to_translate() -> None:
    unseen = [
        f"{path.relative_to(ROOT)}:{call.lineno} {ast.unparse(call)}"
        for path in sorted((ROOT / "console").rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("tr", "translate")
    ]

    assert unseen == []


def test_every_message_is_finished() -> None:
    unfinished = [message.source for message in messages_of(RUSSIAN) if message.type]
    empty = [
        message.source
        for message in messages_of(RUSSIAN)
        if not all(form.strip() for form in message.forms)
    ]

    assert unfinished == []
    assert empty == []


def test_every_phrase_with_a_number_has_the_three_russian_forms() -> None:
    numerus = [message for message in messages_of(RUSSIAN) if message.is_numerus]
    short = [m.source for m in numerus if len(m.forms) != RUSSIAN_NUMERUS_FORMS]

    assert numerus
    assert short == []


def test_a_translation_keeps_the_places_of_its_source() -> None:
    lost = [
        (message.source, place)
        for message in messages_of(RUSSIAN)
        for place in ("%n", "%1", "%2", "%3")
        if place in message.source
        and not all(place in form for form in message.forms)
        # a singular form may omit the digit
        and not (place == "%n" and any(place in form for form in message.forms))
    ]

    assert lost == []


def test_the_compiled_translation_is_what_lrelease_makes_now(tmp_path: Path) -> None:
    compiled = tmp_path / "console_ru.qm"
    run_qt_tool("pyside6-lrelease", "-silent", str(RUSSIAN), "-qm", str(compiled))

    assert compiled.read_bytes() == RUSSIAN.with_suffix(".qm").read_bytes()


FORMAL_APPEAL = "formal_appeal.txt"
"""For a caller who wants a formal appeal: there the legal term is correct."""


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.name)
        for path in sorted((ROOT / "resources" / "templates").iterdir())
        if path.suffix in {".html", ".txt", ".jinja"} and path.name != FORMAL_APPEAL
    ],
)
def test_no_template_calls_a_message_an_appeal(path: Path) -> None:
    """Regulation 1.3: messages are not appeals under federal law 59."""
    assert "обращени" not in path.read_text(encoding="utf-8").casefold()


def test_the_screen_names_appeals_only_beside_their_law() -> None:
    """Every text about appeals names the law: an appeal is not a message (1.3)."""
    forms = [form for message in messages_of(RUSSIAN) for form in message.forms]
    appeals = [form for form in forms if "обращени" in form.casefold()]

    assert appeals
    assert [form for form in appeals if "59-ФЗ" not in form] == []
    text = (ROOT / "resources" / "templates" / FORMAL_APPEAL).read_text(encoding="utf-8")
    assert text.startswith("Сообщение на единый номер не считается обращением")


def test_one_thing_has_one_name_on_the_screen() -> None:
    """A caller is «абонент», the register of calls «реестр»; «журнал» is always qualified."""
    forms = [form for message in messages_of(RUSSIAN) for form in message.forms]
    others = re.compile(
        r"заявител|\bжител|граждан|журнал\w*(?! (аудита|программы|сервера))\b", re.I
    )

    assert [form for form in forms if "абонент" in form.casefold()]
    assert [form for form in forms if others.search(form)] == []
