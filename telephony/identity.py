"""SIP identity of the account, registrar addresses (RFC 3263), allowed hosts, dialled URIs."""

from __future__ import annotations

import asyncio
import ipaddress
from urllib.parse import quote

from telephony.settings import PhoneSettings, SipAccount, TransportName
from telephony.sip.core import Identity
from telephony.sip.network.network import SipNetwork
from telephony.sip.syntax.address import (
    Address,
    GrammarError,
    NameAddress,
    Uri,
    default_port,
    parse_host_port,
)


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


_NUMBER_SIGNS = frozenset("0123456789+*#")
_USER_SAFE = "-_.!~*'()&=+$,;?/"
USER_AGENT = "edinyi-nomer"


def build_identity(
    settings: PhoneSettings, local: Address, servers: tuple[Address, ...] = ()
) -> Identity:
    """The identity for a socket that others reach at ``local``.

    ``servers`` are the addresses found for the account's servers, best first; without any its
    first server stands under its name.
    """
    account = settings.account
    if account is None:
        uri = Uri("sip", local.host, quote(settings.local_user, safe=_USER_SAFE), local.port)
        return Identity(NameAddress(uri), uri, user_agent=USER_AGENT)
    user = quote(account.user, safe=_USER_SAFE)
    server_uri = _server_uri(account)
    record = Uri("sip", server_uri.host, user, server_uri.port)
    return Identity(
        NameAddress(record, account.display_name),
        _contact(user, local, account.transport),
        servers[0]
        if servers
        else Address(
            account.server_host,
            account.server_port or default_port(account.transport),
            account.transport,
        ),
        server_uri,
        account.auth_user or account.user,
        account.password,
        account.expires_s,
        USER_AGENT,
        account.register,
        servers[1:],
        account.keep_alive_s,
        account.learn_contact,
    )


def _contact(user: str, local: Address, transport: TransportName) -> Uri:
    parameters = () if transport == "udp" else (("transport", transport),)
    return Uri("sip", local.host, user, local.port, parameters)


def _server_uri(account: SipAccount) -> Uri:
    default = default_port(account.transport)
    port = None if account.server_port == default else account.server_port
    return Uri("sip", account.server_host, port=port)


def accepted_hosts(settings: PhoneSettings, server_hosts: frozenset[str]) -> frozenset[str]:
    """The addresses that may begin something here: the registrar's and those of the settings."""
    return server_hosts.union(map(_one_spelling, settings.accept_from))


def _one_spelling(host: str) -> str:
    """The spelling that the sources of datagrams have, of the many of IPv6; names in lower case."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host.lower().removesuffix(".")


def dialled_uri(number: str, account: SipAccount | None) -> Uri | None:
    """The address of a dialled number or URI; None when it is neither, or there is no server."""
    text = number.strip()
    if text.lower().startswith(("sip:", "sips:")):
        try:
            return Uri.parse(text)
        except GrammarError:
            return None
    bare = "".join(sign for sign in text if sign not in " -()")
    dialled = bare if set(bare) <= _NUMBER_SIGNS else text
    if account is None or not dialled or not dialled.isprintable() or " " in dialled:
        return None
    server_uri = _server_uri(account)
    return Uri("sip", server_uri.host, quote(dialled, safe=_USER_SAFE), server_uri.port)


def leads_past_server(
    target: Uri, account: SipAccount | None, servers: tuple[Address, ...]
) -> bool:
    """Whether a dialled URI names a host that is not the account's telephone system.

    The operator's own words decide: who writes another host, or another port of the server's
    host, means that place. ``servers`` are the addresses found for the account's names.
    """
    if account is None:
        return True
    default = default_port(account.transport)
    own = {(_one_spelling(host), port or default) for host, port in named_servers(account)}
    own |= {(_one_spelling(server.host), server.port) for server in servers}
    host = _one_spelling(target.host)
    if target.port is None:
        return host not in {each for each, _ in own}
    return (host, target.port) not in own
