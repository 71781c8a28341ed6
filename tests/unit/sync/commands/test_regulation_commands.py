"""Import of the city's regulation in all formats, with a report of unrecognised parts."""

from __future__ import annotations

import io
import json
import threading
import time
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest

from sync.cli import main
from sync.commands.regulation import read_file
from sync.errors import RegulationUnreadable
from sync.register.regulation import PARAGRAPHS, Editions
from sync.store.local.sidecar_files import editions_of, read_editions, write_editions
from tests.fakes.regulation import as_docx, as_html, own_text, regulation_lines, regulation_text

FORMS = {
    "утф.txt": regulation_text().encode(),
    "бом.txt": regulation_text().encode("utf-8-sig"),
    "окна.txt": regulation_text().replace("\n", "\r\n").encode("cp1251"),
    "юникод.txt": regulation_text().encode("utf-16"),
    "страница.html": as_html(regulation_lines()),
    "страница без имени": as_html(regulation_lines()),
    "документ.docx": as_docx(regulation_lines()),
}


def bring(
    file: Path, store: Path, *more: str, name: str = "Первая", day: str = "2026-02-01"
) -> int:
    return main(
        ["regulation", "import", str(file), "--edition", name, "--from", day]
        + ["--regulation", str(store), *more]
    )


@pytest.mark.parametrize("name", FORMS)
def test_each_form_gives_the_same_paragraphs(name: str, tmp_path: Path) -> None:
    file, store = tmp_path / name, tmp_path / "data" / "regulation.json"
    file.write_bytes(FORMS[name])

    assert bring(file, store) == 0

    edition = read_editions(store).on(date(2026, 2, 1))
    assert edition is not None
    assert [one.number for one in edition.provisions] == list(PARAGRAPHS)
    assert edition.text_of("7.3") == own_text("7.3")


def test_the_report_says_what_was_not_understood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, store = tmp_path / "r.txt", tmp_path / "regulation.json"
    lines = [line for line in regulation_lines() if not line.startswith("7.4.")]
    file.write_text("\n".join(lines), encoding="utf-8")

    assert bring(file, store, "--json") == 0

    report = json.loads(capsys.readouterr().out)
    assert report["result"] == "changed"
    assert report["paragraphs"] == len(PARAGRAPHS) - 1
    found = {(one["fault"], one["number"]) for one in report["not_understood"]}
    assert ("left_out", "7.4") in found
    assert ("appendix", "") in found
    assert bring(file, store) == 0
    told = capsys.readouterr()
    assert told.out.startswith("unchanged: ")
    assert "left_out 7.4" in told.err


def test_numbers_that_the_word_processor_makes_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, data in (
        ("a.docx", as_docx(regulation_lines(), numbered=3)),
        ("a.html", as_html(regulation_lines(), numbered=3)),
    ):
        file = tmp_path / name
        file.write_bytes(data)
        bring(file, tmp_path / "regulation.json")

        assert capsys.readouterr().err.count("3 lines are numbered automatically") == 1


def test_editions_stand_side_by_side_and_one_can_be_taken_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "regulation.json"
    for edition, day in (("вторая", "01.03.2026"), ("первая", "2026-02-01")):
        file = tmp_path / f"{edition}.txt"
        file.write_text(regulation_text(edition), encoding="utf-8")
        assert bring(file, store, name=f" {edition.title()}  редакция", day=day) == 0
    capsys.readouterr()

    assert main(["regulation", "list", "--regulation", str(store)]) == 0
    assert [line.split("  ")[-1] for line in capsys.readouterr().out.splitlines()] == [
        "Первая редакция",
        "Вторая редакция",
    ]
    assert main(["regulation", "remove", "2026-03-01", "--regulation", str(store)]) == 0
    assert main(["regulation", "remove", "2026-03-01", "--regulation", str(store)]) == 1
    assert [one.name for one in read_editions(store).editions] == ["Первая редакция"]


def test_no_two_editions_have_one_name_since_decisions_keep_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, store = tmp_path / "r.txt", tmp_path / "regulation.json"
    file.write_text(regulation_text(), encoding="utf-8")
    assert bring(file, store) == 0
    assert bring(file, store, day="2026-03-01") == 2
    assert "from 2026-02-01" in capsys.readouterr().err
    assert bring(file, store, name="Исправленная") == 0  # same day: replaced

    assert [one.name for one in read_editions(store).editions] == ["Исправленная"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x00\x01\x02" * 40, "not plain text, HTML or docx"),
        (b"PK\x03\x04 no archive", "not plain text, HTML or docx"),
        ("Письмо без пунктов".encode(), "nothing imported"),
        (as_docx(["Только слова"]), "nothing imported"),
        (as_docx([])[:-40], "not plain text, HTML or docx"),
    ],
)
def test_what_is_no_regulation_changes_nothing(
    data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, store = tmp_path / "r", tmp_path / "regulation.json"
    file.write_bytes(data)

    assert bring(file, store) == 2
    assert said in capsys.readouterr().err
    assert not store.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_that_would_grow_is_not_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "r.docx"
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    bomb = text.encode(encoding)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", bomb)

    with pytest.raises(RegulationUnreadable) as raised:
        read_file(file)
    assert raised.value.code == "no_text"


def test_a_document_in_no_known_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "r.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", b'<?xml version="1.0" encoding="none-such"?><x/>')

    with pytest.raises(RegulationUnreadable) as raised:
        read_file(file)
    assert raised.value.code == "no_text"


