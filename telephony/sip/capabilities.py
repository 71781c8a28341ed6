"""Headers that state what the phone supports, and the answer to OPTIONS (RFC 3261, section 11)."""

from __future__ import annotations

from telephony.sip.core import Core
from telephony.sip.sdp import MEDIA_TYPE
from telephony.sip.syntax.message import Headers, Request
from telephony.sip.transactions import TransactionKey


def session_headers(core: Core) -> Headers:
    """Returns Contact, Allow and Supported, required to create or change a session."""
    return (core.contact_header, core.allow_header, core.supported_header)


def answer_options(core: Core, key: TransactionKey, request: Request) -> None:
    """Answers OPTIONS with 200 (RFC 3261, section 11.2)."""
    headers = (
        *session_headers(core),
        ("Accept", MEDIA_TYPE),
        ("Accept-Encoding", "identity"),
        ("Accept-Language", "ru, en"),
    )
    tag = core.identifiers.tag()
    core.respond(key, core.response(request, 200, tag=tag, headers=headers))
