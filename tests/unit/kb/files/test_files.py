"""Entries are exported to XLSX, CSV and JSON Lines and imported unchanged; every invalid row is
reported.
"""

import csv
import datetime
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.entries.entries import (
    AnswerTerm,
    Details,
    Entry,
    EntryKind,
    PersonDetails,
    Phone,
    ServiceDetails,
    TopicDetails,
    UnitDetails,
    entry_from,
    entry_record,
)
from kb.entries.hours import WeekHours
from kb.errors import DirectoryUnusable, ImportFault, ImportProblem
from kb.files import sheet_reader
from kb.files.csv_file import Unwritable
from kb.files.importing import export_entries, preview_import, read_folder

ROOT = Path(__file__).resolve().parents[4]
SMALL = ROOT / "tests" / "data" / "directory"
SAMPLE = ROOT / "resources" / "directory" / "sample"
CHECKED_ON = datetime.date(2026, 11, 25)
FORMATS = ("jsonl", "csv", "xlsx")


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("folder", [SMALL, SAMPLE], ids=["small", "sample"])
def test_a_directory_written_and_read_again_is_the_same(
    tmp_path: Path, folder: Path, suffix: str
) -> None:
    entries = read_folder(folder)
    file = tmp_path / f"directory.{suffix}"
    export_entries(file, entries)

    assert {entry.id: entry for entry in read_folder(file)} == {
        entry.id: entry for entry in entries
    }
    assert [left.name for left in tmp_path.iterdir()] == [file.name]


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
words = texts.map(str.strip).filter(bool)
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)
days = st.none() | st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 12, 31))
items = st.lists(words, max_size=3).map(tuple)
parts = words.filter(lambda text: "|" not in text)
phones = st.lists(
    st.builds(Phone, parts, st.just("") | parts, st.just("") | parts), max_size=2
).map(tuple)
spans = st.sampled_from(
    [(), ((datetime.time(9), datetime.time(13)), (datetime.time(14), datetime.time(18)))]
)
hours = st.builds(
    lambda week, keeps: WeekHours(tuple(week), keeps_short_days=keeps and any(week)),
    st.lists(spans, min_size=7, max_size=7),
    st.booleans(),
)


def _entries(
    kind: EntryKind, details: st.SearchStrategy[Details | None]
) -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry,
        id=words,
        kind=st.just(kind),
        title=texts,
        body=lines,
        names=items,
        spoken=lines,
        source=texts,
        checked_on=days,
        valid_to=days,
        details=details,
    )


terms = st.none() | st.builds(AnswerTerm, st.integers(1, 99), st.just("working"))
any_entry = (
    _entries(EntryKind.QUESTION, st.none())
    | _entries(EntryKind.SERVICE, st.builds(ServiceDetails, items, items, texts, texts))
    | _entries(
        EntryKind.UNIT,
        st.builds(UnitDetails, st.none(), texts, texts, texts, phones, texts, hours, terms),
    )
    | _entries(
        EntryKind.PERSON, st.builds(PersonDetails, st.just(""), words, phones, texts, texts, texts)
    )
    | _entries(
        EntryKind.TOPIC,
        st.builds(
            TopicDetails,
            st.none(),
            st.just(()),
            words,
            terms,
        ),
    )
)


