"""The words of USB HID that a headset speaks: its buttons, its lamps, and their numbers.

HID Usage Tables 1.5: page 0x0B telephony, 0x08 LEDs, 0x0C consumer, 0x09 buttons. A usage is
``page << 16 | number``.
"""

from enum import StrEnum

TELEPHONY_PAGE = 0x0B


class Button(StrEnum):
    """What can be pressed on a headset."""

    HOOK = "hook"
    """Answers and ends; with some it is a state, with others each press is a pulse."""
    MUTE = "mute"
    FLASH = "flash"
    HOLD = "hold"
    REJECT = "reject"
    DROP = "drop"
    REDIAL = "redial"
    VOLUME_UP = "volume-up"
    VOLUME_DOWN = "volume-down"


class Lamp(StrEnum):
    """What a headset is told of the call; it lights, sounds or says it in its own way."""

    OFF_HOOK = "off-hook"
    RING = "ring"
    MUTE = "mute"
    HOLD = "hold"


BUTTONS = {
    0x0B_0020: Button.HOOK,
    0x0B_002F: Button.MUTE,
    0x0B_0021: Button.FLASH,
    0x0B_0023: Button.HOLD,
    0x0B_0024: Button.REDIAL,
    0x0B_0026: Button.DROP,
    # «Programmable button»; many write its number down under the page of buttons.
    0x0B_0007: Button.REJECT,
    0x09_0007: Button.REJECT,
    0x0C_00E9: Button.VOLUME_UP,
    0x0C_00EA: Button.VOLUME_DOWN,
}
LAMPS = {
    0x08_0017: Lamp.OFF_HOOK,
    0x08_0018: Lamp.RING,
    0x08_0009: Lamp.MUTE,
    0x08_0020: Lamp.HOLD,
    0x0B_009E: Lamp.RING,  # «Ringer»: the sound where the lamp is only a lamp
}
