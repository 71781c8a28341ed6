"""How the width of the desk is shared: the left column folds, the right one gives way to a page."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.presenters.own_desk import OwnDeskPresenter
from console.views.navigation import NavigationColumn
from console.views.right_column import RightColumn
from console.views.theme import Theme

AROUND_FORM_PX = 64  # its margins, and the scroll bar


class ColumnWidths:
    """Keeps the columns as wide as she has chosen, or as there is room.

    While ``is_over`` the right column lies over the page and takes nothing from it.
    """

    def __init__(
        self,
        theme: Theme,
        desk: QWidget,
        navigation: NavigationColumn,
        right: RightColumn,
        own_desk: OwnDeskPresenter,
        *,
        least_page_px: Callable[[], int],
    ) -> None:
        """``least_page_px`` is what the page needs that is shown."""
        self._theme = theme
        self._desk = desk
        self._navigation = navigation
        self._right = right
        self._own_desk = own_desk
        self._least_page_px = least_page_px
        self._drawn_from_px = 0
        self.is_over = False

    def fold_left(self, *, needs_room: bool) -> None:
        """To its icons where she wants it so, or where the page needs the room of the words."""
        folded = self._own_desk.state.look.left_folded
        self._navigation.set_rail(folded or self._is_narrow() or needs_room)

    def share(self) -> None:
        """Give the right column what she has chosen for it, or else what is left over."""
        self._widen(self._wanted_px())

    def cover(self, rail_px: int) -> None:
        """As wide as it usually is, over the page, beside a rail of this width."""
        room_px = self._desk.width() - self._navigation.width() - rail_px
        self._right.setFixedWidth(min(self._theme.size("right"), room_px))

    # --- by hand ---

    def draw(self, by_px: int) -> None:
        """Widen it by so much from where it was when the edge was taken."""
        self._drawn_from_px = self._drawn_from_px or self._right.width()
        self._widen(self._drawn_from_px + by_px)

    def keep(self) -> None:
        """This is what she has chosen; what covers a page is as wide as it always is."""
        self._drawn_from_px = 0
        if not self.is_over:
            self._choose(self._right.width())

    def step(self, by_px: int) -> None:
        """A step from where it is, or from where it will be once it lies over no page."""
        by_px = self._theme.grown(by_px)
        if self.is_over:
            self._choose(max(self._theme.size("right_least"), self._wanted_px() + by_px))
        else:
            self._widen(self._right.width() + by_px)
            self._choose(self._right.width())

    def put_back(self) -> None:
        """She has chosen nothing."""
        self._drawn_from_px = 0
        self._own_desk.choose_right(None)

    def _choose(self, width_px: int) -> None:
        self._own_desk.choose_right(round(width_px / self._theme.text_scale))

    def _widen(self, wanted_px: int) -> None:
        """No wider than leaves room for the page, no narrower than its own words need."""
        if not self.is_over:
            most_px = self._desk.width() - self._navigation.width() - self._least_page_px()
            least_px = self._theme.size("right_least")
            self._right.setFixedWidth(max(least_px, min(wanted_px, most_px)))

    def _wanted_px(self) -> int:
        chosen = self._own_desk.state.look.right_px
        return self._fitting_px() if chosen is None else self._theme.grown(chosen)

    def _fitting_px(self) -> int:
        theme = self._theme
        if self._is_narrow():
            is_small = self._desk.width() < theme.size("breakpoint_overlay")
            return theme.size("right_least" if is_small else "right_narrow")
        # What a form leaves over goes to the titles and texts beside it.
        form_px = theme.size("form_max") + theme.size("label_col") + theme.grown(AROUND_FORM_PX)
        left_over = self._desk.width() - self._navigation.width() - form_px
        return max(theme.size("right"), min(theme.size("right_most"), left_over))

    def _is_narrow(self) -> bool:
        return self._desk.width() < self._theme.size("breakpoint_rail")
