"""Display texts of call scripts and canned texts, and errors in their files."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from console.core.formats import Counted
from sync.register.calls.phrases import FoundPhraseFault, PhraseFault
from sync.register.calls.scripts import FoundFault, ScriptFault


def progress(done: int, steps: int) -> str:
    text = QCoreApplication.translate("Words", "%1 of %2")
    return text.replace("%1", str(done)).replace("%2", str(steps))


def danger_head() -> str:
    return QCoreApplication.translate("Words", "112 first")


def aloud(say: str, seconds: int) -> str:
    """Returns the text to say to the caller, with its duration."""
    return f"«{say}» · {Counted().seconds_aloud(seconds)}"


def not_kept() -> tuple[str, str]:
    """Returns title and text of the notice that a completed step was not saved."""
    return (
        QCoreApplication.translate("Words", "Script step not saved"),
        QCoreApplication.translate("Words", "It will be marked automatically once saving works."),
    )


def bad_file(name: str) -> str:
    text = QCoreApplication.translate("Words", "The file %1 is ignored")
    return text.replace("%1", name)


def bad_files(bad: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """Returns title and text about ignored files, each with its first error; None without
    errors.
    """
    if not bad:
        return None
    name, why = bad[0]
    lines = [why, *(f"{bad_file(name)}: {why}" for name, why in bad[1:])]
    return bad_file(name), "\n".join(lines)


def unreadable(why: str) -> str:
    """Returns the error of an invalid TOML file; ``why`` is the parser's message with the line."""
    text = QCoreApplication.translate("Words", "Cannot read it: %1")
    return text.replace("%1", why)


def fault(found: FoundFault | FoundPhraseFault) -> str:
    """Returns the error and its location in the file, for the administrator.

    A test covers all members.
    """
    place = found.phrase if isinstance(found, FoundPhraseFault) else found.step
    texts = _of_a_part() if place else _of_the_whole()
    return texts[found.fault].replace("%1", place).replace("%2", found.detail)


def _of_the_whole() -> dict[ScriptFault | PhraseFault, str]:
    field = QCoreApplication.translate("Words", "No such setting: “%2”")
    value = QCoreApplication.translate("Words", "“%2” has a value of the wrong type")
    return {
        ScriptFault.UNKNOWN_FIELD: field,
        PhraseFault.UNKNOWN_FIELD: field,
        ScriptFault.WRONG_TYPE: value,
        PhraseFault.WRONG_TYPE: value,
        ScriptFault.NO_TITLE: QCoreApplication.translate("Words", "The script has no title"),
        ScriptFault.NO_STEPS: QCoreApplication.translate("Words", "The script has no steps"),
        ScriptFault.UNKNOWN_CALLER: QCoreApplication.translate(
            "Words", "Unknown caller type “%2”: use new, repeated, media or official"
        ),
        PhraseFault.NO_PHRASES: QCoreApplication.translate("Words", "The file has no texts"),
    }


def _of_a_part() -> dict[ScriptFault | PhraseFault, str]:
    """Returns the errors of a single step or text, whose name replaces %1."""
    field = QCoreApplication.translate("Words", "“%1”: no such setting: “%2”")
    value = QCoreApplication.translate("Words", "“%1”: “%2” has a value of the wrong type")
    return {
        ScriptFault.UNKNOWN_FIELD: field,
        PhraseFault.UNKNOWN_FIELD: field,
        ScriptFault.WRONG_TYPE: value,
        PhraseFault.WRONG_TYPE: value,
        ScriptFault.STEP_WITHOUT_KEY: QCoreApplication.translate("Words", "Step %1 has no key"),
        ScriptFault.STEP_WITHOUT_TEXT: QCoreApplication.translate("Words", "Step “%1” has no text"),
        ScriptFault.KEY_TWICE: QCoreApplication.translate("Words", "Two steps are named “%1”"),
        ScriptFault.THEN_AND_ANSWER: QCoreApplication.translate(
            "Words", "Step “%1” continues by its answers: remove “then”"
        ),
        ScriptFault.NO_SUCH_STEP: QCoreApplication.translate(
            "Words", "Step “%1” leads to “%2”, which does not exist"
        ),
        ScriptFault.LEADS_BACK: QCoreApplication.translate(
            "Words", "Step “%1” leads back to “%2”: steps can only lead forward"
        ),
        ScriptFault.NEVER_COME_TO: QCoreApplication.translate(
            "Words", "No answer leads to step “%1”"
        ),
        PhraseFault.NO_TRIGGER: QCoreApplication.translate("Words", "Text %1 has no trigger word"),
        PhraseFault.TRIGGER_OF_SEVERAL_WORDS: QCoreApplication.translate(
            "Words", "“%1” is several words: a trigger is one word"
        ),
        PhraseFault.NO_TEXT: QCoreApplication.translate("Words", "Text “%1” is empty"),
        PhraseFault.TRIGGER_TWICE: QCoreApplication.translate(
            "Words", "Two texts have the trigger “%1”"
        ),
        PhraseFault.UNKNOWN_VARIABLE: QCoreApplication.translate(
            "Words", "Text “%1”: no such variable “{%2}”"
        ),
    }
