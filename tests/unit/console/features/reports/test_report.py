"""The call report: the same figures on the screen, in the PDF and in the spreadsheet."""

from __future__ import annotations

import gc
import resource
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from PySide6.QtCore import QObject

from console.core.paper import write_pdf
from console.core.report_content import Heading, ReportContent, Row, cell_text, period_of
from console.core.settings.workplace import CITY_ZONE
from console.core.workbook import write_xlsx
from console.features.reports.calls import call_content, call_list
from console.features.reports.sources import call_source, line_hours_between
from console.shared.messages.terms import CityCalendar
from sync.register.calendar.line_hours import Interval, LineHours, SingleDay
from sync.register.calls import by_hand as used_entries
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallResult, NewCall, RequestWay, UsedEntry
from sync.register.city import LineChosen
from sync.register.figures.call_statistics import call_report
from sync.register.numbering import next_number
from sync.register.numbering import period_of as number_period
from sync.register.people.operators import Operator, Role
from tests.fakes.city import BUILT_IN, settled
from tests.fakes.console_fakes import AREA_CODE, RANG_AT

RESOURCES = Path(__file__).resolve().parents[5] / "resources"
DAY = RANG_AT.astimezone(CITY_ZONE).date()
FORMULA = "=1+1"
FULL_DISK_BYTES = 4096
LETTER = RequestWay.LETTER
OPERATORS = (
    Operator(UUID(int=1), "a", FORMULA, Role.OPERATOR),
    Operator(UUID(int=2), "b", "Пробова Анна Петровна", Role.OPERATOR),
)


def record(index: int, *, answered: bool, hour: int = 0) -> CallRecord:
    """A closed call: 5 s of ringing, 65 s of talk, saved 12 s after the end; or missed
    after 20 s.
    """
    by = OPERATORS[index % 2]
    rang_at = RANG_AT + timedelta(hours=hour, minutes=index)
    card = calls.open_card(
        NewCall(f"call-{index}@test.invalid", "incoming", rang_at, "", "", "112000", False),
        id=UUID(int=100 + index),
        number=next_number(number_period(rang_at), "0001", index),
        at=rang_at,
        operator=by,
        workplace="0001",
        home_area_code=AREA_CODE,
    )
    if not answered:
        return calls.missed(card, rang_at + timedelta(seconds=20), "caller_gave_up")
    card = calls.answered(card, rang_at + timedelta(seconds=5))
    if index % 3 == 0:
        taken_at = rang_at + timedelta(seconds=25)
        card = calls.helped_by_directory(calls.touched(card, taken_at), taken_at)
        card = used_entries.accept_entry(card, UsedEntry("q", "question", "Справка"), "")
    card = calls.ended(card, rang_at + timedelta(seconds=70), "far_end")
    card = calls.edit(card, content="Справка", result=CallResult.ANSWERED)
    closed = calls.close(card, rang_at + timedelta(seconds=82), by)
    assert isinstance(closed, CallRecord)
    return closed


def content(records: list[CallRecord], first: date = DAY, last: date = DAY) -> ReportContent:
    return call_content(
        call_report(records, first, last, CITY_ZONE),
        Heading("Белоключевск", datetime.combine(DAY, time(18, 5), CITY_ZONE), "Старшая Н."),
        line_hours="понедельник – пятница, 08:00–20:00",
    )


def texts(row: Row) -> list[str]:
    return [cell_text(cell) for cell in row.cells]


def test_incidents_are_a_table_of_their_own_where_callers_were_told(
    shown: ReportContent, russian: None
) -> None:
    told = UsedEntry(f"{used_entries.INCIDENT_KEY}{UUID(int=1)}", "script", "ул. Лесная: нет воды")
    records = [record(index, answered=True) for index in range(4)]
    records[0] = replace(records[0], used_entries=(told,))

    section = content(records).sections[-1]

    assert section.title == "По инцидентам: вызовы с единым текстом"
    assert [texts(row) for row in section.rows] == [["ул. Лесная: нет воды", "1", "25,0 %"]]
    assert all("инцидент" not in one.title for one in shown.sections)


def test_what_is_no_call_stands_apart_and_is_in_no_figure_of_calls(russian: None) -> None:
    first = record(0, answered=True)
    question = replace(first, id=UUID(int=900), part_of=first.number)
    by_hand = replace(first, id=UUID(int=901), answered_at=None, ended_at=None, way=LETTER)

    told = content([first, question, by_hand])

    apart = next(one for one in told.sections if one.title == "Зарегистрировано помимо вызовов")
    assert [texts(row) for row in apart.rows] == [
        ["Записи без вызова", "1"],
        ["Дополнительные вопросы одного вызова", "1"],
    ]
    figures = {one.name: one.value for one in told.figures}
    assert (figures["Принято"], figures["Пропущено"]) == ("1", "0")
    results = next(one for one in told.sections if one.title.startswith("По итогам"))
    assert texts(results.rows[0])[1:] == ["3", "100,0 %"]
    calm = content([first])
    assert all(one.title != apart.title for one in calm.sections)


