"""The program's own modules in the order in which somebody waits for them.

A start reads in what asks who works here, shows it, and then this, while a password is typed.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from console import assembly, presenters, views, words
from console.pacing.collector import not_looking
from console.views import components

ENGINES = (
    "kb.answers",
    "kb.exporters",
    "kb.importers",
    "kb.store",
    "kb.typing_slips",
    "sync.anchoring",
    "sync.backups",
    "sync.daily_jobs",
    "sync.exchange.central_editing",
    "sync.exchange.central_reading",
    "sync.exchange.feed_reader",
    "sync.exchange.notice_texts",
    "sync.exchange.operator_sign_in",
    "sync.exchange.own_desk_roaming",
    "sync.exchange.sender",
    "sync.jobs",
    "sync.notice_jobs",
    "sync.page_reading",
    "sync.register.calendar_files",
    "sync.register.checks.morphology",
    "sync.register.checks.personal.known",
    "sync.register.email_reading",
    "sync.register.handling.offered",
    "sync.register.handling.split",
    "sync.register.hours",
    "sync.register.likeness.distance",
    "sync.register.likeness.nearby",
    "sync.register.message_statistics.other_organs",
    "sync.register.message_statistics.report",
    "sync.register.message_statistics.unfit",
    "sync.register.operator_days",
    "sync.register.part_of_day",
    "sync.register.photos.judgement",
    "sync.register.phrases",
    "sync.register.places.book",
    "sync.register.scripts.choice",
    "sync.register.scripts.reading",
    "sync.register.training.scoring",
    "sync.store.answer_files",
    "sync.store.central_call_report",
    "sync.store.central_feed",
    "sync.store.central_trial",
    "sync.store.city",
    "sync.store.city_feed",
    "sync.store.claim_board",
    "sync.store.handling_feed",
    "sync.store.handovers",
    "sync.store.incident_feed",
    "sync.store.incidents",
    "sync.store.known_persons",
    "sync.store.missed_calls",
    "sync.store.operator_states",
    "sync.store.photos",
    "sync.store.place_file",
    "sync.store.planned_feed",
    "sync.store.recordings",
    "sync.store.regulation_file",
    "sync.store.reopening",
    "sync.store.script_steps",
    "sync.store.shared_settings",
    "sync.store.shift_checks",
    "sync.store.store_facts",
    "sync.store.told_erasures",
    "sync.store.votes",
    "telephony.alarm",
    "telephony.device_list",
    "telephony.device_presence",
    "telephony.findings",
    "telephony.headset.agreement",
    "telephony.headset.watch",
)
"""With what these ask for it is all that words, presenters, pages and assembly ask for of them."""


def read_in_engines() -> None:
    """What stands behind the window and knows no Qt, so that any thread may read it in.

    The modules are then there when the GUI thread asks for them.
    """
    for module in ENGINES:
        importlib.import_module(module)


def read_in_window() -> Iterator[None]:
    """Words, presenters, pages and what puts them together, a module a step; GUI thread only."""
    with not_looking():
        for package in (words, presenters, components, views, assembly):
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                importlib.import_module(module.name)
                yield
        importlib.import_module("console.app")
        yield
