"""Replaces header (RFC 3891), and INVITE failover to another server (RFC 3263, section 4.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.syntax.address import Address, GrammarError, Uri, parameter, parse_parameters

_SILENCE = "silence"
_CHECK = "check"
# In units of T1 (0.5 s): limit for a server's 100 response, interval of the checks whether the
# registration has found another server, and their maximum number.
_SILENCE_T1 = 5
_CHECK_T1 = 1
_CHECKS = 16


class Detour:
    """Failover of one call's INVITE to another server.

    ``on_way`` sends the INVITE again; ``on_none`` reports that there is no other server. Does
    nothing if the account has only one server. No server receives the call twice.
    """

    def __init__(self, core: Core, on_way: Callable[[], None], on_none: Callable[[], None]) -> None:
        self._core = core
        self._on_way = on_way
        self._on_none = on_none
        self._checks = 0
        self._server = core.server
        self._tried: set[Address | None] = set()

    def sent(self) -> None:
        """Starts the timer after the INVITE was sent."""
        self._server = self._core.server
        self._tried.add(self._server)
        if self._core.way_keeper is not None:
            self._core.arm(self, _SILENCE, _SILENCE_T1 * self._core.values.t1_s)

    def stop(self) -> None:
        """Stops the failover after a response or the end of the call."""
        self._core.cancel(self, _SILENCE, _CHECK)

    def seek(self) -> bool:
        """Returns whether another server may exist; a callback then reports the result later."""
        keeper = self._core.way_keeper
        if keeper is None:
            return False
        # Another call may already have switched to another server.
        if self._core.server == self._server and not keeper.suspect():
            return False
        self.stop()
        self._checks = 0
        self._core.arm(self, _CHECK, _CHECK_T1 * self._core.values.t1_s)
        return True

    def on_timer(self, name: str) -> None:
        keeper = self._core.way_keeper
        if name == _SILENCE:
            self.seek()
        elif self._core.server != self._server:
            (self._on_none if self._core.server in self._tried else self._on_way)()
        elif keeper is None or not keeper.busy or self._checks == _CHECKS:
            self._on_none()
        else:
            self._checks += 1
            self._core.arm(self, _CHECK, _CHECK_T1 * self._core.values.t1_s)


# Represents a peer of RFC 2543 without a tag (section 3).
_NO_TAG = "0"


@dataclass(frozen=True, slots=True)
class Replaces:
    """A dialog as seen by the receiver of the header: ``to_tag`` is the receiver's own."""

    call_id: str
    to_tag: str
    from_tag: str
    early_only: bool = False
    """Whether only an unanswered dialog may be replaced."""

    @classmethod
    def parse(cls, value: str) -> Replaces:
        """Parses the value of the header field; raises GrammarError if it is invalid."""
        call_id, _, rest = value.partition(";")
        parameters = parse_parameters(rest)
        to_tag, from_tag = parameter(parameters, "to-tag"), parameter(parameters, "from-tag")
        if not call_id.strip(" \t") or not to_tag or not from_tag:
            raise GrammarError("replaces")
        early_only = parameter(parameters, "early-only") is not None
        return cls(call_id.strip(" \t"), to_tag, from_tag, early_only)

    @classmethod
    def of_far_side(cls, dialog: Dialog) -> Replaces:
        """Returns the header with which a third party replaces us in this dialog."""
        far_tag, near_tag = dialog.remote.tag or _NO_TAG, dialog.local.tag or _NO_TAG
        return cls(dialog.call_id, far_tag, near_tag)

    def __str__(self) -> str:
        flag = ";early-only" if self.early_only else ""
        return f"{self.call_id};to-tag={self.to_tag};from-tag={self.from_tag}{flag}"

    def means(self, dialog: Dialog) -> bool:
        """Whether the header refers to this dialog."""
        far_tag = dialog.remote.tag or _NO_TAG
        return (
            self.call_id == dialog.call_id
            and self.to_tag == dialog.local.tag
            and self.from_tag == far_tag
        )

    def added_to(self, target: Uri) -> str:
        """Returns the target with this header as a URI parameter (RFC 3891, section 6)."""
        return f"{target}?Replaces={quote(str(self), safe='')}"


def replaces_of(target: Uri) -> Replaces | None:
    """Returns the Replaces of a Refer-To address; raises GrammarError if it is invalid."""
    for piece in target.headers.split("&"):
        name, _, value = piece.partition("=")
        if name.lower() == "replaces":
            return Replaces.parse(unquote(value))
    return None
