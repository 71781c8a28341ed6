"""Every word the window makes out of codes and values that the engines return.

Sources are English; the Russian stands in ``resources/translations``. Dates are ДД.ММ.ГГГГ and
hours 24, always in the city's zone, which callers pass in already applied.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.words import (
        access,
        announced,
        answer_decisions,
        answer_files,
        answers,
        attention,
        audience,
        by_hand,
        call_control,
        callers,
        calls,
        cards,
        checks,
        city,
        decision,
        diagnostics,
        directory,
        documents,
        editing,
        files,
        finding,
        formats,
        greeting,
        grounds,
        handover,
        headset,
        history,
        hours,
        incidents,
        keys,
        lists,
        look_up,
        messages,
        near,
        nothing_done,
        notices,
        numbers,
        operator_states,
        organs,
        own_desk,
        person_entry,
        persons,
        phone_check,
        photos,
        places,
        planned,
        proposals,
        refusal_grounds,
        regulation,
        reports,
        review,
        scripts,
        shift_check,
        sound,
        spelling,
        status,
        steps,
        terms,
        training,
    )

__all__ = [
    "access",
    "announced",
    "answer_decisions",
    "answer_files",
    "answers",
    "attention",
    "audience",
    "by_hand",
    "call_control",
    "callers",
    "calls",
    "cards",
    "checks",
    "city",
    "decision",
    "diagnostics",
    "directory",
    "documents",
    "editing",
    "files",
    "finding",
    "formats",
    "greeting",
    "grounds",
    "handover",
    "headset",
    "history",
    "hours",
    "incidents",
    "keys",
    "lists",
    "look_up",
    "messages",
    "near",
    "nothing_done",
    "notices",
    "numbers",
    "operator_states",
    "organs",
    "own_desk",
    "person_entry",
    "persons",
    "phone_check",
    "photos",
    "places",
    "planned",
    "proposals",
    "refusal_grounds",
    "regulation",
    "reports",
    "review",
    "scripts",
    "shift_check",
    "sound",
    "spelling",
    "status",
    "steps",
    "terms",
    "training",
]

if not TYPE_CHECKING:  # there a name that is not known is a fault

    def __getattr__(name: str) -> ModuleType:
        """Words are read when they are first spoken: who signs in needs few of them."""
        if name not in __all__:
            raise AttributeError(name)
        return import_module(f"{__name__}.{name}")


def read_all() -> None:
    """Read all of them, so that none has to be read while somebody works."""
    for name in __all__:
        import_module(f"{__name__}.{name}")
