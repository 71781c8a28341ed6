"""The lines of a regulation's file: plain text, HTML, or a document of a word processor (docx)."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from sync.errors import RegulationUnreadable

MOST_BYTES = 50_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCX_MARK = b"PK\x03\x04"
# What reading an archive that is damaged, locked or none can end in.
_NO_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
)
_ENCODINGS = ("utf-8-sig", "cp1251")  # as older programs write them
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "footer", "header")
    + ("h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "ul")
    + ("table", "td", "th", "tr")
)
_UNSEEN = frozenset(["head", "script", "style", "template", "title"])


@dataclass(frozen=True, slots=True)
class RegulationText:
    """Its lines; ``numbered`` counts those whose number the word processor makes by itself.

    Such a number stands nowhere in the file, so its paragraph cannot be known by it.
    """

    text: str
    numbered: int = 0


def read_file(file: Path) -> RegulationText:
    """What stands in the file, told by its contents; raises RegulationUnreadable."""
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
    """The text of a page, a line for each block; list items of ``ol`` have numbers of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[list[str]] = [[]]  # of each line its pieces
        self.numbered = 0
        self._unseen = 0
        self._lists: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join(map("".join, self._lines))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        if tag in _BLOCKS:
            self._lines.append([])
        if tag in ("ol", "ul"):
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
        if not self._unseen:
            # a line break of the source is a space on the page
            self._lines[-1].append(data.replace("\r", " ").replace("\n", " "))


def _of_html(text: str) -> RegulationText:
    lines = _Lines()
    lines.feed(text)
    lines.close()
    return RegulationText(lines.text, lines.numbered)


def _of_docx(data: bytes) -> RegulationText:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inside = packed.getinfo("word/document.xml")
            if inside.file_size > MOST_BYTES:
                raise RegulationUnreadable("too_big")
            with packed.open(inside) as stream:
                document = stream.read(MOST_BYTES + 1)  # whatever size the archive says
    except _NO_ARCHIVE as error:
        raise RegulationUnreadable("no_text") from error
    if len(document) > MOST_BYTES:
        raise RegulationUnreadable("too_big")
    try:
        _refuse_doctype(document)
        root = ElementTree.fromstring(document)  # noqa: S314 - without a DOCTYPE nothing expands
    except (ElementTree.ParseError, expat.ExpatError, ValueError, LookupError) as error:
        raise RegulationUnreadable("no_text") from error
    lines, numbered = [], 0
    for paragraph in root.iter(f"{_WORD}p"):
        numbered += paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None
        lines.append("".join(_piece(part) for part in paragraph.iter()))
    return RegulationText("\n".join(lines), numbered)


def _refuse_doctype(document: bytes) -> None:
    """Read the document in its own encoding: a DOCTYPE hides from a look at the bytes."""

    def refuse(*_declared: object) -> None:
        raise RegulationUnreadable("no_text")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(document, True)


def _piece(part: ElementTree.Element) -> str:
    match part.tag.removeprefix(_WORD):
        case "t":
            return part.text or ""
        case "tab":
            return "\t"
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case _:
            return ""
