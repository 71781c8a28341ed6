"""Why a message could not be brought to its peer."""

from __future__ import annotations

from enum import StrEnum


class TransportFault(StrEnum):
    """What went wrong with a connection, or with finding out where to connect to."""

    NAME_UNKNOWN = "name_unknown"
    REFUSED = "connection_refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "connect_timeout"
    LOST = "connection_lost"
    TLS_CERTIFICATE = "tls_certificate"
    """The peer's certificate is not trusted, or names somebody else."""
    TLS_FAILED = "tls_failed"
    """Any other failure of the TLS handshake, ours not being accepted included."""
