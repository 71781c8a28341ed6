"""Words of proposals on topics and of what became of them."""

from PySide6.QtCore import QCoreApplication

from console.words.editing import field_name
from kb.proposals import Decision


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
        "name": QCoreApplication.translate("Words", "Write the name (par. 4.2)"),
        "owner": QCoreApplication.translate("Words", "Choose the body responsible (par. 4.2)"),
        "route": QCoreApplication.translate("Words", "Write how messages are routed (par. 4.2)"),
        "organ": QCoreApplication.translate("Words", "Choose the body that proposes it"),
    }[name]


def reason_is_needed() -> str:
    return QCoreApplication.translate("Words", "Write why: the body will want to know")


def state(decision: Decision | None) -> tuple[str, str, str]:
    """Word, icon and colour role of a proposal."""
    if decision is None:
        return QCoreApplication.translate("Words", "to decide"), "hourglass-medium", "warn"
    if decision.accepted:
        return QCoreApplication.translate("Words", "accepted"), "check-circle-fill", "ok"
    return QCoreApplication.translate("Words", "declined", "a proposal"), "minus-circle", "text-2"


def waits() -> str:
    return QCoreApplication.translate("Words", "Waits for the supervisor's decision")


def decision(made: Decision, who: str) -> str:
    word = state(made)[0]
    text = f"{word[:1].upper()}{word[1:]} · {who}"
    return f"{text}: {made.reason}" if made.reason else text


def written_down() -> str:
    return QCoreApplication.translate("Words", "The proposal is written down")


def decided(accepted: bool) -> str:
    if accepted:
        return QCoreApplication.translate("Words", "Accepted: the directory is changed")
    return QCoreApplication.translate("Words", "Declined: the directory stays as it is")
