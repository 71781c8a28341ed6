"""Command ``regulation``: imports, lists and removes versions; reads plain text, HTML and docx."""

from __future__ import annotations

import argparse
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.parsers import expat

import platformdirs

from sync.commands.error_texts import error_text
from sync.errors import RegulationUnreadable
from sync.register.regulation import Edition, Editions, FoundReadingFault, read_regulation
from sync.store.local.sidecar_files import REGULATION_FILE_NAME as FILE_NAME
from sync.store.local.sidecar_files import read_editions, write_editions

MOST_BYTES = 20_000_000
"""Limit of the file and of its unpacked text; a long regulation has 1 MB."""
MOST_PARTS = 200_000
"""Limit of elements and pieces of text; a long regulation has 50,000."""
MOST_DEPTH = 200
_MOST_PENDING = 100_000  # characters of one tag or comment in HTML
_MOST_UNFINISHED = 4_000  # characters of an incomplete tag at the end of HTML
_CHUNK = 16_384
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_DOCX_MARK = b"PK\x03\x04"
# Exceptions raised for a damaged, encrypted or invalid archive.
_NO_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
)
_ENCODINGS = ("utf-8-sig", "cp1251")  # used by older programs
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "footer", "header")
    + ("h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "ul")
    + ("table", "td", "th", "tr")
)
_UNSEEN = frozenset(["head", "script", "style", "template", "title"])


@dataclass(frozen=True, slots=True)
class RegulationText:
    """Lines of a regulation text. ``numbered`` is the number of lines that a word processor numbers
    automatically.

    Automatic numbers are not in the file, so the clause of such a line cannot be recognised.
    """

    text: str
    numbered: int = 0


def read_file(file: Path) -> RegulationText:
    """Reads a file, with its format detected from the content. Raises RegulationUnreadable."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise RegulationUnreadable("too_big")
        data = file.read_bytes()
    except OSError as error:
        raise RegulationUnreadable("unreadable") from error
    if data.startswith(_DOCX_MARK):
        return _of_docx(data)
    text = _decoded(data)
    if "\0" in text:
        raise RegulationUnreadable("no_text")
    head = text.lstrip()[:200].lower()
    if head.startswith(("<!doctype html", "<html", "<?xml")) or file.suffix in (".html", ".htm"):
        return _of_html(text)
    return RegulationText(text)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RegulationUnreadable("no_text")


class _Lines(HTMLParser):
    """Text of an HTML page, one line per block; counts ``ol`` items as automatically numbered."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[list[str]] = [[]]  # pieces of each line
        self.numbered = 0
        self._unseen = 0
        self._lists: list[str] = []
        self._parts = 0

    @property
    def text(self) -> str:
        return "\n".join(map("".join, self._lines))

    def _count(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise RegulationUnreadable("too_big")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count()
        if tag in _UNSEEN:
            self._unseen += 1
        if tag in _BLOCKS:
            self._lines.append([])
        if tag in ("ol", "ul"):
            if len(self._lists) == MOST_DEPTH:
                raise RegulationUnreadable("too_big")
            self._lists.append(tag)
        if tag == "li" and self._lists[-1:] == ["ol"]:
            self.numbered += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in _BLOCKS:
            self._lines.append([])
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        self._count()
        if not self._unseen:
            # a line break of HTML source is a space
            self._lines[-1].append(data.replace("\r", " ").replace("\n", " "))


def _of_html(text: str) -> RegulationText:
    """Parses in chunks, because the parser's time is quadratic in the length of incomplete input.

    The worst case is the end of the page, where each character of an incomplete tag is parsed
    again.
    """
    lines = _Lines()
    for start in range(0, len(text), _CHUNK):
        lines.feed(text[start : start + _CHUNK])
        if len(lines.rawdata) > _MOST_PENDING:
            raise RegulationUnreadable("no_text")
    if len(lines.rawdata) > _MOST_UNFINISHED:
        raise RegulationUnreadable("no_text")
    lines.close()
    return RegulationText(lines.text, lines.numbered)


def _of_docx(data: bytes) -> RegulationText:
    document = _Paragraphs()
    parser = expat.ParserCreate(namespace_separator=" ")
    # A DOCTYPE in another encoding is not visible in the bytes; without one no entity expands.
    parser.StartDoctypeDeclHandler = document.refuse
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.say
    parser.buffer_text = True
    try:
        for piece in _unpacked(data):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise RegulationUnreadable("no_text") from error
    return RegulationText("\n".join(document.lines), document.numbered)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yields the document in chunks; the limit does not depend on the declared size."""
    left = MOST_BYTES
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as packed,
            packed.open("word/document.xml") as stream,
        ):
            while piece := stream.read(_CHUNK):
                left -= len(piece)
                if left < 0:
                    raise RegulationUnreadable("too_big")
                yield piece
    except _NO_ARCHIVE as error:
        raise RegulationUnreadable("no_text") from error


class _Paragraphs:
    """Extracts the text of a document, one line per paragraph; a nested paragraph precedes the
    paragraph that contains it.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.numbered = 0
        self._open: list[list[str]] = []  # pieces of each open paragraph
        self._depth = 0
        self._parts = 0
        self._is_text = False

    def refuse(self, *_declared: object) -> None:
        raise RegulationUnreadable("no_text")

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        self._parts += 1
        if self._depth > MOST_DEPTH or self._parts > MOST_PARTS:
            raise RegulationUnreadable("too_big")
        match name.removeprefix(_WORD):
            case "p":
                self._open.append([])
            case "t":
                self._is_text = True
            case "numPr" if self._open:
                self.numbered += 1
            case "tab":
                self._add("\t")
            case "br" | "cr":
                self._add("\n")
            case "noBreakHyphen":
                self._add("-")

    def end(self, name: str) -> None:
        self._depth -= 1
        match name.removeprefix(_WORD):
            case "p":
                self.lines.append("".join(self._open.pop()))
            case "t":
                self._is_text = False

    def say(self, text: str) -> None:
        if self._is_text:
            self._add(text)

    def _add(self, piece: str) -> None:
        if self._open:
            self._open[-1].append(piece)


EXIT_OK = 0
EXIT_NOT_FOUND = 1
EXIT_USAGE = 2
_LONGEST_NAME = 200


def add_command(commands: Any) -> None:
    """Adds ``regulation import``, ``list`` and ``remove``."""
    regulation = commands.add_parser("regulation", help="manage the text of the city's regulation")
    its_commands = regulation.add_subparsers(required=True, metavar="COMMAND")
    load = its_commands.add_parser(
        "import",
        help="add a version from a text, HTML or docx file",
        description=(
            "The text is split into clauses by the numbers at the start of lines (7.3); lines that "
            "are not recognised are reported. A version in force from the same day is replaced. "
            "Earlier versions are kept, because decisions refer to them."
        ),
    )
    load.add_argument("file", type=Path, metavar="FILE", help="text, HTML or docx file")
    load.add_argument("--edition", required=True, metavar="NAME", help="name of the version")
    load.add_argument(
        "--from", required=True, type=_day, dest="day", metavar="DAY", help="first day in force"
    )
    load.add_argument("--json", action="store_true", help="print one JSON object")
    load.set_defaults(run=_import)
    told = its_commands.add_parser("list", help="list the versions")
    told.set_defaults(run=_list)
    away = its_commands.add_parser("remove", help="remove a version imported by mistake")
    away.add_argument("day", type=_day, metavar="DAY", help="first day in force of the version")
    away.set_defaults(run=_remove)
    default = Path(platformdirs.user_data_dir("edinyi-nomer", appauthor=False)) / FILE_NAME
    for command in (load, told, away):
        command.add_argument(
            "--regulation",
            type=Path,
            default=default,
            help="file with the versions (default: that of this user)",
        )


def _day(text: str) -> date:
    for read in (date.fromisoformat, lambda day: datetime.strptime(day, "%d.%m.%Y").date()):
        try:
            return read(text)
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"invalid date: {text!r}, expected 2026-12-31 or 31.12.2026")


