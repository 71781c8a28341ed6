"""Calls that a test leads: under the control of them alone, or in a whole day of work."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from console.bridge import Deliveries
from console.milestones import Milestones
from tests.fakes.console_fakes import Clock
from tests.fakes.day_of_work import DayOfWork
from tests.fakes.led_calls import LedCalls


@pytest.fixture
def bench(owner: QObject, deliveries: Deliveries, milestones: Milestones, clock: Clock) -> LedCalls:
    return LedCalls(owner, deliveries, milestones, clock)


@pytest.fixture
def work(owner: QObject, milestones: Milestones, clock: Clock) -> DayOfWork:
    return DayOfWork(owner, milestones, clock)
