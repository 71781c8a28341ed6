"""``python -m sync central take-over``: a centre in the place of a former one."""

from __future__ import annotations

import argparse
import json
from typing import Any

from uuid_utils.compat import uuid7

from sync.store.succession import declare_successor

EXIT_OK = 0


def add_command(central_commands: Any) -> None:
    """Add the command to those of ``central``."""
    parser: argparse.ArgumentParser = central_commands.add_parser(
        "take-over",
        help="let workplaces come over from a former centre to this one",
        description=(
            "A workplace refuses a database other than the one it last wrote to, and an older "
            "branch of its history. After a centre was made anew from a dump, or an older state "
            "of it was chosen on purpose, run this once against the one that stays: workplaces "
            "come over by themselves and send all they have once more."
        ),
    )
    parser.add_argument("--dsn", required=True, help="libpq keywords or URI")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    branch = declare_successor(options.dsn, uuid7())
    if options.json:
        facts = {"system_identifier": branch.system_identifier, "timeline": branch.timeline}
        print(json.dumps(facts))
    else:
        print(
            f"system {branch.system_identifier}, timeline {branch.timeline}: workplaces come over"
        )
    return EXIT_OK
