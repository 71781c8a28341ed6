"""Run the training caller or the tour, take screenshots, or create the speech files."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from console.features.training.lessons import read_lessons
from console.training.caller import TURN_LIMIT_S, TrainingCaller, tell_as_json

RESOURCES = Path(__file__).resolve().parent.parent.parent / "resources"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m console.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    call = commands.add_parser(
        "call", help="call a console and speak the caller's part of a lesson"
    )
    lessons = read_lessons(RESOURCES / "training")
    call.add_argument(
        "--lesson",
        required=True,
        choices=[lesson.key for lesson in lessons],
        help="lesson to speak",
    )
    call.add_argument("--to", required=True, metavar="HOST:PORT", help="SIP address of the console")
    call.add_argument(
        "--into-the-register",
        action="store_true",
        help="confirm that the console may register the training call as an ordinary call",
    )
    call.add_argument(
        "--record", type=Path, metavar="DIR", help="save the audio received by the caller to DIR"
    )
    call.add_argument(
        "--turn-s",
        type=float,
        default=TURN_LIMIT_S,
        metavar="SECONDS",
        help="longest turn of the operator between two lines of the caller (default: %(default)s)",
    )
    tour = commands.add_parser("tour", help="play the scripted tour on a virtual display")
    tour.add_argument(
        "--out",
        type=Path,
        default=Path("build/tour"),
        help="folder for screenshots (default: %(default)s)",
    )
    tour.add_argument("--dsn", help="central database (PostgreSQL) that must receive the records")
    tour.add_argument(
        "--theme",
        choices=["light", "dark", "contrast"],
        default="light",
        help="theme of the console (default: %(default)s)",
    )
    tour.add_argument(
        "--size", default="1440x900", metavar="WxH", help="display size (default: %(default)s)"
    )
    tour.add_argument(
        "--quick",
        action="store_true",
        help="skip the pauses of a human operator; all checks are still made",
    )
    commands.add_parser("speech", help="generate the speech files of the lessons with espeak-ng")
    pictures = commands.add_parser("pictures", help="take screenshots of the main states")
    pictures.add_argument(
        "--out",
        type=Path,
        default=Path("docs/pictures"),
        help="folder for screenshots (default: %(default)s)",
    )
    pictures.add_argument(
        "--theme",
        choices=["light", "dark", "contrast"],
        action="append",
        help="theme of the screenshots; repeatable (default: all)",
    )
    pictures.add_argument(
        "--size", default="1366x768", metavar="WxH", help="display size (default: %(default)s)"
    )
    arguments = parser.parse_args(argv)
    if arguments.command == "tour":
        from console.training.tour import TourOptions, play_tour

        options = TourOptions(
            arguments.out, arguments.dsn, arguments.theme, arguments.size, arguments.quick
        )
        return play_tour(options, RESOURCES)
    if arguments.command == "pictures":
        from console.training.pictures import THEMES, PictureOptions, take_pictures

        themes = tuple(arguments.theme or THEMES)
        return take_pictures(PictureOptions(arguments.out, themes, arguments.size), RESOURCES)
    if arguments.command == "speech":
        from console.training.pictures import make_speech

        for file in make_speech(lessons):
            print(file.name)
        return 0
    if not arguments.into_the_register:
        call.error(
            "no call was made: the console would register the training call as an ordinary call "
            "and send it to the central database. Use the training mode "
            "(python -m console --training), or confirm with --into-the-register."
        )
    lesson = next(lesson for lesson in lessons if lesson.key == arguments.lesson)
    host, _, port = arguments.to.rpartition(":")
    if arguments.record is not None:
        arguments.record.mkdir(parents=True, exist_ok=True)
    with _Log(arguments.record) as log:
        caller = TrainingCaller(
            lesson,
            host,
            int(port),
            arguments.record,
            tell_as_json(log.write),
            turn_limit_s=arguments.turn_s,
        )
        outcome = caller.play()
    return 0 if outcome.answered or lesson.ring_s is not None else 1


class _Log:
    """Writes each line to stdout and, where a folder is given, to ``call.jsonl`` in it."""

    def __init__(self, folder: Path | None) -> None:
        self._file = None if folder is None else (folder / "call.jsonl").open("w", encoding="utf-8")

    def __enter__(self) -> "_Log":
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, line: str) -> None:
        sys.stdout.write(line)
        sys.stdout.flush()
        if self._file is not None:
            self._file.write(line)
            self._file.flush()


if __name__ == "__main__":
    sys.exit(main())
