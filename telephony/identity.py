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
    """Returns host and port of the account's server and of its backup servers, in order."""
    servers: list[tuple[str, int | None]] = [(account.server_host, account.server_port)]
    for text in account.backup_servers:
        try:
            servers.append(parse_host_port(text))
        except GrammarError:
            # Not a valid host: the settings check only the characters.
            continue
    return tuple(servers)


async def find_registrars(account: SipAccount, network: SipNetwork) -> tuple[Address, ...]:
    """Resolves all server names to addresses, in order (RFC 3263).

    A name without an address remains in the list and is resolved when it is needed.
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
    """Builds the identity for a socket that is reachable at ``local``.

    ``servers`` are the resolved addresses of the account's servers, best first; if empty, the name
    of the first server is used.
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
    """Returns the addresses that may start a call or request: the registrar's and those in the
    settings.
    """
    return server_hosts.union(map(_one_spelling, settings.accept_from))


def _one_spelling(host: str) -> str:
    """Returns the host in normalized spelling: IPv6 as in datagram source addresses, names in lower
    case.
    """
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host.lower().removesuffix(".")


def dialled_uri(number: str, account: SipAccount | None) -> Uri | None:
    """Builds the URI to call for a dialled number or URI; None if the input is neither, or is a
    number and the account has no server.
    """
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
    """Whether a dialled URI bypasses the account's PBX.

    A URI with another host, or with another port of the server's host, bypasses it. ``servers`` are
    the resolved addresses of the account's names.
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
