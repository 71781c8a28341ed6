"""Words of what is known of a caller: earlier calls and open messages."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.words.cards import result_name
from console.words.formats import Counted, date_text, first_line
from console.words.steps import state_name
from sync.store.known_callers import FormerCall, KnownCaller, OpenMessage

Category = Callable[[str | None], str]
"""The words for a category's key; empty for none."""


def known_line(known: KnownCaller, category: Category, zone: ZoneInfo) -> str:
    """The newest open message and the newest call in one line; empty where nothing is known."""
    parts = [message_words(one, category) for one in known.messages[:1]]
    if len(known.messages) > 1:
        parts.append(Counted().further_messages(len(known.messages) - 1))
    parts += [call_words(one, category, zone) for one in known.calls[:1]]
    if len(known.calls) > 1:
        parts.append(Counted().further_calls(len(known.calls) - 1))
    return _begun(" · ".join(parts))


def known_detail(known: KnownCaller, category: Category, zone: ZoneInfo) -> str:
    """Everything that is known, a line each."""
    lines = [message_words(one, category) for one in known.messages]
    lines += [_begun(call_words(one, category, zone)) for one in known.calls]
    return "\n".join(lines)


def message_words(one: OpenMessage, category: Category) -> str:
    text = QCoreApplication.translate("Words", "Message № %1, %2: %3")
    about = category(one.category) or first_line(one.about)
    text = text.replace("%1", str(one.number)).replace("%2", state_name(one.state))
    return text.replace("%3", about)


def call_words(one: FormerCall, category: Category, zone: ZoneInfo) -> str:
    about = category(one.category) or first_line(one.about)
    result = "" if one.result is None else result_name(one.result)
    told = " — ".join(part for part in (about, result) if part)
    text = QCoreApplication.translate("Words", "call of %1: %2")
    return text.replace("%1", date_text(one.at.astimezone(zone).date())).replace("%2", told)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