def test_calls_out_of_hours_stand_apart_answered_and_missed(russian: None, tmp_path: Path) -> None:
    at_night = [
        replace(record(index, answered=index < 4), out_of_hours=True) for index in range(2, 7)
    ]
    told = content([record(0, answered=True), record(1, answered=False), *at_night])

    figures = {one.name: (one.value, one.note) for one in told.figures}
    assert figures["Поступило"] == ("2", "ещё 5 вне рабочих часов")
    assert (figures["Принято"][0], figures["Пропущено"]) == ("1", ("1", "50,0 %"))
    section = next(one for one in told.sections if one.title == "По дням")
    assert section.heads[4:6] == ("Принято вне рабочих часов", "Пропущено вне рабочих часов")
    assert texts(section.rows[0])[1:6] == ["2", "1", "1", "2", "3"]
    file = tmp_path / "calls.xlsx"
    write_xlsx(told, file)
    sheet = openpyxl.load_workbook(file)["По дням"]
    assert [cell.value for cell in sheet[2]][1:6] == [2, 1, 1, 2, 3]
    listed = call_list(at_night, CITY_ZONE)
    assert {texts(row)[1] for row in listed.rows} == {"Входящий вызов вне рабочих часов"}


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 2), date(2026, 11, 8), "пн–сб 09:00–18:00"),
        (
            date(2026, 11, 23),
            date(2026, 11, 29),
            "пн–сб 09:00–18:00; с 24.11.2026: пн–пт 08:00–20:00, перерыв 12:00–13:00",
        ),
        (
            date(2026, 12, 1),
            date(2026, 12, 31),
            "пн–пт 08:00–20:00, перерыв 12:00–13:00; 31.12.2026 закрыто",
        ),
    ],
)
def test_the_words_of_the_report_are_the_hours_that_were_in_force(
    first: date, last: date, said: str, russian: None, owner: QObject
) -> None:
    lunch = (Interval(time(8), time(12)), Interval(time(13), time(20)))
    chosen = LineHours((*(lunch,) * 5, (), ()), single_days=(SingleDay(date(2026, 12, 31)),))
    in_file = LineHours((*((Interval(time(9), time(18)),),) * 6, ()))
    city = CityCalendar(BUILT_IN, line_of_file=in_file, parent=owner)
    city.use(settled(LineChosen(chosen)))  # changed on 24 November

    assert line_hours_between(city, CITY_ZONE, first, last) == said
    source = call_source(
        _Calls([]), lambda _since: (), partial(line_hours_between, city, CITY_ZONE), CITY_ZONE
    )
    told = source(first, last)()(Heading("Белоключевск", RANG_AT, "Пробова А. П."))
    assert told.lead == f"Входящие вызовы; рабочее время линии — {said}."
    assert told.parameters == {"Часы работы линии": said}


