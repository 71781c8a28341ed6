"""Resolves a SIP server name to an ordered list of addresses (RFC 3263, RFC 2782)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from telephony.settings import TransportName
from telephony.sip.network.transport import is_ip_address, look_up_all
from telephony.sip.syntax.address import Address, default_port

if TYPE_CHECKING:
    from dns.asyncresolver import Resolver
    from dns.rdtypes.IN.NAPTR import NAPTR
    from dns.rdtypes.IN.SRV import SRV

_log = logging.getLogger(__name__)
_LIFETIME_S = 2.0
_SERVICES: dict[TransportName, str] = {"udp": "_sip._udp", "tcp": "_sip._tcp", "tls": "_sips._tcp"}
_NAPTR_SERVICES: dict[str, TransportName] = {"SIP+D2U": "udp", "SIP+D2T": "tcp", "SIPS+D2T": "tls"}
_ADDRESSES_LIMIT = 16


class ServiceRecord(NamedTuple):
    """One SRV record."""

    priority: int
    weight: int
    port: int
    target: str


def order_records(
    records: Sequence[ServiceRecord], fraction: Callable[[], float]
) -> list[ServiceRecord]:
    """Returns the records in the order to try: by priority, then weighted random (RFC 2782)."""
    ordered: list[ServiceRecord] = []
    # Weight 0 first, which gives such a record its very small chance.
    left = sorted(records, key=lambda record: (record.priority, record.weight, record.target))
    while left:
        group = [record for record in left if record.priority == left[0].priority]
        chosen = _choose(group, fraction())
        ordered.append(chosen)
        left.remove(chosen)
    return ordered


def _choose(group: Sequence[ServiceRecord], chance: float) -> ServiceRecord:
    total = sum(record.weight for record in group)
    if not total:
        return group[int(chance * len(group))]
    threshold, passed = chance * total, 0
    for record in group:
        passed += record.weight
        if passed >= threshold:
            return record
    return group[-1]


class ServerResolver:
    """Resolves hosts by the operating system and services by DNS.

    ``nameserver`` is an address and a port; None uses the system's. ``fraction`` returns a random
    number from 0 (inclusive) to 1 (exclusive).
    """

    def __init__(
        self,
        fraction: Callable[[], float],
        *,
        as_ipv6: bool = False,
        nameserver: tuple[str, int] | None = None,
    ) -> None:
        self._fraction = fraction
        self._as_ipv6 = as_ipv6
        self._nameserver = nameserver

    async def resolve_servers(
        self, host: str, port: int | None, transport: TransportName | None
    ) -> tuple[Address, ...]:
        """Returns the IP addresses of the server, best first; empty if the name has none.

        With a port only the host is resolved (RFC 3263, section 4.2). Without a transport, NAPTR
        records select the transports; the default is UDP.
        """
        plain = transport or "udp"
        # A name of one label belongs to the local network: DNS has no services for it.
        if is_ip_address(host) or port is not None or "." not in host:
            return await self._hosts(host, port, plain)
        services = await self._find_services(host, transport)
        if services is None:
            return await self._hosts(host, None, plain)
        found: list[Address] = []
        for name, record in services:
            found += await self._hosts(record.target, record.port, name)
        return tuple(dict.fromkeys(found))[:_ADDRESSES_LIMIT]

    async def _hosts(
        self, host: str, port: int | None, transport: TransportName
    ) -> tuple[Address, ...]:
        hosts = [host] if is_ip_address(host) else await self._look_up(host)
        number = default_port(transport) if port is None else port
        return tuple(Address(found, number, transport) for found in hosts)

    async def _look_up(self, host: str) -> list[str]:
        resolver = None if self._nameserver is None else self._resolver()
        if resolver is not None:
            kind = "AAAA" if self._as_ipv6 else "A"
            found = [str(record) for record in await _ask(resolver, host, kind)]
            if found:
                return found
        return await look_up_all(host, as_ipv6=self._as_ipv6)

    async def _find_services(
        self, host: str, transport: TransportName | None
    ) -> list[tuple[TransportName, ServiceRecord]] | None:
        """The service records, best first; None if there are none."""
        resolver = self._resolver()
        if resolver is None:
            return None
        if transport is not None:
            asked = [(transport, f"{_SERVICES[transport]}.{host}")]
        else:
            asked = await _find_transports(resolver, host)
        services: list[tuple[TransportName, ServiceRecord]] = []
        known = False
        for name, service in asked:
            answer: list[SRV] = await _ask(resolver, service, "SRV")
            known = known or bool(answer)
            records = [
                ServiceRecord(r.priority, r.weight, r.port, r.target.to_text(omit_final_dot=True))
                for r in answer
                # A single "." means that the service is not available (RFC 2782).
                if len(r.target) > 1
            ]
            services += [(name, record) for record in order_records(records, self._fraction)]
        return services if known else None

    def _resolver(self) -> Resolver | None:
        # Imported lazily: the module is large, and a server given by its address does not need it.
        from dns.asyncresolver import Resolver
        from dns.resolver import NoResolverConfiguration

        try:
            resolver = Resolver(configure=self._nameserver is None)
        except NoResolverConfiguration:
            _log.info("dns: no server configured")
            return None
        if self._nameserver is not None:
            resolver.nameservers = [self._nameserver[0]]
            resolver.port = self._nameserver[1]
        return resolver


async def _find_transports(resolver: Resolver, host: str) -> list[tuple[TransportName, str]]:
    """Transports with the names of their services, best first (RFC 3263, section 4.1)."""
    answer: list[NAPTR] = await _ask(resolver, host, "NAPTR")
    named = [
        (_NAPTR_SERVICES[service], record.replacement.to_text(omit_final_dot=True))
        for record in sorted(answer, key=lambda record: (record.order, record.preference))
        if (service := record.service.decode("ascii", "replace").upper()) in _NAPTR_SERVICES
    ]
    return named or [("udp", f"{_SERVICES['udp']}.{host}")]


async def _ask(resolver: Resolver, name: str, kind: str) -> list[Any]:
    """The records of one response; empty on any error."""
    from dns.exception import DNSException

    try:
        answer = await resolver.resolve(name + ".", kind, lifetime=_LIFETIME_S, search=False)
    except (DNSException, OSError) as error:
        _log.debug("dns: no %s record: %s", kind, type(error).__name__)
        return []
    return list(answer)