def _told(work: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Wraps a command: for an unusable file it prints the error code instead of a traceback."""

    def run(options: argparse.Namespace) -> int:
        try:
            return work(options)
        except RegulationUnreadable as error:
            print(f"regulation: {error_text(error)}", file=sys.stderr)
            return EXIT_USAGE

    return run


@_told
def _import(options: argparse.Namespace) -> int:
    """Imports a version; returns 0 if it is imported or unchanged, 2 if nothing was imported."""
    name = " ".join(options.edition.split())
    if not name or len(name) > _LONGEST_NAME:
        print(f"invalid version name: expected 1 to {_LONGEST_NAME} characters", file=sys.stderr)
        return EXIT_USAGE
    document = read_file(options.file)
    read = read_regulation(document.text)
    if not read.provisions:
        _tell(read.faults, document.numbered)
        print("nothing imported: no line starts with a clause number", file=sys.stderr)
        return EXIT_USAGE
    before = read_editions(options.regulation)
    same = before.named(name)
    if same is not None and same.in_force_from != options.day:
        day = same.in_force_from.isoformat()
        print(f"a version with this name already exists, in force from {day}", file=sys.stderr)
        return EXIT_USAGE
    after = before.with_edition(Edition(name, options.day, read.provisions))
    if after != before:
        write_editions(options.regulation, after)
    changed = "unchanged" if before == after else "changed"
    if options.json:
        report = {
            "result": changed,
            "paragraphs": len(read.provisions),
            "numbered_by_program": document.numbered,
            "not_understood": [
                {"fault": one.fault.value, "line": one.line, "number": one.number}
                | ({"lines": one.count} if one.count else {})
                for one in read.faults
            ],
        }
        print(json.dumps(report))
    else:
        _tell(read.faults, document.numbered)
        print(f"{changed}: clauses: {len(read.provisions)}, problems: {len(read.faults)}")
    return EXIT_OK


@_told
def _list(options: argparse.Namespace) -> int:
    for one in read_editions(options.regulation).editions:
        print(f"{one.in_force_from.isoformat()}  {len(one.provisions):3}  {one.name}")
    return EXIT_OK


@_told
def _remove(options: argparse.Namespace) -> int:
    before = read_editions(options.regulation)
    after: Editions = before.without(options.day)
    if after == before:
        print(f"no version in force from {options.day.isoformat()}", file=sys.stderr)
        return EXIT_NOT_FOUND
    write_editions(options.regulation, after)
    print("removed")
    return EXIT_OK


def _tell(faults: tuple[FoundReadingFault, ...], numbered: int) -> None:
    for one in faults:
        place = f"line {one.line}: " if one.line else ""
        what = f" {one.number}" if one.number else ""
        count = f" ({one.count} lines)" if one.count else ""
        print(f"{place}{one.fault.value}{what}{count}", file=sys.stderr)
    if numbered:
        print(
            f"{numbered} lines are numbered automatically by the word processor and their numbers "
            "are not in the file: save the document as plain text and import it",
            file=sys.stderr,
        )