@pytest.mark.parametrize("suffix", FORMATS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(entry=any_entry)
def test_any_entry_comes_back_as_it_was(tmp_path: Path, suffix: str, entry: Entry) -> None:
    stored = entry_from(entry_record(entry))
    file = tmp_path / f"directory.{suffix}"
    export_entries(file, [stored])

    (read,) = read_folder(file)
    # An entry with empty details may be imported without details.
    assert replace(read, details=None) == replace(stored, details=None)
    assert entry_record(read).get("details", {}) == entry_record(stored).get("details", {})


HEADING = "id;kind;title;body;checked_on\n"
ROWS = HEADING + "q-1;question;Ёлки;Да;25.11.2026\n"


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("cp1251"),
        ROWS.encode("utf-16"),
        ROWS.replace(";", ",").encode(),
        ROWS.replace(";", "\t").encode(),
        ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace("\n", "\r").encode(),
        ("\n\n;;;;\n" + ROWS + "\n;;\n").encode(),
        ROWS.replace("id;", " ID ;").encode(),
        ROWS.replace("id;kind;title;body", '"id";"kind";"title";"body"').encode(),
        (HEADING.replace("\n", ";;\n") + "q-1;question;Ёлки;Да;2026-11-25;;;\n").encode(),
    ],
)
def test_a_csv_is_read_however_it_was_written(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "directory.csv"
    file.write_bytes(content)

    (entry,) = read_folder(file)

    assert (entry.title, entry.body) == ("Ёлки", "Да")
    assert entry.checked_on == CHECKED_ON


def _problems(tmp_path: Path, name: str, content: bytes) -> list[tuple[int, str, ImportFault]]:
    file = tmp_path / name
    file.write_bytes(content)
    return [(found.line, found.field, found.fault) for found in preview_import(file, ()).problems]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id;kind;colour\nq-1;question;red\n", (1, "colour", ImportFault.UNKNOWN_FIELD)),
        ("id;kind;kind\nq-1;question;unit\n", (1, "kind", ImportFault.DUPLICATE_COLUMN)),
        ("kind;title\nquestion;Да\n", (1, "id", ImportFault.MISSING_COLUMN)),
        ("id;title\nq-1;Да\n", (2, "kind", ImportFault.MISSING_FIELD)),
        ("id;kind\n\nq-1;club\n", (3, "kind", ImportFault.BAD_VALUE)),
        ("id;kind\n;unit\n", (2, "id", ImportFault.EMPTY)),
        ("id;kind;address\nq-1;question;ул. Мира\n", (2, "address", ImportFault.UNKNOWN_FIELD)),
        ("id;kind;phones\nu-1;unit;| 12\n", (2, "phones", ImportFault.EMPTY)),
        ("id;kind;hours\nu-1;unit;mon 9-18\n", (2, "hours", ImportFault.BAD_VALUE)),
        ("id;kind;hours\nu-1;unit;mon 18:00-09:00\n", (2, "hours", ImportFault.BAD_VALUE)),
        ("id;kind;hours\nu-1;unit;нед 09:00-18:00\n", (2, "hours", ImportFault.BAD_VALUE)),
        ("id;kind;hours\nu-1;unit;fri-mon 09:00-18:00\n", (2, "hours", ImportFault.BAD_VALUE)),
        ("id;kind;answer_term\nt;topic;скоро\n", (2, "answer_term", ImportFault.BAD_VALUE)),
        ("id;kind;answer_term\nt;topic;5 дней\n", (2, "answer_term", ImportFault.BAD_VALUE)),
        ("id;kind;checked_on\nq;question;31.02.2026\n", (2, "checked_on", ImportFault.BAD_VALUE)),
        ("id;kind;checked_on\nq;question;скоро\n", (2, "checked_on", ImportFault.BAD_VALUE)),
        ("id;kind;owner\nq-1;question;nobody\n", (2, "owner", ImportFault.UNRESOLVED_REFERENCE)),
        ("id;kind\nq-1;question;лишнее\n", (2, "", ImportFault.EXTRA_CELL)),
        ("id;kind\nq-1;question\nq-1;question\n", (3, "id", ImportFault.DUPLICATE_ID)),
        ('id;kind;body\nq-1;question;"два\nряда"\nq-2;club;\n', (4, "kind", ImportFault.BAD_VALUE)),
        ('id;kind;body\nq-1;question;"не закрыто\n', (2, "", ImportFault.NOT_CSV)),
    ],
)
def test_a_bad_row_of_a_csv_is_named_by_row_and_column(
    tmp_path: Path, text: str, problem: tuple[int, str, ImportFault]
) -> None:
    assert _problems(tmp_path, "directory.csv", text.encode()) == [problem]


def test_what_is_no_text_is_no_csv(tmp_path: Path) -> None:
    assert _problems(tmp_path, "a.csv", b"id;kind\n\x98\xff") == [(0, "", ImportFault.NOT_TEXT)]


