"""A presence as the document that is published: PIDF (RFC 3863) with RPID (RFC 4480)."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from telephony.presence import Presence
from telephony.sip.syntax.uri import Uri

MEDIA_TYPE = "application/pidf+xml"
_PIDF = "urn:ietf:params:xml:ns:pidf"


def presence_document(presence: Presence, entity: Uri, tuple_id: str) -> bytes:
    """The document about ``entity``; ``tuple_id`` keeps this phone apart from others of it.

    Without line breaks or a moment: with credentials it still has to go into one datagram.
    """
    basic = "open" if presence.takes_calls else "closed"
    activities = "".join(f"<r:{activity}/>" for activity in presence.activities)
    person = f"<d:person id={quoteattr(f'p{tuple_id}')}><r:activities>{activities}</r:activities>"
    namespaces = (
        f' xmlns:d="{_PIDF}:data-model" xmlns:r="{_PIDF}:rpid"' if presence.activities else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<presence xmlns="{_PIDF}"{namespaces} entity={quoteattr(str(entity))}>'
        f"<tuple id={quoteattr(f't{tuple_id}')}><status><basic>{basic}</basic></status></tuple>"
        f"{person + '</d:person>' if activities else ''}"
        "</presence>"
    ).encode()
