"""The command line imports, checks, searches and counts."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.cli import main

ROOT = Path(__file__).resolve().parents[3]
SMALL = ROOT / "tests" / "data" / "directory"


@pytest.fixture
def imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    file = str(tmp_path / "directory.db")
    assert main(["import", str(SMALL), "--directory", file]) == 0
    assert "question 3, unit 2, service 1, person 1, topic 4" in capsys.readouterr().out
    return file


def test_a_search_prints_one_json_object(imported: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "cghfdrf", "--directory", imported, "--limit", "1", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["layout_corrected"] is True
    assert found["words"] == ["справка"]
    assert [hit["id"] for hit in found["hits"]] == ["q-certificate"]
    assert found["hits"][0]["marks"] == [[10, 17]]


def test_a_search_prints_a_line_for_each_hit(
    imported: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "батареи", "--directory", imported]) == 0

    assert "q-cold" in capsys.readouterr().out.splitlines()[0]


def test_stats_count_what_there_is(imported: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--directory", imported, "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == {
        "question": 3,
        "unit": 2,
        "service": 1,
        "person": 1,
        "topic": 4,
        "closed": 0,
        "revisions": 0,
        "mark": "import",
    }


def test_a_check_names_every_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "folder"))
    (folder / "services.jsonl").write_text('{"id": "p-x"}\n', encoding="utf-8")

    assert main(["check", str(folder)]) == 1

    assert "services.jsonl:1:kind: missing_field" in capsys.readouterr().err


def test_a_refused_import_leaves_the_directory_as_it_was(
    tmp_path: Path, imported: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(tmp_path), "--directory", imported]) == 1
    capsys.readouterr()

    assert main(["stats", "--directory", imported, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == 3


def test_a_mistyped_file_name_makes_no_empty_directory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing.db"

    assert main(["search", "паспорт", "--directory", str(missing)]) == 1

    assert "missing.db" in capsys.readouterr().err
    assert not missing.exists()


@pytest.mark.parametrize("limit", ["0", "many"])
def test_a_limit_that_is_none_is_refused(limit: str) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["search", "паспорт", "--directory", "any.db", "--limit", limit])
    assert refused.value.code == 2


def test_the_package_runs_as_a_program() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "kb", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"import", "check", "search", "stats"} <= set(
        shown.stdout.replace(",", " ").replace("{", " ").replace("}", " ").split()
    )
