"""``python -m sync check --json``: texts of messages against section 6 of the Regulation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sync.errors import OfficialsUnreadable
from sync.register.checks.check import Rules, check, must_be_non_public
from sync.register.checks.emergencies import emergency_detector
from sync.register.checks.finding import FindingKind, Level
from sync.register.checks.grounds import proposed_grounds
from sync.register.checks.language import language_detector
from sync.register.checks.morphology import Morphology
from sync.register.checks.obscene.detector import obscene_detector
from sync.register.checks.obscene.word_lists import WordLists, levelled
from sync.register.checks.personal.detector import personal_data_detector
from sync.register.checks.personal.known import Known
from sync.register.checks.personal.lone_surnames import LoneSurnames
from sync.register.checks.phrase_detector import Sayings, phrase_detector
from sync.register.checks.phrase_files import PhraseFile, read_phrases
from sync.register.checks.places import no_place_detector
from sync.register.checks.questions import several_questions_detector
from sync.register.checks.read_words import WordReader
from sync.register.checks.sign_detector import sign_detector
from sync.register.checks.topics import Topics
from sync.register.checks.word_rules import read_word_rules
from sync.register.likeness.matters import Matters
from sync.rule_commands.json_lines import BadLine, answer_standard_input
from sync.rule_commands.officials_file import read_officials

EXIT_USAGE = 2
RULE_WORDS = Path(__file__).resolve().parents[2] / "resources" / "rules"
WORLD_KNOWN = RULE_WORDS / "known_people.txt"

WORD_RULES = RULE_WORDS / "words"

_SAYINGS = ("insults", "threats", "emergencies", "advertising", "personal_matters", "federal",
            "places")  # fmt: skip
_QUESTIONS = "questions"


def add_command(commands: Any) -> None:
    """Add the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "check",
        help="messages' texts against section 6 of the regulation",
        description='Reads {"id", "text"} a line; writes {"id", "findings", "must_be_non_public", '
        '"grounds"}. A finding has kind, level, type, start, end, text and paragraph; a ground its '
        "code (6.3-0 is the language, 6.3-1 to 6.3-11 the list of 6.3) and whether it is preset.",
    )
    parser.add_argument("--json", action="store_true", help="the only form; may be left out")
    parser.add_argument(
        "--officials",
        type=Path,
        metavar="FILE",
        help=(
            "people and contacts that are no personal data: one full name a line, JSON or JSON "
            'Lines with "name" or "title", and "phone", "email" or "phones" of a directory\'s entry'
        ),
    )
    for name, what in (("allow", "are never pointed at"), ("deny", "are obscene here too")):
        parser.add_argument(
            f"--{name}", type=Path, metavar="FILE", help=f"words, one a line, that {what}"
        )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    """Check the texts of standard input; 0 done, 2 a line or the file could not be read."""
    try:
        known = read_officials(options.officials) if options.officials else Known()
    except OfficialsUnreadable as error:
        print(f"officials: {error.code}", file=sys.stderr)
        return EXIT_USAGE
    try:
        lists = WordLists(_words(options.allow), _words(options.deny))
    except (OSError, UnicodeDecodeError):
        print("words: unreadable", file=sys.stderr)
        return EXIT_USAGE
    rules = make_rules(known, lists)
    return answer_standard_input(lambda entered: _answer(entered, rules))


def read_all_phrases(between: Callable[[], object] = lambda: None) -> Mapping[str, PhraseFile]:
    """The phrases of all checks, by their names: a third of a second of Python.

    They depend on no city and may be kept. ``between`` is called each few milliseconds.
    """
    return {name: read_phrases(RULE_WORDS / f"{name}.txt", between)
            for name in (*_SAYINGS, _QUESTIONS)}  # fmt: skip


def make_rules(
    known: Known,
    lists: WordLists | None = None,
    morphology: Morphology | None = None,
    phrases: Mapping[str, PhraseFile] | None = None,
) -> Rules:
    """All checks, with the city's own words and people beside the program's.

    They and ``morphology``, which is loaded where none is given, are of one thread; ``phrases`` are
    read where none are given. Raises OfficialsUnreadable where the program's list of world-known
    people is damaged.
    """
    phrases = phrases or read_all_phrases()
    morphology = morphology or Morphology()
    known = _with_world_known(known)
    reader = WordReader(morphology)
    insults, threats, emergencies, offers, personal, federal, places = (
        _sayings(name, phrases[name], reader) for name in _SAYINGS
    )
    topics = Topics(Matters(morphology.normal), places.phrases)
    complaint = offers.phrases.parts["<complaint>"]
    return Rules(
        detectors=(
            personal_data_detector(morphology, known),
            obscene_detector(morphology, lists),
            language_detector(morphology),
            phrase_detector(insults, FindingKind.INSULT, Level.WARN),
            phrase_detector(threats, FindingKind.THREAT, Level.WARN),
            emergency_detector(emergencies),
            sign_detector(offers, FindingKind.ADVERTISING, Level.GROUND, "offer", complaint),
            sign_detector(personal, FindingKind.PERSONAL_MATTER, Level.WARN, "own_life", None),
            phrase_detector(federal, FindingKind.FEDERAL, Level.GROUND),
            several_questions_detector(topics, phrases[_QUESTIONS]),
            no_place_detector(places),
        )
    )


def make_lone_surnames(known: Known, morphology: Morphology) -> LoneSurnames:
    """Who finds a surname that is typed alone; raises as ``make_rules`` does."""
    return LoneSurnames(morphology, _with_world_known(known))


def _with_world_known(known: Known) -> Known:
    return replace(known, world_known=read_officials(WORLD_KNOWN).names)


def _sayings(name: str, phrases: PhraseFile, reader: WordReader) -> Sayings:
    """The phrases and the word rules of a check; the latter know the classes common to all."""
    words = read_word_rules(WORD_RULES / "common.txt", WORD_RULES / f"{name}.txt")
    return Sayings(reader, phrases, words)


def _words(path: Path | None) -> frozenset[str]:
    """A word a line; none where there is no file."""
    if path is None:
        return frozenset()
    words = map(levelled, path.read_text(encoding="utf-8-sig").splitlines())
    return frozenset(filter(None, words))


def _answer(entered: dict[str, Any], rules: Rules) -> dict[str, Any] | BadLine:
    text = entered.get("text")
    if not isinstance(text, str):
        return BadLine("no_text")
    findings = check(text, rules)
    return {
        "findings": [asdict(finding) for finding in findings],
        "must_be_non_public": must_be_non_public(findings),
        "grounds": [asdict(proposed) for proposed in proposed_grounds(findings)],
    }
