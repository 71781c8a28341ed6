"""Report descriptors: real devices are parsed, and invalid data is rejected cleanly."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from telephony.headset.descriptor import (
    MOST_BYTES,
    Button,
    DescriptorFault,
    Lamp,
    Layout,
    ReportReader,
    lamp_reports,
    read_layout,
)
from tests.fakes.headset_models import (
    ANKER_LIKE,
    JABRA_LIKE,
    LISTED,
    MODELS,
    PLAIN,
    POLY_LIKE,
    HeadsetModel,
)

TELEPHONY = bytes.fromhex("050b0905a101")
END = b"\xc0"
MOUSE = bytes.fromhex("05010902a101 05091901290a 15002501 7501950a 8102 c0")


def layout_of(model: HeadsetModel) -> Layout:
    layout = read_layout(model.descriptor)
    assert isinstance(layout, Layout)
    return layout


@pytest.mark.parametrize(
    ("model", "has", "shows"),
    [
        (
            JABRA_LIKE,
            {"hook", "mute", "flash", "reject", "volume-up", "volume-down"},
            {"off-hook", "ring", "mute", "hold"},
        ),
        (
            POLY_LIKE,
            {"hook", "mute", "flash", "redial", "reject", "volume-up", "volume-down"},
            {"off-hook", "ring", "mute", "hold"},
        ),
        (
            ANKER_LIKE,
            {"hook", "mute", "flash", "volume-up", "volume-down"},
            {"off-hook", "ring", "mute", "hold"},
        ),
        (PLAIN, {"hook", "mute"}, set()),
        (LISTED, {"hook", "mute"}, set()),
    ],
    ids=lambda value: value.product if isinstance(value, HeadsetModel) else "",
)
def test_buttons_and_lamps_of_each_kind_are_found(
    model: HeadsetModel, has: set[str], shows: set[str]
) -> None:
    layout = layout_of(model)

    assert {button.value for button in layout.has} == has
    assert {lamp.value for lamp in layout.shows} == shows


def test_each_lamp_of_one_report_has_its_bit_and_each_report_its_length() -> None:
    layout = layout_of(JABRA_LIKE)

    assert lamp_reports(layout, {Lamp.OFF_HOOK}) == (b"\x02\x01\x00",)
    assert lamp_reports(layout, {Lamp.MUTE, Lamp.OFF_HOOK}) == (b"\x02\x03\x00",)
    # lamp and sound of a ring
    assert lamp_reports(layout, {Lamp.RING}) == (b"\x02\x24\x00",)
    assert lamp_reports(layout, set()) == (b"\x02\x00\x00",)


def test_lamps_in_reports_of_their_own_are_all_sent() -> None:
    layout = layout_of(POLY_LIKE)

    assert set(lamp_reports(layout, {Lamp.RING})) == {
        b"\x09\x00",
        b"\x17\x00",
        b"\x18\x01",
        b"\x20\x00",
    }


def test_without_lamps_nothing_is_sent() -> None:
    assert lamp_reports(layout_of(PLAIN), {Lamp.RING, Lamp.OFF_HOOK}) == ()


def test_the_buttons_of_a_mouse_are_no_headset() -> None:
    assert read_layout(MOUSE) == Layout()


def test_a_usage_of_four_bytes_carries_its_own_page() -> None:
    named = bytes.fromhex("0501 0b20000b00 15002501 75019501 8102")

    layout = read_layout(TELEPHONY + named + END)

    assert isinstance(layout, Layout)
    assert layout.has == {Button.HOOK}


def test_what_was_pushed_holds_again_after_a_pop() -> None:
    pushed = bytes.fromhex("15002501 75019501 a4 0509 7508 b4 092f 8106")

    layout = read_layout(TELEPHONY + pushed + END)

    assert isinstance(layout, Layout)
    (field,) = layout.buttons
    assert (field.button, field.size_bits, field.is_relative) == (Button.MUTE, 1, True)


@pytest.mark.parametrize(
    ("descriptor", "fault"),
    [
        (b"\x00" * (MOST_BYTES + 1), DescriptorFault.TOO_LONG),
        (b"\x06\x0b", DescriptorFault.CUT_OFF),
        (b"\xfe", DescriptorFault.CUT_OFF),
        (b"\xfe\x09\x00\x01", DescriptorFault.CUT_OFF),
        (TELEPHONY, DescriptorFault.UNBALANCED),
        (END, DescriptorFault.UNBALANCED),
        (TELEPHONY + b"\xb4" + END, DescriptorFault.UNBALANCED),
        (b"\xa4" * 40, DescriptorFault.TOO_MUCH),
        (b"\xa1\x01" * 40, DescriptorFault.TOO_MUCH),
        # a report of four thousand million bits
        (TELEPHONY + bytes.fromhex("0920 7501 97ffffffff 8102"), DescriptorFault.TOO_MUCH),
        (TELEPHONY + bytes.fromhex("0920 77ffffffff 97ffffffff 8102"), DescriptorFault.TOO_MUCH),
        # sixty thousand usages, and a list of thirty thousand numbers
        (TELEPHONY + bytes.fromhex("1900 2affff"), DescriptorFault.TOO_MUCH),
        (TELEPHONY + bytes.fromhex("0920 7501 960070 8100"), DescriptorFault.TOO_MUCH),
    ],
)
def test_nonsense_is_a_fault(descriptor: bytes, fault: DescriptorFault) -> None:
    assert read_layout(descriptor) is fault


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.product)
def test_cut_off_anywhere_it_ends_cleanly(model: HeadsetModel) -> None:
    whole = layout_of(model)
    for length in range(len(model.descriptor)):
        read = read_layout(model.descriptor[:length])
        assert isinstance(read, DescriptorFault) or read.has <= whole.has


def test_a_hostile_descriptor_takes_little_memory() -> None:
    # six hundred reports, each a list of as many numbers as go into one
    many = b"".join(
        bytes([0x85, number % 256]) + bytes.fromhex("0920 7501 950f 8100") for number in range(400)
    )
    tracemalloc.start()
    read = read_layout(TELEPHONY + many + END)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert read is DescriptorFault.TOO_MUCH
    assert peak < 2_000_000


ITEMS = st.lists(
    st.tuples(
        # every main, global and local item that means something here
        st.sampled_from([0x04, 0x14, 0x24, 0x74, 0x84, 0x94, 0xA4, 0xB4, 0x80, 0x90, 0xA0, 0xC0,
                         0x08, 0x18, 0x28, 0xFC]),
        st.binary(max_size=4).filter(lambda data: len(data) != 3),
    ),
    max_size=60,
)  # fmt: skip


def written(items: list[tuple[int, bytes]]) -> bytes:
    sizes = {0: 0, 1: 1, 2: 2, 4: 3}
    return b"".join(bytes([head | sizes[len(data)]]) + data for head, data in items)


def use(read: Layout | DescriptorFault, report: bytes) -> None:
    """As a watch would."""
    if isinstance(read, Layout):
        reader = ReportReader(read)
        for _again in range(2):
            reader.take(report)
        for sent in lamp_reports(read, frozenset(Lamp)):
            assert len(sent) <= 1 + 4096


@given(descriptor=st.binary(max_size=300), report=st.binary(max_size=64))
@example(descriptor=b"\xfe\x00\x00", report=b"")
def test_any_bytes_are_a_layout_or_a_fault(descriptor: bytes, report: bytes) -> None:
    use(read_layout(descriptor), report)


@given(items=ITEMS, report=st.binary(max_size=64))
def test_any_items_in_a_telephony_collection_are_a_layout_or_a_fault(
    items: list[tuple[int, bytes]], report: bytes
) -> None:
    use(read_layout(TELEPHONY + written(items) + END), report)


NUMBERS = {Button.HOOK: 0x20, Button.MUTE: 0x2F, Button.FLASH: 0x21, Button.DROP: 0x26}


@given(
    order=st.permutations(sorted(NUMBERS)),
    padding=st.integers(0, 9),
    number=st.integers(1, 255),
    is_relative=st.booleans(),
    pressed=st.sets(st.sampled_from(sorted(NUMBERS))),
)
def test_what_a_descriptor_says_is_what_is_read_of_a_report(
    order: list[Button], padding: int, number: int, is_relative: bool, pressed: set[Button]
) -> None:
    flags = 0x06 if is_relative else 0x02
    usages = b"".join(bytes([0x09, NUMBERS[button]]) for button in order)
    body = bytes([0x85, number, 0x15, 0, 0x25, 1, 0x75, 1])
    body += bytes([0x95, padding, 0x81, 0x01]) + usages + bytes([0x95, len(order), 0x81, flags])
    layout = read_layout(TELEPHONY + body + END)
    assert isinstance(layout, Layout)
    bits = sum(1 << padding + order.index(button) for button in pressed)

    moved = ReportReader(layout).take(bytes([number]) + bits.to_bytes(2, "little"))

    assert {each.button for each in moved if each.is_down} == pressed
    assert all(each.is_pulse is is_relative for each in moved)
