"""Recordings of an erased call are deleted with its text, or the report states the reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from sync.commands.person_documents import Act, PersonDocuments
from sync.records.replicated_tables import audit
from sync.records.workplace_tables import call_recording
from sync.register.audit import AuditKind
from sync.register.calls import calls
from sync.register.calls.calls import CallResult
from sync.register.people.persons import FoundRecord, PersonQuery, Sound, SoundFate
from sync.register.people.values import PersonName
from sync.store.local.calls.recordings import (
    ASIDE,
    CallRecordings,
    SoundFiles,
    SoundsErased,
    end_sounds,
)
from sync.store.local.people.persons import LocalPersons
from sync.store.local.register import RegisterStore
from tests.fakes.persons import PHONE, save_call
from tests.fakes.records import OPERATOR, RANG_AT, closed

ACT = UUID(int=77)
PERSON = PersonQuery(phone=PHONE)
HERE, ELSEWHERE = UUID(int=1), UUID(int=2)  # two stores
OWN, ASKED, OTHERS = "20261125-a.flac", "20261125-b.sealed", "20261125-c.flac"


def no_paper(_found: Sequence[FoundRecord]) -> None:
    """Writes no report."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "records"
    made.mkdir()
    for name in (OWN, ASKED, OTHERS):
        (made / name).write_bytes(b"sound")
    return made


@pytest.fixture
def recorded(store: RegisterStore) -> RegisterStore:
    """A call of the person with two files and an additional question, and a call of another
    person.
    """
    call = save_call(store, 1)
    question = store.open_further(call, OPERATOR).result()
    question = calls.edit(question, content="И ещё", result=CallResult.ANSWERED)
    store.close(closed(question)).result()
    other = save_call(store, 2, name=PersonName("Иная", "Иная", ""))
    recordings = CallRecordings(store)
    for file, record in ((OWN, call), (ASKED, call), (OTHERS, other)):
        recordings.note(record.sip_call_id, file, RANG_AT).result()
    return store


def named(store: RegisterStore) -> set[str]:
    """The files that the store refers to."""
    return set(store.read(lambda c: c.scalars(select(call_recording.c.file)).all()))


def erase(store: RegisterStore, files: SoundFiles) -> list[Sound]:
    asked = PersonQuery(PHONE, None, PersonName("Приметноев", "Проба", "Пробовна"))
    found = LocalPersons(store, files).erase(asked, ACT, RANG_AT, no_paper)
    return [sound for record in found for sound in record.sounds]


def test_the_files_and_what_is_known_of_them_go_once_and_nothing_of_others(
    recorded: RegisterStore, folder: Path
) -> None:
    asked = LocalPersons(recorded).find(PERSON)
    assert {sound for one in asked for sound in one.sounds} == {
        Sound(OWN), Sound(ASKED), Sound(OTHERS)
    }  # fmt: skip

    told = erase(recorded, SoundFiles(folder))

    assert told == [Sound(OWN, SoundFate.REMOVED), Sound(ASKED, SoundFate.REMOVED)]
    assert [file.name for file in folder.iterdir()] == [OTHERS]
    assert named(recorded) == {OTHERS}


def test_the_act_names_each_file_with_what_became_of_it(
    recorded: RegisterStore, folder: Path, tmp_path: Path
) -> None:
    (folder / OWN).unlink()
    act = Act(ACT, RANG_AT, PERSON, "Проба П. П.", "Заявление")
    papers: list[Path] = []

    def on_paper(found: Sequence[FoundRecord]) -> None:
        papers.extend(PersonDocuments().write_act(act, found, tmp_path))

    LocalPersons(recorded, SoundFiles(folder)).erase(PERSON, ACT, RANG_AT, on_paper)

    for paper in (papers[0], papers[2]):
        text = " ".join(paper.read_text().split())
        assert f"запись разговора {OWN}" in text
        assert "файла уже не было" in text
        assert f"запись разговора {ASKED}" in text
        assert "файл удалён" in text


