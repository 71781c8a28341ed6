"""A register created once and copied for each test: its migrations cost more than most tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy import delete

from sync.records.workplace_tables import store_origin
from sync.store.local.keys import StoreKey, make_key
from sync.store.local.register import RegisterStore

# Argon2 with the lowest cost, to keep many sign-ins fast.
CHEAP_HASHES = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True, slots=True)
class StoreTemplate:
    """An empty store with the newest schema; its copies open with the same key."""

    path: Path
    key: StoreKey

    @classmethod
    def make(cls, folder: Path) -> StoreTemplate:
        made = cls(folder / "register.db", make_key())
        store = RegisterStore.open(made.path, made.key)
        # Its copies are separate stores, each bound to the file it is opened from.
        store.write(lambda connection: connection.execute(delete(store_origin))).result()
        assert store.close_store()
        return made

    def open_copy(
        self,
        path: Path,
        *,
        home_area_code: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> RegisterStore:
        """Opens a new store at this path with cheap password hashes; the path must not exist."""
        assert not path.exists()
        shutil.copyfile(self.path, path)
        return RegisterStore.open(
            path, self.key, home_area_code=home_area_code, clock=clock, hasher=CHEAP_HASHES
        )
