"""Display texts of directory import and export, and of faults in imported files."""

from collections.abc import Sequence
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QLocale

from console.shared.directory.words import entry_kind
from kb.entries.entries import Entry
from kb.errors import DirectoryError, DirectoryUnusable, ImportFault, ImportProblem
from kb.files.columns import KNOWN
from kb.files.csv_file import Unwritable
from kb.files.words import TableWords


def count_text(count: int) -> str:
    """Returns the number with thousands separators."""
    return QLocale().toString(count)


# --- progress and results ---


def reading(rows: int) -> str:
    if rows == 0:
        return QCoreApplication.translate("Words", "Reading the file…")
    return QCoreApplication.translate("Words", "Reading the file: %1 rows").replace(
        "%1", count_text(rows)
    )


def loading(made: int, total: int) -> str:
    if made >= total:
        return QCoreApplication.translate("Words", "Preparing search…")
    return (
        QCoreApplication.translate("Words", "Importing: %1 of %2")
        .replace("%1", count_text(made))
        .replace("%2", count_text(total))
    )


def undoing() -> str:
    return QCoreApplication.translate("Words", "Undoing import…")


def stopping() -> str:
    return QCoreApplication.translate("Words", "Stopping…")


def stopped() -> str:
    return QCoreApplication.translate("Words", "Stopped: directory unchanged")


def file_is_good() -> str:
    return QCoreApplication.translate("Words", "The file is valid and can be imported")


def nothing_new() -> str:
    return QCoreApplication.translate("Words", "Everything is already in the directory")


def file_is_empty() -> str:
    return QCoreApplication.translate("Words", "The file has no entries")


def file_has_faults() -> str:
    return QCoreApplication.translate(
        "Words",
        "Nothing is imported while rows have errors: fix the file or import valid rows only",
    )


def file_has_only_faults() -> str:
    return QCoreApplication.translate("Words", "Cannot import the file: see the errors")


def loaded(new: int, changed: int, closed: int) -> str:
    text = QCoreApplication.translate("Words", "Imported: new — %1, changed — %2")
    text = text.replace("%1", count_text(new)).replace("%2", count_text(changed))
    if closed:
        more = QCoreApplication.translate("Words", "closed — %1")
        text = f"{text}, {more.replace('%1', count_text(closed))}"
    return text


def undone(kept: int) -> str:
    if not kept:
        return QCoreApplication.translate("Words", "Import undone: everything restored")
    return QCoreApplication.translate(
        "Words", "Import undone, except entries edited since: %1"
    ).replace("%1", count_text(kept))


def overtaken() -> str:
    return QCoreApplication.translate(
        "Words", "The directory has been edited since: check the changes again"
    )


def not_written() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Could not write the directory"),
        QCoreApplication.translate("Words", "Nothing changed. Contact the administrator."),
    )


def state_the_file() -> str:
    return QCoreApplication.translate("Words", "Choose a file or enter its path")


def cannot_read(error: DirectoryError) -> str:
    """Returns the reason why a file cannot be read, with advice."""
    match error:
        case DirectoryUnusable(reason="FileNotFoundError"):
            return QCoreApplication.translate("Words", "File not found: check the path")
        case DirectoryUnusable(reason="PermissionError"):
            return QCoreApplication.translate(
                "Words", "Cannot read the file: close it elsewhere or ask for access"
            )
        case _:
            return QCoreApplication.translate("Words", "Cannot read the file")


# --- rows of a preview ---


def what_changes(headings: Sequence[str]) -> str:
    return QCoreApplication.translate("Words", "Changes: %1").replace("%1", ", ".join(headings))


def was(text: str) -> str:
    return QCoreApplication.translate("Words", "was: %1").replace("%1", text or empty())


def becomes(text: str) -> str:
    return QCoreApplication.translate("Words", "will be: %1").replace("%1", text or empty())


def empty() -> str:
    return QCoreApplication.translate("Words", "empty")


def kind_and_key(entry: Entry) -> str:
    return f"{entry_kind(entry.kind)} · {entry.id}"


def line(number: int) -> str:
    if number == 0:
        return QCoreApplication.translate("Words", "whole file")
    return QCoreApplication.translate("Words", "row %1").replace("%1", str(number))


