"""The program's own modules in the order in which somebody waits for them.

A start reads in what asks who works here, shows it, and then this, while a password is typed.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from console import assembly, presenters, views, words
from console.collector import not_looking


def read_in_engines() -> None:
    """What stands behind the window and knows no Qt, so that any thread may read it in."""
    # For the side effect: the modules are then there when the GUI thread asks for them.
    from kb import importers, store  # noqa: F401
    from sync import daily_jobs, jobs  # noqa: F401
    from sync.exchange import feed_reader, notice_texts, sender  # noqa: F401
    from sync.register.checks import morphology  # noqa: F401
    from sync.register.photos import judgement  # noqa: F401
    from sync.store import central_call_report, central_feed, city  # noqa: F401


def read_in_window() -> Iterator[None]:
    """Words, presenters, pages and what puts them together, a module a step; GUI thread only."""
    with not_looking():
        for package in (words, presenters, views, assembly):
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                importlib.import_module(module.name)
                yield
        importlib.import_module("console.app")
        yield
