"""Commands that apply one rule to input: check, compare, deadline, phone, name and photo.

All but ``photo`` read and write JSON Lines in UTF-8, regardless of the locale. ``make_rules``
also builds the text checks for the console; the list of officials is read here, too.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sync.commands.error_texts import error_text
from sync.errors import CalendarUnreadable, OfficialsUnreadable
from sync.register.calendar.calendar import REGION, WorkingCalendar, read_calendar, with_file
from sync.register.calendar.terms import CalendarWithoutWorkingDays, ReviewTerm, review_term
from sync.register.checks.check import Rules, check, must_be_non_public
from sync.register.checks.detectors import (
    Sayings,
    Topics,
    emergency_detector,
    phrase_detector,
    sign_detector,
)
from sync.register.checks.finding import FindingKind, Level, proposed_grounds
from sync.register.checks.incomplete import no_date_detector, no_matter_detector
from sync.register.checks.language import language_detector
from sync.register.checks.morphology import Morphology
from sync.register.checks.obscene import WordLists, levelled, obscene_detector
from sync.register.checks.personal.detector import personal_data_detector
from sync.register.checks.personal.known import Known
from sync.register.checks.personal.name_context import LoneSurnames
from sync.register.checks.photo_formats import FileFormat
from sync.register.checks.photos import (
    PhotoJudgement,
    PhotoLimits,
    PhotoReason,
    Verdict,
    judge,
    published_copies,
)
from sync.register.checks.phrase_files import PhraseFile, WordReader, read_phrases
from sync.register.checks.places import no_place_detector
from sync.register.checks.questions import several_questions_detector
from sync.register.checks.word_rules import read_word_rules
from sync.register.likeness.matters import Matters
from sync.register.likeness.search import compare, read
from sync.register.people.names import Declension, Sex
from sync.register.people.phones import PhoneProblem, display_phone, read_phone
from sync.register.people.values import PersonName

EXIT_OK = 0
EXIT_BAD_LINE = 2
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class BadLine:
    """An invalid input line with an error code."""

    code: str


Answer = Callable[[dict[str, Any]], dict[str, Any] | BadLine]


def answer_standard_input(answer: Answer) -> int:
    """Answers standard input on standard output; returns the exit code."""
    return answer_lines(sys.stdin.buffer, sys.stdout.buffer, answer)


def answer_lines(lines: Iterable[bytes], output: BinaryIO, answer: Answer) -> int:
    """Writes one object for each object read, in order, and flushes it; returns the exit code.

    The answer follows the ``id`` of the line. An invalid line results in its ``id`` (null if
    missing) and an ``error``: ``not_utf8``, ``not_json``, ``not_an_object`` or a code of the
    command. Other lines are still answered, and the exit code is 2. Empty lines are skipped.
    """
    exit_code = EXIT_OK
    for line in lines:
        content = line.removeprefix(BYTE_ORDER_MARK).strip()
        if not content:
            continue
        entered = _read_line(content)
        answered = entered if isinstance(entered, BadLine) else answer(entered)
        identifier = None if isinstance(entered, BadLine) else entered.get("id")
        if isinstance(answered, BadLine):
            exit_code = EXIT_BAD_LINE
            _write(output, {"id": identifier, "error": answered.code})
        else:
            _write(output, {"id": identifier, **answered})
    return exit_code


def print_object(value: dict[str, Any]) -> None:
    """Writes one object to standard output and flushes it."""
    _write(sys.stdout.buffer, value)


def _read_line(content: bytes) -> dict[str, Any] | BadLine:
    try:
        entered = json.loads(content.decode())
    except UnicodeDecodeError:
        return BadLine("not_utf8")
    except (ValueError, RecursionError):  # also numbers or nesting beyond Python's limits
        return BadLine("not_json")
    return entered if isinstance(entered, dict) else BadLine("not_an_object")


def _write(output: BinaryIO, value: dict[str, Any]) -> None:
    # A lone surrogate has no UTF-8 form; the escape is the JSON of the input.
    line = json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace")
    output.write(line + b"\n")
    output.flush()


def add_compare_command(commands: Any) -> None:
    """Adds ``compare``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "compare",
        help="compare two messages: repeated, similar or different",
        description='Reads JSON Lines {"id", "a", "b", "same_user", "in_term"}: the earlier text, '
        "the later text, whether they have the same author, and whether the answer deadline of "
        'the earlier message has not passed. Writes {"id", "verdict", "score", "why"}. verdict is '
        "repeat (same text within the deadline, Regulation 6.4), similar (requires a decision of "
        "an operator) or different.",
    )
    parser.add_argument(
        "--json", action="store_true", help="accepted for consistency; output is always JSON"
    )
    parser.set_defaults(run=_run_compare)


