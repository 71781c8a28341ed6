"""A process that sends the letters of a store and dies when the server has accepted the first.

``python -m tests.fakes.mailing_child STORE PORT MOMENT``.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.exchange.mail.delivery import deliver
from sync.exchange.mail.smtp import MailSecurity, SmtpMail, SmtpSettings
from sync.store.local.keys import open_key
from sync.store.local.messages.notices import NoticeOutbox
from sync.store.local.register import RegisterStore


class DyingOutbox(NoticeOutbox):
    """Dies between the server's reply and its recording."""

    def sent(self, id: UUID, at: datetime) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def main(path: Path, port: int, at: datetime) -> None:
    store = RegisterStore.open(path, open_key(path), clock=lambda: at)
    settings = SmtpSettings(
        "127.0.0.1",
        "no-reply@belokluchevsk.example",
        "Единый номер",
        port=port,
        security=MailSecurity.PLAIN,
    )
    deliver(DyingOutbox(store, uuid7, lambda: at), SmtpMail(settings, lambda: at), at)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
