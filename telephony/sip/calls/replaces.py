"""Which dialog a new call takes the place of: the Replaces header field (RFC 3891)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.syntax.uri import GrammarError, Uri, parameter, parse_parameters

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
