"""The servers of a connection string, each to be asked for itself."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg2.extensions import make_dsn, parse_dsn

from sync.store.central import complete_dsn

_PER_HOST = ("host", "hostaddr", "port")


@dataclass(frozen=True, slots=True)
class CentralHost:
    """One server: ``name`` as an administrator knows it, and the string that leads there alone."""

    name: str
    dsn: str


def central_hosts(dsn: str) -> tuple[CentralHost, ...]:
    """The servers in the order in which the string names them; raises DsnInvalid.

    libpq by itself takes the first that fits. Which one may be written to is for us to say, after
    looking at each. Everything else of the string holds for all of them. A string that names no
    server is one of its own: a socket, or a service of libpq.
    """
    given = parse_dsn(complete_dsn(dsn))
    lists = {name: given.pop(name).split(",") for name in _PER_HOST if name in given}
    count = max((len(lists[name]) for name in ("host", "hostaddr") if name in lists), default=1)
    if any(len(values) not in (1, count) for values in lists.values()):
        # libpq has its own words for lists that do not fit; it will say them
        return (CentralHost("", complete_dsn(dsn)),)
    hosts = []
    for index in range(count):
        own = {name: values[index if len(values) > 1 else 0] for name, values in lists.items()}
        own = {name: value for name, value in own.items() if value}
        name = ":".join(filter(None, (own.get("host") or own.get("hostaddr"), own.get("port"))))
        hosts.append(CentralHost(name, make_dsn(**given, **own)))
    return tuple(hosts)
