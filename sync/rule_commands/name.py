"""``python -m sync name``: a name as a letter needs it."""

from __future__ import annotations

import argparse
from typing import Any

from sync.register.names import Declension, Sex
from sync.register.values import PersonName
from sync.rule_commands.json_lines import BadLine, answer_standard_input

_SEXES = {
    **dict.fromkeys(("male", "m", "м", "муж", "мужской"), Sex.MALE),
    **dict.fromkeys(("female", "f", "ж", "жен", "женский"), Sex.FEMALE),
}


def add_command(commands: Any) -> None:
    """Add the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "name",
        help="a name in the dative, and its greeting",
        description='Reads {"id", "last", "first", "patronymic"} a line, and "gender" (male, '
        'female) where it is known; writes {"id", "dative", "greeting"}.',
    )
    parser.add_argument("--json", action="store_true", help="the only form; may be left out")
    parser.set_defaults(run=_run)


def _run(_options: argparse.Namespace) -> int:
    declension = Declension()
    return answer_standard_input(lambda asked: _answer(asked, declension))


def _answer(asked: dict[str, Any], declension: Declension) -> dict[str, Any] | BadLine:
    parts = [asked.get(field) or "" for field in ("last", "first", "patronymic", "gender")]
    if not all(isinstance(part, str) for part in parts):
        return BadLine("not_text")
    surname, given_name, patronymic, gender = parts
    sex = _SEXES.get(gender.strip().lower())
    if gender.strip() and sex is None:
        return BadLine("unknown_gender")
    name = PersonName(surname, given_name, patronymic)
    letter = declension.letter_name(name, sex)
    return {"dative": letter.dative, "greeting": letter.greeting}