def _run_compare(_options: argparse.Namespace) -> int:
    matters = Matters(Morphology().normal)
    return answer_standard_input(lambda asked: _answer_compare(asked, matters))


def _answer_compare(asked: dict[str, Any], matters: Matters) -> dict[str, Any] | BadLine:
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


CITY_ZONE = ZoneInfo("Europe/Moscow")
CALENDARS = Path(__file__).resolve().parents[2] / "resources" / "calendars"

_EXIT_USAGE = 2


def add_deadline_command(commands: Any) -> None:
    """Adds ``deadline``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "deadline",
        help="calculate the deadline for registering, publishing or refusing a message",
        description='Reads JSON Lines {"id", "sent"}: an ISO 8601 date or time (Moscow time if it '
        'has no offset). Writes {"id", "moment_day", "due", "due_strict", "why"}. due excludes the '
        "day of sending, due_strict includes it (Regulation 7.11, 7.12).",
    )
    parser.add_argument(
        "--json", action="store_true", help="accepted for consistency; output is always JSON"
    )
    parser.add_argument(
        "--regional", action="store_true", help="treat regional holidays as days off"
    )
    parser.add_argument(
        "--calendar",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="file that overrides the built-in calendar: a year (JSON as in resources/calendars, "
        "or XML of xmlcalendar.ru), or single days (JSON or CSV with date, kind, reason; kind is "
        "off, working or short); can be repeated",
    )
    parser.set_defaults(run=_run_deadline)


def _run_deadline(options: argparse.Namespace) -> int:
    try:
        calendar = read_calendar(CALENDARS, REGION if options.regional else None)
        for path in options.calendar:
            calendar = with_file(calendar, path)
    except CalendarUnreadable as error:
        sys.stderr.write(f"calendar: {error.name}: {error_text(error)}\n")
        return _EXIT_USAGE
    return answer_standard_input(lambda asked: _answer_deadline(asked, calendar))


def _answer_deadline(asked: dict[str, Any], calendar: WorkingCalendar) -> dict[str, Any] | BadLine:
    sent = asked.get("sent")
    day = _day_of(sent.strip()) if isinstance(sent, str) else None
    if day is None:
        return BadLine("not_a_date")
    try:
        term = review_term(day, calendar)
    except (CalendarWithoutWorkingDays, OverflowError):
        return BadLine("no_working_day")
    return {
        "moment_day": term.moment_day.isoformat(),
        "due": term.due.isoformat(),
        "due_strict": term.due_strict.isoformat(),
        "why": _reasons(term),
    }


def _day_of(text: str) -> date | None:
    """Parses a day in the city's calendar; None for an invalid date."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(CITY_ZONE) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


def _reasons(term: ReviewTerm) -> str:
    parts = [f"sent {term.sent_on.isoformat()}"]
    if term.moment_day != term.sent_on:
        parts.append(f"not a working day, counted as sent {term.moment_day.isoformat()} (7.12)")
    for counted in term.days[1:]:
        if counted.number:
            parts.append(f"{counted.day.isoformat()} is working day {counted.number}")
        elif counted.day != term.moment_day:
            parts.append(f"{counted.day.isoformat()} is not counted: {counted.kind.value}")
    parts.append(f"two working days end {term.due.isoformat()} (7.11)")
    parts.append(f"including the day of sending, {term.due_strict.isoformat()}")
    parts += [f"transferred days off of {year} are not known" for year in term.unknown_years]
    return "; ".join(parts)


_SEXES = {
    **dict.fromkeys(("male", "m", "м", "муж", "мужской"), Sex.MALE),
    **dict.fromkeys(("female", "f", "ж", "жен", "женский"), Sex.FEMALE),
}


