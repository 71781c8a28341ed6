"""Descriptors and reports of headsets, modelled on public descriptors of four kinds.

They are rewritten from published data; no real device was available. They differ in the relevant
respects: whether the hook is a state or a button, whether mute is relative, the location of the
LEDs.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeadsetModel:
    """A model with the reports of its buttons; each list is sent by one press.

    ``off_hook_lamp`` is the output report that lights the LED, and the bit of its first byte: after
    it the hook is off and is reported. None if the hook follows no LED.
    """

    maker: str
    product: str
    vendor_id: int
    product_id: int
    descriptor: bytes
    hook_off: tuple[bytes, ...]
    hook_on: tuple[bytes, ...]
    mute: tuple[bytes, ...]
    flash: tuple[bytes, ...] = ()
    off_hook_lamp: tuple[int, int] | None = None


def _hex(text: str) -> bytes:
    return bytes.fromhex(text)


# A wireless headset with one report in each direction: the hook is a state that confirms its LED,
# mute and flash are relative, «reject» is button 7, the keypad is a list.
JABRA_LIKE = HeadsetModel(
    "GN Audio",
    "Wireless 75",
    0x0B0E,
    0x1111,
    _hex(
        "050b0905a101 8502 150025010920 0997 75019502 8122"
        "092f092109700950 75019504 8106"
        "0906a10219b029bb1500250c 75049501 8140c0"
        "0907150025010509 75019501 8102 75019505 8101"
        "05081500250109170909091809200921 75019505 9122"
        "050b15002501099e 75019501 9122 7501950a 9101 c0"
        "050c0901a101 8501 050c1500250109ea09e909e2 75019503 8102 7501950d 8101 c0"
    ),
    hook_off=(b"\x02\x01\x00",),
    hook_on=(b"\x02\x00\x00",),
    mute=(b"\x02\x05\x00", b"\x02\x01\x00"),
    flash=(b"\x02\x09\x00", b"\x02\x01\x00"),
    off_hook_lamp=(2, 0x01),
)

# A corded headset with a separate report for each LED, and consumer keys in another one.
POLY_LIKE = HeadsetModel(
    "Plantronics",
    "Plantronics Corded 5220",
    0x047F,
    0x2222,
    _hex(
        "050c0901a101 8501 15002501 09e909ea 75019502 8102 9506 8101 c0"
        "050b0905a101 8508 15002501 0920 75019501 8122 0997 75019501 8122"
        "092b 75019501 8122 092a 75019501 8122 092f 75019501 8106"
        "0921 75019501 8106 0924 75019501 8106"
        "0907 0509 0901 75019501 8102"
        "0508 8509 0909 9501 9122 9507 9101 8517 0917 9501 9122 9507 9101"
        "8518 0918 9501 9122 9507 9101 8520 0920 9501 9122 9507 9101 c0"
    ),
    hook_off=(b"\x08\x01",),
    hook_on=(b"\x08\x00",),
    mute=(b"\x08\x11", b"\x08\x01"),
    flash=(b"\x08\x21", b"\x08\x01"),
    off_hook_lamp=(0x17, 0x01),
)

# A conference speaker that declares its named bits as constant.
ANKER_LIKE = HeadsetModel(
    "Speaker",
    "Speaker Conf",
    0x291A,
    0x3333,
    _hex(
        "050c0901a101 8501 15002501 09e909ea09e209cd09b509b609b309b7 75019508 8142 c0"
        "050b0905a101 8502 050b 15002501 09200997 75019502 8123"
        "092f092109700950 75019504 8107"
        "0508 09170909091809200921 75019505 9122 9503 9103 c0"
    ),
    hook_off=(b"\x02\x01",),
    hook_on=(b"\x02\x00",),
    mute=(b"\x02\x05", b"\x02\x01"),
    flash=(b"\x02\x09", b"\x02\x01"),
    off_hook_lamp=(2, 0x01),
)

# The cheapest kind: reports without numbers, momentary buttons, no LEDs.
PLAIN = HeadsetModel(
    "",
    "USB Headset",
    0x0D8C,
    0x4444,
    _hex("050b0905a101 15002501 0920092f 75019502 8102 9506 8103 c0"),
    hook_off=(b"\x01", b"\x00"),
    hook_on=(b"\x01", b"\x00"),
    mute=(b"\x02", b"\x00"),
)

# Its buttons are reported as a number: 1 hook, 2 mute.
LISTED = HeadsetModel(
    "Lister",
    "Lister One",
    0x1234,
    0x5555,
    _hex("050b0905a101 15012502 75089501 0920092f 8100 c0"),
    hook_off=(b"\x01", b"\x00"),
    hook_on=(b"\x01", b"\x00"),
    mute=(b"\x02", b"\x00"),
)

MODELS = (JABRA_LIKE, POLY_LIKE, ANKER_LIKE, PLAIN, LISTED)
