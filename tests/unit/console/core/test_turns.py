"""The GUI thread is not blocked for long by the interpreter lock."""

import sys
from collections.abc import Iterator

import pytest

from console.__main__ import main
from console.core.runtime_tuning import TURN_S


@pytest.fixture
def as_it_was() -> Iterator[None]:
    turn_s = sys.getswitchinterval()
    yield
    sys.setswitchinterval(turn_s)


@pytest.mark.usefixtures("as_it_was")
def test_the_console_takes_short_turns(capsys: pytest.CaptureFixture[str]) -> None:
    sys.setswitchinterval(0.005)

    with pytest.raises(SystemExit):
        main(["--help"])

    assert sys.getswitchinterval() == pytest.approx(TURN_S)
    assert "operator-console" in capsys.readouterr().out