@pytest.mark.parametrize("content", [b"", b"no workbook at all", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    assert _problems(tmp_path, "a.xlsx", content) == [(0, "", ImportFault.NOT_XLSX)]


def test_another_format_is_told(tmp_path: Path) -> None:
    assert _problems(tmp_path, "a.docx", b"") == [(0, "", ImportFault.UNKNOWN_FORMAT)]


def test_a_file_that_is_not_there_is_a_known_failure(tmp_path: Path) -> None:
    with pytest.raises(DirectoryUnusable):
        preview_import(tmp_path / "missing.csv", ())


def _workbook(path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_typed_by_hand_is_read(tmp_path: Path) -> None:
    """Numbers and dates have their own cell types, and the sheet's name is the kind of its
    entries.
    """
    file = _workbook(
        tmp_path / "book.xlsx",
        (
            "Unit",
            [
                [None, None],
                ["id", "title", "phones", "checked_on", "hours"],
                [1012, "Отдел", 1012.0, CHECKED_ON, "пн-чт: 8:30-13:00, 14.00–17.45"],
            ],
        ),
        ("notes", []),
    )

    (entry,) = read_folder(file)

    assert entry.id == "1012"
    assert entry.checked_on == CHECKED_ON
    assert isinstance(entry.details, UnitDetails)
    assert entry.details.phones == (Phone("1012"),)
    assert entry.details.hours.as_json()["thu"] == ["08:30-13:00", "14:00-17:45"]
    assert entry.details.hours.as_json()["fri"] == []


def test_a_bad_row_of_a_workbook_is_named_by_sheet_row_and_column(tmp_path: Path) -> None:
    file = _workbook(
        tmp_path / "book.xlsx",
        ("unit", [["id", "title", "phones"], ["u", "Отдел", datetime.date(2026, 2, 10)]]),
        ("question", [["id", "title"], ["q-1", "=1+1"], ["q-2", "#REF!"], [None, "Вопрос"]]),
        ("topic", [["title"], ["Тема"]]),
    )

    assert preview_import(file, ()).problems == (
        ImportProblem("book.xlsx[unit]", 2, "phones", ImportFault.WRONG_TYPE),
        ImportProblem("book.xlsx[question]", 2, "B", ImportFault.FORMULA),
        ImportProblem("book.xlsx[question]", 3, "B", ImportFault.BAD_VALUE),
        ImportProblem("book.xlsx[question]", 4, "id", ImportFault.EMPTY),
        ImportProblem("book.xlsx[topic]", 1, "id", ImportFault.MISSING_COLUMN),
    )


def test_a_text_never_becomes_a_formula(tmp_path: Path) -> None:
    entry = Entry("q-1", EntryKind.QUESTION, "=1+1", "@_x0041_ +7 900")
    file = tmp_path / "directory.xlsx"
    export_entries(file, [entry])

    cells = openpyxl.load_workbook(file)["question"][2]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert read_folder(file) == (entry,)


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("a.xlsx", "я" * 32_768, "utf-8"),
        ("a.xlsx", "звонок \x07", "utf-8"),
        ("a.csv", "кирпич 🧱", "cp1251"),
    ],
)
def test_what_a_format_cannot_hold_is_told_and_leaves_the_old_file(
    tmp_path: Path, name: str, text: str, encoding: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"old")

    with pytest.raises(Unwritable) as refused:
        export_entries(file, [Entry("q-1", EntryKind.QUESTION, "", text)], encoding=encoding)

    assert (refused.value.entry_id, refused.value.column) == ("q-1", "body")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_an_export_into_a_folder_that_is_not_there_is_a_known_failure(tmp_path: Path) -> None:
    with pytest.raises(DirectoryUnusable):
        export_entries(tmp_path / "none" / "a.csv", [])
    with pytest.raises(ValueError, match="jsonl"):
        export_entries(tmp_path / "a.docx", [])


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_directory_is_written_and_read(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"empty.{suffix}"
    export_entries(file, [])

    assert read_folder(file) == ()


def test_a_csv_may_be_written_for_an_old_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    export_entries(
        file, [Entry("q-1", EntryKind.QUESTION, "Ёж", "Да")], separator=",", encoding="cp1251"
    )

    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("cp1251"))))
    assert rows == [["id", "kind", "title", "body"], ["q-1", "question", "Ёж", "Да"]]


