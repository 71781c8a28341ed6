"""Which side of an address translator (NAT) an address is on (RFC 3581, RFC 1918)."""

from __future__ import annotations

import ipaddress
from dataclasses import replace

from telephony.sip.syntax.address import Via
from telephony.sip.syntax.uri import Uri, parameter

_PRIVATE = tuple(
    map(
        ipaddress.ip_network,
        (
            *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
            *("127.0.0.0/8", "169.254.0.0/16", "::1/128", "fe80::/10", "fc00::/7"),
        ),
    )
)
_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_private(host: str) -> bool:
    """Whether ``host`` is an address that means another machine in every network."""
    address = _ip(host)
    return address is not None and any(address in network for network in _PRIVATE)


def contact_seen(via: Via, contact: Uri) -> Uri:
    """``contact`` as the server reaches it, by what it has added to our Via; else as it is.

    Over UDP host and port count. A connection leaves from a port of its own, so there only
    another host tells of a translator, and the way back is that connection.
    """
    host = (parameter(via.parameters, "received") or via.host).strip("[]")
    address, known = _ip(host), _ip(contact.host)
    if address is None or known is None or not _is_reachable(address, known):
        return contact
    text = parameter(via.parameters, "rport") or ""
    is_port = text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535
    port = int(text) if is_port else contact.port
    if address == known and (via.transport != "UDP" or port == contact.port):
        return contact
    return replace(contact, host=str(address), port=port)


def _is_reachable(address: _Ip, known: _Ip) -> bool:
    """A server that takes us for its own machine has been reached through a tunnel."""
    if address.is_unspecified or address.is_multicast:
        return False
    return known.is_loopback or not address.is_loopback


def _ip(host: str) -> _Ip | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
