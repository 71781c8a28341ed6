"""An IMAP server on loopback (RFC 3501) with one mailbox of given letters."""

from __future__ import annotations

import asyncio
import ssl
import threading
from datetime import date, datetime
from typing import Self


class ImapServer:
    """Serves on a dedicated thread until the ``with`` block ends.

    ``commands`` are the names of all received commands. Each letter in ``letters`` is a day and its
    bytes; its UID is its position, counted from 1; None is a removed letter.
    """

    def __init__(
        self,
        *,
        certificate: ssl.SSLContext | None = None,
        is_tls_from_start: bool = True,
        password: tuple[str, str] = ("bounces", "geheim"),
    ) -> None:
        self.letters: list[tuple[date, bytes] | None] = []
        self.commands: list[str] = []
        self.validity = 1
        self.is_silent = False
        self._certificate = certificate
        self._is_tls_from_start = is_tls_from_start
        self._password = password
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="imap-server")
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        from_start = self._certificate if self._is_tls_from_start else None
        listening = self._loop.run_until_complete(
            asyncio.start_server(self._conversation, "127.0.0.1", 0, ssl=from_start)
        )
        self.port = listening.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        listening.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _conversation(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(b"* OK IMAP4rev1 ready\r\n")
        try:
            while line := await reader.readline():
                if self.is_silent:
                    await asyncio.sleep(60)
                tag, _, rest = line.decode().strip().partition(" ")
                name, _, said = rest.partition(" ")
                self.commands.append(name.upper())
                writer.write(self._reply(tag, name.upper(), said))
                await writer.drain()
                if name.upper() == "STARTTLS" and self._certificate is not None:
                    await writer.start_tls(self._certificate)
                if name.upper() == "LOGOUT":
                    break
        except (ConnectionError, ssl.SSLError):
            pass  # the client disconnected
        finally:
            writer.close()

    def _reply(self, tag: str, name: str, said: str) -> bytes:
        match name:
            case "CAPABILITY":
                offered = (
                    "" if self._certificate is None or self._is_tls_from_start else " STARTTLS"
                )
                return f"* CAPABILITY IMAP4rev1{offered}\r\n{tag} OK done\r\n".encode()
            case "LOGIN":
                given = tuple(part.strip('"') for part in said.split(" "))
                status = "OK" if given == self._password else "NO"
                return f"{tag} {status} done\r\n".encode()
            case "EXAMINE":
                found = len(self.letters)
                told = f"* {found} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] valid\r\n"
                return f"{told}{tag} OK [READ-ONLY]\r\n".encode()
            case "UID" if said.startswith("SEARCH SINCE "):
                since = datetime.strptime(said.rpartition(" ")[2], "%d-%b-%Y").date()
                ids = [
                    str(id)
                    for id, letter in enumerate(self.letters, 1)
                    if letter is not None and letter[0] >= since
                ]
                return f"* SEARCH {' '.join(ids)}\r\n{tag} OK done\r\n".encode()
            case "UID" if said.startswith("FETCH "):
                return self._fetched(int(said.split(" ")[1])) + f"{tag} OK done\r\n".encode()
            case "STARTTLS" | "LOGOUT":
                return f"{tag} OK done\r\n".encode()
            case _:
                return f"{tag} BAD {name}\r\n".encode()

    def _fetched(self, id: int) -> bytes:
        letter = self.letters[id - 1]
        if letter is None:
            return b""
        raw = letter[1]
        head = f"* {id} FETCH (UID {id} BODY[]<0> {{{len(raw)}}}\r\n".encode()
        return head + raw + b")\r\n"
