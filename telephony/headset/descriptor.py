"""USB HID of headsets: usage numbers, descriptor parser, input reports, LED output reports.

HID Usage Tables 1.5: page 0x0B telephony, 0x08 LEDs, 0x0C consumer, 0x09 buttons. A usage is
``page << 16 | number``.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

TELEPHONY_PAGE = 0x0B


class Button(StrEnum):
    """Buttons of a headset."""

    HOOK = "hook"
    """Hook switch, which answers and ends calls. Some headsets report its state, others a pulse."""
    MUTE = "mute"
    FLASH = "flash"
    HOLD = "hold"
    REJECT = "reject"
    DROP = "drop"
    REDIAL = "redial"
    VOLUME_UP = "volume-up"
    VOLUME_DOWN = "volume-down"


class Lamp(StrEnum):
    """Call state indicators of a headset: lights, sounds or voice prompts."""

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
    # «Programmable button»; many headsets declare its number on the button page.
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
    0x0B_009E: Lamp.RING,  # «Ringer»: sound, separate from the LED
}


MOST_BYTES = 4096
"""Maximum length of a descriptor; same limit as in Linux."""
MOST_BITS = 8 * 4096
"""Maximum length of a report."""
MOST_USAGES = 1024
"""Maximum number of usages before a main item."""
MOST_NESTED = 32
MOST_FIELDS = 1024
"""Maximum number of buttons and LEDs; longer lists are not from a headset."""

_LONG_ITEM = 0xFE
_VARIABLE, _RELATIVE = 0x02, 0x04


class DescriptorFault(StrEnum):
    """Reason for an unusable descriptor."""

    TOO_LONG = "too_long"
    CUT_OFF = "cut_off"
    """An item is shorter than declared."""
    UNBALANCED = "unbalanced"
    """Unmatched begin or end of a collection or push."""
    TOO_MUCH = "too_much"
    """A report is longer or nested deeper than on any real device."""


@dataclass(frozen=True, slots=True)
class ButtonField:
    """Button in an input report. With ``is_relative`` each report that contains it is another
    press.
    """

    report_id: int
    offset_bits: int
    size_bits: int
    button: Button
    is_relative: bool


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """Number in an input report that identifies a pressed button.

    ``buttons`` maps numbers to supported buttons; other numbers are left out.
    """

    report_id: int
    offset_bits: int
    size_bits: int
    buttons: tuple[tuple[int, Button], ...]


@dataclass(frozen=True, slots=True)
class LampField:
    """LED in an output report."""

    report_id: int
    offset_bits: int
    size_bits: int
    lamp: Lamp


@dataclass(frozen=True, slots=True)
class Layout:
    """Buttons and LEDs of one device.

    With ``is_numbered`` each report starts with its number; otherwise there is only number 0.
    ``output_bits`` are the lengths of the output reports by number.
    """

    buttons: tuple[ButtonField, ...] = ()
    choices: tuple[ChoiceField, ...] = ()
    lamps: tuple[LampField, ...] = ()
    output_bits: tuple[tuple[int, int], ...] = ()
    is_numbered: bool = False

    @property
    def has(self) -> frozenset[Button]:
        """Buttons that the headset has."""
        chosen = {button for field in self.choices for _number, button in field.buttons}
        return frozenset(chosen | {field.button for field in self.buttons})

    @property
    def shows(self) -> frozenset[Lamp]:
        """LEDs that the headset has."""
        return frozenset(field.lamp for field in self.lamps)


class _Type(IntEnum):
    MAIN, GLOBAL, LOCAL = range(3)


class _Main(IntEnum):
    INPUT, OUTPUT, COLLECTION, END = 8, 9, 10, 12


class _Global(IntEnum):
    USAGE_PAGE, LOGICAL_MINIMUM = 0, 1
    REPORT_SIZE, REPORT_ID, REPORT_COUNT, PUSH, POP = 7, 8, 9, 10, 11


class _Local(IntEnum):
    USAGE, USAGE_MINIMUM, USAGE_MAXIMUM = 0, 1, 2


@dataclass(frozen=True, slots=True)
class _State:
    """Current values of the descriptor's global items."""

    page: int = 0
    minimum: int = 0
    size_bits: int = 0
    count: int = 0
    report_id: int = 0


