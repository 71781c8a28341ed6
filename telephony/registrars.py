"""From the account's names to the addresses of its registrars, best first."""

from __future__ import annotations

import asyncio

from telephony.settings import SipAccount
from telephony.sip.network.network import SipNetwork
from telephony.sip.syntax.address import Address, default_port
from telephony.sip.syntax.uri import GrammarError, parse_host_port


def named_servers(account: SipAccount) -> tuple[tuple[str, int | None], ...]:
    """Host and port of the account's server and of those that stand in for it, in order."""
    servers: list[tuple[str, int | None]] = [(account.server_host, account.server_port)]
    for text in account.backup_servers:
        try:
            servers.append(parse_host_port(text))
        except GrammarError:
            # Not a host at all: the settings only know that it is one word.
            continue
    return tuple(servers)


async def find_registrars(account: SipAccount, network: SipNetwork) -> tuple[Address, ...]:
    """All addresses behind the names, in order (RFC 3263).

    A name that has no address now stays in its place, to be looked up when it is needed.
    """
    named = named_servers(account)
    found = await asyncio.gather(
        *(network.resolve_servers(host, port, account.transport) for host, port in named)
    )
    servers: list[Address] = []
    for (host, port), addresses in zip(named, found, strict=True):
        number = default_port(account.transport) if port is None else port
        servers += addresses or (Address(host, number, account.transport),)
    return tuple(dict.fromkeys(servers))
