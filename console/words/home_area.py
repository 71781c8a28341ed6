"""The telephone area of this workplace, whose numbers are written with the area's own code."""


class HomeArea:
    """Told once, when the program starts, by the settings; of the GUI thread."""

    def __init__(self) -> None:
        self.code = ""  # until it is told numbers are written as those of any other area


HOME_AREA = HomeArea()
