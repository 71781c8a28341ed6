"""The file of public officials and contacts, which are not personal data, in all accepted
formats.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.commands.rules import read_officials
from sync.errors import OfficialsUnreadable
from sync.register.checks.personal.known import Known

NAMES = ("Лесной Пётр Ильич", "Ручьёва Нина Львовна")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffЛесной Пётр Ильич, глава города\nРучьёва Нина Львовна\tотдел\n",
        '["Лесной Пётр Ильич", "Ручьёва Нина Львовна"]',
        '{"name": "Лесной Пётр Ильич"}\n\n{"title": "Ручьёва Нина Львовна", "kind": "person"}\n',
        '{"officials": [{"fio": "Лесной Пётр Ильич"}, {"full_name": "Ручьёва Нина Львовна"}]}',
        '[{"last": "Лесной", "first": "Пётр", "patronymic": "Ильич"}, "Ручьёва Нина Львовна", 5]',
    ],
)
def test_names_are_read_from_lines_and_from_json(tmp_path: Path, text: str) -> None:
    file = tmp_path / "officials"
    file.write_text(text, encoding="utf-8")

    assert tuple(name for name in read_officials(file).names if name.strip()) == NAMES


def test_contacts_of_the_directory_are_read_with_it(tmp_path: Path) -> None:
    file = tmp_path / "units.jsonl"
    file.write_text(
        '{"kind": "unit", "title": "Архив", "details": {"phones": [{"number": "+7 (87999) 2-14-40"}'
        ', {"purpose": "факс"}], "email": "archive@city.example"}}',
        encoding="utf-8",
    )

    assert read_officials(file) == Known(
        phones=("+7 (87999) 2-14-40",), emails=("archive@city.example",)
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff", "not_utf8"), (b"{", "not_json"), (None, "unreadable")],
)
def test_a_file_that_cannot_be_used_is_told_by_a_code(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    file = tmp_path / "officials"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(OfficialsUnreadable) as raised:
        read_officials(file)

    assert raised.value.code == code
