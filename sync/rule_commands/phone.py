"""``python -m sync phone``: what number was meant."""

from __future__ import annotations

import argparse
from typing import Any

from sync.register.phones import PhoneProblem, display_phone, read_phone
from sync.rule_commands.json_lines import BadLine, answer_standard_input

DEFAULT_CITY_CODE = "87937"


def add_command(commands: Any) -> None:
    """Add the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "phone",
        help="numbers as people write them, in E.164",
        description='Reads {"id", "entered"} a line; writes {"id", "e164", "display", "why"}. '
        "e164 is null where nothing was understood, and why says how the number was read, or "
        "what is wrong with it.",
    )
    parser.add_argument("--json", action="store_true", help="the only form; may be left out")
    parser.add_argument(
        "--city-code", default=DEFAULT_CITY_CODE, help="area code of short numbers (%(default)s)"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    return answer_standard_input(lambda asked: _answer(asked, options.city_code))


def _answer(asked: dict[str, Any], city_code: str) -> dict[str, Any] | BadLine:
    entered = asked.get("entered")
    if not isinstance(entered, str):
        return BadLine("no_entered")
    phone = read_phone(entered, city_code)
    if isinstance(phone, PhoneProblem):
        return {"e164": None, "display": entered.strip(), "why": phone.value}
    return {
        "e164": phone.e164,
        "display": display_phone(phone.canonical, city_code),
        "why": phone.reading.value,
    }
