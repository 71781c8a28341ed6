"""The pages of settings of a workplace where nothing was chosen yet, or something laid down."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from tests.fakes.settings import SettingsBench
from tests.fakes.settings_hands import Open


@pytest.fixture
def bench(tmp_path: Path, owner: QObject, russian: None) -> SettingsBench:
    return SettingsBench(tmp_path, owner)


@pytest.fixture
def laid_down(tmp_path: Path, owner: QObject, russian: None) -> Open:
    """Opens the pages where the administrator's file holds this text."""
    return lambda text: SettingsBench(tmp_path, owner, text)
