"""The command line imports, exports, checks, searches and counts."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kb.cli import default_file, main
from kb.store import Directory

ROOT = Path(__file__).resolve().parents[3]
SMALL = ROOT / "tests" / "data" / "directory"
Printed = Callable[..., str]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """Runs a command with this exit code and returns its output on both streams."""

    def run(*arguments: object, code: int = 0) -> str:
        assert main([str(argument) for argument in arguments]) == code
        captured = capsys.readouterr()
        return captured.out + captured.err

    return run


@pytest.fixture
def imported(tmp_path: Path, printed: Printed) -> Path:
    file = tmp_path / "directory.db"
    shown = printed("import", SMALL, "--directory", file)
    assert "new 11, changed 0, unchanged 0, closed 0, problems 0" in shown
    return file


def _csv(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "import.csv"
    file.write_text("\n".join(lines), encoding="cp1251")
    return file


def test_a_search_prints_one_json_object(imported: Path, printed: Printed) -> None:
    shown = printed("search", "cghfdrf", "--directory", imported, "--limit", 1, "--json")

    found = json.loads(shown)
    assert found["layout_corrected"] is True
    assert found["words"] == ["справка"]
    assert [hit["id"] for hit in found["hits"]] == ["q-certificate"]
    assert found["hits"][0]["marks"] == [[10, 17]]


def test_a_search_prints_a_line_for_each_hit(imported: Path, printed: Printed) -> None:
    assert "q-cold" in printed("search", "батареи", "--directory", imported).splitlines()[0]


def test_stats_count_what_there_is(imported: Path, printed: Printed) -> None:
    assert json.loads(printed("stats", "--directory", imported, "--json")) == {
        "question": 3,
        "unit": 2,
        "service": 1,
        "person": 1,
        "topic": 4,
        "closed": 0,
        "revisions": 0,
        "mark": "import",
    }


def test_the_same_import_again_changes_nothing(imported: Path, printed: Printed) -> None:
    for _time in range(2):
        assert "new 0, changed 0, unchanged 11" in printed(
            "import", SMALL, "--directory", imported, "--replace"
        )
    assert json.loads(printed("stats", "--directory", imported, "--json"))["revisions"] == 0


def test_a_file_changes_what_it_has_and_closes_the_rest_only_when_told(
    tmp_path: Path, imported: Path, printed: Printed
) -> None:
    file = _csv(tmp_path, "id;title", "q-cold;Холодно")
    command = ("import", file, "--directory", imported, "--by", "probova")

    assert "changed 1, unchanged 0, closed 0" in printed(*command)
    assert "changed 0, unchanged 1, closed 10" in printed(*command, "--replace")
    assert json.loads(printed("stats", "--directory", imported, "--json"))["closed"] == 10
    with closing(Directory.open(imported)) as directory:
        assert [one.by for one in directory.history("q-cold")] == ["", "probova"]


def test_a_dry_run_tells_and_changes_nothing(
    tmp_path: Path, imported: Path, printed: Printed
) -> None:
    file = _csv(tmp_path, "id;title", "q-cold;Холодно")
    command = ("import", file, "--dry-run", "--replace", "--directory")

    assert "changed 1, unchanged 0, closed 10" in printed(*command, imported)
    assert json.loads(printed("stats", "--directory", imported, "--json"))["closed"] == 0
    missing = tmp_path / "none" / "directory.db"
    assert "kind: missing_field" in printed(*command, missing, code=1)
    assert not missing.parent.exists()


def test_a_bad_row_keeps_everything_out_unless_the_good_ones_are_chosen(
    tmp_path: Path, imported: Path, printed: Printed
) -> None:
    file = _csv(tmp_path, "id;kind;title", "q-new;question;Новый", "q-bad;club;Клуб")
    command = ("import", file, "--directory", imported)

    refused = printed(*command, code=1)
    assert "import.csv:3:kind: bad_value (club)" in refused
    assert "nothing was imported: 1 problem(s)" in refused
    assert "new 1, changed 0" in printed(*command, "--good-rows")
    assert "q-new" in printed("search", "новый", "--directory", imported)


def test_what_was_exported_is_imported_as_it_was(
    tmp_path: Path, imported: Path, printed: Printed
) -> None:
    for name in ("all.xlsx", "all.csv", "all.jsonl"):
        assert "11 entries exported" in printed("export", tmp_path / name, "--directory", imported)
        shown = printed("import", tmp_path / name, "--directory", imported, "--replace")
        assert "new 0, changed 0, unchanged 11, closed 0, problems 0" in shown


def test_an_export_may_be_of_some_entries_for_an_old_spreadsheet(
    tmp_path: Path, imported: Path, printed: Printed
) -> None:
    printed("import", _csv(tmp_path, "id;valid_to", "q-wifi;01.01.2026"), "--directory", imported)
    file = tmp_path / "questions.csv"
    command = ("export", file, "--directory", imported, "--kind", "question", "--in-force")

    printed(*command, "--encoding", "cp1251", "--separator", ",")

    rows = csv.reader(io.StringIO(file.read_bytes().decode("cp1251"), newline=""))
    assert [row[0] for row in rows] == ["id", "q-cold", "q-certificate"]


def test_tables_may_have_russian_headings(tmp_path: Path, imported: Path, printed: Printed) -> None:
    file = tmp_path / "all.csv"
    command = ("--directory", imported, "--headings", "ru")
    printed("export", file, *command)

    assert file.read_text(encoding="utf-8-sig").startswith("Ключ;Вид;Название;")
    assert "unchanged 11, closed 0, problems 0" in printed("import", file, *command, "--replace")
    assert "Ключ: unknown_field" in printed("import", file, "--directory", imported, code=1)
    with pytest.raises(SystemExit, match="2"):
        main(["export", str(file), "--headings", "xx"])


def test_a_check_of_files_names_every_fault(tmp_path: Path, printed: Printed) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "folder"))
    (folder / "services.jsonl").write_text('{"id": "p-x"}\n', encoding="utf-8")

    assert "services.jsonl:1:kind: missing_field" in printed("check", folder, code=1)


def test_a_check_of_the_directory_names_what_has_to_be_put_right(
    tmp_path: Path, imported: Path, printed: Printed
) -> None:
    lines = ("id;kind;title;body;checked_on", "q-x;question;;Да;2020-01-01")
    printed("import", _csv(tmp_path, *lines), "--directory", imported)

    shown = printed("check", "--directory", imported, "--stale-days", 30_000, code=1)
    as_json = json.loads(
        printed("check", "--directory", imported, "--json", "--stale-days", 365, code=1)
    )

    assert shown.splitlines()[0] == "q-x:title: missing_title"
    assert "1 finding(s)" in shown
    stale = {"id": "q-x", "flaw": "stale", "field": "checked_on", "value": "2020-01-01"}
    assert stale in as_json["findings"]
    assert as_json["problems"] == []


def test_a_refused_import_leaves_the_directory_as_it_was(
    tmp_path: Path, imported: Path, printed: Printed
) -> None:
    assert "missing_file" in printed(
        "import", tmp_path / "import.csv", "--directory", imported, code=1
    ).replace("FileNotFoundError", "missing_file")

    assert json.loads(printed("stats", "--directory", imported, "--json"))["question"] == 3


def test_a_mistyped_file_name_makes_no_empty_directory(tmp_path: Path, printed: Printed) -> None:
    missing = tmp_path / "missing.db"

    assert "missing.db" in printed("search", "паспорт", "--directory", missing, code=1)
    assert not missing.exists()


def test_without_a_name_the_console_s_directory_is_meant(
    tmp_path: Path, imported: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    default_file().parent.mkdir(parents=True)
    shutil.copy(imported, default_file())

    assert "q-cold" in printed("search", "батареи", "--limit", 3, "--json")


def test_an_encrypted_directory_is_opened_by_its_key_file(tmp_path: Path, printed: Printed) -> None:
    key, file = tmp_path / "key", tmp_path / "secret.db"
    key.write_text(bytes(range(32)).hex() + "\n", encoding="ascii")

    printed("import", SMALL, "--directory", file, "--key-file", key)

    assert "q-cold" in printed("search", "батареи", "--directory", file, "--key-file", key)
    assert "SQLITE_NOTADB" in printed("search", "батареи", "--directory", file, code=1)


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "паспорт", "--limit", "0"],
        ["search", "паспорт", "--limit", "many"],
        ["export", "directory.docx"],
        ["export", "directory.csv", "--kind", "club"],
        ["stats", "--key-file", __file__],
        ["stats", "--key-file", "nowhere"],
    ],
)
def test_a_wrong_call_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main([*arguments, "--directory", "any.db"])
    assert refused.value.code == 2


def test_the_package_runs_as_a_program() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "kb", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"import", "export", "check", "search", "stats"} <= set(
        shown.stdout.replace(",", " ").replace("{", " ").replace("}", " ").split()
    )
