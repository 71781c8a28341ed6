"""``python -m sync compare``: whether one message repeats another."""

from __future__ import annotations

import argparse
from typing import Any

from sync.register.checks.morphology import Morphology
from sync.register.likeness.compare import compare, read
from sync.register.likeness.matters import Matters
from sync.rule_commands.json_lines import BadLine, answer_standard_input


def add_command(commands: Any) -> None:
    """Add the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "compare",
        help="whether one message repeats another, or is about the same matter",
        description='Reads {"id", "a", "b", "same_user", "in_term"} a line: an earlier text, a '
        "later one, whether one user wrote both, whether the answer term of the earlier runs; "
        'writes {"id", "verdict", "score", "why"}. verdict is repeat (the same words, in the '
        "term: Regulation 6.4), similar (for a person to look at) or different.",
    )
    parser.add_argument("--json", action="store_true", help="the only form; may be left out")
    parser.set_defaults(run=_run)


def _run(_options: argparse.Namespace) -> int:
    matters = Matters(Morphology().normal)
    return answer_standard_input(lambda asked: _answer(asked, matters))


def _answer(asked: dict[str, Any], matters: Matters) -> dict[str, Any] | BadLine:
    earlier, later = asked.get("a"), asked.get("b")
    if not isinstance(earlier, str) or not isinstance(later, str):
        return BadLine("no_text")
    same_user, in_term = asked.get("same_user", False), asked.get("in_term", True)
    if not isinstance(same_user, bool) or not isinstance(in_term, bool):
        return BadLine("not_true_or_false")
    likeness = compare(
        read(earlier, matters), read(later, matters), same_user=same_user, in_term=in_term
    )
    return {
        "verdict": likeness.verdict.value,
        "score": likeness.score,
        "why": likeness.reason.value,
    }