def column(problem: ImportProblem, words: TableWords) -> str:
    """Returns the column heading of a fault; empty if the fault concerns the complete row."""
    return words.heading(problem.field) if problem.field in KNOWN else problem.field


def sheet(problem: ImportProblem, file_name: str) -> str:
    """Returns the sheet of a workbook, or the file of a folder, that contains the fault."""
    place = problem.file.removeprefix(file_name)
    return place.removeprefix("[").removesuffix("]")


def fault_place(problem: ImportProblem, file_name: str, words: TableWords) -> str:
    """Returns the location of a fault: sheet, column and value."""
    parts = (
        (QCoreApplication.translate("Words", "sheet “%1”"), sheet(problem, file_name)),
        (QCoreApplication.translate("Words", "column “%1”"), column(problem, words)),
        (QCoreApplication.translate("Words", "value: “%1”"), problem.value),
    )
    return ", ".join(text.replace("%1", value) for text, value in parts if value)


def fault(problem: ImportProblem) -> str:
    """Returns a short description of a fault."""
    damaged = QCoreApplication.translate("Words", "The file is damaged or of the wrong type")
    no_object = QCoreApplication.translate("Words", "The line is not a JSON object")
    not_filled = QCoreApplication.translate("Words", "Not filled in")
    return {
        ImportFault.MISSING_FILE: QCoreApplication.translate("Words", "The folder has no tables"),
        ImportFault.UNKNOWN_FORMAT: QCoreApplication.translate("Words", "Not XLSX, CSV or JSONL"),
        ImportFault.TOO_LARGE: QCoreApplication.translate("Words", "Too large for one file"),
        ImportFault.NOT_UTF8: damaged,
        ImportFault.NOT_TEXT: damaged,
        ImportFault.NOT_XLSX: damaged,
        ImportFault.NOT_JSON: no_object,
        ImportFault.NOT_AN_OBJECT: no_object,
        ImportFault.NOT_CSV: QCoreApplication.translate("Words", "Unclosed quotation mark"),
        ImportFault.MISSING_COLUMN: QCoreApplication.translate("Words", "Missing column"),
        ImportFault.DUPLICATE_COLUMN: QCoreApplication.translate("Words", "Duplicate column"),
        ImportFault.EXTRA_CELL: QCoreApplication.translate("Words", "Cell without a heading"),
        ImportFault.FORMULA: QCoreApplication.translate("Words", "Formula instead of a value"),
        ImportFault.MISSING_FIELD: not_filled,
        ImportFault.EMPTY: not_filled,
        ImportFault.UNKNOWN_FIELD: QCoreApplication.translate(
            "Words", "No such column for these entries"
        ),
        ImportFault.WRONG_TYPE: QCoreApplication.translate("Words", "Wrong value"),
        ImportFault.BAD_VALUE: QCoreApplication.translate("Words", "Not recognised"),
        ImportFault.DUPLICATE_ID: QCoreApplication.translate("Words", "Duplicate key"),
        ImportFault.UNRESOLVED_REFERENCE: QCoreApplication.translate(
            "Words", "No entry with this key"
        ),
        ImportFault.DEPENDS_ON_BAD_ROW: QCoreApplication.translate(
            "Words", "Refers to a row with an error"
        ),
    }[problem.fault]


