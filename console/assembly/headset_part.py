"""Starts the watch of headset buttons and builds its presenter, if the settings enable it."""

from collections.abc import Callable

from console.context import Shared
from console.core.deliveries import Bridge
from console.features.dialing.presenter import NumberChoicePresenter
from console.features.headset.presenter import HeadsetPresenter
from console.shared.session.call_control import CallControl
from console.shared.session.desk import DeskPresenter
from telephony.headset.hid import HidLibrary
from telephony.headset.watch import HeadsetEvent, HeadsetWatch

STOP_DEADLINE_S = 2.0


def start_headsets(
    shared: Shared,
    desk: DeskPresenter,
    calls: CallControl,
    numbers: NumberChoicePresenter,
    may_act: Callable[[], bool],
) -> HeadsetPresenter | None:
    """Starts reading headset buttons; None if disabled in the settings."""
    if not shared.settings.headset.buttons:
        return None
    bridge: Bridge[HeadsetEvent] = Bridge(lambda event: made.receive(event), shared.parent)
    watch = HeadsetWatch(HidLibrary(), bridge.post)
    made = HeadsetPresenter(
        desk, calls, watch, shared.milestones, may_act=may_act, parent=shared.parent
    )
    made.redial_asked.connect(numbers.ask_for_last)
    shared.beginnings.begin("headset watch", watch.start, lambda: watch.stop(STOP_DEADLINE_S))
    return made
