"""What an INVITE says about a call beside who calls whom, for the register."""

from __future__ import annotations

from telephony.events import CallFacts
from telephony.sip.facts.caller import line_header, read_caller, text_or_address
from telephony.sip.facts.diversion import read_diversions
from telephony.sip.syntax.header_text import addresses, shown, shown_number, unquoted, values_of
from telephony.sip.syntax.message import Request, canonical_name
from telephony.sip.syntax.uri import GrammarError, parameter, parse_parameters

_QUEUE_HEADERS = (
    "X-Queue-Name",
    "X-Queue",
    "X-Asterisk-Queue",
    "X-Queue-ID",
    "X-Line",
    "X-Line-Name",
)
# "Answer-Mode: Manual" is the other value; P-Auto-Answer has "normal".
_MODES = ("Answer-Mode", "Priv-Answer-Mode", "P-Auto-Answer")
_AUTO_ANSWER_WORDS = ("alert-autoanswer", "auto answer", "auto-answer", "ring answer")


def read_facts(invite: Request, *, trusted: bool, replaces: str | None = None) -> CallFacts:
    """The facts of a call; ``replaces`` is the call whose place it takes.

    ``trusted`` tells that the INVITE came from the registrar or another named address. What a
    stranger says of the call's way here is as good as his From; but nobody vouches for his
    number, and he cannot have a call answered by itself.
    """
    referrers = addresses(invite, "Referred-By")
    referred_by = ""
    if referrers:
        referred_by = shown_number(referrers[0].uri) or shown(str(referrers[0].uri))
    return CallFacts(
        asserted=read_caller(invite, trusted=trusted).asserted,
        diversions=read_diversions(invite),
        queue=_queue(invite),
        referred_by=referred_by,
        replaces=replaces,
        auto_answer=trusted and auto_answer_after_s(invite) is not None,
    )


def _queue(invite: Request) -> str:
    for name in _QUEUE_HEADERS:
        text = text_or_address(invite.first(canonical_name(name)) or "")
        if text:
            return text
    return line_header(invite)


def auto_answer_after_s(invite: Request) -> float | None:
    """After how long the call is to be answered without the operator; None when it is not.

    By Call-Info ``answer-after``, by the words of Alert-Info and P-Auto-Answer that telephone
    systems use, or by Answer-Mode (RFC 5373).
    """
    for value in values_of(invite, "Call-Info"):
        delay_s = _answer_after_s(value)
        if delay_s is not None:
            return delay_s
    alerts = " ".join(values_of(invite, "Alert-Info")).lower()
    if any(words in alerts for words in _AUTO_ANSWER_WORDS):
        return 0.0
    asked = {_first_word(value) for name in _MODES for value in values_of(invite, name)}
    return 0.0 if asked & {"auto", "normal"} else None


def _first_word(value: str) -> str:
    return value.partition(";")[0].strip(" \t").lower()


def _answer_after_s(value: str) -> float | None:
    """``<sip:pbx>;answer-after=0``, also in quotes or without an address."""
    try:
        parameters = parse_parameters(value)
    except GrammarError:
        return None
    delay = unquoted(parameter(parameters, "answer-after"))
    return float(delay) if delay.isascii() and delay.isdigit() and len(delay) <= 3 else None
