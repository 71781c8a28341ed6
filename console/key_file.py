"""The keys that each operator has chosen, one small file for a person in the folder of keys."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from uuid import UUID

from console.keys.chosen import ChosenKeys

LOG = logging.getLogger(__name__)


class KeyFiles:
    """Reads and writes them whole; what cannot be read counts as nothing chosen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, operator_id: UUID) -> ChosenKeys:
        file = self._file(operator_id)
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return ChosenKeys()
        except (OSError, ValueError) as error:
            LOG.warning("keys: %s", type(error).__name__)
            return ChosenKeys()
        return ChosenKeys.read(kept if isinstance(kept, dict) else {})

    def write(self, operator_id: UUID, chosen: ChosenKeys) -> bool:
        """Whether it is on disk now."""
        file = self._file(operator_id)
        beside = file.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(chosen.kept(), indent=1) + "\n", encoding="utf-8")
            os.replace(beside, file)
        except OSError as error:
            LOG.warning("keys: %s", type(error).__name__)
            return False
        return True

    def _file(self, operator_id: UUID) -> Path:
        return self._folder / f"{operator_id}.json"
