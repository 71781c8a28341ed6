"""Reports of a headset as what was pressed, and what its lamps show as reports."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from telephony.headset.descriptor import Layout
from telephony.headset.usages import Button, Lamp


@dataclass(frozen=True, slots=True)
class ButtonMoved:
    """A button went down or came up; ``is_pulse``: it is only ever told that it went down."""

    button: Button
    is_down: bool
    is_pulse: bool = False


class ReportReader:
    """Tells what has changed from report to report of one device."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._down: dict[Button, bool] = {}
        self._last: dict[int, bytes] = {}

    def take(self, report: bytes) -> tuple[ButtonMoved, ...]:
        """What this report says that the one before did not; a short one says less."""
        number, body = 0, report
        if self._layout.is_numbered:
            number, body = (report[0], report[1:]) if report else (0, b"")
        is_again = self._last.get(number) == body
        self._last[number] = body
        moved: list[ButtonMoved] = []
        for field in self._layout.buttons:
            value = _bits(body, field.offset_bits, field.size_bits)
            if field.report_id == number and value is not None:
                # Said once more with nothing else new, a relative button was pressed again.
                pressed_again = field.is_relative and is_again and value != 0
                moved += self._note(
                    field.button, value != 0, is_pulse=field.is_relative, again=pressed_again
                )
        moved += self._chosen(number, body)
        return tuple(moved)

    def _chosen(self, number: int, body: bytes) -> list[ButtonMoved]:
        """Of a list of numbers those that are down, and of all others that they are not."""
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
    """The output reports that light these lamps and no others; each begins with its number."""
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
    """The number that stands in these bits; None where the report ends before them."""
    if offset + size > 8 * len(body):
        return None
    return int.from_bytes(body, "little") >> offset & (1 << size) - 1
