"""How the columns of a table share the room that it has; pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnRoom:
    """One column in px as they are on the screen.

    ``made_px`` is None for one that takes what the others leave, ``chosen_px`` where nobody has
    chosen anything. No column is narrower than ``least_px`` because a chosen one is wide.
    """

    made_px: int | None
    chosen_px: int | None
    least_px: int

    @property
    def needed_px(self) -> int:
        """What is left to it where room is scarce."""
        if self.made_px is None:
            return self.least_px
        return self.made_px if self.chosen_px is None else min(self.made_px, self.chosen_px)


def have_room(columns: Sequence[ColumnRoom], room_px: int) -> bool:
    """Whether all of them can stand side by side, none of them pushed out of sight."""
    return sum(one.needed_px for one in columns) <= room_px


def share_room(columns: Sequence[ColumnRoom], room_px: int) -> tuple[int | None, ...]:
    """The width of each, None for those that share what is left.

    Where all have not room, the columns that were made wider give it back, each by its part; what
    was chosen is not forgotten by that.
    """
    wanted = [one.made_px if one.chosen_px is None else one.chosen_px for one in columns]
    taken = sum(
        one.least_px if width is None else width for one, width in zip(columns, wanted, strict=True)
    )
    spare = [_spare(one) for one in columns]
    missing, all_spare = taken - room_px, sum(spare)
    if missing <= 0 or not all_spare:
        return tuple(wanted)
    part = min(missing, all_spare) / all_spare
    return tuple(
        width if width is None else width - round(px * part)
        for width, px in zip(wanted, spare, strict=True)
    )


def _spare(column: ColumnRoom) -> int:
    """What a column has by choice beyond what it was made with."""
    if column.chosen_px is None:
        return 0
    made = column.least_px if column.made_px is None else column.made_px
    return max(0, column.chosen_px - made)
