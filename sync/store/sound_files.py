"""The files with the sound of calls, as an erasure takes them away: all of them, or none.

A file is set aside under another name while the erasure is being written, and removed once it
stands; where it came to nothing, the file has its name again. That name says which store has set
it aside: workplaces may share one folder, and only that store knows what became of the erasure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sync.register.persons import SoundFate

ASIDE = ".erasing"


class SoundFiles:
    """The folder of the recordings; None where it is not known. Belongs to one thread at a time."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._aside: list[Path] = []

    def set_aside(self, names: Iterable[str], store: UUID) -> dict[str, SoundFate]:
        """What becomes of each of these files, which ``store`` erases."""
        return {name: self._put_away(name, store) for name in names}

    def remove(self) -> None:
        """The erasure stands: remove what was set aside. What stays is removed by ``settle``."""
        for file in self._aside:
            _unlink(file)
        self._aside.clear()

    def bring_back(self) -> None:
        """The erasure came to nothing: give the files their names again, or ``settle`` does."""
        for file in self._aside:
            _give_back(file)
        self._aside.clear()

    def settle(self, known: Collection[str], store: UUID) -> None:
        """End what a stop of the program has interrupted; ``known`` are the files of this store."""
        if self._folder is None or not _is_there(self._folder):
            return
        for file in self._folder.glob(f"*{_aside(store)}"):
            if file.name.removesuffix(_aside(store)) in known:
                _give_back(file)
            else:
                _unlink(file)

    def _put_away(self, name: str, store: UUID) -> SoundFate:
        if self._folder is None:
            return SoundFate.NO_FOLDER
        if not _is_there(self._folder):
            return SoundFate.REFUSED
        file = self._folder / Path(name).name
        aside = file.with_name(f"{file.name}{_aside(store)}")
        try:
            file.rename(aside)
        except FileNotFoundError:
            return SoundFate.MISSING
        except OSError:
            return SoundFate.REFUSED
        self._aside.append(aside)
        return SoundFate.REMOVED


@contextmanager
def kept_whole(files: SoundFiles) -> Iterator[None]:
    """What was set aside within is removed at the end, and brought back where that failed."""
    try:
        yield
    except BaseException:
        files.bring_back()
        raise
    files.remove()


def _aside(store: UUID) -> str:
    return f".{store.hex}{ASIDE}"


def _is_there(folder: Path) -> bool:
    """Whether the disk is there: of one in a network an empty folder, or none, is left behind."""
    try:
        return any(folder.iterdir())
    except OSError:
        return False


def _give_back(file: Path) -> None:
    try:
        file.rename(file.with_suffix("").with_suffix(""))
    except OSError:
        return  # the next ``settle`` finds it


def _unlink(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return  # the next ``settle`` finds it
