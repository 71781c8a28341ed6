"""The code of the pyVoIP facade, and the internals of pyVoIP 1.6.8 that it depends on."""

from __future__ import annotations

import importlib.metadata
import inspect

import numpy as np
import pytest

import telephony.pyvoip as face
from telephony.errors import SettingsError
from telephony.media.devices.buffer import BufferDevice
from telephony.pyvoip_call import SampleWidth

# pyVoIP's own classes, accessed through the facade: importing it warns of audioop on some Pythons.
((THEIR_PHONE,),) = (base.__bases__ for base in face.VoIPPhone.__bases__)
(THEIR_CALL,) = face.VoIPCall.__bases__
(THEIR_RTP_CLIENT,) = face.RTPClient.__bases__
PCMA = face.PayloadType.PCMA


def parameters(function: object) -> list[str]:
    assert callable(function)
    return list(inspect.signature(function).parameters)[1:]


def test_the_seams_of_pyvoip_are_where_they_were() -> None:
    """If this fails, `telephony/pyvoip.py` must be checked."""
    assert importlib.metadata.version("pyVoIP") == "1.6.8"
    assert parameters(vars(THEIR_PHONE)["__init__"]) == [
        "server",
        "port",
        "username",
        "password",
        "myIP",
        "callCallback",
        "sipPort",
        "rtpPortLow",
        "rtpPortHigh",
    ]
    assert parameters(vars(THEIR_CALL)["__init__"]) == [
        "phone",
        "callstate",
        "request",
        "session_id",
        "myIP",
        "ms",
        "sendmode",
    ]
    assert parameters(vars(THEIR_PHONE)["_create_Call"]) == ["request", "sess_id"]
    assert parameters(vars(THEIR_RTP_CLIENT)["read"]) == ["length", "blocking"]
    assert parameters(vars(THEIR_RTP_CLIENT)["write"]) == ["data"]


def test_the_public_interface_of_pyvoip_is_whole() -> None:
    assert [base.__module__ for base in (THEIR_PHONE, THEIR_CALL, THEIR_RTP_CLIENT)] == [
        "pyVoIP.VoIP.VoIP",
        "pyVoIP.VoIP.VoIP",
        "pyVoIP.RTP",
    ]
    ours = inspect.signature(vars(face.VoIPPhone)["__init__"]).parameters
    theirs = inspect.signature(vars(THEIR_PHONE)["__init__"]).parameters
    for name, parameter in theirs.items():
        assert ours[name].kind == parameter.kind
        assert ours[name].default == parameter.default


def test_none_of_pyvoips_sockets_or_threads_are_reached() -> None:
    for name in ("start", "stop"):
        assert name in vars(face.SIPClient)
        assert name in vars(face.RTPClient)
    for name in ("read", "write"):
        assert name in vars(face.RTPClient)
    for name in ("answer", "deny", "hangup", "bye", "renegotiate"):
        assert name in vars(face.VoIPCall)


@pytest.mark.parametrize("sample_width", [1, 2])
def test_every_level_survives_its_own_width(sample_width: SampleWidth) -> None:
    audio = BufferDevice()
    client = face.RTPClient(audio, PCMA, sample_width=sample_width)
    audio.open(8000)
    if sample_width == 1:
        sent = bytes(range(256)) + b"\x80" * 64
    else:
        sent = np.linspace(-32768, 32767, 320).astype("<i2").tobytes()
    client.write(sent)
    for _ in range(2):
        audio.write_frame(audio.read_frame())
    assert client.read(320) == sent


def test_8_bit_audio_is_rounded_and_limited() -> None:
    audio = BufferDevice()
    client = face.RTPClient(audio, PCMA, sample_width=1)
    audio.open(8000)
    values = [0, 127, 128, -128, -129, 32767, -32768]
    audio.write_frame(np.array(values, dtype=np.int16))
    assert list(client.read(len(values))) == [128, 128, 129, 128, 127, 255, 0]


def test_half_a_sample_at_the_end_is_left_out() -> None:
    audio = BufferDevice()
    client = face.RTPClient(audio, PCMA, sample_width=2)
    client.write(b"\x01\x00\x02")
    assert audio.unsent == 1


def test_settings_that_cannot_work_are_refused_at_once() -> None:
    with pytest.raises(SettingsError):
        face.VoIPPhone("127.0.0.1", 5060, "two words", "", myIP="127.0.0.1")
