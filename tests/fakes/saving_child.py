"""A process that saves calls endlessly and reports each after its commit; made to be killed.

``python -m tests.fakes.saving_child STORE`` writes one JSON line per record to stdout, unbuffered.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from pathlib import Path

from sync.store.local.keys import find_key
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, closed, filled, new_call


def main(path: Path) -> None:
    key = find_key(path)
    if key is None:
        raise SystemExit("no key")
    store = RegisterStore.open(path, key)
    for index in itertools.count():
        call = new_call(index)
        card = store.open_card(call, OPERATOR).result()
        if card.state == "closed":
            continue
        draft = store.save_draft(filled(card)).result()
        saved = store.close(closed(draft)).result()
        line = json.dumps([str(saved.id), str(saved.number), saved.revision, saved.content])
        os.write(1, line.encode() + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
