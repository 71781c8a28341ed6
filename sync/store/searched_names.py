"""Whose names must go out of what was searched for in the directory, which is another file.

An erasure keeps the surnames of who was erased, masked, in its own transaction; they go once the
searches that hold one are forgotten.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable

from sqlalchemy import Connection, delete, insert, select

from sync.register.audit import Audited, AuditKind
from sync.register.handling.events import Source
from sync.register.masked_names import MaskedName, is_in, masked
from sync.register.persons import PersonQuery
from sync.store.register import RegisterStore
from sync.store.workplace_tables.persons import name_to_forget

Forget = Callable[[Callable[[str], bool]], int]
"""Forgets the searches whose text is meant; how many it were."""


def keep_names(connection: Connection, people: Iterable[PersonQuery]) -> None:
    """Keep the surnames of these people until ``forget_searched``."""
    surnames = {one.name.surname for one in people if one.name is not None and one.name.surname}
    for surname in sorted(surnames):
        name = masked(surname, secrets.token_hex(16))
        connection.execute(
            insert(name_to_forget).values(
                salt=name.salt, letters=name.letters, longest=name.longest, digest=name.digest
            )
        )


def forget_searched(store: RegisterStore, forget: Forget) -> int:
    """How many searches were forgotten because they held a surname of who was erased.

    For a thread of its own; raises StoreError, and what ``forget`` raises: the names stay then.
    """
    names = store.read(
        lambda connection: [
            MaskedName(row.salt, row.letters, row.longest, row.digest)
            for row in connection.execute(select(name_to_forget))
        ]
    )
    if not names:
        return 0
    count = forget(lambda text: any(is_in(text, name) for name in names))

    def work(connection: Connection) -> int:
        done = [name.salt for name in names]
        connection.execute(delete(name_to_forget).where(name_to_forget.c.salt.in_(done)))
        if count:
            source = Source.SYSTEM.value
            told = Audited(AuditKind.SEARCHES_ERASED, None, source, count=count)
            store.audit.add(connection, told)
        return count

    return store.write(work).result()
