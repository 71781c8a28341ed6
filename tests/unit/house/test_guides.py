"""README and guides match the product: keys, settings, commands, links."""

import re
from itertools import chain
from pathlib import Path

import pytest

from console.core.default_keys import DEFAULTS, Scope
from console.core.settings.file import read_settings
from console.core.settings.schema import TYPES
from console.core.settings.workplace import ConsoleSettings

ROOT = Path(__file__).resolve().parents[3]
DECISIONS = ROOT / "docs" / "decisions"
ADMINISTRATOR = ROOT / "docs" / "administrator-guide.ru.md"
OPERATOR = ROOT / "docs" / "operator-guide.ru.md"
PAGES = sorted(
    chain(
        ROOT.glob("*.md"),
        (ROOT / "docs").rglob("*.md"),
    )
)


def settings_example() -> str:
    found = re.search(r"```toml\n(.*?)```", ADMINISTRATOR.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_example_of_settings_is_accepted(tmp_path: Path) -> None:
    file = tmp_path / "console.toml"
    file.write_text(settings_example(), encoding="utf-8")

    settings = read_settings(file, {})

    assert settings.account is not None
    assert settings.account.server == "pbx.example"
    assert settings.central_dsn is not None


def test_the_example_names_every_setting(tmp_path: Path) -> None:
    """A setting missing from the guide would keep its default when the example is loaded."""
    example = settings_example()
    file = tmp_path / "console.toml"
    keys = set(TYPES).union(*TYPES.values())
    assert {"server", "dsn", "theme"} <= keys
    named = set(re.findall(r"(?m)^\[?(\w+)\]?", example))

    assert keys - named == set()
    file.write_text(example, encoding="utf-8")
    assert isinstance(read_settings(file, {}), ConsoleSettings)


@pytest.mark.parametrize("guide", [OPERATOR])
def test_the_operators_guide_names_every_key_of_the_desk(guide: Path) -> None:
    keys = {default.chord for default in DEFAULTS.values() if Scope.DESK in default.scopes}
    keys = {chord for chord in keys if not chord.startswith("Alt+")}
    keys = {chord.replace("Space", "пробел") for chord in keys}
    assert len(keys) > 30
    text = guide.read_text(encoding="utf-8")

    assert {key for key in keys if f"**{key}**" not in text} == set()


DECISION_LINES = 30
WORDS_OF_OLD = re.compile(r"поствыз|проверк\w+ телефона", re.IGNORECASE)
"""Wrap-up is «оформление» and F12 the check before a shift: one term for each concept."""


@pytest.mark.parametrize(
    "page", [ADMINISTRATOR, OPERATOR, ROOT / "resources" / "translations" / "console_ru.ts"]
)
def test_one_thing_has_one_name(page: Path) -> None:
    assert WORDS_OF_OLD.findall(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    broken = [
        target
        for target in targets
        if not target.startswith("https://") and not (page.parent / target).exists()
    ]

    assert broken == []


def test_every_decision_is_listed_short_and_has_its_three_parts() -> None:
    overview = (DECISIONS / "README.md").read_text(encoding="utf-8")
    pages = sorted(DECISIONS.glob("[0-9]*.md"))
    numbers = [int(page.name[:4]) for page in pages]

    assert len(set(numbers)) == len(numbers)
    assert numbers[0] == 1
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert f"({page.name})" in overview
        assert text.startswith(f"# {int(page.name[:4])}. ")
        assert re.findall(r"(?m)^## (.*)$", text) == [
            "Context",
            "Decision",
            "Consequences",
        ]
        assert len(text.splitlines()) <= DECISION_LINES


def test_modules_and_files_named_in_the_pages_exist() -> None:
    missing = [
        (page.name, path)
        for page in PAGES
        for path in re.findall(
            r"`((?:console|telephony|kb|sync|resources|tests)/[\w./-]+)`",
            page.read_text(encoding="utf-8"),
        )
        if not (ROOT / path).exists()
    ]

    assert missing == []