def add_name_command(commands: Any) -> None:
    """Adds ``name``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "name",
        help="decline a name in the dative and create a greeting",
        description='Reads JSON Lines {"id", "last", "first", "patronymic"} with an optional '
        '"gender" (male, female). Writes {"id", "dative", "greeting"}.',
    )
    parser.add_argument(
        "--json", action="store_true", help="accepted for consistency; output is always JSON"
    )
    parser.set_defaults(run=_run_name)


def _run_name(_options: argparse.Namespace) -> int:
    declension = Declension()
    return answer_standard_input(lambda asked: _answer_name(asked, declension))


def _answer_name(asked: dict[str, Any], declension: Declension) -> dict[str, Any] | BadLine:
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


NAME_FIELDS = ("name", "title", "full_name", "fio")
PARTS_OF_NAME = ("last", "first", "patronymic")
BYTE_ORDER_MARK_CHARACTER = "\ufeff"


def read_officials(path: Path) -> Known:
    """Reads people, phones and email addresses from a file. Raises OfficialsUnreadable.

    The file contains one full name per line (text after a comma, semicolon or tab is ignored), a
    JSON list or object, or JSON Lines; each JSON item is a name or an object. Entries of a
    directory export include the contacts of their details.
    """
    try:
        text = path.read_text(encoding="utf-8").removeprefix(BYTE_ORDER_MARK_CHARACTER)
    except UnicodeDecodeError as error:
        raise OfficialsUnreadable("not_utf8") from error
    except OSError as error:
        raise OfficialsUnreadable("unreadable") from error
    names: list[str] = []
    phones: list[str] = []
    emails: list[str] = []
    for item in _items(text):
        if isinstance(item, str):
            names.append(item)
        elif isinstance(item, dict):
            names.extend(_names(item))
            details = item.get("details")
            for holder in (item, details if isinstance(details, dict) else {}):
                phones.extend(_contacts(holder, "phone"))
                emails.extend(_contacts(holder, "email"))
    return Known(tuple(names), tuple(phones), tuple(emails))


def _items(text: str) -> Iterator[Any]:
    if not text.lstrip().startswith(("{", "[")):
        for line in text.splitlines():
            yield line.replace(";", ",").replace("\t", ",").partition(",")[0]
        return
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        try:
            yield from [json.loads(line) for line in text.splitlines() if line.strip()]
        except json.JSONDecodeError as error:
            raise OfficialsUnreadable("not_json") from error
        return
    if isinstance(whole, dict) and not any(field in whole for field in NAME_FIELDS):
        for value in whole.values():
            yield from value if isinstance(value, list) else []
    yield from whole if isinstance(whole, list) else [whole]


def _names(item: dict[str, Any]) -> Iterator[str]:
    # Other entries of the directory have a title too.
    if item.get("kind", "person") != "person":
        return
    for field in NAME_FIELDS:
        if isinstance(item.get(field), str):
            yield item[field]
    parts = [item[part] for part in PARTS_OF_NAME if isinstance(item.get(part), str)]
    if parts:
        yield " ".join(parts)


def _contacts(holder: dict[str, Any], field: str) -> Iterator[str]:
    """Yields the values of ``phone`` ("...") and ``phones`` (["..."] or [{"number": "..."}]), or of
    the same two fields for email.
    """
    values = [holder.get(field)]
    several = holder.get(f"{field}s")
    values += several if isinstance(several, list) else []
    for value in values:
        number = value.get("number") if isinstance(value, dict) else value
        if isinstance(number, str):
            yield number


EXIT_USAGE = 2
RULE_WORDS = Path(__file__).resolve().parents[2] / "resources" / "rules"
WORLD_KNOWN = RULE_WORDS / "known_people.txt"

WORD_RULES = RULE_WORDS / "words"

_SAYINGS = ("insults", "threats", "emergencies", "advertising", "personal_matters", "federal",
            "places", "incomplete")  # fmt: skip
_QUESTIONS = "questions"


def add_check_command(commands: Any) -> None:
    """Adds ``check``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "check",
        help="check message texts against section 6 of the regulation",
        description='Reads JSON Lines {"id", "text"}. Writes {"id", "findings", '
        '"must_be_non_public", "grounds"}. A finding has kind, level, type, start, end, text and '
        "paragraph. A ground has a code (6.3-0 for the language, 6.3-1 to 6.3-11 for the list in "
        "6.3) and whether it is preselected.",
    )
    parser.add_argument(
        "--json", action="store_true", help="accepted for consistency; output is always JSON"
    )
    parser.add_argument(
        "--officials",
        type=Path,
        metavar="FILE",
        help=(
            "people and contacts that are not personal data: one full name per line, or JSON or "
            'JSON Lines with "name" or "title", and "phone", "email" or "phones" of an entry'
        ),
    )
    for name, what in (("allow", "to ignore"), ("deny", "to treat as obscene")):
        parser.add_argument(
            f"--{name}", type=Path, metavar="FILE", help=f"file of words {what}, one per line"
        )
    parser.set_defaults(run=_run_check)