@pytest.fixture
def shown() -> ReportContent:
    records = [record(index, answered=True, hour=index // 2) for index in range(6)]
    return content([*records, record(6, answered=False), record(7, answered=False)])


@pytest.mark.parametrize(
    ("name", "today", "first", "last"),
    [
        ("day", date(2026, 11, 25), date(2026, 11, 25), date(2026, 11, 25)),
        ("week", date(2026, 11, 25), date(2026, 11, 23), date(2026, 11, 29)),
        ("week", date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 29)),
        ("week", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("month", date(2028, 2, 10), date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(
    name: str, today: date, first: date, last: date
) -> None:
    assert period_of(name, today) == (first, last)


def test_an_unknown_period_is_a_bug() -> None:
    with pytest.raises(ValueError, match="year"):
        period_of("year", DAY)


def test_the_head_shows_counts_shares_and_averages(shown: ReportContent) -> None:
    figures = {figure.name: (figure.value, figure.note) for figure in shown.figures}

    assert [value for value, _note in figures.values()] == [
        "8", "6", "2", "2", "0:05", "1:05", "0:12"
    ]  # fmt: skip
    assert ("2", "25,0 %") in figures.values()
    assert figures["Из справочника"] == ("2", "33,3 %")
    assert shown.period.startswith("Среда, 25 ноября 2026")


def test_the_steps_from_ring_to_saved_have_median_and_ninetieth_percentile(
    shown: ReportContent,
) -> None:
    assert [texts(row) for row in shown.sections[0].rows] == [
        ["От звонка до ответа", "6", "0:05", "0:05"],
        ["От ответа до первой правки карточки", "2", "0:20", "0:20"],
        ["От ответа до найденного в справочнике", "2", "0:20", "0:20"],
        ["От конца разговора до сохранения", "6", "0:12", "0:12"],
    ]


def test_an_empty_report_shows_dashes() -> None:
    empty = content([])

    assert [figure.value for figure in empty.figures] == [
        "0", "0", "0", "0", "—", "—", "—"
    ]  # fmt: skip
    assert empty.figures[2].note == "—"
    assert [texts(row)[1:] for row in empty.sections[0].rows] == [["0", "—", "—"]] * 4
    assert empty.sections[4].rows == ()


def test_the_pdf_can_be_read_and_its_pages_are_numbered(
    shown: ReportContent, tmp_path: Path
) -> None:
    file = tmp_path / "reports" / "calls.pdf"

    pages = write_pdf(shown, file, RESOURCES / "templates")

    text = pdf_text(file)
    assert f"Стр. 1 из {pages}" in text
    for figure in shown.figures:
        assert figure.value in text
    for section in shown.sections:
        assert section.title in text
    for words in ("Белоключевск", "Пробова Анна Петровна", FORMULA, "25,0 %"):
        assert words in text.replace("\xa0", " ")


def test_a_long_report_numbers_every_page(tmp_path: Path) -> None:
    file = tmp_path / "month.pdf"
    month = content(
        [record(index, answered=True, hour=index) for index in range(20)],
        date(2026, 10, 1),
        date(2026, 12, 31),
    )

    pages = write_pdf(month, file, RESOURCES / "templates")

    assert pages > 1
    text = pdf_text(file)
    assert [f"Стр. {number} из {pages}" in text for number in range(1, pages + 1)] == (
        [True] * pages
    )


def pdf_text(file: Path) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, timeout=30
    )
    return done.stdout.decode("utf-8")


def test_a_folder_that_takes_no_file_is_an_os_error(shown: ReportContent, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")

    with pytest.raises(OSError, match="file"):
        write_pdf(shown, in_the_way / "calls.pdf", RESOURCES / "templates")
    with pytest.raises(OSError, match="file"):
        write_xlsx(shown, in_the_way / "calls.xlsx")


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_file_that_is_broken_off_leaves_the_one_of_before(
    ending: str, shown: ReportContent, tmp_path: Path
) -> None:
    file = tmp_path / f"calls.{ending}"
    before = b"what was written before"
    file.write_bytes(before)

    def write() -> None:
        if ending == "pdf":
            write_pdf(shown, file, RESOURCES / "templates")
        else:
            write_xlsx(shown, file)

    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL_DISK_BYTES, hard))
    try:
        with pytest.raises(OSError, match=file.name):
            write()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_soft, hard))

    assert [one.name for one in tmp_path.iterdir()] == [file.name]
    assert file.read_bytes() == before
    write()
    assert [one.name for one in tmp_path.iterdir()] == [file.name]
    assert file.stat().st_size > FULL_DISK_BYTES


def test_the_table_holds_the_figures_of_the_screen(shown: ReportContent, tmp_path: Path) -> None:
    file = tmp_path / "calls.xlsx"
    write_xlsx(shown, file)

    book = openpyxl.load_workbook(file)
    for section, sheet in zip(shown.sections[1:4], book.worksheets[1:], strict=False):
        assert [cell.value for cell in sheet[1]] == list(section.heads)
        for line, row in enumerate(section.rows, start=2):
            cells = [cell.value for cell in sheet[line]]
            assert [str(cells[column]) for column in (1, 2, 3, 4, 5)] == texts(row)[1:6]
            assert [as_minutes(cells[column]) for column in (6, 7, 8)] == texts(row)[6:]
    steps = book.worksheets[0]
    for line, row in enumerate(shown.sections[0].rows, start=2):
        name, calls, *times = [cell.value for cell in steps[line]][:4]
        assert [name, str(calls), *map(as_minutes, times)] == texts(row)
    results = book.worksheets[4]
    for line, row in enumerate(shown.sections[4].rows, start=2):
        cells = [cell.value for cell in results[line]]
        assert [cells[0], str(cells[1])] == texts(row)[:2]
        assert isinstance(cells[2], float)
        assert f"{cells[2] * 100:.1f} %".replace(".", ",") == texts(row)[2]
    assert book.worksheets[1]["A2"].value == datetime.combine(DAY, time())


class _Calls:
    """Calls of the period, and the number of reads."""

    def __init__(self, found: list[CallRecord]) -> None:
        self.found = found
        self.read = 0

    def calls_between(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]:
        self.read += 1
        return tuple(self.found)


def test_what_the_window_shows_lists_no_call_before_a_file_is_written(
    russian: None, tmp_path: Path
) -> None:
    """A month's 40,000 calls blocked the window for most of a second. Later calls are left out."""
    calls_here = _Calls([record(0, answered=True), record(1, answered=False)])
    source = call_source(calls_here, lambda _since: (), lambda _first, _last: "", CITY_ZONE)
    shown = source(DAY, DAY)()(Heading("Белоключевск", RANG_AT, "Пробова А. П."))
    assert calls_here.read == 1
    calls_here.found.append(record(2, answered=True))
    file = tmp_path / "calls.xlsx"
    write_xlsx(shown, file)

    assert calls_here.read == 2
    listed = openpyxl.load_workbook(file)["Каждая запись"].iter_rows(min_row=2, values_only=True)
    assert [row[0] for row in listed] == [str(one.number) for one in calls_here.found[:2]]


def test_a_written_file_leaves_no_cell_for_the_look_for_cycles(
    russian: None, tmp_path: Path
) -> None:
    """A month's calls have half a million cells, which a later collection would traverse."""
    gc.collect()
    gc.disable()
    try:
        write_xlsx(content([record(0, answered=True)]), tmp_path / "calls.xlsx")
        left = [one for one in gc.get_objects() if type(one).__module__ == "xlsxwriter.worksheet"]
    finally:
        gc.enable()

    assert [one for one in left if isinstance(one, tuple)] == []


def test_each_record_stands_in_the_table_by_the_city_s_clock(russian: None, tmp_path: Path) -> None:
    answered, missed = record(0, answered=True), record(1, answered=False)
    question = replace(answered, id=UUID(int=900), part_of=answered.number, answered_at=None)
    by_hand = replace(answered, id=UUID(int=901), answered_at=None, ended_at=None, way=LETTER)
    dialled = replace(answered, id=UUID(int=902), direction="outgoing")
    # A quarter past midnight in Moscow is the previous evening in UTC.
    at_night = datetime.combine(DAY, time(0, 15, 30, 999_999), CITY_ZONE).astimezone(UTC)
    late = replace(missed, id=UUID(int=903), arrived_at=at_night, ended_at=None, saved_at=None)
    records = [missed, question, by_hand, dialled, late, answered]
    file = tmp_path / "calls.xlsx"
    listing = call_list(records, CITY_ZONE)
    write_xlsx(replace(content(records), read_listing=lambda: listing), file)

    sheet = openpyxl.load_workbook(file)["Каждая запись"]
    heads, first, *rows = sheet.iter_rows(values_only=True)
    assert heads[5:9] == ("Поступила", "Ответ", "Конец разговора", "Сохранена")
    assert first[5:] == (datetime.combine(DAY, time(0, 15, 30)), *["—"] * 6)
    assert [sheet.cell(2, column).number_format for column in (6, 10)] == [
        "dd.mm.yyyy hh:mm",
        "[m]:ss",
    ]
    assert sheet.column_dimensions["F"].width > len("26.11.2026 00:15")
    assert sorted(str(row[1]) for row in rows) == [
        "Входящий вызов",
        "Входящий вызов",
        "Ещё вопрос",
        "Исходящий вызов",
        "Письмо",
    ]
    (talked,) = (row for row in rows if row[9] != "—")
    local = answered.arrived_at.astimezone(CITY_ZONE).replace(tzinfo=None, microsecond=0)
    assert talked[0] == str(answered.number)
    assert talked[5:] == (
        local,
        local + timedelta(seconds=5),
        local + timedelta(seconds=70),
        local + timedelta(seconds=82),
        timedelta(seconds=5),
        timedelta(seconds=65),
        timedelta(seconds=12),
    )
    assert "555" not in str([cell for row in (first, *rows) for cell in row]), "nobody's telephone"


def test_when_it_was_made_is_a_moment_and_its_zone_is_named(
    shown: ReportContent, tmp_path: Path
) -> None:
    file = tmp_path / "calls.xlsx"
    write_xlsx(shown, file)

    told = [row[1].value for row in openpyxl.load_workbook(file).worksheets[-1].iter_rows()]
    assert datetime.combine(DAY, time(18, 5)) in told
    assert "Europe/Moscow" in told


def as_minutes(value: object) -> str:
    """The text that a cell with the format [m]:ss shows."""
    if isinstance(value, str):
        return value
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
    elif isinstance(value, time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        seconds += round(value.microsecond / 1e6)
    else:
        assert isinstance(value, float)
        seconds = round(value * 86_400)
    return f"{seconds // 60}:{seconds % 60:02}"


def test_a_name_is_never_a_formula(shown: ReportContent, tmp_path: Path) -> None:
    file = tmp_path / "calls.xlsx"
    write_xlsx(shown, file)

    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == FORMULA] == ["s"]
    assert all(cell.data_type != "f" for cell in cells)
