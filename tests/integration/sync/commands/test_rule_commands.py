"""The rule commands as an administrator runs them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.photos import exif, file_of, picture

ROOT = Path(__file__).parents[4]


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Runs one command in a locale without Cyrillic."""
    return subprocess.run(
        [sys.executable, "-m", "sync", *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        timeout=60,
        check=False,
    )


def lines(*asked: object) -> bytes:
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in asked).encode()


def answers(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_deadlines() -> None:
    done = run(
        "deadline",
        "--json",
        given=lines(
            {"id": 1, "sent": "2026-11-27"},
            {"id": "late", "sent": "2026-11-27T22:30:00Z"},
            {"id": 3, "sent": "2026-11-27T23:59"},
        ),
    )
    assert done.returncode == 0
    found = answers(done)
    assert [
        (each["id"], each["moment_day"], each["due"], each["due_strict"]) for each in found
    ] == [
        (1, "2026-11-27", "2026-12-01", "2026-11-30"),
        ("late", "2026-11-30", "2026-12-02", "2026-12-01"),
        (3, "2026-11-27", "2026-12-01", "2026-11-30"),
    ]
    assert "2026-11-28 is not counted: weekend" in str(found[0]["why"])
    assert "counted as sent 2026-11-30 (7.12)" in str(found[1]["why"])


def test_a_calendar_of_ones_own_and_the_days_of_the_region(tmp_path: Path) -> None:
    days = tmp_path / "days.csv"
    days.write_text("2026-04-22,off,распоряжение\n", encoding="utf-8")
    done = run(
        "deadline", "--json", "--regional", "--calendar", str(days),
        given=lines({"id": 1, "sent": "2026-04-20"}, {"id": 2, "sent": "2029-03-05"}),
    )  # fmt: skip
    first, second = answers(done)
    assert (first["due"], first["due_strict"]) == ("2026-04-24", "2026-04-23")
    assert "transferred days off of 2029 are not known" in str(second["why"])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [(None, "the file cannot be read"), ("2026-02-30,off", "invalid row (1)")],
)
def test_a_calendar_that_is_none_is_told(tmp_path: Path, text: str | None, complaint: str) -> None:
    days = tmp_path / "days.csv"
    if text is not None:
        days.write_text(text, encoding="utf-8")
    done = run("deadline", "--calendar", str(days), given=lines({"id": 1, "sent": "2026-04-20"}))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"calendar: days.csv: {complaint}\n"


def test_bad_lines_are_told_and_passed_over() -> None:
    given = b"\xef\xbb\xbf" + b"\n".join(
        (
            lines({"id": 1, "sent": "tomorrow"}),
            b"not json",
            b"[1]",
            b"",
            b'{"id": 2, "sent": "\xff"}',
            lines({"id": 3}, {"id": 4, "sent": 20261127}, {"id": 5, "sent": "9999-12-31"}),
            lines({"id": 6, "sent": "2026-11-27"}),
        )
    )
    done = run("deadline", "--json", given=given)
    assert done.returncode == 2
    assert [(each["id"], each.get("error")) for each in answers(done)] == [
        (1, "not_a_date"),
        (None, "not_json"),
        (None, "not_an_object"),
        (None, "not_utf8"),
        (3, "not_a_date"),
        (4, "not_a_date"),
        (5, "no_working_day"),
        (6, None),
    ]
    assert done.stderr == b""


def test_phones() -> None:
    done = run(
        "phone",
        "--json",
        given=lines(
            {"id": 1, "entered": "8 (900) 555-01-07"},
            {"id": 2, "entered": "2-34-56"},
            {"id": 3, "entered": "112"},
        ),
    )
    assert answers(done) == [
        {"id": 1, "e164": "+79005550107", "display": "+7 (900) 555-01-07", "why": "national"},
        {"id": 2, "e164": "+78793723456", "display": "+7 (87937) 2-34-56",
         "why": "city_code_added"},
        {"id": 3, "e164": None, "display": "112", "why": "service_number"},
    ]  # fmt: skip
    elsewhere = run("phone", "--city-code", "8652", given=lines({"id": 1, "entered": "72-34-56"}))
    assert answers(elsewhere)[0]["e164"] == "+78652723456"