def _run_check(options: argparse.Namespace) -> int:
    """Checks the texts of standard input; returns 0, or 2 for an unreadable line or file."""
    try:
        known = read_officials(options.officials) if options.officials else Known()
    except OfficialsUnreadable as error:
        print(f"{options.officials}: {error_text(error)}", file=sys.stderr)
        return EXIT_USAGE
    try:
        lists = WordLists(_words(options.allow), _words(options.deny))
    except (OSError, UnicodeDecodeError):
        print("word list cannot be read: not found, no access or not UTF-8", file=sys.stderr)
        return EXIT_USAGE
    rules = make_rules(known, lists)
    return answer_standard_input(lambda entered: _answer_check(entered, rules))


def read_all_phrases(between: Callable[[], object] = lambda: None) -> Mapping[str, PhraseFile]:
    """Reads the phrases of all checks by name; takes a third of a second of CPU time.

    They do not depend on the city and may be cached. ``between`` is called every few milliseconds.
    """
    return {name: read_phrases(RULE_WORDS / f"{name}.txt", between)
            for name in (*_SAYINGS, _QUESTIONS)}  # fmt: skip


def make_rules(
    known: Known,
    lists: WordLists | None = None,
    morphology: Morphology | None = None,
    phrases: Mapping[str, PhraseFile] | None = None,
) -> Rules:
    """Builds all checks, with the city's own words and people in addition to the built-in ones.

    The result and ``morphology`` are not thread-safe. ``morphology`` and ``phrases`` are loaded if
    not given. Raises OfficialsUnreadable if the built-in list of world-known people is damaged.
    """
    phrases = phrases or read_all_phrases()
    morphology = morphology or Morphology()
    known = _with_world_known(known)
    reader = WordReader(morphology)
    insults, threats, emergencies, offers, personal, federal, places, incomplete = (
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
        ),
        of_text=(no_matter_detector(morphology.normal),),
        without_form=(no_date_detector(incomplete),),
    )


def make_lone_surnames(known: Known, morphology: Morphology) -> LoneSurnames:
    """Returns a detector of surnames without other name parts; raises the same errors as
    ``make_rules``.
    """
    return LoneSurnames(morphology, _with_world_known(known))


def _with_world_known(known: Known) -> Known:
    return replace(known, world_known=read_officials(WORLD_KNOWN).names)


def _sayings(name: str, phrases: PhraseFile, reader: WordReader) -> Sayings:
    """Phrases and word rules of a check; the word rules include the common classes."""
    words = read_word_rules(WORD_RULES / "common.txt", WORD_RULES / f"{name}.txt")
    return Sayings(reader, phrases, words)


def _words(path: Path | None) -> frozenset[str]:
    """Reads a file with one word per line; empty without a file."""
    if path is None:
        return frozenset()
    words = map(levelled, path.read_text(encoding="utf-8-sig").splitlines())
    return frozenset(filter(None, words))


def _answer_check(entered: dict[str, Any], rules: Rules) -> dict[str, Any] | BadLine:
    text = entered.get("text")
    if not isinstance(text, str):
        return BadLine("no_text")
    findings = check(text, rules)
    return {
        "findings": [asdict(finding) for finding in findings],
        "must_be_non_public": must_be_non_public(findings),
        "grounds": [asdict(proposed) for proposed in proposed_grounds(findings)],
    }


