"""What is known of the phone: its process, its registration and its sound."""

from datetime import datetime

from telephony.device_presence import DevicePresence
from telephony.events import (
    AudioDeviceChanged,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    PresenceChanged,
    RegistrationChanged,
    RegistrationState,
)
from telephony.presence import PublicationState


class PhoneHealth:
    """Keeps the newest of each fact; ``has_registrar`` is what the settings want."""

    def __init__(self, *, has_registrar: bool) -> None:
        self.has_registrar = has_registrar
        self.is_account_unfinished = False
        """Whether number or password are missing: nobody registers then."""
        self.process_up = False
        self.lost_at: datetime | None = None
        """When the phone process was last lost, also after it has come back."""
        self.silent_since: datetime | None = None
        """Since when the phone process has been there without doing what it is told."""
        self.registration: RegistrationChanged | None = None
        self.sound: AudioDeviceChanged | None = None
        """None as long as no call has had trouble with its devices."""
        self.presence: PresenceChanged | None = None
        """What the telephone system knows of the operator; None where it is told nothing."""
        self.devices: DevicePresence | None = None
        """What is plugged in, as it was seen last; None where nobody looks."""
        self._address = ""

    @property
    def is_registered(self) -> bool:
        registration = self.registration
        return registration is not None and registration.state is RegistrationState.REGISTERED

    @property
    def local_address(self) -> str:
        """``host:port`` where the phone listens; empty while it is away."""
        return self._address if self.process_up else ""

    def receive(self, event: PhoneEvent) -> bool:
        """Take in one event of the phone; False for one that tells nothing of its health."""
        match event:
            case PhoneConnected():
                self.process_up, self.silent_since = True, None
                self._address = event.local_address
                self.registration = event.registration
                self.sound = self.presence = None  # What stands is told again after this.
            case PhoneDisconnected():
                if self.process_up or self.lost_at is None:
                    self.lost_at = event.at
                self.process_up, self.silent_since = False, None
            case RegistrationChanged():
                self.registration = event
            case PresenceChanged():
                self.presence = None if event.state is PublicationState.OFF else event
            case AudioDeviceChanged():
                self.sound = event
            case _:
                return False
        return True

    def sound_is_proved(self) -> None:
        """A check has just heard the microphone: the trouble of an earlier call is over."""
        self.sound = None