def test_no_damage_to_a_document_ends_in_anything_else(tmp_path: Path) -> None:
    file, whole = tmp_path / "r.docx", as_docx(regulation_lines())
    codes = set()
    for at in range(4, len(whole), max(1, len(whole) // 400)):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            file.write_bytes(data)
            try:
                read_file(file)
            except RegulationUnreadable as told:
                codes.add(told.code)
    assert "no_text" in codes <= {"no_text", "too_big"}


def packed(body: str) -> bytes:
    """A document of at most 100 KB, regardless of its unpacked size."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {names}>{body}</w:document>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("many.docx", packed("<w:p/>" * 2_000_000), "too_big"),
        ("deep.docx", packed("<w:p>" * 200_000 + "</w:p>" * 200_000), "too_big"),
        ("wide.docx", packed("<w:p><w:t>" + "ы" * 15_000_000 + "</w:t></w:p>"), "too_big"),
        ("tags.html", b"<html>" + b"<a " * 1_000_000, "no_text"),
        ("comments.html", b"<html>" + b"<!--" * 1_000_000, "no_text"),
        ("sections.html", b"<html>" + b"<![CDATA[" * 500_000, "no_text"),
        ("attribute.html", b"<html><p " + b'a="' * 200_000, "no_text"),
        ("signs.html", b"<html>" + b"<" * 2_000_000, "too_big"),
        ("lists.html", b"<html>" + b"<ol>" * 10_000, "too_big"),
        ("end.html", b"<html>" + b"<a " * 3_000, "no_text"),
    ],
)
def test_a_hostile_document_is_refused_before_it_takes_time_or_memory(
    name: str, data: bytes, code: str, tmp_path: Path
) -> None:
    """Before there were limits each took from 4 s to minutes, or up to 850 MB."""
    file = tmp_path / name
    file.write_bytes(data)
    tracemalloc.start()
    try:
        with pytest.raises(RegulationUnreadable) as raised:
            read_file(file)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert raised.value.code == code
    assert most < 100_000_000


@pytest.mark.parametrize("number", ["7.x", "", "7.3.1", "²", "-1"])
def test_what_is_no_number_of_a_paragraph_is_damage(number: str) -> None:
    edition = {"name": "Первая", "in_force_from": "2026-01-01", "paragraphs": [[number, "Текст"]]}

    with pytest.raises(RegulationUnreadable) as raised:
        editions_of({"version": 1, "editions": [edition]})
    assert raised.value.code == "damaged"


def test_a_bad_day_and_a_missing_file_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(tmp_path / "nowhere", tmp_path / "regulation.json") == 2
    assert "the file does not exist or cannot be read" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        bring(tmp_path / "nowhere", tmp_path / "regulation.json", day="31.02.2026")
    assert "invalid date: '31.02.2026'" in capsys.readouterr().err


def test_a_damaged_store_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, store = tmp_path / "r.txt", tmp_path / "regulation.json"
    file.write_text(regulation_text(), encoding="utf-8")
    store.write_text('{"editions": [{"name": 1}]}', encoding="utf-8")

    assert bring(file, store) == 2
    assert "damaged" in capsys.readouterr().err
    assert store.read_text(encoding="utf-8") == '{"editions": [{"name": 1}]}'


def test_what_the_centre_hands_out_is_the_file_itself(tmp_path: Path) -> None:
    file, store = tmp_path / "r.txt", tmp_path / "regulation.json"
    file.write_text(regulation_text(), encoding="utf-8")
    bring(file, store)

    handed_out = json.loads(store.read_text(encoding="utf-8"))

    assert editions_of(handed_out) == read_editions(store) != Editions()


def test_a_huge_page_of_one_block_takes_as_much_longer_as_it_is_longer(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(f"<html><p>1.1. {'<b>сло</b>во ' * 60_000}</p></html>", encoding="utf-8")
    began_s = time.process_time()
    read = read_file(file)

    assert time.process_time() - began_s < 15
    assert read.text.count("слово ") == 60_000


def test_two_who_write_the_editions_at_once_both_come_through(tmp_path: Path) -> None:
    """As when the window and the command write, each in its own process."""
    file = tmp_path / "regulation.json"
    failed: list[RegulationUnreadable] = []
    begin = threading.Barrier(4)

    def write() -> None:
        begin.wait()
        for _time in range(25):
            try:
                write_editions(file, Editions())
            except RegulationUnreadable as error:
                failed.append(error)

    writers = [threading.Thread(target=write) for _each in range(4)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    assert failed == []
    assert read_editions(file) == Editions()
    assert [left.name for left in tmp_path.iterdir()] == ["regulation.json"]