def what_to_do(problem: ImportProblem, words: TableWords) -> str:
    """Returns advice for correcting a fault."""
    match problem.fault:
        case ImportFault.MISSING_FILE | ImportFault.UNKNOWN_FORMAT:
            return QCoreApplication.translate(
                "Words", "Save the table as XLSX or CSV and choose that file."
            )
        case ImportFault.TOO_LARGE:
            return QCoreApplication.translate(
                "Words",
                "Split it into files of up to 50,000 rows and 20 MB, without images and "
                "empty sheets.",
            )
        case ImportFault.NOT_UTF8 | ImportFault.NOT_TEXT | ImportFault.NOT_XLSX:
            return QCoreApplication.translate(
                "Words", "Open it in its own program and save it again as XLSX or CSV."
            )
        case ImportFault.NOT_JSON | ImportFault.NOT_AN_OBJECT:
            return QCoreApplication.translate("Words", "Each line must be one JSON object.")
        case ImportFault.NOT_CSV:
            return QCoreApplication.translate(
                "Words", "Find the extra quotation mark in this row; the rest is not read."
            )
        case ImportFault.MISSING_COLUMN | ImportFault.EXTRA_CELL | ImportFault.UNKNOWN_FIELD:
            return QCoreApplication.translate(
                "Words", "Compare the headings with the sample table and remove extra ones."
            )
        case ImportFault.DUPLICATE_COLUMN:
            return QCoreApplication.translate("Words", "Keep one of the two columns.")
        case ImportFault.FORMULA:
            return QCoreApplication.translate(
                "Words", "Put the value in the cell: copy, then paste as values."
            )
        case (
            ImportFault.DUPLICATE_ID
            | ImportFault.UNRESOLVED_REFERENCE
            | ImportFault.DEPENDS_ON_BAD_ROW
        ):
            return _how_to_mend_a_key(problem.fault)
        case (
            ImportFault.MISSING_FIELD
            | ImportFault.EMPTY
            | ImportFault.WRONG_TYPE
            | ImportFault.BAD_VALUE
        ):
            return _how_to_write(problem, words)
        case _:
            assert_never(problem.fault)


def _how_to_mend_a_key(fault: ImportFault) -> str:
    if fault is ImportFault.DUPLICATE_ID:
        return QCoreApplication.translate(
            "Words", "Give one of the two rows another key or remove it."
        )
    if fault is ImportFault.UNRESOLVED_REFERENCE:
        return QCoreApplication.translate(
            "Words", "Enter the key of an entry in the directory or this file."
        )
    return QCoreApplication.translate("Words", "Fix that row first; this one is correct.")


def _how_to_write(problem: ImportProblem, words: TableWords) -> str:
    if problem.field == "kind":
        text = QCoreApplication.translate("Words", "One of these words: %1.")
        return text.replace("%1", ", ".join(words.values("kind")))
    hint = words.hint(problem.field)
    return hint or QCoreApplication.translate("Words", "Fill in the cell as in the sample table.")


# --- written files ---


def export_name() -> str:
    """Returns the file name of a directory export, without date and suffix."""
    return QCoreApplication.translate("Words", "directory")


def sample_name() -> str:
    return QCoreApplication.translate("Words", "sample table")


def faults_name(file_name: str) -> str:
    return QCoreApplication.translate("Words", "%1 — errors").replace("%1", file_name)


def to_do() -> str:
    return QCoreApplication.translate("Words", "What to do")


def report_headings() -> tuple[str, ...]:
    """Returns the column headings of the fault report."""
    return (
        QCoreApplication.translate("Words", "Sheet or file"),
        QCoreApplication.translate("Words", "Line"),
        QCoreApplication.translate("Words", "Column"),
        QCoreApplication.translate("Words", "Problem"),
        QCoreApplication.translate("Words", "Value"),
        to_do(),
    )


def exporting() -> str:
    return QCoreApplication.translate("Words", "Exporting the file…")


def exported(count: int) -> str:
    return QCoreApplication.translate("Words", "Entries exported: %1").replace(
        "%1", count_text(count)
    )


def nothing_to_export() -> str:
    return QCoreApplication.translate("Words", "Choose at least one kind of entry")


def file_written(name: str) -> str:
    return QCoreApplication.translate("Words", "File saved: %1").replace("%1", name)


def file_not_written(error: DirectoryError | OSError, words: TableWords) -> tuple[str, str]:
    """Returns title and text of the error that a file was not written, with advice."""
    head = QCoreApplication.translate("Words", "File not saved")
    match error:
        case Unwritable(entry_id=entry_id, column=name):
            text = QCoreApplication.translate(
                "Words", "Entry %1, column “%2”: this format does not support it. Choose XLSX."
            )
            return head, text.replace("%1", entry_id).replace("%2", words.heading(name))
        case _:
            return head, QCoreApplication.translate(
                "Words", "Close it where it is open, or choose another folder."
            )
