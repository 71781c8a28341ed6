"""pyVoIP's ``SIPMessage``, filled by the SIP parser of this package.

pyVoIP 1.6.8 parses only one of the thirteen valid messages of RFC 4475. ``headers`` and ``body``
have the structure that programs for pyVoIP expect.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

from telephony.sip.sdp import (
    MEDIA_TYPE,
    MediaDescription,
    SdpError,
    SessionDescription,
    parse_sdp,
)
from telephony.sip.syntax.address import GrammarError, NameAddress, Via
from telephony.sip.syntax.message import ParseError, Request, parse_message

with warnings.catch_warnings():
    # pyVoIP imports audioop, which Python 3.11 and 3.12 deprecate; nothing here uses it.
    warnings.simplefilter("ignore", DeprecationWarning)
    # The package has a circular import that works only in this order.
    import pyVoIP.VoIP
    from pyVoIP import RTP, SIP


# Header fields that pyVoIP represents as lists.
_LISTS = ("Allow", "Supported")
_CHALLENGES = ("WWW-Authenticate", "Authorization", "Proxy-Authenticate", "Proxy-Authorization")
_CREDENTIAL = re.compile(r'(\w+)=("[^"]*"|[^\s,"]+)')
_DEFAULT_PORT = "5060"

__all__ = ["SIPMessage", "pyVoIP"]


class SIPMessage(SIP.SIPMessage):
    """SIP request or response. Raises pyVoIP's SIPParseError for invalid data."""

    def parse(self, data: bytes) -> None:
        """Sets ``type``, ``method`` or ``status``, ``headers`` and ``body``."""
        try:
            message = parse_message(data)
        except ParseError as error:
            raise SIP.SIPParseError(error.code) from error
        self.heading = data.lstrip(b"\r\n").split(b"\r\n", 1)[0]
        self.version = "SIP/2.0"
        if isinstance(message, Request):
            self.type = SIP.SIPMessageType.MESSAGE
            self.method = message.method
        else:
            self.type = SIP.SIPMessageType.RESPONSE
            self.status = _status(message.status_code)
        self.headers: dict[str, Any] = {"Via": []}
        try:
            for value in message.values("Via"):
                self.headers["Via"].append(_via(Via.parse(value)))
            for name, value in message.headers:
                if name != "Via":
                    self.headers.setdefault(name, self._value(name, value))
        except GrammarError as error:
            raise SIP.SIPParseError(error.code) from error
        self.headers["Content-Length"] = len(message.body)
        self.body: dict[str, Any] = {}
        if message.content_type == MEDIA_TYPE:
            try:
                self.body = _body(parse_sdp(message.body))
            except SdpError as error:
                raise SIP.SIPParseError(error.code) from error

    def _value(self, name: str, value: str) -> object:
        if name in ("From", "To"):
            return _party(NameAddress.parse(value))
        if name == "CSeq":
            number, _, method = value.partition(" ")
            return {"check": number, "method": method.strip()}
        if name in _LISTS:
            return [item.strip() for item in value.split(",")]
        if name in _CHALLENGES:
            fields = {key: text.strip('"') for key, text in _CREDENTIAL.findall(value)}
            self.authentication = fields
            return fields
        return value


def _status(status_code: int) -> SIP.SIPStatus:
    """Returns pyVoIP's name of the status, or of its class (RFC 3261, section 8.1.3.2)."""
    try:
        return SIP.SIPStatus(status_code)
    except ValueError:
        return SIP.SIPStatus(status_code // 100 * 100)


def _party(address: NameAddress) -> dict[str, Any]:
    """Converts From or To to pyVoIP's structure; ``caller`` is the display name."""
    uri = address.uri
    host = uri.host if uri.port is None else f"{uri.host}:{uri.port}"
    bare = NameAddress(uri, address.display_name)
    return {
        "raw": str(bare),
        "tag": address.tag or "",
        "address": f"{uri.user}@{host}" if uri.user else host,
        "number": uri.number or None,
        "caller": address.display_name,
        "host": host,
    }


def _via(via: Via) -> dict[str, Any]:
    port = _DEFAULT_PORT if via.port is None else str(via.port)
    fields: dict[str, Any] = {"type": f"SIP/2.0/{via.transport}", "address": (via.host, port)}
    return fields | dict(via.parameters)


def _body(description: SessionDescription) -> dict[str, Any]:
    hosts = [
        host for host in (description.host, *(media.host for media in description.media)) if host
    ]
    body: dict[str, Any] = {
        "v": 0,
        "o": {
            "username": description.user,
            "id": description.session_id,
            "version": description.version,
            "network_type": "IN",
            "address_type": _address_type(description.origin_host),
            "address": description.origin_host,
        },
        "c": [
            {
                "network_type": "IN",
                "address_type": _address_type(host),
                "address": host,
                "ttl": None,
                "address_count": 1,
            }
            for host in dict.fromkeys(hosts)
        ],
        "m": [_media(media) for media in description.media],
        "a": {},
    }
    for media in description.media[:1]:
        body["a"]["transmit_type"] = RTP.TransmitType(description.direction_of(media))
    return body


def _media(media: MediaDescription) -> dict[str, Any]:
    attributes: dict[str, dict[str, Any]] = {payload_type: {} for payload_type in media.formats}
    for name, value in media.attributes:
        payload_type, _, text = (value or "").partition(" ")
        if payload_type not in attributes:
            continue
        if name == "rtpmap":
            encoding, frequency, channels = (*text.split("/"), "", "")[:3]
            attributes[payload_type]["rtpmap"] = {
                "id": payload_type,
                "name": encoding,
                "frequency": frequency,
                "encoding": channels or None,
            }
        elif name == "fmtp":
            attributes[payload_type]["fmtp"] = {"id": payload_type, "settings": text.split()}
    return {
        "type": media.kind,
        "port": media.port,
        "port_count": 1,
        "protocol": _protocol(media.protocol),
        "methods": list(media.formats),
        "attributes": attributes,
    }


def _protocol(name: str) -> object:
    try:
        return RTP.RTPProtocol(name)
    except ValueError:
        # pyVoIP's list is short (no RTP/AVPF); the name is more useful than an error.
        return name


def _address_type(host: str) -> str:
    return "IP6" if ":" in host else "IP4"
