"""Column types of the local store: text that people can read and that sorts as it should."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator, UserDefinedType


class Moment(TypeDecorator[datetime]):
    """A moment as ISO 8601 in UTC with microseconds, so that text order is time order."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Identity(TypeDecorator[UUID]):
    """A UUID in its usual text form."""

    impl = String(36)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> UUID | None:
        return None if value is None else UUID(value)


class TransactionId(UserDefinedType[int]):
    """PostgreSQL's ``xid8``, which never starts anew from 0; only the centre's tables have it."""

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        return "xid8"