def test_names() -> None:
    done = run(
        "name",
        "--json",
        given=lines(
            {"id": 1, "last": "Иванова", "first": "Анна", "patronymic": "Петровна"},
            {"id": 2, "last": "Ким", "first": "Саша", "patronymic": None, "gender": "ж"},
            {"id": 3, "last": "Ким", "gender": "?"},
        ),
    )
    assert answers(done) == [
        {"id": 1, "dative": "Ивановой Анне Петровне", "greeting": "Уважаемая Анна Петровна!"},
        {"id": 2, "dative": "Ким Саше", "greeting": "Уважаемая Саша!"},
        {"id": 3, "error": "unknown_gender"},
    ]
    assert done.returncode == 2


def test_comparing_messages() -> None:
    one = "На улице Мира, дом 5 яма."
    done = run(
        "compare",
        "--json",
        given=lines(
            {"id": 1, "a": one, "b": "на улице МИРА дом 5 яма", "same_user": False,
             "in_term": True},
            {"id": 2, "a": one, "b": "на улице МИРА дом 5 яма", "in_term": False},
            {"id": 3, "a": one, "b": "ул. Мира 5: огромная выбоина", "same_user": True},
            {"id": 4, "a": one, "b": "На улице Мира, дом 7 яма."},
            {"id": 5, "a": one},
            {"id": 6, "a": one, "b": one, "in_term": "yes"},
        ),
    )  # fmt: skip
    found = answers(done)
    assert [each.get("verdict", each.get("error")) for each in found] == [
        "repeat", "similar", "similar", "different", "no_text", "not_true_or_false",
    ]  # fmt: skip
    assert [each.get("why") for each in found[:4]] == [
        "same_words", "same_words_term_over", "same_place_and_matter", "other_place",
    ]  # fmt: skip
    assert done.returncode == 2


def test_photos_and_their_copies(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        data = file_of(picture(), "JPEG", exif=exif(place=(43.0, 42.0)))
        (tmp_path / folder / "яма.png").write_bytes(data)
    (tmp_path / "note.jpg").write_bytes(b"%PDF-1.7")
    (tmp_path / "phone.jpg").write_bytes(b"\x00\x00\x00\x18ftypheic\0\0\0\0mif1heic")
    published = tmp_path / "published"
    files = [
        tmp_path / name
        for name in ("first/яма.png", "second/яма.png", "note.jpg", "phone.jpg", "absent.jpg")
    ]
    done = run("photo", "--json", "--publish", str(published), *map(str, files))
    assert done.returncode == 1
    first, _second, note, phone, absent = answers(done)
    assert first == {
        "file": str(files[0]), "verdict": "accept", "reason": "", "format": "JPEG",
        "width": 640, "height": 480, "orientation": 1, "pages": 1, "has_location": True,
        "paragraph": "",
    }  # fmt: skip
    assert (note["verdict"], note["format"], note["paragraph"]) == ("refuse", "PDF", "6.5")
    assert "most compatible" in str(phone["reason"])
    assert absent == {"file": str(files[4]), "error": "unreadable"}
    assert sorted(path.name for path in published.iterdir()) == ["яма (2).jpg", "яма.jpg"]
    image = Image.open(io.BytesIO((published / "яма.jpg").read_bytes()))
    assert dict(image.getexif()) == {}


def test_copies_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(file_of(picture(), "JPEG"))
    done = run("photo", "--publish", str(photo / "folder"), str(photo))
    assert done.returncode == 3
    assert done.stderr.decode().startswith(f"{photo / 'folder'}: ")
