"""The file device and its WAV files."""

from __future__ import annotations

import signal
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from telephony.errors import DeviceError
from telephony.media.devices.buffer import FileDevice
from telephony.media.devices.choice import build_device
from telephony.media.wav import WavWriter, read_wav, write_wav
from telephony.settings import AudioSettings
from tests.fakes.audio_measure import sinad_db, tone

RAMP = np.arange(400, dtype=np.int16)


def test_input_is_looped(tmp_path: Path) -> None:
    write_wav(tmp_path / "in.wav", RAMP)
    device = FileDevice(str(tmp_path / "in.wav"), None)
    device.open(8000)
    heard = np.concatenate([device.read_frame() for _ in range(10)])
    assert np.array_equal(heard, np.tile(RAMP, 4))


def test_input_is_played_once_and_then_silent(tmp_path: Path) -> None:
    write_wav(tmp_path / "in.wav", RAMP)
    device = FileDevice(str(tmp_path / "in.wav"), None, loop=False)
    device.open(8000)
    heard = np.concatenate([device.read_frame() for _ in range(5)])
    assert np.array_equal(heard, np.concatenate((RAMP, np.zeros(400, dtype=np.int16))))


def test_input_starts_again_with_each_call(tmp_path: Path) -> None:
    write_wav(tmp_path / "in.wav", RAMP)
    device = FileDevice(str(tmp_path / "in.wav"), None)
    for _ in range(2):
        device.open(8000)
        assert np.array_equal(device.read_frame(), RAMP[:160])
        device.close()


def test_what_is_heard_is_in_the_output_when_closed(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    device = FileDevice(None, str(path))
    device.open(8000)
    for start in (0, 160):
        device.write_frame(RAMP[start : start + 160])
    device.close()
    assert np.array_equal(read_wav(path), RAMP[:320])


def test_without_input_and_when_closed_there_is_silence() -> None:
    device = FileDevice(None, None)
    assert not device.read_frame().any()
    device.open(8000)
    assert device.read_frame().shape == (160,)
    device.close()
    device.write_frame(RAMP[:160])


def test_a_killed_process_leaves_a_readable_file(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    program = f"""
import sys
import numpy as np
from pathlib import Path
from telephony.media.wav import WavWriter
writer = WavWriter(Path({str(path)!r}))
while True:
    writer.append(np.full(160, 7, dtype=np.int16))
    print("frame", flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(50):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    with wave.open(str(path), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 1, 2)
        frames = file.getnframes()
        assert frames >= 50 * 160
        assert file.readframes(frames) == b"\x07\x00" * frames


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44100)
        file.writeframes(b"\0" * 400)
    with pytest.raises(DeviceError) as caught:
        FileDevice(str(path), None).open(8000)
    assert caught.value.code == "format"


def test_bytes_that_are_no_wav_are_refused(tmp_path: Path) -> None:
    (tmp_path / "in.wav").write_bytes(b"not audio")
    with pytest.raises(DeviceError) as caught:
        read_wav(tmp_path / "in.wav")
    assert caught.value.code == "format"


def test_a_missing_input_and_an_unwritable_output_are_told(tmp_path: Path) -> None:
    with pytest.raises(DeviceError) as missing:
        FileDevice(str(tmp_path / "none.wav"), None).open(8000)
    assert missing.value.code == "missing"
    with pytest.raises(DeviceError) as unwritable:
        WavWriter(tmp_path)
    assert unwritable.value.code == "unwritable"


def test_settings_choose_the_driver() -> None:
    assert type(build_device(AudioSettings(driver="null"))).__name__ == "NullDevice"
    assert type(build_device(AudioSettings(driver="file"))).__name__ == "FileDevice"
    assert type(build_device(AudioSettings(driver="pulse"))).__name__ == "PulseDevice"


@pytest.mark.parametrize("device_hz", [8000, 16000])
@pytest.mark.parametrize("file_hz", [8000, 16000])
def test_either_rate_is_played_and_kept_at_the_device_s(
    tmp_path: Path, device_hz: int, file_hz: int
) -> None:
    write_wav(tmp_path / "in.wav", tone(1004.0, -10, 1.0, file_hz), file_hz)
    device = FileDevice(str(tmp_path / "in.wav"), str(tmp_path / "out.wav"))
    device.open(device_hz)
    for _ in range(50):
        frame = device.read_frame()
        assert frame.size == device_hz // 50
        device.write_frame(frame)
    device.close()
    with wave.open(str(tmp_path / "out.wav"), "rb") as file:
        assert file.getframerate() == device_hz
    heard = read_wav(tmp_path / "out.wav", device_hz)
    assert heard.size == device_hz
    assert sinad_db(heard[400:-400], device_hz, 1004.0) > 60
