"""The tables of the central database, made only by its migrations.

A record's columns are those of its local table. The key begins with the workplace and the month:
months are partitions (``central_partitions``), and workplaces could be shards without a new key.
"""

from sync.store.central_tables import (
    added,
    audit,
    calling_back,
    columns,
    persons,
    records,
    shared,
    workplaces,
)

__all__ = [
    "added",
    "audit",
    "calling_back",
    "columns",
    "persons",
    "records",
    "shared",
    "workplaces",
]
"""All of them, so that the metadata is whole whichever is asked for."""