class _Stop(Exception):
    def __init__(self, fault: DescriptorFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_layout(descriptor: bytes) -> Layout | DescriptorFault:
    """Parses the report descriptor of a headset; the layout may contain no buttons and no LEDs."""
    if len(descriptor) > MOST_BYTES:
        return DescriptorFault.TOO_LONG
    reading = _Reading()
    try:
        for kind, tag, data in _items(descriptor):
            reading.take(kind, tag, data)
        return reading.finish()
    except _Stop as stop:
        return stop.fault


def _items(descriptor: bytes) -> list[tuple[int, int, bytes]]:
    """Returns type, tag and data of each short item; undefined long items are skipped."""
    items, at = [], 0
    while at < len(descriptor):
        head = descriptor[at]
        if head == _LONG_ITEM:
            if at + 1 >= len(descriptor):
                raise _Stop(DescriptorFault.CUT_OFF)
            size, begin = descriptor[at + 1], at + 3
        else:
            size, begin = (0, 1, 2, 4)[head & 3], at + 1
        if begin + size > len(descriptor):
            raise _Stop(DescriptorFault.CUT_OFF)
        if head != _LONG_ITEM:
            items.append((head >> 2 & 3, head >> 4, descriptor[begin : begin + size]))
        at = begin + size
    return items


class _Reading:
    """Parser state between items."""

    def __init__(self) -> None:
        self._global = _State()
        self._pushed: list[_State] = []
        self._usages: list[int] = []
        self._range_begin: int | None = None
        self._top_pages: list[int] = []  # one per open collection
        self._input_bits: dict[int, int] = {}
        self._output_bits: dict[int, int] = {}
        self._buttons: list[ButtonField] = []
        self._choices: list[ChoiceField] = []
        self._lamps: list[LampField] = []
        self._is_numbered = False

    def take(self, kind: int, tag: int, data: bytes) -> None:
        value = int.from_bytes(data, "little")
        match kind:
            case _Type.MAIN:
                self._main(tag, value)
                self._usages, self._range_begin = [], None
            case _Type.GLOBAL:
                self._take_global(tag, value, data)
            case _Type.LOCAL:
                self._local(tag, value, len(data))
            case _:
                return

    def finish(self) -> Layout:
        if self._top_pages:
            raise _Stop(DescriptorFault.UNBALANCED)
        lit = {field.report_id for field in self._lamps}
        return Layout(
            tuple(self._buttons),
            tuple(self._choices),
            tuple(self._lamps),
            tuple((number, bits) for number, bits in self._output_bits.items() if number in lit),
            self._is_numbered,
        )

    def _take_global(self, tag: int, value: int, data: bytes) -> None:
        match tag:
            case _Global.USAGE_PAGE:
                self._global = replace(self._global, page=value & 0xFFFF)
            case _Global.LOGICAL_MINIMUM:
                signed = int.from_bytes(data, "little", signed=True)
                self._global = replace(self._global, minimum=signed)
            case _Global.REPORT_SIZE:
                self._global = replace(self._global, size_bits=value)
            case _Global.REPORT_COUNT:
                self._global = replace(self._global, count=value)
            case _Global.REPORT_ID:
                self._global = replace(self._global, report_id=value & 0xFF)
                self._is_numbered = True
            case _Global.PUSH:
                if len(self._pushed) >= MOST_NESTED:
                    raise _Stop(DescriptorFault.TOO_MUCH)
                self._pushed.append(self._global)
            case _Global.POP:
                if not self._pushed:
                    raise _Stop(DescriptorFault.UNBALANCED)
                self._global = self._pushed.pop()
            case _:
                return

    def _local(self, tag: int, value: int, size: int) -> None:
        # A four-byte usage includes its page; a shorter one uses the page in effect at the main
        # item.
        usage = value if size == 4 else value & 0xFFFF | -1 << 32
        match tag:
            case _Local.USAGE:
                self._name(usage)
            case _Local.USAGE_MINIMUM:
                self._range_begin = usage
            case _Local.USAGE_MAXIMUM if self._range_begin is not None:
                if usage - self._range_begin >= MOST_USAGES:
                    raise _Stop(DescriptorFault.TOO_MUCH)
                for each in range(self._range_begin, usage + 1):
                    self._name(each)
                self._range_begin = None
            case _:
                return

    def _name(self, usage: int) -> None:
        if len(self._usages) >= MOST_USAGES:
            raise _Stop(DescriptorFault.TOO_MUCH)
        self._usages.append(usage)

    def _whole(self, usage: int) -> int:
        return usage if usage >= 0 else self._global.page << 16 | usage & 0xFFFF

    def _main(self, tag: int, flags: int) -> None:
        match tag:
            case _Main.COLLECTION:
                if len(self._top_pages) >= MOST_NESTED:
                    raise _Stop(DescriptorFault.TOO_MUCH)
                page = self._whole(self._usages[0]) >> 16 if self._usages else self._global.page
                self._top_pages.append(self._top_pages[0] if self._top_pages else page)
            case _Main.END:
                if not self._top_pages:
                    raise _Stop(DescriptorFault.UNBALANCED)
                self._top_pages.pop()
            case _Main.INPUT:
                self._add(flags, self._input_bits, is_input=True)
            case _Main.OUTPUT:
                self._add(flags, self._output_bits, is_input=False)
            case _:
                return

    def _add(self, flags: int, lengths: dict[int, int], *, is_input: bool) -> None:
        state = self._global
        begin = lengths.get(state.report_id, 0)
        if state.size_bits * state.count > MOST_BITS - begin:
            raise _Stop(DescriptorFault.TOO_MUCH)
        lengths[state.report_id] = begin + state.size_bits * state.count
        # A constant field with usages is not padding: real headsets declare hook and mute this way.
        if not self._usages or not self._top_pages or not state.size_bits:
            return
        usages = [self._whole(usage) for usage in self._usages]
        if flags & _VARIABLE:
            if len(self._buttons) + len(self._lamps) > MOST_FIELDS:
                raise _Stop(DescriptorFault.TOO_MUCH)
            # With fewer usages than bits, the last one applies to all remaining bits.
            for number in range(min(state.count, len(usages))):
                offset = begin + number * state.size_bits
                self._add_single(usages[number], offset, flags, is_input=is_input)
        elif is_input:
            if state.count > MOST_FIELDS - len(self._choices):
                raise _Stop(DescriptorFault.TOO_MUCH)
            numbers = tuple(
                (state.minimum + number, BUTTONS[usage])
                for number, usage in enumerate(usages)
                if self._is_ours(usage)
            )
            for number in range(state.count if numbers else 0):
                offset = begin + number * state.size_bits
                self._choices.append(ChoiceField(state.report_id, offset, state.size_bits, numbers))

    def _add_single(self, usage: int, offset: int, flags: int, *, is_input: bool) -> None:
        state = self._global
        if is_input and self._is_ours(usage):
            is_relative = bool(flags & _RELATIVE)
            self._buttons.append(
                ButtonField(state.report_id, offset, state.size_bits, BUTTONS[usage], is_relative)
            )
        elif not is_input and usage in LAMPS and self._top_pages[0] == TELEPHONY_PAGE:
            self._lamps.append(LampField(state.report_id, offset, state.size_bits, LAMPS[usage]))

    def _is_ours(self, usage: int) -> bool:
        """Accepts only telephony buttons and volume: button 7 of a mouse must not reject a call."""
        button = BUTTONS.get(usage)
        is_volume = button in (Button.VOLUME_UP, Button.VOLUME_DOWN)
        return button is not None and (is_volume or self._top_pages[0] == TELEPHONY_PAGE)


@dataclass(frozen=True, slots=True)
class ButtonMoved:
    """Button press or release; ``is_pulse``: the device reports only presses."""

    button: Button
    is_down: bool
    is_pulse: bool = False


class ReportReader:
    """Converts the reports of one device to button changes."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._down: dict[Button, bool] = {}
        self._last: dict[int, bytes] = {}

    def take(self, report: bytes) -> tuple[ButtonMoved, ...]:
        """Returns the changes since the previous report; a short report contains fewer fields."""
        number, body = 0, report
        if self._layout.is_numbered:
            number, body = (report[0], report[1:]) if report else (0, b"")
        is_again = self._last.get(number) == body
        self._last[number] = body
        moved: list[ButtonMoved] = []
        for field in self._layout.buttons:
            value = _bits(body, field.offset_bits, field.size_bits)
            if field.report_id == number and value is not None:
                # An identical report with a relative button is another press.
                pressed_again = field.is_relative and is_again and value != 0
                moved += self._note(
                    field.button, value != 0, is_pulse=field.is_relative, again=pressed_again
                )
        moved += self._chosen(number, body)
        return tuple(moved)

    def _chosen(self, number: int, body: bytes) -> list[ButtonMoved]:
        """Updates the buttons of fields that list the pressed buttons: listed ones are pressed, all
        others released.
        """
        down: set[Button] = set()
        known: list[Button] = []
        for field in self._layout.choices:
            value = _bits(body, field.offset_bits, field.size_bits)
            if field.report_id == number and value is not None:
                known += [button for _number, button in field.buttons]
                down |= {button for each, button in field.buttons if each == value}
        moved: list[ButtonMoved] = []
        for button in dict.fromkeys(known):
            moved += self._note(button, button in down)
        return moved

    def _note(
        self, button: Button, is_down: bool, *, is_pulse: bool = False, again: bool = False
    ) -> list[ButtonMoved]:
        was_down = self._down.get(button, False)
        self._down[button] = is_down
        if is_down == was_down and not again:
            return []
        if is_pulse and not is_down:
            return []
        return [ButtonMoved(button, is_down, is_pulse)]


def lamp_reports(layout: Layout, lit: Set[Lamp]) -> tuple[bytes, ...]:
    """Builds the output reports that turn on exactly these LEDs; each starts with its report
    number.
    """
    reports = []
    for number, length_bits in layout.output_bits:
        value = 0
        for field in layout.lamps:
            if field.report_id == number and field.lamp in lit:
                value |= 1 << field.offset_bits
        body = value.to_bytes((length_bits + 7) // 8, "little")
        reports.append(bytes([number]) + body)
    return tuple(reports)


def _bits(body: bytes, offset: int, size: int) -> int | None:
    """Returns the number encoded in these bits; None if the report is too short."""
    if offset + size > 8 * len(body):
        return None
    return int.from_bytes(body, "little") >> offset & (1 << size) - 1
