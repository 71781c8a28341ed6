"""Central connection strings: single servers, separation of the password, connection test."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn

from sync.errors import CentralNotReady, DsnInvalid
from sync.store.central.connection import Central, complete_dsn, configured_dsn

_PER_HOST = ("host", "hostaddr", "port")


@dataclass(frozen=True, slots=True)
class CentralHost:
    """One server: the name shown to an administrator, and a DSN that names only this server."""

    name: str
    dsn: str


def central_hosts(dsn: str) -> tuple[CentralHost, ...]:
    """Returns the servers in the order of the DSN; raises DsnInvalid.

    libpq alone takes the first server that fits. This product checks each server and selects the
    one to write to. All other parameters of the DSN apply to every server. A DSN without a server
    name yields one entry: a socket, or a service of libpq.
    """
    given = parse_dsn(complete_dsn(dsn))
    lists = {name: given.pop(name).split(",") for name in _PER_HOST if name in given}
    count = max((len(lists[name]) for name in ("host", "hostaddr") if name in lists), default=1)
    if any(len(values) not in (1, count) for values in lists.values()):
        # libpq reports lists of different lengths itself.
        return (CentralHost("", complete_dsn(dsn)),)
    hosts = []
    for index in range(count):
        own = {name: values[index if len(values) > 1 else 0] for name, values in lists.items()}
        own = {name: value for name, value in own.items() if value}
        name = ":".join(filter(None, (own.get("host") or own.get("hostaddr"), own.get("port"))))
        hosts.append(CentralHost(name, make_dsn(**given, **own)))
    return tuple(hosts)


STEP_LIMIT_S = 4.0
_PORT = "5432"
_VERIFIED = ("verify-ca", "verify-full")
_SSL_REQUEST = struct.pack("!II", 8, 80877103)
"""SSLRequest of the PostgreSQL protocol; the answer is one byte."""
_USUAL_ROOTS = Path("~/.postgresql/root.crt")


class TrialOutcome(StrEnum):
    """Result of a connection test: the first obstacle, or REACHED."""

    REACHED = "reached"
    DSN_UNREADABLE = "dsn_unreadable"
    NAME_UNKNOWN = "name_unknown"
    PORT_CLOSED = "port_closed"
    NO_ANSWER = "no_answer"
    NO_SERVER = "no_server"
    """The service on this port is not PostgreSQL."""
    NO_TLS = "no_tls"
    """The settings require TLS and the server does not support it."""
    CA_FILE = "ca_file"
    """The file of trusted certificates is missing or invalid."""
    CERTIFICATE = "certificate"
    """The certificate is expired or not signed by a trusted authority."""
    CERTIFICATE_NAME = "certificate_name"
    """The certificate is trusted but issued for another server name."""
    PASSWORD = "password"  # noqa: S105
    DATABASE_MISSING = "database_missing"
    NOT_LET_IN = "not_let_in"
    """The server refuses this login or this computer for another reason."""
    SCHEMA_MISSING = "schema_missing"
    SCHEMA_OLD = "schema_old"
    RIGHTS_MISSING = "rights_missing"
    STATION = "station"
    """The login belongs to another workplace."""
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True)
class _Way:
    """Network address, and the server name required in the certificate."""

    address: str
    port: str
    name: str


@dataclass(frozen=True, slots=True)
class DsnParts:
    """A connection string without its password, and the password separately."""

    text: str
    password: str = field(repr=False)


def split_dsn(dsn: str) -> DsnParts:
    """Returns the DSN without its password; raises DsnInvalid, which does not repeat the DSN."""
    given = _parsed(dsn)
    password = given.pop("password", "")
    return DsnParts(make_dsn(**given), password)


def join_dsn(text: str, password: str) -> str:
    """Returns the DSN with the password added; raises DsnInvalid.

    If ``password`` is empty, a password in ``text`` is retained.
    """
    given = _parsed(text)
    if password:
        given["password"] = password
    return str(make_dsn(**given))


def _parsed(dsn: str) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in parse_dsn(dsn).items()}
    except psycopg2.ProgrammingError:
        raise DsnInvalid from None  # the driver's text may repeat a password


def try_centre(dsn: str, ca_file: str | None, station: str) -> TrialOutcome:
    """Tests whether this workplace can use the central database, without changing anything.

    ``station`` is the code of the workplace. Blocks for some seconds.
    """
    try:
        complete = configured_dsn(dsn, ca_file)
    except DsnInvalid:
        return TrialOutcome.DSN_UNREADABLE
    given = _parsed(complete)
    ways = [_try_way(way, given) for way in _ways(given)]
    # One reachable server is enough, as it is for libpq.
    blocked = [way for way in ways if way is not TrialOutcome.REACHED]
    if ways and len(blocked) == len(ways):
        return blocked[0]
    return _try_database(complete, station)


def _ways(given: Mapping[str, str]) -> list[_Way]:
    """Returns the addresses of the servers that are reached over the network."""
    names = (given.get("host") or "").split(",")
    addresses = given["hostaddr"].split(",") if "hostaddr" in given else names
    ports = (given.get("port") or _PORT).split(",")
    if len(names) != len(addresses):
        names = addresses
    if len(ports) != len(addresses):
        ports = ports[:1] * len(addresses)
    return [
        _Way(address, port or _PORT, name)
        for address, port, name in zip(addresses, ports, names, strict=True)
        if address and not address.startswith(("/", "@"))
    ]


def _try_way(server: _Way, given: Mapping[str, str]) -> TrialOutcome:
    try:
        found = socket.getaddrinfo(server.address, server.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return TrialOutcome.NAME_UNKNOWN
    outcome = TrialOutcome.NO_ANSWER
    for family, _kind, _protocol, _name, address in found:
        with socket.socket(family, socket.SOCK_STREAM) as way:
            way.settimeout(STEP_LIMIT_S)
            try:
                way.connect(address)
            except ConnectionRefusedError:
                outcome = TrialOutcome.PORT_CLOSED
                continue
            except OSError:
                continue
            return _try_encryption(way, server.name, given)
    return outcome


def _try_encryption(way: socket.socket, name: str, given: Mapping[str, str]) -> TrialOutcome:
    """Returns the result of the TLS checks that the settings require."""
    mode = given.get("sslmode", "prefer")
    try:
        way.sendall(_SSL_REQUEST)
        answer = way.recv(1)
    except OSError:
        return TrialOutcome.NO_ANSWER
    if answer not in (b"S", b"N"):
        return TrialOutcome.NO_SERVER
    if mode not in (*_VERIFIED, "require"):
        return TrialOutcome.REACHED
    if answer == b"N":
        return TrialOutcome.NO_TLS
    if mode not in _VERIFIED:
        return TrialOutcome.REACHED
    context = _trusting(given.get("sslrootcert", ""))
    if context is None:
        return TrialOutcome.CA_FILE
    context.check_hostname = mode == "verify-full"
    try:
        with context.wrap_socket(way, server_hostname=name):
            return TrialOutcome.REACHED
    except ssl.SSLCertVerificationError as error:
        # X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_IP_ADDRESS_MISMATCH
        is_name = error.verify_code in (62, 64)
        return TrialOutcome.CERTIFICATE_NAME if is_name else TrialOutcome.CERTIFICATE
    except OSError:
        return TrialOutcome.NO_TLS


def _trusting(roots: str) -> ssl.SSLContext | None:
    """Returns a TLS context with the certificates that libpq trusts for this ``sslrootcert``.

    Returns None if the certificate file cannot be used.
    """
    if roots == "system":
        return ssl.create_default_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(roots or _USUAL_ROOTS.expanduser())
    except OSError:  # includes ssl.SSLError
        return None
    return context


def _try_database(dsn: str, station: str) -> TrialOutcome:
    central = Central(dsn)
    try:
        central.look()
        return TrialOutcome.REACHED if central.may_send_as(station) else TrialOutcome.STATION
    except CentralNotReady as error:
        if error.code == "schema_missing":
            return TrialOutcome.SCHEMA_OLD if _has_schema(dsn) else TrialOutcome.SCHEMA_MISSING
        read_only = error.code == "read_only"
        return TrialOutcome.READ_ONLY if read_only else TrialOutcome.RIGHTS_MISSING
    except psycopg2.Error as error:
        return refusal(str(error)) if error.pgcode is None else TrialOutcome.RIGHTS_MISSING
    finally:
        central.close()


def _has_schema(dsn: str) -> bool:
    central = Central(dsn)
    try:
        return central.revision() is not None
    except psycopg2.Error:
        return False
    finally:
        central.close()


# The driver has no code for errors before authentication. The texts are from the English and
# Russian catalogues of PostgreSQL; all texts of a line must occur.
_SAID = (
    (TrialOutcome.PASSWORD, ("password authentication failed",)),
    (TrialOutcome.PASSWORD, ("проверку подлинности",)),
    (TrialOutcome.PASSWORD, ("no password supplied",)),
    (TrialOutcome.DATABASE_MISSING, ("database", "does not exist")),
    (TrialOutcome.DATABASE_MISSING, ("база данных", "не существует")),
    (TrialOutcome.READ_ONLY, ("session is read-only",)),
    (TrialOutcome.READ_ONLY, ("in hot standby mode",)),
)


def refusal(said: str) -> TrialOutcome:
    """Classifies the error text of a server that was reached and refused the connection."""
    return next(
        (outcome for outcome, words in _SAID if all(word in said for word in words)),
        TrialOutcome.NOT_LET_IN,
    )
