"""Share of correct results of the rules, on labelled sets.

    python -m tests.benchmarks.rules_answers [--half tune|report] [--misses]

Pairs of messages, obscene and ordinary sentences, phone numbers as people write them, names in
letters, and terms of messages. Lines of the half "report" are reserved: rules are not tuned with
them. Exit status 1 if a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.marked_texts import FOLDER, Half
from tests.benchmarks.sync_command import answers_of

Line = dict[str, Any]
LEAST_PAIRS = 0.9
LEAST_RECALL = 0.85
LEAST_PRECISION = 0.95


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of a set, and what the command answered to it."""

    line: Line
    answer: Line


def main() -> int:
    """Print the figures; 1 when one is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", type=Half, choices=list(Half), help="both where none is named")
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    parsed = parser.parse_args()

    def ask(set_name: str, command: str, *options: str) -> list[Asked]:
        lines = [
            line
            for line in map(json.loads, (FOLDER / set_name).read_text("utf-8").splitlines())
            if parsed.half in (None, line["half"])
        ]
        if options or command == "deadline":
            lines = [line for line in lines if line["regional"] is bool(options)]
        answers = answers_of(command, lines, *options)
        return [Asked(line, answer) for line, answer in zip(lines, answers, strict=True)]

    def share(asked: Iterable[Asked], is_right: Callable[[Asked], bool]) -> float:
        all_asked = list(asked)
        wrong = [each for each in all_asked if not is_right(each)]
        if parsed.misses:
            for each in wrong:
                print(json.dumps([each.line, each.answer], ensure_ascii=False))
        return 1 - len(wrong) / len(all_asked)

    pairs = ask("pairs_other_words.jsonl", "compare")
    sentences = ask("obscene_sentences.jsonl", "check")
    struck = [each for each in sentences if _is_struck(each)]
    terms = [*ask("deadlines.jsonl", "deadline"), *ask("deadlines.jsonl", "deadline", "--regional")]
    figures = [
        Figure(
            "similar pairs right", "share", share(pairs, _same("verdict")), least=LEAST_PAIRS
        ),
        Figure(
            "repetitions missed or invented",
            "pairs",
            sum(
                (each.line["verdict"] == "repeat") != (each.answer["verdict"] == "repeat")
                for each in pairs
            ),
            greatest=0,
        ),
        Figure(
            "obscene words of level A, recall",
            "share",
            share((each for each in sentences if each.line["obscene"]), _is_struck),
            least=LEAST_RECALL,
        ),
        Figure(
            "obscene words of level A, precision",
            "share",
            share(struck, lambda each: bool(each.line["obscene"])),
            least=LEAST_PRECISION,
        ),
        Figure(
            "phones right", "share", share(ask("phones_entered.jsonl", "phone"), _same("e164")),
            least=1,
        ),
        Figure(
            "names right", "share",
            share(ask("names_in_letters.jsonl", "name"), _same("dative", "greeting")), least=1,
        ),
        Figure(
            "terms right", "share", share(terms, _same("moment_day", "due", "due_strict")), least=1
        ),
    ]  # fmt: skip
    return 0 if print_figures(figures, peer="-") else 1


def _same(*fields: str) -> Callable[[Asked], bool]:
    return lambda asked: all(asked.line[field] == asked.answer[field] for field in fields)


def _is_struck(asked: Asked) -> bool:
    return any(
        finding["kind"] == "obscene" and finding["level"] == "A"
        for finding in asked.answer["findings"]
    )


if __name__ == "__main__":
    sys.exit(main())
