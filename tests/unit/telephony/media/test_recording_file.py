"""Encrypted recordings are read if complete, truncated, modified, or with a wrong key."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from telephony.errors import RecordingError
from telephony.media.flac import FlacStream, Piece
from telephony.media.recording import RecordingEnd, create_recording_file, decrypt_recording
from telephony.media.samples import Samples
from tests.fakes.audio_measure import speech_like

KEY = bytes(range(32))
HEADER_BYTES = 38


def stereo(duration_s: float) -> Samples:
    return np.stack((speech_like(duration_s, seed=1), speech_like(duration_s, seed=2)), axis=1)


def write(path: Path, sound: Samples, key: bytes | None, *, finish: bool = True) -> None:
    stream = FlacStream(8000, 2)
    file = create_recording_file(path, key)
    for place in range(0, len(sound), 800):
        pieces = stream.append(sound[place : place + 800])
        if pieces:
            file.write(pieces)
    if finish:
        file.write(stream.finish())
        file.finish()
    else:
        file.abandon()


def read(path: Path) -> Samples:
    samples, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == 8000
    return np.asarray(samples, dtype=np.int16)


def chunk_places(data: bytes) -> list[int]:
    """Offset of each chunk, by the format that the module documents."""
    places = []
    place = HEADER_BYTES
    while place < len(data):
        places.append(place)
        place += 5 + struct.unpack_from(">I", data, place)[0]
    return places


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    write(tmp_path / "call.sealed", stereo(3.0), KEY)
    return tmp_path / "call.sealed"


def test_a_sealed_recording_comes_back_whole(sealed: Path, tmp_path: Path) -> None:
    assert decrypt_recording(sealed, tmp_path / "out.flac", KEY) is RecordingEnd.WHOLE
    assert np.array_equal(read(tmp_path / "out.flac"), stereo(3.0))
    assert (tmp_path / "out.flac").stat().st_mode & 0o777 == 0o600


def test_it_is_the_same_file_as_without_a_key(sealed: Path, tmp_path: Path) -> None:
    write(tmp_path / "plain.flac", stereo(3.0), None)
    decrypt_recording(sealed, tmp_path / "out.flac", KEY)
    assert (tmp_path / "plain.flac").read_bytes() == (tmp_path / "out.flac").read_bytes()
    assert b"fLaC" not in sealed.read_bytes()


def test_two_files_of_the_same_sound_have_nothing_in_common(sealed: Path, tmp_path: Path) -> None:
    write(tmp_path / "again.sealed", stereo(3.0), KEY)
    first, second = sealed.read_bytes(), (tmp_path / "again.sealed").read_bytes()
    assert len(first) == len(second)
    same = np.frombuffer(first, np.uint8)[64:] == np.frombuffer(second, np.uint8)[64:]
    assert same.mean() < 0.02


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])
def test_a_file_that_was_never_finished_can_be_read(tmp_path: Path, key: bytes | None) -> None:
    path = tmp_path / "call"
    write(path, stereo(3.0), key, finish=False)
    if key is not None:
        assert decrypt_recording(path, tmp_path / "out", key) is RecordingEnd.CUT_OFF
        path = tmp_path / "out"
    found = read(path)
    assert len(found) >= 3 * 8000 - 1153
    assert np.array_equal(found, stereo(3.0)[: len(found)])


def test_cut_off_at_any_place_all_before_it_can_be_read(sealed: Path, tmp_path: Path) -> None:
    data = sealed.read_bytes()
    lengths = []
    for number, size in enumerate(np.linspace(HEADER_BYTES, len(data) - 1, 23).astype(int)):
        (tmp_path / f"{number}.sealed").write_bytes(data[:size])
        out = tmp_path / f"{number}.flac"
        assert decrypt_recording(tmp_path / f"{number}.sealed", out, KEY) is RecordingEnd.CUT_OFF
        found = read(out) if out.stat().st_size else np.zeros((0, 2), dtype=np.int16)
        assert np.array_equal(found, stereo(3.0)[: len(found)])
        lengths.append(len(found))
    assert lengths == sorted(lengths)
    assert lengths[-1] >= 3 * 8000 - 1153
    assert lengths[len(lengths) // 2] == pytest.approx(12000, abs=2400)


def test_a_chunk_that_was_changed_is_seen(sealed: Path, tmp_path: Path) -> None:
    data = bytearray(sealed.read_bytes())
    places = chunk_places(bytes(data))
    data[places[4] + 30] ^= 1
    sealed.write_bytes(data)
    assert decrypt_recording(sealed, tmp_path / "out.flac", KEY) is RecordingEnd.DAMAGED
    found = read(tmp_path / "out.flac")
    assert 0 < len(found) < 8000
    assert np.array_equal(found, stereo(3.0)[: len(found)])


def test_chunks_cannot_be_taken_out_or_exchanged(sealed: Path, tmp_path: Path) -> None:
    data = sealed.read_bytes()
    places = [*chunk_places(data), len(data)]
    chunks = [data[begin:end] for begin, end in zip(places, places[1:], strict=False)]
    exchanged = [*chunks[:3], chunks[4], chunks[3], *chunks[5:]]
    for name, kept in (("out", chunks[:3] + chunks[4:]), ("exchanged", exchanged)):
        (tmp_path / name).write_bytes(data[:HEADER_BYTES] + b"".join(kept))
        end = decrypt_recording(tmp_path / name, tmp_path / f"{name}.flac", KEY)
        assert end is RecordingEnd.DAMAGED


def test_an_end_cannot_be_forged(sealed: Path, tmp_path: Path) -> None:
    data = bytearray(sealed.read_bytes())
    place = chunk_places(bytes(data))[5]
    data[place + 4] = 1
    sealed.write_bytes(data)
    assert decrypt_recording(sealed, tmp_path / "out.flac", KEY) is RecordingEnd.DAMAGED


def test_another_key_opens_nothing(sealed: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordingError) as raised:
        decrypt_recording(sealed, tmp_path / "out.flac", bytes(32))
    assert raised.value.code == "key"
    assert not (tmp_path / "out.flac").exists()


@pytest.mark.parametrize("content", [b"", b"fLaC" + bytes(100), b"ENREC\x02" + bytes(100)])
def test_what_is_no_sealed_recording_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(RecordingError) as raised:
        decrypt_recording(tmp_path / "file", tmp_path / "out.flac", KEY)
    assert raised.value.code == "format"


def test_a_target_is_never_overwritten(sealed: Path, tmp_path: Path) -> None:
    (tmp_path / "out.flac").write_text("precious")
    with pytest.raises(RecordingError) as raised:
        decrypt_recording(sealed, tmp_path / "out.flac", KEY)
    assert raised.value.code == "exists"
    assert (tmp_path / "out.flac").read_text() == "precious"


def test_only_the_owner_can_read_file_and_folder(tmp_path: Path) -> None:
    path = tmp_path / "recordings" / "call.flac"
    file = create_recording_file(path, None)
    file.write([Piece(0, b"x")])
    file.abandon()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(FileExistsError):
        create_recording_file(path, None)


def test_a_key_of_another_length_is_a_mistake_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="16"):
        create_recording_file(tmp_path / "call.sealed", bytes(16))
