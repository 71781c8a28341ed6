"""Replaces header (RFC 3891), and INVITE failover to another server (RFC 3263 section 4.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.syntax.address import Address, GrammarError, Uri, parameter, parse_parameters

_SILENCE = "silence"
_CHECK = "check"
# In T1, half a second: what a server may take for its 100, how often we look whether the
# registration has found another one, and how many times.
_SILENCE_T1 = 5
_CHECK_T1 = 1
_CHECKS = 16


class Detour:
    """Of one call. ``on_way`` sends its INVITE again; ``on_none`` says that there is no other way.

    Nothing happens where the account has one server alone. No server gets the call twice.
    """

    def __init__(self, core: Core, on_way: Callable[[], None], on_none: Callable[[], None]) -> None:
        self._core = core
        self._on_way = on_way
        self._on_none = on_none
        self._checks = 0
        self._server = core.server
        self._tried: set[Address | None] = set()

    def sent(self) -> None:
        """The INVITE is on its way."""
        self._server = self._core.server
        self._tried.add(self._server)
        if self._core.way_keeper is not None:
            self._core.arm(self, _SILENCE, _SILENCE_T1 * self._core.values.t1_s)

    def stop(self) -> None:
        """Somebody has answered, or the call is over."""
        self._core.cancel(self, _SILENCE, _CHECK)

    def seek(self) -> bool:
        """Whether there may be another way; then ``on_way`` or ``on_none`` is called later."""
        keeper = self._core.way_keeper
        if keeper is None:
            return False
        # Another call may have found another way meanwhile.
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


# The sign of a peer of RFC 2543 that gave no tag (section 3).
_NO_TAG = "0"


@dataclass(frozen=True, slots=True)
class Replaces:
    """A dialog as its receiver sees it: ``to_tag`` is the receiver's own."""

    call_id: str
    to_tag: str
    from_tag: str
    early_only: bool = False
    """Only a dialog that is not answered yet may be replaced."""

    @classmethod
    def parse(cls, value: str) -> Replaces:
        """The value of the header field; GrammarError where it is none."""
        call_id, _, rest = value.partition(";")
        parameters = parse_parameters(rest)
        to_tag, from_tag = parameter(parameters, "to-tag"), parameter(parameters, "from-tag")
        if not call_id.strip(" \t") or not to_tag or not from_tag:
            raise GrammarError("replaces")
        early_only = parameter(parameters, "early-only") is not None
        return cls(call_id.strip(" \t"), to_tag, from_tag, early_only)

    @classmethod
    def of_far_side(cls, dialog: Dialog) -> Replaces:
        """What somebody sends to this dialog's far side to take our place."""
        far_tag, near_tag = dialog.remote.tag or _NO_TAG, dialog.local.tag or _NO_TAG
        return cls(dialog.call_id, far_tag, near_tag)

    def __str__(self) -> str:
        flag = ";early-only" if self.early_only else ""
        return f"{self.call_id};to-tag={self.to_tag};from-tag={self.from_tag}{flag}"

    def means(self, dialog: Dialog) -> bool:
        """Whether this is that dialog of ours."""
        far_tag = dialog.remote.tag or _NO_TAG
        return (
            self.call_id == dialog.call_id
            and self.to_tag == dialog.local.tag
            and self.from_tag == far_tag
        )

    def added_to(self, target: Uri) -> str:
        """The target with this as the header field of the call to it (RFC 3891 section 6)."""
        return f"{target}?Replaces={quote(str(self), safe='')}"


def replaces_of(target: Uri) -> Replaces | None:
    """The Replaces in the header fields of a Refer-To address; GrammarError where it is bad."""
    for piece in target.headers.split("&"):
        name, _, value = piece.partition("=")
        if name.lower() == "replaces":
            return Replaces.parse(unquote(value))
    return None
