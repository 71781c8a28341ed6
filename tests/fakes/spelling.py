"""A spell checker with the real Russian dictionary of this machine, which ``run.py test``
installs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from console.core.spelling import HunspellDictionary, Speller


def open_speller(folder: Path, titles: Iterable[str] = ()) -> Speller:
    """Opens the spell checker; added words are stored in the folder, ``titles`` are those of the
    directory.
    """
    return Speller(HunspellDictionary(), folder / "added_words.txt", lambda: titles)
