"""Editors that write into the central directory concurrently in long transactions, some rolled
back.
"""

from __future__ import annotations

import random
import threading
import time
from types import TracebackType
from typing import Self

import psycopg2
from psycopg2.extras import Json

from sync.records.feed_values import digest_of

_PUT = """
    INSERT INTO shared_document (entity, id, ver, document, digest, by_name)
    VALUES ('entry', %s, %s, %s, %s, 'editor')
"""


class DirectoryEditors:
    """Writes until the end of the block; unlike in the product, editors do not wait for each other.

    ``committed``: the latest version of each entry, and the time its COMMIT returned.
    """

    def __init__(self, dsn: str, count: int = 8, longest_s: float = 0.15) -> None:
        self._dsn = dsn
        self._longest_s = longest_s
        self._stopping = threading.Event()
        self.committed: dict[str, tuple[int, float]] = {}
        self.rolled_back = 0
        self._threads = [
            threading.Thread(target=self._edit, args=(editor,), name=f"editor-{editor}")
            for editor in range(count)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(30.0)

    def _edit(self, editor: int) -> None:
        chance = random.Random(editor)  # noqa: S311
        connection = psycopg2.connect(self._dsn)
        versions: dict[str, int] = {}
        try:
            while not self._stopping.is_set():
                written: dict[str, int] = {}
                pause_s = chance.uniform(0.0, self._longest_s)
                with connection.cursor() as cursor:
                    for _row in range(chance.randint(1, 3)):
                        key = self._key(chance, editor, versions, written)
                        written[key] = written.get(key, versions.get(key, 0)) + 1
                        document = {"id": key, "kind": "question", "title": key, "body": ""}
                        cursor.execute(
                            _PUT, (key, written[key], Json(document), digest_of(document))
                        )
                        self._stopping.wait(pause_s / 3)
                if chance.random() < 0.1:
                    connection.rollback()
                    self.rolled_back += 1
                    continue
                connection.commit()
                now_s = time.monotonic()
                versions |= written
                self.committed |= {key: (ver, now_s) for key, ver in written.items()}
        finally:
            connection.close()

    def _key(
        self,
        chance: random.Random,
        editor: int,
        versions: dict[str, int],
        written: dict[str, int],
    ) -> str:
        """Returns an entry of the same editor now and then, otherwise a new one."""
        if versions and chance.random() < 0.2:
            return chance.choice(list(versions))
        return f"e-{editor}-{len(versions) + len(written)}-{chance.randrange(10**9)}"
