"""``python -m sync photo``: which photos may be taken, and the copies to publish."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from sync.register.photos.copies import published_copies
from sync.register.photos.formats import FileFormat
from sync.register.photos.judgement import (
    PhotoJudgement,
    PhotoLimits,
    PhotoReason,
    Verdict,
    judge,
)
from sync.rule_commands.json_lines import EXIT_OK, print_object

_EXIT_UNREADABLE = 1
_EXIT_UNWRITABLE = 3


def add_command(commands: Any) -> None:
    """Add the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "photo",
        help="whether photos may be taken, and their copies without metadata",
        description="Writes a JSON object for each file: verdict is accept, refuse, or operator "
        "where a person has to look; reason and paragraph say why. Exit status 1 when a file "
        "could not be opened.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="the only form; may be left out")
    parser.add_argument(
        "--publish",
        type=Path,
        metavar="DIR",
        help="write the copies to publish of what is not refused into this folder",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    code = EXIT_OK
    for file in options.files:
        try:
            data = _read(file)
        except OSError:
            print_object({"file": _shown(file), "error": "unreadable"})
            code = _EXIT_UNREADABLE
            continue
        judgement = judge(data)
        if options.publish is not None and judgement.verdict is not Verdict.REFUSE:
            try:
                _publish(options.publish, file.stem, data)
            except OSError as error:
                sys.stderr.write(f"publish: {error.strerror}\n")
                return _EXIT_UNWRITABLE
        print_object(_described(file, judgement))
    return code


def _read(file: Path) -> bytes:
    """As much of the file as can be judged: one that is too big need not be read whole."""
    with file.open("rb") as opened:
        return opened.read(PhotoLimits().most_bytes + 1)


def _publish(folder: Path, stem: str, data: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    copies = published_copies(data)
    for number, copy in enumerate(copies, start=1):
        page = f"-{number}" if len(copies) > 1 else ""
        _free_path(folder, f"{stem}{page}", copy.suffix).write_bytes(copy.data)


def _free_path(folder: Path, name: str, suffix: str) -> Path:
    """A name that is not taken by a photo of the same name from another folder."""
    path, number = folder / f"{name}{suffix}", 2
    while path.exists():
        path, number = folder / f"{name} ({number}){suffix}", number + 1
    return path


def _described(file: Path, judgement: PhotoJudgement) -> dict[str, object]:
    reason = judgement.reason.value
    if judgement.reason is PhotoReason.WRONG_FORMAT and judgement.format is FileFormat.HEIC:
        # Phones that keep photos so can be set to the most compatible format.
        reason = f"{reason}: HEIC, set the camera to the most compatible format"
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
    """The name as UTF-8 tells it, whatever the locale."""
    return os.fsencode(file).decode("utf-8", "replace")