def test_a_paper_that_cannot_be_written_leaves_files_and_rows(
    recorded: RegisterStore, folder: Path
) -> None:
    def refused(_found: Sequence[FoundRecord]) -> None:
        assert not (folder / OWN).exists(), "set aside by now"
        raise OSError("no folder")

    with pytest.raises(OSError, match="no folder"):
        LocalPersons(recorded, SoundFiles(folder)).erase(PERSON, ACT, RANG_AT, refused)

    assert {file.name for file in folder.iterdir()} == {OWN, ASKED, OTHERS}
    assert named(recorded) == {OWN, ASKED, OTHERS}


def test_what_could_not_be_removed_is_told_and_removed_by_the_workplace_later(
    recorded: RegisterStore, folder: Path
) -> None:
    assert end_sounds(recorded, SoundFiles(folder)) == SoundsErased(0, 0)
    assert {sound.fate for sound in erase(recorded, SoundFiles(None))} == {SoundFate.NO_FOLDER}
    assert named(recorded) == {OWN, ASKED, OTHERS}
    away = folder.with_name("away")
    folder.rename(away)  # an unmounted volume
    assert end_sounds(recorded, SoundFiles(folder)) == SoundsErased(0, 2)
    folder.mkdir()  # an empty mount point
    assert end_sounds(recorded, SoundFiles(folder)) == SoundsErased(0, 2)
    folder.rmdir()
    away.rename(folder)
    held = folder / f"{ASKED}.{HERE.hex}{ASIDE}"
    held.mkdir()  # cannot be deleted
    (held / "held").touch()

    files = SoundFiles(folder)
    assert set(files.set_aside([ASKED], HERE).values()) == {SoundFate.REFUSED}
    (held / "held").unlink()
    held.rmdir()

    assert end_sounds(recorded, SoundFiles(folder)) == SoundsErased(2, 0)
    assert [file.name for file in folder.iterdir()] == [OTHERS]
    assert named(recorded) == {OTHERS}
    kinds = recorded.read(lambda c: c.scalars(select(audit.c.kind)).all())
    assert kinds.count(AuditKind.SOUND_ERASED) == 1


def test_what_a_power_cut_left_aside_is_removed_or_comes_back(
    recorded: RegisterStore, folder: Path
) -> None:
    """Before the commit the row still exists; after it no row refers to the file."""
    own = recorded.station().install_id
    SoundFiles(folder).set_aside([OWN], own)
    (folder / f"20261124-z.flac.{own.hex}{ASIDE}").write_bytes(b"sound")

    assert end_sounds(recorded, SoundFiles(folder)) == SoundsErased(0, 0)

    assert {file.name for file in folder.iterdir()} == {OWN, ASKED, OTHERS}


def test_what_another_workplace_is_erasing_in_the_same_folder_is_left_to_it(
    recorded: RegisterStore, folder: Path
) -> None:
    theirs = folder / "20261124-y.flac"
    theirs.write_bytes(b"sound")
    elsewhere = SoundFiles(folder)
    elsewhere.set_aside([theirs.name], ELSEWHERE)

    assert end_sounds(recorded, SoundFiles(folder)) == SoundsErased(0, 0)
    elsewhere.bring_back()  # their erasure was rolled back

    assert theirs.read_bytes() == b"sound"


def test_a_name_never_leads_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.flac"
    outside.write_bytes(b"sound")

    files = SoundFiles(folder)
    assert files.set_aside(["../outside.flac"], HERE) == {"../outside.flac": SoundFate.MISSING}
    files.remove()

    assert outside.exists()


def test_a_disk_that_fails_refuses_and_ends_nothing_else(folder: Path) -> None:
    """A path that is too long fails on every volume, as a defective one does."""
    files = SoundFiles(folder / ("x" * 300))
    assert files.set_aside([OWN], HERE) == {OWN: SoundFate.REFUSED}
    files.settle({OWN}, HERE)

    here = SoundFiles(folder)
    here.set_aside([OWN, ASKED], HERE)
    (folder / OWN).mkdir()  # its name is taken: it cannot be restored
    (folder / OWN / "held").touch()
    here.bring_back()

    assert (folder / ASKED).is_file()
    assert (folder / f"{OWN}.{HERE.hex}{ASIDE}").is_file()