def workbook(sheet: str, strings: str = "", workbook_xml: str = "") -> bytes:
    """A workbook of one sheet with these rows and shared strings, of a few hundred KB at most."""
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/a.xml" ContentType="{kinds}.worksheet+xml"/>'
            f'<Override PartName="/xl/s.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1"'
            f' Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": workbook_xml
        or (
            f'<workbook {names} xmlns:r="{office}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}/worksheet" Target="a.xml"/>'
            f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="s.xml"/></Relationships>'
        ),
        "xl/a.xml": f"<worksheet {names}>{DIMENSION}<sheetData>{sheet}</sheetData></worksheet>",
        "xl/s.xml": f"<sst {names}>{strings}</sst>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


HEADINGS = (
    '<row r="1"><c t="inlineStr"><is><t>id</t></is></c>'
    '<c t="inlineStr"><is><t>kind</t></is></c><c t="inlineStr"><is><t>title</t></is></c></row>'
)
DIMENSION = '<dimension ref="A1:C3"/>'  # without it the whole sheet is read for its size
EMPTY_ROW = "<row><c/><c/><c/></row>"
LAUGHS = "".join(f'<!ENTITY l{depth} "{f"&l{depth - 1};" * 10}">' for depth in range(1, 10)).join(
    ('<!DOCTYPE workbook [<!ENTITY l0 "ha">', "]><workbook>&l9;</workbook>")
)


def test_a_workbook_of_this_make_is_read(tmp_path: Path) -> None:
    row = HEADINGS.replace(">id<", ">q-1<").replace(">kind<", ">question<").replace("title", "Ёлки")
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(HEADINGS + EMPTY_ROW + row.replace('r="1"', 'r="3"')))

    (entry,) = read_folder(file)

    assert (entry.id, entry.title) == ("q-1", "Ёлки")


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: workbook(HEADINGS, "<si><t>x</t></si>" * 5_000_000), ImportFault.TOO_LARGE),
        (lambda: workbook(HEADINGS, f"<si><t>{'x' * 110_000_000}</t></si>"), ImportFault.TOO_LARGE),
        (lambda: workbook(HEADINGS + EMPTY_ROW * 3_000_000), ImportFault.TOO_LARGE),
        (lambda: workbook(f"{HEADINGS}<row>{'<c/>' * 15_000_000}</row>"), ImportFault.TOO_LARGE),
        (lambda: workbook(HEADINGS, workbook_xml=LAUGHS), ImportFault.NOT_XLSX),
    ],
    ids=["strings", "one_string", "rows", "cells", "entities"],
)
def test_a_hostile_workbook_is_refused_and_takes_nothing_of_this_process(
    make: Callable[[], bytes], fault: ImportFault, tmp_path: Path
) -> None:
    """Parsed in this process, each of them took from 10 s to a minute, or up to 2 GB."""
    content = make()
    assert len(content) < 1_000_000
    tracemalloc.start()
    try:
        (problem,) = _problems(tmp_path, "a.xlsx", content)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert problem[2] is fault
    assert most < 50_000_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"id;kind;title\n" + b"q;question;t\n" * 60_000),
        ("a.csv", b"id;kind" + b";" * 2_000_000),
        ("a.csv", b"id;kind;title\nq;question;" + "ы".encode() * 1_500_000),
        ("a.csv", b"id;kind\n" + b"q;question\n" * 2_000_000),
        ("a.jsonl", b'{"id": ' + b"[" * 1_500_000 + b"\n"),
        ("a.jsonl", b"{}\n" * 60_000),
    ],
)
def test_a_table_with_too_much_in_it_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    problems = _problems(tmp_path, name, content)

    assert ImportFault.TOO_LARGE in {fault for _line, _field, fault in problems}
    assert len(problems) <= 50_001


def test_a_reading_that_is_given_up_ends_its_process(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(HEADINGS + EMPTY_ROW * 3_000_000))
    with sheet_reader.opened(file) as read:
        assert next(read.lines()) == ["sheet", "A"]

    assert not read.is_whole()
