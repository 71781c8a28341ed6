"""Display texts of synonym pairs, failed searches, overdue checks, and topic proposals."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.core.formats import Counted, date_text
from console.features.directory_editor.words import field_name, history_who, never_checked
from console.shared.directory.words import entry_kind
from kb.entries.changes import Decision, Synonym
from kb.entries.checks import StaleEntry
from kb.search.rewording import KeptSynonym, SynonymSuggestion
from kb.search.usage import UnansweredSearch

# --- synonyms ---


def synonym(pair: Synonym) -> str:
    return f"{pair.phrase} {'↔' if pair.both_ways else '→'} {pair.meaning}"


def synonym_mark(
    kept: KeptSynonym | None, suggestion: SynonymSuggestion | None
) -> tuple[str, str, str]:
    """Returns label, icon and colour role of a synonym pair in the list."""
    if suggestion is not None:
        return Counted().times(suggestion.rewording.times), "lightbulb", "accent"
    if kept is not None and kept.closed_at is not None:
        return QCoreApplication.translate("Words", "closed"), "minus-circle", "text-2"
    return "", "arrows-left-right", "text-2"


def new_pair(pair: Synonym) -> str:
    """Returns the list text of a new pair of which one side is still empty."""
    text = pair.phrase.strip() or pair.meaning.strip()
    new = QCoreApplication.translate("Words", "New pair")
    return f"{new}: {text}" if text else new


def given(by: str, at_local: datetime) -> str:
    """Returns author and time of a pair; a pair without an author is from the starter list."""
    if by:
        return history_who(by, at_local)
    text = QCoreApplication.translate("Words", "%1 · starter list")
    return text.replace("%1", date_text(at_local.date()))


def closed_by(by: str, at_local: datetime) -> str:
    text = QCoreApplication.translate("Words", "Closed: %1. Save it to reactivate.")
    return text.replace("%1", history_who(by, at_local))


def found_instead(title: str) -> str:
    return QCoreApplication.translate("Words", "then found “%1”").replace("%1", title)


def suggested_because(suggestion: SynonymSuggestion) -> str:
    """Returns the explanation of a suggested pair: the operators' searches that it is based on."""
    seen = suggestion.rewording
    text = QCoreApplication.translate(
        "Words", "Searched for “%1” without results, then found “%2” by “%3”: %4"
    )
    return (
        text.replace("%4", Counted().times(seen.times))
        .replace("%1", seen.query)
        .replace("%2", suggestion.title)
        .replace("%3", seen.found_by)
    )


def meaning_finds(titles: Sequence[str]) -> str:
    if not titles:
        return QCoreApplication.translate(
            "Words", "These words find nothing: the synonym will not help"
        )
    text = QCoreApplication.translate("Words", "It will find: %1")
    return text.replace("%1", " · ".join(titles))


def side_is_empty(name: str) -> str:
    if name == "phrase":
        return QCoreApplication.translate("Words", "Enter what people say")
    return QCoreApplication.translate("Words", "Enter what the directory calls it")


def sides_are_the_same() -> str:
    return QCoreApplication.translate("Words", "The words are the same: enter others")


def synonym_saved(pair: Synonym) -> str:
    text = QCoreApplication.translate("Words", "Synonym saved: %1")
    return text.replace("%1", synonym(pair))


def synonym_works() -> str:
    return QCoreApplication.translate("Words", "Search uses it from now on.")


def synonym_closed(pair: Synonym) -> str:
    text = QCoreApplication.translate("Words", "Synonym closed: %1")
    return text.replace("%1", synonym(pair))


def suggestion_declined() -> str:
    return QCoreApplication.translate("Words", "It will not be suggested again")


# --- failed searches ---


def times(count: int) -> str:
    return Counted().times(count)


def asked_last(search: UnansweredSearch) -> str:
    """Returns the day of the last search and its number of results as text."""
    found = (
        QCoreApplication.translate("Words", "nothing found")
        if search.found == 0
        else QCoreApplication.translate("Words", "found %1, none useful").replace(
            "%1", str(search.found)
        )
    )
    return f"{date_text(search.last_on)} · {found}"


def looked_for_in_vain(search: UnansweredSearch) -> str:
    return f"{Counted().times(search.times)} · {asked_last(search)}"


def settled(query: str) -> str:
    return QCoreApplication.translate("Words", "Handled: “%1”").replace("%1", query)


def in_vain(count: int) -> str:
    """Returns the chart label for the number of times a query did not lead to the entry."""
    return QCoreApplication.translate("Words", "%1 not found").replace("%1", str(count))


# --- entries overdue for a check ---


def nobody_answers() -> str:
    return QCoreApplication.translate("Words", "No one is responsible")


def stale_note(entry: StaleEntry) -> str:
    """Returns kind, day of the last check, and number of overdue days as text."""
    if entry.checked_on is None or entry.days_over is None:
        return f"{entry_kind(entry.kind)} · {never_checked()}"
    over = Counted().days_over(entry.days_over)
    return f"{entry_kind(entry.kind)} · {date_text(entry.checked_on)} · {over}"


def checked(title: str) -> str:
    return QCoreApplication.translate("Words", "Checked today: “%1”").replace("%1", title)


def stale_file_name() -> str:
    return QCoreApplication.translate("Words", "outdated-entries")


def section_count(text: str, count: int) -> str:
    return f"{text} {count}" if count else text


def part_name(name: str) -> str:
    match name:
        case "entry":
            return QCoreApplication.translate("Words", "What to change")
        case "parent":
            return QCoreApplication.translate("Words", "Within the topic")
        case "name":
            return QCoreApplication.translate("Words", "Name")
        case "owner":
            return QCoreApplication.translate("Words", "Responsible")
        case "organ":
            return QCoreApplication.translate("Words", "Proposed by")
        case _:
            return field_name(name)


def missing(name: str) -> str:
    return {
        "name": QCoreApplication.translate("Words", "Enter the name (par. 4.2)"),
        "owner": QCoreApplication.translate("Words", "Choose the responsible authority (par. 4.2)"),
        "route": QCoreApplication.translate("Words", "Enter how messages are routed (par. 4.2)"),
        "organ": QCoreApplication.translate("Words", "Choose the proposing authority"),
    }[name]


def reason_is_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the reason: the authority needs it")


def state(decision: Decision | None) -> tuple[str, str, str]:
    """Returns label, icon and colour role of a proposal's decision."""
    if decision is None:
        return QCoreApplication.translate("Words", "pending"), "hourglass-medium", "warn"
    if decision.accepted:
        return QCoreApplication.translate("Words", "accepted"), "check-circle-fill", "ok"
    return QCoreApplication.translate("Words", "declined", "a proposal"), "minus-circle", "text-2"


def waits() -> str:
    return QCoreApplication.translate("Words", "Awaiting the supervisor's decision")


def decision(made: Decision, who: str) -> str:
    word = state(made)[0]
    text = f"{word[:1].upper()}{word[1:]} · {who}"
    return f"{text}: {made.reason}" if made.reason else text


def written_down() -> str:
    return QCoreApplication.translate("Words", "Proposal recorded")


def decided(accepted: bool) -> str:
    if accepted:
        return QCoreApplication.translate("Words", "Accepted: directory changed")
    return QCoreApplication.translate("Words", "Declined: directory unchanged")