DEFAULT_CITY_CODE = "87937"


def add_phone_command(commands: Any) -> None:
    """Adds ``phone``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "phone",
        help="convert phone numbers to E.164",
        description='Reads JSON Lines {"id", "entered"}. Writes {"id", "e164", "display", "why"}. '
        "e164 is null for an invalid number; why is the notation that was recognised, or the "
        "error.",
    )
    parser.add_argument(
        "--json", action="store_true", help="accepted for consistency; output is always JSON"
    )
    parser.add_argument(
        "--city-code",
        default=DEFAULT_CITY_CODE,
        help="area code for local numbers (default: %(default)s)",
    )
    parser.set_defaults(run=_run_phone)


def _run_phone(options: argparse.Namespace) -> int:
    return answer_standard_input(lambda asked: _answer_phone(asked, options.city_code))


def _answer_phone(asked: dict[str, Any], city_code: str) -> dict[str, Any] | BadLine:
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


_EXIT_UNREADABLE = 1
_EXIT_UNWRITABLE = 3


def add_photo_command(commands: Any) -> None:
    """Adds ``photo``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "photo",
        help="check photos and create copies without metadata",
        description="Prints one JSON object per file: verdict is accept, refuse, or operator "
        "(requires a decision of an operator), with reason and paragraph. Exit code 1 if a file "
        "cannot be opened.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="photos to check")
    parser.add_argument(
        "--json", action="store_true", help="accepted for consistency; output is always JSON"
    )
    parser.add_argument(
        "--publish",
        type=Path,
        metavar="DIR",
        help="write copies for publication to this folder, except for refused photos",
    )
    parser.set_defaults(run=_run_photo)


def _run_photo(options: argparse.Namespace) -> int:
    code = EXIT_OK
    for file in options.files:
        try:
            data = _read_photo(file)
        except OSError:
            print_object({"file": _shown(file), "error": "unreadable"})
            code = _EXIT_UNREADABLE
            continue
        judgement = judge(data)
        if options.publish is not None and judgement.verdict is not Verdict.REFUSE:
            try:
                _publish(options.publish, file.stem, data)
            except OSError as error:
                sys.stderr.write(f"{options.publish}: {error.strerror}\n")
                return _EXIT_UNWRITABLE
        print_object(_described(file, judgement))
    return code


def _read_photo(file: Path) -> bytes:
    """Reads the file, but at most one byte more than the maximum size of a photo."""
    with file.open("rb") as opened:
        return opened.read(PhotoLimits().most_bytes + 1)


def _publish(folder: Path, stem: str, data: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    copies = published_copies(data)
    for number, copy in enumerate(copies, start=1):
        page = f"-{number}" if len(copies) > 1 else ""
        _free_path(folder, f"{stem}{page}", copy.suffix).write_bytes(copy.data)


def _free_path(folder: Path, name: str, suffix: str) -> Path:
    """Returns an unused file name, because photos of different folders may have the same name."""
    path, number = folder / f"{name}{suffix}", 2
    while path.exists():
        path, number = folder / f"{name} ({number}){suffix}", number + 1
    return path


def _described(file: Path, judgement: PhotoJudgement) -> dict[str, object]:
    reason = judgement.reason.value
    if judgement.reason is PhotoReason.WRONG_FORMAT and judgement.format is FileFormat.HEIC:
        # Phones that produce HEIC have a setting for the most compatible format.
        reason = f"{reason}: HEIC; set the camera to the most compatible format"
    return {
        "file": _shown(file),
        "verdict": judgement.verdict.value,
        "reason": reason,
        "format": judgement.format.value,
        "width": judgement.width,
        "height": judgement.height,
        "orientation": judgement.orientation,
        "pages": judgement.pages,
        "has_location": judgement.has_location,
        "paragraph": judgement.paragraph,
    }


def _shown(file: Path) -> str:
    """Returns the file name as UTF-8, regardless of the locale."""
    return os.fsencode(file).decode("utf-8", "replace")


def add_commands(commands: Any) -> None:
    """Adds all commands of this module."""
    add_check_command(commands)
    add_compare_command(commands)
    add_deadline_command(commands)
    add_phone_command(commands)
    add_name_command(commands)
    add_photo_command(commands)
